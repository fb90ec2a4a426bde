"""The decision of a list, and codes that an officer corrects."""

from datetime import date

from django.db import transaction

from committees import audit
from committees.models import User
from config import clock
from households.errors import WrongReview
from households.models import Household, PovertyList, Transition
from households.review.codes import other_codes
from households.review.transitions import derive


@transaction.atomic
def set_decision(poverty_list: PovertyList, *, number: str, on: date, by: User) -> PovertyList:
    """Record by which decision, of which day, the People's Committee decided the list."""
    row = PovertyList.objects.select_for_update(of=("self",)).get(pk=poverty_list.pk)
    if (row.decision_number, row.decided_on) == (number, on):
        return row
    row.decision_number, row.decided_on = number, on
    row.save(update_fields=["decision_number", "decided_on"])
    annual = Transition.objects.filter(poverty_list=row, origin=Transition.Origin.ANNUAL)
    annual.update(on=on, decision_number=number)
    audit.record(
        "poverty_list.decided",
        row,
        by=by,
        committee=row.commune,
        year=row.year,
        number=number,
        day=on.isoformat(),
    )
    return row


@transaction.atomic
def correct_code(change: Transition, *, code: str, by: User) -> Transition:
    """Say how a household came to the list where two ways are possible; never its class.

    Raises ``WrongReview`` for another kind of transition or a code that does not fit.
    """
    row = Transition.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if code not in other_codes(row):
        raise WrongReview("Diễn biến này không chọn được cho hộ: hãy chọn một mục trong danh sách.")
    if row.code == code:
        return row
    before, row.code = row.code, code
    row.answered_by, row.answered_at = by, clock.now()
    row.save(update_fields=["code", "answered_by", "answered_at"])
    household = Household.objects.select_for_update(of=("self",)).get(pk=row.household_id)
    household.version += 1
    household.save(update_fields=["version"])
    audit.record(
        "household.code_corrected",
        household,
        by=by,
        committee=household.commune,
        year=row.poverty_list.year,
        before=before,
        code=code,
        change=row.pk,
    )
    return row


@transaction.atomic
def compare_again(poverty_list: PovertyList, *, by: User) -> None:
    """Compare the lists anew by hand, should a page say that they do not balance."""
    derive(poverty_list)
    audit.record(
        "poverty_list.compared",
        poverty_list,
        by=by,
        committee=poverty_list.commune,
        year=poverty_list.year,
    )
