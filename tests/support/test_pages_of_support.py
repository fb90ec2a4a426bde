from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.todo import todos_of
from fund import support_actions
from fund.models import Support, SupportList, Voucher, WelfareTotal
from households.actions.merging import merge_households
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.factories.reports import make_campaign
from tests.factories.support import make_funded_commune, make_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=3, hamlets=2)


@pytest.fixture
def households(units):
    return make_funded_commune(units)


@pytest.fixture
def people(units):
    roles = ("officer", "standing", "accountant")
    return {role: make_user((role, units["commune1"])) for role in roles}


def get(client, name, *args, **query):
    response = client.get(reverse(f"support:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, *args, **data):
    return client.post(reverse(f"support:{name}", args=args), data, follow=True)


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def new_list(client, units, **changes):
    data = {
        "committee": units["commune1"].pk,
        "title": "Tặng quà ngày 17/10",
        "kind": "quà ngày 17/10",
        "date": "20/10/2023",
        "source": "fund",
        "giver": "",
    } | changes
    return post(client, "list-new", **data)


def test_a_list_goes_from_draft_to_the_books(client, units, households, people):
    client.force_login(people["officer"])
    page = new_list(client, units)
    made = SupportList.objects.get()
    assert "Chọn hộ cho" in page.content.decode()
    assert made.kind == "Quà ngày 17/10"

    page = post(client, "list-recipients", made.pk, households=[households[0].pk], value="500.000")
    assert said(page) == "Danh sách có 1 hộ."
    post(client, "list-recipients", made.pk, everyone="on", value="300.000")
    assert [s.value for s in made.supports.order_by("pk")] == [300_000, 300_000]
    page = post(client, "list-propose", made.pk)
    assert "chờ Ban Thường trực" in said(page)

    client.force_login(people["standing"])
    assert "Người đề nghị" in get(client, "list-decide", made.pk)
    page = post(client, "list-decide", made.pk, agree="1", note="")
    assert "kế toán có thể chi" in said(page)

    client.force_login(people["accountant"])
    assert "Tiền mặt còn 20.000.000 đ" in get(client, "list-pay", made.pk)
    page = post(client, "list-pay", made.pk, account="cash", on="21/10/2023")
    assert "Đã chi và ghi sổ" in said(page)
    assert Voucher.objects.get(purpose="support").amount == 600_000
    assert "600.000" in get(client, "support-list")


def test_a_line_is_taken_off_a_draft(client, units, households, people):
    client.force_login(people["officer"])
    made = make_list(units["commune1"], households, by=people["officer"])
    dropped = made.supports.get(household=households[0])
    post(client, "list-remove", made.pk, bo=[dropped.pk])

    assert [s.household for s in made.supports.all()] == [households[1]]


def test_a_draft_is_edited(client, units, households, people):
    client.force_login(people["officer"])
    made = make_list(units["commune1"], households, by=people["officer"])
    post(
        client,
        "list-edit",
        made.pk,
        title="Học bổng đầu năm",
        kind="Học bổng",
        date="21/10/2023",
        source="giver",
        giver="Hội Khuyến học",
    )

    found = Support.objects.filter(support_list=made)
    assert {(s.kind, s.date, s.giver.name, s.fund) for s in found} == {
        ("Học bổng", date(2023, 10, 21), "Hội Khuyến học", None)
    }


def test_a_wrong_form_is_shown_again_with_what_to_do(client, units, people):
    client.force_login(people["officer"])
    page = new_list(client, units, source="giver", date="2023")

    assert page.status_code == 422
    assert "Hãy ghi đơn vị, cá nhân hỗ trợ." in page.content.decode()
    assert SupportList.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {"value": "500.000"},
        {"value": "abc", "everyone": "on"},
        {"value": "500.000", "households": ["999999"]},
        {"value": "500.000", "households": ["x"]},
    ],
)
def test_wrong_recipients_are_refused_with_a_sentence(client, units, households, people, data):
    client.force_login(people["officer"])
    made = make_list(units["commune1"], [], by=people["officer"])
    page = post(client, "list-recipients", made.pk, **data)

    assert page.status_code == 422
    assert "hãy sửa các chỗ sau" in page.content.decode()
    assert made.supports.count() == 0


def test_who_proposed_is_told_that_another_decides(client, units, households):
    both = make_user(("officer", units["commune1"]), ("standing", units["commune1"]))
    client.force_login(both)
    made = make_list(units["commune1"], households, by=both)
    support_actions.propose_list(made, by=both)

    assert "người khác trong Ban Thường trực" in get(client, "list-detail", made.pk)
    assert "không được tự quyết định" in said(post(client, "list-decide", made.pk, agree="1"))


def test_likeness_is_shown_before_the_decision(client, units, households, people):
    given = make_list(units["commune1"], households[:1], giver="Hội Chữ thập đỏ")
    support_actions.record_list(given, by=people["officer"])
    made = make_list(units["commune1"], households, by=people["officer"])
    support_actions.propose_list(made, by=people["officer"])
    client.force_login(people["standing"])

    sentence = "Đã nhận “Quà ngày 17/10” của Hội Chữ thập đỏ, 500.000 đ, ngày 20/10/2023."
    for name in ("list-detail", "list-decide"):
        assert get(client, name, made.pk).count(sentence) == 1


def test_a_refusal_by_the_rules_is_a_sentence(client, units, households, people):
    made = make_list(units["commune1"], households, value=50_000_000, by=people["officer"])
    support_actions.propose_list(made, by=people["officer"])
    support_actions.decide_list(made, agree=True, by=people["standing"])
    client.force_login(people["accountant"])
    page = post(client, "list-pay", made.pk, account="cash", on="20/10/2023")

    assert "không đủ" in said(page)


def test_the_household_panel_tells_everything_it_received(client, units, households, people):
    given = make_list(units["commune1"], households[:1], giver="Hội Chữ thập đỏ")
    support_actions.record_list(given, by=people["officer"])
    client.force_login(people["officer"])

    panel = get(client, "household-panel", households[0].pk)
    assert "Hội Chữ thập đỏ" in panel
    assert "Cộng 1 khoản" in panel
    assert "chưa nhận khoản hỗ trợ nào" in get(client, "household-panel", households[1].pk)


def test_what_a_merged_household_received_stands_at_the_kept_one(client, units, households, people):
    given = make_list(units["commune1"], households[:1], giver="Hội Chữ thập đỏ")
    support_actions.record_list(given, by=people["officer"])
    merge_households(households[1], households[0], reason="Ghi hai lần", by=people["officer"])
    client.force_login(people["officer"])

    assert "Hội Chữ thập đỏ" in get(client, "household-panel", households[1].pk)


def test_households_without_support_stand_by_hamlet(client, units, households, people):
    make_campaign(units["province"])
    given = make_list(units["commune1"], households[:1], giver="Hội Chữ thập đỏ")
    support_actions.record_list(given, by=people["officer"])
    make_household(units["hamlet1_2"], year=2023, head_name="Trần Thị Chờ")
    client.force_login(people["officer"])

    page = get(client, "unsupported")
    assert "từ 17/10/2023 đến 18/11/2023" in page
    assert "Trần Thị Chờ" in page
    assert households[1].code in page
    assert households[0].code not in page


def test_the_register_is_filtered_in_the_address(client, units, households, people):
    for kind, giver in (("Học bổng", "Hội Khuyến học"), ("Khám chữa bệnh", "Hội Đông y")):
        made = make_list(units["commune1"], households[:1], kind=kind, giver=giver)
        support_actions.record_list(made, by=people["officer"])
    client.force_login(people["officer"])

    page = get(client, "support-list", kind="Học bổng", q=households[0].code, source="giver")
    assert "Hội Khuyến học" in page
    assert "Hội Đông y" not in page
    assert "Không có khoản hỗ trợ nào" in get(client, "support-list", q="KHONG-CO-9")


def test_welfare_is_recorded_and_withdrawn_on_pages(client, units, people):
    client.force_login(people["officer"])
    page = post(
        client,
        "welfare-new",
        place=units["commune1"].pk,
        date="20/10/2023",
        giver="Chùa Thử",
        content="Tặng gạo",
        portions="20",
        value="4.000.000",
    )
    assert "Đã ghi nhận" in said(page)
    total = WelfareTotal.objects.get()
    page = post(client, "welfare-withdraw", total.pk, reason="Ghi nhầm xã")
    assert "Đã rút lại" in said(page)
    assert WelfareTotal.objects.standing().count() == 0


def test_todo_counts_lists_to_decide_and_to_pay(units, households, people):
    made = make_list(units["commune1"], households, by=people["officer"])
    support_actions.propose_list(made, by=people["officer"])
    assert [(t.label, t.count) for t in todos_of(people["standing"])] == [
        ("danh sách hỗ trợ chờ quyết định", 1)
    ]
    support_actions.decide_list(made, agree=True, by=people["standing"])

    assert ("danh sách đã quyết định chờ chi", 1) in [
        (todo.label, todo.count) for todo in todos_of(people["accountant"])
    ]


@pytest.mark.parametrize(
    ("name", "of_list"),
    [
        ("support-list", False),
        ("list-list", False),
        ("unsupported", False),
        ("welfare-list", False),
        ("list-detail", True),
        ("list-recipients", True),
    ],
)
def test_pages_cost_the_same_with_one_row_and_with_three(
    client, units, people, django_assert_num_queries, name, of_list
):
    client.force_login(people["officer"])
    first = make_household(units["hamlet1_1"], year=2023)
    made = make_list(units["commune1"], [first], giver="Hội Chữ thập đỏ", by=people["officer"])
    support_actions.record_list(
        make_list(units["commune1"], [first], giver="Hội Đông y", kind="Học bổng"),
        by=people["officer"],
    )
    url = reverse(f"support:{name}", args=[made.pk] if of_list else [])
    client.get(url)
    before = _count(client, url)
    others = [make_household(units[f"hamlet1_{n}"], year=2023) for n in (1, 2)]
    for kind in ("Học bổng", "Khám chữa bệnh"):
        more = make_list(units["commune1"], others, giver="Hội Đông y", kind=kind)
        support_actions.record_list(more, by=people["officer"])
    support_actions.choose_recipients(
        made,
        recipients=[support_actions.Recipient(h, 1000) for h in (first, *others)],
        by=people["officer"],
    )
    with django_assert_num_queries(before):
        client.get(url)


def _count(client, url) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)
