"""Each invariant is broken once, as the owner of the database would, and is found.

Triggers and constraints are put to sleep inside a savepoint: what the application may never
do, the owner does here, and the check has to name it.
"""

import json

import pytest
from django.db import connection, transaction

from committees.people import system_user
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.models import PovertyList
from households.review.transitions import derive
from jobs.queue import enqueue
from reports.compiling import fingerprint
from reports.invariants import INVARIANTS
from reports.models import Report
from tests.factories.reports import compile_all, issue, make_chain, send_and_reconcile
from tests.factories.support import make_list

CHECKS = {invariant.code: invariant.check for invariant in INVARIANTS}
FIRST_CASH_ENTRY = """(SELECT min(e.id) FROM fund_entry e
    JOIN fund_account a ON a.id = e.account_id WHERE a.kind = 'cash')"""
OUTSIDER = "(SELECT id FROM committees_user WHERE username = 'he-thong')"
BREAKS = {
    "I3": f"UPDATE fund_entry SET amount = amount + 1 WHERE id = {FIRST_CASH_ENTRY}",
    "I4": "UPDATE fund_entry SET amount = -amount * 1000",
    "I5": "UPDATE fund_voucher SET description = 'khác' WHERE state = 'posted'",
    "I6": """UPDATE reports_report SET snapshot = jsonb_set(snapshot, '{name}', '"Xã khác"')
        WHERE snapshot IS NOT NULL""",
    "I8": """DROP INDEX support_once_in_a_list;
        INSERT INTO fund_support (support_list_id, place_id, household_id, recipient_name, origin,
            kind, date, value, fund_id, giver_id, is_given, withdrawn_reason, created_by_id,
            created_at)
        SELECT support_list_id, place_id, household_id, recipient_name, origin, kind, date, value,
            fund_id, giver_id, is_given, withdrawn_reason, created_by_id, created_at
        FROM fund_support LIMIT 1""",
    "I9": """UPDATE households_classification SET hamlet_id = (
        SELECT max(id) FROM committees_committee WHERE level = 'hamlet')""",
    "I11": f"UPDATE reports_report SET reconciled_by_id = {OUTSIDER} WHERE state = 'reconciled'",
    "I12": "DELETE FROM committees_auditevent WHERE object_type = 'fund.voucher'",
    "I13": """UPDATE jobs_job SET state = 'running', token = gen_random_uuid(),
        lease_until = now() - interval '10 minutes'""",
    "I16": "UPDATE fund_journal SET date = '2025-07-01'",
    "I17": "UPDATE committees_storedfile SET sha256 = repeat('0', 64)",
    "H1": """UPDATE households_classification SET kind = 'poor' WHERE id = (
        SELECT min(c.id) FROM households_classification c
        JOIN households_povertylist l ON l.id = c.poverty_list_id
        WHERE l.year = (SELECT max(year) FROM households_povertylist) AND c.kind = 'near_poor')""",
    "H2": "DELETE FROM households_classification",
    "H3": "UPDATE households_member SET is_head = false",
    "N1": "UPDATE fund_voucher SET number = number + 1 WHERE number IS NOT NULL",
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Sent, reconciled and issued reports, on a connection of the database's owner."""
    with django_db_blocker.unblock():
        connection.close()
        role = connection.settings_dict["USER"]
        connection.settings_dict["USER"] = "owner"
        try:
            with transaction.atomic():
                yield _make_world()
                transaction.set_rollback(True)
        finally:
            connection.close()
            connection.settings_dict["USER"] = role


def _make_world():
    chain = make_chain()
    households = list(chain.units["commune1"].households.all())
    make_list(chain.units["commune1"], households)
    compile_all(chain)
    send_and_reconcile(chain, "commune1", upper="district")
    issue(chain, "commune1")
    send_and_reconcile(chain, "district", upper="province")
    _review(households)
    enqueue("reports.compile", key="x", arguments={}, by=chain.person("officer", "district"))
    return chain


def _review(households: list) -> None:
    """Next year's list: the first household is near-poor on it, the others are absent."""
    by = system_user()
    classify_household(households[0], listed=Listed(2024, "near_poor"), by=by)
    derive(PovertyList.objects.get(year=2024))


@pytest.fixture
def as_the_owner(world, db):
    """Run SQL with every trigger of the tables asleep."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers"
            " WHERE trigger_schema = 'public'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor.execute


def test_every_invariant_is_broken_here():
    assert set(BREAKS) | {"I7"} == set(CHECKS)


@pytest.mark.parametrize("code", sorted(CHECKS))
def test_untouched_it_holds(as_the_owner, code):
    checked, violations = CHECKS[code]()

    assert checked > 0
    assert violations == []


@pytest.mark.parametrize("code", sorted(BREAKS))
def test_broken_it_is_found(as_the_owner, code):
    as_the_owner(BREAKS[code])

    _checked, violations = CHECKS[code]()

    assert violations != []
    assert all(violations)


def test_a_sum_that_was_changed_together_with_its_hash_is_found(as_the_owner):
    report = Report.objects.get(committee__level="district")
    report.snapshot["total"]["households"] += 1
    as_the_owner(
        "UPDATE reports_report SET snapshot = %s, sha256 = %s WHERE id = %s",
        [json.dumps(report.snapshot), fingerprint(report.snapshot), report.pk],
    )

    assert CHECKS["I6"]()[1] == []
    assert "tổng không bằng" in CHECKS["I7"]()[1][0]


def test_a_part_that_is_not_what_was_sent_is_found(as_the_owner):
    child = Report.objects.get(committee__level="commune", state="reconciled")
    child.snapshot["total"]["households"] += 1
    child.snapshot["own"]["households"] += 1
    as_the_owner(
        "UPDATE reports_report SET snapshot = %s, sha256 = %s WHERE id = %s",
        [json.dumps(child.snapshot), fingerprint(child.snapshot), child.pk],
    )

    assert any("khác báo cáo đã gửi" in text for text in CHECKS["I7"]()[1])
