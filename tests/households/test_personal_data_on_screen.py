"""What of a person a page shows, who may see more, and what is written down of it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.models import AuditEvent
from config.logs import scrub
from households.errors import UnmaskRefused
from households.models import Household, Sighting
from households.privacy import masking, unmasking
from households.privacy.sightings import saw, saw_many
from households.privacy.unmasking import unmask
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db

NUMBER = national_id(4321, sex="female", year=1987)
PHONE = "0909123456"
REASON = "Đối chiếu giấy tờ khi trao quà Tết"


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def household(units):
    return make_household(
        units["hamlet1_1"], head_name="Lê Thị Ba", number=NUMBER, phone=PHONE, sex="female"
    )


def signed_in(client, *seats):
    user = make_user(*seats)
    client.force_login(user)
    return user


def ask_whole(client, household, reason=REASON):
    address = reverse("households:household-unmask", args=[household.pk])
    return client.post(address, {"reason": reason})


def test_a_telephone_keeps_its_ends():
    assert masking.phone(PHONE) == "09•••••456"
    assert masking.phone("113") == "Đã che"
    assert masking.phone("") == ""


def test_a_birth_date_is_cut_to_its_year(household):
    day = household.birth_date
    assert masking.born(1987, day, open_=False) == "1987"
    assert masking.born(None, None, open_=True) == ""


def test_a_child_on_a_posted_list_has_initials_only():
    assert masking.initials("Nguyễn Thị Ánh") == "N.T.Á."


def test_only_who_edits_the_household_sees_it_open(units, household):
    sees = {
        role: masking.sees_open(make_user((role, units[place])), household)
        for role, place in {
            "officer": "commune1",
            "standing": "commune1",
            "leader": "district",
            "hamlet": "hamlet1_1",
        }.items()
    }
    assert sees == {"officer": True, "standing": False, "leader": False, "hamlet": False}
    assert not masking.sees_open(make_user(("officer", units["commune2"])), household)


def test_whole_numbers_are_shown_once_for_a_reason(client, units, household):
    user = signed_in(client, ("standing", units["commune1"]))
    response = ask_whole(client, household)
    assert NUMBER in response.text
    assert PHONE in response.text
    assert "no-store" in response["Cache-Control"]
    sighting = Sighting.objects.get()
    assert (sighting.user, sighting.how, sighting.purpose) == (user, "unmasked", REASON)
    event = AuditEvent.objects.get(action="household.unmasked")
    assert (event.object_id, event.committee, event.detail) == (
        household.pk, units["commune1"], {"reason": REASON},
    )  # fmt: skip


def test_asking_does_not_show_and_leaves_nothing_behind(client, units, household):
    signed_in(client, ("standing", units["commune1"]))
    page = client.get(reverse("households:household-unmask", args=[household.pk]))
    assert NUMBER not in page.text
    assert PHONE not in page.text
    ask_whole(client, household)
    kept = [session.get_decoded() for session in Session.objects.all()]
    assert NUMBER not in str(kept)
    assert NUMBER not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("reason", ["", "   ", "xem", "a  b     c    d", f"của số {NUMBER}"])
def test_no_reason_no_numbers(client, units, household, reason):
    signed_in(client, ("officer", units["commune1"]))
    response = ask_whole(client, household, reason)
    assert response.status_code == 422
    assert PHONE not in response.text
    assert not Sighting.objects.exists()


def test_one_person_uncovers_only_so_many_households_a_day(units, household, monkeypatch):
    monkeypatch.setattr(unmasking, "MOST_A_DAY", 2)
    user, other = (make_user(("officer", units["commune1"])) for _ in range(2))
    yesterday = timezone.now() - timedelta(days=1)
    Sighting.objects.bulk_create(
        [Sighting(household=household, user=user, how="unmasked", at=yesterday) for _ in range(2)]
    )
    for _ in range(2):
        unmask(household, by=user, reason=REASON)
    with pytest.raises(UnmaskRefused, match="mức cao nhất trong một ngày"):
        unmask(household, by=user, reason=REASON)
    assert unmask(household, by=other, reason=REASON).phone == PHONE
    assert Sighting.objects.filter(user=user, at__gt=yesterday).count() == 2


def test_a_page_is_seen_once_an_hour_and_a_paper_each_time(units, household):
    user, other = (make_user(("officer", units["commune1"])) for _ in range(2))
    for viewer in (user, user, other):
        saw(household, viewer, Sighting.How.PAGE)
    assert Sighting.objects.count() == 2
    before = timezone.now() - timedelta(hours=2)
    Sighting.objects.create(household=household, user=other, how="api", at=before)
    assert saw_many([household.pk], other, Sighting.How.API) == 1
    assert saw_many([household.pk], other, Sighting.How.API) == 0
    for _ in range(2):
        saw(household, user, Sighting.How.PRINT, "Niêm yết")
    assert Sighting.objects.filter(how="print", purpose="Niêm yết").count() == 2


def test_a_list_is_seen_by_one_statement(units, household):
    make_household(units["hamlet1_2"])
    make_household(units["hamlet2_1"])
    user = make_user(("officer", units["commune1"]))
    rows = Household.objects.filter(commune=units["commune1"])
    with CaptureQueriesContext(connection) as queries:
        assert saw_many(rows, user, Sighting.How.EXPORT, "Rà soát") == 2
    assert len(queries) == 1
    assert saw_many(rows.order_by("pk")[:1], user, Sighting.How.PRINT) == 1
    assert saw_many(rows.none(), user, Sighting.How.PRINT) == 0
    assert saw_many([], user, Sighting.How.PRINT) == 0


def test_who_saw_the_household_is_answered_to_the_standing_board(client, units, household):
    officer = make_user(("officer", units["commune1"]))
    unmask(household, by=officer, reason=REASON)
    saw(household, officer, Sighting.How.PAGE)
    address = reverse("households:household-seen", args=[household.pk])
    signed_in(client, ("standing", units["commune1"]))
    page = client.get(address).text
    assert page.count(officer.full_name) == 2
    assert REASON in page
    assert "Cán bộ nhập liệu, " + units["commune1"].name in " ".join(page.split())
    assert client.get(address, {"cach": "unmasked"}).text.count(officer.full_name) == 1
    assert "Không có lượt xem nào" in client.get(address, {"den": "01/01/2020"}).text
    assert client.get(address, {"tu": "x", "truoc": "9" * 40}).status_code == 200


def test_the_page_of_viewers_asks_as_much_for_three_as_for_one(client, units, household):
    signed_in(client, ("standing", units["commune1"]))
    address = reverse("households:household-seen", args=[household.pk])
    counts = []
    for more in (1, 2):
        for _ in range(more):
            saw(household, make_user(("officer", units["commune1"])), Sighting.How.PAGE)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("written", [NUMBER, " ".join([NUMBER[:3], NUMBER[3:6], NUMBER[6:]]),
                                     "%20".join([NUMBER[:6], NUMBER[6:]]), "+".join(NUMBER),
                                     ".".join([NUMBER[:4], NUMBER[4:]])])  # fmt: skip
def test_no_number_reaches_a_log_however_it_is_written(written):
    line = scrub(f'"GET /ho/?q={written} HTTP/1.1" 200 1234')
    assert written not in line
    assert NUMBER[6:] not in line
    assert "HTTP/1.1" in line
