"""Each line beside what the registry holds of its household: new, changed (what), or the same."""

from datetime import date
from decimal import Decimal

from committees.intake_rows import Change
from committees.models import Committee
from config.vietnamese.amounts import decimal_comma
from config.vietnamese.dates import format_date
from households.forms.registry import NEEDS
from households.lists.line import Entry, LineReader, ListContext
from households.lists.telling import (
    Known,
    differing,
    is_same_person,
    told_class,
    told_head,
    told_household,
)
from households.models import Classification, Household, Member

Lines = list[tuple[Entry, LineReader]]
LABELS = {
    "hamlet_id": "Thôn/ấp", "head_name": "Chủ hộ", "sex": "Giới tính", "birth_year": "Năm sinh",
    "birth_date": "Ngày sinh", "ethnicity": "Dân tộc", "address": "Địa chỉ",
    "current_address": "Nơi ở hiện tại", "phone": "Điện thoại", "area": "Khu vực",
    "members_declared": "Số nhân khẩu", "floor_area": "Diện tích nhà", "water": "Nguồn nước",
    "latrine": "Nhà tiêu", "note": "Ghi chú", "flags": "Đối tượng chính sách",
    "causes": "Nguyên nhân nghèo", "needs": "Nhu cầu", "state": "Theo dõi", "id_index": "Số CCCD",
    "old_id": "Số CMND cũ", "id_issued_on": "Ngày cấp", "kind": "Phân loại",
    "income_score": "Điểm A", "deprivation_score": "Điểm B", "deprivations": "Chỉ số thiếu hụt",
}  # fmt: skip
CHOICES = {
    "sex": Household.Sex, "area": Household.Area, "water": Household.Water,
    "latrine": Household.Latrine, "state": Household.State, "kind": Classification.Kind,
    "flags": Household.Flag, "causes": Household.Cause,
}  # fmt: skip
NEED_LABELS = dict(NEEDS)
# Compared with last year's place on a list; the rest of it the household itself tells.
OF_THE_YEAR = ("kind", "income_score", "deprivation_score", "deprivations")
NOTHING = "trống"


def known_of(entries: list[Entry], commune: Committee, year: int) -> dict[int, Known]:
    """Everything that the registry holds of the households these lines mean, by household."""
    pks = [entry.household_id for entry in entries if entry.household_id]
    if not pks:
        return {}
    heads = {m.household_id: m for m in Member.objects.filter(household__in=pks, is_head=True)}
    here: dict[int, Classification] = {}
    before: dict[int, Classification] = {}
    later: set[int] = set()
    listed = Classification.objects.filter(household__in=pks).select_related("poverty_list")
    for place in listed.order_by("poverty_list__year"):
        if place.poverty_list.year > year:
            later.add(place.household_id)
        elif place.poverty_list.year == year and place.poverty_list.commune_id == commune.pk:
            here[place.household_id] = place
        elif place.poverty_list.year < year:
            before[place.household_id] = place
    return {
        row.pk: Known(row, heads.get(row.pk), here.get(row.pk), before.get(row.pk), row.pk in later)
        for row in Household.objects.filter(pk__in=pks).order_by()
    }


def compare(lines: Lines, context: ListContext, hamlets: dict[str, int]) -> dict[int, list[Change]]:
    """Row → what its line would change in the registry; says so to the entries.

    ``hamlets``: unit_key → pk of the commune's. An officer is warned of another head, another
    number, another class in the same year, a household gone.
    """
    known = known_of([entry for entry, _ in lines], context.commune, context.year)
    names = dict(Committee.objects.filter(pk__in=set(hamlets.values())).values_list("pk", "name"))
    found: dict[int, list[Change]] = {}
    for entry, line in lines:
        if entry.household_id not in known:  # new, or taken back while this list was read
            entry.household_id = None
        if entry.household_id is None or entry.is_duplicate:
            continue
        there = known[entry.household_id]
        if there.household.state == Household.State.MERGED:
            continue
        shown = _Shown(context, names)
        if not there.is_later_listed:
            _warn(entry, line, there, context.year)
            shown.household(entry, there, hamlets)
        shown.place(entry, there, hamlets)
        entry.is_changed = bool(shown.changes)
        found[id(entry)] = shown.changes
    _warn_of_review(lines, known, context)
    return found


class _Shown:
    """The changes of one line, in words."""

    def __init__(self, context: ListContext, names: dict[int, str]):
        self.context, self.names = context, names
        self.changes: list[Change] = []

    def household(self, entry: Entry, there: Known, hamlets: dict[str, int]) -> None:
        row = there.household
        told = told_household(entry, row, hamlets.get(entry.hamlet))
        if entry.hamlet and entry.hamlet not in hamlets:
            before, after = self.names.get(row.hamlet_id, ""), self.context.hamlets[entry.hamlet]
            self.changes.append(Change("Thôn/ấp", before, after))
        self._add(row, told)
        head = there.head
        if head and is_same_person(head, entry):
            of_head = told_head(entry, head)
            own = {key: of_head[key] for key in ("id_index", "id_issued_on") if key in of_head}
            own |= {"old_id": of_head["old_id"]} if "old_id" in of_head else {}
            self._add(head, own)

    def place(self, entry: Entry, there: Known, hamlets: dict[str, int]) -> None:
        """Its place on this list, or beside its last place when it has none here yet."""
        told = told_class(entry, there.here)
        if there.here:
            told |= {"hamlet_id": hamlets[entry.hamlet]} if entry.hamlet in hamlets else {}
            self._add(there.here, told, but={change.label for change in self.changes})
        elif there.before:
            self._add(there.before, {key: told[key] for key in OF_THE_YEAR if key in told})
        else:
            label = Classification.Kind(entry.kind).label if entry.kind else ""
            self.changes.append(Change("Phân loại", "chưa có", label))

    def _add(self, row: object, told: dict[str, object], but: set[str] = frozenset()) -> None:
        for name in differing(row, told):
            label = LABELS.get(name)
            if label is None or label in but or (name == "birth_year" and told.get("birth_date")):
                continue
            before, after = self._said(name, getattr(row, name)), self._said(name, told[name])
            if name in ("id_index", "old_id"):
                before, after = ("đã có số" if getattr(row, name) else NOTHING), "số trong tệp"
            self.changes.append(Change(label, before, after))

    def _said(self, name: str, value: object) -> str:
        if name == "hamlet_id":
            return self.names.get(value, "")
        if value in ("", None, []):
            return NOTHING
        if name == "needs":
            return ", ".join(NEED_LABELS.get(need, need) for need in value)
        if name == "deprivations":
            return ", ".join(self.context.labels.get(code, code) for code in value)
        if name in CHOICES:
            several = value if isinstance(value, list) else [value]
            return ", ".join(CHOICES[name](one).label for one in several)
        if isinstance(value, date):
            return format_date(value)
        return decimal_comma(value, 1) if isinstance(value, Decimal) else str(value)


def _warn(entry: Entry, line: LineReader, there: Known, year: int) -> None:
    if entry.name and there.head:
        _warn_of_head(there.head, entry, line)
    if there.here and entry.kind and entry.kind != there.here.kind:
        was, will = (Classification.Kind(kind).label for kind in (there.here.kind, entry.kind))
        line.warn("kind", f"Danh sách năm {year} đã ghi “{was}”, sẽ sửa thành “{will}”.")
    if there.household.state != Household.State.ACTIVE:
        state = there.household.get_state_display().lower()
        line.warn("code", f"Hộ này {state} trong sổ, sẽ được theo dõi lại.")


def _warn_of_head(head: Member, entry: Entry, line: LineReader) -> None:
    if not is_same_person(head, entry):
        line.warn("name", f"Chủ hộ trong sổ là “{head.name}”, sẽ đổi thành “{entry.name}”.")
    elif head.id_index and entry.id_index and bytes(head.id_index) != entry.id_index:
        line.warn("number", f"Số CCCD khác số đã lưu (…{head.id_tail}), sẽ thay bằng số này.")


def _warn_of_review(lines: Lines, known: dict[int, Known], context: ListContext) -> None:
    """What the list says came of a household beside what the registry has of the year before."""
    if not any(entry.review for entry, _ in lines):
        return
    last_year = {
        pk
        for pk, there in known.items()
        if there.before and there.before.poverty_list.year == context.year - 1
    }
    if not last_year:
        return  # no list of last year here: nothing to compare with
    for entry, line in lines:
        was_listed = entry.household_id in last_year
        there = known.get(entry.household_id)
        if entry.review == "out":
            line.warn("review", "Ghi “thoát” nhưng hộ vẫn có trong danh sách này: hãy kiểm tra.")
        elif entry.review == "kept" and not was_listed:
            line.warn("review", "Ghi “cũ” nhưng danh sách năm trước không có hộ này.")
        elif entry.review in ("new", "again") and was_listed:
            said = "phát sinh" if entry.review == "new" else "tái"
            line.warn("review", f"Ghi “{said}” nhưng danh sách năm trước đã có hộ này.")
        elif entry.review == "again" and not (there and there.before):
            line.warn("review", "Ghi “tái” nhưng chưa từng có trong danh sách nào của sổ.")
