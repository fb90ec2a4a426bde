"""Writing an accepted house list: one decision for the file, its moves replayed by date."""

from campaigns.donors import donors_for, guess_kind
from committees import audit
from committees.errors import FileRefused
from committees.intake_rows import Row, Understood
from committees.models import ImportBatch, User
from config import clock
from fund import support_records
from fund.actions import ensure_fund
from fund.errors import FundError
from fund.models import Account, Voucher
from fund.posting import post_vouchers
from fund.queries import accounts_by_kind
from housing.errors import HousingError, refusals
from housing.models import FundingLine, House, HouseRound

Source = FundingLine.Source


def commit(rows: list[Row], understood: Understood, batch: ImportBatch, by: User) -> dict:
    """Record the houses with their money; the fund's part is paid from the treasury account on
    the start date. Raises ``FileRefused`` with the books' own sentence.
    """
    lines = [row.record for row in rows]
    try:
        with refusals():
            house_round = _decide(lines, understood, batch, by=by)
            houses = [_house(line, house_round, batch, by=by) for line in lines]
            funding = _funding(houses, lines, batch, by=by)
            paid = _pay(funding, batch, by=by)
    except (FundError, HousingError) as refusal:
        raise FileRefused(str(refusal)) from refusal
    audit.record(
        "house.round_recorded", house_round, by=by, committee=batch.committee, houses=len(houses)
    )
    audit.record_many(
        "house.recorded",
        houses,
        by=by,
        committee_of=lambda house: house.household.commune_id,
        detail_of=lambda house: {"kind": house.kind, "state": house.state},
    )
    return {"houses": len(houses), "vouchers": paid}


def _decide(lines: list, understood: Understood, batch: ImportBatch, *, by: User) -> HouseRound:
    of_year = f" năm {understood.year}" if understood.year else ""
    starts = [line.started for line in lines if line.started]
    return HouseRound.objects.create(
        committee=batch.committee,
        title=f"Danh sách nhà Đại đoàn kết{of_year}",
        decided_on=min(starts, default=clock.today()),
        decided_by=by,
        batch=batch,
    )


def _house(line, house_round: HouseRound, batch: ImportBatch, *, by: User) -> House:
    support = None
    if line.started:
        support = support_records.record_house(line.household, on=line.started, by=by)
    return House.objects.create(
        household=line.household,
        payer=batch.committee,
        kind=line.kind,
        state=_state(line.dates),
        floor_area=line.area,
        proposed_on=house_round.decided_on,
        proposed_by=by,
        round=house_round,
        decided_by=by,
        decided_on=house_round.decided_on,
        started_on=line.dates["started"],
        completed_on=line.dates["completed"],
        handed_over_on=line.dates["handed_over"],
        labour_days=line.labour,
        support=support,
        batch=batch,
    )


def _state(dates: dict) -> str:
    if dates["handed_over"]:
        return House.State.HANDED_OVER
    if dates["completed"]:
        return House.State.COMPLETED
    return House.State.STARTED if dates["started"] else House.State.APPROVED


def _funding(houses: list[House], lines: list, batch: ImportBatch, *, by: User) -> list:
    names = {(line.sponsor, guess_kind(line.sponsor)) for line in lines if line.sponsored}
    donors = donors_for(batch.committee, names, by=by)
    made = []
    for house, line in zip(houses, lines, strict=True):
        sponsor = donors.get((line.sponsor, guess_kind(line.sponsor)))
        for source, amount, donor in (
            (Source.FUND, line.fund, None),
            (Source.SPONSOR, line.sponsored, sponsor),
            (Source.FAMILY, line.family, None),
        ):
            if amount:
                made.append(FundingLine(house=house, source=source, amount=amount, donor=donor))
    return FundingLine.objects.bulk_create(made)


def _pay(funding: list[FundingLine], batch: ImportBatch, *, by: User) -> int:
    """Pay what the fund gives to started houses; how many vouchers that took."""
    due = [line for line in funding if line.source == Source.FUND and line.house.started_on]
    if not due:
        return 0
    fund = ensure_fund(batch.committee, by=by)
    treasury = accounts_by_kind(fund)[Account.Kind.TREASURY]
    for line in due:
        household = line.house.household
        line.voucher = Voucher.objects.create(
            fund=fund,
            kind=Voucher.Kind.PAYMENT,
            purpose=Voucher.Purpose.HOUSE,
            account=treasury,
            date=line.house.started_on,
            amount=line.amount,
            party=f"{household.head_name} ({household.code})",
            description=f"Hỗ trợ nhà Đại đoàn kết, {line.house.get_kind_display().lower()}",
            batch=batch,
            created_by=by,
        )
    post_vouchers([line.voucher for line in due], by=by)
    FundingLine.objects.bulk_update(due, ["voucher"])
    for line in due:
        support_records.pay_house(line.house.support, voucher=line.voucher, by=by)
    return len(due)
