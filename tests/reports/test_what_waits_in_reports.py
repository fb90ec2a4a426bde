"""The lines of the home page that reports add, for the people who may act."""

import pytest

from committees.todo import todos_of
from reports import actions
from tests.factories.reports import (
    SIGNATURE,
    compile_all,
    live_report,
    make_chain,
    send_and_reconcile,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


def lines(chain, role, unit) -> dict[str, int]:
    return {
        todo.label: todo.count
        for todo in todos_of(chain.person(role, unit))
        if "báo cáo" in todo.label
    }


def test_a_draft_waits_for_its_standing_board_alone(chain):
    compile_all(chain)

    assert lines(chain, "standing", "commune1") == {"dự thảo báo cáo chờ gửi số liệu": 1}
    assert lines(chain, "officer", "commune1") == {}
    assert lines(chain, "standing", "commune3") == {}


def test_a_sent_report_waits_for_the_level_directly_above(chain):
    compile_all(chain)
    actions.send_report(live_report(chain, "commune1"), by=chain.person("standing", "commune1"))

    assert lines(chain, "standing", "district")["báo cáo cấp dưới chờ đối chiếu"] == 1
    assert "báo cáo cấp dưới chờ đối chiếu" not in lines(chain, "standing", "province")


def test_a_question_from_above_waits_for_the_commune(chain):
    compile_all(chain)
    report = actions.send_report(
        live_report(chain, "commune1"), by=chain.person("standing", "commune1")
    )
    actions.ask_again(report, reason="Xem lại", by=chain.person("standing", "district"))

    assert lines(chain, "standing", "commune1") == {"báo cáo được cấp trên đề nghị rà soát": 1}


def test_the_paper_waits_for_the_clerk_step_by_step(chain):
    compile_all(chain)
    report = send_and_reconcile(chain, "commune1", upper="district")
    clerk = chain.person("clerk", "commune1")
    assert lines(chain, "clerk", "commune1") == {"báo cáo đã đối chiếu chờ ký": 1}

    actions.sign_report(report, **SIGNATURE, by=clerk)
    assert lines(chain, "clerk", "commune1") == {"báo cáo đã ký chờ vào số": 1}
    actions.number_report(report, number="1", dated_on=SIGNATURE["signed_on"], by=clerk)
    assert lines(chain, "clerk", "commune1") == {"báo cáo đã vào số chờ phát hành": 1}
    actions.issue_report(report, by=clerk)
    assert lines(chain, "clerk", "commune1") == {}
