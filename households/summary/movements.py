"""The movements of a class in a year, as the columns of the summary tables name them.

domain.md §2.10b has escaped, fallen back and new; whatever else came or left stands in the last
column of its direction, so that the columns add up to the balance.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from households.models import Classification, Transition

Code = Transition.Code
Kind = Classification.Kind
Move = tuple[str, str, str]  # class before, class after, code
IN, OUT = 1, -1


@dataclass(frozen=True)
class Movement:
    """One column; without ``codes`` it takes what no other column of its direction takes."""

    key: str
    label: str
    direction: int
    codes: frozenset[str] = frozenset()
    has_rate: bool = False


def _out(key: str, label: str, *codes: Code, rate: bool = False) -> Movement:
    return Movement(key, label, OUT, frozenset(codes), rate)


def _in(key: str, label: str, *codes: Code, rate: bool = False) -> Movement:
    return Movement(key, label, IN, frozenset(codes), rate)


MOVEMENTS: dict[str, tuple[Movement, ...]] = {
    Kind.POOR: (
        _out("thoat", "Thoát nghèo", Code.UP_TO_NEAR_POOR, Code.OUT_OF_POVERTY, rate=True),
        _out("giam-khac", "Giảm khác"),
        _in("tai", "Tái nghèo", Code.POOR_AGAIN, rate=True),
        _in("phat-sinh", "Phát sinh", Code.NEW_POOR, rate=True),
        _in("tu-can-ngheo", "Từ cận nghèo xuống", Code.DOWN_TO_POOR),
        _in("tang-khac", "Tăng khác"),
    ),
    Kind.NEAR_POOR: (
        _out("thoat", "Thoát cận nghèo", Code.OUT_OF_NEAR_POVERTY, rate=True),
        _out("xuong-ngheo", "Xuống hộ nghèo", Code.DOWN_TO_POOR),
        _out("giam-khac", "Giảm khác"),
        _in("tai", "Tái cận nghèo", Code.NEAR_POOR_AGAIN, rate=True),
        _in("phat-sinh", "Phát sinh", Code.NEW_NEAR_POOR, rate=True),
        _in("tu-ngheo", "Từ hộ nghèo lên", Code.UP_TO_NEAR_POOR),
        _in("tang-khac", "Tăng khác"),
    ),
    Kind.HARDSHIP: (
        _out("thoat", "Hết khó khăn", Code.OUT_OF_HARDSHIP, rate=True),
        _out("giam-khac", "Giảm khác"),
        _in("phat-sinh", "Mới xác nhận", Code.NEW_HARDSHIP, rate=True),
        _in("tang-khac", "Tăng khác"),
    ),
}


def movement_of(kind: str, move: Move) -> Movement | None:
    """The column of ``kind`` that takes a transition; None if it neither came to it nor left."""
    before, after, code = move
    if before == after or kind not in (before, after):
        return None
    direction = IN if after == kind else OUT
    columns = [column for column in MOVEMENTS[kind] if column.direction == direction]
    named = next((column for column in columns if code in column.codes), None)
    return named or next(column for column in columns if not column.codes)


def by_movement(kind: str, left: Mapping[Move, int], came: Mapping[Move, int]) -> dict[str, int]:
    """How many households each column of ``kind`` holds; every column is there."""
    held = {movement.key: 0 for movement in MOVEMENTS[kind]}
    for direction, moves in ((OUT, left), (IN, came)):
        for move, households in moves.items():
            movement = movement_of(kind, move)
            if movement and movement.direction == direction:
                held[movement.key] += households
    return held


def moves_in(kind: str, key: str, moves: list[Move]) -> list[Move]:
    """Those of ``moves`` that the column ``key`` of ``kind`` takes."""
    return [move for move in moves if (at := movement_of(kind, move)) and at.key == key]
