"""The sample district: Thủ Thừa's peak month of 2023, from its spreadsheets to its reports.

Made only by the public commands and actions, each of which changes nothing the second time.
"""

import io
import json
from datetime import date
from pathlib import Path

from django.core.management import call_command

from committees.access import Role
from committees.lookup import committee_at
from committees.models import Committee, User
from demo.people import username
from households.actions.counting import Counted, count_households
from households.models import PovertyList
from households.review.absent import Answer, Reason, absent_of, answer_absent

FILES = Path(__file__).parent / "thu-thua-2023"
YEAR = 2023
DAY = date(2023, 10, 17)
WINDOW = ("2023-10-17", "2023-11-18")
OPENED_ON = "2023-01-01"
COMMUNE_CASH = 20_000_000
DISTRICT_TREASURY = 420_000_000
SMALLEST_COMMUNE = 1_680  # households
REVIEWED = "28054"  # the commune whose list of the next year has come


def province() -> Committee:
    return committee_at("80", on=DAY)


def district() -> Committee:
    return committee_at("804", on=DAY)


def communes() -> list[Committee]:
    """The twelve communes that sent lists, in order of code."""
    codes = sorted(path.name[:5] for path in (FILES / "ho-ngheo").glob("*.xlsx"))
    return [committee_at(code, on=DAY) for code in codes]


def open_campaign() -> None:
    """The peak month of the province, and the funds with their opening balances."""
    start, end = WINDOW
    window = ("--year", str(YEAR), "--from", start, "--to", end)
    _run("open_campaign", *window, "--root", at(province()))


def open_funds() -> None:
    """Each commune's cash and the district's treasury account, as the year began."""
    for unit in communes():
        _open_fund(unit, "cash", COMMUNE_CASH)
    _open_fund(district(), "treasury", DISTRICT_TREASURY)


def lists() -> list[tuple[str, Path, Committee, Role]]:
    """Every list with its command, its unit and the role that imports it."""
    units = {unit.code: unit for unit in communes()}
    found = []
    for folder, command, role in (
        ("ho-ngheo", "import_households", Role.OFFICER),
        ("quy-thu", "import_receipts", Role.ACCOUNTANT),
        ("ho-tro", "import_support", Role.OFFICER),
    ):
        for path in sorted((FILES / folder).glob("*.xlsx")):
            unit = units.get(path.name[:5]) or district()
            found.append((command, path, unit, role))
    found.append(("import_houses", FILES / "nha-dai-doan-ket.xlsx", district(), Role.OFFICER))
    found.append(("import_welfare", FILES / "an-sinh-xa-hoi.xlsx", district(), Role.OFFICER))
    return found


def import_list(command: str, path: Path, unit: Committee, role: Role) -> dict:
    """Import one list; the command's answer."""
    return _run(
        command, str(path), "--committee", at(unit), "--commit", "--by", username(role, unit)
    )


def issue_plan() -> None:
    """The plan 50/KH-MTTQ-BTT of the district, entered, signed, numbered and issued."""
    clerk = username(Role.CLERK, district())
    file = str(FILES.parent / "ke-hoach-50.json")
    _run("import_plan", file, "--committee", at(district()), "--campaign", str(YEAR), "--by", clerk)


def at(unit: Committee) -> str:
    """`28051@2023-10-17`."""
    return f"{unit.code}@{DAY.isoformat()}"


def _open_fund(unit: Committee, account: str, amount: int) -> None:
    _run(
        "open_fund",
        *("--committee", at(unit), "--account", account),
        *("--amount", str(amount), "--on", OPENED_ON),
        *("--by", username(Role.ACCOUNTANT, unit)),
    )


def _run(command: str, *arguments: str) -> dict:
    answer = io.StringIO()
    call_command(command, *arguments, "--json", stdout=answer, stderr=io.StringIO())
    return json.loads(answer.getvalue())


def review_the_next_year() -> None:
    """One commune's list of 2024, two of its four absent households answered for."""
    commune = committee_at(REVIEWED, on=DAY)
    path = FILES / f"ho-ngheo-{YEAR + 1}" / f"{REVIEWED}-binh-an.xlsx"
    answer = import_list("import_households", path, commune, Role.OFFICER)
    if answer["already"]:
        return
    listed = PovertyList.objects.get(commune=commune, year=YEAR + 1)
    officer = User.objects.get(username=username(Role.OFFICER, commune))
    poor = absent_of(listed).filter(kind_before="poor").values_list("pk", flat=True)
    answer_absent(listed, list(poor), answer=Answer(Reason.ESCAPED), by=officer)


def count_everybody() -> None:
    """All households of each commune in the year, for the rates: made-up numbers."""
    for position, commune in enumerate(communes()):
        counted = Counted(SMALLEST_COMMUNE + 137 * position, 12 + position)
        officer = User.objects.get(username=username(Role.OFFICER, commune))
        count_households(commune, YEAR, counted={commune: counted}, by=officer)
