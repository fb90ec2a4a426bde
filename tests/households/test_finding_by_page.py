from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.models import AuditEvent
from households.actions import looking_up
from households.actions.looking_up import look_up_number
from households.errors import TooManyLookUps
from households.finding import screens
from households.models import Household, Member
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db

LIST = "/ho/"
OWN, STRANGE, UNKNOWN = national_id(1), national_id(2), national_id(3)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(client, units):
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


@pytest.fixture
def two(units):
    """A household of the officer's commune and one of the other."""
    return (
        make_household(units["hamlet1_1"], head_name="Lê Thị Gần", number=OWN, year=2023),
        make_household(units["hamlet2_1"], head_name="Lê Thị Xa", number=STRANGE, year=2023),
    )


def look(client, text, **query):
    return client.get(LIST, {"q": text} | query)


def said(client, text):
    response = client.get(LIST, {"q": text}, follow=True)
    return [str(message) for message in response.context["messages"]]


def questions(seen):
    """Statements without those that begin and end a transaction."""
    return sum("SAVEPOINT" not in query["sql"] for query in seen)


def test_an_own_number_opens_the_household(client, officer, two):
    response = look(client, f"{OWN[:3]} {OWN[3:6]} {OWN[6:]}")
    assert response["Location"] == reverse("households:household-detail", args=[two[0].pk])
    assert not AuditEvent.objects.filter(action=looking_up.LOOKED_UP).exists()


def test_a_strangers_number_tells_the_commune_and_nothing_else(client, officer, two, units):
    response = look(client, STRANGE, nam="2023")
    assert response["Location"] == LIST
    page = client.get(LIST).text
    assert f"Số CCCD này đã có ở {units['commune2']}." in page
    for secret in (STRANGE, "Xa", two[1].code, f"/ho/{two[1].pk}/", "Ấp 1, "):
        assert secret not in page.replace("Lê Thị Gần", "").replace(
            f"Ấp 1, {units['commune1']}", ""
        )


def test_a_look_up_is_written_down_without_the_number(client, officer, two, units):
    said(client, STRANGE)
    said(client, UNKNOWN)
    known, unknown = AuditEvent.objects.filter(action=looking_up.LOOKED_UP).order_by("pk")
    assert (known.actor, known.committee, known.object_id) == (officer, units["commune1"], None)
    assert known.detail == {"found": units["commune2"].name}
    assert unknown.detail == {"found": ""}


def test_who_has_died_is_nowhere(client, officer, two):
    Member.objects.filter(household=two[1]).update(is_living=False)
    assert said(client, STRANGE) == ["Chưa có hộ nào trong sổ có số CCCD này."]


def test_too_many_look_ups_within_the_hour_are_refused(client, officer, two, monkeypatch):
    monkeypatch.setattr(looking_up, "MOST_AN_HOUR", 2)
    said(client, UNKNOWN)
    assert "đã có ở" in said(client, STRANGE)[0]
    for number in (STRANGE, UNKNOWN):
        assert "Trong một giờ chỉ tra được 2 số" in said(client, number)[0]
    assert AuditEvent.objects.filter(action=looking_up.LOOKED_UP).count() == 2
    assert look(client, OWN)["Location"].endswith(f"/{two[0].pk}/")  # the own ones stay open


def test_the_hour_passes_and_others_are_not_counted(officer, units, two, monkeypatch):
    monkeypatch.setattr(looking_up, "MOST_AN_HOUR", 1)
    look_up_number(STRANGE, by=make_user(("officer", units["commune1"])))
    look_up_number(STRANGE, by=officer)
    with pytest.raises(TooManyLookUps):
        look_up_number(STRANGE, by=officer)
    monkeypatch.setattr(looking_up, "timedelta", lambda hours: timedelta(seconds=-1 * hours))
    assert look_up_number(STRANGE, by=officer).elsewhere == units["commune2"]


def test_the_form_is_sent_to_the_household_as_a_whole_page(client, officer, two):
    response = client.get(LIST, {"q": OWN}, headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response["HX-Redirect"] == f"/ho/{two[0].pk}/"


def test_part_of_a_number_is_answered_with_what_can_be_searched(client, officer, two):
    assert "ba số cuối hoặc đủ 12 số" in look(client, OWN[-5:]).text
    assert "ba số cuối hoặc đủ 12 số" not in look(client, two[0].code).text


def test_the_page_tells_why_a_household_is_there(client, officer, two):
    Member.objects.create(household=two[0], name="Trần Văn Chồng", relation="Chồng")
    page = look(client, "chong").text
    assert "Có Trần Văn Chồng trong hộ" in page
    assert "Lê Thị Gần" in page
    assert f"Số CCCD •••••••••{OWN[-3:]} của Lê Thị Gần" in look(client, OWN[-3:]).text


def test_a_merged_household_points_to_the_one_kept(client, officer, two, units):
    other = make_household(units["hamlet1_1"], head_name="Lê Thị Gộp")
    Household.objects.filter(pk=other.pk).update(state="merged", merged_into=two[0])
    assert f"vào hộ {two[0].code}" in look(client, "gop").text


def test_filters_join_the_search(client, officer, two, units):
    make_household(units["hamlet1_2"], head_name="Lê Thị Hai", year=2024, kind="near_poor")

    def shown(**query):
        page = look(client, "le thi", **query).text
        return [name for name in ("Gần", "Hai", "Xa") if f"Lê Thị {name}</a>" in page]

    assert shown() == ["Gần", "Hai"]
    assert shown(nam=2023) == ["Gần"]
    assert shown(loai="near_poor") == ["Hai"]
    assert shown(noi=units["hamlet1_1"].pk) == ["Gần"]
    assert shown(noi=units["commune2"].pk) == []
    assert shown(**{"tinh-trang": "moved"}) == []


def test_every_rank_is_within_reach(client, officer, two, units):
    Member.objects.create(household=two[1], name="Trần Văn Chồng")
    for text in ("xa", "x", "le thi xa", "Lê Thị Xa", "chong", two[1].code, STRANGE[-3:]):
        page = look(client, text).text
        assert "Lê Thị Xa</a>" not in page, text
        picked = client.get(reverse("households:household-search"), {"q": text}).text
        assert "Lê Thị Xa" not in picked, text


def test_the_picker_takes_the_likeliest_first(client, officer, units):
    for name in ("Lê Hoài", "Lê Hoa", "Lê Hòa"):
        make_household(units["hamlet1_1"], head_name=name)
    page = client.get(reverse("households:household-search"), {"q": "hoà"}).text
    assert page.index("Lê Hòa") < page.index("Lê Hoa") < page.index("Lê Hoài")


@pytest.mark.parametrize("text", ["", "nguyen", "Nguyễn", "ng", "12", "123", "T-", "Hòa 1970"])
def test_a_page_costs_the_same_for_one_household_and_for_many(client, officer, units, text):
    def queries(**query):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(LIST, {"q": text} | query).status_code == 200
        return questions(seen)

    make_household(units["hamlet1_1"], head_name="Nguyễn Văn Hòa", year=2023)
    client.get(LIST)
    one = queries(nam="2023")
    for number in range(4):
        other = make_household(units["hamlet1_2"], head_name=f"Nguyễn Thị {number}", year=2023)
        Member.objects.create(household=other, name="Nguyễn Văn Con")
    assert queries(nam="2023") == one
    assert one <= 10


@pytest.mark.parametrize(
    ("size", "counted"), [(1, 3), (2, 3), (3, 3), (1, 1000), (2, 1000), (7, 1000), (50, 1000)]
)
def test_no_screen_takes_more_than_twelve_queries(
    client, officer, units, monkeypatch, size, counted
):
    monkeypatch.setattr(screens, "COUNTED", counted)
    monkeypatch.setattr(screens.screen_of, "__kwdefaults__", {"after": "", "size": size})
    for name in ("Hoà Hoà", "Hòa Anh", "Hoa Anh", "Hoàng Anh"):
        for _ in range(2):
            make_household(units["hamlet1_1"], head_name=name, year=2023)
    for _ in range(3):
        other = make_household(units["hamlet1_1"], head_name="Lê Anh")
        Member.objects.create(household=other, name="Hòa Anh")
    after, seen = "", 0
    for _ in range(20):
        with CaptureQueriesContext(connection) as queries:
            screen = look(client, "Hòa", sau=after).context["screen"]
        assert questions(queries) <= 12
        seen += len(screen.rows)
        after = screen.after
        if not after:
            break
    assert seen == 11
