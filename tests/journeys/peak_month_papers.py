"""The second half of the peak month: the plan, the reports, up to the province."""

import re
import subprocess
from pathlib import Path

from tests.journeys.desk import Desk, Desks
from tests.journeys.peak_month_records import DISTRICT_OFFICER, DISTRICT_STANDING, STANDING

CLERK = "clerk.huyen-thu-thua-2023"
PROVINCE_STANDING = "standing.tinh-long-an-2023"
CAMPAIGN = "Tháng cao điểm “Vì người nghèo” năm 2023"


def the_plan_is_issued(desks: Desks, folder: Path) -> None:
    _plan_is_written(desks(DISTRICT_OFFICER))
    clerk = desks(CLERK)
    clerk.go("Chiến dịch")
    clerk.follow(re.compile(CAMPAIGN))
    clerk.picture("34-chien-dich")
    clerk.follow(re.compile("Tổ chức triển khai"))
    clerk.follow("Ghi nhận đã ký")
    _sign(clerk, "16/10/2023", "Lưu")
    clerk.follow("Vào số")
    _number(clerk, "50", "16/10/2023", "Lưu")
    clerk.press("Phát hành", agree=True)
    clerk.reads("Đã phát hành kế hoạch 50/KH-MTTQ-BTT.")
    clerk.picture("36-ke-hoach-phat-hanh")
    with clerk.page.expect_download() as download:
        clerk.follow("Tải PDF")
    paper = folder / "ke-hoach.pdf"
    download.value.save_as(paper)
    words = _words_of(paper)
    assert "50/KH-MTTQ-BTT" in words
    assert "hỗ trợ 02 căn nhà Đại đoàn kết" in words


def _plan_is_written(officer: Desk) -> None:
    officer.go("Chiến dịch")
    officer.follow(re.compile(CAMPAIGN))
    officer.follow("Lập kế hoạch")
    officer.picture("31-lap-ke-hoach")
    officer.press("Lập bản nháp")
    officer.reads("Đã lập kế hoạch nháp; hãy điền các mục.")
    officer.follow("Chỉ tiêu")
    officer.fill("Nhà Đại đoàn kết (căn)", "2")
    officer.press("Lưu")
    officer.reads("Đã lưu chỉ tiêu.")
    officer.follow("Sửa thông tin")
    officer.fill("Số kế hoạch cấp trên", "158/KH-MTTQ-BTT")
    officer.fill("Ngày kế hoạch cấp trên", "13/10/2023")
    officer.fill("Cơ quan ban hành", "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Long An")
    officer.fill("Người ký", "Nguyễn Văn Mẫu")
    officer.fill("Nơi nhận", "Như trên\nLưu VT")
    officer.picture("32-sua-ke-hoach")
    officer.press("Lưu")
    officer.reads("Đã lưu kế hoạch.", "158/KH-MTTQ-BTT")
    officer.main.locator("summary").filter(has_text="Sửa mục III.").click()
    officer.main.locator("details[open]").get_by_role("link", name="Thêm vào trong").click()
    officer.choose("Loại", "Gạch đầu dòng")
    officer.fill("Nội dung", "Vận động, hỗ trợ {houses} căn nhà Đại đoàn kết.")
    officer.press("Lưu")
    officer.reads("hỗ trợ 02 căn nhà Đại đoàn kết")
    officer.picture("33-ke-hoach")
    officer.has_no("Ghi nhận đã ký", "Vào số", "Phát hành")


def the_commune_sends_its_report(desks: Desks) -> None:
    standing = desks(STANDING)
    standing.go("Báo cáo")
    standing.picture("37-bao-cao")
    standing.press("Lập dự thảo báo cáo")
    _wait_for_draft(standing, "38-tac-vu")
    standing.reads("KẾT QUẢ THỰC HIỆN", "34 hộ", "20.794.000")
    standing.picture("39-du-thao")
    standing.follow(re.compile("Sửa lời văn.*: Chương trình an sinh xã hội"))
    words = standing.main.get_by_label("Lời văn")
    words.fill(f"{words.input_value()}\nCác chùa trên địa bàn xã đóng góp thường xuyên.")
    standing.picture("40-loi-van")
    standing.press("Lưu lời văn")
    standing.reads("Các chùa trên địa bàn xã", "Lời văn do cán bộ sửa.")
    for code in ("Tổng tiếp nhận", "Tổng số hộ", "Hộ đã được hỗ trợ", "An sinh xã hội"):
        _figure_is_its_records(standing, code)
    _send(standing, "41-gui-so-lieu")


def _figure_is_its_records(standing: Desk, label: str) -> None:
    """Click a figure of the report: the lines of the next page add up to the number clicked."""
    figure = standing.link(re.compile(rf": {label}$"))
    shown = _whole(figure.inner_text().split()[0])
    figure.click()
    standing.reads("Cộng tất cả")
    table = standing.main.get_by_role("table")
    counted = table.locator("tbody td:last-child").all_inner_texts()
    total = table.locator("tfoot td:last-child").inner_text()
    assert (sum(map(_whole, counted)), _whole(total)) == (shown, shown), label
    standing.picture(f"43-ban-ghi-{len(counted)}")
    standing.page.go_back()
    standing.reads("KẾT QUẢ THỰC HIỆN")


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def the_district_asks_again_and_reconciles(desks: Desks) -> None:
    district, commune = desks(DISTRICT_STANDING), desks(STANDING)
    _open_waiting_report(district)
    district.picture("44-bao-cao-cap-duoi")
    district.follow("Đề nghị rà soát")
    district.fill("Số liệu cần rà soát", "Tổng tiếp nhận – đề nghị đối chiếu lại với sổ quỹ.")
    district.press("Gửi đề nghị rà soát")
    district.reads("Đã đề nghị Xã Mỹ Thạnh rà soát lại.")
    commune.go("Việc cần xử lý")
    commune.picture("46-viec-ra-soat")
    commune.follow("báo cáo được cấp trên đề nghị rà soát")
    commune.follow(re.compile("lần 1"))
    commune.reads("Tổng tiếp nhận – đề nghị đối chiếu lại với sổ quỹ.")
    commune.picture("47-can-ra-soat")
    commune.press("Lập lại dự thảo")
    _wait_for_draft(commune)
    commune.reads("lần 2", "Các chùa trên địa bàn xã")
    _send(commune)
    _open_waiting_report(district)
    _reconcile(district)
    district.reads("Đã đối chiếu, tiếp nhận báo cáo của Xã Mỹ Thạnh.")


def the_district_reports_to_the_province(desks: Desks, folder: Path) -> None:
    district, province = desks(DISTRICT_STANDING), desks(PROVINCE_STANDING)
    district.go("Báo cáo")
    district.reads("Tổng hợp tạm 1/12 đơn vị đã đối chiếu.")
    district.picture("49-bao-cao-huyen")
    district.press("Lập dự thảo báo cáo")
    _wait_for_draft(district)
    district.reads("Tổng hợp tạm 1/12 đơn vị", "Chưa có số liệu của:", "Xã Bình An")
    district.picture("50-du-thao-huyen")
    _send(district)
    province.go("Việc cần xử lý")
    province.follow("báo cáo cấp dưới chờ đối chiếu")
    province.picture("52-bao-cao-tinh")
    province.follow("Huyện Thủ Thừa")
    _reconcile(province)
    _issue_report(desks(CLERK), folder / "bao-cao.pdf")


def _issue_report(clerk: Desk, paper: Path) -> None:
    clerk.go("Việc cần xử lý")
    clerk.follow("báo cáo đã đối chiếu chờ ký")
    clerk.follow(re.compile(CAMPAIGN))
    clerk.follow("Ghi nhận đã ký")
    _sign(clerk, "20/11/2023", "Ghi nhận đã ký")
    clerk.follow("Vào số")
    _number(clerk, "62", "21/11/2023", "Vào số")
    clerk.press("Phát hành", agree=True)
    clerk.reads("Đã phát hành báo cáo.")
    clerk.picture("54-da-phat-hanh")
    answer = clerk.context.request.get(clerk.link("Tải PDF").get_attribute("href"))
    paper.write_bytes(answer.body())
    words = _words_of(paper)
    assert "62/BC-MTTQ-BTT" in words
    assert "Nguyễn Văn Mẫu" in words


def _wait_for_draft(desk: Desk, picture: str = "") -> None:
    """The page of the job asks by itself until the drafts are made; nobody reloads it."""
    desk.reads("Lập dự thảo báo cáo")
    if picture:
        desk.picture(picture)
    desk.follow("Mở dự thảo báo cáo")


def _send(desk: Desk, picture: str = "") -> None:
    desk.follow("Gửi số liệu")
    desk.reads("Kiểm tra lại trước khi gửi số liệu")
    if picture:
        desk.picture(picture)
    desk.press("Gửi số liệu")
    desk.reads("Đã gửi số liệu; cấp trên sẽ đối chiếu.")
    desk.has_no("Đã đối chiếu, tiếp nhận")


def _open_waiting_report(district: Desk) -> None:
    district.go("Việc cần xử lý")
    district.follow("báo cáo cấp dưới chờ đối chiếu")
    district.follow("Xã Mỹ Thạnh")


def _reconcile(desk: Desk) -> None:
    desk.follow("Đã đối chiếu, tiếp nhận")
    desk.reads("Đối chiếu, tiếp nhận", "Số liệu này sẽ được cộng vào báo cáo")
    desk.press("Đã đối chiếu, tiếp nhận")
    desk.reads("Đã đối chiếu, tiếp nhận báo cáo của")


def _sign(clerk: Desk, day: str, submit: str) -> None:
    clerk.fill("Người ký", "Nguyễn Văn Mẫu")
    clerk.fill("Ngày ký", day)
    clerk.press(submit)
    clerk.reads("Đã ghi nhận chữ ký; bước tiếp theo là vào số.")


def _number(clerk: Desk, number: str, day: str, submit: str) -> None:
    clerk.main.get_by_role("textbox", name=re.compile("^Số")).fill(number)
    clerk.fill("Ngày ban hành", day)
    clerk.press(submit)
    clerk.reads("Đã vào số")


def _words_of(paper: Path) -> str:
    assert paper.read_bytes().startswith(b"%PDF")
    told = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())
