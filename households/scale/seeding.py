"""A made-up registry of the nation: households, people, lists of two years.

Hamlets are added to the real communes of now; a commune gets about 390 households, the nation
1.3 million. Every choice comes from a hash of the row's number, so the same registry comes again.
Numbers of identity are sealed as everywhere (``identity.seal``): that costs eight microseconds
each, ten seconds for the nation, so nothing about them is simulated. Written are the tables of
the registry itself; there are no audit events, row changes or transitions.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from psycopg2.extensions import cursor as Cursor

from committees import tree
from committees.errors import CommitteeError
from committees.models import Committee, User
from config import clock
from households import identity
from households.models import Household, PovertyIndicator, PovertyList
from households.scale.loading import as_owner, tidy, without_indexes
from households.scale.names import SAMPLE, made_names
from households.standards import standard_in

USERNAME = "do-quy-mo"
HAMLETS = 8
HOUSEHOLDS = 391  # of a commune, on average: 1.3 million over 3,321 communes
YEARS = (2025, 2026)
TABLES = ("households_household", "households_member", "households_classification")


# Where the households come: the hamlets of a commune, and how many households it gets.
PLACES = """
CREATE TEMP TABLE scale_place ON COMMIT DROP AS
SELECT commune.id AS commune, commune.code, commune.kind,
    (%(mean)s * (0.6 + 0.8 * pg_temp.random_of(commune.id, 1)))::int AS households
FROM committees_committee commune WHERE commune.path = ANY(%(paths)s);
CREATE TEMP TABLE scale_hamlet ON COMMIT DROP AS
SELECT commune.id AS commune, hamlet.id AS hamlet, hamlet.path,
    row_number() OVER (PARTITION BY commune.id ORDER BY hamlet.path) - 1 AS n
FROM committees_committee commune JOIN committees_committee hamlet
    ON left(hamlet.path, -%(step)s) = commune.path
WHERE commune.path = ANY(%(paths)s);
ANALYZE scale_place;
ANALYZE scale_hamlet;
"""
# An even draw from [0, 1) that is the same for the same row and question.
RANDOM = """
CREATE FUNCTION pg_temp.random_of(number bigint, question int) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (hashint8extended(number, question) & 1073741823) / 1073741824.0;
"""
HOUSEHOLD_ROWS = """
CREATE TEMP TABLE scale_household ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('households_household', 'id')) AS id, commune, code, kind, i,
    commune * 10000 + i AS number
FROM scale_place CROSS JOIN generate_series(1, households) i ORDER BY commune, i;
INSERT INTO households_household
    (id, commune_id, hamlet_id, path, code, head_name, head_fold, head_sort_key, sex, birth_year,
     ethnicity, area, members_declared, house_condition, floor_area, water, latrine, flags, state,
     version, created_by_id, created_at)
SELECT made.id, made.commune, hamlet, path, code || '-' || lpad(i::text, 4, '0'),
    name, fold, sort_key, sex, 1935 + (65 * pg_temp.random_of(number, 2))::int,
    CASE WHEN minority THEN (ARRAY['Tày', 'Thái', 'Mường', 'Khmer', 'Mông', 'Ê-đê'])
        [1 + floor(6 * pg_temp.random_of(number, 4))::int] ELSE 'Kinh' END,
    CASE kind WHEN 'Phường' THEN 'urban' ELSE 'rural' END,
    1 + (6 * pg_temp.random_of(number, 5))::int,
    (ARRAY['solid', 'half_solid', 'weak', 'makeshift', 'none'])[1 + floor(5 * pow)::int],
    20 + (80 * pg_temp.random_of(number, 7))::int, 'piped', 'septic',
    CASE WHEN minority THEN ARRAY['minority'] ELSE '{}' END,
    CASE WHEN pg_temp.random_of(number, 8) < 0.01 THEN 'moved'
        WHEN pg_temp.random_of(number, 8) < 0.02 THEN 'ended' ELSE 'active' END,
    1, %(by)s, now()
FROM (
    SELECT *, (pg_temp.random_of(number, 9) * %(names)s)::int AS n,
        pg_temp.random_of(number, 3) < 0.3 AS minority, pg_temp.random_of(number, 6) ^ 2 AS pow
    FROM scale_household
) made
JOIN scale_name USING (n)
JOIN scale_hamlet ON scale_hamlet.commune = made.commune AND scale_hamlet.n = i %% %(hamlets)s;
ANALYZE households_household;
"""
# On average two others in a household, without papers; nobody knows how old.
OTHER_ROWS = """
INSERT INTO households_member
    (household_id, path, is_head, name, relation, sex, birth_year, ethnicity, is_living)
SELECT id, path, false, scale_name.name, CASE k WHEN 1 THEN 'Vợ, chồng' ELSE 'Con' END,
    scale_name.sex, 1950 + (70 * pg_temp.random_of(number * 10 + k, 12))::int, '', true
FROM scale_household JOIN households_household USING (id)
CROSS JOIN LATERAL generate_series(1, floor(5 * pg_temp.random_of(number, 10))::int) k
JOIN scale_name ON n = (pg_temp.random_of(number * 10 + k, 11) * %(names)s)::int;
"""
CLASS_ROWS = """
INSERT INTO households_classification
    (poverty_list_id, household_id, hamlet_id, kind, income_score, deprivation_score,
     deprivations, flags, members_declared)
SELECT list.id, made.id, household.hamlet_id,
    (ARRAY['poor', 'near_poor', 'near_poor', 'hardship'])
        [1 + floor(4 * pg_temp.random_of(number, 20))::int],
    80 + (80 * pg_temp.random_of(number, 21))::int, 10 * cardinality(lacks), lacks,
    household.flags, household.members_declared
FROM scale_household made
JOIN households_household household USING (id)
JOIN households_povertylist list ON list.commune_id = made.commune AND list.year = %(year)s
CROSS JOIN LATERAL (
    SELECT (%(codes)s::text[])[first:first + (5 * pg_temp.random_of(number, 22))::int] AS lacks
    FROM (SELECT 1 + (6 * pg_temp.random_of(number, 23 + %(year)s))::int AS first) chosen
) lacking
WHERE pg_temp.random_of(number, %(year)s) < 0.88;
"""


class NotForScale(CommitteeError):
    """This database holds households of people, or not enough units."""


def seed(provinces: int, *, households: int = HOUSEHOLDS) -> dict[str, int]:
    """Fill the first ``provinces`` provinces of now, those that are not filled yet, each of their
    communes with ``households`` on average.

    Returns the number of households, members and classifications in all. Raises ``NotForScale``.
    """
    by = _scale_user()
    if Household.objects.exclude(created_by=by).exists():
        raise NotForScale(
            "Cơ sở dữ liệu này đã có hộ: hãy chạy với DATABASE_NAME là tên một cơ sở dữ liệu riêng."
        )
    communes = _communes_to_fill(provinces)
    if communes:
        _add_hamlets(communes)
        _add_lists(communes, by)
        with as_owner() as cursor:
            _write(cursor, communes, by, households)
    tidy((*TABLES, "households_povertylist", "committees_committee"))
    with connection.cursor() as cursor:
        counts = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - a constant
            counts[table.removeprefix("households_")] = cursor.fetchone()[0]
    return counts


def _scale_user() -> User:
    user, created = User.objects.get_or_create(
        username=USERNAME, defaults={"full_name": "Dữ liệu đo quy mô", "is_system": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _communes_to_fill(provinces: int) -> list[Committee]:
    here = Committee.objects.valid_on(clock.today())
    chosen = list(here.filter(level=Committee.Level.PROVINCE)[:provinces])
    if len(chosen) < provinces:
        raise NotForScale(f"Chỉ có {len(chosen)} tỉnh: hãy nạp danh mục đơn vị (load_units).")
    filled = Household.objects.filter(commune=OuterRef("pk")).order_by()
    communes = here.filter(~Exists(filled), level=Committee.Level.COMMUNE)
    return [commune for province in chosen for commune in communes.under(province)]


@transaction.atomic
def _add_hamlets(communes: list[Committee]) -> None:
    hamlets = []
    bare = [commune for commune in communes if not commune.numchild]
    for commune in bare:
        kind = "Tổ dân phố" if commune.kind == "Phường" else "Thôn"
        for number in range(1, HAMLETS + 1):
            hamlet = tree.new_unit(
                f"{kind} {number}",
                level=Committee.Level.HAMLET,
                code=f"{commune.code}{number:03d}",
                path=commune.path + tree.step(number),
                valid=(commune.valid_from, commune.valid_to),
            )
            hamlets.append(hamlet)
    Committee.objects.bulk_create(hamlets, batch_size=2000)
    Committee.objects.filter(pk__in=[commune.pk for commune in bare]).update(numchild=HAMLETS)


def _add_lists(communes: list[Committee], by: User) -> None:
    lists = [
        PovertyList(commune=commune, year=year, standard=standard_in(year), created_by=by)
        for year in YEARS
        for commune in communes
    ]
    PovertyList.objects.bulk_create(lists, batch_size=2000, ignore_conflicts=True)


def _write(cursor: Cursor, communes: list[Committee], by: User, households: int) -> None:
    _copy_names(cursor)
    facts = {
        "paths": [commune.path for commune in communes],
        "mean": households,
        "step": Committee.steplen,
        "hamlets": HAMLETS,
        "names": SAMPLE - 1,
        "by": by.pk,
    }
    with without_indexes(cursor, TABLES):
        for statement in (RANDOM, PLACES, HOUSEHOLD_ROWS):
            cursor.execute(statement, facts)
        _copy_heads(cursor)
        cursor.execute(OTHER_ROWS, facts)
        for year in YEARS:
            cursor.execute(CLASS_ROWS, {"year": year, "codes": _indicators(year)})


def _indicators(year: int) -> list[str]:
    codes = PovertyIndicator.objects.filter(standard=standard_in(year)).order_by("position")
    return list(codes.values_list("code", flat=True))


def _copy_names(cursor: Cursor) -> None:
    cursor.execute(
        "CREATE TEMP TABLE scale_name (n int, sex text, name text, fold text, sort_key text)"
        " ON COMMIT DROP"
    )
    lines = (f"{n}\t" + "\t".join(name) + "\n" for n, name in enumerate(made_names(SAMPLE)))
    cursor.copy_expert("COPY scale_name FROM STDIN", Lines(lines))
    cursor.execute("CREATE UNIQUE INDEX ON scale_name (n); ANALYZE scale_name")


def _copy_heads(cursor: Cursor) -> None:
    """The heads with sealed numbers: the one thing that the database cannot write by itself."""
    cursor.execute(
        "SELECT id, head_name, sex, birth_year, ethnicity"
        " FROM households_household JOIN scale_household USING (id) ORDER BY id"
    )
    people = cursor.fetchall()
    columns = "household_id, is_head, name, relation, sex, birth_year, ethnicity, id_cipher,"
    cursor.copy_expert(
        f"COPY households_member ({columns} id_index, id_tail, is_living) FROM STDIN",
        Lines(_heads(people)),
    )


def _heads(people: Sequence[tuple]) -> Iterator[str]:
    given: Counter = Counter()
    # Of one sex and year of birth there is less than a hundredth of the people.
    before = (people[0][0] if people else 0) // 20
    for key, name, sex, born, ethnicity in people:
        line = f"{key}\tt\t{name}\tChủ hộ\t{sex}\t{born}\t{ethnicity}\t"
        if key % 25 == 0:  # no papers
            yield f"{line}\\N\t\\N\t\tt\n"
            continue
        start = f"099{(born // 100 - 19) * 2 + (sex == identity.FEMALE)}{born % 100:02d}"
        given[start] += 1
        number = f"{start}{(before + given[start]) * 7919 % 1_000_000:06d}"
        index = identity.blind_index(number)
        sealed = identity.seal(number, index)
        yield f"{line}\\\\x{sealed.hex()}\t\\\\x{index.hex()}\t{number[-3:]}\tt\n"


class Lines(io.TextIOBase):
    """A file for COPY out of lines that are made while it is read."""

    def __init__(self, lines: Iterable[str]):
        self.lines = iter(lines)
        self.left = ""

    def read(self, size: int = -1) -> str:
        parts, length = [self.left], len(self.left)
        while size < 0 or length < size:
            line = next(self.lines, None)
            if line is None:
                break
            parts.append(line)
            length += len(line)
        text = "".join(parts)
        self.left = text[size:] if size >= 0 else ""
        return text[:size] if size >= 0 else text
