"""People and traces: who decided, what was recorded, jobs held, files whole."""

from committees import storage
from committees.models import StoredFile
from reports.invariants.asking import ask, together

# Who decides must have held a role that may, on the day, at the committee or above it.
_HAD_SEAT = """
    EXISTS (SELECT FROM committees_seat s JOIN committees_committee at ON at.id = s.committee_id
        WHERE s.user_id = {who} AND s.role = 'standing' AND starts_with({path}, at.path)
        AND s.valid_from <= ({day})::date AND coalesce(s.valid_to, 'infinity') >= ({day})::date)
"""


def four_eyes() -> tuple[int, list[str]]:
    """I11: lists, houses, reports and papers were decided by a second person with the role."""
    had_seat = _HAD_SEAT.format(who="r.reconciled_by_id", path="c.path", day="r.reconciled_at")
    decided_seat = _HAD_SEAT.format(who="l.decided_by_id", path="c.path", day="l.decided_at")
    return together(
        ask(
            "SELECT count(*) FROM fund_supportlist WHERE decided_by_id IS NOT NULL",
            f"""SELECT l.id FROM fund_supportlist l
               JOIN committees_committee c ON c.id = l.committee_id
               WHERE l.decided_by_id IS NOT NULL
               AND (l.decided_by_id = l.proposed_by_id OR NOT {decided_seat})""",
            "Danh sách hỗ trợ {0} do chính người đề nghị, hoặc người không đủ quyền, quyết định",
        ),
        ask(
            "SELECT count(*) FROM housing_house WHERE decided_by_id IS NOT NULL",
            """SELECT id FROM housing_house
               WHERE decided_by_id = proposed_by_id AND batch_id IS NULL""",
            "Nhà {0} do chính người đề nghị duyệt",
        ),
        ask(
            "SELECT count(*) FROM reports_report WHERE reconciled_by_id IS NOT NULL",
            f"""SELECT r.id FROM reports_report r
               JOIN committees_committee c ON c.id = r.committee_id
               WHERE r.reconciled_by_id IS NOT NULL
               AND (r.reconciled_by_id = r.sent_by_id OR NOT {had_seat})""",
            "Báo cáo {0} do chính người gửi, hoặc người không đủ quyền, đối chiếu",
        ),
    )


_RECORDED = (
    ("fund_voucher", "state = 'posted'", "fund.voucher", "chứng từ"),
    ("households_household", "true", "households.household", "hộ"),
    ("housing_house", "true", "housing.house", "nhà"),
    ("reports_report", "true", "reports.report", "báo cáo"),
    ("committees_importbatch", "state = 'committed'", "committees.importbatch", "đợt nhập"),
    ("committees_seat", "true", "committees.seat", "vai trò"),
    ("campaigns_campaign", "true", "campaigns.campaign", "chiến dịch"),
)


def everything_recorded() -> tuple[int, list[str]]:
    """I12: each committed change has its audit row."""
    return together(
        *(
            ask(
                f"SELECT count(*) FROM {table} WHERE {which}",
                f"""SELECT t.id FROM {table} t WHERE {which} AND NOT EXISTS (
                    SELECT FROM committees_auditevent a
                    WHERE a.object_type = '{label}' AND a.object_id = t.id)""",
                f"Không có nhật ký cho {word} {{0}}",
            )
            for table, which, label, word in _RECORDED
        )
    )


def jobs_are_held() -> tuple[int, list[str]]:
    """I13: nothing runs without a live lease for five minutes, nothing waits unheard for them."""
    return ask(
        "SELECT count(*) FROM jobs_job",
        """SELECT id, state FROM jobs_job
           WHERE state = 'running' AND lease_until < now() - interval '5 minutes'
              OR state = 'waiting' AND requested_at < now() - interval '5 minutes'""",
        "Tác vụ {0} ({1}) không có ai giữ",
    )


def files_whole() -> tuple[int, list[str]]:
    """I17: every stored file is there with the bytes of its hash."""
    wrong = []
    number = 0
    for file in StoredFile.objects.order_by("pk").iterator(chunk_size=500):
        number += 1
        try:
            storage.read(file)
        except (storage.FileDamaged, OSError, ValueError):
            wrong.append(f"Tệp {file.pk} ({file.name}) mất hoặc hỏng")
    return number, wrong
