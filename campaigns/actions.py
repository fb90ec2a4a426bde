"""Opening a campaign: the peak month (Tháng cao điểm) of a year for all under one unit."""

from datetime import date

from django.db import IntegrityError, transaction

from campaigns.errors import CampaignDiffers, CampaignError
from campaigns.models import Campaign, Drive
from committees import audit
from committees.models import Committee, User
from config.vietnamese.dates import format_date

DayRange = tuple[date, date]


def open_campaign(
    root: Committee, *, year: int, window: DayRange, fund_year: DayRange | None = None, by: User
) -> tuple[Campaign, bool]:
    """Open the campaign of ``year`` at ``root``; returns it and whether it is new.

    ``window`` is the peak month, ``fund_year`` the calendar year unless given; both ends
    belong to them. Asked again with the same dates it changes nothing; ``CampaignDiffers``
    with other dates, ``CampaignError`` for dates that make no sense.
    """
    fund_year = fund_year or (date(year, 1, 1), date(year, 12, 31))
    _refuse_nonsense(root, year, window, fund_year)
    try:
        with transaction.atomic():
            return _open(root, year=year, window=window, fund_year=fund_year, by=by)
    except IntegrityError as error:
        if "campaign_once_a_year" not in str(error):
            raise
        # Another person opened it a moment ago.
        return _same(Campaign.objects.get(root=root, year=year), window, fund_year), False


def _open(
    root: Committee, *, year: int, window: DayRange, fund_year: DayRange, by: User
) -> tuple[Campaign, bool]:
    standing = Campaign.objects.filter(root=root, year=year).first()
    if standing:
        return _same(standing, window, fund_year), False
    campaign = Campaign.objects.create(
        root=root,
        year=year,
        name=f"Tháng cao điểm “Vì người nghèo” năm {year}",
        window_from=window[0],
        window_to=window[1],
        fund_from=fund_year[0],
        fund_to=fund_year[1],
        created_by=by,
    )
    Drive.objects.bulk_create(
        Drive(campaign=campaign, name=name, on=on) for name, on in _usual_drives(year)
    )
    audit.record(
        "campaign.opened",
        campaign,
        by=by,
        committee=root,
        year=year,
        window=[f"{day}" for day in window],
        fund_year=[f"{day}" for day in fund_year],
    )
    return campaign, True


def _usual_drives(year: int) -> list[tuple[str, date]]:
    """17/10 is the Day for the Poor, 18/11 the Front's traditional day (domain.md §5.1)."""
    return [
        ("Ngày Vì người nghèo 17/10", date(year, 10, 17)),
        ("Ngày hội Đại đoàn kết toàn dân tộc", date(year, 11, 18)),
    ]


def _same(campaign: Campaign, window: DayRange, fund_year: DayRange) -> Campaign:
    if (campaign.window_from, campaign.window_to) != window:
        raise CampaignDiffers(
            f"{campaign.name} của {campaign.root.name} đã mở từ "
            f"{format_date(campaign.window_from)} đến {format_date(campaign.window_to)}; "
            "hãy dùng đúng các ngày đó."
        )
    if (campaign.fund_from, campaign.fund_to) != fund_year:
        raise CampaignDiffers(
            f"{campaign.name} của {campaign.root.name} đã có năm quỹ từ "
            f"{format_date(campaign.fund_from)} đến {format_date(campaign.fund_to)}; "
            "hãy dùng đúng các ngày đó."
        )
    return campaign


def _refuse_nonsense(root: Committee, year: int, window: DayRange, fund_year: DayRange) -> None:
    if root.is_hamlet:
        raise CampaignError("Khu dân cư không mở chiến dịch riêng; hãy mở ở cấp xã trở lên.")
    if not window[0] <= window[1]:
        raise CampaignError("Ngày bắt đầu sau ngày kết thúc; hãy sửa lại các ngày.")
    if window[0].year != year:
        raise CampaignError(f"Tháng cao điểm năm {year} phải bắt đầu trong năm {year}.")
    if not (fund_year[0] <= window[0] and window[1] <= fund_year[1]):
        raise CampaignError("Năm quỹ phải bao trùm Tháng cao điểm; hãy sửa lại các ngày.")
    if not (root.exists_on(window[0]) and root.exists_on(window[1])):
        raise CampaignError(
            f"{root.name} không hoạt động suốt Tháng cao điểm; hãy chọn đơn vị của năm {year}."
        )
