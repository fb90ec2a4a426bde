"""Two people, or one who clicks twice: of two acts on one thing one is done, one refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from committees import intake, intake_undo
from committees.errors import CommitteeError
from committees.models import Committee
from committees.people import system_user
from config import clock
from households.actions import hardship, merging, moving
from households.errors import HouseholdError
from households.models import (
    Classification,
    HardshipCase,
    Household,
    HouseholdMove,
    Likeness,
    Merge,
    PovertyList,
    Transition,
)
from households.review import absent
from households.review.transitions import derive
from tests.factories.committees import make_district, make_user
from tests.factories.households import household_list, make_hardship, make_household

pytestmark = pytest.mark.django_db(transaction=True)

DAY = date(2024, 5, 20)


@pytest.fixture
def units():
    system_user()  # made at its first use, which is not what is raced here
    return make_district()


def together(*works: Callable) -> tuple[int, list[Exception]]:
    """Do all at once, each on its own connection: how many were done, and the refusals."""
    ready = Barrier(len(works))

    def run(work):
        try:
            ready.wait(10)
            work()
        except (HouseholdError, CommitteeError) as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        answers = list(pool.map(run, works))
    refusals = [answer for answer in answers if answer is not None]
    return len(works) - len(refusals), refusals


def pair_of(units):
    first, second = (make_household(units["hamlet1_1"], head_name="Lê Thị Mai") for _ in range(2))
    return Likeness.objects.create(
        commune=units["commune1"], first=first, second=second, score=90, reasons=["name"]
    )


def send(household, units):
    return moving.send_move(
        household, version=household.version, to=units["commune2"], on=DAY, note="",
        by=system_user(),
    )  # fmt: skip


def test_a_pair_is_merged_once_whichever_row_each_would_keep(units):
    pair, by = pair_of(units), system_user()
    done, _ = together(
        lambda: merging.merge_pair(pair, kept=pair.first, reason="Trùng", by=by),
        lambda: merging.merge_pair(pair, kept=pair.second, reason="Trùng", by=by),
    )
    assert (done, Merge.objects.count()) == (1, 1)
    assert Household.objects.filter(state="active").count() == 1


def test_a_merge_is_taken_back_once(units):
    pair, by = pair_of(units), system_user()
    merge = merging.merge_pair(pair, kept=pair.first, reason="Trùng", by=by)
    done, _ = together(*[lambda: merging.undo_merge(merge, by=by)] * 2)
    assert done == 1
    assert Household.objects.filter(state="active").count() == 2


def test_a_household_is_sent_to_one_commune(units):
    household = make_household(units["hamlet1_1"])
    done, _ = together(*[lambda: send(household, units)] * 2)
    assert (done, HouseholdMove.objects.count()) == (1, 1)


def test_a_move_is_either_received_or_withdrawn(units):
    household, by = make_household(units["hamlet1_1"], year=2024), system_user()
    move = send(household, units)
    arrival = moving.Arrival(hamlet=units["hamlet2_1"], on=DAY)
    done, _ = together(
        lambda: moving.receive_move(move, arrival=arrival, by=by),
        lambda: moving.withdraw_move(move, reason="Nhầm", by=by),
        lambda: moving.return_move(move, answer="Không đến", by=by),
    )
    assert done == 1
    household.refresh_from_db()
    is_received = HouseholdMove.objects.get().state == "received"
    assert household.commune == units["commune2" if is_received else "commune1"]
    assert Classification.objects.filter(household=household).exists() is not is_received


def test_an_absent_household_is_answered_for_once(units):
    household, by = make_household(units["hamlet1_1"], year=2023), system_user()
    make_household(units["hamlet1_1"], year=2024)
    found = PovertyList.objects.get(year=2024)
    derive(found)
    change = Transition.objects.get(poverty_list=found, household=household)
    answers = [absent.Answer(absent.Reason.DIED), absent.Answer(absent.Reason.ESCAPED)]
    done, refusals = together(
        *(
            lambda answer=answer: absent.answer_absent(found, [change.pk], answer=answer, by=by)
            for answer in answers
        )
    )
    assert done == 1
    assert "trả lời" in str(refusals[0])
    change.refresh_from_db()
    household.refresh_from_db()
    assert (household.state == "ended") is (change.code == "chet")


def test_a_household_is_proposed_once_and_confirmed_once(units):
    household, by = make_household(units["hamlet1_1"]), system_user()
    done, refusals = together(*[lambda: make_hardship(units["hamlet1_1"], household=household)] * 2)
    assert (done, HardshipCase.objects.count()) == (1, 1)
    assert "đã có đề nghị" in str(refusals[0])
    standing, case = make_user(("standing", units["commune1"])), HardshipCase.objects.get()
    done, _ = together(
        lambda: hardship.confirm_hardship(case, on=clock.today(), by=standing),
        lambda: hardship.refuse_hardship(case, on=clock.today(), answer="Không", by=standing),
        lambda: hardship.withdraw_hardship(case, by=by),
    )
    assert done == 1


def test_a_list_is_written_once_and_taken_back_once(units):
    commune, by = units["commune1"], system_user()
    data = household_list(commune, {"Mã hộ": "H-0001"}, year=2024)
    batch = intake.preview("households", data, name="ho.xlsx", committee=commune, by=by)

    done, _ = together(*[lambda: intake.commit(_again(batch), by=by)] * 2)
    assert (done, Household.objects.count()) == (1, 1)
    done, _ = together(
        *[lambda: intake_undo.undo(_again(batch), by=by, reason="Nhầm tệp")] * 2,
        lambda: intake.commit(_again(batch), by=by),
    )
    assert (done, Household.objects.count()) == (1, 0)
    assert Committee.objects.filter(pk=commune.pk).exists()


def _again(batch):
    return type(batch).objects.get(pk=batch.pk)
