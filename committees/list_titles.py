"""Whose list it is: the texts above a table name the unit that made it."""

import re
from collections.abc import Iterable

from committees.errors import FileRefused
from committees.models import Committee
from config.vietnamese.names import fold, strip_unit_kind, unit_key

NAMED = re.compile(r"(?:mttq|mat tran to quoc)(?:\s*(?:viet nam|vn))?\s+(?P<unit>\S.*)")


def unit_named(titles: Iterable[str]) -> str | None:
    """The unit in "ỦY BAN MTTQ VIỆT NAM XÃ MỸ THẠNH", folded; None where none is named."""
    for title in titles:
        found = NAMED.search(fold(title))
        if found:
            return found["unit"].strip(" .,:-")
    return None


def refuse_other_unit(titles: list[str], committee: Committee) -> bool:
    """Raise ``FileRefused`` for the list of another unit; False when the titles name none."""
    named = unit_named(titles)
    if named is None:
        return False
    kind, bare = strip_unit_kind(named)
    is_ours = (
        unit_key(named) == unit_key(committee.name)
        if kind
        else unit_key(bare) == unit_key(committee.bare_name)
    )
    if not is_ours:
        written = next(title for title in titles if NAMED.search(fold(title)))
        raise FileRefused(
            f"Tệp ghi “{written[:80]}”, không phải danh sách của {committee.name}:"
            " hãy chọn đúng tệp hoặc đúng đơn vị."
        )
    return True
