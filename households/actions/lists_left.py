"""A household that goes leaves the lists it stands on; if it had not gone, it stands there again.

Either is said in the lists as well, in the transaction of the household's own change.
"""

from datetime import date

from django.db.models import QuerySet

from committees.models import User
from config import clock
from households.errors import WrongState
from households.models import Classification, Household, PovertyList, Transition
from households.review.monthly import take_back_monthly
from households.review.transitions import derive, record_monthly

GONE = (Transition.Code.MOVED_OUT, Transition.Code.DIED)


def first_day_of(poverty_list: PovertyList) -> date:
    """The day from which a list holds and may be reviewed."""
    return poverty_list.decided_on or date(poverty_list.year, 1, 1)


def leave_lists(household: Household, *, code: str, on: date, note: str = "", by: User) -> None:
    """Take the household off its commune's lists of that year and later ones (rà soát thường
    xuyên). A list that does not hold yet is left to its own review. Raises ``WrongReview``."""
    today = clock.today()
    for poverty_list in _standing_on(household, on.year):
        first = first_day_of(poverty_list)
        if first <= today:
            record_monthly(
                household,
                year=poverty_list.year,
                kind_after="",
                code=code,
                on=max(on, first),
                note=note,
                by=by,
            )
    _compare_absences(household)


def back_on_lists(household: Household, *, since: date | None, by: User) -> None:
    """Undo ``leave_lists``: the classes are again what the history kept of them.

    Raises ``WrongState`` when the going was an answer in the review of a list: there it is
    taken back; ``WrongReview`` when the household's class changed since.
    """
    changes = _absences(household).filter(code__in=GONE)
    if since:
        changes = changes.filter(poverty_list__year__gte=since.year)
    answered = changes.filter(origin=Transition.Origin.ANNUAL, answered_at__isnull=False).first()
    if answered:
        raise WrongState(
            "Hộ này được ghi là đã đi khi trả lời danh sách năm"
            f" {answered.poverty_list.year}: hãy bỏ câu trả lời ở danh sách đó."
        )
    for change in changes.filter(origin=Transition.Origin.MONTHLY).order_by("-on", "-pk"):
        take_back_monthly(change, by=by)
    _compare_absences(household)


def stands_on(household: Household, year: int) -> Classification | None:
    """The household's line on its commune's list of a year."""
    return Classification.objects.filter(
        household=household, poverty_list__commune=household.commune_id, poverty_list__year=year
    ).first()


def _standing_on(household: Household, year: int) -> QuerySet[PovertyList]:
    return PovertyList.objects.filter(
        commune=household.commune_id, classifications__household=household, year__gte=year
    ).order_by("year")


def _absences(household: Household) -> QuerySet[Transition]:
    return Transition.objects.filter(
        household=household, poverty_list__commune=household.commune_id, kind_after=""
    ).select_related("poverty_list")


def _compare_absences(household: Household) -> None:
    """Why it is missing on a list may be plain now, or again unknown."""
    annual = _absences(household).filter(origin=Transition.Origin.ANNUAL)
    for change in annual.filter(answered_at=None):
        derive(change.poverty_list)
