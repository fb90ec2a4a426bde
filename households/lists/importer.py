"""The importer of household lists: a commune's list of one year, as it comes."""

from datetime import date

from committees.access import Permission
from committees.errors import FileRefused
from committees.intake import Importer
from committees.intake_reading import Reading
from committees.intake_rows import Finding, Row, Understood
from committees.list_titles import refuse_list_of_another_unit
from committees.models import Committee
from config import clock
from config.vietnamese.names import unit_key
from config.workbooks import Table, Workbook, year_in
from households.errors import NoStandard
from households.lists.columns import COLUMNS, RUNNING_NUMBER, SHOWN
from households.lists.known import warn_of_changes
from households.lists.line import ListContext
from households.lists.matching import Lines, match
from households.lists.row import read_line, shown_line
from households.lists.writing import write
from households.models import Household
from households.queries import hamlets_of
from households.standards import standard_in

URBAN_KINDS = {"Thị trấn", "Phường"}


def understand(workbook: Workbook, committee: Committee, reading: Reading) -> Understood:
    """Read a list without writing anything. Raises ``FileRefused``, ``UnreadableFile``."""
    if committee.level != Committee.Level.COMMUNE:
        raise FileRefused(
            f"Danh sách hộ do xã, phường, thị trấn lập; {committee.name} không nhập được:"
            " hãy chọn đúng đơn vị cấp xã."
        )
    table = reading.find(workbook, COLUMNS, joins_sheets=True)
    refuse_list_of_another_unit(table.titles, committee)
    context = _context(table, committee, _year(table, committee, reading.day))
    lines: Lines = [read_line(context, row) for row in table.rows]
    match(lines, committee)
    warn_of_changes(lines, context.year)
    understood = Understood(table.sheet, [_row(entry, line) for entry, line in lines])
    understood.year = context.year
    understood.findings = _findings_of_sheet(table, lines)
    new = [name for key, name in context.hamlets.items() if key not in context.known_hamlets]
    used = {entry.hamlet for entry, line in lines if not _in_error(line)}
    new = [name for name in new if unit_key(name, accents=True) in used]
    understood.creates = {"hamlets": sorted(new)} if new else {}
    return understood


def _year(table: Table, committee: Committee, day: date | None) -> int:
    year = year_in(table.titles) or (day and day.year)
    if not year:
        raise FileRefused(
            "Tiêu đề danh sách không ghi năm: hãy ghi như “DANH SÁCH HỘ NGHÈO … NĂM 2023”."
        )
    starts, ends = committee.valid_from, committee.valid_to
    if (starts and year < starts.year) or (ends and year > ends.year):
        raise FileRefused(
            f"Năm {year}, {committee.name} (mã {committee.code}) không tồn tại:"
            " hãy kiểm tra năm của danh sách hoặc chọn đơn vị khác."
        )
    if year > clock.today().year + 1:
        raise FileRefused(f"Danh sách của năm {year} chưa thể có: hãy kiểm tra lại năm ở tiêu đề.")
    return year


def _context(table: Table, committee: Committee, year: int) -> ListContext:
    try:
        standard = standard_in(year)
    except NoStandard as refusal:
        raise FileRefused(str(refusal)) from refusal
    hamlets = {unit_key(hamlet.name, accents=True): hamlet.name for hamlet in hamlets_of(committee)}
    is_urban = committee.kind in URBAN_KINDS
    return ListContext(
        table=table,
        commune=committee,
        year=year,
        today=clock.today(),
        standard=standard,
        hamlets=hamlets,
        known_hamlets=frozenset(hamlets),
        area=Household.Area.URBAN if is_urban else Household.Area.RURAL,
    )


def _row(entry, line) -> Row:
    record = None if _in_error(line) else entry
    return Row(entry.row, shown_line(line, entry), record, line.findings)


def _in_error(line) -> bool:
    return any(finding.level == "error" for finding in line.findings)


def _findings_of_sheet(table: Table, lines: Lines) -> list[Finding]:
    said = list(table.warnings)
    extra = [label for label in table.extra if label not in RUNNING_NUMBER]
    if extra:
        said.append(f"Không nhập các cột: {', '.join(extra)[:200]}.")
    total = table.total and table.total.cells["members"]
    ours = sum(entry.members or 0 for entry, _ in lines)
    if isinstance(total, int) and total != ours:
        said.append(f"Dòng tổng cộng ghi {total} nhân khẩu, cộng các dòng được {ours}.")
    return [Finding("warning", table.sheet, 0, "", text) for text in said]


IMPORTER = Importer(
    kind="households",
    permission=Permission.HOUSEHOLD_EDIT,
    columns=SHOWN,
    understand=understand,
    commit=write,
    levels=(Committee.Level.COMMUNE,),
)
