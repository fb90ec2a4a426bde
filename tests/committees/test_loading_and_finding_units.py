"""The whole official tree: loaded once for this module, then searched."""

import json
import time
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from committees.lookup import committee_at
from committees.models import AuditEvent, Committee, Succession
from committees.unit_lists import load_units
from committees.unit_search import matching, search_units, with_way_up
from tests.factories.committees import make_user

BEFORE, SINCE = date(2023, 11, 18), date(2025, 7, 1)


@pytest.fixture(scope="module")
def all_units(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_units()
        transaction.set_rollback(True)


def test_both_trees_stand_below_one_centre(all_units, db):
    assert all_units.units == {"centre": 1, "province": 97, "district": 696, "commune": 13356}
    assert all_units.successions == 10597
    assert broken_places() == []
    centre = Committee.objects.get(code="TW")
    assert (centre.name, centre.path, centre.numchild) == ("Trung ương", "0001", 97)


def test_a_code_means_another_unit_on_another_day(all_units, db):
    old, new = committee_at("80@2023-11-18"), committee_at("80@2026-01-01")

    assert (old.name, new.name) == ("Tỉnh Long An", "Tỉnh Tây Ninh")
    assert old.valid_to == date(2025, 6, 30)


def test_a_commune_of_2025_stands_directly_below_its_province(all_units, db):
    commune = committee_at("28051", on=SINCE)

    assert Committee.objects.get(path=commune.parent_path).level == "province"


def test_kinds_are_written_one_way_and_names_keep_them(all_units, db):
    kinds = set(Committee.objects.exclude(level="centre").values_list("kind", flat=True))

    assert kinds == {
        "Tỉnh",
        "Thành phố",
        "Quận",
        "Huyện",
        "Thị xã",
        "Thị trấn",
        "Phường",
        "Xã",
        "Đặc khu",
    }
    assert committee_at("28036@2023-11-18").bare_name == "Thủ Thừa"


def test_a_split_commune_has_several_successors(all_units, db):
    split = Succession.objects.filter(old=committee_at("28042@2023-11-18"))

    assert {row.new.name for row in split} == {"Xã Thủ Thừa", "Xã Mỹ Thạnh"}
    assert {row.extent for row in split} == {"part", "default part"}


def test_a_second_run_changes_nothing_within_a_second(all_units, db, capsys):
    began = time.perf_counter()
    call_command("load_units", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "created": {"units": {}, "successions": 0},
        "already": True,
    }
    assert time.perf_counter() - began < 1
    assert AuditEvent.objects.filter(action="units.loaded").count() == 1


def test_a_unit_that_is_missing_is_added_behind_its_siblings(all_units, db):
    commune = committee_at("28072@2023-11-18")
    district = committee_at("804@2023-11-18")
    Succession.objects.filter(old=commune).delete()
    Committee.objects.filter(pk=commune.pk)._raw_delete("default")
    Committee.objects.filter(pk=district.pk).update(numchild=district.numchild - 1)

    again = load_units()

    added = committee_at("28072@2023-11-18")
    assert again.units == {"commune": 1}
    assert again.successions == 1
    assert added.parent_path == district.path
    assert broken_places() == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("my thanh, thu thua", "Xã Mỹ Thạnh – Huyện Thủ Thừa – Tỉnh Long An (đến 30/6/2025)"),
        ("Mỹ Thạnh", "Xã Mỹ Thạnh – Tỉnh Tây Ninh"),
        ("xã mỹ thạnh", "Xã Mỹ Thạnh – Tỉnh Tây Ninh"),
        ("TT Thủ Thừa", "Thị trấn Thủ Thừa – Huyện Thủ Thừa – Tỉnh Long An (đến 30/6/2025)"),
        ("huyen thu thua", "Huyện Thủ Thừa – Tỉnh Long An (đến 30/6/2025)"),
        ("28051", "Xã Mỹ Thạnh – Tỉnh Tây Ninh"),
        ("HÀ NỘI", "Thành phố Hà Nội"),
        ("dac khu phu quoc", "Đặc khu Phú Quốc – Tỉnh An Giang"),
    ],
)
def test_a_unit_is_found_by_name_or_code_with_or_without_accents(all_units, db, text, first):
    assert search_units(text)[0].label == first


def test_a_day_keeps_the_units_valid_then(all_units, db):
    assert search_units("28051", day=BEFORE)[0].label.startswith("Xã Mỹ Thạnh – Huyện Thủ Thừa")
    assert len(search_units("28051", day=BEFORE)) == 1


@pytest.mark.parametrize(
    "text", ["", "  ", ",", "không có nơi này", "%", "_", "\\", "'", ", long an"]
)
def test_text_that_means_no_unit_finds_none(all_units, db, text):
    assert search_units(text) == []


def test_the_search_asks_twice_and_answers_within_50_milliseconds(
    all_units, db, django_assert_max_num_queries
):
    with django_assert_max_num_queries(2):
        assert len(search_units("an")) == 20

    assert min(_seconds(lambda: search_units("an")) for _ in range(5)) < 0.05


def test_the_way_up_of_many_units_is_one_query(all_units, db, django_assert_num_queries):
    units = list(matching(Committee.objects.all(), "my thanh")[:20])

    with django_assert_num_queries(1):
        assert len(with_way_up(units)) == len(units) > 10


def test_the_picker_answers_as_part_of_a_page_and_as_json(all_units, client, db):
    client.force_login(make_user())
    url = reverse("committees:unit-search")

    part = client.get(url, {"q": "thu thua", "day": "18/11/2023"}, headers={"HX-Request": "true"})
    data = client.get(url, {"q": "xa thu thua"}, headers={"Accept": "application/json"}).json()

    assert "Huyện Thủ Thừa – Tỉnh Long An (đến 30/6/2025)" in part.text
    assert "<html" not in part.text
    assert data["finds"][0]["label"] == "Xã Thủ Thừa – Tỉnh Tây Ninh"
    assert client.get(url, {"day": "31/02/2023"}).status_code == 200


def broken_places() -> list[str]:
    """Paths without a parent, and parents that miscount their children (one query for all)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH children AS (
                   SELECT left(path, -4) AS path, count(*) AS n
                   FROM committees_committee WHERE depth > 1 GROUP BY 1
               )
               SELECT coalesce(unit.path, children.path)
               FROM committees_committee unit FULL JOIN children USING (path)
               WHERE unit.numchild IS DISTINCT FROM coalesce(children.n, 0)
                  OR unit.depth * 4 <> length(unit.path)"""
        )
        return [path for (path,) in cursor.fetchall()]


def _seconds(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
