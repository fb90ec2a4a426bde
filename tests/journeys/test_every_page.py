"""Every page of the URLconf, on the sample site, at three widths: calm, whole and accessible.

Screenshots go to .local/screenshots for a person to look at.
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Error as BrowserError

from config import prepare
from tests import databases
from tests.journeys.conftest import Person

WIDTHS = (360, 768, 1366)
SCREENSHOTS = prepare.ROOT / ".local" / "screenshots"
NO_PAGES = ("schema", "api", "static", "admin", "healthz", "readyz")
# Who looks: the first of them who may see the page.
ACCOUNTS = (
    "officer.xa-my-thanh-2023",
    "accountant.xa-my-thanh-2023",
    "standing.xa-my-thanh-2023",
    "clerk.xa-my-thanh-2023",
    "standing.huyen-thu-thua-2023",
    "officer.huyen-thu-thua-2023",
    "accountant.huyen-thu-thua-2023",
    "clerk.huyen-thu-thua-2023",
    "admin.huyen-thu-thua-2023",
    "auditor.huyen-thu-thua-2023",
    "leader.tinh-long-an-2023",
)
MY_THANH = "(SELECT path FROM committees_committee WHERE code = '28051' AND valid_to IS NOT NULL)"
THU_THUA = "(SELECT path FROM committees_committee WHERE code = '804')"


def _under(table: str, join: str, place: str = MY_THANH) -> str:
    return (
        f"SELECT t.id FROM {table} t {join} JOIN committees_committee c ON c.id = x.place"
        f" WHERE starts_with(c.path, {place}) ORDER BY t.id LIMIT 1"
    )


def _by(column: str) -> str:
    return f"CROSS JOIN LATERAL (SELECT t.{column} AS place) x"


# One object for each kind of key that an address may carry.
OBJECTS = {
    "committee_pk": f"SELECT id FROM committees_committee WHERE path = {MY_THANH}",
    "household_pk": _under("households_household", _by("commune_id")),
    "list_pk": _under("households_povertylist", _by("commune_id")),
    "hardship_pk": _under("households_hardshipcase", _by("hamlet_id")),
    "likeness_pk": _under("households_likeness", _by("commune_id")),
    "commune_pk": f"SELECT id FROM committees_committee WHERE path = {MY_THANH}",
    "province_pk": "SELECT id FROM committees_committee WHERE level = 'province' AND code = '80'",
    "mark_pk": _under("households_poorplace", _by("committee_id")),
    "line_pk": "SELECT id FROM households_povertyline WHERE place_id > 0 ORDER BY id LIMIT 1",
    "transition_pk": _under("households_transition", _by("hamlet_id")),
    "remark_pk": _under(
        "households_listremark",
        "CROSS JOIN LATERAL (SELECT commune_id AS place FROM households_povertylist"
        " WHERE id = t.poverty_list_id) x",
    ),
    "merge_pk": _under(
        "households_merge",
        "CROSS JOIN LATERAL (SELECT commune_id AS place FROM households_household"
        " WHERE id = t.kept_id) x",
    ),
    "person_pk": _under(
        "households_member",
        "CROSS JOIN LATERAL (SELECT commune_id AS place FROM households_household"
        " WHERE id = t.household_id) x",
    ),
    "move_pk": _under("households_householdmove", _by("to_commune_id")),
    "sent_pk": _under("households_householdmove", _by("from_commune_id")),
    "batch_pk": _under("committees_importbatch", _by("committee_id")),
    "fund_pk": _under("fund_fund", _by("committee_id")),
    "voucher_pk": _under(
        "fund_voucher",
        "CROSS JOIN LATERAL (SELECT committee_id AS place FROM fund_fund WHERE id = t.fund_id) x",
    ),
    "support_list_pk": _under("fund_supportlist", _by("committee_id")),
    "support_pk": _under("fund_support", _by("place_id")),
    "welfare_pk": _under("fund_welfaretotal", _by("place_id")),
    "house_pk": _under(
        "housing_house",
        "CROSS JOIN LATERAL (SELECT commune_id AS place FROM households_household"
        " WHERE id = t.household_id) x",
    ),
    "round_pk": _under("housing_houseround", _by("committee_id"), THU_THUA),
    "campaign_pk": "SELECT id FROM campaigns_campaign ORDER BY id LIMIT 1",
    "plan_pk": "SELECT id FROM campaigns_plan ORDER BY id LIMIT 1",
    "section_pk": "SELECT id FROM campaigns_plansection WHERE kind = 'dash' ORDER BY id LIMIT 1",
    "target_pk": "SELECT id FROM campaigns_target ORDER BY id LIMIT 1",
    "document_pk": "SELECT document_id FROM campaigns_plan ORDER BY id LIMIT 1",
    "report_pk": _under("reports_report", _by("committee_id")),
    "donor_pk": _under("campaigns_donor", _by("committee_id")),
    "user_pk": "SELECT id FROM committees_user WHERE username = 'officer.xa-my-thanh-2023'",
    "seat_pk": _under("committees_seat", _by("committee_id")),
    "export_pk": "SELECT id FROM jobs_job WHERE kind = 'households.export' ORDER BY id LIMIT 1",
    "job_pk": "SELECT id FROM jobs_job ORDER BY id LIMIT 1",
    "code": "SELECT 'households'",
    "section": "SELECT 'received'",
    "year": "SELECT 2023",
    "kind": "SELECT 'households'",
}


def addresses() -> list[tuple[str, str]]:
    """(name, route) of everything in the URLconf that may be a page."""
    found = []

    def walk(patterns, prefix: str, space: str) -> None:
        for entry in patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                walk(
                    entry.url_patterns,
                    route,
                    f"{space}{entry.namespace}:" if entry.namespace else space,
                )
            elif isinstance(entry, URLPattern) and entry.name:
                found.append((f"{space}{entry.name}", route))

    walk(get_resolver().url_patterns, "/", "")
    return [(name, route) for name, route in found if not route.strip("/").startswith(NO_PAGES)]


@pytest.fixture(scope="session")
def ids(sample_site) -> dict[str, str]:
    opened = databases.connect("app", sample_site.database)
    answers = {}
    with opened.cursor() as cursor:
        for key, sql in OBJECTS.items():
            cursor.execute(sql)
            row = cursor.fetchone()
            answers[key] = str(row[0]) if row else ""
    opened.close()
    return answers


@pytest.fixture(scope="session")
def people(browser, sample_site):
    known: dict[str, Person] = {}

    def person(username: str) -> Person:
        if username not in known:
            known[username] = Person(browser, sample_site, username)
        return known[username]

    yield person
    for one in known.values():
        one.close()


def _address(route: str, ids: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: ids[match.group(1)], route)


def _somebody_who_sees(people, address: str):
    for username in ACCOUNTS:
        person = people(username)
        answer = person.context.request.get(address)
        if answer.status not in {403, 404, 405}:
            return person, answer
    return None, None


@pytest.mark.parametrize(("name", "route"), addresses(), ids=lambda value: value)
def test_page_is_calm_whole_and_accessible(name, route, sample_site, ids, people):
    address = _address(route, ids)
    person, answer = _somebody_who_sees(people, address)
    if person is None:  # an address that only takes what a form sends
        tried = people(ACCOUNTS[0]).context.request.get(address)
        assert tried.status in {403, 404, 405}, f"{name}: {tried.status}"
        return
    assert answer.status == 200, f"{name}: {answer.status}"
    if "text/html" not in answer.headers["content-type"] or "<html" not in answer.text():
        return
    page = person.page
    noted: list[str] = []
    page.on(
        "console", lambda message: noted.append(message.text) if message.type == "error" else None
    )
    wrong = []
    page.goto(address)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        _keep_picture(page, name, width)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1"):
            wrong.append(f"{width} px: nội dung tràn ngang")
        if width != 768:
            wrong += _serious(page, width)
    assert not wrong + noted, f"{name} ({person.username}): {wrong + noted}"


def _keep_picture(page, name: str, width: int) -> None:
    path: Path = SCREENSHOTS / str(width) / f"{name.replace(':', '-')}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        page.screenshot(path=path, full_page=True)
    except BrowserError:  # the compositor of a busy machine sometimes gives no frame at once
        page.screenshot(path=path, full_page=True)


def _serious(page, width: int) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{width} px: {violation['id']} {violation['nodes'][0]['html'][:120]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    ]
