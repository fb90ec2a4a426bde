"""What stands above a printed list: its title, the place in words, by which decision, filters."""

from django.forms import Field

from committees.access import Permission
from committees.models import Committee, User
from config.vietnamese.dates import long_date
from households.filtering import Chosen
from households.forms.finding import HouseholdFilter
from households.models import Classification, PovertyList
from households.printing.papers import Wording

ABOVE_COMMUNES = (Committee.Level.CENTRE, Committee.Level.PROVINCE, Committee.Level.DISTRICT)
SAID_ELSEWHERE = ("noi", "nam", "loai")  # filters that the title tells


def wording_of_registry(chosen: Chosen, user: User) -> Wording:
    """The registry as filtered; a class without a year means that of the latest list."""
    filters = chosen.filters.cleaned_data
    place = filters["noi"] or _only_unit(user)
    year = chosen.year or (_latest(chosen.filters) if filters["loai"] else None)
    extra = "; ".join(said(chosen.filters, but=SAID_ELSEWHERE))
    grounds = _grounds_at(place, year)
    return Wording(
        titles=titles_for(filters["loai"], year),
        place=_in_words(place) if place else "",
        grounds=(*grounds, f"({extra})") if extra else grounds,
        names_communes=place is None or place.level in ABOVE_COMMUNES,
    )


def wording_of_list(poverty_list: PovertyList, hamlet: Committee | None, kind: str) -> Wording:
    """The list of a year, or one hamlet's or one class's part of it."""
    return Wording(
        titles=titles_for(kind, poverty_list.year),
        place=_in_words(hamlet or poverty_list.commune),
        grounds=_grounds(poverty_list),
    )


def titles_for(kind: str, year: int | None) -> list[str]:
    """DANH SÁCH HỘ NGHÈO NĂM 2023; without a year the registry as it stands."""
    when = f" NĂM {year}" if year else ""
    if kind:
        return [f"DANH SÁCH {Classification.Kind(kind).label.upper()}{when}"]
    if year is None:
        return ["DANH SÁCH HỘ TRÊN SỔ HỘ"]
    return ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO,", f"HỘ CÓ HOÀN CẢNH KHÓ KHĂN{when}"]


def said(filters: HouseholdFilter, *, but: tuple[str, ...] = ()) -> list[str]:
    """The filters as a person reads them: "Danh sách năm: 2023"."""
    if not filters.is_valid():
        return []
    chosen = {
        name: value
        for name, value in filters.cleaned_data.items()
        if value not in (None, "", []) and name not in but
    }
    return [
        f"{filters.fields[name].label}: {_labels(filters.fields[name]).get(str(value), value)}"
        for name, value in chosen.items()
    ]


def _labels(field: Field) -> dict[str, str]:
    """The words of a field's choices; none for a field that picks rows or takes text."""
    if hasattr(field, "queryset"):
        return {}
    return {str(value): label for value, label in getattr(field, "choices", ())}


def own_units(user: User) -> list[Committee]:
    """The units at which this person has a seat that reads households."""
    seats = Committee.objects.filter(pk__in=[seat.committee_id for seat in user.live_seats])
    return list(seats.allowed(user, Permission.HOUSEHOLD_VIEW))


def _only_unit(user: User) -> Committee | None:
    units = own_units(user)
    return units[0] if len(units) == 1 else None


def _latest(filters: HouseholdFilter) -> int | None:
    years = [value for value, _ in filters.fields["nam"].choices if value]
    return max(years, default=None)


def _grounds_at(place: Committee | None, year: int | None) -> tuple[str, ...]:
    if year is None or place is None or place.level in ABOVE_COMMUNES:
        return ()
    path = place.parent_path if place.is_hamlet else place.path
    found = PovertyList.objects.filter(commune__path=path, year=year).select_related("commune")
    poverty_list = found.first()
    return _grounds(poverty_list) if poverty_list else ()


def _grounds(poverty_list: PovertyList) -> tuple[str, ...]:
    """By which decision; nothing where none is on file."""
    if not poverty_list.decision_number:
        return ()
    commune = poverty_list.commune
    day = f" {long_date(poverty_list.decided_on)}" if poverty_list.decided_on else ""
    by = f"Ủy ban nhân dân {commune.kind.lower()} {commune.bare_name}"
    return (f"(Theo Quyết định số {poverty_list.decision_number}{day} của {by})",)


def _in_words(place: Committee) -> str:
    """ "Ấp 1, xã Mỹ Thạnh, huyện Thủ Thừa, tỉnh Long An"."""
    above = Committee.objects.get_ancestors(place).exclude(level=Committee.Level.CENTRE)
    names = [f"{unit.kind.lower()} {unit.bare_name}" for unit in above]
    return ", ".join([place.name, *reversed(names)])
