"""The place of a row in the tree of committees, as its own column: reach without a join."""

from django.db.models import CharField
from django.db.models.lookups import StartsWith

STEP = 4  # Committee.steplen
PROVINCE = 2 * STEP


class PathField(CharField):
    """A copy of a committee's path, set by triggers.

    ``__startswith`` a province's path is asked as equality of its first eight characters: by
    that, and then by name, the households of a province stand together in an index.
    """


@PathField.register_lookup
class Under(StartsWith):
    def as_sql(self, compiler, connection):
        prefix = self.rhs
        if not isinstance(prefix, str) or len(prefix) != PROVINCE:
            return super().as_sql(compiler, connection)
        path, parameters = compiler.compile(self.lhs)
        return f"LEFT({path}, {PROVINCE}) = %s", [*parameters, prefix]
