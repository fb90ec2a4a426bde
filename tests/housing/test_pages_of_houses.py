import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.todo import todos_of
from housing import actions
from housing.models import House
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household
from tests.factories.housing import STARTED, decide, fill_treasury, make_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make_district(communes=2, hamlets=1)


@pytest.fixture
def people(units):
    return {
        "officer": make_user(("officer", units["commune1"])),
        "standing": make_user(("standing", units["district"])),
        "accountant": make_user(("accountant", units["district"])),
    }


@pytest.fixture
def household(units):
    return make_household(units["hamlet1_1"], head_name="Trần Văn Nhà", year=2023)


def get(client, name, *args, **query):
    response = client.get(reverse(f"housing:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def post(client, name, *args, **data):
    return client.post(reverse(f"housing:{name}", args=args), data, follow=True)


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def propose(client, chosen, payer, **changes):
    data = {
        "household": chosen.pk,
        "household_text": str(chosen),
        "kind": "new",
        "payer": payer.pk,
        "on": "01/10/2023",
        "floor_area": "40,5",
        "reason": "Nhà dột nát",
        "money-TOTAL_FORMS": 3,
        "money-INITIAL_FORMS": 0,
        "money-0-source": "fund",
        "money-0-amount": "50.000.000",
        "money-1-source": "sponsor",
        "money-1-sponsor": "Công ty Thử",
        "money-1-amount": "20.000.000",
        "money-2-source": "fund",
        "money-2-amount": "",
    } | changes
    return post(client, "house-new", **data)


def test_a_house_goes_through_all_its_pages(client, units, household, people):
    fill_treasury(units["district"], 60_000_000)
    client.force_login(people["officer"])
    page = propose(client, household, units["district"])
    house = House.objects.get()
    assert f"{units['district']} sẽ quyết định" in said(page)
    assert "70.000.000" in page.content.decode()

    client.force_login(people["standing"])
    page = get(client, "round-new")
    assert "hiện có 60.000.000" in page.replace("\N{NO-BREAK SPACE}", " ")
    page = post(client, "round-new", houses=[house.pk], number="12/QĐ", on="10/10/2023", title="")
    assert said(page) == "Đã duyệt 1 nhà trong một quyết định."

    client.force_login(people["officer"])
    assert "Khởi công" in get(client, "house-detail", house.pk)
    assert said(post(client, "house-start", house.pk, on="19/10/2023")) == "Đã ghi khởi công."

    client.force_login(people["accountant"])
    assert "Chi phần của quỹ" in get(client, "house-detail", house.pk)
    page = post(client, "house-pay", house.pk, account="treasury", on="19/10/2023")
    assert said(page) == "Đã chi và ghi sổ phần của quỹ."

    client.force_login(people["officer"])
    post(client, "house-complete", house.pk, on="12/11/2023")
    post(client, "house-labour", house.pk, days="36")
    page = post(client, "house-hand-over", house.pk, on="16/11/2023")
    assert said(page) == "Đã ghi bàn giao."
    house.refresh_from_db()
    assert (house.state, house.labour_days) == ("handed_over", 36)
    assert "Đã bàn giao" in get(client, "household-panel", household.pk)


def test_a_second_new_house_is_told_on_the_form(client, units, household, people):
    make_house(household, payer=units["district"])
    client.force_login(people["officer"])
    page = propose(client, household, units["district"])

    assert page.status_code == 422
    assert "đã có nhà Đại đoàn kết xây mới" in page.content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"on": "1/10"}, "thiếu năm"),
        ({"floor_area": "-4"}, "40"),
        ({"floor_area": "0"}, "Diện tích không hợp lý"),
        ({"household": "999999"}, "Hãy chọn một mục"),
        ({"household": "'; DROP"}, "Hãy chọn một mục"),
        ({"money-1-sponsor": ""}, "Hãy ghi tên đơn vị, cá nhân tài trợ"),
        ({"money-0-amount": "1,5"}, "không phải số tiền"),
        ({"money-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_a_wrong_form_says_what_to_do(client, units, household, people, changes, sentence):
    client.force_login(people["officer"])
    page = propose(client, household, units["district"], **changes)

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert House.objects.count() == 0


def test_a_household_of_another_commune_cannot_be_proposed(client, units, people):
    stranger = make_household(units["hamlet2_1"])
    client.force_login(people["officer"])
    page = propose(client, stranger, units["district"])

    assert page.status_code == 422
    assert House.objects.count() == 0


def test_the_household_page_leads_to_a_filled_form(client, household, people):
    client.force_login(people["officer"])
    response = client.get(reverse("housing:house-new"), {"ho": household.pk})

    assert "Trần Văn Nhà" in response.content.decode()
    assert client.get(reverse("housing:house-new"), {"ho": "x" * 40}).status_code == 200


def test_a_house_is_refused_with_a_reason(client, units, household, people):
    house = make_house(household, payer=units["district"])
    client.force_login(people["standing"])
    assert post(client, "house-refuse", house.pk, on="10/10/2023").status_code == 422
    page = post(client, "house-refuse", house.pk, on="10/10/2023", reason="Thiếu giấy đất")

    assert said(page) == "Đã ghi không duyệt."
    assert "Thiếu giấy đất" in page.content.decode()


def test_money_is_corrected_before_the_decision(client, units, household, people):
    house = make_house(household, payer=units["district"])
    client.force_login(people["officer"])
    data = {
        "money-TOTAL_FORMS": 2,
        "money-INITIAL_FORMS": 1,
        "money-0-source": "fund",
        "money-0-amount": "25.000.000",
        "money-1-source": "family",
        "money-1-amount": "5.000.000",
    }
    post(client, "house-money", house.pk, **data)
    assert [(line.source, line.amount) for line in house.funding.order_by("source")] == [
        ("family", 5_000_000),
        ("fund", 25_000_000),
    ]
    decide(house, by=people["standing"])
    assert "đã duyệt" in said(post(client, "house-money", house.pk, **data))


def test_a_wrong_day_of_a_step_is_a_sentence(client, units, household, people):
    house = make_house(household, payer=units["district"])
    decide(house, by=people["standing"])
    client.force_login(people["officer"])
    assert "thiếu năm" in said(post(client, "house-start", house.pk, on="19/10"))
    assert "trước ngày quyết định" in said(post(client, "house-start", house.pk, on="01/10/2023"))
    assert "đã duyệt" in said(post(client, "house-complete", house.pk, on="19/10/2023"))


def test_nothing_ticked_is_no_decision(client, units, household, people):
    make_house(household, payer=units["district"])
    client.force_login(people["standing"])
    page = post(client, "round-new", on="10/10/2023")

    assert page.status_code == 422
    assert "Hãy đánh dấu ít nhất một nhà." in page.content.decode()


def test_the_list_is_filtered_in_the_address(client, units, household, people):
    make_house(household, payer=units["district"])
    other = make_household(units["hamlet2_1"], head_name="Lê Thị Khác")
    make_house(other, payer=units["district"], kind="repair")
    client.force_login(people["standing"])

    page = get(client, "house-list", place=units["commune1"].pk, state="proposed", kind="new")
    assert "Trần Văn Nhà" in page
    assert "Lê Thị Khác" not in page
    assert "Không có nhà nào như đã lọc" in get(client, "house-list", state="cancelled")


def test_todo_counts_houses_to_decide_and_to_pay(units, household, people):
    house = make_house(household, payer=units["district"], by=people["officer"])
    assert ("nhà Đại đoàn kết chờ quyết định", 1) in [
        (todo.label, todo.count) for todo in todos_of(people["standing"])
    ]
    decide(house, by=people["standing"])
    actions.start_house(house, on=STARTED, by=people["officer"])
    assert ("nhà đã khởi công chờ chi từ quỹ", 1) in [
        (todo.label, todo.count) for todo in todos_of(people["accountant"])
    ]


@pytest.mark.parametrize(
    ("name", "role"),
    [("house-list", "officer"), ("house-list", "standing"), ("round-new", "standing")],
)
def test_pages_cost_the_same_with_one_house_and_with_three(
    client, units, people, django_assert_num_queries, name, role
):
    client.force_login(people[role])
    url = reverse(f"housing:{name}")
    make_house(make_household(units["hamlet1_1"]), payer=units["district"])
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    for _ in range(2):
        make_house(make_household(units["hamlet1_1"]), payer=units["district"])
    with django_assert_num_queries(len(before)):
        client.get(url)
