from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.todo import todos_of
from households.actions.listing import poverty_list_of
from households.models import Classification, Household, PovertyStandard, Transition
from households.review.monthly import Change, review_in_year
from tests.factories.committees import make_district, make_unit, make_user
from tests.factories.households import make_household
from tests.households.reviewing import change_of, codes, lists_of

pytestmark = pytest.mark.django_db
JUNE = datetime(2024, 6, 20, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BEFORE = {"A": "poor", "B": "poor", "C": "near_poor", "D": "hardship", "E": "poor"}
AFTER = {"A": "near_poor", "B": "poor", "F": "poor"}
PAGES = ("review-detail", "review-households", "review-transitions", "review-absent",
         "review-monthly", "remark-list")  # fmt: skip


@pytest.fixture
def units(clock_at):
    clock_at(JUNE)
    return make_district()


@pytest.fixture
def officer(client, units):
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


@pytest.fixture
def story(units, officer):
    """On the list of 2024: A rose, B stayed, F is new; C, D and E are absent."""
    return lists_of(units, officer, BEFORE, AFTER)


def address(name, *arguments):
    return reverse(f"households:{name}", args=arguments)


def page(client, name, *arguments, **query):
    response = client.get(address(name, *arguments), query)
    assert response.status_code == 200, response.status_code
    return response.text


def names_on(client, url) -> set[str]:
    """The last words of the households' names that a page lists."""
    text = client.get(url).text
    return {name for name in "ABCDEFGH" if f"Trần Thị Thử {name}</a>" in text}


def test_a_commune_sees_its_lists_by_year(client, story):
    text = page(client, "review-list")
    assert "Năm 2024" in text
    assert "Năm 2023" in text
    assert "Còn hộ vắng chưa rõ lý do" in text
    assert "Cập nhật theo Quyết định UBND" in text


def test_the_page_of_a_list_proves_its_balance(client, story):
    listed, _ = story
    text = page(client, "review-detail", listed.pk)
    assert "Khớp: đầu năm + đến − đi = cuối năm" in text
    assert "Trả lời 3 hộ vắng" in text
    assert "Thoát nghèo, trở thành hộ cận nghèo" in text
    assert "hai chuẩn nghèo khác nhau" not in text

    Classification.objects.filter(poverty_list=listed, kind="near_poor").delete()
    text = page(client, "review-detail", listed.pk)
    assert "Lệch -1 hộ" in text
    client.post(address("review-compare", listed.pk))
    assert "Khớp: đầu năm" in page(client, "review-detail", listed.pk)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?ma=thoat_ngheo_len_can&goc=annual", "A"),
        ("?ma=chua_ro&goc=annual", "CDE"),
        ("?den=poor&thon=", "F"),
        ("?den=near_poor&thon=", "A"),
        ("?di=poor&thon=", "AE"),
        ("?di=hardship&thon=", "D"),
        ("?goc=monthly", ""),
        ("?q=thu+b", "B"),
    ],
)
def test_every_number_opens_its_households(client, story, query, names):
    listed, _ = story
    assert names_on(client, address("review-transitions", listed.pk) + query) == set(names)


def test_the_households_of_a_list_are_those_that_it_counts(client, story, units):
    listed, _ = story
    url = address("review-households", listed.pk)
    assert names_on(client, f"{url}?loai=poor") == {"B", "F"}
    assert names_on(client, f"{url}?thon={units['hamlet1_2'].pk}") == set()


def test_a_household_that_changed_hamlets_left_one_and_came_to_the_other(client, story, units):
    listed, households = story
    there = units["hamlet1_2"]
    Classification.objects.filter(poverty_list=listed, household=households["B"]).update(
        hamlet=there
    )
    client.post(address("review-compare", listed.pk))
    assert "Khớp: đầu năm" in page(client, "review-detail", listed.pk)
    url = address("review-transitions", listed.pk)
    assert names_on(client, f"{url}?den=poor&thon={there.pk}") == {"B"}
    assert "B" in names_on(client, f"{url}?di=poor&thon={units['hamlet1_1'].pk}")
    assert "(trước ở Ấp 1)" in client.get(f"{url}?q=thu+b").text


def test_lists_under_two_standards_are_not_compared_silently(client, units, officer):
    for year in (2021, 2022):
        poverty_list_of(units["commune1"], year, by=officer)
    listed = units["commune1"].poverty_lists.get(year=2022)
    assert listed.standard == PovertyStandard.objects.get(valid_from__year=2022)
    text = page(client, "review-detail", listed.pk)
    assert "không phản ánh thay đổi đời sống" in text


def test_a_list_without_one_before_says_so(client, story):
    earlier = story[0].commune.poverty_lists.get(year=2023)
    assert "Chưa có danh sách năm trước của xã" in page(client, "review-detail", earlier.pk)


def test_a_commune_of_the_new_map_has_no_list_before(client, units, clock_at):
    clock_at(datetime(2026, 3, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")))
    commune = make_unit(
        "commune", "Xã Mới", parent=units["province"], valid=(date(2025, 7, 1), None)
    )
    officer = make_user(("officer", commune))
    listed = poverty_list_of(commune, 2026, by=officer)
    client.force_login(officer)
    text = page(client, "review-detail", listed.pk)
    assert "Xã Mới thành lập ngày 01/07/2025" in text


def test_absent_households_are_answered_for_in_bulk(client, story):
    listed, households = story
    url = address("review-absent", listed.pk)
    keys = [change_of(listed, households[name]).pk for name in "CE"]
    response = client.post(url, {"changes": keys, "reason": "thoat"}, follow=True)
    assert "Đã trả lời cho 2 hộ; còn 1 hộ chưa rõ lý do." in response.text
    assert codes(listed)["C"] == "thoat_can_ngheo"
    assert codes(listed)["E"] == "thoat_ngheo_vuot_chuan"

    undo = address("answer-undo", keys[0])
    assert "Đã bỏ câu trả lời" in client.post(undo, follow=True).text
    assert codes(listed)["C"] == "chua_ro"
    assert "đã được bỏ" in client.post(undo, follow=True).text


def test_all_that_are_filtered_are_answered_for_at_once(client, story):
    listed, _ = story
    url = f"{address('review-absent', listed.pk)}?loai=poor"
    said = {"everyone": "on", "reason": "chuyen_di", "on": "02/08/2023", "place": "Bình Dương"}
    assert client.post(url, said).status_code == 302
    assert codes(listed)["E"] == "chuyen_di"
    assert codes(listed)["C"] == "chua_ro"
    moved = Household.objects.get(state="moved")
    assert (moved.state_on, moved.state_reason) == (date(2023, 8, 2), "đến Bình Dương")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"reason": "thoat"}, "Hãy đánh dấu ít nhất một hộ"),
        ({"names": "C"}, "Hãy chọn một mục"),
        ({"names": "D", "reason": "thoat"}, "không dùng cho"),
        ({"names": "C", "reason": "chuyen_di", "on": "31/02/2024"}, "Không có ngày"),
        ({"names": "C", "reason": "chuyen_di", "on": "02/08/2025"}, "hãy ghi lại"),
        ({"names": "C", "reason": "nhap_ho"}, "Hãy chọn hộ mà hộ này đã nhập vào"),
        ({"names": "C", "reason": "chet", "note": "số 099187094950"}, "không được chứa số CCCD"),
    ],
)
def test_a_wrong_answer_comes_back_with_a_sentence(client, story, said, answer):
    listed, households = story
    keys = [change_of(listed, households[name]).pk for name in said.pop("names", "")]
    response = client.post(address("review-absent", listed.pk), said | {"changes": keys})
    assert response.status_code == 422
    assert answer in response.text
    assert codes(listed)["C"] == "chua_ro"


def test_a_change_of_another_list_is_no_choice(client, story, units):
    listed, _ = story
    other = make_user(("officer", units["commune2"]))
    foreign = make_household(units["hamlet2_1"], by=other, year=2023)
    poverty_list_of(units["commune2"], 2024, by=other)
    client.post(address("review-compare", units["commune2"].poverty_lists.get(year=2024).pk))
    client.force_login(other)
    theirs = units["commune2"].poverty_lists.get(year=2024)
    client.post(address("review-compare", theirs.pk))
    key = Transition.objects.get(household=foreign).pk
    client.force_login(make_user(("officer", units["commune1"])))
    said = {"changes": [key], "reason": "thoat"}
    assert client.post(address("review-absent", listed.pk), said).status_code == 422
    assert Transition.objects.get(pk=key).code == "chua_ro"


def test_what_is_unexplained_waits_at_home(client, story, officer):
    listed, _ = story
    (todo,) = [one for one in todos_of(officer) if "vắng" in one.label]
    assert (todo.count, todo.label) == (3, "hộ vắng trong danh sách năm 2024 chưa rõ lý do")
    assert todo.url == address("review-absent", listed.pk)


def test_the_decision_is_recorded(client, story):
    listed, _ = story
    url = address("review-edit", listed.pk)
    said = {"decision_number": "125/QĐ-UBND", "decided_on": "20/12/2022"}
    assert "từ 01/09/2023 đến 20/06/2024" in client.post(url, said).text
    client.post(url, said | {"decided_on": "20/12/2023"})
    assert "Số 125/QĐ-UBND, ngày 20/12/2023" in page(client, "review-detail", listed.pk)
    change = Transition.objects.filter(poverty_list=listed).first()
    assert (change.on, change.decision_number) == (date(2023, 12, 20), "125/QĐ-UBND")


def test_a_code_is_corrected_where_two_are_possible(client, story):
    listed, households = story
    came, rose = (change_of(listed, households[name]) for name in "FA")
    url = address("transition-code", came.pk)
    assert "Tái nghèo" in client.get(url).text
    client.post(url, {"code": "tai_ngheo"})
    assert codes(listed)["F"] == "tai_ngheo"
    assert client.post(url, {"code": "thoat_ngheo_len_can"}).status_code == 422
    assert (
        client.post(address("transition-code", rose.pk), {"code": "tai_ngheo"}).status_code == 302
    )
    assert codes(listed)["A"] == "thoat_ngheo_len_can"


def test_a_monthly_change_is_recorded_and_taken_back(client, story):
    listed, households = story
    text = page(client, "review-monthly", listed.pk)
    assert "Chưa có thay đổi nào trong năm" in text
    picked = client.get(address("review-monthly", listed.pk), {"ho": households["B"].pk})
    url = f"{address('household-review', households['B'].pk)}?nam=2024"
    assert picked["Location"] == url
    said = {"change": "near_poor:thoat_ngheo_len_can", "on": "20/05/2024", "income_score": "120",
            "deprivation_score": "20", "decision_number": "37/QĐ-UBND"}  # fmt: skip
    assert client.post(url, said | {"on": "21/06/2024"}).status_code == 422
    assert "37/QĐ-UBND" in client.post(url, said, follow=True).text
    line = Classification.objects.get(poverty_list=listed, household=households["B"])
    assert (line.kind, line.income_score, line.deprivation_score) == ("near_poor", 120, 20)
    change = Transition.objects.get(origin="monthly")
    assert "như trước" in client.post(address("monthly-undo", change.pk), follow=True).text
    line.refresh_from_db()
    assert (line.kind, line.income_score) == ("poor", None)


def test_a_household_not_on_file_yet_goes_from_its_form_to_its_change(client, story, units):
    text = page(client, "review-monthly", story[0].pk)
    assert f"{address('household-new')}?thay-doi=2024" in text
    details = {"hamlet": units["hamlet1_1"].pk, "head_name": "Đặng Thị Thử", "area": "rural"}
    made = client.post(f"{address('household-new')}?thay-doi=2024", details)
    new = Household.objects.get(head_name="Đặng Thị Thử")
    assert made["Location"] == f"{address('household-review', new.pk)}?nam=2024"
    assert not new.classifications.exists()
    said = {"change": "poor:phat_sinh_ngheo", "on": "20/05/2024"}
    client.post(made["Location"], said)
    assert Transition.objects.get(household=new).code == "phat_sinh_ngheo"


def test_a_change_that_does_not_fit_is_no_choice(client, story):
    _, households = story
    url = f"{address('household-review', households['B'].pk)}?nam=2024"
    said = {"change": "poor:phat_sinh_ngheo", "on": "20/05/2024"}
    assert client.post(url, said).status_code == 422


@pytest.mark.parametrize("query", ["?nam=2023", "?nam=1990", "?nam=x", "?nam=", ""])
def test_nonsense_in_the_address_of_a_change_is_no_accident(client, story, query):
    _, households = story
    answer = client.get(address("household-review", households["B"].pk) + query, follow=True)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "query", ["?thon=0", "?thon=x", "?loai=?", "?ma=?", "?q=%00", "?page=x", "?goc=1&den=2"]
)
def test_nonsense_in_the_filters_is_no_accident(client, story, query):
    for name in PAGES:
        assert client.get(address(name, story[0].pk) + query).status_code == 200


def test_a_district_sees_who_has_no_list(client, story, units):
    make_unit("commune", "Xã Chưa Có", parent=units["district"])
    client.force_login(make_user(("officer", units["district"])))
    text = page(client, "review-list")
    assert "2 xã chưa có danh sách năm 2024" in text
    assert "Xã Chưa Có" in text
    assert story[0].commune.name in text
    assert "3 xã chưa có danh sách" not in text
    chosen = client.get(address("review-list"), {"noi": story[0].commune_id, "nam": 2024})
    assert chosen["Location"] == address("review-detail", story[0].pk)
    assert "Năm 2023" in page(client, "review-list", noi=story[0].commune_id)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_much_for_three_as_for_one(client, units, officer, name):
    listed, _ = lists_of(units, officer, {"A": "poor", "B": "poor"}, {"A": "poor"})
    _change(listed, "A", officer)
    page(client, name, listed.pk)
    with CaptureQueriesContext(connection) as for_one:
        page(client, name, listed.pk)
    for other in ("C", "D"):
        absent = make_household(units["hamlet1_2"], by=officer, year=2023, head_name=f"Lê {other}a")
        stays = make_household(units["hamlet1_2"], by=officer, year=2023, head_name=f"Lê {other}b")
        Classification.objects.create(
            poverty_list=listed, household=stays, hamlet=absent.hamlet, kind="poor"
        )
        client.post(address("review-compare", listed.pk))
        _change(listed, stays, officer)
    with CaptureQueriesContext(connection) as for_three:
        page(client, name, listed.pk)
    assert len(for_one) == len(for_three) <= 22


def test_the_overview_asks_as_much_for_three_as_for_one(client, units, officer):
    poverty_list_of(units["commune1"], 2024, by=officer)
    client.force_login(make_user(("officer", units["district"])))
    page(client, "review-list")
    with CaptureQueriesContext(connection) as for_one:
        page(client, "review-list")
    for _ in range(2):
        poverty_list_of(make_unit("commune", parent=units["district"]), 2024, by=officer)
    with CaptureQueriesContext(connection) as for_three:
        page(client, "review-list")
    assert len(for_one) == len(for_three) <= 16


def _change(listed, household, by):
    if isinstance(household, str):
        household = Household.objects.get(head_name__endswith=f" {household}")
    said = Change("near_poor", "thoat_ngheo_len_can", date(2024, 5, 20))
    review_in_year(household, listed, change=said, by=by)
