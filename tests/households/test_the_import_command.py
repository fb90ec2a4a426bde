import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from households.models import Household
from tests.factories.households import EXPECTED, LISTS, household_list, make_thu_thua

pytestmark = pytest.mark.django_db

LIST = next(LISTS.glob("28051-*.xlsx"))
EXPECTED_COMMUNE = json.loads(EXPECTED.read_text())["communes"]["28051"]


@pytest.fixture
def thu_thua():
    return make_thu_thua()


def run(file, *options, committee="28051@2023-10-17"):
    out = StringIO()
    try:
        call_command(
            "import_households", str(file), "--committee", committee, "--json", *options, stdout=out
        )
    except CommandError as refusal:
        return json.loads(out.getvalue()), refusal.returncode
    return json.loads(out.getvalue()), 0


def test_without_commit_it_only_says_what_was_understood(thu_thua):
    answer, code = run(LIST)
    assert (code, answer["committed"], answer["errors"]) == (0, False, [])
    assert answer["rows"] == answer["new"] == EXPECTED_COMMUNE["households"]
    assert (answer["changed"], answer["same"], answer["duplicates"]) == (0, 0, 0)
    assert answer["seconds"] > 0
    assert {tuple(said) for said in answer["warnings"]} == {("sheet", "row", "column", "message")}
    assert len(answer["creates"]["hamlets"]) == EXPECTED_COMMUNE["hamlets"]
    assert not Household.objects.exists()


def test_with_commit_it_writes_and_a_second_run_changes_nothing(thu_thua):
    answer, code = run(LIST, "--commit")
    assert (code, answer["committed"]) == (0, True)
    assert answer["created"]["households"] == EXPECTED_COMMUNE["households"]
    answer, code = run(LIST, "--commit")
    assert (code, answer["already"]) == (0, True)
    assert Household.objects.count() == EXPECTED_COMMUNE["households"]


def test_a_line_in_error_stops_all_unless_it_may_be_skipped(thu_thua, tmp_path):
    file = tmp_path / "ho.xlsx"
    rows = [{"Mã hộ": "28051-0001"}, {"Mã hộ": "28051-0002", "Số CCCD": "1"}]
    file.write_bytes(household_list(thu_thua["28051"], *rows))
    answer, code = run(file, "--commit")
    assert (code, answer["committed"], answer["created"]) == (1, False, {})
    (error,) = answer["errors"]
    assert (error["sheet"], error["row"], error["column"]) == ("Danh sách", 6, "Số CCCD")
    assert "hãy kiểm tra lại giấy tờ" in error["message"]
    assert not Household.objects.exists()
    answer, code = run(file, "--commit", "--skip-errors")
    assert (code, answer["committed"]) == (0, True)
    assert Household.objects.count() == 1


def test_the_list_of_another_commune_exits_1_with_its_sentence(thu_thua):
    answer, code = run(LIST, "--commit", committee="28042@2023-10-17")
    assert (code, answer["committed"]) == (1, False)
    assert "Xã Tân Thành" in answer["message"]


def test_next_years_list_counts_what_is_new_changed_and_the_same(thu_thua, tmp_path):
    def listed(name, *rows, year):
        file = tmp_path / name
        file.write_bytes(household_list(thu_thua["28051"], *rows, year=year))
        return file

    one = {"Mã hộ": "28051-0001", "Số CCCD": None}
    two = {"Mã hộ": "28051-0002", "Số CCCD": None, "Họ và tên chủ hộ": "Lê Văn Hai"}
    run(listed("2023.xlsx", one, two, year=2023), "--commit")
    new = {"Mã hộ": "28051-0003", "Số CCCD": None, "Họ và tên chủ hộ": "Võ Thị Ba"}
    twice = new | {"Họ và tên chủ hộ": "Võ Thị Tư"}
    file = listed("2024.xlsx", one, two | {"Phân loại": "Cận nghèo"}, new, twice, year=2024)
    answer, code = run(file)
    assert code == 1
    counts = [answer[key] for key in ("rows", "new", "changed", "same", "duplicates")]
    assert counts == [4, 1, 1, 1, 1]
    assert [error["row"] for error in answer["errors"]] == [8]


def test_a_refused_file_answers_in_the_same_shape(thu_thua, tmp_path):
    whole, _ = run(LIST)
    file = tmp_path / "ho.xlsx"
    file.write_bytes(b"nothing")
    refused, code = run(file)
    assert code == 1
    assert set(refused) == set(whole)
    assert refused["message"]
