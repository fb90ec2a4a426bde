"""The peak month of 2023 as its people live it, in Chromium, on a site of its own.

Xã Mỹ Thạnh does everything by hand; afterwards its figures are those of its lists, to the đồng.
Screenshots go to .local/screenshots/story for a person to look at.
"""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from config import prepare
from demo.sample import FILES
from tests.journeys import peak_month_papers as papers
from tests.journeys import peak_month_records as records
from tests.journeys.conftest import PASSWORD
from tests.journeys.desk import Desk, Desks
from tests.journeys.peak_month_site import TOLD
from tests.site import Site

EXPECTED = json.loads((prepare.ROOT / "tests" / "data" / "thu-thua-2023-expected.json").read_text())
TODAY = date(2023, 11, 21)  # three days after the window's end
PREPARE = "from tests.journeys.peak_month_site import prepare; prepare()"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The business day is in November 2023 for every process of this site."""
    made = Site("story", valkey_db=2)
    made.settings["CLOCK_SHIFT"] = f"{(TODAY - timezone.localdate()).days} days"
    try:
        made.start()
        made.manage("shell", "-v", "0", "-c", PREPARE)
        yield made
    finally:
        made.stop()


@pytest.fixture
def desks(browser, site) -> Iterator[Desks]:
    opened = Desks(browser, site)
    yield opened
    opened.close()


@pytest.mark.timeout(600)
def test_the_peak_month_of_a_commune(desks, site, tmp_path):
    records.households_come_in(desks)
    records.households_are_found(desks)
    records.other_lists_are_refused(desks, tmp_path)
    records.donations_come_in(desks)
    records.a_receipt_is_posted_and_taken_back(desks)
    records.a_draft_is_cancelled(desks)
    records.support_comes_in(desks)
    records.a_support_list_is_refused(desks)
    records.district_lists_come_in(desks, tmp_path)
    records.a_house_is_refused(desks)
    papers.the_plan_is_issued(desks, tmp_path)
    papers.the_commune_sends_its_report(desks)
    papers.the_district_asks_again_and_reconciles(desks)
    papers.the_district_reports_to_the_province(desks, tmp_path)

    assert desks.troubles() == []
    asked = ("--committee", f"{TOLD}@2023-11-18", "--campaign", "2023", "--scope", "subtree")
    found = site.ask("figures", *asked)["figures"]
    expected = EXPECTED["communes"][TOLD]
    assert {key: found[key] for key in expected} == expected
    answers = site.ask("verify_invariants")["invariants"]
    assert [answer["code"] for answer in answers if answer["violations"]] == []


@pytest.mark.timeout(300)
def test_a_list_goes_in_without_a_mouse(browser, site):
    context = browser.new_context(base_url=site.url, locale="vi-VN")
    page = context.new_page()
    page.goto("/dang-nhap/")
    _tab_to(page, "Tên đăng nhập")
    page.keyboard.type("officer.xa-nhi-thanh-2023")
    _tab_to(page, "Mật khẩu")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Việc cần xử lý")).to_be_visible()
    for name in ("Hộ", "Nhập từ Excel"):
        _tab_to(page, name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("main")).to_contain_text(
            "Chưa có hộ nào." if name == "Hộ" else "Tải danh sách lên"
        )
    _tab_to(page, "Tệp Excel")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(FILES / "ho-ngheo" / "28057-nhi-thanh.xlsx")
    _tab_to(page, "Tải lên và xem lại")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Xem lại")).to_be_visible()
    _tab_to(page, "Xác nhận, ghi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Đã ghi danh sách vào sổ.")
    context.close()


@pytest.mark.timeout(300)
def test_a_list_goes_in_without_javascript(browser, site):
    officer = Desk(browser, site, "officer.xa-my-an-2023", java_script_enabled=False)
    officer.go("Hộ")
    officer.main.get_by_role("link", name="Nhập từ Excel").first.click()
    officer.upload(FILES / "ho-ngheo" / "28060-my-an.xlsx")
    rows = EXPECTED["communes"]["28060"]["households"]
    officer.reads(f"{rows} dòng trong tệp", "0 dòng lỗi")
    officer.confirm(rows)
    officer.go("Hộ")
    officer.reads(f"Có {rows} hộ.")
    officer.fill("Tìm", "28060-0001")
    officer.press("Lọc")
    officer.reads("Có 1 hộ.")
    officer.follow("Ghi hộ mới")
    officer.choose("Thôn, ấp", "Ấp 1")
    officer.fill("Họ và tên chủ hộ", "Trần Thị Mẫu")
    officer.choose("Danh sách năm", "Năm 2022")
    officer.choose("Phân loại", "Hộ nghèo")
    officer.press("Ghi hộ")
    officer.reads("Đã ghi hộ Trần Thị Mẫu", "Năm 2022, Ấp 1", "Hộ nghèo")
    officer.close()


def _tab_to(page, name: str) -> None:
    """Press Tab until the focus stands on the control whose name begins so."""
    told = """() => {
        const at = document.activeElement;
        const label = at.labels && at.labels.length ? at.labels[0].textContent : '';
        return (label || at.getAttribute('aria-label') || at.textContent).trim();
    }"""
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(told))
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"Tab không đến được “{name}”: {passed}")
