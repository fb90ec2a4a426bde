"""A year of the registry as its people live it: xã Mỹ Thạnh takes in the decision of 2024.

The file is made by this test; every number on the pages is its own arithmetic on that file.
Screenshots go to .local/screenshots/story for a person to look at.
"""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone

from config import prepare
from tests.journeys import registry_year_pages as pages
from tests.journeys.desk import Desk, Desks
from tests.journeys.registry_year_list import Made, make_list
from tests.journeys.registry_year_site import TOLD
from tests.site import Site

EXPECTED = json.loads((prepare.ROOT / "tests" / "data" / "thu-thua-2023-expected.json").read_text())
TODAY = date(2024, 6, 20)
PREPARE = "from tests.journeys.registry_year_site import prepare; prepare()"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The lists of 2023 are in; the business day is in June 2024 for every process."""
    made = Site("registry_year", valkey_db=3)
    made.settings["CLOCK_SHIFT"] = f"{(TODAY - timezone.localdate()).days} days"
    try:
        made.start()
        made.manage("shell", "-v", "0", "-c", PREPARE)
        yield made
    finally:
        made.stop()


@pytest.fixture
def desks(browser, site) -> Iterator[Desks]:
    opened = Desks(browser, site)
    yield opened
    opened.close()


@pytest.mark.timeout(600)
def test_a_commune_takes_in_the_decision_of_a_new_year(browser, desks, site, tmp_path):
    made = make_list(tmp_path)
    place = f"{TOLD}@2024-06-20"
    figures = _figures_of_2023(site)

    pages.the_decision_comes_in(desks, made)
    told = site.ask("review", "--committee", place, "--year", "2024")
    assert told["before"] == dict(made.before)
    assert told["after"] == dict(made.after)
    assert told["annual"] == _codes_at_first(made)
    assert (told["decision_number"], told["decided_on"]) == ("125/QĐ-UBND", "2023-12-20")

    pages.absent_households_are_answered_for(desks, made)
    told = site.ask("review", "--committee", place, "--year", "2024")
    assert told["annual"] == _codes_answered(made)
    assert (told["unanswered"], told["is_balanced"]) == (0, True)
    pages.an_answer_is_taken_back_and_given_again(desks, made)
    pages.the_page_of_the_list_balances(desks, made)
    pages.the_summary_has_the_rates(desks, made)
    pages.the_front_remarks(desks, made)
    pages.a_household_changes_within_the_year(desks, made)
    hamlet = Desk(browser, site, "hamlet.ap-1", is_mobile=True, has_touch=True)
    hamlet.page.set_viewport_size({"width": 360, "height": 740})
    pages.the_hamlet_proposes_a_household_in_hardship(hamlet)
    pages.the_commune_confirms_it(desks)
    pages.the_list_is_posted_up_masked(desks, tmp_path)

    assert desks.troubles() + hamlet.troubles == []
    hamlet.close()
    assert _figures_of_2023(site) == figures
    answers = site.ask("verify_invariants")["invariants"]
    assert [answer["code"] for answer in answers if answer["violations"]] == []


def _codes_at_first(made: Made) -> dict[str, int]:
    return _annual(made) | {"chua_ro": 6}


def _codes_answered(made: Made) -> dict[str, int]:
    return _annual(made) | {
        "thoat_ngheo_vuot_chuan": 2,
        "thoat_can_ngheo": 1,
        "chuyen_di": 1,
        "chet": 1,
        "sot": 1,
    }


def _annual(made: Made) -> dict[str, int]:
    stays = sum(made.before.values()) - 6 - len(made.rose)
    return {
        "thoat_ngheo_len_can": len(made.rose),
        "phat_sinh_ngheo": 2,
        "phat_sinh_can": 1,
        "giu_nguyen": stays,
    }


def _figures_of_2023(site: Site) -> dict[str, object]:
    """The commune's figures of last year's campaign, its lists as they were sent."""
    asked = ("--committee", f"{TOLD}@2023-11-18", "--campaign", "2023", "--scope", "subtree")
    found = site.ask("figures", *asked)["figures"]
    expected = EXPECTED["communes"][TOLD]
    for key in ("households", "poor", "near_poor", "hardship", "members", "support"):
        assert found[key] == expected[key], key
    return found
