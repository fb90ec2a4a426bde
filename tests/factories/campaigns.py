"""Campaigns and plans for tests, made through the actions of the product."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

from campaigns.actions import open_campaign
from campaigns.models import Campaign, Plan
from campaigns.plans import create_plan
from committees import documents
from committees.models import Committee, Document, User
from committees.people import system_user
from tests.factories.committees import make_unit

SAMPLE = Path(__file__).resolve().parents[2] / "demo" / "ke-hoach-50.json"
WINDOW = (date(2023, 10, 17), date(2023, 11, 18))
DAY = date(2023, 10, 16)


def sample_plan() -> dict:
    """The plan of the sample district as data, fresh for each caller."""
    return deepcopy(json.loads(SAMPLE.read_text(encoding="utf-8")))


def make_campaign(root: Committee | None = None, *, year: int = 2023) -> Campaign:
    """The peak month of a year at ``root`` (a new province without)."""
    root = root or make_unit("province")
    window = (WINDOW[0].replace(year=year), WINDOW[1].replace(year=year))
    return open_campaign(root, year=year, window=window, by=system_user())[0]


def make_plan(
    committee: Committee | None = None, *, data: dict | None = None, state: str = "draft"
) -> Plan:
    """A plan of ``committee`` (a new district without) in its own campaign; the sample's words.

    ``state``: how far its paper has gone; the number is then the data's own.
    """
    committee = committee or make_unit("district", "Huyện Thủ Thừa")
    data = sample_plan() if data is None else data
    campaign = Campaign.objects.filter(root=committee, year=2023).first()
    plan = create_plan(
        data, committee=committee, campaign=campaign or make_campaign(committee), by=system_user()
    )
    go_on(plan.document, state)
    return plan


def go_on(
    document: Document, state: str, *, number: int | str = 50, by: User | None = None
) -> Document:
    """Take a draft paper as far as ``state``: signed, numbered or issued on 16/10/2023."""
    by = by or system_user()
    steps = ["signed", "numbered", "issued"]
    for step in steps[: steps.index(state) + 1] if state in steps else []:
        if step == "signed":
            documents.record_signature(
                document,
                signer_name="Lê Thị Ký",
                signer_title="Chủ tịch",
                capacity="TM. BAN THƯỜNG TRỰC",
                signed_on=DAY,
                by=by,
            )
        elif step == "numbered":
            documents.enter_number(document, number=number, dated_on=DAY, by=by)
        else:
            documents.issue(document, by=by)
    return document
