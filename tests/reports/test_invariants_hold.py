"""The sample district keeps every invariant, and each has something to look at."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection

from jobs.queue import enqueue
from reports.invariants import INVARIANTS, verify
from tests.factories.reports import compile_all, issue, make_chain, send_and_reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit_now():
    """What waits for the commit (seals of postings) happens now; afterwards as before."""

    def commit():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return commit


def test_the_sample_district_violates_nothing(thu_thua, commit_now):
    commit_now()
    answers = {answer["code"]: answer for answer in verify()}

    assert {code: answer["violations"] for code, answer in answers.items()} == {
        invariant.code: [] for invariant in INVARIANTS
    }
    looked_at = {code for code, answer in answers.items() if answer["checked"]}
    assert looked_at >= {"I3", "I4", "I5", "I8", "I9", "I11", "I12", "I16", "I17", "N1"}


def test_a_chain_of_reports_violates_nothing(commit_now):
    chain = make_chain()
    compile_all(chain)
    for commune in ("commune1", "commune2"):
        send_and_reconcile(chain, commune, upper="district")
        issue(chain, commune)
    send_and_reconcile(chain, "district", upper="province")
    enqueue("reports.compile", key="x", arguments={}, by=chain.person("officer", "district"))
    answer = io.StringIO()
    commit_now()

    call_command("verify_invariants", json=True, stdout=answer)

    answers = {one["code"]: one for one in json.loads(answer.getvalue())["invariants"]}
    assert not any(one["violations"] for one in answers.values())
    assert answers["I6"]["checked"] == answers["I7"]["checked"] == 3
    assert answers["I13"]["checked"] == 1
    assert set(answers["I3"]) == {"code", "what", "checked", "violations"}
