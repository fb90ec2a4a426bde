"""What must always hold, asked of the data itself (reliability.md §b.1).

Every check counts what it looked at and names what it found wrong, in one sentence for the
person who has to look. They run after every fault in tests, after a restore and every night.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reports.invariants import books, registry, reporting, reviews, trail


@dataclass(frozen=True)
class Invariant:
    """``check()`` returns how many records were looked at and a sentence per violation."""

    code: str
    what: str
    check: Callable[[], tuple[int, list[str]]]


INVARIANTS = (
    Invariant("I3", "Mỗi bút toán có ít nhất hai dòng, tổng bằng 0", books.journals_balance),
    Invariant("I4", "Không tài khoản nào âm vào bất cứ ngày nào", books.never_below_zero),
    Invariant("I5", "Bút toán đã ghi sổ giữ nguyên dấu vân tay", books.postings_unchanged),
    Invariant("I6", "Mỗi đơn vị một báo cáo hiệu lực; bản chụp khớp mã", reporting.reports_once),
    Invariant("I7", "Số cấp trên bằng số của mình cộng các báo cáo con", reporting.tree_sums),
    Invariant("I8", "Không hộ nào hai lần trong danh sách, hai nhà mới", registry.no_duplicates),
    Invariant("I9", "Hộ trong danh sách bằng đã hỗ trợ cộng chưa hỗ trợ", registry.nobody_missed),
    Invariant("I11", "Người quyết định khác người đề nghị, có đúng vai trò", trail.four_eyes),
    Invariant("I12", "Mỗi thay đổi có dòng nhật ký", trail.everything_recorded),
    Invariant("I13", "Không tác vụ nào chạy mà không có người giữ", trail.jobs_are_held),
    Invariant("I16", "Ngày ghi sổ trong thời gian đơn vị tồn tại, kỳ khóa", books.dates_in_reason),
    Invariant("I17", "Mỗi tệp đã lưu còn nguyên nội dung", trail.files_whole),
    Invariant("H1", "Mỗi danh sách: đầu năm + đến − đi = hiện có", reviews.movements_balance),
    Invariant("H2", "Mỗi hộ một phân loại trong danh sách", reviews.one_live_class),
    Invariant("H3", "Mỗi hộ một chủ hộ đang sống trong hộ", reviews.everyone_has_a_home),
    Invariant("N1", "Số chứng từ liên tục trong quỹ, loại và năm", books.numbers_gapless),
)


def verify() -> list[dict]:
    """Run every check: [{"code", "what", "checked", "violations"}]."""
    answers = []
    for invariant in INVARIANTS:
        checked, violations = invariant.check()
        answers.append(
            {
                "code": invariant.code,
                "what": invariant.what,
                "checked": checked,
                "violations": violations,
            }
        )
    return answers
