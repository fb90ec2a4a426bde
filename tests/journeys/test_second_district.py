"""Districts that the product has never seen, through the same commands, to the đồng."""

import io
import json
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from campaigns.models import Campaign
from campaigns.queries import campaign_for
from committees.lookup import committee_at
from committees.models import Committee
from committees.people import system_user
from committees.unit_lists import load_units
from reports import prose
from reports.actions import compile_draft
from reports.compiling import chain_of
from reports.figures import gather
from reports.figures.indicators import INDICATORS
from reports.figures.records import Asked, records_of
from tests.second_district import Variant, expected_of, make_district
from tests.second_district_sheets import write_lists

VARIANTS = {
    variant.name: variant
    for variant in (
        Variant(
            name="town",
            seed=1,
            units="admin_units_2024",
            root="088",
            communes=("03001", "03002", "03006", "03013", "03046", "03043"),
            year=2024,
            hamlet_kind="Tổ dân phố",
            commune_label="Xã, phường",
            has_early_house=True,
        ),
        Variant(
            name="province without districts",
            seed=2,
            units="admin_units_2025",
            root="80",
            communes=("25534", "27826", "28051", "27694", "28036"),
            year=2025,
            books_began=(7, 1),
            hamlet_kind="Khu phố",
            hamlet_label="Ấp, khu phố",
            commune_label="Xã, phường",
            fund_label="Quỹ VNN tỉnh",
            has_old_lists=False,
            own_fund=('Quỹ "Vì người nghèo" xã', "Quỹ VNN phường", "Quỹ “Vì người nghèo”"),
        ),
        Variant(
            name="typed by many hands",
            seed=3,
            units="admin_units_2024",
            root="648",
            communes=("24256", "24271", "24289", "24274", "24259", "24292"),
            year=2023,
            hamlet_kind="Buôn",
            hamlet_label="Thôn/buôn",
            commune_label="Xã/thị trấn",
            fund_label="Quỹ “Vì người nghèo” huyện (đồng)",
            own_fund=("Quỹ “Vì người nghèo” xã", "quỹ vì người nghèo thị trấn", "Quỹ VNN xã"),
            is_untidy=True,
        ),
    )
}


@dataclass
class Imported:
    variant: Variant
    expected: dict
    commands: list[tuple[str, ...]]
    first: list[dict]


def _errors(answer: dict) -> list[str]:
    return [
        f"{finding['row']} {finding['column']}: {finding['message']}"
        for finding in answer.get("errors", [])
    ]


def answer_of(*command: str) -> dict:
    """What the command prints; ``exit`` is how it ended."""
    said, status = io.StringIO(), 0
    try:
        call_command(*command, "--json", stdout=said, stderr=io.StringIO())
    except CommandError as refusal:
        status = refusal.returncode
    return json.loads(said.getvalue()) | {"exit": status}


def figures(variant: Variant, code: str, scope: str) -> dict:
    where = ("--committee", f"{code}@{variant.window[0]}", "--campaign", f"{variant.year}")
    return answer_of("figures", *where, "--scope", scope)["figures"]


def of_campaign(variant: Variant, code: str) -> tuple[Campaign, Committee]:
    unit = committee_at(code, on=variant.window[0])
    return campaign_for(unit, variant.year), unit


@pytest.fixture(scope="module")
def districts(django_db_setup, django_db_blocker, tmp_path_factory):
    """All of them in one database, imported twice, and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_units()
        found = {}
        for variant in VARIANTS.values():
            district = make_district(variant)
            commands = write_lists(district, tmp_path_factory.mktemp("lists"))
            first = [answer_of(*command) for command in commands]
            found[variant.name] = Imported(variant, expected_of(district), commands, first)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield found
        transaction.set_rollback(True)


every_variant = pytest.mark.parametrize("name", VARIANTS)


@every_variant
def test_the_root_with_everything_below(districts, name):
    variant, expected = VARIANTS[name], districts[name].expected["subtree"]
    found = figures(variant, variant.root, "subtree")

    assert {key: found[key] for key in expected} == expected


@every_variant
def test_the_roots_own_fund(districts, name):
    variant, expected = VARIANTS[name], districts[name].expected["own"]
    found = figures(variant, variant.root, "own")

    assert {key: found[key] for key in expected} == expected


@every_variant
@pytest.mark.parametrize("scope", ["own", "subtree"])
def test_each_commune(districts, name, scope):
    expected = districts[name].expected["communes"]
    found = {code: figures(VARIANTS[name], code, scope) for code in expected}

    assert {c: {key: found[c][key] for key in expected[c]} for c in expected} == expected


@every_variant
def test_nothing_is_refused(districts, name):
    answers = [answer for answer in districts[name].first if answer["exit"] or _errors(answer)]
    refused = "\n".join(
        f"{answer.get('file')}: {answer.get('message') or _errors(answer)}" for answer in answers
    )

    assert refused == ""


@every_variant
def test_the_records_of_every_figure_add_up_to_it(districts, name):
    variant = VARIANTS[name]
    for code in (variant.root, *variant.communes):
        expected = figures(variant, code, "subtree")
        asked = Asked(*of_campaign(variant, code))
        added_up = {key: records_of(one, asked).total() for key, one in INDICATORS.items()}

        assert added_up == {key: one.value(expected) for key, one in INDICATORS.items()}


@every_variant
def test_every_unit_has_a_draft_in_words(districts, name):
    campaign, root = of_campaign(VARIANTS[name], VARIANTS[name].root)
    gathered = gather(campaign, root)

    units = chain_of(campaign, root, gathered).units
    drafts = [compile_draft(campaign, u, by=system_user(), gathered=gathered) for u in units]

    assert {unit.code for unit in units} == {VARIANTS[name].root, *VARIANTS[name].communes}
    words = [str(prose.compose(draft)) for draft in drafts]
    assert [text for text in words if "None" in text] == []


@every_variant
def test_a_second_run_changes_nothing_and_says_so(districts, name):
    variant = VARIANTS[name]
    before = figures(variant, variant.root, "subtree")

    answers = [answer_of(*command) for command in districts[name].commands]

    assert [answer for answer in answers if answer["exit"] or not answer["already"]] == []
    assert figures(variant, variant.root, "subtree") == before


def test_every_invariant_holds_afterwards(districts):
    answers = answer_of("verify_invariants")["invariants"]

    assert [answer["code"] for answer in answers if answer["violations"]] == []
