"""The official paper of a report: its words, its annexes, the same bytes every time."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pypdf import PdfReader

from reports import actions
from reports.documents import pdf_of
from reports.models import Report
from tests.factories.fund import make_receipt
from tests.factories.reports import (
    compile_all,
    issue,
    live_report,
    make_chain,
    send_and_reconcile,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


def text_of(pdf: bytes) -> str:
    """All words of a PDF on one line."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_draft_says_that_it_is_one_and_has_a_blank_number(chain):
    text = text_of(pdf_of(compile_all(chain)["commune1"]))

    assert "DỰ THẢO – chưa gửi" in text
    assert "/BC-MTTQ-BTT" in text
    assert "35/BC" not in text
    assert f"Kính gửi: Ban Thường trực Ủy ban MTTQ Việt Nam huyện {bare(chain, 'district')}" in text


def bare(chain, unit):
    return chain.units[unit].bare_name


def test_a_districts_paper_numbers_its_parts_and_names_who_is_missing(chain):
    compile_all(chain)
    send_and_reconcile(chain, "commune1", upper="district")
    send_and_reconcile(chain, "district", upper="province")
    text = text_of(pdf_of(issue(chain, "district", number=62)))

    assert "Số: 62/BC-MTTQ-BTT" in text
    assert "ngày 21 tháng 11 năm 2023" in text
    for part in ("I. CÔNG TÁC", "II. KẾT QUẢ", "III. ĐÁNH GIÁ CHUNG", "IV. NHIỆM VỤ"):
        assert part in text
    assert "Tổng hợp tạm 1/3 đơn vị cấp dưới" in text
    assert "Phụ lục II SỐ LIỆU THEO ĐƠN VỊ" in text
    assert "Xã Vắng (chưa có số liệu)" in text
    assert "Nơi nhận: - Như trên; - Lưu: VT." in text
    assert "TM. BAN THƯỜNG TRỰC CHỦ TỊCH Nguyễn Văn Mẫu" in text
    assert "Mã kiểm tra" in text
    assert "DỰ THẢO" not in text


def test_a_commune_has_no_annex_by_unit(chain):
    text = text_of(pdf_of(compile_all(chain)["commune1"]))

    assert "Phụ lục SỐ LIỆU THÁNG CAO ĐIỂM" in text
    assert "THEO ĐƠN VỊ" not in text


def test_the_same_snapshot_gives_the_same_bytes_whatever_happens_to_the_records(chain):
    compile_all(chain)
    sent = actions.send_report(
        live_report(chain, "commune1"), by=chain.person("standing", "commune1")
    )
    first = pdf_of(sent)

    make_receipt(chain.units["commune1"].funds.get(), 700_000)

    assert pdf_of(Report.objects.get(pk=sent.pk)) == first


def test_the_command_writes_the_paper_in_force(chain, tmp_path):
    compile_all(chain)
    report = send_and_reconcile(chain, "commune1", upper="district")
    out, answer = tmp_path / "bao-cao.pdf", io.StringIO()
    place = f"{chain.units['commune1'].code}@2023-11-18"

    call_command("print_report", committee=place, campaign=2023, out=out, json=True, stdout=answer)

    assert out.read_bytes() == pdf_of(report)
    assert json.loads(answer.getvalue())["sha256"] == report.sha256


@pytest.mark.parametrize(("place", "said"), [("commune3", "chưa có báo cáo"), ("0", "mã 0")])
def test_the_command_says_what_is_missing(chain, tmp_path, place, said):
    code = chain.units[place].code if place in chain.units else place

    with pytest.raises(CommandError, match=said):
        call_command(
            "print_report", committee=f"{code}@2023-11-18", campaign=2023, out=tmp_path / "x.pdf"
        )
