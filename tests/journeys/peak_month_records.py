"""The first half of the peak month: lists of households, the fund, support, houses."""

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from demo.sample import FILES
from tests.journeys.desk import Desk, Desks

OFFICER = "officer.xa-my-thanh-2023"
STANDING = "standing.xa-my-thanh-2023"
ACCOUNTANT = "accountant.xa-my-thanh-2023"
DISTRICT_OFFICER = "officer.huyen-thu-thua-2023"
DISTRICT_ACCOUNTANT = "accountant.huyen-thu-thua-2023"
DISTRICT_STANDING = "standing.huyen-thu-thua-2023"
MY_THANH, BINH_AN = "28051-my-thanh.xlsx", "28054-binh-an.xlsx"
HOUSEHOLDS = 34
WITHOUT_HELP = "Hồ Thị Lan"  # one of the eleven whom nobody has helped


def households_come_in(desks: Desks) -> None:
    officer = desks(OFFICER)
    officer.reads("Việc cần xử lý", "Cán bộ nhập liệu, Xã Mỹ Thạnh")
    officer.picture("01-nha")
    officer.go("Hộ")
    officer.reads("Chưa có hộ nào.")
    officer.picture("02-chua-co-ho")
    officer.main.get_by_role("link", name="Nhập từ Excel").first.click()
    officer.picture("03-tai-len")
    officer.upload(FILES / "ho-ngheo" / MY_THANH)
    officer.reads("năm 2023, Xã Mỹ Thạnh")
    officer.reads("34 dòng trong tệp", "34 dòng nhận được", "0 dòng lỗi", "Ấp 1, Ấp 2")
    officer.reads("Trang “Danh sách”", "Số CCCD thiếu số 0 ở đầu, đã thêm lại")
    line = officer.main.get_by_role("row").filter(has_text="Đặng Kim Trang")
    expect(line.get_by_role("rowheader")).to_have_text("10")  # as Excel counts them
    officer.picture("04-xem-lai-ho")
    officer.confirm(HOUSEHOLDS)
    officer.picture("05-da-nhap-ho")


def households_are_found(desks: Desks) -> None:
    officer = desks(OFFICER)
    officer.go("Hộ")
    officer.reads("Có 34 hộ.")
    officer.picture("06-danh-sach-ho")
    officer.fill("Tìm", "ngo hoang son")
    officer.press("Lọc")
    officer.reads("Có 1 hộ.")
    officer.follow("Ngô Hoàng Sơn")
    officer.reads("Hộ Ngô Hoàng Sơn", "28051-0032", "•••••••••421", "Hộ chưa được hỗ trợ nhà.")
    assert not re.search(r"099\d{9}", officer.page.content())
    officer.picture("07-ho")


def other_lists_are_refused(desks: Desks, folder: Path) -> None:
    officer = desks(OFFICER)
    junk = folder / "danh-sach.xlsx"
    junk.write_bytes(b"Khong phai Excel\x00\x01" * 64)
    for path, sentence in (
        (FILES / "ho-ngheo" / MY_THANH, "Tệp này đã nhập ngày 21/11/2023; không cần nhập lại."),
        (FILES / "ho-ngheo" / BINH_AN, "không ghi “Xã Mỹ Thạnh”"),
        (junk, "Excel"),
    ):
        officer.page.goto("/ho/nhap/")
        officer.upload(path)
        wrong = officer.main.get_by_role("alert").get_by_role("listitem")
        expect(wrong).to_have_count(1)
        expect(wrong).to_contain_text(sentence)
        assert wrong.inner_text().count(". ") == 0, wrong.inner_text()
    officer.picture("08-tep-bi-tu-choi")
    officer.go("Hộ")
    officer.reads("Có 34 hộ.")


def donations_come_in(desks: Desks) -> None:
    accountant = desks(ACCOUNTANT)
    accountant.go("Quỹ")
    accountant.reads("20.000.000 đ Tiền còn trong quỹ")
    accountant.follow("Nhập danh sách ủng hộ")
    accountant.upload(FILES / "quy-thu" / MY_THANH)
    accountant.reads("30 dòng trong tệp", "0 dòng lỗi", "Siêu thị Huyện Thủ Thừa")
    accountant.picture("09-xem-lai-ung-ho")
    accountant.confirm(30)


def a_receipt_is_posted_and_taken_back(desks: Desks) -> None:
    accountant = desks(ACCOUNTANT)
    _draft_receipt(accountant, "10/11/2023", "1500000", "Một triệu năm trăm nghìn đồng")
    accountant.picture("12-phieu-thu-nhap")
    accountant.follow("Sửa")
    accountant.fill("Số tiền (đồng)", "2.000.000")
    accountant.press("Lưu nháp")
    accountant.reads("2.000.000 đ", "Hai triệu đồng")
    accountant.follow("Kiểm tra và ghi sổ")
    accountant.reads("Kiểm tra lại", "Ông Trần Văn Mẫu", "Hai triệu đồng", "10/11/2023")
    accountant.picture("13-kiem-tra-lai")
    accountant.press("Ghi sổ")
    accountant.reads("Đã ghi sổ", "Bút toán")
    accountant.picture("14-da-ghi-so")
    accountant.has_no("Sửa", "Hủy nháp")
    accountant.follow("Điều chỉnh")
    accountant.fill("Lý do", "Ghi nhầm người ủng hộ")
    accountant.press("Lập bút toán điều chỉnh")
    accountant.reads("Bút toán này ghi ngược lại một chứng từ.", "Ghi nhầm người ủng hộ")


def a_draft_is_cancelled(desks: Desks) -> None:
    accountant = desks(ACCOUNTANT)
    _draft_receipt(accountant, "11/11/2023", "30.000", "Ba mươi nghìn đồng")
    accountant.follow("Hủy nháp")
    accountant.fill("Lý do", "Người ủng hộ nộp ở huyện")
    accountant.press("Hủy bản nháp")
    accountant.reads("Đã hủy bản nháp Người ủng hộ nộp ở huyện")
    accountant.go("Quỹ")
    accountant.picture("16-quy")
    accountant.follow(re.compile("Tiền mặt"))
    accountant.reads("Đầu kỳ + thu − chi = cuối kỳ", "Khớp")
    accountant.picture("17-so-quy")


def _draft_receipt(accountant: Desk, day: str, amount: str, words: str) -> None:
    accountant.go("Quỹ")
    accountant.follow("Lập phiếu thu tiền")
    accountant.fill("Ngày chứng từ", day)
    accountant.fill("Đơn vị, cá nhân ủng hộ", "Ông Trần Văn Mẫu")
    accountant.fill("Số tiền (đồng)", amount)
    accountant.reads(words)  # at once, below the box
    accountant.picture("11-phieu-thu")
    accountant.press("Lưu nháp")
    accountant.reads("Đã lưu nháp.", words, "Nháp")


def support_comes_in(desks: Desks) -> None:
    officer = desks(OFFICER)
    officer.go("Hỗ trợ")
    officer.follow("Nhập từ Excel")
    officer.upload(FILES / "ho-tro" / MY_THANH)
    officer.reads("25 dòng trong tệp", "0 dòng lỗi", "Hỗ trợ sinh kế")
    officer.reads("Chờ kế toán xác nhận")
    officer.picture("18-xem-lai-ho-tro")
    _accountant_confirms(desks(ACCOUNTANT), MY_THANH, 25)
    officer.go("Hỗ trợ")
    officer.reads("23 hộ được hỗ trợ", "14.200.000 đồng từ quỹ")
    officer.picture("19-ho-tro")


def _accountant_confirms(accountant: Desk, file: str, rows: int) -> None:
    """A list that pays from the fund waits for the accountant, among the things to do."""
    accountant.page.goto("/")
    accountant.follow("danh sách tải lên chờ xác nhận")
    accountant.follow(file)
    accountant.confirm(rows)


def a_support_list_is_refused(desks: Desks) -> None:
    officer = desks(OFFICER)
    officer.follow("Lập danh sách hỗ trợ")
    officer.fill("Tên danh sách", "Tặng quà Ngày hội Đại đoàn kết")
    officer.fill("Nội dung hỗ trợ", "Quà Ngày hội Đại đoàn kết")
    officer.fill("Ngày hỗ trợ", "18/11/2023")
    officer.picture("20-lap-danh-sach")
    officer.press("Lưu nháp")
    officer.reads("Đã lập danh sách nháp; hãy chọn hộ.")
    officer.main.get_by_label("Chỉ hộ chưa được hỗ trợ").check()
    officer.press("Lọc")
    expect(officer.main.get_by_role("checkbox", name="Chọn hộ")).to_have_count(11)
    officer.main.get_by_role("checkbox", name=f"Chọn hộ {WITHOUT_HELP}").check()
    officer.main.get_by_role("checkbox", name="Chọn hộ Dương Thị Mai").check()
    officer.fill("Mỗi hộ nhận (đồng)", "500.000")
    officer.picture("21-chon-ho")
    officer.press("Đưa vào danh sách")
    officer.reads("Danh sách có 2 hộ.", "1.000.000 đ", "Một triệu đồng")
    officer.press("Đề nghị", agree=True)
    officer.reads("danh sách chờ Ban Thường trực quyết định")
    officer.has_no("Quyết định", "Chi và ghi sổ")
    officer.picture("22-da-de-nghi")
    _refuse_list(desks(STANDING))


def _refuse_list(standing: Desk) -> None:
    standing.go("Việc cần xử lý")
    standing.picture("23-nha-ban-thuong-truc")
    standing.follow("danh sách hỗ trợ chờ quyết định")
    standing.follow("Tặng quà Ngày hội Đại đoàn kết")
    standing.follow("Quyết định")
    standing.main.get_by_label("Không đồng ý").check()
    standing.fill("Ý kiến", "Hai hộ đã có trong danh sách của Hội Chữ thập đỏ")
    standing.picture("24-quyet-dinh")
    standing.press("Quyết định")
    standing.reads("Đã ghi ý kiến không đồng ý.", "Hai hộ đã có trong danh sách")


def district_lists_come_in(desks: Desks, folder: Path) -> None:
    officer = desks(DISTRICT_OFFICER)
    for name, page, rows in (("nha-dai-doan-ket", "/nha/", 2), ("an-sinh-xa-hoi", "", 3)):
        officer.page.goto(page or "/ho-tro/an-sinh-xa-hoi/")
        officer.follow("Nhập từ Excel")
        officer.upload(_rows_of(FILES / f"{name}.xlsx", {"Xã Mỹ Thạnh", "Xã Bình An"}, folder))
        officer.reads(f"{rows} dòng trong tệp", "0 dòng lỗi", "Xã Mỹ Thạnh")
        officer.picture(f"25-xem-lai-{name}")
        if name.startswith("nha-"):
            _accountant_confirms(desks(DISTRICT_ACCOUNTANT), f"{name}.xlsx", rows)
        else:
            officer.confirm(rows)
    officer.go("Nhà Đại đoàn kết")
    officer.reads("2 nhà", "2 đã bàn giao", "Trần Quốc Khánh")
    officer.picture("26-nha-dai-doan-ket")


def _rows_of(file: Path, communes: set[str], folder: Path) -> Path:
    """A copy of the district's list with the lines of these communes alone."""
    book = openpyxl.load_workbook(file)
    sheet = book.active
    for number in range(sheet.max_row, 0, -1):
        cells = [cell.value for cell in sheet[number]]
        if isinstance(cells[0], int) and not communes & set(cells):
            sheet.delete_rows(number)
    book.save(folder / file.name)
    return folder / file.name


def a_house_is_refused(desks: Desks) -> None:
    officer = desks(OFFICER)
    officer.go("Hộ")
    officer.follow(WITHOUT_HELP)
    officer.follow("Đề nghị hỗ trợ nhà")
    expect(officer.main.get_by_label("Hộ").first).to_have_value(re.compile(WITHOUT_HELP))
    officer.fill("Hoàn cảnh của hộ", "Nhà cột tạm, mái lá đã dột")
    officer.choose("Nguồn", "Quỹ “Vì người nghèo”")
    officer.fill("Số tiền (đồng)", "50.000.000")
    officer.picture("27-de-nghi-nha")
    officer.press("Đề nghị")
    officer.reads("Huyện Thủ Thừa sẽ quyết định")
    officer.has_no("Không duyệt", "Duyệt trong một quyết định")
    officer.picture("28-ho-so-nha")
    address = officer.page.url
    standing = desks(DISTRICT_STANDING)
    standing.go("Việc cần xử lý")
    standing.follow("nhà Đại đoàn kết chờ quyết định")
    standing.picture("29-duyet-nha")
    standing.follow(WITHOUT_HELP)
    standing.follow("Không duyệt")
    standing.fill("Lý do không duyệt", "Hộ đang ở nhà của con, chưa có đất ở")
    standing.picture("30-khong-duyet")
    standing.press("Không duyệt")
    standing.reads("Đã ghi không duyệt.")
    officer.page.goto(address)
    officer.reads("Hộ đang ở nhà của con, chưa có đất ở")
