"""The main job on real input: what the sample district's records say, to the đồng."""

import json
import subprocess

import pytest

from config import prepare

EXPECTED = json.loads((prepare.ROOT / "tests" / "data" / "thu-thua-2023-expected.json").read_text())
COMMUNES = sorted(EXPECTED["communes"])


def figures(site, code: str, scope: str) -> dict:
    asked = ("--committee", f"{code}@2023-11-18", "--campaign", "2023", "--scope", scope)
    return site.ask("figures", *asked)["figures"]


@pytest.fixture(scope="session")
def commune_figures(sample_site) -> dict[tuple[str, str], dict]:
    """What the command prints for every commune in both scopes, asked in one process."""
    asked = [(code, scope) for code in COMMUNES for scope in ("own", "subtree")]
    script = "\n".join(
        [
            "from django.core.management import call_command",
            f"for code, scope in {asked!r}:",
            "    call_command('figures', committee=f'{code}@2023-11-18', campaign=2023,",
            "        scope=scope, json=True)",
        ]
    )
    lines = sample_site.manage("shell", "--no-imports", "-c", script).splitlines()
    return {key: json.loads(line)["figures"] for key, line in zip(asked, lines, strict=True)}


@pytest.mark.timeout(600)
def test_the_district_with_everything_below(sample_site):
    found = figures(sample_site, "804", "subtree")

    expected = EXPECTED["subtree"]["804"]
    assert {key: found[key] for key in expected} == expected


def test_the_districts_own_fund(sample_site):
    found = figures(sample_site, "804", "own")

    expected = EXPECTED["own"]["804"]
    assert {key: found[key] for key in expected} == expected


@pytest.mark.parametrize("scope", ["own", "subtree"])
@pytest.mark.parametrize("code", COMMUNES)
def test_each_commune(commune_figures, code, scope):
    expected = EXPECTED["communes"][code]
    found = commune_figures[code, scope]

    assert {key: found[key] for key in expected} == expected


def test_every_invariant_holds_and_looked_at_something(sample_site):
    answers = sample_site.ask("verify_invariants")["invariants"]

    assert [answer["code"] for answer in answers if answer["violations"]] == []
    assert [answer["code"] for answer in answers if answer["checked"] == 0] == []
    asked = {answer["code"] for answer in answers}
    assert asked >= {f"I{n}" for n in (3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 16, 17)}


def test_building_again_changes_nothing(sample_site):
    before = figures(sample_site, "80", "subtree")

    sample_site.manage("build_demo", "--papers", str(sample_site.folder / "papers"))

    assert figures(sample_site, "80", "subtree") == before


def test_plan_and_reports_are_papers(sample_site):
    papers = sample_site.folder / "papers"
    assert len(list(papers.glob("bao-cao-*.pdf"))) == 14

    words = subprocess.run(
        ["pdftotext", "-layout", papers / "ke-hoach-50.pdf", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "50/KH-MTTQ-BTT" in words
    assert "07 căn nhà Đại đoàn kết" in " ".join(words.split())
