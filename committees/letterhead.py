"""How a committee names itself on paper: head, symbol, place and capacity of the signer.

Layout of Nghị định 30/2020, words of the Front (domain.md §7): papers are issued by the Ban
Thường trực, those of the fund's board (Ban vận động) have their own series.
"""

from typing import NamedTuple

from committees.errors import DocumentError
from committees.models import Committee, Document

FUND_BOARD = "BAN VẬN ĐỘNG QUỸ “VÌ NGƯỜI NGHÈO”"
# Units named after a person keep their kind in the place name (Phụ lục I, II.4).
NAMED_AFTER_PERSONS = {"Hồ Chí Minh"}


class Letterhead(NamedTuple):
    """The left block of the head: ``above`` in plain capitals, ``issuer`` in bold ones."""

    above: list[str]
    issuer: list[str]


class Capacity(NamedTuple):
    """For whom somebody signs, and as what: "TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"."""

    capacity: str
    title: str


def letterhead(
    committee: Committee, series: Document.Series = Document.Series.STANDING
) -> Letterhead:
    """The lines of the left block: ỦY BAN MTTQ VIỆT NAM / XÃ MỸ THẠNH / BAN THƯỜNG TRỰC.

    Raises ``DocumentError`` for a hamlet: a Ban Công tác Mặt trận issues no papers.
    """
    refuse_hamlet(committee)
    board = FUND_BOARD if series == Document.Series.FUND_BOARD else "BAN THƯỜNG TRỰC"
    if committee.level == Committee.Level.CENTRE:
        return Letterhead(["ỦY BAN TRUNG ƯƠNG"], ["MTTQ VIỆT NAM", board])
    return Letterhead(["ỦY BAN MTTQ VIỆT NAM"], [committee.name.upper(), board])


def committee_in_words(committee: Committee) -> str:
    """ "Ủy ban MTTQ Việt Nam xã Mỹ Thạnh", as a sentence names it; refuses a hamlet."""
    refuse_hamlet(committee)
    if committee.level == Committee.Level.CENTRE:
        return "Ủy ban Trung ương MTTQ Việt Nam"
    return f"Ủy ban MTTQ Việt Nam {committee.kind.lower()} {committee.bare_name}"


def standing_in_words(committee: Committee) -> str:
    """ "Ban Thường trực Ủy ban MTTQ Việt Nam xã Mỹ Thạnh"; refuses a hamlet."""
    return f"Ban Thường trực {committee_in_words(committee)}"


def symbol(
    committee: Committee, kind: str, series: Document.Series = Document.Series.STANDING
) -> str:
    """What follows the number: ``KH-MTTQ-BTT``, at the centre ``KH-MTTW-BTT``."""
    refuse_hamlet(committee)
    front = "MTTW" if committee.level == Committee.Level.CENTRE else "MTTQ"
    return f"{kind}-{front}-{series}"


def place_name(committee: Committee) -> str:
    """The địa danh before the date: "Thủ Thừa", but "Phường 1" and "Thành phố Hồ Chí Minh"."""
    if committee.level == Committee.Level.CENTRE:
        return "Hà Nội"
    bare = committee.bare_name
    if bare[:1].isdigit() or bare in NAMED_AFTER_PERSONS:
        return committee.name
    return bare


def capacities(series: Document.Series = Document.Series.STANDING) -> list[Capacity]:
    """The ways a paper of this series is signed, the usual one first."""
    if series == Document.Series.FUND_BOARD:
        return [
            Capacity("TM. BAN VẬN ĐỘNG", "TRƯỞNG BAN"),
            Capacity("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        ]
    return [
        Capacity("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH"),
        Capacity("TM. BAN THƯỜNG TRỰC\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        Capacity("TL. BAN THƯỜNG TRỰC", "CHÁNH VĂN PHÒNG"),
    ]


def refuse_hamlet(committee: Committee) -> None:
    if committee.is_hamlet:
        raise DocumentError(
            "Ban Công tác Mặt trận không có con dấu và số văn bản; hãy lập văn bản ở cấp xã."
        )
