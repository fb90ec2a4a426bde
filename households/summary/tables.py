"""The table that a page, a sheet or a paper was asked for."""

from households.summary.asked import BY_UNIT, OVER_YEARS, Asked
from households.summary.by_mark import by_mark
from households.summary.by_unit import by_unit
from households.summary.over_years import over_years
from households.summary.table import Table


def table_of(asked: Asked) -> Table:
    """The table, computed now from the lists, transitions and totals on file."""
    if asked.table == BY_UNIT:
        return by_unit(asked)
    if asked.table == OVER_YEARS:
        return over_years(asked)
    return by_mark(asked)
