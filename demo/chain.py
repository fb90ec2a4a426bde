"""The sample reports going up: communes → district → province, by the people who may."""

from collections.abc import Callable
from datetime import date

from campaigns.models import Campaign
from committees.access import Role
from committees.models import Committee, Document, User
from demo import sample
from demo.people import account
from reports import actions
from reports.models import Report

# Placeholders: no chairman of that time is named but the one whom the plan itself prints.
SIGNER = "Nguyễn Văn Mẫu"
CAPACITY = "TM. BAN THƯỜNG TRỰC"
COMMUNE_NUMBER = 35
COMMUNE_DAY = date(2023, 11, 21)
DISTRICT = (62, date(2023, 11, 24))
PROVINCE = (194, date(2023, 11, 29))


def send_upwards(compile_drafts: Callable[[Committee], None], say: Callable[[str], None]) -> None:
    """Compile, send, reconcile, sign, number and issue, level by level.

    ``compile_drafts(unit)`` lets the workers compile the drafts of a unit and all below it.
    Reports that are already on their way are left where they are.
    """
    province, district = sample.province(), sample.district()
    campaign = Campaign.objects.get(root=province, year=sample.YEAR)
    compile_drafts(province)
    for position, commune in enumerate(sample.communes()):
        number = COMMUNE_NUMBER + position
        if _pass_on(campaign, commune, upper=district, number=number, day=COMMUNE_DAY):
            say(f"{commune.name}: đã gửi, huyện đã đối chiếu, phát hành số {number}")
    compile_drafts(district)
    if _pass_on(campaign, district, upper=province, number=DISTRICT[0], day=DISTRICT[1]):
        say(f"{district.name}: đã gửi, tỉnh đã đối chiếu, phát hành số {DISTRICT[0]}")
    compile_drafts(province)
    if _pass_on(campaign, province, upper=None, number=PROVINCE[0], day=PROVINCE[1]):
        say(f"{province.name}: đã gửi Trung ương, phát hành số {PROVINCE[0]}")


def report_of(committee: Committee) -> Report:
    """The live sample report of a unit."""
    return Report.objects.live().get(
        committee=committee, campaign__year=sample.YEAR, campaign__root=sample.province()
    )


def _pass_on(
    campaign: Campaign, unit: Committee, *, upper: Committee | None, number: int, day: date
) -> bool:
    report = Report.objects.live().get(campaign=campaign, committee=unit)
    moved = report.state == Report.State.DRAFT
    if moved:
        report = actions.send_report(report, by=account(Role.STANDING, unit))
    if upper and report.state == Report.State.SENT:
        report = actions.reconcile_report(report, by=account(Role.STANDING, upper))
    _issue(report, number=number, day=day, clerk=account(Role.CLERK, unit))
    return moved


def _issue(report: Report, *, number: int, day: date, clerk: User) -> None:
    document = report.document
    if document.state == Document.State.DRAFT:
        signature = {"signer_name": SIGNER, "signer_title": "CHỦ TỊCH", "capacity": CAPACITY}
        actions.sign_report(report, **signature, signed_on=day, by=clerk)
        document.refresh_from_db()
    if document.state == Document.State.SIGNED:
        actions.number_report(report, number=str(number), dated_on=day, by=clerk)
        document.refresh_from_db()
    if document.state == Document.State.NUMBERED:
        actions.issue_report(report, by=clerk)
