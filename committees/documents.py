"""The life of an official paper: draft → signed on paper → in the register → issued.

To print one, see ``committees.printing`` (``print_document`` and the blocks of text).
"""

import re
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max

from committees import audit, storage
from committees.errors import DocumentError
from committees.letterhead import capacities, place_name, refuse_hamlet, symbol
from committees.models import Committee, Document, User
from committees.printing import Block, Column, compose, print_document
from config import clock
from config.vietnamese.dates import format_date
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import fold
from config.vietnamese.text import clean, nfc

__all__ = ["Block", "Column", "compose", "print_document"]

STATE_STYLE = re.compile(r"(\d{1,6})([a-zđ]{0,2})/([A-ZĐa-zđ]{1,4})-(\S.*)")
PARTY_STYLE = re.compile(r"(\d{1,6})([a-zđ]{0,2})-([A-ZĐa-zđ]{1,4})/(\S.*)")


class ParsedNumber(NamedTuple):
    """The pieces of 50/KH-MTTQ-BTT and of 18-HD/MTTW-BTT (domain.md §7.4)."""

    number: int
    suffix: str
    kind: str
    issuer: str
    is_party_style: bool


def parse_number(text: str) -> ParsedNumber:
    """Take a document number apart, both styles; ``DocumentError`` when it is neither."""
    plain = " ".join(nfc(text).split()).removeprefix("Số:").strip()
    for pattern in (STATE_STYLE, PARTY_STYLE):
        found = pattern.fullmatch(plain)
        if found and int(found[1]):
            return ParsedNumber(int(found[1]), found[2], found[3], found[4], pattern is PARTY_STYLE)
    raise DocumentError(
        f"“{plain[:40]}” không phải số văn bản: hãy ghi như 50/KH-MTTQ-BTT hoặc 18-HD/MTTW-BTT."
    )


@transaction.atomic
def draft_document(
    committee: Committee,
    *,
    kind: Document.Kind,
    subject: str,
    by: User,
    series: Document.Series = Document.Series.STANDING,
) -> Document:
    """A new paper of a committee, without number and date; refuses hamlets."""
    refuse_hamlet(committee)
    usual = capacities(series)[0]
    document = Document.objects.create(
        committee=committee,
        kind=kind,
        series=series,
        subject=_filled(subject, "Hãy ghi trích yếu của văn bản.", 400),
        symbol=symbol(committee, kind, series),
        place=place_name(committee),
        capacity=usual.capacity,
        signer_title=usual.title,
        created_by=by,
    )
    audit.record("document.drafted", document, by=by, committee=committee, kind=kind)
    return document


@transaction.atomic
def record_signature(
    document: Document,
    *,
    signer_name: str,
    signer_title: str,
    capacity: str,
    signed_on: date,
    by: User,
) -> Document:
    """Văn thư records that a draft was signed on paper; from now on its text stands.

    Who records it is never who signed. Raises ``DocumentError`` for another state, for a day
    still to come or outside the unit's validity, and where something is not filled in.
    """
    paper = _locked(document, Document.State.DRAFT, "Văn bản này đã được ghi nhận chữ ký.")
    name = _filled(signer_name, "Hãy ghi họ tên người ký.", 120)
    if fold(name) == fold(by.full_name):
        raise DocumentError("Người ký không tự ghi nhận chữ ký của mình; hãy để văn thư ghi nhận.")
    _refuse_day(paper.committee, signed_on, "Ngày ký")
    paper.state = Document.State.SIGNED
    paper.signer_name = name
    paper.signer_title = _filled(signer_title, "Hãy ghi chức vụ người ký.", 60).upper()
    paper.capacity = "\n".join(
        _filled(line, "", 60).upper() for line in capacity.splitlines() if line.strip()
    )
    paper.signed_on = signed_on
    paper.signature_recorded_by = by
    paper.save()
    audit.record(
        "document.signed", paper, by=by, committee=paper.committee, signed_on=f"{signed_on}"
    )
    return _taken_over(document, paper)


@transaction.atomic
def withdraw_signature(document: Document, *, reason: str, by: User) -> Document:
    """Take back a signature recorded by mistake, before a number is given: a draft again."""
    paper = _locked(
        document, Document.State.SIGNED, "Chỉ hủy được ghi nhận chữ ký khi văn bản chưa vào số."
    )
    reason = _filled(reason, "Hãy ghi lý do hủy ghi nhận chữ ký.", 300)
    paper.state = Document.State.DRAFT
    paper.signed_on = None
    paper.signature_recorded_by = None
    paper.save()
    audit.record(
        "document.signature_withdrawn", paper, by=by, committee=paper.committee, reason=reason
    )
    return _taken_over(document, paper)


def enter_number(document: Document, *, number: int | str, dated_on: date, by: User) -> list[str]:
    """Vào số: the number of the register, typed, and the date; returns warnings to show.

    ``number`` is 50, "50", "50a" or the whole "50/KH-MTTQ-BTT". It is unique per committee,
    series, kind and year (NĐ 30/2020, Điều 15); a gap in the register only warns. Raises
    ``DocumentError`` when it is taken, of another symbol, or when the day is before the
    signature, still to come or outside the unit's validity.
    """
    try:
        with transaction.atomic():
            paper = _locked(document, Document.State.SIGNED, "Chỉ vào số văn bản đã ký.")
            count, suffix = _number_typed(number, paper)
            _refuse_day(paper.committee, dated_on, "Ngày ban hành")
            if dated_on < paper.signed_on:
                raise DocumentError(
                    f"Ngày ban hành trước ngày ký {format_date(paper.signed_on)}; hãy sửa ngày."
                )
            warnings = register_warnings(paper, number=count, dated_on=dated_on)
            paper.state = Document.State.NUMBERED
            paper.number, paper.suffix, paper.year = count, suffix, dated_on.year
            paper.dated_on = dated_on
            paper.numbered_at, paper.numbered_by = clock.now(), by
            paper.save()
            audit.record(
                "document.numbered",
                paper,
                by=by,
                committee=paper.committee,
                number=paper.number_text,
                dated_on=f"{dated_on}",
            )
    except IntegrityError as error:
        if "document_number_once_a_year" not in str(error):
            raise
        raise DocumentError(
            f"Số {number} đã dùng trong năm {dated_on.year}; hãy kiểm tra sổ công văn."
        ) from error
    _taken_over(document, paper)
    return warnings


@transaction.atomic
def issue(document: Document, *, by: User, pdf: bytes | None = None) -> Document:
    """Phát hành: the paper with its number goes out. ``pdf`` is kept as what was issued."""
    paper = _locked(document, Document.State.NUMBERED, "Chỉ phát hành văn bản đã vào số.")
    if pdf is not None:
        paper.file = storage.keep(
            pdf,
            name=f"{paper.number_text.replace('/', '-')}.pdf",
            content_type="application/pdf",
            committee=paper.committee,
            by=by,
        )
    paper.state = Document.State.ISSUED
    paper.issued_at = clock.now()
    paper.save()
    audit.record(
        "document.issued", paper, by=by, committee=paper.committee, number=paper.number_text
    )
    return _taken_over(document, paper)


def register_warnings(document: Document, *, number: int, dated_on: date) -> list[str]:
    """What looks odd about a number beside the register of its year; nothing is refused."""
    register = Document.objects.filter(
        committee=document.committee_id,
        series=document.series,
        kind=document.kind,
        year=dated_on.year,
    ).exclude(pk=document.pk)
    before = register.filter(number__lt=number).aggregate(last=Max("number"))["last"] or 0
    warnings = []
    if number - before > 1:
        gap = f"{before + 1}" if number - before == 2 else f"{before + 1}–{number - 1}"
        warnings.append(f"Sổ công văn chưa có số {gap} của năm {dated_on.year}.")
    later = register.filter(number__lt=number, dated_on__gt=dated_on).order_by("-number").first()
    if later:
        warnings.append(
            f"Số {later.number_text} nhỏ hơn nhưng lại đề ngày {format_date(later.dated_on)}."
        )
    return warnings


def _locked(document: Document, state: Document.State, refusal: str) -> Document:
    paper = (
        Document.objects.select_for_update(of=("self",), no_key=True)
        .select_related("committee")
        .get(pk=document.pk)
    )
    if paper.state != state:
        raise DocumentError(f"{refusal} Văn bản đang ở bước “{paper.get_state_display()}”.")
    return paper


def _taken_over(document: Document, paper: Document) -> Document:
    """Bring the caller's object up to date with what was saved."""
    for field in paper._meta.concrete_fields:
        setattr(document, field.attname, getattr(paper, field.attname))
    return document


def _filled(text: str, refusal: str, max_length: int) -> str:
    try:
        cleaned = clean(text, max_length=max_length)
    except NotUnderstood as error:
        raise DocumentError(str(error)) from error
    if not cleaned:
        raise DocumentError(refusal)
    return cleaned


def _refuse_day(committee: Committee, day: date, what: str) -> None:
    if day > clock.today():
        raise DocumentError(f"{what} {format_date(day)} chưa đến; hãy sửa ngày.")
    if not committee.exists_on(day):
        raise DocumentError(
            f"{what} {format_date(day)} nằm ngoài thời gian hoạt động của {committee.name}."
        )


def _number_typed(number: int | str, document: Document) -> tuple[int, str]:
    text = str(number).strip()
    if "/" not in text:
        text = f"{text}/{document.symbol}"
    parsed = parse_number(text)
    if f"{parsed.kind}-{parsed.issuer}" != document.symbol or parsed.is_party_style:
        raise DocumentError(f"Ký hiệu của văn bản này là {document.symbol}; hãy kiểm tra số đã gõ.")
    return parsed.number, parsed.suffix
