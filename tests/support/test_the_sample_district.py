"""The real lists of the sample district: what the records say equals the known figures."""

from collections import defaultdict

import pytest
from django.db import transaction
from django.db.models import Count, Q, Sum

from committees import intake
from committees.errors import AlreadyImported
from committees.people import system_user
from fund.models import Entry, Support, SupportList, Voucher, WelfareTotal
from fund.support_queries import not_supported, peak_month
from households.models import Household
from housing.models import FundingLine, House, HouseRound
from tests.factories.reports import EXPECTED, FILES, WINDOW, import_thu_thua


@pytest.fixture(scope="module")
def thu_thua(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_thu_thua()
        transaction.set_rollback(True)


def spent(committee, purpose: str) -> int:
    entries = Entry.objects.filter(
        journal__fund__committee=committee,
        journal__voucher__purpose=purpose,
        account__kind__in=("cash", "bank", "treasury"),
        journal__date__range=WINDOW,
    )
    return -(entries.aggregate(total=Sum("amount"))["total"] or 0)


def support_by_kind(commune) -> dict:
    rows = Support.objects.standing().filter(place=commune, origin="list", date__range=WINDOW)
    counted = rows.order_by().values("kind").annotate(count=Count("pk"), total=Sum("value"))
    return {row["kind"]: {"count": row["count"], "value": row["total"]} for row in counted}


def houses_of(commune) -> dict:
    houses = House.objects.filter(household__commune=commune)
    counted = houses.approved().aggregate(
        approved=Count("pk"),
        new=Count("pk", filter=Q(kind="new")),
        repaired=Count("pk", filter=Q(kind="repair")),
        handed_over=Count("pk", filter=Q(state="handed_over")),
        under_way=Count("pk", filter=Q(state__in=["approved", "started", "completed"])),
        labour_days=Sum("labour_days", default=0),
    )
    money = defaultdict(int)
    for line in FundingLine.objects.filter(house__in=houses):
        money[line.source] += line.amount
    return counted | {
        "fund": money["fund"],
        "sponsors": money["sponsor"],
        "family": money["family"],
    }


def records_of(commune, campaign) -> dict:
    listed = Support.objects.standing().filter(place=commune, giver__isnull=False)
    window = peak_month(commune, campaign.year)
    households = Household.objects.filter(commune=commune)
    missed = not_supported(households, year=2023, window=window).count()
    totals = WelfareTotal.objects.standing().filter(place=commune, date__range=WINDOW)
    welfare_listed = listed.aggregate(total=Sum("value", default=0))["total"]
    welfare_unlisted = totals.aggregate(total=Sum("value", default=0))["total"]
    return {
        "spent_support": spent(commune, "support"),
        "spent_houses": spent(commune, "house"),
        "welfare_listed": welfare_listed,
        "welfare_unlisted": welfare_unlisted,
        "welfare": welfare_listed + welfare_unlisted,
        "support": support_by_kind(commune),
        "supported_households": households.count() - missed,
        "not_supported_households": missed,
        "houses": houses_of(commune),
    }


@pytest.mark.parametrize("code", EXPECTED["communes"])
def test_a_commune_has_the_known_support_and_houses(thu_thua, db, code):
    found = records_of(thu_thua.communes[code], thu_thua.campaign)

    assert found == {key: EXPECTED["communes"][code][key] for key in found}


def test_the_district_paid_seven_houses_from_its_treasury_account(thu_thua, db):
    assert (
        spent(thu_thua.district, "house") == EXPECTED["own"]["804"]["spent_houses"] == 350_000_000
    )
    paid = Voucher.objects.filter(purpose="house", state="posted")
    assert set(paid.values_list("account__kind", "fund__committee__code")) == {("treasury", "804")}
    assert all(voucher.date == voucher.house_funding.get().house.started_on for voucher in paid)


def test_each_file_became_one_recorded_list_and_one_decision(thu_thua, db):
    assert SupportList.objects.filter(state="recorded", batch__isnull=False).count() == 12
    assert HouseRound.objects.get().houses.count() == 7
    assert Support.objects.filter(origin="house", fund=None).count() == 0


def test_help_of_a_fund_has_a_voucher_and_welfare_has_none(thu_thua, db):
    assert Support.objects.filter(fund__isnull=False, voucher=None).count() == 0
    assert Support.objects.filter(giver__isnull=False, voucher__isnull=False).count() == 0
    assert Support.objects.filter(origin="list", fund__isnull=False).count() == 242


@pytest.mark.parametrize(
    ("kind", "file", "code"),
    [
        ("support", "ho-tro/28051-my-thanh.xlsx", "28051"),
        ("houses", "nha-dai-doan-ket.xlsx", "804"),
        ("welfare", "an-sinh-xa-hoi.xlsx", "804"),
    ],
)
def test_the_same_bytes_are_refused(thu_thua, db, kind, file, code):
    unit = thu_thua.communes.get(code, thu_thua.district)
    with pytest.raises(AlreadyImported, match="đã nhập ngày"):
        intake.import_file(
            kind, (FILES / file).read_bytes(), name="khac.xlsx", committee=unit, by=system_user()
        )
