"""The page of poverty standards, and a province's own lines above the country's."""

import pytest
from django.urls import reverse

from committees.models import AuditEvent
from committees.people import system_user
from households.actions.standards import LineFacts, draw_line, remove_line
from households.errors import LineRefused
from households.models import PovertyLine
from households.standards import changes_between, line_of, standard_in, standards
from tests.factories.committees import make_district, make_user

pytestmark = pytest.mark.django_db
BASIS = "Nghị quyết 5/NQ-HĐND"


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def standing(units):
    return make_user(("standing", units["province"]))


def draw(units, income, *, year=2023, area="rural", place="province", **more):
    facts = LineFacts(income, more.pop("legal_text", BASIS), **more)
    return draw_line(
        standard_in(year), place=units[place], area=area, facts=facts, by=system_user()
    )


def test_a_province_draws_and_replaces_its_line(units):
    draw(units, 1_500_000)  # equal to the country's is allowed
    draw(units, 1_700_000, points=155)
    line = line_of(standard_in(2023), "rural", place=units["commune1"])
    assert (line.income, line.points, line.place) == (1_700_000, 155, units["province"])
    assert PovertyLine.objects.exclude(place=None).count() == 1
    said = AuditEvent.objects.filter(action="poverty_line.drawn").values_list("detail", flat=True)
    assert [detail["replaced"] for detail in said.order_by("pk")] == [False, True]
    remove_line(line, by=system_user())
    assert line_of(standard_in(2023), "rural", place=units["commune1"]).place is None


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"income": 1_499_999}, "thấp hơn chuẩn quốc gia 1.500.000 đ"),
        ({"income": 1_600_000, "points": 139}, "thấp hơn chuẩn quốc gia 140 điểm"),
        ({"income": 1_600_000, "legal_text": " "}, "Chưa ghi căn cứ"),
        ({"income": 1_600_000, "lower_income": 1_000_000}, "chỉ có một mức thu nhập"),
        ({"income": 1_600_000, "place": "district"}, "Chỉ tỉnh"),
        ({"income": 1_200_000, "year": 2021}, "hai mức"),
        ({"income": 1_200_000, "year": 2021, "lower_income": 699_999}, "hai mức"),
        ({"income": 1_200_000, "year": 2021, "lower_income": 1_200_000}, "phải thấp hơn"),
        ({"income": 1_999_999, "area": "urban"}, "thấp hơn chuẩn quốc gia 2.000.000 đ"),
    ],
)
def test_a_line_that_may_not_be_drawn_is_refused_in_words(units, facts, sentence):
    with pytest.raises(LineRefused, match=sentence):
        draw(units, facts.pop("income"), **facts)


def test_the_countrys_line_cannot_be_taken_away():
    with pytest.raises(LineRefused):
        remove_line(line_of(standard_in(2023), "rural"), by=system_user())


def test_the_standing_board_of_a_province_draws_a_line_on_the_page(client, units, standing):
    client.force_login(standing)
    page = client.get(reverse("households:line-list"))
    address = reverse("households:line-edit", args=[units["province"].pk])
    assert address in page.text
    sent = {"standard": standard_in(2023).pk, "area": "rural", "legal_text": BASIS}
    refused = client.post(address, sent | {"income": "1.400.000"})
    assert refused.status_code == 422
    assert "Chuẩn riêng 1.400.000 đ thấp hơn chuẩn quốc gia" in refused.text
    saved = client.post(address, sent | {"income": "1.800.000"}, follow=True)
    assert "1.800.000" in saved.text
    assert BASIS in saved.text
    edit = client.get(f"{address}?chuan=2022-2026&khu-vuc=rural")
    assert "1.800.000" in edit.text
    line = PovertyLine.objects.get(place=units["province"])
    client.post(reverse("households:line-remove", args=[line.pk]))
    assert not PovertyLine.objects.filter(place=units["province"]).exists()


def test_another_provinces_board_reaches_neither_line_nor_form(client, units):
    line = draw(units, 1_800_000)
    client.force_login(make_user(("standing", make_district()["province"])))
    assert (
        client.get(reverse("households:line-edit", args=[units["province"].pk])).status_code == 404
    )
    assert client.post(reverse("households:line-remove", args=[line.pk])).status_code == 404
    assert "1.800.000" not in client.get(reverse("households:line-list")).text
    client.force_login(make_user(("leader", units["commune1"])))
    assert "1.800.000" in client.get(reverse("households:line-list")).text


def test_the_page_tells_what_changed_between_the_standards(client, units):
    client.force_login(make_user(("officer", units["commune1"])))
    page = client.get(reverse("households:line-list")).text
    assert "Nông thôn: 1.500.000 đ → 2.200.000 đ" in page
    assert "Thêm chỉ số: Xử lý chất thải" in page
    assert "Bỏ chỉ số: Phương tiện phục vụ tiếp cận thông tin" in page
    assert "Nghị định 351/2025/NĐ-CP" in page
    first, second = changes_between(list(standards()))
    assert "Thành thị: 1.300.000 đ → 2.000.000 đ" in first.lines
    assert "Tiếp cận các dịch vụ y tế" in first.dropped
    assert len(second.added) == len(second.dropped) == 1
