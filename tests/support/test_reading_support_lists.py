from datetime import date

import pytest

from committees.errors import FileRefused
from committees.people import system_user
from fund.models import Entry, Fund, Support, SupportList, Voucher
from households.actions.changing import change_code
from households.models import Household
from tests.factories.committees import make_district
from tests.factories.households import make_household
from tests.factories.reports import make_campaign
from tests.factories.support import (
    DAY,
    LABELS,
    OWN_FUND,
    make_funded_commune,
    support_file,
    take_in,
    texts,
    understand,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=2, hamlets=2)


@pytest.fixture
def households(units):
    return make_funded_commune(units)


def read(units, *rows, **options):
    data = support_file(units["commune1"], *rows, **options)
    return understand("support", data, units["commune1"])


def test_the_code_that_a_household_had_still_means_it(units, households):
    first = households[0]
    old = first.code
    change_code(first, version=first.version, code="M-77", reason="Đánh lại", by=system_user())
    assert texts(read(units, (first, {"Mã hộ": old})), "error") == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Mã hộ": "28051-9999"}, "Không có hộ mã 28051-9999 trong sổ hộ của xã"),
        ({"Mã hộ": ""}, "Chưa ghi mã hộ"),
        ({"Thôn/ấp": "Ấp 77"}, "Xã không có “Ấp 77”"),
        ({"Giá trị (đồng)": -5}, "Số tiền"),
        ({"Giá trị (đồng)": 0}, "Số tiền là 0"),
        ({"Giá trị (đồng)": "năm trăm"}, "không phải số tiền"),
        ({"Ngày": "12/13/2023"}, "tháng"),
        ({"Ngày": date(2030, 1, 5)}, "nằm ngoài thời gian hoạt động"),
        ({"Nội dung hỗ trợ": ""}, "Chưa ghi nội dung hỗ trợ"),
        ({"Nguồn": ""}, "Chưa ghi nguồn hỗ trợ"),
        ({"Nguồn": "Quỹ VNN huyện"}, "là quỹ của đơn vị khác"),
    ],
)
def test_a_wrong_cell_is_an_error_of_its_line(units, households, changes, sentence):
    understood = read(units, (households[0], changes), (households[1], {}))

    errors = texts(understood, "error")
    assert [row.in_error for row in understood.rows] == [True, False]
    assert len(errors) == 1
    assert sentence.lower() in errors[0].lower()
    with pytest.raises(FileRefused, match="1 dòng có lỗi"):
        take_in(
            "support",
            support_file(units["commune1"], (households[0], changes), (households[1], {})),
            units["commune1"],
        )
    assert Support.objects.count() == 0


@pytest.mark.parametrize(
    "source",
    ["Quỹ “Vì người nghèo” xã", "quỹ vì người nghèo", "Quỹ VNN của xã", "QUỸ «VÌ NGƯỜI NGHÈO»"],
)
def test_every_way_of_writing_the_own_fund_pays_from_it(units, households, source):
    take_in(
        "support",
        support_file(units["commune1"], (households[0], {"Nguồn": source})),
        units["commune1"],
    )

    support = Support.objects.get()
    assert support.fund.committee == units["commune1"]
    assert support.voucher.account.kind == "cash"
    assert support.giver is None


def test_another_fund_of_charity_is_a_giver_outside(units, households):
    source = "Quỹ Khuyến học huyện"
    take_in(
        "support",
        support_file(units["commune1"], (households[0], {"Nguồn": source})),
        units["commune1"],
    )

    assert Support.objects.get().giver.name == source
    assert Voucher.objects.filter(purpose="support").count() == 0


def test_the_same_household_twice_with_one_kind_stops_the_list(units, households):
    again = {"Nội dung hỗ trợ": "quà  ngày 17/10", "Nguồn": "Hội Chữ thập đỏ"}
    understood = read(units, (households[0], {}), (households[0], again))

    assert texts(understood, "error") == [
        f"Hộ {households[0].code} đã có “quà ngày 17/10” ở dòng 5: hãy xóa một dòng."
    ]


def test_two_kinds_for_one_household_are_rightful(units, households):
    understood = read(units, (households[0], {}), (households[0], {"Nội dung hỗ trợ": "Học bổng"}))

    assert understood.all_findings == []


def test_what_anybody_gave_of_the_same_kind_in_the_peak_month_is_told(units, households):
    make_campaign(units["province"])
    commune = units["commune1"]
    giver = {"Nguồn": "Hội Chữ thập đỏ", "Giá trị (đồng)": "300.000", "Ngày": date(2023, 10, 18)}
    take_in("support", support_file(commune, (households[0], giver)), commune)
    before = {"Ngày": date(2023, 2, 3), "Nguồn": "Chùa Thử"}
    take_in("support", support_file(commune, (households[1], before)), commune)

    understood = read(units, (households[0], {}), (households[1], {}))

    assert texts(understood, "warning") == [
        "Đã nhận “Quà ngày 17/10” của Hội Chữ thập đỏ, 300.000 đ, ngày 18/10/2023."
    ]
    assert texts(understood, "error") == []


def test_another_name_than_the_registered_one_warns(units, households):
    understood = read(units, (households[0], {"Họ và tên chủ hộ": "Lê Hoàng Khác Hẳn"}))

    assert texts(understood, "warning") == [
        f"Sổ hộ ghi chủ hộ mã {households[0].code} là {households[0].head_name}."
    ]


def test_a_household_that_moved_away_gets_nothing(units, households):
    Household.objects.filter(pk=households[0].pk).update(state="moved")

    assert "đã chuyển đi" in texts(read(units, (households[0], {})), "error")[0]


def test_a_household_of_another_commune_is_unknown_here(units, households):
    stranger = make_household(units["hamlet2_1"], code="KHAC-1")

    assert "Không có hộ mã KHAC-1" in texts(read(units, (stranger, {})), "error")[0]


def test_the_list_of_another_commune_is_refused(units, households):
    with pytest.raises(FileRefused, match="không ghi"):
        read(units, (households[0], {}), title="ỦY BAN MTTQ VIỆT NAM XÃ KHÔNG PHẢI")


def test_a_missing_column_is_named(units, households):
    labels = [label for label in LABELS if label != "Nguồn"]
    with pytest.raises(FileRefused, match="thiếu cột “Nguồn”"):
        read(units, (households[0], {}), labels=labels)


def test_a_district_cannot_hand_in_a_support_list(units, households):
    data = support_file(units["district"], (households[0], {}))
    with pytest.raises(FileRefused, match="hãy chọn xã"):
        understand("support", data, units["district"])


def test_money_that_is_not_there_refuses_the_whole_file(units, households):
    """Enough in the end, not enough on the day: 20 million came on 5/1, 15 + 15 leave."""
    commune = units["commune1"]
    rows = [(household, {"Giá trị (đồng)": 15_000_000}) for household in households]
    with pytest.raises(FileRefused, match=r"Tiền mặt.*không đủ.*thiếu 10\.000\.000 đ"):
        take_in("support", support_file(commune, *rows), commune)

    assert Support.objects.count() == SupportList.objects.count() == 0
    assert Voucher.objects.filter(purpose="support").count() == 0


def test_money_that_comes_later_does_not_pay_an_earlier_day(units, households):
    commune = units["commune1"]
    early = {"Ngày": date(2023, 1, 4)}
    with pytest.raises(FileRefused, match="04/01/2023"):
        take_in("support", support_file(commune, (households[0], early)), commune)


def test_welfare_alone_makes_no_fund_and_no_entry(units):
    household = make_household(units["hamlet1_1"])
    commune = units["commune1"]
    take_in("support", support_file(commune, (household, {"Nguồn": "Hội Chữ thập đỏ"})), commune)

    assert Support.objects.standing().get().value == 500_000
    assert (Fund.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_list_of_the_fund_says_where_each_row_went(units, households):
    commune = units["commune1"]
    rows = [(household, {"Nguồn": OWN_FUND}) for household in households]
    batch = take_in("support", support_file(commune, *rows), commune)

    made = SupportList.objects.get()
    assert (made.state, made.batch, made.supports.count()) == ("recorded", batch, 2)
    assert [s.voucher.number for s in made.supports.order_by("pk")] == [1, 2]
    assert {support.date for support in made.supports.all()} == {DAY}
    assert batch.summary["created"] == {"supports": 2, "vouchers": 2, "givers": 0}
