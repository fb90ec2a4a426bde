"""Tách hộ: some people of a household become a household of their own.

The same people go over, with all that is known of them; the new household says what it came
from. It is undone by merging the two (households.actions.merging).
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from committees import audit
from committees.models import Committee, User
from households.actions.classifying import tell_latest_list
from households.actions.guards import (
    check_day,
    constraints_as_refusals,
    hamlet_within,
    locked_living,
)
from households.actions.heads import HEAD
from households.actions.lists_left import first_day_of, stands_on
from households.actions.members import flags_with_people, present
from households.actions.registering import OF_THE_HEAD, name_keys
from households.codes import next_code, refuse_others_former
from households.errors import WrongPerson, WrongReview
from households.ethnic_groups import with_minority
from households.models import Classification, Household, Member, Transition
from households.review.transitions import record_monthly

DECIDED = (Classification.Kind.POOR, Classification.Kind.NEAR_POOR)


@dataclass(frozen=True)
class Split:
    """Who goes, under whom, where to. ``keeps_class``: the new household stands on this year's
    list in the class of the first one."""

    people: list[Member]
    head: Member
    hamlet: Committee
    on: date
    reason: str
    code: str = ""
    address: str = ""
    keeps_class: bool = False


@transaction.atomic
def split_household(household: Household, *, version: int, split: Split, by: User) -> Household:
    """Make the new household and return it; without a code it gets the commune's next one.

    Raises ``WrongPerson``, ``WrongPlace``, ``WrongDay``, ``CodeTaken``, ``WrongReview``.
    """
    row = locked_living(household, version)
    check_day(split.on)
    hamlet_within(row.commune, split.hamlet)
    people = _leaving(row, split)
    refuse_others_former(None, row.commune, split.code)
    new = _new_household(row, split, len(people), by)
    with constraints_as_refusals():
        new.save()
    Member.objects.filter(pk__in=[person.pk for person in people]).update(
        household=new, relation=""
    )
    Member.objects.filter(pk=split.head.pk).update(is_head=True, relation=HEAD)
    new.flags = flags_with_people(new)
    new.save(update_fields=["flags"])
    if row.members_declared:
        row.members_declared = max(row.members_declared - len(people), 1)
    row.version += 1
    row.save()
    tell_latest_list(row)
    _record(row, new, people, split, by)
    if split.keeps_class:
        _list_like(row, new, split.on, by)
    return new


def class_to_keep(household: Household, on: date) -> Classification | None:
    """The class that a household split off on this day may keep: poor or near-poor of the list
    of the year. Hardship is confirmed by the Front for each household anew."""
    listed = stands_on(household, on.year)
    return listed if listed and listed.kind in DECIDED else None


def _leaving(household: Household, split: Split) -> list[Member]:
    chosen = {person.pk for person in split.people}
    living = {person.pk: person for person in present(household).select_for_update()}
    if not chosen or not chosen <= living.keys():
        raise WrongPerson("Hãy chọn những người đang trong hộ để tách ra.")
    people = [living[pk] for pk in sorted(chosen)]
    if any(person.is_head for person in people):
        raise WrongPerson("Chủ hộ ở lại hộ cũ: hãy đổi chủ hộ trước, hoặc chọn người khác.")
    if split.head.pk not in chosen:
        raise WrongPerson("Chủ hộ mới phải là một trong những người tách ra.")
    return people


def _new_household(household: Household, split: Split, people: int, by: User) -> Household:
    head = split.head
    return Household(
        commune=household.commune,
        hamlet=split.hamlet,
        code=split.code or next_code(household.commune),
        head_name=head.name,
        **name_keys(head.name),
        **{name: getattr(head, name) for name in OF_THE_HEAD},
        area=household.area,
        address=split.address or household.address,
        members_declared=people,
        flags=with_minority([], head.ethnicity),
        split_from=household,
        created_by=by,
    )


def _record(
    household: Household, new: Household, people: list[Member], split: Split, by: User
) -> None:
    told = {
        "on": split.on.isoformat(),
        "reason": split.reason,
        "members": [person.pk for person in people],
    }
    for one, action, other in (
        (household, "household.split", new),
        (new, "household.split_off", household),
    ):
        audit.record(action, one, by=by, committee=household.commune, other=other.code, **told)


def _list_like(household: Household, new: Household, on: date, by: User) -> None:
    listed = class_to_keep(household, on)
    if listed is None:
        raise WrongReview(
            f"Hộ cũ không có trong danh sách nghèo, cận nghèo năm {on.year}:"
            " hãy chọn không ghi phân loại cho hộ mới."
        )
    record_monthly(
        new,
        year=on.year,
        kind_after=listed.kind,
        code=Transition.Code.SPLIT,
        on=max(on, first_day_of(listed.poverty_list)),
        note=f"tách từ hộ {household.code}",
        by=by,
    )
