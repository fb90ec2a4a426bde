"""A commune's people at a browser: whole numbers for a reason, a list for a purpose, who looked."""

import re

import openpyxl
import pytest

from config import prepare
from tests.journeys.conftest import Person

SCREENSHOTS = prepare.ROOT / ".local" / "screenshots"
REASON = "Đối chiếu giấy tờ khi trao quà Tết"
PURPOSE = "Rà soát hộ nghèo với ấp"


@pytest.mark.timeout(600)
def test_numbers_are_uncovered_a_list_taken_and_both_are_answered_for(
    browser, sample_site, tmp_path
):
    standing = Person(browser, sample_site, "standing.xa-my-thanh-2023", accept_downloads=True)
    page = standing.page
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/ho/?q=duong+thi+mai")
    page.click("text=Dương Thị Mai")
    assert page.locator("text=25/12/1981").count() == 0  # who does not edit sees the year
    assert not re.search(r"\d{12}", page.content())
    page.click("text=Xem số CCCD")
    page.fill("input[name=reason]", REASON)
    page.click("main form button[type=submit]")
    page.wait_for_selector("text=Chỉ hiện một lần")
    assert re.search(r"099\d{9}", page.content())
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=SCREENSHOTS / str(width) / "households-household-unmask-shown.png")
    page.click("text=Xong, về trang của hộ")
    page.click("text=Ai đã xem hộ này")
    assert page.locator(f"td:has-text('{REASON}')").count() == 1

    page.goto("/ho/xuat/?nam=2023")
    page.fill("input[name=purpose]", PURPOSE)
    with page.expect_download() as waiting:
        page.click("main form button[type=submit]")
    waiting.value.save_as(tmp_path / "ho.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "ho.xlsx").active.iter_rows(values_only=True))
    assert rows[0][0] == "DANH SÁCH HỘ NĂM 2023 – Xã Mỹ Thạnh"
    assert rows[2][0] == f"Mục đích: {PURPOSE}"
    assert len([row for row in rows[5:] if row[0]]) == 34
    assert not re.search(r"\d{12}", str(rows))
    standing.close()
