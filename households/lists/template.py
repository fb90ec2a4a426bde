"""The empty list to fill in: every column, drop-downs, one example line, an explanation."""

import io

import xlsxwriter

from committees.intake_reading import GUIDE_SHEET
from committees.models import Committee
from config import clock
from config.workbooks import TableRow
from households.ethnic_groups import ETHNIC_GROUPS
from households.forms.registry import NEEDS
from households.lists.columns import COLUMNS, FLAGS, INDICATOR_LABELS
from households.models import Household, PovertyStandard
from households.queries import code_of, hamlets_of
from households.standards import standard_in

EXAMPLE = "VÍ DỤ"  # in place of the household's code
LINES = 2000
FIRST_LINE = 5  # of the sheet, from 0: the example
TEXT_KEYS = {"code", "number", "phone"}
WIDTHS = {"name": 26, "hamlet": 14, "number": 16, "phone": 14, "address": 24, "code": 14,
          "current_address": 24, "causes": 28, "needs": 22, "note": 28, "review": 16}  # fmt: skip
OF_EXAMPLE = {
    "code": EXAMPLE, "name": "Nguyễn Thị Ví Dụ", "sex": "Nữ", "born": "05/03/1987",
    "ethnicity": "Kinh", "number": "099187000001", "issued": "20/11/2021", "members": 4,
    "income": 120, "deprivation": 20, "kind": "Cận nghèo", "review": "Phát sinh",
    "phone": "0900000000", "address": "Số 1, tổ 2", "area": "Nông thôn", "viec_lam": "x",
    "bhyt": "x", "causes": "Không có vốn sản xuất, kinh doanh", "needs": "Vốn sản xuất",
    "floor_area": 45, "water": "Nước máy", "latrine": "Tự hoại",
}  # fmt: skip
GUIDANCE = (
    "Mỗi hộ một dòng, bắt đầu từ dòng 7. Dòng 6 là ví dụ: xóa đi hoặc để nguyên, phần mềm bỏ qua.",
    "Cột có dấu * phải ghi; các cột khác có thì ghi, không có thì để trống hoặc xóa cả cột.",
    "Mã hộ: mã đã dùng các năm trước; cùng một mã là cùng một hộ.",
    "Ngày sinh: ngày/tháng/năm, hoặc chỉ năm. Chưa có giấy tờ thì để trống Số CCCD.",
    "Số CCCD, điện thoại đã định dạng Văn bản để giữ số 0 ở đầu: hãy dán bằng “Chỉ dán giá trị”.",
    "Chỉ số thiếu hụt, đối tượng chính sách: ghi “x”, không thì để trống.",
    "Nguyên nhân, nhu cầu: ghi nhiều mục thì cách nhau bằng dấu chấm phẩy.",
    "Số và ngày quyết định của Ủy ban nhân dân: ghi ở dòng 3; chưa có thì để nguyên.",
)


def is_example(row: TableRow) -> bool:
    """The line of the template that shows how to fill in."""
    code = row.cells.get("code")
    return isinstance(code, str) and code_of(code) == code_of(EXAMPLE)


def without_examples(rows: list[TableRow]) -> tuple[list[TableRow], list[str]]:
    """The lines that are meant, and a sentence for each example that is left out."""
    said = [
        f"Dòng {row.number} là dòng ví dụ của mẫu nên bỏ qua." for row in rows if is_example(row)
    ]
    return [row for row in rows if not is_example(row)] if said else rows, said


def template_of(commune: Committee) -> bytes:
    """An .xlsx for this year's list of a commune, of one that was merged for its last year's."""
    year = _year_for(commune)
    standard = standard_in(year)
    columns = _columns(standard)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet, guide = book.add_worksheet("Danh sách"), book.add_worksheet(GUIDE_SHEET)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    title, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    grey = book.add_format({"italic": True, "font_color": "#666666"})
    grey_text = book.add_format({"italic": True, "font_color": "#666666", "num_format": "@"})
    sheet.write_string(0, 0, f"ỦY BAN MTTQ VIỆT NAM {commune.name.upper()}", title)
    named = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ CÓ HOÀN CẢNH KHÓ KHĂN"
    sheet.write_string(1, 0, f"{named} NĂM {year}", title)
    sheet.write_string(2, 0, "(Kèm theo Quyết định số … ngày … của Ủy ban nhân dân)")
    example = OF_EXAMPLE | {"hamlet": next((h.name for h in hamlets_of(commune)), "Ấp 1")}
    for place, (key, label, is_required) in enumerate(columns):
        is_text = key in TEXT_KEYS
        sheet.set_column(place, place, WIDTHS.get(key, 11), text if is_text else None)
        sheet.write_string(4, place, f"{label} *" if is_required else label, bold)
        if key in example:
            sheet.write(FIRST_LINE, place, example[key], grey_text if is_text else grey)
    sheet.freeze_panes(FIRST_LINE, 4)
    _offer_choices(sheet, guide, columns, commune)
    _explain(guide, title)
    book.close()
    return buffer.getvalue()


def _year_for(commune: Committee) -> int:
    year = clock.today().year
    return min(year, commune.valid_to.year) if commune.valid_to else year


def _columns(standard: PovertyStandard) -> list[tuple[str, str, bool]]:
    """(key, label, whether it must be filled) of the year's standard; a running number first."""
    wanted = {indicator.code for indicator in standard.indicators.all()}
    renamed = {"income": standard.income_label, "deprivation": standard.deprivation_label}
    found = [("", "STT", False)]
    for column in COLUMNS:
        if column.key in INDICATOR_LABELS and column.key not in wanted:
            continue
        label = renamed.get(column.key, column.labels[0])
        found.append((column.key, label[0].upper() + label[1:], column.required))
    return found


def _offer_choices(sheet, guide, columns: list, commune: Committee) -> None:
    """Drop-downs; their lists stand on the sheet of explanations."""
    ticks = [*INDICATOR_LABELS, *(column.key for column in FLAGS)]
    offered = {
        "hamlet": [hamlet.name for hamlet in hamlets_of(commune)],
        "sex": [choice.label for choice in Household.Sex],
        "ethnicity": list(ETHNIC_GROUPS),
        "kind": ["Nghèo", "Cận nghèo", "Khó khăn"],
        "review": ["Cũ", "Phát sinh", "Tái", "Thoát"],
        "area": [choice.label for choice in Household.Area],
        "causes": [choice.label for choice in Household.Cause],
        "needs": [label for _, label in NEEDS],
        "water": [choice.label for choice in Household.Water],
        "latrine": [choice.label for choice in Household.Latrine],
    } | {key: ["x"] for key in ticks}
    places = {key: place for place, (key, _, _) in enumerate(columns)}
    column = 3
    for key, choices in offered.items():
        if key not in places or not choices:
            continue
        source = choices
        if len(choices) > 1:
            guide.write_column(1, column, choices)
            guide.write_string(0, column, columns[places[key]][1])
            letter = xlsxwriter.utility.xl_col_to_name(column)
            source = f"='{GUIDE_SHEET}'!${letter}$2:${letter}${len(choices) + 1}"
            column += 1
        sheet.data_validation(
            FIRST_LINE,
            places[key],
            FIRST_LINE + LINES,
            places[key],
            {
                "validate": "list",
                "source": source,
                # More may be written than offered: a new hamlet, several causes.
                "error_type": "information",
                "error_title": "Không có trong danh mục",
                "error_message": "Giá trị này không có trong danh mục; bấm OK nếu đúng là như vậy.",
            },
        )


def _explain(guide, title) -> None:
    guide.set_column(0, 0, 100)
    guide.write_string(0, 0, "Cách ghi danh sách", title)
    for number, sentence in enumerate(GUIDANCE, start=1):
        guide.write_string(number, 0, f"{number}. {sentence}")
