"""Lists of households leave the house: for a stated purpose, with a name on them, on record.

A short list is written while the person waits, a long one by a job (``export_job``); both
come from here, so both check the same rights and leave the same traces: an audit event at each
unit of the person, and for every household that it was seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils import timezone

from committees import audit
from committees.access import Permission
from committees.models import Committee, User
from households import queries
from households.errors import ExportRefused
from households.filtering import Chosen, chosen_by
from households.models import Household, Member, Sighting
from households.models.household import HouseholdQuerySet
from households.privacy import files
from households.privacy.columns import LABELS, SENSITIVE
from households.privacy.sightings import saw_many
from households.resources import HouseholdResource

MOST_AT_ONCE = 5000
Told = Callable[[list[int]], None]


@dataclass(frozen=True)
class Order:
    """What somebody asked for: the filters as the address has them, columns, format, why."""

    query: str
    columns: tuple[str, ...]
    format_: str
    purpose: str

    @classmethod
    def of(cls, arguments: dict) -> "Order":
        """The order kept in a job's arguments."""
        return cls(**{**arguments, "columns": tuple(arguments["columns"])})

    def as_arguments(self) -> dict:
        return asdict(self)

    @property
    def sensitive(self) -> list[str]:
        """The sensitive columns among those asked for."""
        return [name for name in self.columns if name in SENSITIVE]


def chosen_for(order: Order, by: User) -> Chosen:
    """The households of the order, as ``by`` may see them now.

    Raises ``ExportRefused`` for sensitive columns of households whose numbers ``by`` may not
    see whole, and for filters that nobody understands.
    """
    chosen = chosen_by(QueryDict(order.query), by)
    if not chosen.filters.is_valid():
        raise ExportRefused("Bộ lọc trong địa chỉ không đúng: hãy lọc lại rồi xuất.")
    if order.sensitive:
        open_ = Household.objects.allowed(by, Permission.HOUSEHOLD_UNMASK)
        if chosen.rows.exclude(pk__in=open_.order_by().values("pk")).order_by().exists():
            raise ExportRefused(
                "Danh sách có hộ mà bạn không được xem số đầy đủ: hãy bỏ các cột nhạy cảm, hoặc"
                " lọc cho đúng đơn vị của bạn."
            )
    return chosen


def is_long(chosen: Chosen) -> bool:
    """Whether the list is written by a job."""
    return chosen.rows.order_by().values("pk")[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE


def write_short(order: Order, by: User, path: Path) -> int:
    """Write a list of at most ``MOST_AT_ONCE`` to ``path``; how many households it has."""
    chosen = chosen_for(order, by)
    keys: list[int] = []
    rows = with_columns(chosen).order_by("commune__path", "head_sort_key", "pk")
    _write(order, chosen, by, path=path, households=_told(rows[:MOST_AT_ONCE], keys))
    saw_many(keys, by, Sighting.How.EXPORT, order.purpose)
    record_export(order, len(keys), by=by)
    return len(keys)


def write_long(order: Order, by: User, path: Path, *, told: Told) -> None:
    """Write a list of any length to ``path``, commune by commune.

    ``told(keys)`` is called after each commune with the households written.
    """
    chosen = chosen_for(order, by)
    _write(order, chosen, by, path=path, households=_by_commune(chosen, told))


def with_columns(chosen: Chosen) -> HouseholdQuerySet:
    """The chosen households with all that a line tells of them."""
    heads = Member.objects.filter(is_head=True)
    rows = queries.for_listing(chosen.rows, year=chosen.year)
    return rows.prefetch_related(Prefetch("members", queryset=heads, to_attr="shown_heads"))


def record_export(order: Order, rows: int, *, by: User) -> None:
    """The log of each unit that the person reads for tells of the export."""
    seats = [seat.committee_id for seat in by.live_seats]
    reads = Committee.objects.filter(pk__in=seats).allowed(by, Permission.HOUSEHOLD_VIEW)
    for unit in reads:
        audit.record(
            "household.exported",
            None,
            by=by,
            committee=unit,
            rows=rows,
            purpose=order.purpose,
            columns=order.sensitive,
        )


def _write(
    order: Order, chosen: Chosen, by: User, *, path: Path, households: Iterator[Household]
) -> None:
    resource = HouseholdResource(order.columns, chosen.year)
    titles = _titles(order, chosen, by)
    sheet = files.Sheet(titles, resource.headers(), resource.lines(households))
    files.write(sheet, path, format_=order.format_)


def _titles(order: Order, chosen: Chosen, by: User) -> list[str]:
    year = f" NĂM {chosen.year}" if chosen.year else ""
    at = timezone.localtime()
    titles = [
        f"DANH SÁCH HỘ{year} – {place_of(chosen, by)}",
        f"Người xuất: {by.full_name}, lúc {at:%H:%M} ngày {at:%d/%m/%Y}",
        f"Mục đích: {order.purpose}",
    ]
    if order.sensitive:
        labels = ", ".join(LABELS[name] for name in order.sensitive)
        titles.append(
            f"Tệp có dữ liệu nhạy cảm ({labels}): chỉ dùng cho mục đích trên, không chuyển cho"
            " người khác, xóa khi xong việc."
        )
    return titles


def place_of(chosen: Chosen, by: User) -> str:
    """Whose list it is: the unit filtered by, else the units the person reads for."""
    unit = chosen.filters.cleaned_data["noi"]
    if unit is None:
        return ", ".join({seat.committee.name: None for seat in by.live_seats})
    if unit.is_hamlet:
        return f"{unit}, {Committee.objects.get(path=unit.parent_path)}"
    return str(unit)


def _told(rows: HouseholdQuerySet, keys: list[int]) -> Iterator[Household]:
    for household in rows:
        keys.append(household.pk)
        yield household


def _by_commune(chosen: Chosen, told: Told) -> Iterator[Household]:
    communes = Committee.objects.filter(pk__in=chosen.rows.order_by().values("commune"))
    for commune in list(communes.order_by("path")):
        keys: list[int] = []
        rows = with_columns(chosen).filter(commune=commune).order_by("head_sort_key", "pk")
        yield from _told(rows, keys)
        told(keys)
