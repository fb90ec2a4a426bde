"""What every change of a household asks first, and refusals of the database in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction

from committees.models import Committee
from config import clock
from config.vietnamese.dates import format_date
from households.errors import (
    CodeTaken,
    IdentityTaken,
    StaleRecord,
    WrongDay,
    WrongPlace,
    WrongState,
)
from households.identity import Identity
from households.models import Household, Member
from households.queries import owner_of_number


def locked(household: Household, version: int | None = None) -> Household:
    """The household as it is now, nobody else changing it until the transaction ends.

    ``version`` is the one this person was shown; ``StaleRecord`` when it is another now.
    """
    # No join: a row that moved to another commune while this waited would not be found again.
    row = Household.objects.select_for_update().get(pk=household.pk)
    if version is not None and row.version != version:
        raise StaleRecord(
            "Hộ này vừa được người khác sửa: hãy xem lại số liệu mới rồi nhập lại phần cần sửa."
        )
    return row


def locked_living(household: Household, version: int | None = None) -> Household:
    """The same for a change that only a household on the registry can have: ``WrongState``."""
    row = locked(household, version)
    if row.state != Household.State.ACTIVE:
        raise WrongState(
            f"Hộ {row.code} {row.get_state_display().lower()}: hãy theo dõi lại hộ trước khi sửa."
        )
    return row


def check_day(on: date, *, since: date | None = None) -> None:
    """A business day of the past: not after today, not before ``since``. Raises ``WrongDay``."""
    if on > clock.today():
        raise WrongDay("Ngày ghi chưa tới: hãy ghi ngày hôm nay hoặc trước đó.")
    if since and on < since:
        raise WrongDay(f"Ngày ghi phải từ {format_date(since)} trở đi: hãy ghi lại.")


def commune_of(hamlet: Committee) -> Committee:
    """The commune of a hamlet that may keep households. Raises ``WrongPlace``."""
    commune = Committee.objects.filter(path=hamlet.parent_path).first()
    if not hamlet.is_hamlet or commune is None or commune.level != Committee.Level.COMMUNE:
        raise WrongPlace("Hộ phải thuộc một thôn, ấp của xã: hãy chọn lại.")
    return commune


def hamlet_within(commune: Committee, hamlet: Committee) -> Committee:
    """``hamlet`` if it lies in ``commune``. Raises ``WrongPlace``."""
    if commune_of(hamlet).pk != commune.pk:
        raise WrongPlace("Thôn, ấp này không thuộc xã của hộ: hãy chọn lại.")
    return hamlet


def refuse_known_number(
    number: Identity, *, commune: Committee, person: Member | None = None
) -> None:
    """Raise ``IdentityTaken`` when another living person has the number, saying where.

    In ``commune`` the household is named; of another one no more than which it is.
    """
    owner = owner_of_number(number.number) if number.number else None
    if owner is None or (person and owner.pk == person.pk):
        return
    home = owner.household
    where = f"hộ {home}" if home.commune_id == commune.pk else str(home.commune)
    raise IdentityTaken(
        f"Số CCCD này đã có ở {where}: hãy kiểm tra lại giấy tờ.",
        elsewhere=None if home.commune_id == commune.pk else home.commune,
    )


@contextmanager
def constraints_as_refusals() -> Iterator[None]:
    """What two people do at the same moment the database refuses; say it in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        name = refusal.__cause__.diag.constraint_name
        if name == "household_code_once_in_commune":
            raise CodeTaken("Mã hộ này đã có trong xã: hãy ghi mã khác.") from refusal
        if name == "member_national_id_once":
            raise IdentityTaken("Số CCCD này đã có trong sổ hộ: hãy kiểm tra lại.") from refusal
        raise
