import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from households.models import Classification
from tests.factories.committees import make_district, make_user
from tests.households.reviewing import lists_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed():
    units = make_district()
    officer = make_user(("officer", units["commune1"]))
    before = {"A": "poor", "B": "poor", "C": "near_poor", "D": "hardship"}
    found, _ = lists_of(units, officer, before, {"A": "near_poor", "C": "near_poor", "E": "poor"})
    return found


def ask(listed, *more: str) -> str:
    out = io.StringIO()
    place = f"{listed.commune.code}@{date(2024, 6, 1)}"
    call_command("review", "--committee", place, *more, stdout=out)
    return out.getvalue()


def test_the_command_tells_what_the_list_says(listed):
    told = json.loads(ask(listed, "--year", "2024", "--json"))
    assert told["before"] == {"poor": 2, "near_poor": 1, "hardship": 1}
    assert told["after"] == {"poor": 1, "near_poor": 2, "hardship": 0}
    assert told["transitions"] == {
        "thoat_ngheo_len_can": 1,
        "phat_sinh_ngheo": 1,
        "giu_nguyen": 1,
        "chua_ro": 2,
    }
    assert (told["unanswered"], told["is_balanced"], told["same_standard"]) == (2, True, True)
    poor = {"start": 2, "came": 1, "left": 2, "end": 1, "difference": 0}
    assert told["balance"]["poor"] == poor
    said = ask(listed, "--year", "2024")
    assert "Hộ nghèo: 2 + 1 − 2 = 1 hộ" in said
    assert "Giữ nguyên: 1 hộ" in said


def test_a_first_list_has_nothing_before_it(listed):
    told = json.loads(ask(listed, "--year", "2023", "--json"))
    assert (told["previous"], told["before"], told["transitions"]) == (None, None, {})
    assert told["is_balanced"]


def test_what_is_not_there_or_does_not_balance_is_an_error(listed):
    with pytest.raises(CommandError, match="chưa có danh sách năm 2022"):
        ask(listed, "--year", "2022")
    Classification.objects.filter(poverty_list=listed, kind="poor").delete()
    with pytest.raises(CommandError, match="chưa khớp"):
        ask(listed, "--year", "2024", "--json")
