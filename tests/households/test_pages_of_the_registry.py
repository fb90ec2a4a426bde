import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.models import Household, Member
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db

NUMBER = national_id(777, sex="female", year=1987)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def officer(client, units):
    user = make_user(("officer", units["commune1"]))
    client.force_login(user)
    return user


def household_form(units, **changes):
    return {
        "hamlet": units["hamlet1_1"].pk, "head_name": " Đặng  Thị Thử ", "sex": "female",
        "born": "05/03/1987", "number": NUMBER, "area": "rural", "members_declared": "4",
        "needs": ["nha_o"], "ds-year": "2023", "ds-kind": "poor", "ds-income_score": "110",
        "ds-deprivation_score": "30", "ds-deprivations": ["viec_lam", "bhyt", "nha_tieu"],
    } | changes  # fmt: skip


def page(client, name, *arguments, **query):
    response = client.get(reverse(f"households:{name}", args=arguments), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_household_is_registered_by_form(client, units, officer):
    response = client.post(reverse("households:household-new"), household_form(units))
    household = Household.objects.get()
    assert response["Location"] == reverse("households:household-detail", args=[household.pk])
    assert (household.head_name, household.needs) == ("Đặng Thị Thử", ["nha_o"])
    assert household.created_by == officer
    listed = household.classifications.get()
    assert (listed.poverty_list.year, listed.kind, len(listed.deprivations)) == (2023, "poor", 3)
    assert Member.objects.get().id_tail == NUMBER[-3:]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("head_name", "", "Hãy điền ô này"),
        ("head_name", "Lê <b>", "ký tự lạ"),
        ("born", "31/02/1987", "Không có ngày"),
        ("number", "1234", "phải đủ 12"),
        ("members_declared", "0", "từ 1 trở lên"),
        ("members_declared", "99", "từ 1 đến 60"),
        ("ds-deprivation_score", "500", "từ 0 đến 120"),
        ("ds-year", "1999", ""),
        ("hamlet", "0", ""),
    ],
)
def test_what_is_typed_wrong_comes_back_with_a_sentence(client, units, officer, field, typed, said):
    response = client.post(
        reverse("households:household-new"), household_form(units, **{field: typed})
    )
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Household.objects.exists()


def test_a_hamlet_of_another_commune_is_no_choice(client, units, officer):
    form = household_form(units, hamlet=units["hamlet2_1"].pk)
    assert client.post(reverse("households:household-new"), form).status_code == 422


def test_doubts_are_said_after_saving(client, units, officer):
    form = household_form(units, sex="male", **{"ds-kind": "near_poor"})
    response = client.post(reverse("households:household-new"), form, follow=True)
    text = response.content.decode()
    assert "không khớp giới tính" in text
    assert "→ hộ nghèo; đã ghi “Hộ cận nghèo”" in text


def test_an_edit_keeps_the_number_and_a_stale_one_is_sent_back(client, units, officer):
    household = make_household(units["hamlet1_1"], number=NUMBER)
    address = reverse("households:household-edit", args=[household.pk])
    form = household_form(units, version="1", code="A-1", number="", state="active", note="Một")
    assert client.post(address, form).status_code == 302
    household.refresh_from_db()
    assert (household.note, household.version) == ("Một", 2)
    assert household.members.get().id_tail == NUMBER[-3:]
    response = client.post(address, form | {"note": "Hai"}, follow=True)
    assert "vừa được người khác sửa" in response.content.decode()
    household.refresh_from_db()
    assert household.note == "Một"


def test_the_class_of_another_year_is_entered(client, units, officer):
    household = make_household(units["hamlet1_1"], year=2023)
    address = reverse("households:household-classify", args=[household.pk])
    client.post(address, {"year": "2024", "kind": "near_poor", "income_score": "120"})
    assert household.classifications.count() == 2
    assert "Hộ cận nghèo" in page(client, "household-detail", household.pk)


def test_the_form_of_a_class_starts_from_what_the_list_says(client, units, officer):
    household = make_household(units["hamlet1_1"], year=2023)
    household.classifications.update(kind="near_poor", income_score=110, deprivation_score=20)
    assert "?nam=2023" in page(client, "household-detail", household.pk)
    address = reverse("households:household-classify", args=[household.pk])
    for query in ({}, {"nam": "2023"}):
        form = client.get(address, query).context["form"]
        said = [form[name].value() for name in ("year", "kind", "income_score")]
        assert said == [2023, "near_poor", "110"]
    form = client.get(address, {"nam": "2022"}).context["form"]
    assert form["kind"].value() is None  # no class is chosen before a person chose it
    assert client.post(address, {"year": "2024", "kind": ""}).status_code == 422


def test_a_telephone_number_is_kept_as_digits(client, units, officer):
    household = make_household(units["hamlet1_1"], head_name="Lê Thị Ba")
    address = reverse("households:household-edit", args=[household.pk])
    said = {"head_name": "Lê Thị Ba", "area": "rural", "version": "1", "phone": "abc"}
    refused = client.post(address, said)
    assert refused.status_code == 422
    assert "Hãy ghi 10 chữ số" in refused.text
    client.post(address, said | {"phone": "+84 912 345 678"})
    household.refresh_from_db()
    assert household.phone == "0912345678"


def test_the_filter_by_place_offers_only_places_one_may_see(client, units, officer):
    filters = client.get(reverse("households:household-list")).context["filters"]
    search = filters.fields["noi"].widget.search_url
    own, other = units["hamlet1_1"], units["hamlet2_1"]
    assert f'data-key="{own.pk}"' in client.get(f"{search}&q={own.code}").text
    assert f'data-key="{other.pk}"' not in client.get(f"{search}&q={other.code}").text


def test_the_head_of_a_hamlet_meets_no_closed_door(client, units):
    household = make_household(units["hamlet1_1"], year=2023)
    client.force_login(make_user(("hamlet", units["hamlet1_1"])))
    text = page(client, "household-detail", household.pk)
    assert "hx-get" not in text  # support and houses are not a hamlet's to read
    assert "Danh sách hằng năm là của cả xã." in page(client, "review-list")
    starts = client.get(reverse("home")).text
    assert reverse("households:hardship-new") in starts
    client.force_login(make_user(("officer", units["commune1"])))
    assert page(client, "household-detail", household.pk).count("hx-get") >= 2


def test_a_commune_without_hamlets_is_told_how_to_begin(client, units, officer):
    sentence = "Xã chưa có thôn, ấp nào"
    assert sentence not in page(client, "household-new")
    units["hamlet1_1"].delete()
    units["hamlet1_2"].delete()
    assert sentence in page(client, "household-new")


def test_no_page_shows_a_number(client, units, officer):
    household = make_household(units["hamlet1_1"], number=NUMBER, year=2023, head_name="Lê Thị Ba")
    pages = [
        page(client, "household-list"),
        page(client, "household-list", q="le thi ba"),
        page(client, "household-search", q="le thi"),
        page(client, "household-detail", household.pk),
        page(client, "household-edit", household.pk),
    ]
    assert all("Lê Thị Ba" in text for text in pages)
    assert not any(NUMBER in text or NUMBER[:9] in text for text in pages)
    assert f"•••••••••{NUMBER[-3:]}" in pages[3]


def test_the_list_is_searched_and_filtered(client, units, officer):
    make_household(units["hamlet1_1"], head_name="Đặng Thị Một", year=2023, number=NUMBER)
    make_household(units["hamlet1_2"], head_name="Lê Văn Hai", year=2024, kind="near_poor")
    make_household(units["hamlet2_1"], head_name="Người Xã Khác", year=2023)

    def names(**query):
        text = page(client, "household-list", **query)
        return [name for name in ("Một", "Hai", "Xã Khác") if f"{name}</a>" in text]

    assert names() == ["Một", "Hai"]
    assert names(q="dang") == ["Một"]
    assert names(noi=units["hamlet1_2"].pk) == ["Hai"]
    assert names(nam=2023) == ["Một"]
    assert names(nam=2024, loai="near_poor") == ["Hai"]
    assert names(loai="poor") == []  # of the latest list
    assert names(**{"tinh-trang": "moved"}) == []
    assert "Không tìm thấy hộ nào" in page(client, "household-list", q="zzz")
    assert "Không có hộ nào như đã lọc" in page(client, "household-list", loai="poor")


@pytest.mark.parametrize(
    "query",
    [{"sau": "x"}, {"sau": "9" * 40}, {"nam": "1"}, {"noi": "0"}, {"q": "a\0b"}, {"loai": "?"}],
)
def test_nonsense_in_the_address_is_no_accident(client, units, officer, query):
    make_household(units["hamlet1_1"])
    assert client.get(reverse("households:household-list"), query).status_code == 200


def test_the_list_asks_as_much_for_three_as_for_one(client, units, officer):
    make_household(units["hamlet1_1"], year=2023)
    page(client, "household-list")
    with CaptureQueriesContext(connection) as for_one:
        page(client, "household-list")
    for _ in range(2):
        make_household(units["hamlet1_2"], year=2023)
    with CaptureQueriesContext(connection) as for_three:
        page(client, "household-list")
    assert len(for_one) == len(for_three) <= 12


def test_an_empty_list_says_what_to_do(client, units, officer):
    assert "Nhập từ Excel" in page(client, "household-list")
    client.force_login(make_user(("leader", units["commune1"])))
    assert "Cán bộ của xã nhập danh sách hộ" in page(client, "household-list")


def test_a_head_of_a_hamlet_sees_the_own_hamlet(client, units):
    make_household(units["hamlet1_1"], head_name="Của Ấp Một")
    make_household(units["hamlet1_2"], head_name="Của Ấp Hai")
    client.force_login(make_user(("hamlet", units["hamlet1_1"])))
    text = page(client, "household-list")
    assert "Của Ấp Một" in text
    assert "Của Ấp Hai" not in text


def test_a_screen_never_begins_at_a_household_out_of_reach(client, units, officer):
    for name in ("Bùi Văn Thử", "Lê Văn Thử"):
        make_household(units["hamlet1_1"], head_name=name)
    own = make_household(units["hamlet1_1"], head_name="Đinh Văn Thử")
    other = make_household(units["hamlet2_1"], head_name="Hồ Văn Thử")
    address = reverse("households:household-list")

    assert "Bùi Văn Thử" not in client.get(address, {"sau": f"0-{own.pk}"}).text
    assert "Bùi Văn Thử" in client.get(address, {"sau": f"0-{other.pk}"}).text


@pytest.mark.parametrize("query", ["noi_text=a%00b", "noi=%00", "q=a%00b", "sau=%00"])
def test_a_nul_in_the_address_harms_nothing(client, units, officer, query):
    assert client.get(f"{reverse('households:household-list')}?{query}").status_code == 200


@pytest.mark.parametrize("field", ["code", "address", "note"])
def test_a_number_typed_into_another_box_is_refused(client, units, officer, field):
    form = household_form(units, **{field: f"số {NUMBER}" if field != "code" else NUMBER})
    response = client.post(reverse("households:household-new"), form)
    assert response.status_code == 422
    assert "Ô này không được chứa số CCCD" in response.text
    assert not Household.objects.exists()
