"""The parts that pages are built of, rendered alone."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from committees.templatetags import vietnamese


@pytest.mark.parametrize("kind", ["draft", "waiting", "returned", "done", "refused", "warning"])
def test_a_status_is_words_and_a_shape(kind):
    page = render_to_string("parts/tag.html", {"kind": kind, "text": "Chờ duyệt"})

    assert "Chờ duyệt" in page
    assert "<svg" in page


def test_a_running_job_asks_again_and_an_ended_one_stops():
    job = SimpleNamespace(
        pk=7, state="running", has_ended=False, message="", progress=1200, total=5000
    )
    job.get_state_display = "Đang chạy"
    running = render_to_string("parts/progress.html", {"job": job, "job_url": "/tac-vu/7/"})
    job.state, job.has_ended = "done", True
    ended = render_to_string("parts/progress.html", {"job": job, "result_url": "/bao-cao/"})

    assert 'hx-get="/tac-vu/7/"' in running
    assert "1.200/5.000" in running
    assert 'value="1200"' in running
    assert "hx-get" not in ended
    assert 'href="/bao-cao/"' in ended


def test_pages_keep_the_filters_of_the_address():
    request = RequestFactory().get("/ho/", {"q": "an", "page": "2"})
    page = Paginator(range(379), 20).page(2)

    html = render_to_string("parts/pagination.html", {"page": page, "what": "hộ"}, request)

    assert "<strong>379</strong> hộ, đang xem 21–40" in html
    assert 'href="?q=an&amp;page=3"' in html


def test_a_timeline_shows_who_when_and_why():
    events = [
        SimpleNamespace(
            what="Trả lại",
            who="Người Thử",
            role="Ban Thường trực",
            at=datetime(2023, 10, 18, 18, 30, tzinfo=UTC),
            reason="Thiếu biên bản",
        )
    ]

    page = render_to_string("parts/timeline.html", {"events": events})

    assert "01:30 19/10/2023" in page
    assert "Lý do: Thiếu biên bản" in page


def test_an_empty_list_says_what_to_do_next():
    page = render_to_string(
        "parts/empty.html", {"text": "Chưa có hộ nào.", "url": "/ho/nhap/", "link": "Nhập từ Excel"}
    )

    assert "Chưa có hộ nào." in page
    assert 'href="/ho/nhap/"' in page


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (vietnamese.dong(1500000), "1.500.000\u00a0đ"),
        (vietnamese.dong(None), ""),
        (vietnamese.grouped(0), "0"),
        (vietnamese.in_words(24_000), "Hai mươi tư nghìn đồng"),
        (vietnamese.percent(12.5), "12,5 %"),
        (vietnamese.percent_of(3, 24), "12,5 %"),
        (vietnamese.vn_date(date(2023, 10, 7)), "07/10/2023"),
        (vietnamese.vn_date(datetime(2023, 10, 17, 18, 0, tzinfo=UTC)), "18/10/2023"),
        (vietnamese.masked("456"), "•••••••••456"),
    ],
)
def test_numbers_and_days_are_written_the_vietnamese_way(shown, expected):
    assert shown == expected
