"""Household lists in the official layout: the whole one for the office, the one posted up.

What is posted up (niêm yết) holds name, year of birth, place and class and nothing else; a
child who heads a household stands there with initials and without a year (domain.md §8.2).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from committees.letterhead import Capacity
from committees.models import Committee
from committees.printed_lists.paper import (
    Group,
    ListPaper,
    Row,
    Signature,
    head_of,
)
from committees.printing import BLANK, Column
from config.vietnamese.amounts import grouped
from households.models import Classification
from households.printing.entries import Entry
from households.privacy.masking import initials

CHILD_UNTIL = 16  # Luật Trẻ em 2016: dưới 16 tuổi
SYMBOL = "DS"
SHORT_KINDS = {
    Classification.Kind.POOR: "Hộ nghèo",
    Classification.Kind.NEAR_POOR: "Hộ cận nghèo",
    Classification.Kind.HARDSHIP: "Hộ khó khăn",
}
WHOLE_COLUMNS = [
    Column("STT", 7, "center"),
    Column("Mã hộ", 14),
    Column("Họ và tên chủ hộ", 25),
    Column("Năm sinh", 8, "center"),
    Column("Thôn/ấp", 12),
    Column("Số nhân khẩu", 8, "center"),
    Column("Phân loại", 17),
    Column("Ghi chú", 9),
]
POSTED_COLUMNS = [
    Column("STT", 8, "center"),
    Column("Họ và tên chủ hộ", 36),
    Column("Năm sinh", 12, "center"),
    Column("Thôn/ấp", 22),
    Column("Phân loại", 22),
]


@dataclass(frozen=True)
class Wording:
    """The words above the rows; ``names_communes``: rows of more than one commune."""

    titles: list[str]
    place: str = ""
    grounds: tuple[str, ...] = ()
    names_communes: bool = False


@dataclass(frozen=True)
class Signing:
    """Whose paper it is and who signs it."""

    issuer: Committee
    capacity: Capacity
    signer: str = ""
    drawn_up_by: str = ""


@dataclass
class Printed:
    """A paper and, once it has been written, whom it shows."""

    paper: ListPaper
    keys: list[int]


def list_paper(
    entries: Iterable[Entry],
    *,
    wording: Wording,
    signing: Signing,
    is_posted: bool,
    today: date,
    footer: str,
) -> Printed:
    """A list of households as a paper. Raises ``DocumentError`` where a hamlet would issue it."""
    keys: list[int] = []
    households, members = Counter(), Counter()

    def told(entries: Iterable[Entry]) -> Iterator[Entry]:
        for entry in entries:
            keys.append(entry.key)
            households[entry.kind] += 1
            members[entry.kind] += entry.members or 0
            yield entry

    shown = _posted_row(today) if is_posted else _whole_row
    paper = ListPaper(
        head=head_of(signing.issuer, kind=SYMBOL, year=today.year),
        titles=wording.titles,
        subtitles=[wording.place] if wording.place else [],
        grounds=wording.grounds,
        columns=POSTED_COLUMNS if is_posted else WHOLE_COLUMNS,
        groups=_groups(told(entries), shown, wording.names_communes),
        closing=lambda: [_sum(households, None if is_posted else members)],
        signature=Signature(
            capacity=signing.capacity.capacity.split("\n"),
            title=signing.capacity.title,
            name=signing.signer,
            drawn_up_by=signing.drawn_up_by,
        ),
        footer=footer,
    )
    return Printed(paper, keys)


def _groups(
    entries: Iterable[Entry], shown: Callable[[int, Entry], Row], names_communes: bool
) -> Iterator[Group]:
    """One group a hamlet, numbered through; its rows are all that is held at a time."""
    number = 0
    for hamlet, lines in groupby(entries, key=lambda entry: entry.hamlet):
        lines = list(lines)
        rows = [shown(number + place, entry) for place, entry in enumerate(lines, start=1)]
        number += len(rows)
        place = f"{hamlet}, {lines[0].commune}" if names_communes else str(hamlet)
        yield Group(f"{place}: {_count(len(rows), 'hộ')}", rows)


def _whole_row(number: int, entry: Entry) -> Row:
    return (
        number,
        entry.code,
        entry.name,
        entry.birth_year,
        entry.hamlet.name,
        entry.members,
        SHORT_KINDS.get(entry.kind, ""),
        entry.note,
    )


def _posted_row(today: date) -> Callable[[int, Entry], Row]:
    def row(number: int, entry: Entry) -> Row:
        child = is_child(entry, today)
        return (
            number,
            initials(entry.name) if child else entry.name,
            None if child else entry.birth_year,
            entry.hamlet.name,
            SHORT_KINDS.get(entry.kind, ""),
        )

    return row


def is_child(entry: Entry, today: date) -> bool:
    """Whether the head is, or with the year alone known may be, under sixteen."""
    if entry.birth_date:
        born = entry.birth_date
        had_birthday = (today.month, today.day) >= (born.month, born.day)
        return today.year - born.year - (not had_birthday) < CHILD_UNTIL
    return entry.birth_year is not None and today.year - entry.birth_year <= CHILD_UNTIL


def _sum(households: Counter, members: Counter | None) -> str:
    """The totals by class, as the last sentence of the list; with people where they are told."""
    kinds = [kind for kind in Classification.Kind if households[kind]]
    parts = [_of_kind(kind.label.lower(), kind, households, members) for kind in kinds]
    if parts and households[""]:
        parts.append(_of_kind("hộ chưa phân loại", "", households, members))
    whole = _count(households.total(), "hộ")
    if members is not None:
        whole = f"{whole}, {_people(members.total())}"
    return f"Danh sách này có {whole}" + (f"; trong đó: {', '.join(parts)}./." if parts else "./.")


def _of_kind(label: str, kind: str, households: Counter, members: Counter | None) -> str:
    people = f" ({_people(members[kind])})" if members is not None else ""
    return f"{_count(households[kind], label)}{people}"


def _count(number: int, what: str) -> str:
    return f"{grouped(number)}{BLANK}{what}"


def _people(number: int) -> str:
    return f"{grouped(number)}{BLANK}nhân{BLANK}khẩu"
