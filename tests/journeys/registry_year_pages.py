"""The pages of the story: what hands do on them, and that their numbers are the test's own."""

import re
from collections import Counter
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from config.vietnamese.amounts import decimal_comma
from tests.journeys.desk import Desk, Desks
from tests.journeys.registry_year_list import Made

OFFICER = "officer.xa-my-thanh-2023"
STANDING = "standing.xa-my-thanh-2023"
LABELS = {
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "hardship": "Hộ có hoàn cảnh khó khăn",
}
TOTALS = {2023: 1_240, 2024: 1_255}  # all households of the commune
ABSENT_2024 = "hộ vắng trong danh sách năm 2024 chưa rõ lý do"
IN_HARDSHIP = "Hồ Thị Thử Tư"


def the_decision_comes_in(desks: Desks, made: Made) -> None:
    officer = desks(OFFICER)
    officer.go("Hộ")
    _tab(officer, "Danh sách hằng năm")
    officer.reads("Năm 2023")
    officer.picture("60-danh-sach-hang-nam")
    officer.follow("Cập nhật theo Quyết định UBND")
    officer.upload(made.path)
    officer.reads("năm 2024, Xã Mỹ Thạnh", f"{made.rows} dòng trong tệp", "0 dòng lỗi")
    officer.picture("61-xem-lai-danh-sach-2024")
    officer.confirm(made.rows)
    officer.picture("62-da-nhap-danh-sach-2024")
    officer.follow("Rà soát danh sách năm 2024")
    officer.reads("Số 125/QĐ-UBND, ngày 20/12/2023", "Trả lời 6 hộ vắng")
    officer.reads("Khớp: đầu năm + đến − đi = cuối năm")
    for kind, label in LABELS.items():
        expect(officer.link(re.compile(f"^{made.after[kind]} {label}$"))).to_have_count(1)
    officer.picture("63-danh-sach-2024")


def absent_households_are_answered_for(desks: Desks, made: Made) -> None:
    officer = desks(OFFICER)
    officer.go("Việc cần xử lý")
    officer.follow(ABSENT_2024)
    officer.reads("Tổng số: 6 hộ")
    officer.picture("64-ho-vang")
    poor, near_poor = made.absent["poor"], made.absent["near_poor"]
    _answer(officer, [*poor[:2], near_poor[0]], "Thoát nghèo, thoát cận nghèo")
    officer.reads("Đã trả lời cho 3 hộ; còn 3 hộ chưa rõ lý do.")
    _answer(officer, poor[2:], "Chuyển đi nơi khác", on="02/11/2023", place="Thành phố Tân An")
    _answer(officer, made.absent["hardship"], "Chết, không còn ai", on="15/10/2023")
    _answer(officer, near_poor[1:], "Sót trong danh sách, kiến nghị bổ sung")
    officer.reads("không còn hộ nào chưa rõ lý do", "Không còn hộ vắng nào chưa rõ lý do.")
    officer.picture("65-ho-vang-da-tra-loi")
    officer.go("Việc cần xử lý")
    officer.has_no(ABSENT_2024)


def an_answer_is_taken_back_and_given_again(desks: Desks, made: Made) -> None:
    officer = desks(OFFICER)
    _open_list(officer)
    officer.follow("Các hộ vắng")
    (moved,) = made.absent["poor"][2:]
    line = officer.main.get_by_role("row").filter(has_text=moved)
    line.get_by_role("button").click()
    officer.page.get_by_role("dialog").get_by_role("button", name="Bỏ câu trả lời").click()
    officer.reads(f"Đã bỏ câu trả lời về hộ {moved}", "Tổng số: 1 hộ")
    officer.follow(moved)
    expect(officer.main).not_to_contain_text("Đã chuyển đi")
    _open_list(officer)
    officer.follow("Trả lời 1 hộ vắng")
    _answer(officer, [moved], "Chuyển đi nơi khác", on="02/11/2023", place="Thành phố Tân An")
    officer.follow(moved)
    officer.reads("Đã chuyển đi")


def the_page_of_the_list_balances(desks: Desks, made: Made) -> None:
    officer = desks(OFFICER)
    _open_list(officer)
    for kind, numbers in balance(made).items():
        row = officer.main.get_by_role("table", name="Cân đối của cả xã theo loại hộ")
        cells = row.get_by_role("row").filter(has_text=re.compile(f"^\\s*{LABELS[kind]}"))
        expect(cells.get_by_role("link")).to_have_text([str(number) for number in numbers])
        expect(cells).to_contain_text("Khớp")
    codes = officer.main.get_by_role("table", name="Số hộ theo diễn biến")
    for code, count in (
        ("Thoát nghèo, trở thành hộ cận nghèo", len(made.rose)),
        ("Thoát nghèo, vượt chuẩn cận nghèo", 2),
        ("Thoát cận nghèo", 1),
        ("Chuyển đi", 1),
        ("Không còn ai (chết)", 1),
        ("Sót trong danh sách, đã kiến nghị bổ sung", 1),
        ("Hộ nghèo phát sinh mới", 2),
        ("Hộ cận nghèo phát sinh mới", 1),
    ):
        line = codes.get_by_role("row").filter(has=officer.page.get_by_text(code, exact=True))
        expect(line.get_by_role("link")).to_have_text([str(count)])
    codes.get_by_role("row").filter(has_text="trở thành hộ cận").get_by_role("link").click()
    officer.reads(f"Tổng số: {len(made.rose)} lượt", *made.rose)
    officer.picture("66-dien-bien")


def the_summary_has_the_rates(desks: Desks, made: Made) -> None:
    officer = desks(OFFICER)
    for year, total in TOTALS.items():
        _tab(officer, "Biểu tổng hợp")
        officer.follow("Ghi tổng số hộ")
        if officer.link(str(year)).count():
            officer.follow(str(year))
        officer.reads(f"Tổng số hộ dân cư năm {year}")
        officer.fill("Tổng số hộ dân cư", str(total))
        officer.press("Lưu tổng số hộ")
    moves = {
        "poor": {"Thoát nghèo": len(made.rose) + 2, "Giảm khác": 1, "Phát sinh": 2},
        "near_poor": {
            "Thoát cận nghèo": 1, "Giảm khác": 1, "Phát sinh": 1, "Từ hộ nghèo lên": len(made.rose)
        },
    }  # fmt: skip
    for kind, moved in moves.items():
        _tab(officer, "Biểu tổng hợp")
        officer.choose("Loại hộ", LABELS[kind])
        officer.press("Lọc")
        officer.reads(f"Tổng hợp kết quả rà soát {LABELS[kind].lower()} năm 2024")
        line = officer.main.get_by_role("row").filter(has_text="Tổng cộng")
        start, came, left, end = balance(made)[kind]
        expected = {
            f"{LABELS[kind]} đầu năm: Số hộ": start,
            f"{LABELS[kind]} cuối năm: Số hộ": end,
            f"{LABELS[kind]} đầu năm: Tỷ lệ %": rate(start, TOTALS[2023]),
            f"{LABELS[kind]} cuối năm: Tỷ lệ %": rate(end, TOTALS[2024]),
        } | moved
        assert came - left == end - start
        for label, number in expected.items():
            expect(line.locator(f"td[data-label='{label}']")).to_have_text(str(number))
        expect(line).to_contain_text("Khớp")
    officer.picture("67-bieu-tong-hop")


def the_front_remarks(desks: Desks, made: Made) -> None:
    officer = desks(OFFICER)
    _open_list(officer)
    officer.follow("Ý kiến giám sát (1)")
    (omitted,) = made.absent["near_poor"][1:]
    officer.reads(omitted, "Sót hộ", "không có tên trong danh sách năm 2024")
    officer.follow("Ghi ý kiến")
    officer.choose("Loại ý kiến", "Ý kiến khác")
    officer.fill("Nội dung", "Danh sách chưa niêm yết ở Ấp 3.")
    officer.press("Lưu")
    officer.reads("Cả danh sách", "Danh sách chưa niêm yết ở Ấp 3.")
    officer.picture("68-y-kien-giam-sat")
    paper = officer.link("In văn bản gửi UBND (PDF)").get_attribute("href")
    answer = officer.context.request.get(paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def a_household_changes_within_the_year(desks: Desks, made: Made) -> None:
    """The omitted household is added in May; the remark has its answer. Then it is undone."""
    officer = desks(OFFICER)
    (omitted,) = made.absent["near_poor"][1:]
    _open_list(officer)
    officer.follow("Thay đổi trong năm")
    officer.fill("Hộ có thay đổi", omitted)
    officer.page.get_by_role("option").first.click()
    officer.press("Ghi thay đổi của hộ này")
    officer.reads("Ghi thay đổi trong năm 2024", "Không có trong danh sách")
    officer.picture("69-ghi-thay-doi")
    added = re.compile("^Được bổ sung.*hộ cận nghèo$")
    officer.main.get_by_role("radio", name=added).check()
    officer.fill("Ngày quyết định", "20/05/2024")
    officer.fill("Số quyết định", "37/QĐ-UBND")
    officer.press("Ghi thay đổi")
    officer.reads(f"Đã ghi thay đổi của hộ {omitted}", "37/QĐ-UBND, 20/05/2024")
    officer.picture("70-thay-doi-trong-nam")
    _open_list(officer)
    officer.reads("Khớp: đầu năm + đến − đi = cuối năm")
    officer.follow("Ý kiến giám sát (1)")
    officer.reads("Đã bổ sung vào danh sách theo Quyết định số 37/QĐ-UBND.")
    _open_list(officer)
    officer.follow("Thay đổi trong năm")
    line = officer.main.get_by_role("row").filter(has_text=omitted)
    line.get_by_role("button").click()
    officer.page.get_by_role("dialog").get_by_role("button", name="Bỏ thay đổi").click()
    officer.reads("như trước", "Chưa có thay đổi nào trong năm.")


def the_hamlet_proposes_a_household_in_hardship(hamlet: Desk) -> None:
    hamlet.page.goto("/ho/kho-khan/")
    hamlet.main.get_by_role("link", name="Đề nghị hộ khó khăn").first.click()
    hamlet.fill("Họ và tên chủ hộ", IN_HARDSHIP)
    hamlet.main.get_by_label("Có người bệnh nặng, dài ngày").check()
    hamlet.fill("Hoàn cảnh", "Chồng chạy thận, ba con đang đi học.")
    hamlet.fill("Đề nghị đến ngày", "31/12/2025")
    assert not hamlet.page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
    hamlet.press("Gửi đề nghị")
    hamlet.reads("Đã gửi đề nghị; xã sẽ xác nhận.", IN_HARDSHIP, "Chờ xác nhận")


def the_commune_confirms_it(desks: Desks) -> None:
    standing = desks(STANDING)
    standing.page.goto("/ho/kho-khan/")
    standing.follow(IN_HARDSHIP)
    standing.follow("Xác nhận")
    standing.fill("Ngày", "18/06/2024")
    standing.main.get_by_role("button", name=re.compile("^Xác nhận")).click()
    standing.reads("Đã xác nhận", IN_HARDSHIP)
    _open_list(standing)
    expect(standing.link(re.compile("^1 Hộ có hoàn cảnh khó khăn$"))).to_have_count(1)
    standing.reads("Hộ khó khăn mới xác nhận", "Khớp: đầu năm + đến − đi = cuối năm")


def the_list_is_posted_up_masked(desks: Desks, folder: Path) -> None:
    officer = desks(OFFICER)
    _open_list(officer)
    officer.follow("In danh sách")
    officer.main.get_by_role("radio", name=re.compile("^Bản niêm yết")).check()
    officer.main.get_by_role("radio", name="Excel", exact=True).check()
    with officer.page.expect_download() as download:
        officer.press("Tạo tệp")
    path = folder / "niem-yet.xlsx"
    download.value.save_as(path)
    cells = _texts_of(path)
    assert any(IN_HARDSHIP in text for text in cells)
    assert not [text for text in cells if re.search(r"\d{9}", text)]


def balance(made: Made) -> dict[str, tuple[int, int, int, int]]:
    """(start, came, left, end) of the decided classes, from what was put into the file."""
    new = Counter(poor=2, near_poor=1)
    rose = len(made.rose)
    gone = {kind: len(names) for kind, names in made.absent.items()}
    return {
        "poor": (made.before["poor"], new["poor"], rose + gone["poor"], made.after["poor"]),
        "near_poor": (
            made.before["near_poor"],
            new["near_poor"] + rose,
            gone["near_poor"],
            made.after["near_poor"],
        ),
    }


def rate(part: int, whole: int) -> str:
    return decimal_comma(round(100 * part / whole, 2), 2)


def _answer(officer: Desk, names: list[str], reason: str, *, on: str = "", place: str = "") -> None:
    for name in names:
        officer.main.get_by_role("checkbox", name=f"Chọn hộ {name}", exact=True).check()
    officer.main.get_by_label(reason, exact=True).check()
    officer.fill("Từ ngày", on)
    officer.fill("Nơi đến", place)
    officer.press("Ghi câu trả lời")
    officer.reads(f"Đã trả lời cho {len(names)} hộ")


def _open_list(desk: Desk) -> None:
    desk.go("Hộ")
    _tab(desk, "Danh sách hằng năm")
    desk.follow("Năm 2024")
    desk.reads("Danh sách năm 2024: Xã Mỹ Thạnh")


def _tab(desk: Desk, name: str) -> None:
    desk.main.get_by_role("navigation", name="Sổ hộ").get_by_role("link", name=name).first.click()


def _texts_of(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
