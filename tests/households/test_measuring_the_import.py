import pytest
from django.core.management import CommandError, call_command

from committees import intake
from committees.people import system_user
from config.benching import BenchRow, medians, report
from households.benches import importing
from households.benches.lists import make_list
from households.benches.reference import dump
from households.benches.row_by_row import import_row_by_row
from households.models import Classification, Household
from tests.factories.committees import make_unit

pytestmark = pytest.mark.django_db


def test_the_made_list_imports_without_an_error_and_the_reference_writes_the_same():
    commune = make_unit("commune", "Xã Đo Thử")
    data = make_list(commune, 60)
    batch = intake.import_file(
        "households", data, name="ho.xlsx", committee=commune, by=system_user()
    )
    assert (batch.rows, batch.errors) == (60, 0)
    assert {finding["level"] for finding in batch.findings} == {"changed", "warning"}
    kept = dump(commune.pk)
    assert [table for table, _, _ in kept] == [
        "households_household",
        "households_member",
        "households_classification",
        "committees_auditevent",
    ]
    assert [text.count("\n") for _, _, text in kept] == [60] * 4


def test_every_row_of_the_bench_is_measured_and_nothing_stays(monkeypatch):
    monkeypatch.setattr(importing, "FULL", 40)
    monkeypatch.setattr(importing, "LARGE", 80)
    rows = importing.bench_import()
    assert [row.what for row in rows] == [
        "import 10,000 households",
        "import 50,000 households",
        "import 50,000 households, memory",
        "django-import-export 10,000",
    ]
    assert all(row.value > 0 and row.reference_value > 0 for row in rows)
    assert not Household.objects.exists()


def test_row_by_row_writes_as_much():
    commune = make_unit("commune", "Xã Đo Thử")
    for name in [f"Ấp {number}" for number in range(1, 13)]:
        make_unit("hamlet", name, parent=commune)
    import_row_by_row(make_list(commune, 20), commune, 2023, system_user())
    assert (Household.objects.count(), Classification.objects.count()) == (20, 20)


def test_a_row_holds_within_its_budget_only():
    row = BenchRow("a", 6.0, "s", "b", 1.0, 6)
    assert row.holds
    assert not BenchRow("a", 6.1, "s", "b", 1.0, 6).holds
    assert BenchRow("a", 10.0, "s", "b", 1.0, 10, at_least=True).holds
    assert not BenchRow("a", 9.9, "s", "b", 1.0, 10, at_least=True).holds
    answer = report("import", [row])
    assert (answer["bench"], answer["rows"][0]["ratio"]) == ("import", 6.0)
    assert answer["machine"]["cpus"] > 0


def test_slow_measures_run_once_and_the_others_in_turns():
    calls = []

    def measure(name, took):
        calls.append(name)
        return took

    assert medians(lambda: measure("slow", 21.0), lambda: measure("quick", 1.0), runs=3) == [21, 1]
    assert calls == ["slow", "quick", "quick", "quick"]


def test_an_unknown_bench_is_named():
    with pytest.raises(CommandError, match="khong-co"):
        call_command("bench", "khong-co")
