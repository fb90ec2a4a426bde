from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from committees.models import AuditEvent
from config import clock
from fund import support_actions
from fund.errors import FundError
from fund.models import Entry, Support, SupportList, Voucher
from fund.posting import reverse_voucher
from fund.support_actions import Recipient
from fund.support_records import (
    WelfareGiven,
    record_welfare,
    withdraw_support,
    withdraw_welfare,
)
from households.models import Household
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.factories.support import DAY, make_funded_commune, make_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=2, hamlets=1)


@pytest.fixture
def households(units):
    return make_funded_commune(units)


@pytest.fixture
def people(units):
    roles = ("officer", "standing", "accountant")
    return {role: make_user((role, units["commune1"])) for role in roles}


@pytest.fixture
def proposed(units, households, people):
    draft = make_list(units["commune1"], households, by=people["officer"])
    return support_actions.propose_list(draft, by=people["officer"])


def test_a_list_is_proposed_decided_and_paid_by_one_voucher(units, proposed, people):
    support_actions.decide_list(proposed, agree=True, by=people["standing"])
    paid_on = date(2023, 10, 25)
    voucher = support_actions.pay_list(
        proposed, account="cash", on=paid_on, by=people["accountant"]
    )

    proposed.refresh_from_db()
    assert proposed.state == "recorded"
    assert (voucher.amount, voucher.state, voucher.purpose) == (1_000_000, "posted", "support")
    assert set(Support.objects.standing().values_list("date", "voucher")) == {(paid_on, voucher.pk)}
    acts = AuditEvent.objects.filter(object_type="fund.supportlist").order_by("pk")
    assert [act.action.partition(".")[2] for act in acts] == [
        "list_drafted", "recipients_chosen", "list_proposed", "list_decided", "list_paid",
    ]  # fmt: skip


def test_nothing_counts_before_it_is_paid(proposed, people):
    support_actions.decide_list(proposed, agree=True, by=people["standing"])

    assert Support.objects.standing().count() == 0
    assert Entry.objects.filter(amount__lt=0, account__kind="cash").count() == 0


def test_a_reversed_payment_counts_for_nothing(proposed, people):
    support_actions.decide_list(proposed, agree=True, by=people["standing"])
    voucher = support_actions.pay_list(proposed, account="cash", on=DAY, by=people["accountant"])
    reverse_voucher(voucher, reason="Chi nhầm", by=people["accountant"])

    assert Support.objects.standing().count() == 0


def test_who_proposed_never_decides(proposed, people):
    with pytest.raises(FundError, match="không được tự quyết định"):
        support_actions.decide_list(proposed, agree=True, by=people["officer"])


def test_the_database_refuses_a_decision_by_who_proposed(proposed):
    with pytest.raises(IntegrityError, match="support_list_takes_two_people"), transaction.atomic():
        SupportList.objects.filter(pk=proposed.pk).update(
            state="decided", decided_by=proposed.proposed_by, decided_at=clock.now()
        )


def test_the_database_refuses_a_decided_list_without_a_decider(proposed):
    with pytest.raises(IntegrityError, match="state_matches_decision"), transaction.atomic():
        SupportList.objects.filter(pk=proposed.pk).update(state="decided")


def test_a_refusal_needs_its_reason_and_ends_the_list(proposed, people):
    with pytest.raises(FundError, match="lý do"):
        support_actions.decide_list(proposed, agree=False, note=" ", by=people["standing"])
    support_actions.decide_list(
        proposed, agree=False, note="Trùng với đợt trước", by=people["standing"]
    )

    with pytest.raises(FundError, match="không đồng ý"):
        support_actions.pay_list(proposed, account="cash", on=DAY, by=people["accountant"])


def test_money_must_be_in_the_account_that_pays(units, people):
    households = make_funded_commune(units, amount=900_000)
    draft = make_list(units["commune1"], households, by=people["officer"])
    support_actions.propose_list(draft, by=people["officer"])
    support_actions.decide_list(draft, agree=True, by=people["standing"])
    with pytest.raises(FundError, match="không đủ"):
        support_actions.pay_list(draft, account="cash", on=DAY, by=people["accountant"])

    draft.refresh_from_db()
    assert draft.state == "decided"
    assert Voucher.objects.filter(purpose="support").count() == 0


def test_a_household_that_left_stops_before_money_leaves(proposed, households, people):
    support_actions.decide_list(proposed, agree=True, by=people["standing"])
    Household.objects.filter(pk=households[0].pk).update(state="moved")
    with pytest.raises(FundError, match="đã chuyển đi"):
        support_actions.pay_list(proposed, account="cash", on=DAY, by=people["accountant"])


@pytest.mark.parametrize("day", [date(2099, 1, 1), date(2007, 1, 1)])
def test_a_list_is_not_paid_on_an_impossible_day(proposed, people, day):
    support_actions.decide_list(proposed, agree=True, by=people["standing"])
    with pytest.raises(FundError):
        support_actions.pay_list(proposed, account="cash", on=day, by=people["accountant"])


def test_welfare_is_recorded_without_a_decision_and_without_books(units, households, people):
    draft = make_list(units["commune1"], households, giver="Hội Chữ thập đỏ", by=people["officer"])
    with pytest.raises(FundError, match="ghi nhận"):
        support_actions.propose_list(draft, by=people["officer"])
    entries = Entry.objects.count()
    support_actions.record_list(draft, by=people["officer"])

    assert Support.objects.standing().count() == 2
    assert Entry.objects.count() == entries


def test_money_of_the_fund_is_never_just_recorded(units, households, people):
    draft = make_list(units["commune1"], households, by=people["officer"])
    with pytest.raises(FundError, match="đề nghị và quyết định"):
        support_actions.record_list(draft, by=people["officer"])


@pytest.mark.parametrize("step", ["propose_list", "choose_recipients", "decide_list", "pay_list"])
def test_a_list_that_moved_on_is_not_moved_again(proposed, people, step):
    support_actions.cancel_list(proposed, reason="Lập lại", by=people["officer"])
    more = {
        "choose_recipients": {"recipients": []},
        "decide_list": {"agree": True},
        "pay_list": {"account": "cash", "on": DAY},
    }.get(step, {})
    with pytest.raises(FundError, match="đã hủy"):
        getattr(support_actions, step)(proposed, by=people["standing"], **more)


def test_households_of_elsewhere_and_doubles_are_not_taken(units, households):
    draft = make_list(units["commune1"], households)
    stranger = make_household(units["hamlet2_1"])
    for wrong, sentence in (
        ([Recipient(stranger, 1)], "không còn trong sổ hộ"),
        ([Recipient(households[0], 1)] * 2, "hai lần"),
        ([Recipient(households[0], 0)], "lớn hơn 0"),
    ):
        with pytest.raises(FundError, match=sentence):
            support_actions.choose_recipients(draft, recipients=wrong, by=draft.proposed_by)
    assert draft.supports.count() == 2


def test_the_database_refuses_a_household_twice_in_a_list(units, households):
    support = make_list(units["commune1"], households).supports.first()
    support.pk = None
    with pytest.raises(IntegrityError, match="support_once_in_a_list"), transaction.atomic():
        support.save(force_insert=True)


def test_an_empty_list_is_not_proposed(units, households):
    draft = make_list(units["commune1"], [])
    with pytest.raises(FundError, match="chưa có hộ nào"):
        support_actions.propose_list(draft, by=draft.proposed_by)


def test_welfare_that_was_not_so_is_withdrawn_with_a_reason(units, households, people):
    draft = make_list(units["commune1"], households, giver="Hội Chữ thập đỏ", by=people["officer"])
    support_actions.record_list(draft, by=people["officer"])
    support = Support.objects.first()
    with pytest.raises(FundError, match="lý do"):
        withdraw_support(support, reason="", by=people["officer"])
    withdraw_support(support, reason="Hộ không nhận", by=people["officer"])

    assert Support.objects.standing().count() == 1
    with pytest.raises(FundError, match="đã rút lại"):
        withdraw_support(support, reason="Lần nữa", by=people["officer"])


def test_money_of_the_fund_is_not_withdrawn(proposed, people):
    support_actions.decide_list(proposed, agree=True, by=people["standing"])
    support_actions.pay_list(proposed, account="cash", on=DAY, by=people["accountant"])
    with pytest.raises(FundError, match="bút toán điều chỉnh"):
        withdraw_support(Support.objects.first(), reason="Nhầm", by=people["officer"])


def test_a_welfare_total_is_recorded_and_withdrawn(units, people):
    given = WelfareGiven("Chùa Thử", "Tặng gạo", DAY, 3_000_000, 10)
    total = record_welfare(units["commune1"], given=given, by=people["officer"])
    withdraw_welfare(total, reason="Ghi hai lần", by=people["officer"])

    total.refresh_from_db()
    assert (total.withdrawn_reason, total.giver.kind) == ("Ghi hai lần", "religious")
    with pytest.raises(FundError, match="đã rút lại"):
        withdraw_welfare(total, reason="Lần nữa", by=people["officer"])


@pytest.mark.parametrize(
    "given",
    [
        WelfareGiven("Quỹ Vì người nghèo xã", "Tặng gạo", DAY, 1),
        WelfareGiven("Chùa Thử", "Tặng gạo", date(2099, 1, 1), 1),
        WelfareGiven("Chùa Thử", "Tặng gạo", DAY, 0),
        WelfareGiven("Chùa Thử", " ", DAY, 1),
    ],
)
def test_what_is_no_welfare_is_refused(units, given):
    with pytest.raises(FundError):
        record_welfare(units["commune1"], given=given, by=make_user())


@pytest.mark.django_db(transaction=True)
def test_two_deciders_at_once_make_one_decision():
    units = make_district(communes=1, hamlets=1)
    officer, *deciders = (
        make_user((role, units["commune1"])) for role in ("officer", "standing", "standing")
    )
    draft = make_list(units["commune1"], make_funded_commune(units), by=officer)
    support_actions.propose_list(draft, by=officer)
    barrier = Barrier(2)

    def decide(user, agree):
        barrier.wait(timeout=10)
        try:
            return support_actions.decide_list(draft, agree=agree, note="Ý kiến", by=user)
        except FundError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, deciders, (True, False)))

    assert sum(isinstance(answer, FundError) for answer in answers) == 1
    assert (
        AuditEvent.objects.filter(
            action__in=["support.list_decided", "support.list_refused"]
        ).count()
        == 1
    )
