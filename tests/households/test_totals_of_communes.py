"""All households of a commune and its hamlets, typed in one form."""

import pytest
from django.urls import reverse

from committees.models import AuditEvent
from households.actions.counting import Counted, count_households
from households.errors import TotalRefused
from households.models import HouseholdTotal
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(units):
    return make_user(("officer", units["commune1"]))


def totals(year=2023):
    rows = HouseholdTotal.objects.filter(year=year)
    return {total.committee.name: (total.households, total.minority_households) for total in rows}


def typed(units, commune, *hamlets):
    """What the form sends: (households, minority) as typed, for the commune and its hamlets."""
    places = [units["commune1"], units["hamlet1_1"], units["hamlet1_2"]]
    data = {}
    for place, (households, minority) in zip(places, [commune, *hamlets], strict=True):
        data[f"noi-{place.pk}-households"] = households
        data[f"noi-{place.pk}-minority"] = minority
    return data


def send(client, units, data, year=2023):
    address = reverse("households:total-edit", args=[units["commune1"].pk])
    return client.post(f"{address}?nam={year}", data, follow=True)


def test_an_officer_counts_the_commune_and_its_hamlets_in_one_form(client, units, officer):
    client.force_login(officer)
    answer = send(client, units, typed(units, ("1.200", "30"), ("700", "10"), ("500", "")))
    assert "Đã lưu tổng số hộ năm 2023." in answer.text
    assert "hãy kiểm tra lại" not in answer.text
    assert totals() == {units["commune1"].name: (1200, 30), "Ấp 1": (700, 10), "Ấp 2": (500, None)}
    event = AuditEvent.objects.get(action="household_total.counted")
    assert (event.committee, event.detail["year"]) == (units["commune1"], 2023)
    send(client, units, typed(units, ("1.200", "30"), ("700", "10"), ("", "")))
    assert "Ấp 2" not in totals()
    send(client, units, typed(units, ("1.200", "30"), ("700", "10"), ("", "")))
    assert AuditEvent.objects.filter(action="household_total.counted").count() == 2


def test_hamlets_that_do_not_add_up_are_only_a_warning(client, units, officer):
    client.force_login(officer)
    answer = send(client, units, typed(units, ("1200", ""), ("700", ""), ("499", "")))
    assert "Cộng các thôn được 1.199 hộ, tổng của xã ghi 1.200 hộ" in answer.text
    assert len(totals()) == 3


@pytest.mark.parametrize(
    ("hamlets", "is_warned"),
    [(("700", ""), False), (("1201", ""), True), (("1200", "0"), True), (("1200", ""), False)],
)
def test_hamlets_not_yet_counted_may_make_up_the_rest(units, officer, hamlets, is_warned):
    counted = {units["commune1"]: Counted(1200)}
    for number, text in enumerate(hamlets, start=1):
        if text:
            counted[units[f"hamlet1_{number}"]] = Counted(int(text) or 1)
    said = count_households(units["commune1"], 2023, counted=counted, by=officer)
    assert bool(said) is is_warned


def test_fewer_households_than_stand_on_the_list_are_refused(client, units, officer):
    for kind in ("poor", "near_poor"):
        make_household(units["hamlet1_1"], year=2023, kind=kind, ethnicity="Khmer")
    client.force_login(officer)
    answer = send(client, units, typed(units, ("1", ""), ("", ""), ("", "")))
    assert answer.status_code == 422
    assert "tổng số hộ 1 ít hơn 2 hộ trong danh sách năm 2023" in answer.text
    answer = send(client, units, typed(units, ("100", "1"), ("", ""), ("", "")))
    assert "hộ dân tộc thiểu số 1 ít hơn 2" in answer.text
    answer = send(client, units, typed(units, ("100", "101"), ("", ""), ("", "")))
    assert "số hộ dân tộc thiểu số lớn hơn tổng số hộ" in answer.text
    answer = send(client, units, typed(units, ("100", ""), ("1", ""), ("", "")))
    assert "Ấp 1: tổng số hộ 1 ít hơn 2" in answer.text
    assert totals() == {}
    send(client, units, typed(units, ("2", "2"), ("2", "2"), ("", "")))
    assert totals()["Ấp 1"] == (2, 2)
    with pytest.raises(TotalRefused):
        count_households(
            units["commune1"], 2023, counted={units["hamlet1_1"]: Counted(1)}, by=officer
        )


@pytest.mark.parametrize("nonsense", ["-5", "0", "mười", "1.5", "99999999999", "=1+1"])
def test_nonsense_is_refused_at_its_box(client, units, officer, nonsense):
    client.force_login(officer)
    answer = send(client, units, typed(units, (nonsense, ""), ("", ""), ("", "")))
    assert answer.status_code == 422
    assert totals() == {}


@pytest.mark.parametrize("year", ["", "abc", "1900", "99999", "²⁰²³"])
def test_a_year_that_makes_no_sense_shows_another(client, units, officer, year):
    client.force_login(officer)
    address = reverse("households:total-edit", args=[units["commune1"].pk])
    assert client.get(f"{address}?nam={year}").status_code == 200


def test_the_form_asks_as_often_for_two_hamlets_as_for_four(
    client, units, officer, django_assert_max_num_queries
):
    client.force_login(officer)
    address = reverse("households:total-edit", args=[units["commune1"].pk])
    client.get(address)
    with django_assert_max_num_queries(16) as few:
        client.get(address)
    asked = len(few)
    other = make_district(communes=1, hamlets=4)
    client.force_login(make_user(("officer", other["commune1"])))
    address = reverse("households:total-edit", args=[other["commune1"].pk])
    client.get(address)
    with django_assert_max_num_queries(asked):
        client.get(address)
