"""Campaigns, the sample district out of its spreadsheets, and a small chain of two communes."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaigns.actions import open_campaign
from campaigns.models import Campaign
from committees import intake
from committees.models import Committee, User
from committees.people import system_user
from fund.actions import ensure_fund, open_account
from reports import actions
from reports.compiling import chain_of
from reports.figures import gather
from reports.models import Report
from tests.factories.committees import make_district, make_unit, make_user
from tests.factories.fund import make_fund, make_payment, make_receipt
from tests.factories.households import make_household

FILES = Path("demo/thu-thua-2023")
EXPECTED = json.loads(Path("tests/data/thu-thua-2023-expected.json").read_text())
WINDOW = (date(2023, 10, 17), date(2023, 11, 18))
BOOKS_BEGAN = date(2023, 1, 1)
ISSUED = date(2023, 11, 21)
SIGNATURE = {
    "signer_name": "Nguyễn Văn Mẫu",
    "signer_title": "CHỦ TỊCH",
    "capacity": "TM. BAN THƯỜNG TRỰC",
    "signed_on": ISSUED,
}
LISTS = (("ho-ngheo", "households"), ("quy-thu", "receipts"), ("ho-tro", "support"))


@dataclass(frozen=True)
class Sample:
    """The sample district with everything of its spreadsheets in the records."""

    campaign: Campaign
    province: Committee
    district: Committee
    communes: dict[str, Committee]  # by code


def make_campaign(root: Committee, year: int = 2023) -> Campaign:
    """The peak month of 2023 for everything under ``root``."""
    window = (WINDOW[0].replace(year=year), WINDOW[1].replace(year=year))
    return open_campaign(root, year=year, window=window, by=system_user())[0]


def import_thu_thua() -> Sample:
    """Every list of the sample district through the product's own intake."""
    by = system_user()
    centre = make_unit("centre", "Trung ương", valid=(None, None))
    province = make_unit("province", "Tỉnh Long An", parent=centre, code="80")
    district = make_unit("district", "Huyện Thủ Thừa", parent=province, code="804")
    communes = {
        code: make_unit("commune", commune["name"], parent=district, code=code)
        for code, commune in EXPECTED["communes"].items()
    }
    for commune in communes.values():
        open_account(ensure_fund(commune, by=by), "cash", 20_000_000, on=BOOKS_BEGAN, by=by)
    open_account(ensure_fund(district, by=by), "treasury", 420_000_000, on=BOOKS_BEGAN, by=by)
    for folder, kind in LISTS:
        for file in sorted((FILES / folder).glob("*.xlsx")):
            _take_in(kind, file, communes.get(file.name[:5], district))
    _take_in("houses", FILES / "nha-dai-doan-ket.xlsx", district)
    _take_in("welfare", FILES / "an-sinh-xa-hoi.xlsx", district)
    return Sample(make_campaign(province), province, district, communes)


def _take_in(kind: str, file: Path, unit: Committee) -> None:
    intake.import_file(kind, file.read_bytes(), name=file.name, committee=unit, by=system_user())


@dataclass(frozen=True)
class Chain:
    """A province, its district and three communes; the third has no records at all."""

    campaign: Campaign
    units: dict[str, Committee]  # centre, province, district, commune1…3, hamlet1_1…
    people: dict[str, User]  # "standing.commune1", "clerk.district" …

    def person(self, role: str, unit: str) -> User:
        """The person with this role there, with rights as of now."""
        return User.objects.get(pk=self.people[f"{role}.{unit}"].pk)


def make_chain() -> Chain:
    """Two communes with a household, a gift and a payment each, and people at every level."""
    units = make_district(communes=3, hamlets=1)
    units["commune3"].name = "Xã Vắng"
    units["commune3"].save()
    for name in ("commune1", "commune2"):
        fund = make_fund(units[name])
        make_receipt(fund, 3_000_000)
        make_payment(fund, 1_000_000)
        make_household(units[f"hamlet{name[-1]}_1"], year=2023)
    make_receipt(make_fund(units["district"]), 50_000_000, account="bank")
    people = {
        f"{role}.{unit}": make_user((role, units[unit]))
        for unit in ("centre", "province", "district", "commune1", "commune2", "commune3")
        for role in ("officer", "standing", "clerk", "leader")
    }
    return Chain(make_campaign(units["province"]), units, people)


def compile_all(chain: Chain) -> dict[str, Report]:
    """The drafts of the whole chain, as the job makes them; by unit."""
    campaign, root = chain.campaign, chain.units["province"]
    gathered = gather(campaign, root)
    for unit in chain_of(campaign, root, gathered).units:
        actions.compile_draft(campaign, unit, by=system_user(), gathered=gathered)
    return {name: report for name in chain.units if (report := live_report(chain, name))}


def live_report(chain: Chain, unit: str) -> Report | None:
    """The report of a unit that is in force now."""
    return (
        Report.objects.live().filter(campaign=chain.campaign, committee=chain.units[unit]).first()
    )


def send_and_reconcile(chain: Chain, unit: str, *, upper: str) -> Report:
    """Send the unit's draft and let the level above take it in."""
    actions.compile_draft(chain.campaign, chain.units[unit], by=system_user())
    report = actions.send_report(live_report(chain, unit), by=chain.person("standing", unit))
    return actions.reconcile_report(report, by=chain.person("standing", upper))


def issue(chain: Chain, unit: str, *, number: int = 35) -> Report:
    """Sign, number and issue the unit's sent report."""
    clerk = chain.person("clerk", unit)
    report = live_report(chain, unit)
    actions.sign_report(report, **SIGNATURE, by=clerk)
    actions.number_report(report, number=str(number), dated_on=ISSUED, by=clerk)
    return actions.issue_report(report, by=clerk)
