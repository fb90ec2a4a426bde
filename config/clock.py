"""One clock for Python and for the triggers: the database's, moved by ``app.clock_shift``.

The setting is an interval ("-3 years"); empty means the true time. Environment CLOCK_SHIFT
sets it for every connection of a process; ``move_to`` sets it for one connection.
"""

from datetime import date, datetime

from django.db import connection


def now() -> datetime:
    """The business moment, aware, in UTC; within a transaction it stands still."""
    return _ask("business_now()")


def today() -> date:
    """The business day in Vietnam."""
    return _ask("business_today()")


def move_to(moment: datetime) -> None:
    """Let this connection believe that it is ``moment``; time goes on from there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.clock_shift', (%s::timestamptz - now())::text, false)",
            [moment],
        )


def _ask(function: str) -> datetime | date:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}")  # a constant of this module
        return cursor.fetchone()[0]
