"""The commands and the beat: figures as JSON, drafts by real workers, every window once."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from campaigns.models import Campaign
from jobs import running
from jobs.models import Job
from reports.models import Report
from reports.tasks import compile_ended_windows
from tests.factories.reports import make_chain


def run(command: str, **options) -> dict:
    answer = io.StringIO()
    call_command(command, **options, json=True, stdout=answer, stderr=io.StringIO())
    return json.loads(answer.getvalue())


def place(chain, unit: str) -> str:
    return f"{chain.units[unit].code}@2023-11-18"


@pytest.mark.parametrize(("scope", "received"), [("own", 50_000_000), ("subtree", 56_000_000)])
def test_figures_of_a_unit_alone_and_with_all_below(db, scope, received):
    chain = make_chain()
    answer = run("figures", committee=place(chain, "district"), campaign=2023, scope=scope)

    assert answer["figures"]["received_total"] == received
    assert (answer["committee"], answer["campaign"], answer["scope"]) == (
        place(chain, "district"),
        2023,
        scope,
    )


def test_figures_say_what_is_not_there(db):
    chain = make_chain()

    with pytest.raises(CommandError, match="2022"):
        run("figures", committee=place(chain, "district"), campaign=2022)
    with pytest.raises(CommandError, match="mã 0"):
        run("figures", committee="0@2023-11-18", campaign=2023)


def test_real_workers_compile_the_drafts_of_a_province(real_worker):
    chain = make_chain()
    real_worker()

    answer = run("compile_reports", root=place(chain, "province"), campaign=2023, timeout=60)

    assert answer["state"] == Job.State.DONE
    assert len(answer["result"]["reports"]) == Report.objects.count() == 4
    job = Job.objects.get()
    assert (job.progress, job.total, job.attempts) == (4, 4, 1)


def test_a_window_that_ended_is_compiled_once(transactional_db):
    make_chain()

    compile_ended_windows()
    compile_ended_windows()
    running.run(Job.objects.get().pk)

    assert Report.objects.count() == 4
    assert {report.committee.level for report in Report.objects.all()} == {
        "commune",
        "district",
        "province",
    }


def test_a_window_that_still_runs_is_left_alone(transactional_db):
    make_chain()
    Campaign.objects.update(window_to="2099-12-01", fund_to="2099-12-31")

    compile_ended_windows()

    assert not Job.objects.exists()
