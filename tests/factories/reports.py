"""Campaigns, the sample district out of its spreadsheets, and a small chain of two communes."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from campaigns.actions import open_campaign
from campaigns.models import Campaign
from committees import intake
from committees.models import Committee
from committees.people import system_user
from fund.actions import ensure_fund, open_account
from tests.factories.committees import make_unit

FILES = Path("demo/thu-thua-2023")
EXPECTED = json.loads(Path("tests/data/thu-thua-2023-expected.json").read_text())
WINDOW = (date(2023, 10, 17), date(2023, 11, 18))
BOOKS_BEGAN = date(2023, 1, 1)
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
