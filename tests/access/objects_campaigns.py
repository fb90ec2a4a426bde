"""Campaigns and plans, made for the walk of all addresses."""

from campaigns.models import Campaign
from committees.models import Committee
from tests.factories.campaigns import make_campaign, make_plan


def _make_campaign(committee: Committee) -> int | None:
    if committee.is_hamlet:
        return None
    found = Campaign.objects.filter(root=committee, year=2023).first()
    return (found or make_campaign(committee)).pk


# Short: it is printed many times.
PLAN = {
    "subject": "Tổ chức Tháng cao điểm",
    "sections": [{"kind": "part", "text": "Mục đích"}, {"kind": "part", "text": "Nội dung"}],
}


def _make_plan(committee: Committee) -> int | None:
    return None if committee.is_hamlet else make_plan(committee, data=PLAN).pk


def _make_section(committee: Committee) -> int | None:
    if committee.is_hamlet:
        return None
    return make_plan(committee, data=PLAN).sections.first().pk


MAKERS = {
    "campaign_pk": _make_campaign,
    "plan_pk": _make_plan,
    "section_pk": _make_section,
}
PAYLOADS = {
    "campaigns:targets-edit": lambda committee, pk: {"houses": "8"},
    "campaigns:section-add": lambda committee, pk: {"kind": "part", "text": "Phần thêm"},
    "campaigns:section-edit": lambda committee, pk: {"text": "Lời mới"},
    "campaigns:section-move": lambda committee, pk: {"huong": "xuong"},
    "campaigns:plan-sign": lambda committee, pk: {
        "signed_as": "0",
        "signer_name": "Lê Thị Ký",
        "signed_on": "16/10/2023",
    },
    "campaigns:plan-unsign": lambda committee, pk: {"reason": "nhầm"},
    "campaigns:plan-number": lambda committee, pk: {"number": "50", "dated_on": "16/10/2023"},
}
