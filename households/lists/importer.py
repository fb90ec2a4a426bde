"""The importer of household lists: a commune's list of one year, as it comes."""

from datetime import date

from django.urls import NoReverseMatch, reverse

from committees.access import Permission
from committees.errors import FileRefused
from committees.intake import Importer
from committees.intake_reading import Reading
from committees.intake_rows import Change, Finding, Row, Understood, Verdict
from committees.list_titles import refuse_list_of_another_unit
from committees.models import Committee, ImportBatch
from config import clock
from config.vietnamese.names import unit_key
from config.workbooks import Table, Workbook, year_in
from households.errors import NoStandard
from households.forms.lists import DecisionForm
from households.lists.columns import COLUMNS, NOT_READ, SHOWN
from households.lists.comparing import compare
from households.lists.decision import decision_of, remarks_on
from households.lists.line import Entry, LineReader, ListContext
from households.lists.matching import Lines, match
from households.lists.row import read_line, shown_line
from households.lists.template import template_of, without_examples
from households.lists.undoing import undo_list
from households.lists.writing import write
from households.models import Household, PovertyList
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
    rows, examples = without_examples(table.rows)
    lines: Lines = [read_line(context, row) for row in rows]
    elsewhere = match(lines, committee)
    hamlets = {unit_key(hamlet.name, accents=True): hamlet.pk for hamlet in hamlets_of(committee)}
    changes = compare(lines, context, hamlets)
    understood = Understood(table.sheet, [_row(entry, line, changes) for entry, line in lines])
    understood.year = context.year
    understood.answers = decision_of(table.titles, reading.answers)
    understood.elsewhere = elsewhere
    understood.findings = _findings_of_sheet(table, lines) + [
        Finding("warning", table.sheet, 0, "", text)
        for text in remarks_on(understood.answers, context.year, context.today) + examples
    ]
    new = [name for key, name in context.hamlets.items() if key not in context.known_hamlets]
    used = {entry.hamlet for entry, line in lines if not line.in_error}
    new = [name for name in new if unit_key(name, accents=True) in used]
    understood.creates = {"hamlets": sorted(new)} if new else {}
    return understood


def _year(table: Table, committee: Committee, day: date | None) -> int:
    # The purpose on an exported file may speak of another year.
    titles = [title for title in table.titles if not title.startswith("Mục đích:")]
    year = year_in(titles) or (day and day.year)
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


def _row(entry: Entry, line: LineReader, changes: dict[int, list[Change]]) -> Row:
    row = Row(
        entry.row,
        shown_line(line, entry),
        None if line.in_error else entry,
        line.findings,
        sheet=entry.sheet,
        changes=changes.get(id(entry), []),
        is_duplicate=entry.is_duplicate,
    )
    if entry.household_id:
        row.outcome = Verdict.CHANGED if entry.is_changed else Verdict.SAME
    return row


def _findings_of_sheet(table: Table, lines: Lines) -> list[Finding]:
    said = list(table.warnings)
    extra = [label for label in table.extra if label not in NOT_READ]
    if extra:
        said.append(f"Không nhập các cột: {', '.join(extra)[:200]}.")
    totals = getattr(table, "last_totals", None) or ([table.total] if table.total else [])
    for total in totals:
        sheet = getattr(total, "sheet", "") or table.sheet
        said_members = total.cells["members"]
        ours = sum(entry.members or 0 for entry, _ in lines if entry.sheet == sheet)
        if isinstance(said_members, int) and said_members != ours:
            said.append(f"Dòng tổng cộng ghi {said_members} nhân khẩu, cộng các dòng được {ours}.")
    return [Finding("warning", table.sheet, 0, "", text) for text in said]


def next_steps(batch: ImportBatch) -> list[tuple[str, str]]:
    """From a committed list: the review of that year, then its households."""
    poverty_list = PovertyList.objects.filter(commune=batch.committee_id, year=batch.year).first()
    steps = [(f"{reverse('households:household-list')}?nam={batch.year}", "Xem các hộ")]
    try:
        address = reverse("households:review-detail", args=[poverty_list.pk])
    except (NoReverseMatch, AttributeError):
        return steps
    return [(address, f"Rà soát danh sách năm {batch.year}"), *steps]


IMPORTER = Importer(
    kind="households",
    permission=Permission.HOUSEHOLD_EDIT,
    columns=SHOWN,
    understand=understand,
    commit=write,
    levels=(Committee.Level.COMMUNE,),
    undo=undo_list,
    asks=DecisionForm,
    template=template_of,
    numbers=("number", "phone"),
    next_steps=next_steps,
)
