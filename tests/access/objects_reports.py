"""Reports, made for the walk of all addresses: sent ones, with their paper."""

from committees.access import Role
from committees.models import Committee, User
from committees.people import system_user
from reports import actions
from reports.models import Report
from tests.access.objects_campaigns import _make_campaign
from tests.factories.committees import make_user


def _make_report(committee: Committee) -> int | None:
    campaign = _make_campaign(committee)
    if campaign is None:
        return None
    found = Report.objects.filter(committee=committee).first()
    if found is None:
        campaign = committee.campaigns.get(pk=campaign)
        draft = actions.compile_draft(campaign, committee, by=system_user())
        found = actions.send_report(draft, by=_sender(committee))
    return found.pk


def _sender(committee: Committee) -> User:
    return make_user((Role.STANDING, committee))


def _make_year(committee: Committee) -> int:
    _make_campaign(committee)
    return 2023


MAKERS = {
    "report_pk": _make_report,
    "year": _make_year,
    "code": lambda committee: "households",
    "section": lambda committee: "assessment",
}
PAYLOADS = {
    "reports:report-ask-again": lambda committee, pk: {"reason": "Thiếu hai khoản"},
    "reports:report-words": lambda committee, pk: {"text": "Lời khác"},
    "reports:report-unsign": lambda committee, pk: {"reason": "nhầm"},
    "reports:report-number": lambda committee, pk: {"number": "35", "dated_on": "21/11/2023"},
    "reports:report-sign": lambda committee, pk: {
        "signed_as": "0",
        "signer_name": "Lê Thị Ký",
        "signed_on": "20/11/2023",
    },
}
