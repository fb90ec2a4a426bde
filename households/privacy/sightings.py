"""Who saw a household: written down when a page, paper, file or answer shows its people.

One statement each, whatever there is to write, so that a page costs the same every time.
"""

from collections.abc import Iterable

from django.core.exceptions import EmptyResultSet
from django.db import connection

from committees.models import User
from households.models import Household, Sighting
from households.models.household import HouseholdQuerySet

# Opening a page twice in an hour is one sighting, and so is a file for the same purpose (a job
# that is tried again must not count twice); a paper is one each time.
ONCE_AN_HOUR = frozenset({Sighting.How.PAGE, Sighting.How.API, Sighting.How.EXPORT})

_RECORD = """
INSERT INTO households_sighting (household_id, user_id, how, purpose)
SELECT seen.id, %s, %s, %s FROM ({households}) seen (id)
"""
_UNLESS_JUST_SEEN = """
WHERE NOT EXISTS (
    SELECT FROM households_sighting earlier
    WHERE earlier.household_id = seen.id AND earlier.user_id = %s AND earlier.how = %s
        AND earlier.purpose = %s AND earlier.at > now() - interval '1 hour'
)
"""


def saw(household: Household, by: User, how: str, purpose: str = "") -> None:
    """Write down that ``by`` saw this household; a page or an API answer once an hour."""
    _record("SELECT %s::bigint", [household.pk], by=by, how=how, purpose=purpose)


def saw_many(
    households: HouseholdQuerySet | Iterable[int], by: User, how: str, purpose: str = ""
) -> int:
    """The same for all of a list: an unsliced or sliced queryset, or keys. How many were new."""
    if isinstance(households, HouseholdQuerySet):
        rows = households if households.query.is_sliced else households.order_by()
        try:
            sql, parameters = rows.values("pk").query.sql_with_params()
        except EmptyResultSet:  # the filters can let nothing through
            return 0
        return _record(sql, list(parameters), by=by, how=how, purpose=purpose)
    keys = sorted(set(households))
    return _record("SELECT unnest(%s::bigint[])", [keys], by=by, how=how, purpose=purpose)


def _record(sql: str, parameters: list, *, by: User, how: str, purpose: str) -> int:
    statement = _RECORD.format(households=sql)  # our own SQL and the ORM's, values apart
    values = [by.pk, str(how), purpose[:300], *parameters]
    if how in ONCE_AN_HOUR:
        statement += _UNLESS_JUST_SEEN
        values += [by.pk, str(how), purpose[:300]]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
