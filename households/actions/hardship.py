"""Households in hardship (hộ có hoàn cảnh khó khăn): the Front's own class.

The hamlet proposes with a reason and a day until which it holds; the commune's standing board
confirms. A confirmed household stands on the list of the year as ``hardship``; when the next
year's list comes, it goes on there as long as its day has not passed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from committees import audit
from committees.models import AuditEvent, Committee, User
from config import clock
from config.vietnamese.dates import format_date
from households.actions import registering
from households.errors import WrongHardship, WrongReview
from households.models import (
    Classification,
    HardshipCase,
    Household,
    PovertyList,
    Transition,
)
from households.review.transitions import record_monthly

LONGEST = timedelta(days=3 * 366)
State = HardshipCase.State


@dataclass(frozen=True)
class Hardship:
    """What a proposal says; ``details`` are the head's, for a household not on the registry."""

    reasons: list[str]
    story: str
    until: date
    details: dict[str, object]  # head_name, sex, birth_year, address, members_declared


@transaction.atomic
def propose_hardship(
    hamlet: Committee, *, said: Hardship, household: Household | None = None, by: User
) -> HardshipCase:
    """Propose a household of ``hamlet``, on the registry or not yet. Raises ``WrongHardship``."""
    _check_until(said.until)
    if household:
        _check_household(household)
        Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
        _refuse_second_case(household)
        hamlet = household.hamlet
    case = HardshipCase(hamlet=hamlet, household=household, proposed_by=by)
    _say(case, said)
    case.save()
    _record("hardship.proposed", case, by=by)
    return case


@transaction.atomic
def edit_hardship(case: HardshipCase, *, said: Hardship, by: User) -> HardshipCase:
    """Change a proposal that nobody has decided yet. Raises ``WrongHardship``."""
    row = _locked(case, State.PROPOSED)
    _check_until(said.until)
    if row.household:
        _refuse_elsewhere(row, row.household)
    _say(row, said)
    row.save()
    _record("hardship.edited", row, by=by)
    return row


@transaction.atomic
def withdraw_hardship(case: HardshipCase, *, by: User) -> None:
    """Take back a proposal that nobody has decided yet; its audit events stay."""
    row = _locked(case, State.PROPOSED)
    _record("hardship.withdrawn", row, by=by)
    row.delete()


@transaction.atomic
def confirm_hardship(
    case: HardshipCase, *, household: Household | None = None, on: date, answer: str = "", by: User
) -> HardshipCase:
    """Confirm a proposal on day ``on``: the household joins the registry and the year's list.

    ``household``: whom the proposal means, where it named nobody and the registry has them.
    Without a list of that year the class waits for it (``carry_on``). Raises ``WrongHardship``.
    """
    row = _locked(case, State.PROPOSED)
    _check_decision(row, on, by)
    _check_until(row.until)
    if household:
        _refuse_second_case(household)
        row.household = household
    if row.household is None:
        row.household = _register(row, by)
    else:
        _refuse_elsewhere(row, row.household)
        _check_household(row.household)
    _decide(row, State.CONFIRMED, on=on, answer=answer, by=by)
    _list_now(row, on, by)
    return row


@transaction.atomic
def refuse_hardship(case: HardshipCase, *, on: date, answer: str, by: User) -> HardshipCase:
    """Do not confirm, with the reason in words. Raises ``WrongHardship``."""
    row = _locked(case, State.PROPOSED)
    _check_decision(row, on, by)
    if not answer.strip():
        raise WrongHardship("Hãy ghi lý do không xác nhận để khu dân cư biết.")
    _decide(row, State.REFUSED, on=on, answer=answer, by=by)
    return row


@transaction.atomic
def end_hardship(case: HardshipCase, *, on: date, answer: str, by: User) -> HardshipCase:
    """The hardship is over: the household leaves the year's list on ``on``."""
    row = _locked(case, State.CONFIRMED)
    if on > clock.today() or on < row.decided_on:
        raise WrongHardship(
            f"Ngày kết thúc phải từ ngày xác nhận {format_date(row.decided_on)} đến hôm nay."
        )
    if _is_here(row, row.household):
        _on_list(row, on.year, code=Transition.Code.OUT_OF_HARDSHIP, on=on, by=by)
    row.state, row.answer = State.ENDED, answer
    row.save()
    _record("hardship.ended", row, by=by)
    return row


def carry_on(poverty_list: PovertyList, *, by: User) -> int:
    """Put the confirmed households whose day has not passed on a list that just came in.

    Returns how many. Called inside the transaction of the import, before the lists are compared.
    """
    cases = HardshipCase.objects.filter(
        state=State.CONFIRMED,
        until__gte=date(poverty_list.year, 1, 1),
        decided_on__lte=date(poverty_list.year, 12, 31),
        household__commune=poverty_list.commune_id,
        hamlet__path__startswith=poverty_list.commune.path,  # confirmed here, not where it lived
        household__state=Household.State.ACTIVE,
    ).exclude(household__classifications__poverty_list=poverty_list)
    households = [case.household for case in cases.select_related("household")]
    Classification.objects.bulk_create(
        Classification(
            poverty_list=poverty_list,
            household=household,
            hamlet_id=household.hamlet_id,
            kind=Classification.Kind.HARDSHIP,
            members_declared=household.members_declared,
            flags=household.flags,
            causes=household.causes,
        )
        for household in households
    )
    audit.record_many(
        "household.hardship_carried",
        households,
        by=by,
        committee_of=lambda household: household.commune_id,
        detail_of=lambda _: {"year": poverty_list.year},
    )
    return len(households)


def _say(case: HardshipCase, said: Hardship) -> None:
    if not said.reasons or not said.story.strip():
        raise WrongHardship("Hãy chọn ít nhất một lý do và ghi hoàn cảnh của hộ.")
    details = said.details
    if case.household:
        details = {name: getattr(case.household, name) for name in details}
    for name, value in details.items():
        setattr(case, name, value)
    case.reasons, case.story, case.until = said.reasons, said.story, said.until


def _check_until(until: date) -> None:
    today = clock.today()
    if not today < until <= today + LONGEST:
        raise WrongHardship(
            f"Thời hạn phải sau hôm nay và không quá 3 năm (đến {format_date(today + LONGEST)})."
        )


def _check_household(household: Household) -> None:
    if household.state != Household.State.ACTIVE:
        raise WrongHardship(
            f"Hộ {household.code} {household.get_state_display().lower()}: hãy chọn hộ khác."
        )
    latest = household.classifications.order_by("-poverty_list__year").first()
    if latest and latest.kind != Classification.Kind.HARDSHIP:
        year = latest.poverty_list.year
        if year >= clock.today().year:
            raise WrongHardship(
                f"Hộ này đã là {latest.get_kind_display().lower()} năm {year}:"
                " không cần xác nhận hoàn cảnh khó khăn."
            )


def _is_here(case: HardshipCase, household: Household) -> bool:
    """Whether the household still lives in the commune that the case is of."""
    return household.commune_id == _commune_of(case).pk


def _refuse_elsewhere(case: HardshipCase, household: Household) -> None:
    if not _is_here(case, household):
        raise WrongHardship("Hộ này thuộc xã khác: hãy chọn hộ của xã mình hoặc rút đề nghị.")


def _refuse_second_case(household: Household) -> None:
    if household.hardship_cases.filter(state__in=[State.PROPOSED, State.CONFIRMED]).exists():
        raise WrongHardship("Hộ này đã có đề nghị hoặc xác nhận còn hiệu lực: hãy xem lại.")


def _check_decision(case: HardshipCase, on: date, by: User) -> None:
    if case.proposed_by_id == by.pk or _wrote(case, by):
        raise WrongHardship("Người đề nghị không tự xác nhận: hãy để người khác trong xã xác nhận.")
    if on > clock.today():
        raise WrongHardship("Ngày xác nhận chưa tới: hãy ghi lại.")


def _wrote(case: HardshipCase, by: User) -> bool:
    """Whether ``by`` changed what the proposal says: its words are then also theirs."""
    edits = AuditEvent.objects.filter(action="hardship.edited", actor=by, detail__case=case.pk)
    record_ = case.household or case
    return edits.filter(object_type=record_._meta.label_lower, object_id=record_.pk).exists()


def _register(case: HardshipCase, by: User) -> Household:
    """The commune's own new row for a household that the registry did not have."""
    urban = _commune_of(case).kind in ("Phường", "Thị trấn")
    details = {
        name: getattr(case, name)
        for name in ("head_name", "sex", "birth_year", "address", "members_declared")
    }
    area = Household.Area.URBAN if urban else Household.Area.RURAL
    return registering.register_household(case.hamlet, details=details | {"area": area}, by=by)


def _commune_of(case: HardshipCase) -> Committee:
    return Committee.objects.get(path=case.hamlet.parent_path)


def _decide(case: HardshipCase, state: str, *, on: date, answer: str, by: User) -> None:
    case.state, case.decided_by, case.decided_on, case.answer = state, by, on, answer.strip()
    case.save()
    _record(f"hardship.{state}", case, by=by)


def _list_now(case: HardshipCase, on: date, by: User) -> None:
    code = Transition.Code.NEW_HARDSHIP
    _on_list(case, on.year, kind=Classification.Kind.HARDSHIP, code=code, on=on, by=by)


def _on_list(
    case: HardshipCase, year: int, *, code: str, on: date, by: User, kind: str = ""
) -> None:
    """Change the class on the list of ``year`` if there is one and it is not so already."""
    household = case.household
    live = Classification.objects.filter(household=household, poverty_list__year=year).first()
    stands = live.kind if live else ""
    hardship = Classification.Kind.HARDSHIP
    has_list = PovertyList.objects.filter(commune=household.commune_id, year=year).exists()
    if not has_list or stands == kind or (not kind and stands != hardship):
        return
    try:
        record_monthly(household, year=year, kind_after=kind, code=code, on=on, by=by)
    except WrongReview as refusal:
        raise WrongHardship(str(refusal)) from refusal


def _locked(case: HardshipCase, state: str) -> HardshipCase:
    row = HardshipCase.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if row is None:
        raise WrongHardship("Đề nghị này đã được rút: hãy quay lại danh sách.")
    if row.state != state:
        raise WrongHardship(
            f"Đề nghị này {row.get_state_display().lower()}: hãy tải lại trang để xem."
        )
    return row


def _record(action: str, case: HardshipCase, *, by: User) -> None:
    """On the household once there is one, so that its history tells it; else on the case."""
    audit.record(
        action,
        case.household or case,
        by=by,
        committee=_commune_of(case),
        case=case.pk,
        until=case.until.isoformat(),
    )
