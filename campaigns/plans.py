"""Plans (kế hoạch): made from data, edited piece by piece while they are drafts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from campaigns.errors import CampaignError, PlanIsSigned
from campaigns.models import Campaign, Plan, PlanSection, Target
from campaigns.models.campaign import paths_above
from campaigns.wording import UNITS, missing_names, unknown_names
from committees import audit, documents
from committees.errors import DocumentError
from committees.models import Committee, Document, User
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.text import clean

PARENTS = {
    PlanSection.Kind.PART: {None},
    PlanSection.Kind.CLAUSE: {None, "part"},
    PlanSection.Kind.DASH: {None, "part", "clause"},
    PlanSection.Kind.PARAGRAPH: {None, "part", "clause"},
}
LONGEST_TEXT = 5000


@transaction.atomic
def create_plan(
    data: Mapping[str, Any], *, committee: Committee, campaign: Campaign, by: User
) -> Plan:
    """A draft plan from structured data (the form of demo/ke-hoach-50.json).

    Keys: subject; upper {number, dated_on, issuer, subject}; opening; sections (kind, text,
    children); closing; targets {houses: 7}; recipients; signer {name, title, capacity}. Only
    the subject is needed. Raises ``CampaignError`` or ``DocumentError`` for what is wrong.
    """
    if campaign.root.path not in paths_above(committee):
        raise CampaignError(f"{committee.name} không thuộc chiến dịch của {campaign.root.name}.")
    document = documents.draft_document(
        committee, kind=Document.Kind.PLAN, subject=data.get("subject", ""), by=by
    )
    plan = Plan.objects.create(campaign=campaign, committee=committee, document=document)
    _change(plan, data)
    _add_tree(plan, None, data.get("sections", []))
    _put_targets(plan, data.get("targets", {}))
    audit.record("plan.created", plan, by=by, committee=committee, campaign=campaign.pk)
    return plan


@transaction.atomic
def edit_plan(plan: Plan, data: Mapping[str, Any], *, by: User) -> Plan:
    """Change what stands around the sections; keys as in ``create_plan``, absent ones stay."""
    draft = lock_draft(plan)
    _change(draft, data)
    audit.record("plan.edited", draft, by=by, committee=draft.committee, fields=sorted(data))
    return draft


@transaction.atomic
def set_targets(plan: Plan, quantities: Mapping[str, int | None], *, by: User) -> Plan:
    """Set the plan's targets by indicator (households' houses, đồng, gifts); None removes one.

    Paragraphs that name a target, the board and the report all read the new quantity.
    """
    draft = lock_draft(plan)
    _put_targets(draft, quantities)
    audit.record("plan.targets_set", draft, by=by, committee=draft.committee, **quantities)
    return draft


@transaction.atomic
def add_section(
    plan: Plan, *, kind: str, text: str, parent: PlanSection | None, by: User
) -> PlanSection:
    """Add a piece after its last sibling; numbers follow from the order."""
    draft = lock_draft(plan)
    section = _new_section(draft, parent, kind=kind, text=text, position=_last(draft, parent) + 1)
    section.save()
    audit.record("plan.section_added", section, by=by, committee=draft.committee, plan=draft.pk)
    return section


@transaction.atomic
def edit_section(section: PlanSection, *, text: str, by: User) -> PlanSection:
    """New words for a piece."""
    draft = lock_draft(section.plan)
    section.text = _text(text)
    section.save(update_fields=["text"])
    audit.record("plan.section_edited", section, by=by, committee=draft.committee, plan=draft.pk)
    return section


@transaction.atomic
def move_section(section: PlanSection, *, up: bool, by: User) -> bool:
    """Change places with the neighbour above or below, children and all; False at the end."""
    draft = lock_draft(section.plan)
    siblings = list(_siblings(draft, section.parent_id))
    at = next(index for index, sibling in enumerate(siblings) if sibling.pk == section.pk)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(siblings):
        return False
    siblings[at], siblings[to] = siblings[to], siblings[at]
    _number(siblings)
    audit.record(
        "plan.section_moved", section, by=by, committee=draft.committee, plan=draft.pk, up=up
    )
    return True


@transaction.atomic
def remove_section(section: PlanSection, *, by: User) -> None:
    """Take a piece out, with everything below it; the rest is numbered anew."""
    draft = lock_draft(section.plan)
    audit.record(
        "plan.section_removed",
        section,
        by=by,
        committee=draft.committee,
        plan=draft.pk,
        text=section.text[:200],
    )
    parent = section.parent_id
    section.delete()
    _number(list(_siblings(draft, parent)))


def refuse_gaps(plan: Plan) -> None:
    """Raise ``CampaignError`` when a plan is not ready to be signed."""
    if not plan.sections.exists():
        raise CampaignError("Kế hoạch chưa có nội dung; hãy thêm các mục trước khi ký.")
    empty = plan.sections.filter(kind=PlanSection.Kind.PART, children=None).first()
    if empty:
        raise CampaignError(
            f"Phần “{empty.text}” chưa có nội dung; hãy viết tiếp hoặc bỏ phần này."
        )
    labels = dict(Target.Indicator.choices)
    missing = [labels.get(name, name) for name in missing_names(plan)]
    if missing:
        raise CampaignError(f"Hãy ghi chỉ tiêu {', '.join(missing)} mà kế hoạch có nhắc đến.")


def lock_draft(plan: Plan) -> Plan:
    """The plan under its row lock; ``PlanIsSigned`` once its words stand."""
    locked = (
        Plan.objects.select_for_update(of=("self",), no_key=True)
        .select_related("document", "committee", "campaign")
        .get(pk=plan.pk)
    )
    if locked.document.state != Document.State.DRAFT:
        raise PlanIsSigned(
            "Kế hoạch đã ký nên không sửa được; hãy hủy ghi nhận chữ ký nếu chưa vào số."
        )
    return locked


def _change(plan: Plan, data: Mapping[str, Any]) -> None:
    for name in ("opening", "closing"):
        if name in data:
            setattr(plan, name, _text(data[name], needed=False))
    if "recipients" in data:
        plan.recipients = [line for raw in data["recipients"] if (line := _line(raw))]
    if "upper" in data:
        _set_upper(plan, data["upper"] or {})
    plan.save()
    _change_document(plan.document, data)


def _set_upper(plan: Plan, upper: Mapping[str, Any]) -> None:
    number, day = _line(upper.get("number", "")), upper.get("dated_on")
    if bool(number) != bool(day):
        raise CampaignError("Hãy ghi cả số và ngày của kế hoạch cấp trên, hoặc bỏ trống cả hai.")
    if number:
        documents.parse_number(number)
    plan.upper_number = number
    plan.upper_on = date.fromisoformat(day) if isinstance(day, str) and day else day or None
    plan.upper_issuer = _line(upper.get("issuer", ""), 200)
    plan.upper_subject = _line(upper.get("subject", ""), 400)


def _change_document(document: Document, data: Mapping[str, Any]) -> None:
    signer = data.get("signer") or {}
    document.signer_name = _line(signer.get("name", document.signer_name), 120)
    document.signer_title = _line(signer.get("title", document.signer_title), 60).upper()
    document.capacity = signer.get("capacity", document.capacity)
    if "subject" in data:
        document.subject = _line(data["subject"], 400)
        if not document.subject:
            raise DocumentError("Hãy ghi trích yếu của văn bản.")
    document.save(update_fields=["signer_name", "signer_title", "capacity", "subject"])


def _put_targets(plan: Plan, quantities: Mapping[str, int | None]) -> None:
    for indicator, quantity in quantities.items():
        if indicator not in Target.Indicator.values:
            raise CampaignError(f"Không có chỉ tiêu “{indicator}”.")
        if quantity is not None and quantity <= 0:
            raise CampaignError("Chỉ tiêu phải lớn hơn 0; hãy bỏ trống nếu không đặt chỉ tiêu.")
        if quantity is None:
            plan.targets.filter(indicator=indicator).delete()
        else:
            Target.objects.update_or_create(
                plan=plan,
                indicator=indicator,
                defaults={"quantity": quantity, "unit": UNITS[indicator]},
            )


def _add_tree(plan: Plan, parent: PlanSection | None, pieces: Iterable[Mapping[str, Any]]) -> None:
    for position, piece in enumerate(pieces, start=1):
        section = _new_section(
            plan, parent, kind=piece["kind"], text=piece["text"], position=position
        )
        section.save()
        _add_tree(plan, section, piece.get("children", []))


def _new_section(
    plan: Plan, parent: PlanSection | None, *, kind: str, text: str, position: int
) -> PlanSection:
    if parent is not None and parent.plan_id != plan.pk:
        raise CampaignError("Mục này thuộc kế hoạch khác; hãy tải lại trang.")
    if kind not in PARENTS or (parent.kind if parent else None) not in PARENTS[kind]:
        raise CampaignError("Không đặt được loại mục này ở đây; hãy chọn loại khác.")
    return PlanSection(plan=plan, parent=parent, kind=kind, position=position, text=_text(text))


def _siblings(plan: Plan, parent: int | None) -> Iterable[PlanSection]:
    return plan.sections.filter(parent=parent).order_by("position", "pk")


def _last(plan: Plan, parent: PlanSection | None) -> int:
    last = _siblings(plan, parent.pk if parent else None).last()
    return last.position if last else 0


def _number(siblings: list[PlanSection]) -> None:
    for position, sibling in enumerate(siblings, start=1):
        sibling.position = position
    PlanSection.objects.bulk_update(siblings, ["position"])


def _text(raw: str, *, needed: bool = True) -> str:
    text = _line(raw, LONGEST_TEXT)
    if needed and not text:
        raise CampaignError("Hãy ghi nội dung của mục.")
    unknown = unknown_names(text)
    if unknown:
        raise CampaignError(
            f"Không có chỉ tiêu {{{unknown[0]}}}; hãy dùng {{houses}}, {{receipts}} hoặc {{gifts}}."
        )
    return text


def _line(raw: str, max_length: int = 300) -> str:
    try:
        return clean(raw, max_length=max_length)
    except NotUnderstood as error:
        raise CampaignError(str(error)) from error
