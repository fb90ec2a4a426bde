"""One set query per subject for all units under a path; rows come back by unit path.

What counts (architecture.md §11): posted records by their business date; a reversed voucher
counts for nothing, at the date of what it reverses; households are those of the list of the
campaign's year, as classified there; money is whole đồng.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from campaigns.models import Campaign
from committees.models import Committee

# Every query names its voucher v, the voucher's journal j, and the journal that took j back.
# Plain joins on unique columns: the planner finds its way also before it has any statistics.
STANDING = "v.state = 'posted' AND v.kind <> 'reversal' AND back.id IS NULL"
TAKEN_BACK = "LEFT JOIN fund_journal back ON back.reverses_id = j.id"

REGISTRY = """
    SELECT commune.path,
        count(DISTINCT c.hamlet_id) AS hamlets,
        count(*) AS households,
        count(*) FILTER (WHERE c.kind = 'poor') AS poor,
        count(*) FILTER (WHERE c.kind = 'near_poor') AS near_poor,
        count(*) FILTER (WHERE c.kind = 'hardship') AS hardship,
        coalesce(sum(c.members_declared), 0)::bigint AS members
    FROM households_classification c
        JOIN households_povertylist l ON l.id = c.poverty_list_id AND l.year = %(year)s
        JOIN committees_committee commune ON commune.id = l.commune_id
    WHERE commune.path LIKE %(under)s
    GROUP BY commune.path
"""

SUPPORTED = """
    SELECT commune.path, count(DISTINCT s.household_id) AS supported_households
    FROM fund_support s
        LEFT JOIN fund_voucher v ON v.id = s.voucher_id
        LEFT JOIN fund_journal j ON j.voucher_id = v.id
        {taken_back}
        JOIN households_classification c ON c.household_id = s.household_id
        JOIN households_povertylist l ON l.id = c.poverty_list_id AND l.year = %(year)s
        JOIN committees_committee commune ON commune.id = l.commune_id
    WHERE commune.path LIKE %(under)s AND s.date BETWEEN %(start)s AND %(end)s
        AND s.is_given AND s.withdrawn_reason = '' AND (v.id IS NULL OR {standing})
    GROUP BY commune.path
"""

# Money only; goods are valued apart and never added to it. An opening voucher counts as
# opening whenever it is dated, so that the statement closes.
MONEY = """
    SELECT place.path,
        coalesce(sum(e.amount) FILTER (
            WHERE j.date < %(start)s OR v.kind = 'opening'), 0)::bigint AS fund_opening,
        -coalesce(sum(e.amount) FILTER (
            WHERE v.purpose = 'support' AND j.date >= %(start)s), 0)::bigint AS spent_support,
        -coalesce(sum(e.amount) FILTER (
            WHERE v.purpose = 'house' AND j.date >= %(start)s), 0)::bigint AS spent_houses,
        coalesce(sum(e.amount), 0)::bigint AS money_closing
    FROM fund_entry e
        JOIN fund_account a ON a.id = e.account_id AND a.kind IN ('cash', 'bank', 'treasury')
        JOIN fund_journal j ON j.id = e.journal_id
        {taken_back}
        JOIN fund_voucher v ON v.id = j.voucher_id
        JOIN fund_fund f ON f.id = v.fund_id AND f.kind = 'vnn'
        JOIN committees_committee place ON place.id = f.committee_id
    WHERE place.path LIKE %(under)s AND j.date <= %(end)s AND {standing}
    GROUP BY place.path
"""

# What the books still hold at the end of the window although figures no longer count it:
# vouchers of the window taken back after it ("điều chỉnh sau kỳ").
ADJUSTED = """
    SELECT place.path, -sum(e.amount)::bigint AS adjusted_after
    FROM fund_entry e
        JOIN fund_account a ON a.id = e.account_id AND a.kind IN ('cash', 'bank', 'treasury')
        JOIN fund_journal j ON j.id = e.journal_id AND j.date <= %(end)s
        JOIN fund_journal back ON back.reverses_id = j.id AND back.date > %(end)s
        JOIN fund_fund f ON f.id = j.fund_id AND f.kind = 'vnn'
        JOIN committees_committee place ON place.id = f.committee_id
    WHERE place.path LIKE %(under)s
    GROUP BY place.path
"""

RECEIPTS = """
    SELECT place.path,
        coalesce(sum(r.amount) FILTER (WHERE r.form = 'cash' AND inside), 0)::bigint
            AS received_cash,
        coalesce(sum(r.amount) FILTER (WHERE r.form IN ('bank', 'treasury') AND inside), 0)::bigint
            AS received_bank,
        coalesce(sum(r.amount) FILTER (WHERE r.form = 'goods' AND inside), 0)::bigint
            AS received_goods,
        count(*) FILTER (WHERE inside) AS receipts,
        count(*) FILTER (WHERE NOT inside) AS receipts_after_window,
        coalesce(sum(r.amount) FILTER (WHERE NOT inside), 0)::bigint AS received_after_window
    FROM fund_receipt r
        JOIN fund_voucher v ON v.id = r.voucher_id
        JOIN fund_journal j ON j.voucher_id = v.id
        {taken_back}
        CROSS JOIN LATERAL (SELECT v.date <= %(end)s AS inside) AS w
        JOIN fund_fund f ON f.id = v.fund_id AND f.kind = 'vnn'
        JOIN committees_committee place ON place.id = f.committee_id
    WHERE place.path LIKE %(under)s AND v.date BETWEEN %(start)s AND %(fund_end)s AND {standing}
    GROUP BY place.path
"""

SUPPORT = """
    SELECT place.path, s.kind, count(*) AS count, sum(s.value)::bigint AS value,
        coalesce(sum(s.value) FILTER (WHERE s.fund_id IS NULL), 0)::bigint AS welfare
    FROM fund_support s
        LEFT JOIN fund_voucher v ON v.id = s.voucher_id
        LEFT JOIN fund_journal j ON j.voucher_id = v.id
        {taken_back}
        JOIN committees_committee place ON place.id = s.place_id
    WHERE place.path LIKE %(under)s AND s.date BETWEEN %(start)s AND %(end)s
        AND s.origin = 'list' AND s.is_given AND s.withdrawn_reason = ''
        AND (v.id IS NULL OR {standing})
    GROUP BY place.path, s.kind
"""

WELFARE = """
    SELECT place.path, sum(t.value)::bigint AS welfare_unlisted
    FROM fund_welfaretotal t JOIN committees_committee place ON place.id = t.place_id
    WHERE place.path LIKE %(under)s AND t.date BETWEEN %(start)s AND %(end)s
        AND t.withdrawn_reason = ''
    GROUP BY place.path
"""

# Houses stand where their household lives, from the day they are decided (an imported list
# is decided on its start date); "under way" is approved and not yet handed over at the end.
HOUSES = """
    SELECT commune.path,
        count(*) AS approved,
        count(*) FILTER (WHERE h.kind = 'new') AS new,
        count(*) FILTER (WHERE h.kind = 'repair') AS repaired,
        count(*) FILTER (WHERE h.handed_over_on <= %(end)s) AS handed_over,
        count(*) FILTER (WHERE h.handed_over_on IS NULL OR h.handed_over_on > %(end)s)
            AS under_way,
        coalesce(sum(m.fund), 0)::bigint AS fund,
        coalesce(sum(m.sponsors), 0)::bigint AS sponsors,
        coalesce(sum(m.family), 0)::bigint AS family,
        coalesce(sum(h.labour_days), 0)::bigint AS labour_days
    FROM housing_house h
        JOIN households_household hh ON hh.id = h.household_id
        JOIN committees_committee commune ON commune.id = hh.commune_id
        LEFT JOIN LATERAL (
            SELECT sum(l.amount) FILTER (WHERE l.source = 'fund') AS fund,
                sum(l.amount) FILTER (WHERE l.source = 'sponsor') AS sponsors,
                sum(l.amount) FILTER (WHERE l.source = 'family') AS family
            FROM housing_fundingline l WHERE l.house_id = h.id
        ) AS m ON true
    WHERE commune.path LIKE %(under)s
        AND h.state IN ('approved', 'started', 'completed', 'handed_over')
        AND coalesce(h.started_on, h.decided_on) BETWEEN %(start)s AND %(end)s
    GROUP BY commune.path
"""

SUBJECTS = {
    "registry": REGISTRY,
    "supported": SUPPORTED,
    "money": MONEY,
    "adjusted": ADJUSTED,
    "receipts": RECEIPTS,
    "support": SUPPORT,
    "welfare": WELFARE,
    "houses": HOUSES,
}


@dataclass(frozen=True)
class Gathered:
    """Rows of every subject for the units under one path, in a window."""

    rows: dict[str, list[dict]]
    start: date
    end: date

    def at(self, subject: str, committee: Committee, *, own: bool) -> list[dict]:
        """The subject's rows of ``committee``: its own, or with everything below it.

        A commune's own rows include those of its hamlets, which have no books.
        """
        if own and committee.level != Committee.Level.COMMUNE:
            return [row for row in self.rows[subject] if row["path"] == committee.path]
        return [row for row in self.rows[subject] if row["path"].startswith(committee.path)]

    def paths(self) -> set[str]:
        """The units that have any record at all."""
        return {row["path"] for rows in self.rows.values() for row in rows}


def gather(campaign: Campaign, root: Committee, *, as_of: date | None = None) -> Gathered:
    """Everything that the figures of ``campaign`` are made of, for ``root`` and below.

    ``as_of`` counts only records with a business date up to that day.
    """
    last = as_of or campaign.fund_to
    window = {
        "year": campaign.year,
        "under": f"{root.path}%",
        "start": campaign.window_from,
        "end": min(campaign.window_to, last),
        "fund_end": min(campaign.fund_to, last),
    }
    with connection.cursor() as cursor:
        rows = {
            subject: _ask(cursor, sql.format(standing=STANDING, taken_back=TAKEN_BACK), window)
            for subject, sql in SUBJECTS.items()
        }
    return Gathered(rows, window["start"], window["end"])


def _ask(cursor, sql: str, window: dict) -> list[dict]:
    cursor.execute(sql, window)
    columns = [column.name for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
