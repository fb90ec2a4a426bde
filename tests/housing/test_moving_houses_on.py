from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from committees.models import AuditEvent
from fund.errors import FundError
from fund.models import Entry, Support, Voucher
from fund.posting import reverse_voucher
from households.models import Household
from housing import actions
from housing.actions import Decision, Money, Proposal
from housing.errors import HousingError
from housing.models import House
from housing.queries import payers_for
from tests.factories.committees import make_district, make_unit, make_user
from tests.factories.households import make_household
from tests.factories.housing import (
    COMPLETED,
    DECIDED,
    FUND_PART,
    HANDED_OVER,
    PROPOSED,
    STARTED,
    decide,
    fill_treasury,
    make_house,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=2, hamlets=1)


@pytest.fixture
def household(units):
    return make_household(units["hamlet1_1"], year=2023)


@pytest.fixture
def people(units):
    return {
        "officer": make_user(("officer", units["commune1"])),
        "standing": make_user(("standing", units["district"])),
        "accountant": make_user(("accountant", units["district"])),
    }


@pytest.fixture
def house(units, household, people):
    return make_house(household, payer=units["district"], by=people["officer"])


@pytest.fixture
def started(house, people):
    decide(house, by=people["standing"])
    return actions.start_house(house, on=STARTED, by=people["officer"])


def test_a_house_goes_from_proposal_to_hand_over(units, house, people):
    fill_treasury(units["district"], 60_000_000)
    decide(house, by=people["standing"])
    actions.start_house(house, on=STARTED, by=people["officer"])
    voucher = actions.pay_house(house, account="treasury", on=STARTED, by=people["accountant"])
    actions.complete_house(house, on=COMPLETED, by=people["officer"])
    actions.record_labour(house, days=36, by=people["officer"])
    actions.hand_over_house(house, on=HANDED_OVER, by=people["officer"])

    house.refresh_from_db()
    assert (house.state, house.labour_days) == ("handed_over", 36)
    assert (house.round.number, house.decided_by) == ("12/QĐ-MTTQ-BVĐ", people["standing"])
    assert (voucher.fund.committee, voucher.purpose) == (units["district"], "house")
    support = Support.objects.standing().get()
    assert (support.value, support.date, support.place, support.kind) == (
        FUND_PART, STARTED, units["commune1"], "Nhà Đại đoàn kết",
    )  # fmt: skip
    acts = AuditEvent.objects.filter(object_type="housing.house").order_by("pk")
    assert [act.action.partition(".")[2] for act in acts] == [
        "proposed", "started", "paid", "completed", "labour", "handed_over",
    ]  # fmt: skip


def test_a_started_house_is_support_before_its_money_leaves(started):
    support = Support.objects.standing().get()

    assert (support.value, support.fund, support.origin) == (0, None, "house")
    assert Entry.objects.count() == 0


def test_a_reversed_payment_is_no_support_any_more(units, started, people):
    fill_treasury(units["district"], 60_000_000)
    voucher = actions.pay_house(started, account="treasury", on=STARTED, by=people["accountant"])
    reverse_voucher(voucher, reason="Chi nhầm", by=people["accountant"])

    assert Support.objects.standing().count() == 0


def test_money_must_be_in_the_account_on_that_day(units, started, people):
    fill_treasury(units["district"], 49_999_999)
    with pytest.raises(FundError, match="không đủ"):
        actions.pay_house(started, account="treasury", on=STARTED, by=people["accountant"])

    assert started.funding.get().voucher is None
    assert Voucher.objects.filter(purpose="house").count() == 0


def test_the_funds_part_is_paid_once(units, started, people):
    fill_treasury(units["district"], 200_000_000)
    actions.pay_house(started, account="treasury", on=STARTED, by=people["accountant"])
    with pytest.raises(HousingError, match="không còn khoản nào"):
        actions.pay_house(started, account="treasury", on=STARTED, by=people["accountant"])


def test_who_proposed_never_decides(units, household):
    both = make_user(("officer", units["commune1"]), ("standing", units["district"]))
    house = make_house(household, payer=units["district"], by=both)
    with pytest.raises(HousingError, match="không được tự duyệt"):
        decide(house, by=both)
    with pytest.raises(HousingError, match="không được tự duyệt"):
        actions.refuse_house(house, reason="Không cần", on=DECIDED, by=both)
    with pytest.raises(IntegrityError, match="house_takes_two_people"), transaction.atomic():
        House.objects.filter(pk=house.pk).update(
            state="refused", refusal_reason="x", decided_by=both, decided_on=DECIDED
        )


def test_a_second_new_house_is_refused(units, household, house):
    with pytest.raises(HousingError, match="đã có nhà Đại đoàn kết xây mới"):
        make_house(household, payer=units["district"])
    make_house(household, payer=units["district"], kind="repair")

    assert House.objects.count() == 2


def test_a_refused_house_may_be_proposed_again(units, household, house, people):
    actions.refuse_house(house, reason="Thiếu giấy đất", on=DECIDED, by=people["standing"])

    again = make_house(household, payer=units["district"])
    assert again.state == "proposed"


def test_a_refusal_needs_its_reason(house, people):
    with pytest.raises(HousingError, match="lý do"):
        actions.refuse_house(house, reason="  ", on=DECIDED, by=people["standing"])


def test_one_decision_is_of_one_payer(units, house, people):
    other = make_house(make_household(units["hamlet2_1"]), payer=units["province"])
    with pytest.raises(HousingError, match="do đơn vị khác quyết định"):
        decide(house, other, by=people["standing"])

    house.refresh_from_db()
    assert house.state == "proposed"


def test_deciding_again_tells_by_whom_and_when(house, people):
    decide(house, by=people["standing"])
    with pytest.raises(HousingError, match=rf"đã duyệt bởi {people['standing']} ngày 10/10/2023"):
        decide(house)


@pytest.mark.parametrize(
    ("step", "on", "sentence"),
    [
        (actions.start_house, date(2023, 10, 9), "trước ngày quyết định"),
        (actions.start_house, date(2099, 1, 1), "chưa đến"),
        (actions.complete_house, STARTED, "đã duyệt"),
        (actions.hand_over_house, STARTED, "đã duyệt"),
    ],
)
def test_steps_go_forward_only(house, people, step, on, sentence):
    decide(house, by=people["standing"])
    with pytest.raises(HousingError, match=sentence):
        step(house, on=on, by=people["officer"])


def test_no_step_lies_before_the_one_before_it(started, people):
    with pytest.raises(HousingError, match="trước ngày khởi công"):
        actions.complete_house(started, on=date(2023, 10, 18), by=people["officer"])
    actions.complete_house(started, on=COMPLETED, by=people["officer"])
    with pytest.raises(HousingError, match="trước ngày hoàn thành"):
        actions.hand_over_house(started, on=STARTED, by=people["officer"])


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"state": "completed", "completed_on": date(2023, 10, 1)}, "house_dates_run_forward"),
        ({"decided_on": date(2023, 9, 1)}, "house_decided_before_it_starts"),
        ({"started_on": date(2023, 10, 2)}, "house_decided_before_it_starts"),
        ({"state": "handed_over"}, "house_state_matches_dates"),
    ],
)
def test_the_database_refuses_what_cannot_be(started, changes, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        House.objects.filter(pk=started.pk).update(**changes)


def test_a_decision_before_the_proposal_is_refused(units, house, people):
    early = Decision("Đợt 1", date(2023, 9, 30))
    with pytest.raises(HousingError, match="trước ngày đề nghị"):
        actions.decide_round(
            units["district"], houses=[house], decision=early, by=people["standing"]
        )


def test_who_may_pay_is_the_commune_or_who_stands_above_it(units, household):
    assert payers_for(units["commune1"]) == [
        units["district"], units["province"], units["commune1"],
    ]  # fmt: skip
    stranger = make_unit("district", parent=units["province"])
    with pytest.raises(HousingError, match="Đơn vị quyết định"):
        make_house(household, payer=stranger)


def test_a_commune_without_a_district_asks_its_province(units):
    since_july = (date(2025, 7, 1), None)
    commune = make_unit("commune", parent=units["province"], valid=since_july)

    assert payers_for(commune) == [units["province"], commune]


def test_a_household_that_left_gets_no_house(units, household):
    Household.objects.filter(pk=household.pk).update(state="ended")
    household.refresh_from_db()
    with pytest.raises(HousingError, match="không còn trong sổ hộ"):
        make_house(household, payer=units["district"])


@pytest.mark.parametrize(
    "money", [(Money("fund", 0),), (Money("loan", 5),), (Money("sponsor", 5_000_000),)]
)
def test_wrong_money_is_refused(units, household, money):
    proposal = Proposal(kind="new", payer=units["district"], on=PROPOSED, money=money)
    with pytest.raises(HousingError):
        actions.propose_house(household, proposal=proposal, by=make_user())
    assert House.objects.count() == 0


def test_several_sources_stand_beside_each_other(units, household):
    money = (
        Money("fund", 50_000_000),
        Money("sponsor", 20_000_000, "Công ty Thử"),
        Money("sponsor", 5_000_000, "Chùa Thử"),
        Money("family", 10_000_000),
    )
    house = make_house(household, payer=units["district"], money=money)
    actions.set_money(house, money=money[:3], by=house.proposed_by)

    lines = house.funding.order_by("amount")
    assert [(line.source, line.amount) for line in lines] == [
        ("sponsor", 5_000_000), ("sponsor", 20_000_000), ("fund", 50_000_000),
    ]  # fmt: skip


def _at_once(works):
    barrier = Barrier(len(works))

    def run(work):
        barrier.wait(timeout=10)
        try:
            return work()
        except HousingError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.mark.django_db(transaction=True)
def test_two_proposals_of_a_new_house_at_once_make_one():
    units = make_district(communes=1, hamlets=1)
    household = make_household(units["hamlet1_1"])
    by = make_user(("officer", units["commune1"]))
    answers = _at_once([lambda: make_house(household, payer=units["district"], by=by)] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == ["House", "HousingError"]
    assert House.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_once_on_one_house_make_one():
    units = make_district(communes=1, hamlets=1)
    house = make_house(make_household(units["hamlet1_1"]), payer=units["district"])
    deciders = [make_user(("standing", units["district"])) for _ in range(2)]
    answers = _at_once([lambda by=by: decide(house, by=by) for by in deciders])

    (refusal,) = [answer for answer in answers if answer is not None]
    assert "đã duyệt bởi" in str(refusal)
    assert AuditEvent.objects.filter(action="house.round_decided").count() == 1
