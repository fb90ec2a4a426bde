"""What the API tells of households: the page's rows, filters and covers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.models import Household, Member, PovertyList, Sighting
from tests.api.asking import Program, answer
from tests.factories.committees import make_user
from tests.factories.households import make_household, national_id

NUMBER = national_id(431, sex="female", year=1987)
WHOLE = {
    "head_name": "Đặng Thị Bưởi", "code": "0012", "number": NUMBER, "phone": "0909123456",
    "ethnicity": "Khơ-me", "address": "Số nhà 12", "note": "Có người bệnh", "sex": "female",
    "needs": ["von"], "flags": ["merit"], "causes": ["illness"],
    "birth_year": 1987, "birth_date": date(1987, 3, 5),
}  # fmt: skip


def names(data):
    return [row["head_name"] for row in data["results"]]


def test_the_list_holds_the_rows_of_the_page(program, units):
    make_household(units["hamlet1_1"], year=2023, **WHOLE)
    make_household(units["hamlet2_1"], head_name="Người Xã Khác", year=2023)
    data = answer(program.get("/households/"))
    assert (data["count"], data["is_exact"], data["after"]) == (1, True, "")
    (line,) = data["results"]
    assert (line["code"], line["birth_year"]) == ("0012", 1987)
    assert line["listed"] == {"year": 2023, "kind": "poor"}
    assert line["hamlet"]["id"] == units["hamlet1_1"].pk
    assert not {"phone", "address", "note", "ethnicity", "birth_date"} & set(line)


def test_the_list_is_searched_and_filtered_as_the_page(program, units):
    make_household(units["hamlet1_1"], head_name="Đặng Thị Một", year=2023)
    make_household(units["hamlet1_2"], head_name="Lê Văn Hai", year=2024, kind="near_poor")

    def found(**parameters):
        return names(answer(program.get("/households/", **parameters)))

    assert found() == ["Lê Văn Hai", "Đặng Thị Một"]
    assert found(q="dang") == ["Đặng Thị Một"]
    assert found(noi=units["hamlet1_2"].pk) == ["Lê Văn Hai"]
    assert found(nam=2023) == ["Đặng Thị Một"]
    assert found(nam=2024, loai="near_poor") == ["Lê Văn Hai"]
    assert found(**{"tinh-trang": "moved"}) == []


def test_screen_after_screen_shows_everybody_once(program, units):
    for _ in range(7):
        make_household(units["hamlet1_1"])
    seen, after = [], ""
    while True:
        data = answer(program.get("/households/", **{"so-dong": 3, "sau": after}))
        seen += [row["id"] for row in data["results"]]
        after = data["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"nam": "x"}, "nam"),
        ({"nam": "1999"}, "nam"),
        ({"loai": "?"}, "loai"),
        ({"noi": "9" * 30}, "noi"),
        ({"so-dong": "0"}, "so-dong"),
        ({"so-dong": "201"}, "so-dong"),
        ({"so-dong": "²"}, "so-dong"),
        ({"q": NUMBER}, "q"),
    ],
)
def test_a_wrong_parameter_is_said(program, parameters, field):
    data = answer(program.get("/households/", **parameters), 400)
    assert list(data) == [field]
    assert data[field][0].endswith(".")


@pytest.mark.parametrize("parameters", [{"sau": "x"}, {"sau": "9" * 40}, {"q": "a\0b"}])
def test_nonsense_harms_nothing(program, units, parameters):
    make_household(units["hamlet1_1"])
    assert program.get("/households/", **parameters).status_code in (200, 400)


def test_who_works_there_sees_a_household_open(program, units):
    household = make_household(units["hamlet1_1"], **WHOLE)
    data = answer(program.get(f"/households/{household.pk}/"))
    assert data["code"] == "0012"
    assert (data["phone"], data["address"]) == ("0909123456", "Số nhà 12")
    assert (data["birth_date"], data["ethnicity"]) == ("1987-03-05", "Khơ-me")
    assert data["is_covered"] is False
    assert data["version"] == 1


def test_others_see_it_covered(client, units):
    household = make_household(units["hamlet1_1"], **WHOLE)
    Member.objects.filter(household=household).update(disability="severe", is_malnourished=True)
    client.force_login(make_user(("officer", units["district"])))
    program = Program(client)
    data = answer(program.get(f"/households/{household.pk}/"))
    assert (data["phone"], data["ethnicity"]) == ("09•••••456", "Đã che")
    assert (data["address"], data["note"], data["birth_date"]) == ("", "Đã che", None)
    assert (data["birth_year"], data["is_covered"]) == (1987, True)
    assert (data["flags"], data["causes"], data["needs"]) == ([], [], [])
    (head,) = answer(program.get(f"/households/{household.pk}/members/"))
    assert (head["ethnicity"], head["birth_date"]) == ("Đã che", None)
    assert (head["disability"], head["is_malnourished"]) == ("Đã che", None)
    assert (head["is_insured"], head["is_of_merit"], head["has_allowance"]) == (None, None, None)


def test_nobody_gets_a_whole_number(program, units):
    household = make_household(units["hamlet1_1"], year=2023, **WHOLE)
    (head,) = answer(program.get(f"/households/{household.pk}/members/"))
    assert head["id_number"] == f"•••••••••{NUMBER[-3:]}"
    for path in ("/", f"/{household.pk}/", f"/{household.pk}/members/"):
        text = program.get(f"/households{path}").content.decode()
        assert NUMBER not in text
        assert NUMBER[:9] not in text


def test_a_strangers_household_is_missing(program, units):
    other = make_household(units["hamlet2_1"], year=2023)
    for path in ("", "members/", "classifications/", "transitions/"):
        data = answer(program.get(f"/households/{other.pk}/{path}"), 404)
        assert data == {"detail": "Không có dữ liệu này, hoặc bạn không được xem."}
    assert answer(program.patch(f"/households/{other.pk}/", {"version": 1}), 404)
    assert answer(program.get(f"/households/{'9' * 25}/"), 404)


def test_classes_and_changes_of_a_household(program, units):
    household = make_household(units["hamlet1_1"], year=2023, kind="poor")
    answer(
        program.post(
            f"/households/{household.pk}/classifications/", {"year": 2024, "kind": "near_poor"}
        )
    )
    classes = answer(program.get(f"/households/{household.pk}/classifications/"))
    assert [(one["year"], one["kind"]) for one in classes] == [
        (2024, "near_poor"),
        (2023, "poor"),
    ]
    (change,) = answer(program.get(f"/households/{household.pk}/transitions/"))
    assert (change["year"], change["kind_before"], change["kind_after"]) == (
        2024,
        "poor",
        "near_poor",
    )
    assert change["code"] == "thoat_ngheo_len_can"


def test_lists_of_the_years_with_their_counts(program, units):
    make_household(units["hamlet1_1"], year=2023)
    make_household(units["hamlet1_1"], year=2023, kind="near_poor")
    make_household(units["hamlet1_2"], year=2023, kind="near_poor")
    make_household(units["hamlet2_1"], year=2023)
    (told,) = answer(program.get("/poverty-lists/", nam=2023))["results"]
    assert told["households"] == {"poor": 1, "near_poor": 2, "hardship": 0}
    assert told["commune"]["id"] == units["commune1"].pk
    one = answer(program.get(f"/poverty-lists/{told['id']}/"))
    assert one == told
    assert answer(program.get("/poverty-lists/", nam=2020))["results"] == []
    assert answer(program.get("/poverty-lists/", nam="x"))["results"] == []
    other = PovertyList.objects.get(commune=units["commune2"])
    assert answer(program.get(f"/poverty-lists/{other.pk}/"), 404)
    assert answer(program.get(f"/poverty-lists/{other.pk}/transitions/"), 404)


def test_changes_of_a_list(program, units):
    household = make_household(units["hamlet1_1"], year=2023)
    body = {"year": 2024, "kind": "near_poor"}
    answer(program.post(f"/households/{household.pk}/classifications/", body))
    listed = PovertyList.objects.get(year=2024)
    (change,) = answer(program.get(f"/poverty-lists/{listed.pk}/transitions/"))["results"]
    assert change["household"] == household.pk


def test_a_number_is_looked_up_without_standing_in_an_address(program, units):
    own = make_household(units["hamlet1_1"], **WHOLE)
    elsewhere = national_id(77)
    make_household(units["hamlet2_1"], number=elsewhere)
    data = answer(program.post("/households/look-up/", {"id_number": NUMBER}))
    assert (data["household"]["id"], data["elsewhere"]) == (own.pk, None)
    data = answer(program.post("/households/look-up/", {"id_number": elsewhere}))
    assert (data["household"], data["elsewhere"]["name"]) == (None, units["commune2"].name)
    data = answer(program.post("/households/look-up/", {"id_number": "123"}), 400)
    assert data == {"id_number": ["Hãy ghi đủ 12 số."]}


def test_looking_up_strangers_has_an_end(program, monkeypatch):
    monkeypatch.setattr("households.actions.looking_up.MOST_AN_HOUR", 1)
    answer(program.post("/households/look-up/", {"id_number": national_id(1)}))
    data = answer(program.post("/households/look-up/", {"id_number": national_id(2)}), 429)
    assert "chỉ tra được 1 số" in data["detail"]


def test_reading_is_written_down(program, units, officer):
    household = make_household(units["hamlet1_1"])
    answer(program.get("/households/"))
    answer(program.get(f"/households/{household.pk}/members/"))
    seen = Sighting.objects.get()  # once an hour
    assert (seen.household, seen.user, seen.how) == (household, officer, "api")


@pytest.mark.parametrize("path", ["/households/", "/poverty-lists/"])
def test_a_list_asks_as_much_for_three_as_for_one(program, units, path):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            answer(program.get(path))
        return len(asked)

    make_household(units["hamlet1_1"], year=2022)
    for_one = queries()
    for year in (2023, 2024):
        make_household(units["hamlet1_2"], year=year)
    assert queries() == for_one


def test_a_household_asks_as_much_for_three_people_as_for_one(program, units):
    household = make_household(units["hamlet1_1"], year=2022)
    path = f"/households/{household.pk}/members/"

    def queries():
        with CaptureQueriesContext(connection) as asked:
            answer(program.get(path))
        return len(asked)

    queries()
    for_one = queries()
    for name in ("Lê Thị Hai", "Lê Thị Ba"):
        answer(program.post(path, {"name": name}), 201)
    assert queries() == for_one
    assert Household.objects.count() == 1
