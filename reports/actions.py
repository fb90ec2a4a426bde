"""The moves of a report: compiled → sent → (looked at again →) reconciled → replaced."""

from datetime import date

from django.db import transaction

from campaigns.models import Campaign
from committees import audit, documents
from committees.letterhead import standing_in_words
from committees.models import Committee, Document, User
from config import clock
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.text import clean
from reports.compiling import compile_figures, fingerprint
from reports.documents import pdf_of, subject_of
from reports.errors import ReportError
from reports.figures import Gathered, gather
from reports.models import Report, ReportPart
from reports.prose import HEADINGS, narrate
from reports.queries import is_directly_above

SNAPSHOT_VERSION = 1
MOST_WORDS = 20_000
ON_ITS_WAY = (Report.State.SENT, Report.State.RECONCILED)


@transaction.atomic
def compile_draft(
    campaign: Campaign, committee: Committee, *, by: User, gathered: Gathered | None = None
) -> Report:
    """Make or refresh the unit's draft from records and reconciled lower reports.

    A report that is sent or reconciled is left as it stands; one that was asked to be looked
    at again gets a new revision. Words that an officer edited are kept.
    """
    report = _live(campaign, committee)
    if report and report.state in ON_ITS_WAY:
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
    _need(report, Report.State.DRAFT, "Báo cáo đã gửi thì không sửa được; hãy lập bản thay thế.")
    if section not in HEADINGS:
        raise ReportError("Báo cáo không có mục này; hãy tải lại trang.")
    if len(text) > MOST_WORDS:
        raise ReportError("Lời văn của một mục không quá 20.000 ký tự; hãy rút gọn.")
    words = dict(report.narrative)
    words.pop(section, None)
    typed = _lines(text)
    if typed:
        words[section] = typed
    report.narrative = words
    report.save(update_fields=["narrative"])
    audit.record("report.edited", report, by=by, committee=report.committee, section=section)
    return report


@transaction.atomic
def send_report(report: Report, *, by: User, seen: str = "") -> Report:
    """Gửi số liệu: compute once more, freeze the snapshot with its hash, hand it upwards.

    ``seen`` is the fingerprint of the figures that the sender was shown; other figures by now
    are refused, so that nobody sends what nobody saw. The first sending makes the paper.
    """
    report = _locked(report)
    _need(report, Report.State.DRAFT, "Báo cáo này đã gửi rồi.")
    campaign, committee = report.campaign, report.committee
    report.figures = compile_figures(campaign, committee, gather(campaign, committee))
    if seen and fingerprint(report.figures) != seen:
        raise ReportError("Số liệu vừa thay đổi trong lúc kiểm tra; hãy xem lại rồi gửi.")
    if report.document is None:
        report.document = documents.draft_document(
            committee, kind=Document.Kind.REPORT, subject=subject_of(campaign), by=by
        )
    report.compiled_at = report.sent_at = clock.now()
    report.sent_by = by
    report.snapshot = _snapshot(report)
    report.sha256 = fingerprint(report.snapshot)
    report.state = Report.State.SENT
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
    reason = _lines(reason)
    if not reason:
        raise ReportError("Hãy ghi rõ số liệu nào cần rà soát.")
    if report.document and report.document.state == Document.State.ISSUED:
        raise ReportError("Báo cáo đã phát hành; đơn vị cần lập báo cáo thay thế.")
    report.state = Report.State.LOOK_AGAIN
    report.review_note = reason
    report.save(update_fields=["state", "review_note"])
    audit.record("report.look_again", report, by=by, committee=report.committee, reason=reason)
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
    if report.state not in {*ON_ITS_WAY, Report.State.LOOK_AGAIN}:
        raise ReportError("Báo cáo này chưa gửi; hãy sửa ngay bản nháp.")
    fresh = _next_revision(report, by=by)
    fresh.figures = compile_figures(
        fresh.campaign, fresh.committee, gather(fresh.campaign, fresh.committee)
    )
    fresh.compiled_at = clock.now()
    fresh.save()
    audit.record(
        "report.replacing", fresh, by=by, committee=fresh.committee, revision=fresh.revision
    )
    return fresh


def sign_report(report: Report, *, by: User, **signature: object) -> Report:
    """Văn thư records that a sent report was signed on paper.

    ``signature`` is what ``documents.record_signature`` takes: signer_name, signer_title,
    capacity, signed_on. Raises ``DocumentError`` too.
    """
    with transaction.atomic():
        report = _on_its_way(report)
        documents.record_signature(report.document, **signature, by=by)
    return report


def unsign_report(report: Report, *, reason: str, by: User) -> Report:
    """Take back a signature recorded by mistake, before a number is given."""
    with transaction.atomic():
        report = _on_its_way(report)
        documents.withdraw_signature(report.document, reason=reason, by=by)
    return report


def number_report(report: Report, *, number: str, dated_on: date, by: User) -> list[str]:
    """Vào số: returns warnings to show (a gap in the register). Raises ``DocumentError`` too."""
    with transaction.atomic():
        report = _on_its_way(report)
        return documents.enter_number(report.document, number=number, dated_on=dated_on, by=by)


def issue_report(report: Report, *, by: User) -> Report:
    """Phát hành: the PDF of the snapshot is kept as what was issued."""
    with transaction.atomic():
        report = _on_its_way(report)
        documents.issue(report.document, by=by, pdf=pdf_of(report))
    return report


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


def _lines(text: str) -> str:
    """Typed lines as they are stored: clean, none of them empty."""
    try:
        return "\n".join(line for typed in text.splitlines() if (line := clean(typed)))
    except NotUnderstood as refusal:
        raise ReportError(str(refusal)) from refusal


def _on_its_way(report: Report) -> Report:
    report = _locked(report)
    if report.state not in ON_ITS_WAY:
        raise ReportError("Báo cáo phải gửi số liệu trước khi ký, vào số, phát hành.")
    return report


def _need(report: Report, state: str, sentence: str) -> None:
    if report.state != state:
        raise ReportError(sentence)


def _need_upper(report: Report, by: User) -> None:
    """Only the level directly above reconciles or hands back."""
    if not is_directly_above(by, report):
        raise ReportError("Chỉ cấp trên trực tiếp được đối chiếu báo cáo này.")


def _next_revision(report: Report, *, by: User) -> Report:
    """The following revision; it takes over a paper that nobody signed yet."""
    document = report.document
    goes_over = document is not None and document.state == Document.State.DRAFT
    if goes_over:
        report.document = None
    report.state = Report.State.SUPERSEDED
    report.save(update_fields=["state", "document"])
    audit.record("report.superseded", report, by=by, committee=report.committee)
    return Report(
        campaign=report.campaign,
        committee=report.committee,
        revision=report.revision + 1,
        narrative=report.narrative,
        review_note=report.review_note,
        document=document if goes_over else None,
    )


def _snapshot(report: Report) -> dict:
    campaign, committee = report.campaign, report.committee
    upper = Committee.objects.filter(path=committee.parent_path).first()
    return {
        "version": SNAPSHOT_VERSION,
        "committee": committee.pk,
        "name": committee.name,
        "to": standing_in_words(upper) if upper else "",
        "campaign": campaign.pk,
        "year": campaign.year,
        "window": [campaign.window_from.isoformat(), campaign.window_to.isoformat()],
        "revision": report.revision,
        "sent_at": report.sent_at.isoformat(),
        **report.figures,
        "sections": narrate(report),
    }
