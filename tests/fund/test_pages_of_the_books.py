from datetime import date

import pytest
from django.urls import reverse

from committees.people import system_user
from committees.todo import todos_of
from fund.actions import GiftGiven, open_account, record_receipt_draft
from fund.models import Account, Fund, GoodsLot, Receipt, Voucher
from fund.posting import post_vouchers
from tests.factories.committees import make_district, make_user
from tests.factories.fund import DAY, make_fund, make_payment, make_receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=3, hamlets=0)


@pytest.fixture
def accountant(client, units):
    user = make_user(("accountant", units["commune1"]))
    client.force_login(user)
    return user


def _get(client, name, *args, **query):
    response = client.get(reverse(f"fund:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def _post(client, name, *args, **data):
    return client.post(reverse(f"fund:{name}", args=args), data, follow=True)


def _rows(*rows: dict) -> dict:
    data = {"gifts-TOTAL_FORMS": len(rows), "gifts-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"gifts-{number}-{key}": value for key, value in row.items()}
    return data


def _said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_a_receipt_is_drafted_checked_and_entered_in_the_books(client, accountant, units):
    page = _post(
        client,
        "receipt-new",
        committee=units["commune1"].pk,
        date="20/10/2023",
        form="bank",
        description="",
        **_rows(
            {"name": "Ông Trần Văn Thử", "donor_kind": "", "amount": "1.500.000"},
            {"name": "Chùa  Phước Thử", "donor_kind": "religious", "amount": "500 000 đ"},
            {"name": "", "donor_kind": "", "amount": ""},
        ),
    )
    voucher = Voucher.objects.get()
    assert (voucher.state, voucher.amount, voucher.account.kind) == ("draft", 2_000_000, "bank")
    assert [r.donor.kind for r in voucher.receipts.all()] == ["person", "religious"]
    assert "Đã lưu nháp" in _said(page)
    assert "Hai triệu đồng" in page.content.decode()

    check = _get(client, "voucher-post", voucher.pk)
    assert "Kiểm tra lại" in check
    seen = client.get(reverse("fund:voucher-post", args=[voucher.pk])).context["form"]["seen"]
    page = _post(client, "voucher-post", voucher.pk, seen=seen.value())
    voucher.refresh_from_db()
    assert voucher.state == "posted"
    assert _said(page) == "Đã ghi sổ Phiếu thu 0001/2023."


def test_goods_are_valued_by_quantity_and_unit_value(client, accountant, units):
    _post(
        client,
        "goods-new",
        committee=units["commune1"].pk,
        date="20/10/2023",
        **_rows(
            {"name": "Bà Thử", "goods_name": "Gạo", "unit": "kg", "quantity": "12,5",
             "unit_value": "16.000"},
        ),
    )  # fmt: skip
    voucher = Voucher.objects.get()
    assert (voucher.kind, voucher.amount, voucher.account.kind) == ("goods_in", 200_000, "goods")
    assert str(GoodsLot.objects.get()) == "Gạo: 12,5 kg"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"date": "20/10/2090"}, "không được sau hôm nay"),
        ({"date": "20/10/2007"}, "ngoài thời gian hoạt động"),
        ({"date": "10/20/2023"}, "Không có tháng 20"),
        ({"gifts-0-amount": "1tr5"}, "có phải 1.500.000?"),
        ({"gifts-0-amount": "-5"}, "không được âm"),
        ({"gifts-0-name": "..."}, "Hãy ghi tên bằng chữ"),
        ({"gifts-0-name": "A\x00B"}, "ký tự không dùng được"),
        ({"gifts-0-name": ""}, "Hãy điền ô này"),
        ({"committee": "999999"}, "Hãy chọn một mục"),
    ],
)
def test_a_receipt_that_cannot_be_is_sent_back_with_a_sentence(
    client, accountant, units, data, sentence
):
    given = {"committee": units["commune1"].pk, "date": "20/10/2023", "form": "cash"}
    given |= _rows({"name": "Bà Thử", "amount": "5000"}) | data
    response = client.post(reverse("fund:receipt-new"), given)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Voucher.objects.exists()
    assert not Fund.objects.exists()


def test_the_fund_of_another_commune_cannot_be_chosen(client, accountant, units):
    given = {"committee": units["commune2"].pk, "date": "20/10/2023", "form": "cash"}
    given |= _rows({"name": "Bà Thử", "amount": "5000"})
    assert client.post(reverse("fund:receipt-new"), given).status_code == 422
    assert not Fund.objects.exists()


def test_a_draft_is_edited_and_a_line_removed(client, accountant, units):
    fund = make_fund(units["commune1"])
    gifts = [GiftGiven("Bà Một", "person", 1000), GiftGiven("Bà Hai", "person", 2000)]
    draft = record_receipt_draft(fund, "cash", gifts, on=DAY, by=accountant)
    data = _rows(
        {"name": "Bà Một", "donor_kind": "person", "amount": "7.000"},
        {"name": "Bà Hai", "donor_kind": "person", "amount": "2.000", "DELETE": "on"},
    ) | {"gifts-INITIAL_FORMS": 2}
    _post(client, "receipt-edit", draft.pk, date="21/10/2023", form="treasury", **data)
    draft.refresh_from_db()
    assert (draft.amount, draft.date, draft.account.kind) == (7000, date(2023, 10, 21), "treasury")
    assert Receipt.objects.count() == 1


def test_a_draft_edited_after_the_check_is_not_posted_unseen(client, accountant, units):
    draft = make_receipt(make_fund(units["commune1"]), posted=False)
    page = _post(client, "voucher-post", draft.pk, seen="một bản khác")
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "vừa được sửa" in _said(page)


def test_an_overdraft_is_refused_with_a_sentence_on_the_page(client, accountant, units):
    fund = make_fund(units["commune1"])
    draft = make_payment(fund, 700_000, posted=False)
    check = client.get(reverse("fund:voucher-post", args=[draft.pk]))
    assert "không đủ để chi" in check.content.decode()
    page = _post(client, "voucher-post", draft.pk, seen=check.context["form"]["seen"].value())
    assert "sẽ thiếu 700.000 đ" in _said(page)


def test_a_draft_is_cancelled_with_a_reason(client, accountant, units):
    draft = make_receipt(make_fund(units["commune1"]), posted=False)
    assert _post(client, "voucher-cancel", draft.pk, reason=" ").status_code == 422
    page = _post(client, "voucher-cancel", draft.pk, reason="ghi trùng").content.decode()
    assert "Đã hủy bản nháp" in page
    assert "ghi trùng" in page


def test_a_posted_voucher_is_taken_back_and_shows_it(client, accountant, units):
    voucher = make_receipt(make_fund(units["commune1"]), 90_000)
    page = _post(client, "voucher-reverse", voucher.pk, reason="nhầm người").content.decode()
    assert "Bút toán điều chỉnh 0001/2025" in page
    old = _get(client, "voucher-detail", voucher.pk)
    assert "đã được điều chỉnh, không còn giá trị" in old
    again = _post(client, "voucher-reverse", voucher.pk, reason="lần nữa")
    assert "đã được điều chỉnh trước đó" in _said(again)


def test_the_overview_says_own_and_subordinate_funds_apart(client, units):
    for name, amount in [("district", 5_000_000), ("commune1", 1_000_000)]:
        make_receipt(make_fund(units[name]), amount)
    client.force_login(make_user(("leader", units["district"])))
    page = _get(client, "overview")
    assert "Riêng đơn vị này, không kể cấp dưới" in page
    assert "Cộng cả 2 quỹ, kể cả đơn vị cấp dưới" in page
    assert "6.000.000" in page
    client.force_login(make_user(("leader", units["commune1"])))
    assert "6.000.000" not in _get(client, "overview")


def test_a_unit_without_a_fund_is_told_how_one_comes_to_be(client, accountant):
    assert "Quỹ được lập khi lưu phiếu thu đầu tiên" in _get(client, "overview")
    assert "Chưa có chứng từ nào." in _get(client, "voucher-list")
    assert "Chưa có khoản ủng hộ nào" in _get(client, "donation-list")


def test_vouchers_are_found_by_giver_without_accents_by_number_kind_and_day(
    client, accountant, units
):
    fund = make_fund(units["commune1"])
    make_receipt(fund, 1000, giver="Bà Nguyễn Thị Đào", on=date(2023, 10, 1))
    make_receipt(fund, 2000, giver="Ông Trần Văn Bé", on=date(2023, 11, 1))
    make_payment(fund, 500, on=date(2023, 11, 5))
    for query, parties in [
        ({"q": "thi dao"}, ["Bà Nguyễn Thị Đào"]),
        ({"q": "2"}, ["Ông Trần Văn Bé"]),
        ({"kind": "payment"}, ["Hộ Trần Văn Thử"]),
        ({"since": "31/10/2023", "until": "01/11/2023"}, ["Ông Trần Văn Bé"]),
        ({"state": "draft"}, []),
        ({"q": "%"}, []),
        ({"q": "9" * 30}, []),
        ({"since": "40/10/2023"}, []),
        ({"fund": "7"}, []),
    ]:
        page = client.get(reverse("fund:voucher-list"), query).context["page"]
        assert [voucher.party for voucher in page] == parties, query


def test_gifts_taken_back_leave_the_list_of_donations(client, accountant, units):
    fund = make_fund(units["commune1"])
    kept, wrong = make_receipt(fund, 1000), make_receipt(fund, 2000)
    _post(client, "voucher-reverse", wrong.pk, reason="nhầm")
    page = client.get(reverse("fund:donation-list"))
    assert [receipt.voucher for receipt in page.context["page"]] == [kept]
    assert page.context["given"]["money"] == 1000


def test_a_statement_adds_up_and_runs(client, accountant, units):
    fund = make_fund(units["commune1"])
    open_account(fund, Account.Kind.CASH, 20_000, on=date(2023, 1, 1), by=accountant)
    make_receipt(fund, 5000, on=date(2023, 10, 1))
    make_payment(fund, 3000, on=date(2023, 10, 1))
    make_receipt(fund, 100, on=date(2023, 11, 1))
    page = client.get(
        reverse("fund:statement", args=[fund.pk]), {"since": "01/10/2023", "until": "31/10/2023"}
    )
    shown = page.context["shown"]
    assert (shown.opening, shown.received, shown.spent, shown.closing) == (
        20_000, 5000, 3000, 22_000,
    )  # fmt: skip
    assert [balance for _, balance in page.context["rows"]] == [25_000, 22_000]
    assert "Khớp" in page.content.decode()
    whole = client.get(reverse("fund:statement", args=[fund.pk])).context["shown"]
    assert (whole.opening, whole.closing, whole.holds) == (20_000, 22_100, True)
    assert "Bản in" in _get(client, "statement", fund.pk, ban_in="1")


def test_a_period_is_closed_once_its_drafts_are_gone(client, accountant, units):
    fund = make_fund(units["commune1"])
    draft = make_receipt(fund, posted=False)
    refused = _post(client, "period-lock", fund.pk, until="31/10/2023")
    assert "Còn 1 chứng từ nháp" in refused.content.decode()
    post_vouchers([draft], by=system_user())
    assert "Đã khóa sổ" in _said(_post(client, "period-lock", fund.pk, until="31/10/2023"))
    late = make_receipt(fund, posted=False)
    check = client.get(reverse("fund:voucher-post", args=[late.pk])).context["form"]["seen"]
    page = _post(client, "voucher-post", late.pk, seen=check.value())
    assert "Sổ đã khóa" in _said(page)


@pytest.mark.parametrize("name", ["overview", "voucher-list", "donation-list"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    name, client, units, django_assert_max_num_queries, django_assert_num_queries
):
    client.force_login(make_user(("leader", units["district"])))
    make_receipt(make_fund(units["commune1"]), 1000)
    with django_assert_max_num_queries(20) as one:
        _get(client, name)
    for commune in ("commune2", "commune3"):
        make_receipt(make_fund(units[commune]), 1000)
    with django_assert_num_queries(len(one)):
        _get(client, name)


def test_a_statement_and_a_voucher_ask_as_often_for_three_lines_as_for_one(
    client, accountant, units, django_assert_num_queries, django_assert_max_num_queries
):
    fund = make_fund(units["commune1"])
    first = make_receipt(fund, 1000)
    with django_assert_max_num_queries(20) as one:
        _get(client, "statement", fund.pk)
    gifts = [GiftGiven(f"Bà {n}", "person", 1000) for n in ("Một", "Hai", "Ba")]
    three = record_receipt_draft(fund, "cash", gifts, on=DAY, by=accountant)
    post_vouchers([three], by=accountant)
    with django_assert_num_queries(len(one)):
        _get(client, "statement", fund.pk)
    with django_assert_max_num_queries(25) as one:
        _get(client, "voucher-detail", first.pk)
    with django_assert_num_queries(len(one)):
        _get(client, "voucher-detail", three.pk)


def test_the_list_says_which_vouchers_were_taken_back(client, accountant, units):
    fund = make_fund(units["commune1"])
    make_receipt(fund, 1000)
    wrong = make_receipt(fund, 2000)
    _post(client, "voucher-reverse", wrong.pk, reason="nhầm")
    make_receipt(fund, 3000, posted=False)
    page = client.get(reverse("fund:voucher-list"))
    assert page.content.decode().count("Đã điều chỉnh") == 1
    assert {v.amount for v in page.context["page"] if v.is_taken_back} == {2000}


def test_drafts_wait_on_the_home_page_of_the_accountant_alone(client, accountant, units):
    make_receipt(make_fund(units["commune1"]), posted=False)
    make_receipt(make_fund(units["commune2"]), posted=False)
    (todo,) = [t for t in todos_of(accountant) if t.label == "Chứng từ nháp chờ ghi sổ"]
    assert todo.count == 1
    page = client.get(todo.url)
    assert [voucher.state for voucher in page.context["page"]] == ["draft"]
    officer = make_user(("officer", units["commune1"]))
    assert "Chứng từ nháp chờ ghi sổ" not in [todo.label for todo in todos_of(officer)]
