import re

import pytest
from django.test import Client
from django.urls import reverse

from committees import people
from committees.access import Role
from committees.models import AuditEvent, Seat, User
from config import clock
from tests.factories.committees import make_district, make_user


@pytest.fixture
def units(db):
    return make_district(communes=3)


@pytest.fixture
def admin(client, units):
    user = make_user((Role.ADMIN, units["district"]), username="quan-tri")
    client.force_login(user)
    return user


def test_a_new_person_comes_in_with_the_password_shown_once(client, admin, units):
    page = add_person(client, units["commune1"])

    password = re.search(r"<code>([a-z0-9-]+)</code>", page.text)[1]
    browser = Client()
    browser.post("/dang-nhap/", {"username": "ke-toan.xa", "password": password})
    assert browser.get("/").url == "/doi-mat-khau/"
    assert "no-store" in page["Cache-Control"]
    assert Seat.objects.get(user__username="ke-toan.xa").role == Role.ACCOUNTANT


def test_a_name_that_is_taken_is_refused_at_its_field(client, admin, units):
    add_person(client, units["commune1"])

    page = add_person(client, units["commune2"])

    assert page.status_code == 422
    assert "Tên đăng nhập ke-toan.xa đã có; hãy chọn tên khác." in page.text
    assert User.objects.filter(username="ke-toan.xa").count() == 1


@pytest.mark.parametrize("username", ["kế toán", "a b", "", "x" * 151, "a\0b"])
def test_an_impossible_name_is_refused(client, admin, units, username):
    assert add_person(client, units["commune1"], username=username).status_code == 422


@pytest.mark.parametrize(
    ("first", "second"), [(Role.ACCOUNTANT, Role.CASHIER), (Role.CASHIER, Role.ACCOUNTANT)]
)
def test_the_accountant_of_a_unit_is_never_its_cashier(client, admin, units, first, second):
    make_user((first, units["commune1"]), username="mot-nguoi")

    page = give_seat(client, units["commune1"], "mot-nguoi", second)

    assert "Kế toán không được kiêm thủ quỹ của cùng một đơn vị." in page.text
    assert Seat.objects.filter(user__username="mot-nguoi").count() == 1


def test_an_accountant_may_be_cashier_of_another_unit(client, admin, units):
    make_user((Role.ACCOUNTANT, units["commune1"]), username="mot-nguoi")

    give_seat(client, units["commune2"], "mot-nguoi", Role.CASHIER)

    assert Seat.objects.filter(user__username="mot-nguoi").count() == 2


def test_a_seat_that_starts_tomorrow_already_counts_against_the_other(client, admin, units):
    person = make_user(username="mot-nguoi")
    tomorrow = clock.today().replace(year=clock.today().year + 1)
    Seat.objects.create(
        user=person, committee=units["commune1"], role=Role.CASHIER, valid_from=tomorrow
    )

    page = give_seat(client, units["commune1"], "mot-nguoi", Role.ACCOUNTANT)

    assert "Kế toán không được kiêm thủ quỹ" in page.text


def test_nobody_gives_themselves_a_role(client, admin, units):
    page = give_seat(client, units["commune1"], "quan-tri", Role.OFFICER)

    assert "Không tự giao vai trò cho mình" in page.text


@pytest.mark.parametrize("username", ["khong-co", "he-thong"])
def test_only_people_with_an_account_get_a_role(client, admin, units, username):
    people.system_user()

    page = give_seat(client, units["commune1"], username, Role.OFFICER)

    assert "Không có tài khoản" in page.text


def test_a_role_held_already_is_not_given_twice(client, admin, units):
    make_user((Role.CLERK, units["commune1"]), username="van-thu")

    page = give_seat(client, units["commune1"], "van-thu", Role.CLERK)

    assert "đang giữ vai trò này rồi" in page.text


def test_a_hamlet_offers_no_offices_that_it_does_not_have(client, admin, units):
    make_user(username="truong-ban")

    page = give_seat(client, units["hamlet1_1"], "truong-ban", Role.ACCOUNTANT)

    assert page.status_code == 422
    assert give_seat(client, units["hamlet1_1"], "truong-ban", Role.HAMLET).status_code == 302


def test_an_ended_seat_cannot_be_ended_again(client, admin, units):
    seat = make_user((Role.CLERK, units["commune1"])).seats.get()
    url = reverse("committees:seat-end", args=[seat.pk])

    assert client.post(url).status_code == 302
    ended = Seat.objects.get(pk=seat.pk).valid_to
    assert client.post(url).status_code == 404
    assert Seat.objects.get(pk=seat.pk).valid_to == ended < clock.today()
    assert AuditEvent.objects.filter(action="seat.ended", object_id=seat.pk).count() == 1


def test_a_reset_password_ends_the_old_one_and_its_sessions(client, admin, units):
    person = make_user((Role.CLERK, units["commune1"]))
    browser = Client()
    browser.force_login(person)

    page = client.post(reverse("committees:password-reset", args=[person.pk]))

    assert "Mật khẩu này chỉ hiện một lần" in page.text
    assert browser.get("/").status_code == 302
    person.refresh_from_db()
    assert person.must_change_password
    assert not person.check_password("mat-khau-thu-1")


def test_a_person_who_also_works_higher_up_is_not_taken_over(client, admin, units):
    person = make_user((Role.CLERK, units["commune1"]), (Role.OFFICER, units["province"]))

    page = client.get(reverse("committees:user-detail", args=[person.pk]))
    answer = client.post(reverse("committees:password-reset", args=[person.pk]))

    assert "hãy nhờ người quản trị cấp trên" in page.text
    assert str(units["province"]) not in page.text
    assert answer.status_code == 404
    person.refresh_from_db()
    assert person.check_password("mat-khau-thu-1")


def test_the_list_of_people_asks_the_same_for_one_and_for_three(
    client, admin, units, django_assert_max_num_queries
):
    url = reverse("committees:user-list")
    with django_assert_max_num_queries(12) as for_one:
        assert "1</strong> người dùng" in client.get(url).text
    for number in (1, 2):
        make_user((Role.CLERK, units[f"commune{number}"]))

    with django_assert_max_num_queries(len(for_one)):
        assert "3</strong> người dùng" in client.get(url).text


def test_people_are_found_without_accents_and_by_role(client, admin, units):
    person = make_user((Role.CLERK, units["commune1"]))
    person.full_name = "Đặng Thị Thử"
    person.save()
    url = reverse("committees:user-list")

    assert "Đặng Thị Thử" in client.get(url, {"q": "dang thi"}).text
    assert "Đặng Thị Thử" in client.get(url, {"role": "clerk"}).text
    assert "Đặng Thị Thử" not in client.get(url, {"role": "cashier"}).text
    assert "Không có người dùng nào như vậy." in client.get(url, {"q": "khong co"}).text


def add_person(client, unit, username="ke-toan.xa"):
    return client.post(
        reverse("committees:user-create", args=[unit.pk]),
        {"username": username, "full_name": "Người Mới", "role": "accountant"},
    )


def give_seat(client, unit, username, role):
    url = reverse("committees:seat-give", args=[unit.pk])
    return client.post(url, {"username": username, "role": role})
