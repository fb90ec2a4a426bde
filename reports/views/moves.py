"""What people do with a report: words, sending, looking again, reconciling, replacing, issuing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from committees.access import Permission, requires
from committees.document_forms import NumberForm, SignatureForm, WithdrawalForm
from committees.errors import CommitteeError
from config.vietnamese.amounts import dong, grouped
from reports import actions, prose
from reports.compiling import compile_figures, fingerprint
from reports.errors import ReportError
from reports.figures import gather
from reports.figures.indicators import INDICATORS
from reports.forms import ReasonForm, SendForm, WordsForm
from reports.views.detail import report_or_404

REFUSALS = (ReportError, CommitteeError)
TO_CHECK = (
    "households",
    "received_total",
    "spent_total",
    "money_closing",
    "supported_households",
    "not_supported_households",
    "welfare",
    "houses.approved",
)


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_EDIT)
def report_words(request, report_pk, section):
    report = report_or_404(request, Permission.REPORT_EDIT, report_pk)
    if section not in prose.HEADINGS:
        raise Http404
    composed = prose.compose(report)[section]
    words = report.narrative.get(section) or "\n".join(composed)
    form = WordsForm(request.POST or None, initial={"text": words})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        text = "" if text.strip() == "\n".join(composed) else text
        if _done(
            request,
            form,
            "Đã lưu lời văn.",
            lambda: actions.edit_words(report, section=section, text=text, by=request.user),
        ):
            return redirect("reports:report-detail", report.pk)
    title = f"Sửa lời văn: {prose.title_of(section)}"
    return _form(request, report, form, title, composed=composed, submit="Lưu lời văn")


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_SEND)
def report_send(request, report_pk):
    report = report_or_404(request, Permission.REPORT_SEND, report_pk)
    form = SendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        if _done(
            request,
            form,
            "Đã gửi số liệu; cấp trên sẽ đối chiếu.",
            lambda: actions.send_report(report, by=request.user, seen=seen),
        ):
            return redirect("reports:report-detail", report.pk)
    report.figures = compile_figures(
        report.campaign, report.committee, gather(report.campaign, report.committee)
    )
    shown = SendForm(initial={"seen": fingerprint(report.figures)})
    return render(
        request,
        "reports/report_review.html",
        {
            "report": report,
            "form": shown,
            "refusals": form.non_field_errors() if form.is_bound else [],
            "title": "Kiểm tra lại trước khi gửi số liệu",
            "rows": _rows_to_check(report.figures["total"]),
            "warnings": _missing(report.figures),
            "submit": "Gửi số liệu",
            "after": "Sau khi gửi, số liệu được giữ nguyên; muốn sửa phải lập báo cáo thay thế.",
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_RECONCILE)
def report_ask_again(request, report_pk):
    report = report_or_404(request, Permission.REPORT_RECONCILE, report_pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(
            request,
            form,
            f"Đã đề nghị {report.committee.name} rà soát lại.",
            lambda: actions.ask_again(report, reason=reason, by=request.user),
        ):
            return redirect("reports:report-detail", report.pk)
    return _form(request, report, form, "Đề nghị rà soát", submit="Gửi đề nghị rà soát")


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_RECONCILE)
def report_reconcile(request, report_pk):
    report = report_or_404(request, Permission.REPORT_RECONCILE, report_pk)
    if request.method == "POST":
        return _move(
            request,
            report,
            f"Đã đối chiếu, tiếp nhận báo cáo của {report.committee.name}.",
            lambda: actions.reconcile_report(report, by=request.user),
        )
    content = report.snapshot or report.figures
    return render(
        request,
        "reports/report_review.html",
        {
            "report": report,
            "title": "Đối chiếu, tiếp nhận",
            "rows": _rows_to_check(content["total"]),
            "warnings": _missing(content),
            "submit": "Đã đối chiếu, tiếp nhận",
            "after": "Số liệu này sẽ được cộng vào báo cáo của cấp tiếp nhận.",
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_SEND)
def report_replace(request, report_pk):
    report = report_or_404(request, Permission.REPORT_SEND, report_pk)
    if request.method == "POST":
        return _move(
            request,
            report,
            "Đã lập dự thảo báo cáo thay thế.",
            lambda: actions.replace_report(report, by=request.user),
        )
    return render(
        request,
        "reports/report_review.html",
        {
            "report": report,
            "title": "Lập báo cáo thay thế",
            "rows": [
                {"label": "Báo cáo đang có", "value": f"lần {report.revision}"},
                {"label": "Tình trạng", "value": report.get_state_display()},
            ],
            "warnings": [
                "Báo cáo đang có vẫn đọc được nhưng hết hiệu lực; cấp trên chưa cộng số liệu của "
                "đơn vị cho đến khi đối chiếu báo cáo thay thế."
            ],
            "submit": "Lập báo cáo thay thế",
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ISSUE)
def report_sign(request, report_pk):
    report = report_or_404(request, Permission.REPORT_ISSUE, report_pk)
    document = _document_or_404(report)
    form = SignatureForm(request.POST or None, document=document)
    if request.method == "POST" and form.is_valid():
        signature = form.signature()
        if _done(
            request,
            form,
            "Đã ghi nhận chữ ký; bước tiếp theo là vào số.",
            lambda: actions.sign_report(report, **signature, by=request.user),
        ):
            return redirect("reports:report-detail", report.pk)
    return _form(request, report, form, "Ghi nhận đã ký", submit="Ghi nhận đã ký")


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ISSUE)
def report_unsign(request, report_pk):
    report = report_or_404(request, Permission.REPORT_ISSUE, report_pk)
    _document_or_404(report)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _done(
            request,
            form,
            "Đã hủy ghi nhận chữ ký.",
            lambda: actions.unsign_report(report, reason=reason, by=request.user),
        ):
            return redirect("reports:report-detail", report.pk)
    return _form(request, report, form, "Hủy ghi nhận chữ ký", submit="Hủy ghi nhận chữ ký")


@require_http_methods(["GET", "POST"])
@requires(Permission.REPORT_ISSUE)
def report_number(request, report_pk):
    report = report_or_404(request, Permission.REPORT_ISSUE, report_pk)
    form = NumberForm(request.POST or None, document=_document_or_404(report))
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        warnings: list[str] = []
        if _done(
            request,
            form,
            "Đã vào số; bước tiếp theo là phát hành.",
            lambda: warnings.extend(actions.number_report(report, **entered, by=request.user)),
        ):
            for warning in warnings:
                messages.warning(request, warning)
            return redirect("reports:report-detail", report.pk)
    return _form(request, report, form, "Vào số", submit="Vào số")


@require_POST
@requires(Permission.REPORT_ISSUE)
def report_issue(request, report_pk):
    report = report_or_404(request, Permission.REPORT_ISSUE, report_pk)
    _document_or_404(report)
    return _move(
        request,
        report,
        "Đã phát hành báo cáo.",
        lambda: actions.issue_report(report, by=request.user),
    )


def _done(request, form, said, move) -> bool:
    """Make the move; a refusal stands on the form, success becomes a message."""
    try:
        move()
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, said)
    return True


def _move(request, report, said, move):
    """Make a move that has no form; a refusal becomes a message."""
    try:
        moved = move()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:report-detail", report.pk)
    messages.success(request, said)
    return redirect("reports:report-detail", moved.pk)


def _form(request, report, form, title, **more):
    return render(
        request, "reports/report_form.html", {"report": report, "form": form, "title": title} | more
    )


def _document_or_404(report):
    if report.document is None:
        raise Http404
    return report.document


def _rows_to_check(total):
    rows = []
    for code in TO_CHECK:
        indicator = INDICATORS[code]
        value = indicator.value(total)
        shown = dong(value) if indicator.unit == "đồng" else f"{grouped(value)} {indicator.unit}"
        rows.append({"label": indicator.label, "value": shown})
    return rows


def _missing(content):
    if not content["missing"]:
        return []
    have = content["expected"] - len(content["missing"])
    names = ", ".join(content["missing"])
    return [f"Tổng hợp tạm {have}/{content['expected']} đơn vị; chưa có số liệu của: {names}."]
