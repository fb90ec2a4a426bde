from datetime import date

import pytest

from committees.errors import FileRefused
from fund.models import Entry, WelfareTotal
from tests.factories.committees import make_district
from tests.factories.support import WELFARE_LABELS, take_in, texts, understand, welfare_file

pytestmark = pytest.mark.django_db
DAY = date(2023, 10, 18)


@pytest.fixture
def units():
    return make_district(communes=2, hamlets=0)


def row(place: str, value: object = 1_000_000, **changes) -> list:
    cells = {
        "STT": 1,
        "Ngày": DAY,
        "Xã, thị trấn": place,
        "Đơn vị thực hiện": "Chùa Thử",
        "Nội dung": "Tặng quà",
        "Số suất": 10,
        "Trị giá (đồng)": value,
    } | changes
    return [cells[label] for label in WELFARE_LABELS]


def test_a_district_records_totals_at_its_communes_and_no_books(units):
    district = units["district"]
    names = [units["commune1"].name, units["commune2"].bare_name]
    take_in("welfare", welfare_file(district, *map(row, names)), district)

    places = {total.place for total in WelfareTotal.objects.all()}
    assert places == {units["commune1"], units["commune2"]}
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Xã, thị trấn": "Xã Không Có"}, "không có “Xã Không Có”"),
        ({"Xã, thị trấn": ""}, "Chưa ghi xã, thị trấn"),
        ({"Đơn vị thực hiện": ""}, "Chưa ghi đơn vị thực hiện"),
        ({"Trị giá (đồng)": "abc"}, "không phải số tiền"),
        ({"Ngày": "32/10/2023"}, "ngày"),
        ({"Số suất": "vài"}, "số"),
    ],
)
def test_a_wrong_cell_is_an_error(units, changes, sentence):
    data = welfare_file(units["district"], row(units["commune1"].name, **changes))
    errors = texts(understand("welfare", data, units["district"]), "error")

    assert len(errors) == 1
    assert sentence in errors[0]


def test_a_commune_may_leave_the_column_out(units):
    labels = [label for label in WELFARE_LABELS if label != "Xã, thị trấn"]
    cells = [1, DAY, "Chùa Thử", "Tặng quà", None, 2_000_000]
    take_in("welfare", welfare_file(units["commune1"], cells, labels=labels), units["commune1"])

    total = WelfareTotal.objects.get()
    assert (total.place, total.portions, total.value) == (units["commune1"], None, 2_000_000)


def test_a_district_needs_the_column(units):
    labels = [label for label in WELFARE_LABELS if label != "Xã, thị trấn"]
    cells = [1, DAY, "Chùa Thử", "Tặng quà", None, 2_000_000]
    with pytest.raises(FileRefused, match="thiếu cột “Xã, thị trấn”"):
        understand(
            "welfare", welfare_file(units["district"], cells, labels=labels), units["district"]
        )


def test_a_commune_records_nothing_for_another_one(units):
    data = welfare_file(units["commune1"], row(units["commune2"].name))

    assert "không có" in texts(understand("welfare", data, units["commune1"]), "error")[0]


def test_the_same_total_again_warns(units):
    line = row(units["commune1"].name)
    take_in("welfare", welfare_file(units["district"], line), units["district"])
    again = understand("welfare", welfare_file(units["district"], line, line), units["district"])

    assert len(texts(again, "warning")) == 2
    assert texts(again, "error") == []
