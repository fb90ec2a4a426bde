"""The columns that only some lists have: papers, policy groups, causes, needs, how they live."""

import re
from decimal import Decimal

from committees.intake_rows import hide_numbers
from config.vietnamese.amounts import parse_decimal
from config.vietnamese.dates import parse_date
from config.vietnamese.names import fold, fold_compact
from households.lists.line import Entry, LineReader, cell_text

TICKS = {"x", "1", "co", "true", "✓", "v"}
NO_TICKS = {"", "0", "khong", "false", "-"}
LARGEST_HOUSE = 99_999

# What the words of a cell point to, whatever stands around them; looked for in this order.
CAUSES = (
    ("skill", r"ky nang"),
    ("knowledge", r"kien thuc"),
    ("land", r"dat (san xuat|canh tac|dai)|thieu dat|khong (co )?dat"),
    ("tools", r"cong cu|phuong tien"),
    ("capital", r"\bvon\b"),
    ("labour", r"(?<!ky nang )lao dong"),
    ("illness", r"om dau|benh|tai nan|khuyet tat"),
    ("other", r"nguyen nhan khac|\bkhac\b"),
)
NEEDS = (
    ("nha_o", r"nha o|sua nha|xay nha|\bnha\b"),
    ("von", r"\bvon\b|vay"),
    ("con_cay_giong", r"giong"),
    ("hoc_bong", r"hoc bong|hoc tap|di hoc"),
    ("bhyt", r"bhyt|bao hiem"),
    ("kham_chua_benh", r"kham|chua benh|thuoc men"),
    ("khac", r"\bkhac\b"),
)
WATER = (
    ("piped", r"nuoc may|cap nuoc"),
    ("drilled_well", r"gieng khoan"),
    ("safe_well", r"gieng dao|gieng duoc bao ve"),
    ("safe_spring", r"khe|\bmo nuoc\b|nuoc mo"),
    ("rain", r"nuoc mua"),
    ("bottled", r"dong chai|dong binh|nuoc binh"),
    ("other", r"khac|song|suoi|ao|ho|kenh|chua bao dam"),
)
LATRINE = (
    ("none", r"khong co|chua co"),
    ("septic", r"tu hoai"),
    ("pour_flush", r"tham|doi nuoc"),
    ("vented", r"thong hoi|cai tien"),
    ("two_pit", r"hai ngan|2 ngan"),
    ("other", r"khac|tam|ao ca|chua hop ve sinh"),
)
REVIEWS = (
    ("out", r"thoat"),
    ("again", r"\btai\b"),
    ("new", r"phat sinh|\bmoi\b"),
    ("kept", r"\bcu\b|giu nguyen|khong doi|khong thay doi"),
)


def read_details(line: LineReader, entry: Entry) -> None:
    """What the optional columns say; what is not understood is a warning, never a guess."""
    if line.cells["issued"] is not None:
        _read_issued(line, entry)
    entry.current_address = hide_numbers(line.text("current_address", most=200))
    if line.cells["review"] is not None:
        entry.review = _one_of(line, "review", REVIEWS, "cũ, phát sinh, tái hoặc thoát")
    for key in line.context.flagged:
        if line.cells[key] is not None and is_ticked(line, key, line.cells[key]):
            entry.flags.append(key)
    if "minority" in entry.flags and entry.ethnicity == "Kinh":
        line.warn("minority", "Chủ hộ dân tộc Kinh nhưng đánh dấu hộ dân tộc thiểu số.")
    entry.flags = sorted(set(entry.flags))
    if line.context.others:
        _read_others(line, entry)


def _read_others(line: LineReader, entry: Entry) -> None:
    entry.causes = _several(line, "causes", CAUSES, "other")
    entry.needs = _several(line, "needs", NEEDS, "khac")
    if line.cells["floor_area"] is not None:
        entry.floor_area = read_area(line, "floor_area")
    if line.cells["water"] is not None:
        entry.water = _one_of(line, "water", WATER, "như “Nước máy”, “Giếng khoan”")
    if line.cells["latrine"] is not None:
        entry.latrine = _one_of(line, "latrine", LATRINE, "như “Tự hoại”, “Hai ngăn”")


def lives_with(line: LineReader, entry: Entry, key: str) -> bool:
    """Whether an indicator's column holds, instead of a tick, what the household lives with."""
    cell = line.cells[key]
    if key == "dien_tich_nha" and isinstance(cell, int | float) and cell > 1:
        entry.floor_area = read_area(line, key)
        return True
    if key in ("nguon_nuoc", "nha_tieu") and isinstance(cell, str):
        name, kinds = ("water", WATER) if key == "nguon_nuoc" else ("latrine", LATRINE)
        found = _found(kinds, cell) if len(cell.strip()) > len("khong") else []
        if found:
            setattr(entry, name, found[0])
            return True
    return False


def is_ticked(line: LineReader, key: str, cell: object) -> bool:
    """Whether a cell of x or nothing is marked; an error for anything else."""
    if key in line.problems:
        line.error(key, line.problems[key])
        return False
    sign = cell if cell in ("x", "X") else fold_compact(cell_text(cell))
    if sign in ("X", *TICKS):
        return True
    if sign not in NO_TICKS:
        line.error(key, "Ô này chỉ ghi “x” hoặc để trống.")
    return False


def read_area(line: LineReader, key: str) -> Decimal | None:
    """Square metres with one decimal."""
    area = line.read(key, parse_decimal)
    if area is not None and not 0 < area < LARGEST_HOUSE:
        line.error(key, "Diện tích phải lớn hơn 0: hãy ghi số mét vuông.")
        return None
    return None if area is None else round(Decimal(area), 1)


def _read_issued(line: LineReader, entry: Entry) -> None:
    day = line.read("issued", parse_date)
    if day and day > line.context.today:
        line.error("issued", "Ngày cấp chưa đến: hãy kiểm tra lại ngày.")
    elif day and entry.birth_year and day.year < entry.birth_year:
        line.warn("issued", "Ngày cấp trước năm sinh của chủ hộ: hãy kiểm tra lại.")
    entry.issued_on = day


def _found(kinds: tuple, typed: str) -> list[str]:
    text = fold(typed)
    return [key for key, pattern in kinds if re.search(pattern, text)]


def _one_of(line: LineReader, key: str, kinds: tuple, wanted: str) -> str:
    typed = line.text(key, most=200)
    if not typed:
        return ""
    found = _found(kinds, typed)
    if not found:
        line.warn(key, f"Chưa hiểu “{typed[:40]}”, không ghi lại: hãy ghi {wanted}.")
        return ""
    return found[0]


def _several(line: LineReader, key: str, kinds: tuple, other: str) -> list[str]:
    if line.cells[key] is None:
        return []
    typed = line.text(key, most=500)
    keys: list[str] = []
    for piece in re.split(r"[;\n/+]", typed):
        found = _found(kinds, piece) if piece.strip() else []
        if piece.strip() and not found:
            line.warn(key, f"Chưa hiểu “{piece.strip()[:40]}”, ghi là loại khác.")
            found = [other]
        keys += [name for name in found if name not in keys]
    return keys
