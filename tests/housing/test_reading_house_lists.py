from datetime import date

import pytest

from committees.errors import FileRefused
from committees.people import system_user
from fund.models import Support, Voucher
from households.actions.changing import change_code
from housing.models import House, HouseRound
from tests.factories.committees import make_district
from tests.factories.households import make_household
from tests.factories.housing import (
    FUND_PART,
    LABELS,
    STARTED,
    fill_treasury,
    house_file,
    make_house,
)
from tests.factories.support import take_in, texts, understand

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    made = make_district(communes=2, hamlets=1)
    fill_treasury(made["district"], 200_000_000)
    return made


@pytest.fixture
def household(units):
    return make_household(units["hamlet1_1"], year=2023)


def read(units, *rows, **options):
    district = units["district"]
    return understand("houses", house_file(district, *rows, **options), district)


def test_the_code_that_a_household_had_still_means_it(units, household):
    old = household.code
    change_code(
        household, version=household.version, code="M-77", reason="Đánh lại", by=system_user()
    )
    assert texts(read(units, (household, {"Mã hộ": old})), "error") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Mã hộ": "KHONG-CO"}, "Không có hộ mã KHONG-CO"),
        ({"Xã, thị trấn": "Xã Ở Đâu"}, "không có “Xã Ở Đâu”"),
        ({"Thôn/ấp": "Ấp 77"}, "Xã không có “Ấp 77”"),
        ({"Xây mới/Sửa chữa": "Sơn lại"}, "chưa rõ: hãy ghi “Xây mới” hoặc “Sửa chữa”"),
        ({"Quỹ VNN huyện": "năm mươi"}, "không phải số tiền"),
        ({"Tài trợ": 5_000_000}, "chưa ghi đơn vị tài trợ"),
        ({"Ngày công": "nhiều"}, "số"),
        ({"Ngày hoàn thành": date(2023, 10, 1)}, "trước bước trước"),
        ({"Ngày hoàn thành": None}, "Bước trước chưa có ngày"),
        ({"Ngày khởi công": date(2026, 1, 1), "Ngày hoàn thành": None, "Ngày bàn giao": None},
         "nằm ngoài thời gian hoạt động"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_an_error_of_its_line(units, household, changes, sentence):
    errors = texts(read(units, (household, changes)), "error")

    assert len(errors) == 1
    assert sentence in errors[0]


def test_the_same_household_twice_is_an_error(units, household):
    understood = read(units, (household, {}), (household, {"Xây mới/Sửa chữa": "Sửa chữa"}))

    assert texts(understood, "error") == ["Hộ này đã có ở dòng 5: hãy xóa một dòng."]


def test_a_second_new_house_stops_and_a_repair_warns(units, household):
    make_house(household, payer=units["district"])

    assert "không hỗ trợ xây mới lần nữa" in texts(read(units, (household, {})), "error")[0]
    repair = read(units, (household, {"Xây mới/Sửa chữa": "Sửa chữa"}))
    assert texts(repair, "error") == []
    assert "hãy kiểm tra có trùng không" in texts(repair, "warning")[0]


@pytest.mark.parametrize(
    "label", ["Quỹ VNN huyện", "Quỹ “Vì người nghèo” huyện", "Quỹ Vì người nghèo", "QUỸ VNN"]
)
def test_every_name_of_the_own_fund_is_its_column(units, household, label):
    labels = [label if name == "Quỹ VNN huyện" else name for name in LABELS]
    take_in(
        "houses",
        house_file(units["district"], (household, {label: FUND_PART}), labels=labels),
        units["district"],
    )

    assert Voucher.objects.get(purpose="house").amount == FUND_PART


def test_a_house_not_yet_started_is_approved_and_not_paid(units, household):
    later = {"Ngày khởi công": None, "Ngày hoàn thành": None, "Ngày bàn giao": None}
    take_in("houses", house_file(units["district"], (household, later)), units["district"])

    house = House.objects.get()
    assert (house.state, house.support, house.funding.get(source="fund").voucher) == (
        "approved", None, None,
    )  # fmt: skip
    assert Support.objects.count() == 0


def test_money_that_is_not_there_refuses_the_whole_file(units, household):
    rows = [(household, {"Quỹ VNN huyện": 200_000_001})]
    with pytest.raises(FileRefused, match=r"Kho bạc.*không đủ"):
        take_in("houses", house_file(units["district"], *rows), units["district"])

    assert House.objects.count() == HouseRound.objects.count() == Support.objects.count() == 0


def test_a_house_of_the_list_stands_with_its_dates_and_money(units, household):
    changes = {"Đơn vị tài trợ": "Công ty Thử", "Tài trợ": "20.000.000"}
    take_in("houses", house_file(units["district"], (household, changes)), units["district"])

    house = House.objects.get()
    money = {line.source: line.amount for line in house.funding.all()}
    assert money == {"fund": FUND_PART, "sponsor": 20_000_000, "family": 10_000_000}
    assert (house.state, house.labour_days, house.payer) == ("handed_over", 36, units["district"])
    assert (house.round.decided_on, house.support.date) == (STARTED, STARTED)
    voucher = house.funding.get(source="fund").voucher
    assert (voucher.account.kind, voucher.date) == ("treasury", STARTED)


def test_a_list_without_its_commune_column_is_refused_at_a_district(units, household):
    labels = [label for label in LABELS if label != "Xã, thị trấn"]
    with pytest.raises(FileRefused, match="thiếu cột “Xã, thị trấn”"):
        read(units, (household, {}), labels=labels)


def test_a_commune_may_hand_in_the_houses_of_its_own_fund(units, household):
    commune = units["commune1"]
    fill_treasury(commune, 60_000_000)
    labels = ["Quỹ VNN xã" if name == "Quỹ VNN huyện" else name for name in LABELS]
    rows = [(household, {"Quỹ VNN xã": FUND_PART})]
    take_in("houses", house_file(commune, *rows, labels=labels), commune)

    assert Voucher.objects.get(purpose="house").fund.committee == commune
