"""Two rows of one household: found, remembered as different, merged, and taken apart again."""

import pytest
from django.urls import reverse

from config import clock
from households.actions import likeness, merging
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.errors import WrongMerge
from households.models import Classification, FormerCode, Household, Likeness, Member, Transition
from reports.invariants import reviews
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id


@pytest.fixture
def units(db):
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


def household(units, name="Nguyễn Thị Hòa", *, hamlet="hamlet1_1", **details):
    return make_household(units[hamlet], head_name=name, **({"birth_year": 1970} | details))


def found(units) -> list[tuple[str, str, int]]:
    likeness.find_in(units["commune1"])
    pairs = Likeness.objects.filter(state="open").order_by("first_id", "second_id")
    return [(pair.first.head_name, pair.second.head_name, pair.score) for pair in pairs]


@pytest.mark.parametrize(
    ("other", "details", "score"),
    [
        ("Nguyễn Thị Hoà", {}, 100),
        ("NGUYEN THI HOA", {"hamlet": "hamlet1_2"}, 85),
        ("Nguyễn Thị Hóa", {"birth_year": 1971}, 85),
        ("Nguyễn Thị Hòa", {"birth_year": None}, 80),
        ("Nguyễn Thi Hoàn", {}, 85),
    ],
)
def test_households_that_may_be_one_are_found(units, other, details, score):
    household(units)
    household(units, other, **details)

    assert [pair[2] for pair in found(units)] == [score]


@pytest.mark.parametrize(
    ("other", "details"),
    [
        ("Nguyễn Thị Hòa", {"birth_year": 1990}),
        ("Trần Văn Bình", {}),
        ("Nguyễn Thị Hòa", {"hamlet": "hamlet2_1"}),
        ("Nguyễn Thị Hòa", {"birth_year": 1971, "hamlet": "hamlet1_2", "number": national_id(2)}),
    ],
)
def test_others_are_not(units, other, details):
    household(units, number=national_id(1))
    household(units, other, **details)

    assert found(units) == []


def test_a_pair_said_to_be_different_is_not_asked_about_again(units, officer):
    household(units), household(units)
    assert len(found(units)) == 1
    likeness.decide_different(Likeness.objects.get(), note="hai chị em", by=officer)

    assert found(units) == []
    with pytest.raises(WrongMerge, match="đã được xem xét"):
        likeness.decide_different(Likeness.objects.get(), note="", by=officer)
    likeness.ask_again(Likeness.objects.get(), by=officer)
    assert len(found(units)) == 1


def test_a_pair_that_is_no_longer_alike_goes(units):
    household(units)
    other = household(units)
    assert len(found(units)) == 1
    Household.objects.filter(pk=other.pk).update(head_fold="tran van binh")

    assert found(units) == []


@pytest.fixture
def two(units, officer):
    """A kept household without papers, and one with a number, a son and this year's class."""
    kept = household(units)
    gone = household(units, number=national_id(5, sex="female"))
    Member.objects.create(household=gone, name="Lê Văn Con", birth_year=1995)
    classify_household(gone, listed=Listed(clock.today().year, "poor"), by=officer)
    return kept, gone


def snapshot() -> list:
    """Everything that a merge may touch, but the version."""
    return [
        list(Household.objects.order_by("pk").values("pk", "state", "merged_into", "state_on")),
        list(Member.objects.order_by("pk").values("pk", "household", "is_head", "id_tail")),
        list(Classification.objects.order_by("pk").values("pk", "household", "kind")),
        list(Transition.objects.values("household", "code")),
        list(FormerCode.objects.values("code", "household")),
    ]


def assert_sound() -> None:
    for check in (reviews.movements_balance, reviews.one_live_class, reviews.everyone_has_a_home):
        assert check()[1] == []


def test_merging_takes_people_number_class_and_code_along(two, officer):
    kept, gone = two
    merging.merge_households(kept, gone, reason="Một nhà ghi hai lần", by=officer)

    gone.refresh_from_db()
    assert (gone.state, gone.merged_into) == ("merged", kept)
    people = set(kept.members.values_list("name", "is_head", "id_tail"))
    assert people == {("Nguyễn Thị Hòa", True, "005"), ("Lê Văn Con", False, "")}
    assert Classification.objects.get().household == kept
    codes = Transition.objects.order_by("pk").values_list("household", "code")
    assert list(codes) == [(gone.pk, "nhap_ho"), (kept.pk, "nhap_ho")]
    assert FormerCode.objects.get(code=gone.code).household == kept
    assert_sound()


@pytest.mark.django_db(transaction=True)  # what to put back is known by the transaction's number
def test_a_merge_is_taken_back_whole(two, officer):
    kept, gone = two
    before = snapshot()
    merge = merging.merge_households(kept, gone, reason="Nhầm", by=officer)
    assert snapshot() != before
    merging.undo_merge(merge, by=officer)

    assert snapshot() == before
    assert_sound()
    with pytest.raises(WrongMerge, match="đã được hoàn tác"):
        merging.undo_merge(merge, by=officer)


def test_once_somebody_went_on_working_a_merge_stays(two, officer):
    kept, gone = two
    merge = merging.merge_households(kept, gone, reason="Nhầm", by=officer)
    classify_household(kept, listed=Listed(clock.today().year, "near_poor"), by=officer)

    with pytest.raises(WrongMerge, match="không hoàn tác được"):
        merging.undo_merge(merge, by=officer)


def test_lists_of_earlier_years_stay_as_decided(units, officer):
    kept, gone = household(units, year=2023), household(units, year=2023)
    merging.merge_households(kept, gone, reason="Trùng", by=officer)

    assert Classification.objects.filter(poverty_list__year=2023).count() == 2


def test_households_of_two_communes_or_states_are_not_merged(units, officer):
    kept, elsewhere = household(units), household(units, hamlet="hamlet2_1")
    with pytest.raises(WrongMerge, match="hai xã khác nhau"):
        merging.merge_households(kept, elsewhere, reason="x", by=officer)
    with pytest.raises(WrongMerge, match="hai hộ khác nhau"):
        merging.merge_households(kept, kept, reason="x", by=officer)
    gone = household(units)
    merging.merge_households(kept, gone, reason="x", by=officer)
    with pytest.raises(WrongMerge, match="đã nhập hộ"):
        merging.merge_households(household(units), gone, reason="x", by=officer)


@pytest.mark.django_db(transaction=True)
def test_an_officer_looks_at_a_pair_and_merges_it_on_the_page(units, officer, client):
    kept, gone = household(units), household(units)
    client.force_login(officer)
    client.post(reverse("households:likeness-find"))
    assert "cặp hộ nghi trùng" in client.get(reverse("home")).content.decode()
    pair = Likeness.objects.get()
    page = client.get(reverse("households:likeness-detail", args=[pair.pk])).content.decode()
    assert "Nhập làm một" in page
    address = reverse("households:likeness-merge", args=[pair.pk])

    assert client.post(address, {"kept": gone.pk}).status_code == 422
    assert client.post(address, {"kept": kept.pk, "reason": "Ghi hai lần"}).status_code == 302
    pair.refresh_from_db()
    assert pair.state == "merged"
    undo = reverse("households:merge-undo", args=[kept.merges.get().pk])
    assert client.get(undo).status_code == 200
    assert client.post(undo).status_code == 302
    pair.refresh_from_db()
    assert pair.state == "open"


@pytest.mark.parametrize("count", [2, 4])
def test_the_list_asks_the_same_number_of_questions(
    units, officer, client, django_assert_max_num_queries, count
):
    for _ in range(count):
        household(units)
    likeness.find_in(units["commune1"])
    client.force_login(officer)
    with django_assert_max_num_queries(10):
        client.get(reverse("households:likeness-list"))
