"""Hộ khó khăn: the hamlet proposes, the commune confirms, the list of the year follows."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from committees.models import AuditEvent
from config import clock
from households.actions import hardship
from households.actions.classifying import classify_household
from households.actions.listing import Listed, poverty_list_of
from households.errors import WrongHardship
from households.models import Classification, HardshipCase, Household, PovertyList, Transition
from households.review.transitions import derive
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_hardship, make_household


@pytest.fixture
def units(db):
    return make_district()


@pytest.fixture
def head(units):
    """The head of the hamlet's Ban Công tác Mặt trận."""
    return make_user(("hamlet", units["hamlet1_1"]))


@pytest.fixture
def standing(units):
    return make_user(("standing", units["commune1"]))


@pytest.fixture
def this_year(units, standing):
    return poverty_list_of(units["commune1"], clock.today().year, by=standing)


def confirm(case, by, **said):
    return hardship.confirm_hardship(case, on=clock.today(), by=by, **said)


def test_a_confirmed_stranger_joins_the_registry_and_the_years_list(
    units, head, standing, this_year
):
    case = confirm(make_hardship(units["hamlet1_1"], by=head), standing)

    household = case.household
    assert (household.head_name, household.hamlet) == ("Lê Thị Thử", units["hamlet1_1"])
    assert household.code.startswith(units["commune1"].code)
    assert household.classifications.get(poverty_list=this_year).kind == "hardship"
    change = Transition.objects.get(household=household)
    assert (change.origin, change.code) == ("monthly", "kho_khan_moi")
    assert AuditEvent.objects.filter(action="hardship.confirmed", object_id=household.pk).exists()


def test_a_household_of_the_registry_may_be_meant(units, head, standing, this_year):
    known = make_household(units["hamlet1_1"], head_name="Lê Thị Thử")
    case = confirm(make_hardship(units["hamlet1_1"], by=head), standing, household=known)

    assert case.household == known
    assert Household.objects.filter(head_name="Lê Thị Thử").count() == 1


def test_who_proposes_does_not_confirm(units, head, this_year):
    with pytest.raises(WrongHardship, match="không tự xác nhận"):
        confirm(make_hardship(units["hamlet1_1"], by=head), head)


def test_nor_does_the_database_let_them(units, head):
    case = make_hardship(units["hamlet1_1"], by=head)
    with pytest.raises(IntegrityError, match="hardship_decided_by_another"), transaction.atomic():
        HardshipCase.objects.filter(pk=case.pk).update(
            state="refused", decided_by=head, decided_on=clock.today()
        )


def test_without_a_list_of_the_year_the_class_waits_for_it(units, head, standing):
    case = confirm(make_hardship(units["hamlet1_1"], by=head), standing)
    assert not Classification.objects.filter(household=case.household).exists()

    listed = poverty_list_of(units["commune1"], clock.today().year, by=standing)
    assert hardship.carry_on(listed, by=standing) == 1
    assert hardship.carry_on(listed, by=standing) == 0
    assert case.household.classifications.get().kind == "hardship"


def test_a_case_past_its_day_does_not_go_on_the_next_list(units, head, standing, this_year):
    case = confirm(make_hardship(units["hamlet1_1"], by=head), standing)
    following = PovertyList.objects.create(
        commune=units["commune1"],
        year=clock.today().year + 1,
        standard=this_year.standard,
        created_by=standing,
    )
    HardshipCase.objects.filter(pk=case.pk).update(until=date(clock.today().year, 12, 31))
    assert hardship.carry_on(following, by=standing) == 0
    derive(following)

    assert Transition.objects.get(poverty_list=following).code == "chua_ro"


def test_the_end_takes_the_household_off_the_years_list(units, head, standing, this_year):
    case = confirm(make_hardship(units["hamlet1_1"], by=head), standing)
    hardship.end_hardship(case, on=clock.today(), answer="Đã có việc làm", by=standing)

    assert not this_year.classifications.exists()
    codes = Transition.objects.order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["kho_khan_moi", "het_kho_khan"]


@pytest.mark.parametrize("days", [0, -1, 4 * 366])
def test_the_day_until_which_it_holds_lies_ahead_and_not_too_far(units, head, days):
    with pytest.raises(WrongHardship, match="Thời hạn"):
        make_hardship(units["hamlet1_1"], by=head, until=clock.today() + timedelta(days=days))


def test_a_household_that_is_poor_this_year_needs_no_case(units, head):
    poor = make_household(units["hamlet1_1"])
    classify_household(poor, listed=Listed(clock.today().year, "poor"), by=head)
    with pytest.raises(WrongHardship, match="đã là hộ nghèo"):
        make_hardship(units["hamlet1_1"], by=head, household=poor)


def test_one_live_case_for_a_household(units, head, standing, this_year):
    known = make_household(units["hamlet1_1"], head_name="Lê Thị Thử")
    confirm(make_hardship(units["hamlet1_1"], by=head, household=known), standing)
    second = make_hardship(units["hamlet1_1"], by=head)
    with pytest.raises(WrongHardship, match="còn hiệu lực"):
        confirm(second, standing, household=known)


def test_a_refusal_needs_its_reason(units, head, standing):
    case = make_hardship(units["hamlet1_1"], by=head)
    with pytest.raises(WrongHardship, match="lý do"):
        hardship.refuse_hardship(case, on=clock.today(), answer=" ", by=standing)


def test_the_hamlet_head_proposes_in_the_browser_and_the_commune_confirms(
    units, head, standing, this_year, client
):
    client.force_login(head)
    until = clock.today() + timedelta(days=90)
    answer = client.post(
        reverse("households:hardship-new"),
        {
            "hamlet": units["hamlet1_1"].pk,
            "head_name": "Trần Văn Thử",
            "reasons": ["fire"],
            "story": "Cháy nhà ngày 02/11.",
            "until": f"{until:%d/%m/%Y}",
        },
    )
    case = HardshipCase.objects.get()
    assert answer.status_code == 302
    assert "Rút đề nghị" in client.get(answer.url).content.decode()

    client.force_login(standing)
    page = client.get(reverse("home")).content.decode()
    assert "hộ khó khăn chờ xác nhận" in page
    confirming = reverse("households:hardship-confirm", args=[case.pk])
    assert HardshipCase.Reason("fire").label in client.get(confirming).text
    answer = client.post(confirming, {"on": f"{clock.today():%d/%m/%Y}"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "confirmed"


def test_readers_above_do_not_read_the_story(units, head, client):
    case = make_hardship(units["hamlet1_1"], by=head)
    client.force_login(make_user(("leader", units["district"])))

    for name, args in (("hardship-list", []), ("hardship-detail", [case.pk])):
        page = client.get(reverse(f"households:{name}", args=args)).content.decode()
        assert "Lê Thị Thử" in page
        assert "ốm" not in page


def test_a_second_click_is_told_so(units, head, standing, this_year):
    case = make_hardship(units["hamlet1_1"], by=head)
    confirm(case, standing)
    with pytest.raises(WrongHardship, match="tải lại"):
        confirm(case, standing)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    units, head, client, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_hardship(units["hamlet1_1"], by=head)
    client.force_login(head)
    with django_assert_max_num_queries(11):
        client.get(reverse("households:hardship-list"))
