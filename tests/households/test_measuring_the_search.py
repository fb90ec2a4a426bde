from datetime import date

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from committees.models import Committee
from households import identity
from households.benches import searching
from households.models import Classification, Household, Member, PovertyList
from households.scale import seeding
from households.scale.names import SAMPLE, made_names
from households.scale.site import scale_database
from tests import databases
from tests.factories.committees import make_unit
from tests.factories.households import make_household

NOW = (date(2025, 7, 1), None)


@pytest.fixture
def province(transactional_db, monkeypatch):
    monkeypatch.setattr(seeding, "SAMPLE", 400)
    centre = make_unit("centre", "Trung ương", valid=(None, None))
    made = make_unit("province", parent=centre, valid=NOW)
    for name in ("Xã Thử Một", "Phường Thử Hai"):
        make_unit("commune", name, parent=made, valid=NOW)
    return made


def parts_of_tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid::regclass::text = ANY(%(tables)s)"
            " UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%(tables)s)"
            " UNION ALL SELECT tgname || tgenabled::text FROM pg_trigger"
            "   WHERE tgrelid::regclass::text = ANY(%(tables)s) AND NOT tgisinternal"
            " UNION ALL SELECT table_name || column_name || column_default"
            "   FROM information_schema.columns WHERE table_name = ANY(%(tables)s)",
            {"tables": list(seeding.TABLES)},
        )
        return sorted(row[0] or "" for row in cursor.fetchall())


def test_the_nation_has_a_hundred_thousand_different_names():
    names = list(made_names(SAMPLE))
    assert len({name.name for name in names}) > 100_000
    assert names[:50] == list(made_names(50))
    assert {name.sex for name in names} == {"male", "female"}


def test_a_made_registry_is_like_one_that_was_registered(province):
    before = parts_of_tables()
    counts = seeding.seed(1, households=25)
    assert parts_of_tables() == before
    households = Household.objects.select_related("hamlet", "commune")
    assert counts["household"] == len(households) >= 30
    assert all(row.path == row.hamlet.path for row in households)
    assert all(row.hamlet.parent_path == row.commune.path for row in households)
    assert Member.objects.filter(is_head=True).count() == len(households)
    others = Member.objects.filter(is_head=False).select_related("household")
    assert all(member.path == member.household.path for member in others)
    assert PovertyList.objects.count() == 4
    assert Classification.objects.filter(poverty_list__year=2026).count() > len(households) / 2


def test_made_numbers_are_sealed_as_real_ones(province):
    seeding.seed(1, households=25)
    heads = Member.objects.filter(id_cipher__isnull=False).select_related("household")
    numbers = {identity.unseal(head.id_cipher, head.id_index) for head in heads}
    assert len(numbers) == len(heads) > 0
    for head in heads:
        number = identity.unseal(head.id_cipher, head.id_index)
        assert number.startswith("099")
        assert number.endswith(head.id_tail)
        assert identity.birth_year_of(number) == head.birth_year
        assert bytes(head.id_index) == identity.blind_index(number)


def test_what_is_filled_stays_and_the_rest_is_added(province):
    first = seeding.seed(1, households=10)
    assert seeding.seed(1, households=10) == first
    other = make_unit("province", parent=Committee.objects.get(level="centre"), valid=NOW)
    make_unit("commune", parent=other, valid=NOW)
    assert seeding.seed(2, households=10)["household"] > first["household"]


def test_real_households_are_never_mixed_with_made_ones(province, as_owner):
    hamlet = make_unit("hamlet", parent=make_unit("commune", parent=province, valid=NOW))
    make_household(hamlet)
    with pytest.raises(CommandError, match="đã có hộ"):
        call_command("seed_scale", "--provinces", "1")
    with pytest.raises(CommandError, match="từ 1 trở lên"):
        call_command("seed_scale", "--provinces", "0")
    assert Household.objects.count() == 1


def test_too_few_units_are_told(province):
    with pytest.raises(CommandError, match="Chỉ có 1 tỉnh"):
        call_command("seed_scale", "--provinces", "34")


def test_a_failure_while_writing_leaves_everything_as_it_was(province, monkeypatch):
    before = parts_of_tables()
    monkeypatch.setattr(seeding, "OTHER_ROWS", "SELECT 1 / 0")
    with pytest.raises(psycopg2.errors.DivisionByZero):
        seeding.seed(1, households=10)
    assert parts_of_tables() == before
    assert not Household.objects.exists()


def test_pages_are_measured_through_the_real_server(db, monkeypatch):
    monkeypatch.setattr(searching, "PROVINCES", 1)
    monkeypatch.setattr(searching, "HOUSEHOLDS", 3)
    monkeypatch.setattr(searching, "RUNS", 1)
    monkeypatch.setattr(searching, "LISTS", [({}, 1), ({"nam": "2026", "loai": "poor"}, 0)])
    monkeypatch.setattr(searching, "NAMES", ["nguyen", "h", "Lê Thị Hòa"])
    monkeypatch.setattr(searching, "DIGITS", ["123"])
    databases.create_test_database(scale_database())
    try:
        rows = searching.bench_search()
    finally:
        databases.drop_database(scale_database())
    assert [row.what for row in rows] == [
        "list page p95",
        "list page p95, bare SQL",
        "search page p95",
        "search page p95, bare SQL",
        "households read from end to end",
    ]
    assert all(row.value > 0 and row.unit == "ms" for row in rows[:4])


def test_nineteen_of_twenty_are_at_most_the_p95():
    assert searching.p95([float(n) for n in range(1, 101)]) == 96
