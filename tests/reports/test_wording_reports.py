"""The sentences of a report: none, one, many, missing; and nothing without data."""

import copy
from datetime import date

import pytest

from campaigns.models import Plan, Target
from committees import documents
from committees.people import system_user
from reports import prose
from reports.figures import figures_of, gather
from reports.models import Report
from tests.factories.committees import make_district, make_user
from tests.factories.reports import SIGNATURE, make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=1, hamlets=0)


@pytest.fixture
def report(units):
    """A district's report on nothing at all; tests change its figures."""
    campaign = make_campaign(units["province"])
    own = figures_of(gather(campaign, units["district"]), units["district"], own=True)
    return Report(
        campaign=campaign,
        committee=units["district"],
        figures={
            "own": own,
            "total": copy.deepcopy(own),
            "children": [],
            "missing": [],
            "expected": 0,
        },
    )


def said(report, section: str, **total) -> list[str]:
    """What the section says when these figures are other than 0."""
    houses = total.pop("houses", {})
    report.figures["total"] |= total
    report.figures["total"]["houses"] |= houses
    return prose.compose(report)[section]


def number_plan(report, unit, *, houses: int = 0) -> None:
    """A numbered plan of a unit, with a target of houses if one is given."""
    document = documents.draft_document(unit, kind="KH", subject="Kế hoạch", by=system_user())
    plan = Plan.objects.create(campaign=report.campaign, committee=unit, document=document)
    if houses:
        Target.objects.create(plan=plan, indicator="houses", quantity=houses, unit="căn")
    day = date(2023, 10, 16)
    clerk = make_user()
    documents.record_signature(document, **SIGNATURE | {"signed_on": day}, by=clerk)
    documents.enter_number(document, number=50, dated_on=day, by=clerk)


def test_without_any_record_only_what_is_known_is_said(report):
    composed = {code: lines for code, lines in prose.compose(report).items() if lines}

    assert set(composed) == {"direction", "registry", "received"}
    assert composed["registry"] == [
        "Chưa có danh sách hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn năm 2023."
    ]
    assert composed["received"] == [
        "Trong Tháng cao điểm, Quỹ “Vì người nghèo” huyện chưa tiếp nhận khoản ủng hộ nào."
    ]
    assert composed["direction"] == [
        f"Ban Thường trực Ủy ban MTTQ Việt Nam huyện {report.committee.bare_name} đã tổ chức "
        "triển khai Tháng cao điểm “Vì người nghèo” năm 2023 từ ngày 17/10/2023 đến ngày "
        "18/11/2023."
    ]


def test_no_list_is_not_said_while_the_units_with_lists_are_missing(report):
    report.figures["missing"] = ["Xã Mỹ Thạnh"]

    assert said(report, "registry") == []


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (
            {"households": 1, "poor": 1, "members": 4, "hamlets": 1},
            "Danh sách năm 2023 có 01 hộ với 04 nhân khẩu tại 01 khu dân cư, là hộ nghèo.",
        ),
        (
            {"households": 12, "near_poor": 12, "members": 40, "hamlets": 3},
            "Danh sách năm 2023 có 12 hộ với 40 nhân khẩu tại 03 khu dân cư, đều là hộ cận nghèo.",
        ),
        (
            {
                "households": 1_512,
                "poor": 1_000,
                "near_poor": 507,
                "hardship": 5,
                "members": 6_107,
                "hamlets": 62,
            },
            "Danh sách năm 2023 có 1.512 hộ với 6.107 nhân khẩu tại 62 khu dân cư, gồm 1.000 hộ "
            "nghèo, 507 hộ cận nghèo và 05 hộ có hoàn cảnh khó khăn.",
        ),
    ],
    ids=["one", "one kind", "many"],
)
def test_households(report, figures, sentence):
    assert said(report, "registry", **figures) == [sentence]


def test_one_gift_in_one_form(report):
    assert said(report, "received", receipts=1, received_cash=200_000, received_total=200_000) == [
        "Trong Tháng cao điểm, Quỹ “Vì người nghèo” huyện đã tiếp nhận 01 khoản ủng hộ, tổng trị "
        "giá 200.000 đồng, toàn bộ là tiền mặt."
    ]


def test_many_gifts_of_all_levels_and_later_ones(report):
    report.figures["expected"] = 2
    report.figures["own"] |= {"receipts": 6, "received_total": 164_000_000}

    assert said(
        report,
        "received",
        receipts=358,
        received_cash=217_740_000,
        received_bank=376_000_000,
        received_goods=68_387_000,
        received_total=662_127_000,
        receipts_after_window=3,
        received_after_window=400_000,
    ) == [
        "Trong Tháng cao điểm, Quỹ “Vì người nghèo” các cấp đã tiếp nhận 358 khoản ủng hộ, tổng "
        "trị giá 662.127.000 đồng, gồm tiền mặt 217.740.000 đồng, tiền chuyển khoản 376.000.000 "
        "đồng và hiện vật quy ra tiền 68.387.000 đồng; trong đó Quỹ cấp huyện tiếp nhận 06 khoản, "
        "164.000.000 đồng.",
        "Sau Tháng cao điểm, Quỹ tiếp nhận thêm 03 khoản, trị giá 400.000 đồng (chưa tính trong "
        "số liệu trên).",
    ]


def test_money_that_only_lies_there(report):
    assert said(report, "spent", fund_opening=5_000_000, money_closing=5_000_000) == [
        "Trong Tháng cao điểm, Quỹ “Vì người nghèo” huyện chưa chi khoản nào.",
        "Số dư tiền đầu kỳ 5.000.000 đồng, thu 0 đồng, chi 0 đồng, số dư tiền cuối kỳ 5.000.000 "
        "đồng (không gồm hiện vật).",
    ]


def test_money_spent_and_corrected_later(report):
    assert said(
        report,
        "spent",
        fund_opening=20_000_000,
        received_cash=1_000_000,
        spent_support=2_000_000,
        spent_houses=3_000_000,
        spent_total=5_000_000,
        money_closing=16_000_000,
        adjusted_after=500_000,
    ) == [
        "Quỹ “Vì người nghèo” huyện đã chi 5.000.000 đồng, gồm hỗ trợ hộ 2.000.000 đồng và xây "
        "dựng, sửa chữa nhà Đại đoàn kết 3.000.000 đồng.",
        "Số dư tiền đầu kỳ 20.000.000 đồng, thu 1.000.000 đồng, chi 5.000.000 đồng, số dư tiền "
        "cuối kỳ 16.000.000 đồng (không gồm hiện vật).",
        "Điều chỉnh sau kỳ: số dư trên tăng 500.000 đồng so với sổ sách tại ngày cuối kỳ, do chứng "
        "từ trong kỳ được hủy sau đó.",
    ]


def test_no_house_against_a_target(report, units):
    number_plan(report, units["district"], houses=7)

    assert said(report, "houses") == [
        "Chưa có nhà Đại đoàn kết nào được duyệt trên chỉ tiêu 07 căn của kế hoạch."
    ]


def test_houses_without_a_target(report):
    assert said(report, "houses", houses={"approved": 1, "repaired": 1, "handed_over": 1}) == [
        "Đã duyệt 01 căn (sửa chữa 01 căn); đã bàn giao 01 căn."
    ]


@pytest.mark.parametrize(
    ("target", "share", "judged"),
    [
        (8, "87,5%", "Nhà Đại đoàn kết mới duyệt 07/08 căn, còn thiếu 01 căn so với chỉ tiêu."),
        (7, "100%", "Đã duyệt đủ chỉ tiêu 07 căn nhà Đại đoàn kết, trong đó đã bàn giao 06 căn."),
        (6, "116,7%", "Đã hoàn thành chỉ tiêu 06 căn nhà Đại đoàn kết."),
        (5, "140%", "Đã hoàn thành chỉ tiêu 05 căn nhà Đại đoàn kết, vượt 01 căn."),
    ],
)
def test_another_target_gives_other_sentences(report, units, target, share, judged):
    number_plan(report, units["district"], houses=target)
    houses = {
        "approved": 7,
        "new": 5,
        "repaired": 2,
        "handed_over": 6,
        "under_way": 1,
        "fund": 350_000_000,
        "sponsors": 110_000_000,
        "family": 89_000_000,
        "labour_days": 156,
    }

    assert said(report, "houses", houses=houses) == [
        f"Đã duyệt 07 căn (xây mới 05 căn và sửa chữa 02 căn), đạt {share} chỉ tiêu 0{target} căn "
        "của kế hoạch; đã bàn giao 06 căn và đang thực hiện 01 căn.",
        "Tổng kinh phí 549.000.000 đồng, gồm Quỹ “Vì người nghèo” 350.000.000 đồng, các đơn vị, "
        "cá nhân tài trợ 110.000.000 đồng và gia đình đối ứng 89.000.000 đồng.",
        "Nhân dân đóng góp 156 ngày công.",
    ]
    assert prose.compose(report)["assessment"] == [judged]


def test_support_of_one_kind_and_of_many(report):
    one = {"Học bổng": {"count": 1, "value": 500_000}}
    many = one | {"Bò giống": {"count": 12, "value": 60_000_000}}

    assert said(report, "support", support=one) == [
        "Đã hỗ trợ 01 lượt với tổng trị giá 500.000 đồng từ Quỹ “Vì người nghèo” và các nguồn an "
        "sinh xã hội có danh sách, đều là học bổng."
    ]
    assert said(report, "support", support=many, households=40, supported_households=9) == [
        "Đã hỗ trợ 13 lượt với tổng trị giá 60.500.000 đồng từ Quỹ “Vì người nghèo” và các nguồn "
        "an sinh xã hội có danh sách, gồm: bò giống 12 lượt, 60.000.000 đồng; học bổng 01 lượt, "
        "500.000 đồng.",
        "Có 9/40 hộ trong danh sách đã được hỗ trợ hoặc được làm nhà, đạt 22,5%.",
    ]


def test_welfare_with_and_without_lists(report):
    assert said(report, "welfare", welfare=300, welfare_unlisted=300) == [
        "Các cơ quan, đơn vị, cá nhân trực tiếp thực hiện an sinh xã hội trị giá 300 đồng (ngoài "
        "Quỹ “Vì người nghèo”), toàn bộ là phần chưa có danh sách."
    ]
    assert (
        "gồm phần đã có danh sách người nhận 200 đồng và phần chưa có danh sách 300 đồng"
        in (said(report, "welfare", welfare=500, welfare_listed=200)[0])
    )


def test_nobody_waits_any_more(report):
    assert said(report, "assessment", households=9, supported_households=9) == [
        "Tất cả hộ trong danh sách đều đã được hỗ trợ trong Tháng cao điểm."
    ]


def test_what_remains_to_be_done_follows_from_the_figures(report):
    report.figures |= {"expected": 3, "missing": ["Xã An", "Xã Bình"]}

    assert said(
        report,
        "tasks",
        households=10,
        not_supported_households=3,
        money_closing=1_000_000,
        houses={"under_way": 2},
    ) == [
        "Tiếp tục rà soát, vận động nguồn lực hỗ trợ 03 hộ trong danh sách chưa được hỗ trợ, bảo "
        "đảm không trùng, không sót.",
        "Đôn đốc hoàn thành, bàn giao 02 căn nhà Đại đoàn kết đang thực hiện.",
        "Quản lý, sử dụng số dư Quỹ 1.000.000 đồng đúng quy chế, công khai, minh bạch.",
        "Đôn đốc xã An và xã Bình gửi số liệu để tổng hợp đầy đủ.",
    ]


@pytest.mark.parametrize(
    ("expected", "missing", "sentence"),
    [
        (12, [], "Số liệu được tổng hợp từ đủ 12/12 đơn vị cấp dưới đã được đối chiếu."),
        (
            12,
            ["Xã An"],
            "Tổng hợp tạm 11/12 đơn vị cấp dưới đã được đối chiếu; chưa có số liệu của xã An.",
        ),
        (
            3,
            ["Thị trấn An", "Xã Bình"],
            "Tổng hợp tạm 1/3 đơn vị cấp dưới đã được đối chiếu; chưa có số liệu của thị trấn An "
            "và xã Bình.",
        ),
        (
            1,
            ["Xã An"],
            "Tổng hợp tạm 0/1 đơn vị cấp dưới: chưa đơn vị nào được đối chiếu số liệu, báo cáo này "
            "chỉ gồm số liệu của cấp lập báo cáo.",
        ),
    ],
    ids=["all", "one missing", "two missing", "none yet"],
)
def test_units_below(report, expected, missing, sentence):
    report.figures |= {"expected": expected, "missing": missing}

    assert said(report, "direction")[-1] == sentence


def test_whom_a_lower_report_misses_is_said_above(report):
    child = {"name": "Huyện Thủ Thừa", "missing": ["Xã Tân Long"]}
    report.figures |= {"expected": 1, "missing": [], "children": [child]}

    assert said(report, "direction")[-1] == (
        "Báo cáo của huyện Thủ Thừa chưa có số liệu của xã Tân Long."
    )


def test_the_plan_of_the_unit_and_of_the_level_above(report, units):
    number_plan(report, units["province"])
    assert said(report, "direction")[0].startswith(
        "Thực hiện Kế hoạch số 50/KH-MTTQ-BTT ngày 16 tháng 10 năm 2023 của Ban Thường trực Ủy ban "
        f"MTTQ Việt Nam tỉnh {units['province'].bare_name}, Ban Thường trực Ủy ban MTTQ Việt Nam"
    )

    number_plan(report, units["district"])
    assert said(report, "direction")[0].startswith(
        "Thực hiện Kế hoạch số 50/KH-MTTQ-BTT ngày 16 tháng 10 năm 2023, Ban Thường trực"
    )


def test_sections_without_words_are_not_sent(report):
    codes = [section["code"] for section in prose.narrate(report)]

    assert codes == ["direction", "registry", "received"]
    assert len(prose.sections_of(report)) == len(prose.HEADINGS)
