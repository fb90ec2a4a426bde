"""One line of a household list: cells in, an entry for the registry out, remarks beside it."""

import re

from committees.intake_rows import hide_numbers
from config.vietnamese.amounts import decimal_comma
from config.vietnamese.dates import format_date, parse_birth
from config.vietnamese.names import fold, strip_unit_kind, unit_key
from config.workbooks import TableRow
from households.ethnic_groups import official_name, with_minority
from households.forms.registry import NEEDS
from households.identity import Identity, holds_number, mask, phone_in, read_identity
from households.lists.details import is_ticked, lives_with, read_details
from households.lists.line import (
    Entry,
    LineReader,
    ListContext,
    cell_text,
    choice,
    whole,
)
from households.models import Classification, Household
from households.naming import foreign_letters, wrong_signs
from households.queries import code_of

SEXES = {"nam": "male", "1": "male", "nu": "female", "2": "female"}
AREAS = {"thanhthi": "urban", "1": "urban", "nongthon": "rural", "2": "rural"}
KINDS = {
    "ngheo": "poor", "hongheo": "poor", "hn": "poor",
    "canngheo": "near_poor", "hocanngheo": "near_poor", "hcn": "near_poor", "cn": "near_poor",
    "khokhan": "hardship", "hokhokhan": "hardship", "kk": "hardship",
    "hoancanhkhokhan": "hardship", "cohoancanhkhokhan": "hardship",
    "hocohoancanhkhokhan": "hardship", "hckk": "hardship",
}  # fmt: skip
NUMBER_RUN = re.compile(r"(?<!\d)(?:\d{9,12}|(?<!\d[ .])0(?:[ .]?\d){11})(?!\d)")
BRACKETS = re.compile(r"\(([^)]*)\)")
TITLE = re.compile(r"(?i)(ông|anh)\s+\S+\s+\S|(bà|chị|cụ)\s+\S")
OLDEST, YOUNGEST = 110, 16
NEED_LABELS = dict(NEEDS)


def read_line(context: ListContext, row: TableRow) -> tuple[Entry, LineReader]:
    """Everything one line says. With an error among the findings the entry is not whole."""
    line = LineReader(context, row)
    entry = Entry(row.number, sheet=line.sheet)
    _read_place(line, entry)
    _read_name(line, entry)
    _read_person(line, entry)
    _read_rest(line, entry)
    read_details(line, entry)
    _read_class(line, entry)
    return entry, line


def _read_place(line: LineReader, entry: Entry) -> None:
    entry.code = code_of(line.text("code", most=30))
    if holds_number(entry.code):
        entry.code = ""
        line.error("code", "Ô mã hộ chứa số CCCD: hãy ghi mã hộ, ví dụ 28051-0001.")
    elif not entry.code and "code" not in line.problems:
        line.error("code", "Chưa ghi mã hộ: hãy ghi mã, ví dụ 28051-0001.")
    prefix = entry.code.partition("-")[0]
    if len(prefix) == 5 and prefix.isdigit() and prefix != line.context.commune.code:
        line.warn("code", f"Mã hộ mang mã xã {prefix}, không phải {line.context.commune.code}.")
    typed = line.text("hamlet", most=120)
    if not typed:
        if "hamlet" not in line.problems:
            line.error("hamlet", "Chưa ghi thôn, ấp: hãy ghi như “Ấp 2”.")
        return
    entry.hamlet = _hamlet_key(line, typed) or ""


def _hamlet_key(line: LineReader, typed: str) -> str | None:
    context = line.context
    if typed not in context.aliases:
        context.aliases[typed] = _find_hamlet(context, typed)
    key = context.aliases[typed]
    if key is None:
        line.error("hamlet", f"“{typed}” chưa rõ loại: hãy ghi cả Ấp, Thôn, Khu phố …")
    elif context.known_hamlets and key not in context.known_hamlets:
        line.warn("hamlet", f"“{context.hamlets[key]}” chưa có trong xã, sẽ được tạo mới.")
    return key


def _find_hamlet(context: ListContext, typed: str) -> str | None:
    """The key of a hamlet; a new one is noted. None for a bare number that fits nothing."""
    key = unit_key(typed, accents=True)
    if key in context.hamlets:
        return key
    same = [k for k, name in context.hamlets.items() if _is_same_without_accents(name, typed)]
    kind, bare = strip_unit_kind(typed)
    if not kind and not same:
        same = [k for k, name in context.hamlets.items() if _bare_key(name) == key]
    if len(same) == 1:
        return same[0]
    if not kind and not any(character.isalpha() for character in typed):
        return None
    bare = bare.title() if bare.isupper() and len(bare) > 3 else bare
    context.hamlets[key] = f"{kind} {bare}".strip()
    return key


def _is_same_without_accents(name: str, typed: str) -> bool:
    """One of them is typed without any accents; "Thôn Đông" and "Thôn Đồng" are two places."""
    has_plain = any(strip_unit_kind(text)[1].isascii() for text in (name, typed))
    return has_plain and unit_key(name) == unit_key(typed)


def _bare_key(name: str) -> str:
    return unit_key(strip_unit_kind(name)[1], accents=True)


def _read_name(line: LineReader, entry: Entry) -> None:
    name = line.text("name", most=120)
    entry.note = line.text("note", most=500)
    if not name:
        if not any(
            f.level == "error" and f.column == line.context.table.labels["name"]
            for f in line.findings
        ):
            line.error("name", "Chưa ghi họ và tên chủ hộ.")
        return
    if not name.replace(" ", "").isalpha():
        name = _tidy_name(line, entry, name)
    words = name.split()
    if len(words) == 1:
        line.warn("name", f"Họ tên chỉ có một chữ “{name}”: hãy kiểm tra.")
    elif TITLE.match(name):
        line.warn("name", f"Tên bắt đầu bằng “{words[0]}”: nếu là cách xưng hô, hãy bỏ đi.")
    entry.name, entry.name_fold = name, fold(name)
    if not entry.name_fold.isascii():
        _refuse_other_script(line, name)


def _refuse_other_script(line: LineReader, name: str) -> None:
    """Letters that fold to no plain one may still be Latin, as the ƀ of Ba-na names."""
    other = foreign_letters(name)
    if other:
        line.error("name", f"Họ tên có chữ cái không phải tiếng Việt {other[:20]}: hãy gõ lại.")


def _tidy_name(line: LineReader, entry: Entry, name: str) -> str:
    """Numbers and remarks in brackets do not belong to a name; other signs are refused."""
    if NUMBER_RUN.search(name):
        name = NUMBER_RUN.sub("", name)
        line.warn("name", "Có số giấy tờ trong ô họ tên, đã bỏ khỏi tên: hãy ghi vào cột CCCD.")
    if BRACKETS.search(name):
        aside = "; ".join(BRACKETS.findall(name))
        name = BRACKETS.sub(" ", name)
        entry.note = f"{entry.note}; {aside}".strip("; ")[:500]
        line.warn("name", f"Phần trong ngoặc “{aside[:40]}” đã chuyển sang ghi chú.")
    name = " ".join(name.split()).strip(" .-,;:")
    wrong = wrong_signs(name)
    if wrong or not name:
        signs = " ".join(wrong)[:20]
        line.error("name", f"Họ tên có ký tự lạ {signs}: hãy ghi lại, chỉ dùng chữ cái.")
    return name


def _read_person(line: LineReader, entry: Entry) -> None:
    entry.sex = choice(line, "sex", SEXES, "Giới tính phải là Nam hoặc Nữ.") or ""
    if line.cells["born"] is not None:
        entry.birth_year, entry.birth_date = line.read("born", parse_birth) or (None, None)
        _check_age(line, entry)
    typed = line.text("ethnicity", most=30)
    if holds_number(typed):
        line.error("ethnicity", "Ô dân tộc chứa số CCCD: hãy ghi vào cột CCCD.")
    elif typed:
        entry.ethnicity = official_name(typed) or typed
        if official_name(typed) is None:
            line.warn("ethnicity", f"“{typed}” không có trong danh mục 54 dân tộc.")
        elif entry.ethnicity != typed:
            line.remark("changed", "ethnicity", f"Ghi theo danh mục: “{entry.ethnicity}”.")
        entry.flags = with_minority([], entry.ethnicity)
    if line.cells["number"] is not None:
        read = line.read(
            "number", lambda cell: read_identity(cell, sex=entry.sex, birth_year=entry.birth_year)
        )
        _keep_number(line, entry, read)


def _keep_number(line: LineReader, entry: Entry, read: Identity | None) -> None:
    if read is None:
        return
    entry.identity = read
    for warning in read.warnings:
        line.warn("number", warning)
    if read.was_changed:
        line.remark("changed", "number", "Đã bỏ dấu cách, dấu chấm trong số CCCD.")


def _check_age(line: LineReader, entry: Entry) -> None:
    year = entry.birth_year
    if year is None:
        return
    if year > line.context.year or (entry.birth_date and entry.birth_date > line.context.today):
        line.error("born", f"Sinh năm {year}, sau năm của danh sách: hãy kiểm tra lại.")
    elif line.context.year - year > OLDEST:
        line.warn("born", f"Chủ hộ {line.context.year - year} tuổi: hãy kiểm tra lại năm sinh.")
    elif line.context.year - year < YOUNGEST:
        line.warn("born", f"Chủ hộ mới {line.context.year - year} tuổi: hãy kiểm tra lại.")


def _read_rest(line: LineReader, entry: Entry) -> None:
    entry.members = whole(line, "members", 1, 60)
    if entry.members is None and line.cells["members"] is None:
        line.warn("members", "Chưa ghi số nhân khẩu.")
    entry.address = hide_numbers(line.text("address", most=200))
    entry.area = choice(line, "area", AREAS, "Khu vực phải là Thành thị hoặc Nông thôn.") or ""
    entry.area = entry.area or line.context.area
    if line.cells["phone"] is not None:
        entry.phone = _phone(line)
    if NUMBER_RUN.search(entry.note):
        entry.note = NUMBER_RUN.sub("", entry.note).strip()
        line.warn("note", "Có số giấy tờ trong ghi chú, đã bỏ: hãy ghi vào cột CCCD.")


def _phone(line: LineReader) -> str:
    phone = phone_in(cell_text(line.cells["phone"]))
    if not phone:
        line.warn("phone", "Số điện thoại không đúng dạng 10 số, không ghi lại.")
    return phone


def _read_class(line: LineReader, entry: Entry) -> None:
    if line.cells["kind"] is None and "kind" not in line.problems:
        line.error("kind", "Chưa ghi phân loại: hãy ghi Nghèo, Cận nghèo hoặc Khó khăn.")
    wrong = "Phân loại phải là Nghèo, Cận nghèo hoặc Khó khăn."
    entry.kind = choice(line, "kind", KINDS, wrong) or ""
    entry.income = whole(line, "income", 0, 1000)
    entry.deprivation = whole(line, "deprivation", 0, 120)
    entry.has_indicators = bool(line.context.ticked)
    for key in line.context.ticked:
        cell = line.cells[key]
        if cell is not None and not lives_with(line, entry, key) and is_ticked(line, key, cell):
            _tick(line, entry, key)
    _check_points(line, entry)


def _tick(line: LineReader, entry: Entry, key: str) -> None:
    context = line.context
    if key in context.points:
        entry.deprivations.append(key)
        return
    label = context.table.labels[key]
    line.error(
        key,
        f"Năm {context.year} không có chỉ số “{label}”: hãy bỏ dấu x hoặc kiểm tra năm của"
        " danh sách.",
    )


def _check_points(line: LineReader, entry: Entry) -> None:
    context = line.context
    if context.ticked and entry.deprivation is not None:
        ticked = sum(context.points.get(code, 0) for code in entry.deprivations)
        if ticked != entry.deprivation:
            line.warn(
                "deprivation",
                f"Điểm B là {entry.deprivation} nhưng các chỉ số đánh dấu cộng lại {ticked}.",
            )
    if not entry.kind:
        return
    checked = context.check_class(entry)
    if not checked.agrees_with(entry.kind):
        kind = Classification.Kind(entry.kind).label
        line.warn("kind", f"Theo điểm: {checked.reason}; danh sách ghi “{kind}”, giữ như vậy.")


def shown_line(line: LineReader, entry: Entry) -> list[str]:
    """The line as the preview prints it: what will be kept, or what was typed."""

    def typed(key: str) -> str:
        return hide_numbers(cell_text(line.cells[key]))

    born = entry.birth_date and format_date(entry.birth_date)
    number = mask((entry.identity.number or entry.identity.old_number)[-3:])
    labels = line.context.table.labels
    return [
        entry.code or typed("code"),
        line.context.hamlets.get(entry.hamlet) or typed("hamlet"),
        entry.name or typed("name"),
        Household.Sex(entry.sex).label if entry.sex else typed("sex"),
        born or str(entry.birth_year or "") or typed("born"),
        entry.ethnicity or typed("ethnicity"),
        number or typed("number"),
        typed("members"),
        typed("income"),
        typed("deprivation"),
        Classification.Kind(entry.kind).label if entry.kind else typed("kind"),
        ", ".join(labels[code] for code in entry.deprivations),
        hide_numbers(_other_facts(entry)),
        hide_numbers(entry.note),
    ]


def _other_facts(entry: Entry) -> str:
    """What the optional columns say, in one cell."""
    facts = [Household.Flag(flag).label for flag in entry.flags]
    facts += [f"Nguyên nhân: {Household.Cause(cause).label}" for cause in entry.causes]
    facts += [f"Cần: {NEED_LABELS[need].lower()}" for need in entry.needs]
    if entry.issued_on:
        facts.append(f"CCCD cấp {format_date(entry.issued_on)}")
    if entry.current_address:
        facts.append(f"Ở tại {entry.current_address}")
    if entry.floor_area:
        facts.append(f"Nhà {decimal_comma(entry.floor_area, 1)} m²")
    facts += [Household.Water(entry.water).label] if entry.water else []
    facts += [Household.Latrine(entry.latrine).label] if entry.latrine else []
    return "; ".join(facts)
