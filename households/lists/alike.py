"""After a list went in: the commune's households are compared with each other.

A commune of ordinary size at once; a very long list by a job, not to keep its import waiting.
"""

from committees.models import Committee, ImportBatch, User
from households.actions.likeness import find_in
from households.models import Household
from jobs.queue import enqueue

FIND_ALIKE = "households.find_alike"
AT_ONCE = 1_500  # households: pairs grow with the square


def look_for_alike(batch: ImportBatch, *, by: User) -> None:
    """Find pairs that may be one household, now or as soon as a worker is free."""
    if Household.objects.filter(commune=batch.committee_id).count() <= AT_ONCE:
        find_in(batch.committee)
    else:
        arguments = {"committee": batch.committee_id}
        enqueue(FIND_ALIKE, key=f"{FIND_ALIKE}:{batch.pk}", arguments=arguments, by=by)


def find_alike(run) -> dict:
    """The job: how many pairs of the commune wait for somebody to look."""
    return {"pairs": find_in(Committee.objects.get(pk=run.arguments["committee"]))}
