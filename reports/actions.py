"""The moves of a report: compiled → sent → (looked at again →) reconciled → replaced."""

from django.db import transaction

from campaigns.models import Campaign
from committees import audit
from committees.access import GRANTS, Permission, Role
from committees.models import Committee, User
from config import clock
from reports.compiling import compile_figures, fingerprint
from reports.errors import ReportError
from reports.figures import Gathered, gather
from reports.models import Report, ReportPart
from reports.prose import narrate

SNAPSHOT_VERSION = 1


@transaction.atomic
def compile_draft(
    campaign: Campaign, committee: Committee, *, by: User, gathered: Gathered | None = None
) -> Report:
    """Make or refresh the unit's draft from records and reconciled lower reports.

    A report that is sent or reconciled is left as it stands; one that was asked to be looked
    at again gets a new revision. Words that an officer edited are kept.
    """
    report = _live(campaign, committee)
    if report and report.state in {Report.State.SENT, Report.State.RECONCILED}:
        return report
    if report is None:
        report = Report(campaign=campaign, committee=committee)
    elif report.state == Report.State.LOOK_AGAIN:
        report = _next_revision(report, by=by)
    gathered = gathered or gather(campaign, committee)
    report.figures = compile_figures(campaign, committee, gathered)
    report.compiled_at = clock.now()
    report.save()
    audit.record("report.compiled", report, by=by, committee=committee, revision=report.revision)
    return report


@transaction.atomic
def edit_words(report: Report, *, section: str, text: str, by: User) -> Report:
    """Replace the composed words of one section; an empty text brings the composed ones back."""
    report = _locked(report)
    _need(report, Report.State.DRAFT, "Báo cáo đã gửi thì không sửa được; hãy lập báo cáo thay thế.")
    words = dict(report.narrative)
    words.pop(section, None)
    if text.strip():
        words[section] = text.strip()
    report.narrative = words
    report.save(update_fields=["narrative"])
    audit.record(
        "report.edited", report, by=by, committee=report.committee, section=section
    )
    return report


@transaction.atomic
def send_report(report: Report, *, by: User) -> Report:
    """Gửi số liệu: compute once more, freeze the snapshot with its hash, hand it upwards."""
    report = _locked(report)
    _need(report, Report.State.DRAFT, "Báo cáo này đã gửi rồi.")
    campaign, committee = report.campaign, report.committee
    report.figures = compile_figures(campaign, committee, gather(campaign, committee))
    report.snapshot = _snapshot(report)
    report.sha256 = fingerprint(report.snapshot)
    report.state = Report.State.SENT
    report.sent_at = clock.now()
    report.sent_by = by
    report.save()
    ReportPart.objects.bulk_create(
        ReportPart(report=report, child_id=child["report"], sha256=child["sha256"])
        for child in report.figures["children"]
    )
    audit.record(
        "report.sent",
        report,
        by=by,
        committee=committee,
        revision=report.revision,
        sha256=report.sha256,
    )
    return report


@transaction.atomic
def ask_again(report: Report, *, reason: str, by: User) -> Report:
    """Đề nghị rà soát: the level above hands the figures back, saying why."""
    report = _locked(report)
    _need_upper(report, by)
    _need(report, Report.State.SENT, "Chỉ đề nghị rà soát báo cáo đang chờ đối chiếu.")
    if not reason.strip():
        raise ReportError("Hãy ghi rõ số liệu nào cần rà soát.")
    if report.document and report.document.state == "issued":
        raise ReportError("Báo cáo đã phát hành; đơn vị cần lập báo cáo thay thế.")
    report.state = Report.State.LOOK_AGAIN
    report.review_note = reason.strip()
    report.save(update_fields=["state", "review_note"])
    audit.record(
        "report.look_again", report, by=by, committee=report.committee, reason=reason.strip()
    )
    return report


@transaction.atomic
def reconcile_report(report: Report, *, by: User) -> Report:
    """Đã đối chiếu, tiếp nhận: the level above takes the figures into its own."""
    report = _locked(report)
    _need_upper(report, by)
    _need(report, Report.State.SENT, "Chỉ tiếp nhận báo cáo đang chờ đối chiếu.")
    if report.sent_by_id == by.pk:
        raise ReportError("Người gửi báo cáo không được tự đối chiếu.")
    if fingerprint(report.snapshot) != report.sha256:
        raise ReportError("Số liệu không khớp mã kiểm tra; hãy báo quản trị hệ thống.")
    report.state = Report.State.RECONCILED
    report.reconciled_at = clock.now()
    report.reconciled_by = by
    report.save(update_fields=["state", "reconciled_at", "reconciled_by"])
    audit.record("report.reconciled", report, by=by, committee=report.committee)
    return report


@transaction.atomic
def replace_report(report: Report, *, by: User) -> Report:
    """Begin a báo cáo thay thế: the sent revision stays readable, a new draft takes its place."""
    report = _locked(report)
    if report.state not in {Report.State.SENT, Report.State.RECONCILED, Report.State.LOOK_AGAIN}:
        raise ReportError("Báo cáo này chưa gửi; hãy sửa ngay bản nháp.")
    fresh = _next_revision(report, by=by)
    fresh.figures = compile_figures(
        fresh.campaign, fresh.committee, gather(fresh.campaign, fresh.committee)
    )
    fresh.compiled_at = clock.now()
    fresh.save()
    return fresh


def _live(campaign: Campaign, committee: Committee) -> Report | None:
    # The campaign's row is the lock for making first drafts: two jobs cannot both make one.
    Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    return Report.objects.live().filter(campaign=campaign, committee=committee).first()


def _locked(report: Report) -> Report:
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("campaign", "committee", "document")
        .get(pk=report.pk)
    )


def _need(report: Report, state: str, sentence: str) -> None:
    if report.state != state:
        raise ReportError(sentence)


def _need_upper(report: Report, by: User) -> None:
    """Only the level directly above reconciles or hands back."""
    upper = report.committee.parent_path
    if not any(
        seat.committee.path == upper and Permission.REPORT_RECONCILE in GRANTS[Role(seat.role)]
        for seat in by.live_seats
    ):
        raise ReportError("Chỉ cấp trên trực tiếp được đối chiếu báo cáo này.")


def _next_revision(report: Report, *, by: User) -> Report:
    report.state = Report.State.SUPERSEDED
    report.save(update_fields=["state"])
    audit.record("report.superseded", report, by=by, committee=report.committee)
    return Report(
        campaign=report.campaign,
        committee=report.committee,
        revision=report.revision + 1,
        narrative=report.narrative,
        review_note=report.review_note,
    )


def _snapshot(report: Report) -> dict:
    campaign = report.campaign
    return {
        "version": SNAPSHOT_VERSION,
        "committee": report.committee_id,
        "name": report.committee.name,
        "campaign": campaign.pk,
        "year": campaign.year,
        "window": [campaign.window_from.isoformat(), campaign.window_to.isoformat()],
        "revision": report.revision,
        **report.figures,
        "sections": narrate(report),
    }
