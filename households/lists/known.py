"""What an officer should know of lines whose household the registry already has."""

from households.lists.line import Entry, LineReader
from households.lists.updating import is_same_person
from households.models import Classification, Household, Member


def warn_of_changes(lines: list[tuple[Entry, LineReader]], year: int) -> None:
    """Another head, another number, another class in the same year, a household gone."""
    known = {entry.household_id: (entry, line) for entry, line in lines if entry.household_id}
    if not known:
        return
    for head in Member.objects.filter(household__in=known, is_head=True):
        _compare_head(head, *known[head.household_id])
    for pk, kind in Classification.objects.filter(
        household__in=known, poverty_list__year=year
    ).values_list("household_id", "kind"):
        entry, line = known[pk]
        if entry.kind and entry.kind != kind:
            was, will = (Classification.Kind(k).label for k in (kind, entry.kind))
            line.warn("kind", f"Danh sách năm {year} đã ghi “{was}”, sẽ sửa thành “{will}”.")
    gone = Household.objects.filter(pk__in=known).exclude(state=Household.State.ACTIVE)
    for household in gone:
        state = household.get_state_display().lower()
        known[household.pk][1].warn("code", f"Hộ này {state} trong sổ, sẽ được theo dõi lại.")


def _compare_head(head: Member, entry: Entry, line: LineReader) -> None:
    if not entry.name:
        return
    if not is_same_person(head, entry):
        line.warn("name", f"Chủ hộ trong sổ là “{head.name}”, sẽ đổi thành “{entry.name}”.")
    elif head.id_index and entry.id_index and bytes(head.id_index) != entry.id_index:
        line.warn("number", f"Số CCCD khác số đã lưu (…{head.id_tail}), sẽ thay bằng số này.")
