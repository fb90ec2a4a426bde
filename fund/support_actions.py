"""Support lists of a committee: drafted, proposed, decided by another person, paid, recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from campaigns.donors import donors_for, guess_kind
from campaigns.models import Drive
from committees import audit
from committees.models import Committee, User
from config import clock
from config.vietnamese.amounts import LARGEST_AMOUNT
from config.vietnamese.dates import format_date
from config.vietnamese.names import clean
from fund.actions import LEVELS_WITH_FUND, ensure_fund
from fund.errors import FundError
from fund.models import Account, Support, SupportList, Voucher
from fund.posting import post_vouchers
from fund.queries import accounts_by_kind
from fund.support_queries import usual_kind, whose_fund
from households.models import Household

State = SupportList.State


@dataclass(frozen=True)
class Terms:
    """What a list gives: its title, kind of help and day; ``giver`` empty means the own fund."""

    title: str
    kind: str
    date: date
    giver: str = ""
    drive: Drive | None = None


@dataclass(frozen=True)
class Recipient:
    """One household of a list and the value of what it gets, in đồng."""

    household: Household
    value: int


@transaction.atomic
def draft_list(committee: Committee, *, terms: Terms, by: User) -> SupportList:
    """Begin an empty list of a commune, district or province. Raises ``FundError``."""
    if committee.level not in LEVELS_WITH_FUND:
        raise FundError(f"{committee} không lập danh sách hỗ trợ; hãy chọn xã, huyện hoặc tỉnh.")
    support_list = SupportList(committee=committee, proposed_by=by)
    _set_terms(support_list, terms, by=by)
    audit.record("support.list_drafted", support_list, by=by, committee=committee)
    return support_list


@transaction.atomic
def edit_list(support_list: SupportList, *, terms: Terms, by: User) -> SupportList:
    """Change what a draft gives, for all its households. Values stay as they were chosen."""
    support_list = _locked(support_list, State.DRAFT)
    _set_terms(support_list, terms, by=by)
    support_list.supports.update(**_line_of(support_list, by=by))
    audit.record("support.list_edited", support_list, by=by, committee=support_list.committee)
    return support_list


@transaction.atomic
def choose_recipients(
    support_list: SupportList, *, recipients: Iterable[Recipient], by: User
) -> SupportList:
    """Put these households on a draft in place of those that stood there.

    Raises ``FundError`` for a list that is no draft, for the same household twice, one that no
    longer lives under the committee, and values that are no amount.
    """
    support_list = _locked(support_list, State.DRAFT)
    chosen = list(recipients)
    _refuse_unfit(support_list.committee, chosen)
    line = _line_of(support_list, by=by)
    support_list.supports.all().delete()
    Support.objects.bulk_create(
        (
            Support(
                support_list=support_list,
                place_id=recipient.household.commune_id,
                household=recipient.household,
                recipient_name=recipient.household.head_name,
                value=recipient.value,
                created_by=by,
                **line,
            )
            for recipient in chosen
        ),
        batch_size=2000,
    )
    audit.record(
        "support.recipients_chosen",
        support_list,
        by=by,
        committee=support_list.committee,
        households=len(chosen),
        value=sum(recipient.value for recipient in chosen),
    )
    return support_list


@transaction.atomic
def propose_list(support_list: SupportList, *, by: User) -> SupportList:
    """Put a draft before the standing board; from here on its lines stand still."""
    support_list = _locked(support_list, State.DRAFT)
    supports = list(support_list.supports.select_related("household"))
    if not supports:
        raise FundError("Danh sách chưa có hộ nào; hãy chọn hộ trước khi đề nghị.")
    if support_list.giver_id:
        raise FundError("Danh sách của đơn vị ngoài quỹ thì ghi nhận, không cần quyết định chi.")
    _refuse_departed(supports)
    support_list.state = State.PROPOSED
    support_list.proposed_by, support_list.proposed_at = by, clock.now()
    support_list.save(update_fields=["state", "proposed_by", "proposed_at"])
    audit.record("support.list_proposed", support_list, by=by, committee=support_list.committee)
    return support_list


@transaction.atomic
def decide_list(support_list: SupportList, *, agree: bool, note: str = "", by: User) -> SupportList:
    """Decide a proposed list: agree, or refuse with a reason. Never by who proposed it."""
    support_list = _locked(support_list, State.PROPOSED)
    if support_list.proposed_by_id == by.pk:
        raise FundError("Người đề nghị không được tự quyết định; hãy để người khác quyết định.")
    note = clean(note, max_length=300)
    if not agree and not note:
        raise FundError("Hãy ghi lý do không đồng ý.")
    support_list.state = State.DECIDED if agree else State.REFUSED
    support_list.decided_by, support_list.decided_at = by, clock.now()
    support_list.decision_note = note
    support_list.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])
    audit.record(
        "support.list_decided" if agree else "support.list_refused",
        support_list,
        by=by,
        committee=support_list.committee,
        note=note,
    )
    return support_list


def pay_list(support_list: SupportList, *, account: str, on: date, by: User) -> Voucher:
    """Pay a decided list from its fund: one payment voucher for all of it, posted at once.

    ``account`` is cash, bank or treasury. Its lines count as given on that day. Raises
    ``FundError`` when the list is not decided or the account does not hold so much.
    """
    if account not in Account.MONEY:
        raise FundError("Danh sách hỗ trợ chi từ tiền mặt, ngân hàng hoặc kho bạc.")
    _refuse_future(on)
    with transaction.atomic():
        support_list = _locked(support_list, State.DECIDED)
        supports = list(support_list.supports.select_related("household", "fund"))
        _refuse_departed(supports)
        fund = supports[0].fund
        voucher = Voucher.objects.create(
            fund=fund,
            kind=Voucher.Kind.PAYMENT,
            purpose=Voucher.Purpose.SUPPORT,
            account=accounts_by_kind(fund)[account],
            date=on,
            amount=sum(support.value for support in supports),
            party=f"{len(supports)} hộ theo danh sách",
            description=support_list.title,
            created_by=by,
        )
        post_vouchers([voucher], by=by)
        support_list.supports.update(voucher=voucher, date=on, is_given=True)
        _record(support_list)
        audit.record(
            "support.list_paid",
            support_list,
            by=by,
            committee=support_list.committee,
            voucher=voucher.pk,
            amount=voucher.amount,
        )
    return voucher


@transaction.atomic
def record_list(support_list: SupportList, *, by: User) -> SupportList:
    """Ghi nhận: what a giver outside the fund gave to these households. No books are touched."""
    support_list = _locked(support_list, State.DRAFT)
    supports = list(support_list.supports.select_related("household"))
    if not supports:
        raise FundError("Danh sách chưa có hộ nào; hãy chọn hộ trước khi ghi nhận.")
    if support_list.giver_id is None:
        raise FundError("Danh sách chi từ quỹ phải được đề nghị và quyết định.")
    _refuse_future(support_list.date)
    support_list.supports.update(is_given=True)
    _record(support_list)
    audit.record("support.list_recorded", support_list, by=by, committee=support_list.committee)
    return support_list


@transaction.atomic
def cancel_list(support_list: SupportList, *, reason: str, by: User) -> SupportList:
    """Hủy a list of which nothing was given yet; it stays on record with its reason."""
    reason = clean(reason, max_length=300)
    if not reason:
        raise FundError("Hãy ghi lý do hủy.")
    support_list = _locked(support_list, State.DRAFT, State.PROPOSED, State.DECIDED)
    support_list.state = State.CANCELLED
    support_list.decision_note = reason
    support_list.save(update_fields=["state", "decision_note"])
    audit.record(
        "support.list_cancelled",
        support_list,
        by=by,
        committee=support_list.committee,
        reason=reason,
    )
    return support_list


def _locked(support_list: SupportList, *states: str) -> SupportList:
    found = (
        SupportList.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=support_list.pk)
    )
    if found.state not in states:
        raise FundError(
            f"Danh sách này {found.get_state_display().lower()}; hãy tải lại trang để xem."
        )
    return found


def _record(support_list: SupportList) -> None:
    support_list.state = State.RECORDED
    support_list.save(update_fields=["state"])


def _set_terms(support_list: SupportList, terms: Terms, *, by: User) -> None:
    title, kind = clean(terms.title, max_length=200), clean(terms.kind, max_length=80)
    giver = clean(terms.giver, max_length=200)
    committee = support_list.committee
    if not title or not kind:
        raise FundError("Hãy ghi tên danh sách và nội dung hỗ trợ.")
    if not committee.exists_on(terms.date):
        raise FundError("Ngày hỗ trợ nằm ngoài thời gian hoạt động của đơn vị; hãy sửa ngày.")
    if giver and whose_fund(giver, committee) is not None:
        raise FundError("Nguồn này là quỹ; hãy chọn chi từ quỹ của đơn vị.")
    pair = (giver, guess_kind(giver))
    support_list.title, support_list.kind = title, usual_kind(kind)
    support_list.date, support_list.drive = terms.date, terms.drive
    support_list.giver = donors_for(committee, [pair], by=by)[pair] if giver else None
    support_list.save()


def _line_of(support_list: SupportList, *, by: User) -> dict:
    """What every line of the list has in common."""
    giver = support_list.giver
    return {
        "kind": support_list.kind,
        "date": support_list.date,
        "giver": giver,
        "fund": None if giver else ensure_fund(support_list.committee, by=by),
    }


def _refuse_unfit(committee: Committee, chosen: list[Recipient]) -> None:
    if len({recipient.household.pk for recipient in chosen}) < len(chosen):
        raise FundError("Có hộ được chọn hai lần; hãy bỏ bớt một lần.")
    inside = set(
        Household.objects.under(committee)
        .living()
        .filter(pk__in=[recipient.household.pk for recipient in chosen])
        .values_list("pk", flat=True)
    )
    for recipient in chosen:
        household = recipient.household
        if household.pk not in inside:
            raise FundError(f"Hộ {household} không còn trong sổ hộ của {committee}; hãy bỏ chọn.")
        if not 0 < recipient.value <= LARGEST_AMOUNT:
            raise FundError(f"Giá trị hỗ trợ của hộ {household} phải lớn hơn 0; hãy sửa lại.")


def _refuse_departed(supports: list[Support]) -> None:
    for support in supports:
        if support.household.state != Household.State.ACTIVE:
            raise FundError(
                f"Hộ {support.household} {support.household.get_state_display().lower()}; "
                "hãy hủy danh sách này và lập lại không có hộ đó."
            )


def _refuse_future(day: date) -> None:
    if day > clock.today():
        raise FundError(f"Ngày {format_date(day)} chưa đến; hãy kiểm tra lại ngày.")
