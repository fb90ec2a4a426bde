"""The pages of reports, driven as the people of a commune and its district would."""

import re

import pytest
from django.urls import reverse

from jobs import running
from jobs.models import Job
from reports import actions
from reports.models import Report
from tests.factories.fund import make_receipt
from tests.factories.reports import compile_all, live_report, make_chain, send_and_reconcile

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return make_chain()


@pytest.fixture
def as_person(client, chain):
    """Log in: ``as_person("standing", "commune1")``."""

    def log_in(role, unit):
        client.force_login(chain.person(role, unit))
        return client

    return log_in


def page_of(client, name, *args, **get) -> str:
    answer = client.get(reverse(name, args=args), get)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_commune_makes_its_draft_through_a_job(as_person, chain):
    officer = as_person("officer", "commune1")
    assert "Lập dự thảo báo cáo" in page_of(officer, "reports:report-list")

    url = reverse("reports:report-compile", args=[chain.units["commune1"].pk, 2023])
    first, second = officer.post(url), officer.post(url)
    assert first.url == second.url
    job = Job.objects.get()
    running.run(job.pk)

    report = live_report(chain, "commune1")
    assert (
        reverse("reports:report-detail", args=[report.pk])
        in officer.get(first.url).content.decode()
    )
    assert Report.objects.count() == 1
    assert "3.000.000 đồng" in page_of(officer, "reports:report-detail", report.pk)


def test_a_district_officer_compiles_the_district_alone(as_person, chain):
    district = chain.units["district"]
    as_person("officer", "district").post(
        reverse("reports:report-compile", args=[district.pk, 2023])
    )
    running.run(Job.objects.get().pk)

    assert list(Report.objects.values_list("committee", flat=True)) == [district.pk]


def test_a_commune_checks_again_and_sends(as_person, chain):
    report = compile_all(chain)["commune1"]
    standing = as_person("standing", "commune1")
    check = page_of(standing, "reports:report-send", report.pk)
    assert "Kiểm tra lại" in check
    assert "3.000.000" in check
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', check)[1]

    make_receipt(chain.units["commune1"].funds.get(), 500_000)
    url = reverse("reports:report-send", args=[report.pk])
    refused = standing.post(url, {"seen": seen}).content.decode()
    assert "Số liệu vừa thay đổi" in refused
    seen_now = re.search(r'name="seen" value="([0-9a-f]{64})"', refused)[1]
    standing.post(url, {"seen": seen_now})

    report.refresh_from_db()
    assert report.state == Report.State.SENT
    assert report.snapshot["total"]["received_total"] == 3_500_000


def test_a_district_asks_again_with_a_reason_and_then_takes_it_in(as_person, chain):
    report = send(chain, compile_all(chain)["commune1"])
    district = as_person("standing", "district")
    again = reverse("reports:report-ask-again", args=[report.pk])

    assert "Hãy điền ô này." in district.post(again, {"reason": " "}).content.decode()
    district.post(again, {"reason": "Thiếu hai khoản\nđã công khai"})
    report.refresh_from_db()
    assert (report.state, report.review_note) == ("look_again", "Thiếu hai khoản\nđã công khai")
    assert "Thiếu hai khoản<br>đã công khai" in page_of(
        as_person("officer", "commune1"), "reports:report-detail", report.pk
    )

    as_person("officer", "commune1").post(
        reverse("reports:report-compile", args=[chain.units["commune1"].pk, 2023])
    )
    running.run(Job.objects.latest("pk").pk)
    fresh = send(chain, live_report(chain, "commune1"))
    as_person("standing", "district").post(reverse("reports:report-reconcile", args=[fresh.pk]))
    fresh.refresh_from_db()
    assert fresh.state == Report.State.RECONCILED
    assert "Tổng hợp tạm 1/3" in page_of(as_person("leader", "district"), "reports:report-list")


def test_the_province_may_open_a_communes_report_but_not_take_it_in(as_person, chain):
    report = send(chain, compile_all(chain)["commune1"])
    province = as_person("standing", "province")

    page = page_of(province, "reports:report-detail", report.pk)
    assert "Đã đối chiếu, tiếp nhận</a>" not in page
    answer = province.post(reverse("reports:report-reconcile", args=[report.pk]), follow=True)

    assert "Chỉ cấp trên trực tiếp" in answer.content.decode()
    report.refresh_from_db()
    assert report.state == Report.State.SENT


def test_the_clerk_signs_numbers_and_issues(as_person, chain):
    report = send(chain, compile_all(chain)["commune1"])
    clerk = as_person("clerk", "commune1")

    def post(name, **data):
        return clerk.post(reverse(f"reports:report-{name}", args=[report.pk]), data, follow=True)

    signed = {"signed_as": "0", "signer_name": "Nguyễn Văn Mẫu", "signed_on": "20/11/2023"}
    assert "bước tiếp theo là vào số" in post("sign", **signed).content.decode()
    assert "Đã hủy ghi nhận chữ ký" in post("unsign", reason="Nhầm").content.decode()
    post("sign", **signed)
    assert (
        "Sổ công văn chưa có số"
        in post("number", number="35", dated_on="21/11/2023").content.decode()
    )
    assert "Đã phát hành báo cáo" in post("issue").content.decode()

    report.document.refresh_from_db()
    assert (report.document.state, report.document.number) == ("issued", 35)
    pdf = clerk.get(reverse("reports:report-pdf", args=[report.pk]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_records_that_moved_on_show_beside_what_was_sent(as_person, chain):
    report = send(chain, compile_all(chain)["commune1"])
    leader = as_person("leader", "commune1")
    assert "đã khác" not in page_of(leader, "reports:report-detail", report.pk)

    make_receipt(chain.units["commune1"].funds.get(), 700_000)
    page = page_of(leader, "reports:report-detail", report.pk)

    assert "Số liệu hiện tại đã khác" in page
    assert "3.000.000" in page
    assert "3.700.000" in page


def test_words_are_edited_and_brought_back(as_person, chain):
    report = compile_all(chain)["commune1"]
    officer = as_person("officer", "commune1")
    url = reverse("reports:report-words", args=[report.pk, "assessment"])

    officer.post(url, {"text": "Nhân dân đồng tình.\r\nCán bộ tận tâm."})
    page = page_of(officer, "reports:report-detail", report.pk)
    assert "<p>Nhân dân đồng tình.</p>" in page
    assert "Lời văn do cán bộ sửa." in page
    officer.post(url, {"text": ""})
    report.refresh_from_db()

    assert report.narrative == {}
    assert officer.get(reverse("reports:report-words", args=[report.pk, "x"])).status_code == 404


def test_a_replacement_begins_a_new_draft(as_person, chain):
    compile_all(chain)
    report = send_and_reconcile(chain, "commune1", upper="district")
    standing = as_person("standing", "commune1")
    assert "hết hiệu lực" in page_of(standing, "reports:report-replace", report.pk)

    answer = standing.post(reverse("reports:report-replace", args=[report.pk]))

    fresh = live_report(chain, "commune1")
    assert answer.url == reverse("reports:report-detail", args=[fresh.pk])
    assert fresh.revision == 2
    assert "Báo cáo này đã được thay thế" in page_of(standing, "reports:report-detail", report.pk)


def send(chain, report):
    unit = next(name for name, unit in chain.units.items() if unit.pk == report.committee_id)
    return actions.send_report(report, by=chain.person("standing", unit))
