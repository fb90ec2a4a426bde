"""Poor communes, communes and hamlets of special difficulty: who marks them, where it shows."""

from datetime import date

import pytest
from django.urls import reverse

from committees.models import AuditEvent
from committees.people import system_user
from households.actions.marking import MarkFacts, change_mark, mark_place, remove_mark
from households.errors import MarkRefused
from households.models import Household, PoorPlace
from households.places import markable_by, marks_of
from tests.factories.committees import make_district, make_user
from tests.households.counting import make_village

pytestmark = pytest.mark.django_db
FROM, UNTIL = date(2022, 1, 1), date(2023, 12, 31)
BASIS = "Quyết định 861/QĐ-TTg"


@pytest.fixture
def units():
    return make_district()


def mark(place, kind="poor", since=FROM, until=None, basis=BASIS):
    return mark_place(place, facts=MarkFacts(kind, since, until, basis), by=system_user())


@pytest.mark.parametrize(
    ("year", "said"), [(2021, []), (2022, ["Xã nghèo"]), (2023, ["Xã nghèo"]), (2024, [])]
)
def test_a_mark_holds_in_every_year_that_it_touches(units, year, said):
    mark(units["commune1"], since=date(2022, 12, 31), until=date(2023, 1, 1))
    assert marks_of([units["commune1"].pk], year).get(units["commune1"].pk, []) == said


@pytest.mark.parametrize(
    ("place", "facts", "sentence"),
    [
        ("hamlet1_1", {"kind": "poor"}, "không thể là “Xã nghèo”"),
        ("commune1", {"kind": "hard_hamlet"}, "không thể là “Thôn đặc biệt khó khăn”"),
        ("district", {}, "không thể là"),
        ("commune1", {"basis": "  "}, "Chưa ghi căn cứ"),
        ("commune1", {"until": date(2021, 12, 31)}, "Ngày cuối sớm hơn ngày đầu"),
        ("commune1", {"since": date(2023, 6, 1)}, "đã có diện “Xã nghèo” từ 01/01/2022"),
        ("commune1", {"since": date(2021, 1, 1)}, "đã có diện"),
    ],
)
def test_a_mark_that_does_not_fit_is_refused_in_words(units, place, facts, sentence):
    if "since" in facts:
        mark(units["commune1"], until=UNTIL)
    with pytest.raises(MarkRefused, match=sentence):
        mark(units[place], **facts)


def test_a_mark_is_ended_and_followed_by_another(units):
    first = mark(units["commune1"])
    change_mark(first, facts=MarkFacts("poor", FROM, UNTIL, BASIS), by=system_user())
    second = mark(units["commune1"], since=date(2024, 1, 1))
    mark(units["commune1"], kind="hard_commune")
    with pytest.raises(MarkRefused):
        change_mark(second, facts=MarkFacts("poor", UNTIL, None, BASIS), by=system_user())
    remove_mark(second, by=system_user())
    assert marks_of([units["commune1"].pk], 2024) == {
        units["commune1"].pk: ["Xã đặc biệt khó khăn"]
    }
    acts = AuditEvent.objects.filter(action__startswith="poor_place").order_by("pk")
    assert [act.action.partition(".")[2] for act in acts] == [
        "marked", "changed", "marked", "marked", "removed",
    ]  # fmt: skip


def test_province_and_district_mark_what_lies_below_and_communes_do_not(units):
    other = make_district()
    below = {units[name].pk for name in units if name.startswith(("commune", "hamlet"))}
    for level, reached in (("province", below), ("district", below), ("commune1", set())):
        user = make_user(("standing", units[level]))
        assert set(markable_by(user).values_list("pk", flat=True)) == reached
    assert not markable_by(make_user(("officer", units["district"]))).exists()
    assert other["commune1"].pk not in below


def test_the_district_marks_a_commune_on_the_page(client, units):
    client.force_login(make_user(("standing", units["district"])))
    sent = {
        "committee": units["commune1"].pk,
        "mark": "poor",
        "valid_from": "01/01/2022",
        "valid_to": "",
        "legal_text": BASIS,
    }
    page = client.post(reverse("households:place-mark-new"), sent, follow=True)
    assert "Xã nghèo" in page.text
    assert "Đang áp dụng" in page.text
    marked = PoorPlace.objects.get()
    again = client.post(reverse("households:place-mark-new"), sent)
    assert again.status_code == 422
    sent["valid_to"] = "31/12/2022"
    address = reverse("households:place-mark-edit", args=[marked.pk])
    assert "Đã hết" in client.post(address, sent, follow=True).text
    client.post(reverse("households:place-mark-remove", args=[marked.pk]))
    assert not PoorPlace.objects.exists()


def test_another_districts_commune_cannot_be_chosen(client, units):
    client.force_login(make_user(("standing", units["district"])))
    elsewhere = make_district()["commune1"]
    sent = {
        "committee": elsewhere.pk,
        "mark": "poor",
        "valid_from": "01/01/2022",
        "legal_text": BASIS,
    }
    assert client.post(reverse("households:place-mark-new"), sent).status_code == 422
    assert not PoorPlace.objects.exists()


def test_marks_stand_beside_names_in_tables_and_lists(client, units):
    make_village(units)
    mark(units["commune1"])
    mark(units["hamlet1_2"], kind="hard_hamlet")
    client.force_login(make_user(("leader", units["district"])))
    district = client.get(reverse("households:summary"), {"nam": 2024}).text
    assert "Xã nghèo" in district
    commune = client.get(
        reverse("households:summary"), {"nam": 2024, "noi": units["commune1"].pk}
    ).text
    assert "Thôn đặc biệt khó khăn" in commune
    for name in ("place-mark-list", "household-list"):
        assert "Xã nghèo" in client.get(reverse(f"households:{name}")).text
    household = Household.objects.filter(hamlet=units["hamlet1_2"]).first()
    page = client.get(reverse("households:household-detail", args=[household.pk])).text
    assert "Thôn đặc biệt khó khăn" in page
    assert "Xã nghèo" in page


def test_the_list_of_marks_asks_as_often_for_one_as_for_three(
    client, units, django_assert_max_num_queries
):
    client.force_login(make_user(("standing", units["district"])))
    address = reverse("households:place-mark-list")
    mark(units["commune1"])
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    mark(units["commune2"])
    mark(units["hamlet2_1"], kind="hard_hamlet")
    with django_assert_max_num_queries(len(one)):
        client.get(address)
