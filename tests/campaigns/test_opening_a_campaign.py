"""Opening the peak month: once, with its drives; the campaign of a unit is the nearest above."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from campaigns.actions import open_campaign
from campaigns.errors import CampaignError, NoCampaign
from campaigns.models import Campaign, Drive
from campaigns.queries import campaign_for, time_left
from committees.models import AuditEvent
from committees.people import system_user
from tests.factories.campaigns import WINDOW, make_campaign
from tests.factories.committees import make_district, make_unit

pytestmark = pytest.mark.django_db


def command(**changes):
    options = {"year": 2023, "first": WINDOW[0], "last": WINDOW[1], "json": True} | changes
    out = io.StringIO()
    call_command("open_campaign", stdout=out, **options)
    return json.loads(out.getvalue())


def test_the_command_opens_the_peak_month_with_its_drives_and_says_so():
    province = make_unit("province", "Tỉnh Long An", code="80")
    answer = command(root="80@2023-10-17")
    campaign = Campaign.objects.get()
    assert (answer["changed"], answer["already"]) == (True, False)
    assert campaign.name == "Tháng cao điểm “Vì người nghèo” năm 2023"
    assert campaign.root == province
    assert (campaign.fund_from, campaign.fund_to) == (date(2023, 1, 1), date(2023, 12, 31))
    assert list(campaign.drives.values_list("name", "on")) == [
        ("Ngày Vì người nghèo 17/10", date(2023, 10, 17)),
        ("Ngày hội Đại đoàn kết toàn dân tộc", date(2023, 11, 18)),
    ]
    assert AuditEvent.objects.get(action="campaign.opened").committee == province


def test_opening_it_twice_changes_nothing_and_says_so():
    make_unit("province", code="80")
    command(root="80@2023-10-17")
    answer = command(root="80@2023-10-17")
    assert (answer["changed"], answer["already"]) == (False, True)
    assert "không đổi gì" in answer["message"]
    assert (Campaign.objects.count(), Drive.objects.count()) == (1, 2)
    assert AuditEvent.objects.filter(action="campaign.opened").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"last": date(2023, 11, 19)},
        {"fund_from": date(2022, 10, 1), "fund_to": date(2023, 12, 31)},
    ],
)
def test_other_dates_are_refused_with_exit_1(changes):
    make_unit("province", code="80")
    command(root="80@2023-10-17")
    with pytest.raises(CommandError, match="đúng các ngày đó") as refused:
        command(root="80@2023-10-17", **changes)
    assert refused.value.returncode == 1
    assert Campaign.objects.get().window_to == WINDOW[1]


def test_a_fund_year_of_its_own_is_taken():
    make_unit("province", code="80")
    answer = command(root="80@2023-10-17", fund_from=date(2022, 12, 1), fund_to=date(2023, 11, 30))
    assert answer["fund_year"] == ["2022-12-01", "2023-11-30"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"window": (WINDOW[1], WINDOW[0])}, "sau ngày kết thúc"),
        ({"year": 2022}, "bắt đầu trong năm 2022"),
        ({"fund_year": (date(2023, 11, 1), date(2023, 12, 31))}, "bao trùm"),
    ],
)
def test_dates_that_make_no_sense_are_refused(changes, sentence):
    arguments = {"year": 2023, "window": WINDOW, "by": system_user()} | changes
    with pytest.raises(CampaignError, match=sentence):
        open_campaign(make_unit("province"), **arguments)


def test_a_closed_unit_and_a_hamlet_open_no_campaign():
    arguments = {"year": 2026, "window": (date(2026, 10, 17), date(2026, 11, 18))}
    with pytest.raises(CampaignError, match="không hoạt động"):
        open_campaign(make_unit("district"), **arguments, by=system_user())
    with pytest.raises(CampaignError, match="cấp xã trở lên"):
        open_campaign(make_unit("hamlet", "Ấp 1"), **arguments, by=system_user())


def test_an_unknown_unit_or_user_is_one_sentence_and_exit_1():
    with pytest.raises(CommandError, match="Không có đúng một đơn vị"):
        command(root="80@2023-10-17")
    make_unit("province", code="80")
    with pytest.raises(CommandError, match="Không có người dùng"):
        command(root="80@2023-10-17", by="khong-co")
    with pytest.raises(CommandError, match="cả --fund-from và --fund-to"):
        command(root="80@2023-10-17", fund_from=date(2023, 1, 1))


def test_the_database_keeps_one_campaign_a_year_and_windows_that_run_forward():
    campaign = make_campaign()
    campaign.pk = None
    with pytest.raises(IntegrityError, match="once_a_year"), transaction.atomic():
        campaign.save(force_insert=True)
    with pytest.raises(IntegrityError, match="run_forward"), transaction.atomic():
        Campaign.objects.update(window_from=date(2023, 12, 1))


def test_a_unit_takes_part_in_the_campaign_of_its_nearest_ancestor():
    units = make_district()
    of_province = make_campaign(units["province"])
    for name in ("province", "district", "commune1", "hamlet1_1"):
        assert campaign_for(units[name], 2023) == of_province
    of_district = make_campaign(units["district"])
    assert campaign_for(units["commune1"], 2023) == of_district
    assert campaign_for(units["district"], 2023) == of_district
    assert campaign_for(units["province"], 2023) == of_province


def test_without_a_campaign_above_the_sentence_says_what_to_do():
    units = make_district()
    make_campaign(units["district"])
    make_campaign(make_unit("province"))
    with pytest.raises(NoCampaign, match="chưa có Tháng cao điểm năm 2023; hãy mở"):
        campaign_for(units["province"], 2023)
    with pytest.raises(NoCampaign, match="năm 2024"):
        campaign_for(units["commune1"], 2024)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2023, 10, 10), "Còn 7 ngày nữa bắt đầu"),
        (date(2023, 10, 17), "Còn 32 ngày"),
        (date(2023, 11, 17), "Còn 1 ngày"),
        (date(2023, 11, 18), "Hôm nay là ngày cuối"),
        (date(2023, 11, 19), "Đã kết thúc 18/11/2023"),
    ],
)
def test_the_days_left_are_said_in_words(today, words):
    assert time_left(make_campaign(), today) == words
