"""Tổng quan and the records behind each number, on the sample district."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.vietnamese.amounts import grouped
from reports.figures import figures_of, gather
from reports.figures.indicators import INDICATORS, OF_SUPPORT
from tests.factories.committees import make_unit, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client, thu_thua):
    """Somebody of the district who only reads."""
    client.force_login(make_user(("leader", thu_thua.district)))
    return client


def records_url(thu_thua, unit, code):
    return reverse("reports:figure-records", args=[unit.pk, thu_thua.campaign.pk, code])


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_the_records_of_a_number_stand_on_its_page_with_their_sum(leader, thu_thua, code):
    district = thu_thua.district
    figures = figures_of(gather(thu_thua.campaign, district), district)

    page = leader.get(records_url(thu_thua, district, code)).content.decode()

    value = INDICATORS[code].value(figures)
    assert f'<span class="figure-number">{grouped(value)}</span>' in page
    if value:
        assert "Cộng tất cả" in page


def test_one_kind_of_support_stands_alone(leader, thu_thua):
    district = thu_thua.district
    kinds = figures_of(gather(thu_thua.campaign, district), district)["support"]
    for code in OF_SUPPORT:
        page = leader.get(
            records_url(thu_thua, district, code), {"kind": "Học bổng"}
        ).content.decode()
        expected = grouped(kinds["Học bổng"][code.rpartition(".")[2]])
        assert f'<span class="figure-number">{expected}</span>' in page
        assert "Học bổng" in page


def test_own_records_leave_the_communes_out(leader, thu_thua):
    page = leader.get(
        records_url(thu_thua, thu_thua.district, "received_total"), {"own": "1"}
    ).content.decode()

    assert '<span class="figure-number">164.000.000</span>' in page
    assert "riêng cấp này" in page


def test_every_record_opens(leader, thu_thua):
    """One link of each sort of record leads to a page that the leader may read."""
    for code in ("households", "received_total", "spent_total", "welfare", "houses.approved"):
        page = leader.get(records_url(thu_thua, thu_thua.district, code)).content.decode()
        cell = re.search(r'<td data-label="[^"]+"><a href="([^"]+)"', page)
        assert leader.get(cell[1]).status_code == 200, (code, cell[1])


@pytest.mark.parametrize("code", ["nothing", "houses", "support"])
def test_a_figure_that_is_none_is_not_there(leader, thu_thua, code):
    assert leader.get(records_url(thu_thua, thu_thua.district, code)).status_code == 404


def test_the_overview_shows_every_commune_and_every_number_opens(leader, thu_thua):
    page = leader.get(reverse("reports:overview")).content.decode()

    for commune in thu_thua.communes.values():
        assert commune.name in page
    assert "662.127.000" in page
    assert records_url(thu_thua, thu_thua.district, "received_total") in page
    assert records_url(thu_thua, thu_thua.communes["28051"], "households") in page
    assert f"{records_url(thu_thua, thu_thua.district, 'received_total')}?own=1" in page


def test_the_overview_of_a_commune_is_its_own(leader, thu_thua):
    commune = thu_thua.communes["28051"]
    page = leader.get(reverse("reports:overview"), {"unit": commune.pk}).content.decode()

    assert "20.794.000" in page
    assert "Theo đơn vị" not in page


def test_a_strangers_overview_is_not_there(leader, thu_thua):
    stranger = make_unit("district", parent=thu_thua.province)

    assert leader.get(reverse("reports:overview"), {"unit": stranger.pk}).status_code == 404
    assert leader.get(reverse("reports:overview"), {"unit": "x"}).status_code == 404


def test_before_any_campaign_the_pages_say_what_comes_first(client, thu_thua):
    elsewhere = make_unit("province", parent=None)
    client.force_login(make_user(("leader", elsewhere)))

    for name in ("reports:overview", "reports:report-list"):
        assert "chưa tham gia chiến dịch" in client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["reports:overview", "reports:report-list"])
def test_more_communes_cost_no_more_queries(client, thu_thua, name):
    small = make_unit("district", parent=thu_thua.province)
    make_unit("commune", parent=small)
    counts = []
    for unit in (small, thu_thua.district):
        client.force_login(make_user(("leader", unit)))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 28


@pytest.mark.parametrize("code", ["households", "received_total", "welfare", "houses.approved"])
def test_more_records_cost_no_more_queries(leader, thu_thua, code):
    counts = []
    for unit in (thu_thua.communes["28051"], thu_thua.district):
        with CaptureQueriesContext(connection) as queries:
            leader.get(records_url(thu_thua, unit, code))
        counts.append(len(queries))

    # A page that shows two sorts of welfare asks once more than a page that shows one.
    assert abs(counts[0] - counts[1]) <= 1
    assert max(counts) <= 20


@pytest.mark.parametrize("code", ["received_total", "welfare", "households", "support.count"])
@pytest.mark.parametrize("kind", ["x", "\0"])
def test_a_kind_that_the_records_do_not_have_harms_nothing(leader, thu_thua, code, kind):
    address = records_url(thu_thua, thu_thua.district, code)
    assert leader.get(address, {"kind": kind}).status_code == 200
