"""A list with columns nobody knows, then a wrong one taken back: an officer at the browser.

Screenshots go to .local/screenshots/story for a person to look at.
"""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from demo import sample
from tests.journeys.desk import Desk, Desks
from tests.site import Site

TOLD = "28051"  # Xã Mỹ Thạnh
LIST = sample.FILES / "ho-ngheo" / "28051-my-thanh.xlsx"
PREPARE = """
from demo import people, sample
units = [unit for unit in sample.communes() if unit.code == "28051"]
people.seat_everybody([sample.province(), sample.district(), *units])
"""
HEADER, FIRST, CODE, NAME, MEMBERS, KIND = 4, 6, 2, 4, 9, 12  # rows and columns of the list
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = Site("importing", valkey_db=4)
    try:
        made.start(beat=False)
        made.manage("shell", "-v", "0", "-c", PREPARE)
        yield made
    finally:
        made.stop()


@pytest.fixture
def desk(browser, site) -> Iterator[Desk]:
    desks = Desks(browser, site)
    yield desks("officer.xa-my-thanh-2023")
    assert desks.troubles() == []
    desks.close()


def changed(folder, name, **cells) -> tuple:
    """The sample list with some cells changed, "D6" → value; its path and number of lines."""
    book = openpyxl.load_workbook(LIST)
    sheet = book.active
    for place, value in cells.items():
        sheet[place] = value
    path = folder / name
    book.save(path)
    codes = [sheet.cell(row, CODE).value for row in range(FIRST, sheet.max_row + 1)]
    return path, sum(isinstance(code, str) and code.startswith(TOLD) for code in codes)


def accessible(desk: Desk) -> list[str]:
    found = Axe().run(desk.page).response["violations"]
    return [f"{v['id']}: {v['help']}" for v in found if v["impact"] in GRAVE]


@pytest.mark.timeout(300)
def test_a_list_of_a_layout_of_its_own_goes_in_and_is_taken_back(desk, tmp_path):
    odd, rows = changed(tmp_path, "mau-la.xlsx", D4="Người đứng đầu", L4="Diện")
    wrong, _ = changed(tmp_path, "sua.xlsx", I6=9, D7="Nguyễn Văn Đổi", B9=f"{TOLD}-0001", H8="12")
    columns_are_said(desk, odd, rows)
    wrong_lines_are_fetched(desk, wrong)
    the_whole_list_is_taken_back(desk, rows)
    begin(desk, odd)
    expect(desk.main).to_contain_text(f"Xác nhận, ghi {rows} dòng vào sổ")


def begin(desk: Desk, path) -> None:
    desk.page.goto("/nhap/")
    desk.follow("Tải danh sách lên")
    desk.upload(path)


def columns_are_said(desk: Desk, odd, rows: int) -> None:
    desk.page.goto("/nhap/moi/")
    desk.picture("nhap-1-tai-len")
    begin(desk, odd)
    desk.reads("thiếu cột “Họ và tên chủ hộ”, “Phân loại”", "Chưa rõ cột nào là")
    desk.picture("nhap-2-chua-ro-cot")
    assert accessible(desk) == []
    desk.choose("Mục trong sổ của cột D, Người đứng đầu", "Họ và tên chủ hộ")
    desk.choose("Mục trong sổ của cột L, Diện", "Phân loại")
    desk.press("Đọc lại tệp theo cách này")
    desk.reads("Đã đọc lại tệp theo cách đã chọn.", f"dòng mới ({rows})")
    desk.fill("Số quyết định của Ủy ban nhân dân", "125/QĐ-UBND")
    desk.fill("Ngày quyết định", "20/12/2022")
    desk.press("Lưu quyết định")
    desk.reads("Đã lưu.")
    desk.picture("nhap-3-xem-lai")
    assert accessible(desk) == []
    desk.confirm(rows)
    desk.picture("nhap-4-ket-qua")
    assert accessible(desk) == []


def wrong_lines_are_fetched(desk: Desk, wrong) -> None:
    begin(desk, wrong)
    desk.reads("dòng đổi (", "dòng trùng (1)", "dòng lỗi (1)")
    desk.follow("Chỉ dòng đổi", exact=False)
    desk.reads("Số nhân khẩu:", "Nguyễn Văn Đổi")
    desk.picture("nhap-5-dong-doi")
    assert accessible(desk) == []
    with desk.page.expect_download() as waiting:
        desk.follow("Tải các dòng lỗi để sửa (.xlsx)")
    downloaded = io.BytesIO(waiting.value.path().read_bytes())
    mended = openpyxl.load_workbook(downloaded).active
    first_cells = [row[0].value for row in mended.iter_rows()]
    assert len(first_cells) - first_cells.index("Dòng") == 3
    desk.press("Bỏ danh sách này, không ghi gì")


def the_whole_list_is_taken_back(desk: Desk, rows: int) -> None:
    desk.follow("mau-la.xlsx")
    desk.follow("Hoàn tác cả đợt nhập")
    desk.reads("Đã ghi: hộ mới")
    desk.picture("nhap-6-hoan-tac")
    assert accessible(desk) == []
    desk.fill("Lý do hoàn tác", "Nhầm tệp của năm trước")
    desk.press("Hoàn tác cả đợt nhập")
    desk.reads("Đã hoàn tác cả đợt nhập.", f"{rows} hộ mới đã gỡ", "Nhầm tệp của năm trước")
    desk.picture("nhap-7-da-hoan-tac")
