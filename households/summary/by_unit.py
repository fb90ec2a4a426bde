"""The summary by unit (domain.md §2.10b): start of the year, movements, end, in households and %.

Rates are of all households living there, those of ethnic minorities of all minority households;
the rate at the start is of the households of the year before, as it was published then.
"""

from collections.abc import Callable, Iterator, Sequence

from committees.models import Committee
from config.vietnamese.amounts import grouped
from households.models import PovertyStandard
from households.summary.adding import Figures, Standing, add_up, rate
from households.summary.asked import Asked
from households.summary.gathering import Gathered, Place, gather
from households.summary.lines import LOWEST, address_of_all, sections_of
from households.summary.movements import MOVEMENTS, Movement
from households.summary.table import NET, PERCENT, POINTS, TEXT, Cell, Column, Row, Table, signed

BREAK = "chuẩn nghèo khác nhau, không so sánh"
MOST_NAMED = 6
Address = Callable[[str], str]


def by_unit(asked: Asked) -> Table:
    """The table of the class, unit and year asked for."""
    gathered = gather(asked.unit, asked.year, asked.kind)
    is_commune = asked.unit.level in LOWEST
    shows_within = any(place.within for place in gathered.places)

    def figures(places: Sequence[Place], own: dict | None = None) -> Figures:
        return add_up(places, asked.year, kind=asked.kind, own_totals=own)

    def cells(places: Sequence[Place], address: Address) -> list[Cell]:
        return _cells(figures(places), address, shows_within=shows_within)

    all_of_it = figures(gathered.places, gathered.own_totals if is_commune else None)
    total = _cells(all_of_it, address_of_all(asked), shows_within=shows_within)
    return Table(
        title=f"Tổng hợp kết quả rà soát {asked.name} năm {asked.year}",
        columns=_columns(asked, shows_within=shows_within),
        sections=sections_of(gathered, asked, cells),
        total=Row("Tổng cộng", total),
        notes=list(_notes(asked, all_of_it)),
        warnings=list(_warnings(asked, gathered, all_of_it)),
    )


def _columns(asked: Asked, *, shows_within: bool) -> list[Column]:
    kind = asked.name.capitalize()
    start, end = f"{kind} đầu năm", f"{kind} cuối năm"
    moves = [
        Column(label, "Diễn biến trong năm", 9, name=name)
        for movement in MOVEMENTS[asked.kind]
        for label, name in _labels(movement)
    ]
    if shows_within:
        label = "Chuyển giữa các thôn"
        moves.append(Column(label, "Diễn biến trong năm", 9, name=label))
    return [
        Column("Số hộ", "Tổng số hộ dân cư", 11),
        Column("Hộ DTTS", "Tổng số hộ dân cư", 10),
        *_standing_columns(start),
        *moves,
        *_standing_columns(end),
        Column("Tăng, giảm (điểm %)", "", 10),
        Column("Đối chiếu đầu năm → cuối năm", "", 14, is_text=True, name="Đối chiếu"),
    ]


def _labels(movement: Movement) -> list[tuple[str, str]]:
    """(label, name) of the columns of a movement: its households, and their rate if it has one."""
    count = (movement.label, movement.label)
    return [count, ("Tỷ lệ %", f"{movement.label}, tỷ lệ %")] if movement.has_rate else [count]


def _standing_columns(group: str) -> list[Column]:
    labels = ("Số hộ", 9), ("Tỷ lệ %", 9), ("Hộ DTTS", 9), ("Tỷ lệ % DTTS", 9)
    return [Column(label, group, width) for label, width in labels]


def _cells(figures: Figures, address: Address, *, shows_within: bool) -> list[Cell]:
    moves = list(_move_cells(figures, address))
    if shows_within:
        moves.append(Cell(figures.within or None, NET))
    return [
        Cell(figures.end.total),
        Cell(figures.end.minority_total),
        *_standing_cells(figures.start, "dau", address),
        *moves,
        *_standing_cells(figures.end, "cuoi", address),
        Cell(BREAK, TEXT) if figures.has_break else Cell(figures.change, POINTS),
        Cell(_balance(figures), TEXT),
    ]


def _standing_cells(standing: Standing, number: str, address: Address) -> list[Cell]:
    return [
        _count(standing.households, address, number),
        Cell(standing.rate, PERCENT),
        _count(standing.minority, address, f"{number}-dtts"),
        Cell(standing.minority_rate, PERCENT),
    ]


def _move_cells(figures: Figures, address: Address) -> Iterator[Cell]:
    """Across a change of standard nothing is told: who is poor changed, not how people live."""
    known = figures.moves if figures.moves is not None and not figures.has_break else {}
    for movement in MOVEMENTS[figures.kind]:
        households = known.get(movement.key)
        yield _count(households, address, movement.key)
        if movement.has_rate:
            yield Cell(rate(households, figures.end.total), PERCENT)


def _count(households: int | None, address: Address, number: str) -> Cell:
    return Cell(households, url=address(number) if households else "")


def _balance(figures: Figures) -> str | None:
    if figures.difference is None:
        return None
    if figures.difference:
        return f"Lệch {signed(figures.difference, 0)} hộ"
    if figures.unstarted:
        return f"✓ Khớp, trừ {len(figures.unstarted)} nơi chưa có danh sách năm trước"
    return "✓ Khớp"


def balance_in_words(figures: Figures) -> str:
    """ "12 đầu năm − 4 giảm + 3 tăng = 11 cuối năm"."""
    came = figures.came
    gone = sum(figures.moves.values()) - came
    start = grouped(figures.start.households)
    end = grouped(figures.compared_end)
    sign = "=" if figures.difference == 0 else "≠"
    return f"{start} hộ đầu năm − {gone} giảm + {came} tăng {sign} {end} hộ cuối năm"


def _warnings(asked: Asked, gathered: Gathered, figures: Figures) -> Iterator[str]:
    if figures.has_break:
        names = _standard_names(gathered, asked.year)
        yield (
            f"Danh sách năm {asked.year - 1} và năm {asked.year} theo hai chuẩn nghèo khác nhau"
            f" ({names}): số hộ thay đổi do đổi chuẩn, diễn biến và tỷ lệ không so sánh được."
        )
    is_commune = asked.unit.level in LOWEST
    if asked.unit.level == Committee.Level.CENTRE:
        yield f"Biểu gồm {grouped(len(figures.listed))} xã đã có danh sách năm {asked.year}."
    elif figures.unlisted and not is_commune:
        yield (
            f"Chưa có danh sách năm {asked.year} của {_named(figures.unlisted)}: dòng cộng chỉ gồm"
            f" {len(figures.listed)} đơn vị đã có."
        )
    if figures.unstarted:
        of = asked.unit.name if is_commune else _named(figures.unstarted)
        yield f"Chưa có danh sách năm {asked.year - 1} của {of}: chưa có số đầu năm và diễn biến."
    if figures.listed and figures.end.total is None:
        of = asked.unit.name if is_commune else _named(figures.untotalled)
        yield f"Chưa ghi tổng số hộ dân cư năm {asked.year} của {of}: chưa tính được tỷ lệ chung."


def _notes(asked: Asked, figures: Figures) -> Iterator[str]:
    if figures.moves is not None:
        because = ", kể cả thay đổi do đổi chuẩn" if figures.has_break else ""
        yield f"Đối chiếu chung: {balance_in_words(figures)}{because}."
    yield (
        "Tỷ lệ % tính trên tổng số hộ dân cư; tỷ lệ DTTS trên tổng số hộ dân tộc thiểu số; tỷ lệ"
        " đầu năm trên tổng số hộ của năm trước. Ô trống là chưa có số liệu."
    )


def _named(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    rest = len(names) - MOST_NAMED
    return f"{shown} và {rest} đơn vị khác" if rest > 0 else shown


def _standard_names(gathered: Gathered, year: int) -> str:
    ids = {place.standards[y] for place in gathered.places for y in place.standards}
    standards = PovertyStandard.objects.filter(pk__in=ids)
    return "; ".join(f"{s.legal_text}" for s in standards)
