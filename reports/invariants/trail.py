"""People and traces: who decided, what was recorded, jobs held, files whole."""

from cryptography.exceptions import InvalidTag

from committees import storage
from committees.models import StoredFile
from reports.invariants.asking import Answer, ask, together

# Who decides must have sat as Ban Thường trực at that very unit, on that day in Vietnam.
_SAT_THERE = """
    EXISTS (SELECT FROM committees_seat s JOIN committees_committee at ON at.id = s.committee_id
        WHERE s.user_id = {who} AND s.role = 'standing' AND at.path = {path}
            AND ({moment} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                BETWEEN s.valid_from AND coalesce(s.valid_to, 'infinity'))
"""


def _sat(who: str, *, path: str, moment: str) -> str:
    return _SAT_THERE.format(who=who, path=path, moment=moment)


def four_eyes() -> Answer:
    """I11: lists, houses and reports were decided by a second person with the role."""
    return together(
        ask(
            "SELECT count(*) FROM fund_supportlist WHERE decided_by_id IS NOT NULL",
            """SELECT l.id FROM fund_supportlist l
               JOIN committees_committee c ON c.id = l.committee_id
               WHERE l.decided_by_id IS NOT NULL
                   AND (l.decided_by_id = l.proposed_by_id OR NOT {sat})""",
            "Danh sách hỗ trợ {0} do chính người đề nghị, hoặc người không đủ quyền, quyết định",
            sat=_sat("l.decided_by_id", path="c.path", moment="l.decided_at"),
        ),
        ask(
            "SELECT count(*) FROM housing_house WHERE decided_by_id IS NOT NULL",
            """SELECT h.id FROM housing_house h
               JOIN committees_committee c ON c.id = h.payer_id
               LEFT JOIN housing_houseround r ON r.id = h.round_id
               WHERE h.decided_by_id IS NOT NULL AND h.batch_id IS NULL
                   AND (h.decided_by_id = h.proposed_by_id OR r.id IS NOT NULL AND NOT {sat})""",
            "Nhà {0} do chính người đề nghị, hoặc người không đủ quyền, duyệt",
            sat=_sat("r.decided_by_id", path="c.path", moment="r.decided_at"),
        ),
        ask(
            "SELECT count(*) FROM reports_report WHERE reconciled_by_id IS NOT NULL",
            """SELECT r.id FROM reports_report r
               JOIN committees_committee c ON c.id = r.committee_id
               WHERE r.reconciled_by_id IS NOT NULL
                   AND (r.reconciled_by_id = r.sent_by_id OR NOT {sat})""",
            "Báo cáo {0} do chính người gửi, hoặc người không đủ quyền, đối chiếu",
            sat=_sat("r.reconciled_by_id", path="left(c.path, -4)", moment="r.reconciled_at"),
        ),
    )


_RECORDED = (
    ("fund_voucher", "state = 'posted'", "fund.voucher", "chứng từ"),
    ("households_household", "true", "households.household", "hộ"),
    ("housing_house", "true", "housing.house", "nhà"),
    ("reports_report", "true", "reports.report", "báo cáo"),
    ("committees_importbatch", "state = 'committed'", "committees.importbatch", "đợt nhập"),
    ("committees_document", "true", "committees.document", "văn bản"),
    ("fund_supportlist", "true", "fund.supportlist", "danh sách hỗ trợ"),
    ("committees_seat", "true", "committees.seat", "vai trò"),
    ("campaigns_campaign", "true", "campaigns.campaign", "chiến dịch"),
)


def everything_recorded() -> Answer:
    """I12: each committed change has its audit row."""
    return together(
        *(
            ask(
                "SELECT count(*) FROM {table} WHERE {which}",
                """SELECT t.id FROM {table} t WHERE {which} AND NOT EXISTS (
                    SELECT FROM committees_auditevent a
                    WHERE a.object_type = '{label}' AND a.object_id = t.id)""",
                f"Không có nhật ký cho {word} {{0}}",
                table=table,
                which=which,
                label=label,
            )
            for table, which, label, word in _RECORDED
        )
    )


def jobs_are_held() -> Answer:
    """I13: nothing runs without a live lease for five minutes, nothing waits unheard for them."""
    return ask(
        "SELECT count(*) FROM jobs_job",
        """SELECT id, state FROM jobs_job
           WHERE state = 'running' AND lease_until < now() - interval '5 minutes'
              OR state = 'waiting' AND greatest(waiting_since, rung_at)
                  < now() - interval '5 minutes'""",
        "Tác vụ {0} ({1}) không có ai giữ",
    )


def files_whole() -> Answer:
    """I17: every stored file that was not removed is there with the bytes of its hash."""
    wrong = []
    number = 0
    kept = StoredFile.objects.filter(removed_at=None)
    for file in kept.order_by("pk").iterator(chunk_size=500):
        number += 1
        try:
            storage.read(file)
        except (storage.FileDamaged, InvalidTag, OSError, KeyError, ValueError):
            wrong.append(f"Tệp {file.pk} ({file.name}) mất hoặc hỏng")
    return number, wrong
