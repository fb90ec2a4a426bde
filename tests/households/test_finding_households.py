import unicodedata

import pytest
from django.db import connection

from committees.models import RowChange
from config.vietnamese.names import fold
from households import queries
from households.finding import names, screens
from households.finding.ranking import Rank, matching, ranks_of
from households.finding.reading import read
from households.finding.screens import first_of, screen_of
from households.models import FormerCode, Household, Member
from tests.factories.committees import make_district, make_unit
from tests.factories.households import make_household, national_id

pytestmark = pytest.mark.django_db

ALL = Household.objects.order_by()


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def home(units):
    return units["hamlet1_1"]


@pytest.fixture
def three(units):
    make_household(units["hamlet1_1"], code="28051-0001", head_name="Đặng Thị Uống", year=2023,
                   number=national_id(1))  # fmt: skip
    make_household(units["hamlet1_2"], code="28051-0002", head_name="Lê Ân", year=2024)
    make_household(units["hamlet2_1"], code="28054-0001", head_name="Dương Thành Đạt")


def found(text, rows=ALL):
    """The heads' names in the order shown; the set of ``matching`` must be the same."""
    shown = first_of(ranks_of(rows, text), shown=ALL, most=1000)
    assert {row.pk for row in shown} == set(matching(rows, text).values_list("pk", flat=True))
    assert len({row.pk for row in shown}) == len(shown)
    return [row.head_name for row in shown]


def whys(text):
    return [row.why for row in first_of(ranks_of(ALL, text), shown=ALL, most=50)]


def households(home, *names):
    for name in names:
        make_household(home, head_name=name)


def with_member(household, name, **details):
    return Member.objects.create(household=household, name=name, **details)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("dang thi uong", ["Đặng Thị Uống"]),
        ("ĐẶNG", ["Đặng Thị Uống"]),
        ("uống đặng", ["Đặng Thị Uống"]),
        ("duong dat", ["Dương Thành Đạt"]),
        ("an", ["Lê Ân"]),  # one or two letters begin the given name
        ("d", ["Dương Thành Đạt"]),
        ("le an", ["Lê Ân"]),
        ("thi uo", ["Đặng Thị Uống"]),  # the last word may be only begun
        ("th uong", []),
        ("ng van teo", []),
        ("  le   an ", ["Lê Ân"]),
        ("28051-", ["Lê Ân", "Đặng Thị Uống"]),
        ("28054-0001", ["Dương Thành Đạt"]),
        (national_id(1), ["Đặng Thị Uống"]),
        (f"0991 {national_id(1)[4:]}", []),
        (national_id(1)[:8], []),
        ("ang", []),  # not inside of a word
        ("%", []),
        ("_ặng", []),
        ("'", []),
        ("' | 'dang", ["Đặng Thị Uống"]),
        ("dang:*", ["Đặng Thị Uống"]),
        ("\\", []),
        ("đặng " * 40, ["Đặng Thị Uống"]),
        ("không có ai", []),
    ],
)
def test_people_are_found_by_what_officers_type(three, typed, names):
    assert found(typed) == names


def test_nothing_typed_is_all_of_them(three):
    assert len(found("")) == len(found("  ")) == 3


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Hoà", ["Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Hoa", "Lê Thị Hóa", "Lê Thị Hoài"]),
        ("Hòa", ["Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Hoa", "Lê Thị Hóa", "Lê Thị Hoài"]),
        ("hóa", ["Lê Thị Hóa", "Lê Thị Hoa", "Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Hoài"]),
        ("hoa", ["Lê Thị Hoa", "Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Hóa", "Lê Thị Hoài"]),
    ],
)
def test_exact_accents_come_first_wherever_the_tone_stands(home, typed, names):
    households(home, "Lê Thị Hoà", "Lê Thị Hòa", "Lê Thị Hoa", "Lê Thị Hóa", "Lê Thị Hoài")
    decomposed = unicodedata.normalize("NFD", typed)
    assert found(typed) == found(decomposed) == found(typed.upper()) == names


def test_thuy_is_one_name_in_both_spellings(home):
    households(home, "Trần Thuỷ", "Trần Thủy", "Trần Thụy")
    assert found("thuỷ")[:2] == found("Thủy")[:2] == ["Trần Thuỷ", "Trần Thủy"]
    assert found("thụy")[0] == "Trần Thụy"


def test_d_and_dd_are_told_apart_only_when_typed(home):
    households(home, "Lê Đông", "Lê Dong", "Lê Đoàn", "Lê Dũng")
    assert found("dong") == ["Lê Dong", "Lê Đông"]
    assert found("đông") == ["Lê Đông", "Lê Dong"]
    assert found("đo") == ["Lê Đoàn", "Lê Đông", "Lê Dong"]
    assert found("do") == ["Lê Dong", "Lê Đoàn", "Lê Đông"]
    assert found("ð") == ["Lê Đoàn", "Lê Đông", "Lê Dong", "Lê Dũng"]


def test_the_given_name_comes_before_the_others(home):
    households(home, "Lan Thị Bé", "Nguyễn Lan Anh", "Trần Thị Lan", "Võ Thị Lành")
    assert found("lan") == ["Trần Thị Lan", "Nguyễn Lan Anh", "Lan Thị Bé", "Võ Thị Lành"]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("H'Hen Niê", ["h'hen", "H’Hen", "hhen", "hen", "h hen", "h'hen nie", "nie hen"]),
        ("Ksor H-Blâm", ["h-blâm", "hblam", "blam", "h blam", "ksor blam"]),
        ("Y Bhăm", ["y bham", "bhăm", "bh"]),
        ("K'", ["k'", "k"]),
        ("Đăm", ["đăm", "dam", "đ"]),
    ],
)
def test_names_of_the_highlands_are_found(home, name, texts):
    make_household(home, head_name=name)
    for text in texts:
        assert found(text) == [name], text


def test_the_database_folds_as_we_do(home):
    household = make_household(home)
    names = ["Đỗ Thị Ửng", "Ngô Quyễn", "Lý Ỷ Nhi", "H'Hen Niê", "Ksor H-Blâm", "Vương Đình Huệ"]
    for name in names:
        member = with_member(household, name)
        member.refresh_from_db()
        with connection.cursor() as cursor:
            cursor.execute("SELECT tsvector_to_array(words) FROM households_member WHERE id = %s",
                           [member.pk])  # fmt: skip
            assert set(fold(name).split()) <= set(cursor.fetchone()[0])


def test_a_wife_is_found_after_the_heads_of_that_name(home):
    households(home, "Lê Thị Lan")
    other = make_household(home, head_name="Trần Văn Bảy")
    wife = with_member(other, "Nguyễn Thị Lan", relation="Vợ")
    assert found("thi lan") == ["Lê Thị Lan", "Trần Văn Bảy"]
    assert whys("lan") == ["", "Có Nguyễn Thị Lan trong hộ"]
    assert found("nguyễn thị lan") == ["Trần Văn Bảy"]
    Member.objects.filter(pk=wife.pk).update(left_on="2024-01-02", left_why="died", is_living=False)
    assert found("thi lan") == ["Lê Thị Lan"]


def test_a_year_or_last_digits_beside_a_name_narrow_it(home):
    first = make_household(home, head_name="Lê Thị Ba", birth_year=1958, number=national_id(894))
    make_household(home, head_name="Lê Thị Ba", birth_year=1970, number=national_id(123))
    assert [row.pk for row in matching(ALL, "le thi ba 1958")] == [first.pk]
    assert [row.pk for row in matching(ALL, "Ba 894")] == [first.pk]
    assert found("ba 1958 894") == ["Lê Thị Ba"]
    assert found("ba 1959") == found("ba 1958 123") == []
    with_member(first, "Lê Văn Con", birth_year=1990)
    assert found("con 1990") == found("van con") == ["Lê Thị Ba"]
    assert found("con 1958") == []


def test_digits_are_a_number_in_the_commune_last_digits_or_a_code(home):
    make_household(home, head_name="Lê Số", code="28051-0123")
    make_household(home, head_name="Lê Mã", code="12345-0001")
    tail = make_household(home, head_name="Lê Cuối", code="K", number=national_id(555123))
    assert found("123") == ["Lê Số", "Lê Cuối", "Lê Mã"]
    assert whys("123")[1] == "Số CCCD •••••••••123 của Lê Cuối"
    assert found("0123") == ["Lê Số"]
    assert found("1") == ["Lê Mã"]
    assert found("12") == ["Lê Mã"]
    with_member(tail, "Lê Thị Vợ", id_tail="", birth_year=1970)
    assert found("5123") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("12", False), ("894", False), ("4894", True), ("09918189488", True), ("2805", True),
        ("099181894887", False), ("28051-0001", False), ("le thi ba", False),
    ],
)  # fmt: skip
def test_part_of_a_number_is_told_to_be_no_search(typed, said):
    assert bool(read(typed).notice) is said


def test_old_codes_lead_to_the_household(home):
    household = make_household(home, head_name="Lê Mới", code="28051-0007")
    FormerCode.objects.create(
        commune=household.commune, code="28099-0001", household=household, until="2025-06-30"
    )
    assert found("28099-0001") == found("28099") == ["Lê Mới"]
    assert whys("28099") == ["Mã cũ 28099-0001"]
    assert whys("28051-0007") == [""]


def test_a_merged_household_leads_to_the_one_kept(home):
    kept = make_household(home, head_name="Lê Giữ", code="28051-0001")
    second = make_household(home, head_name="Lê Gộp", code="28051-0002")
    third = make_household(home, head_name="Lê Gộp Nữa", code="28051-0003")
    Household.objects.filter(pk=second.pk).update(state="merged", merged_into=kept)
    Household.objects.filter(pk=third.pk).update(state="merged", merged_into=second)
    assert found("28051-0002") == found("28051-0003") == ["Lê Giữ"]
    assert whys("28051-0002") == ["Mã cũ 28051-0002"]
    assert found("28051-") == ["Lê Giữ"]


def test_another_commune_stays_unseen_in_every_rank(units, three):
    other = make_household(units["hamlet2_2"], head_name="Đặng Văn Xa", code="28051-0099",
                           number=national_id(700))  # fmt: skip
    with_member(other, "Đặng Thị Xa")
    FormerCode.objects.create(
        commune=units["commune1"], code="28051-0055", household=other, until="2025-06-30"
    )
    own = ALL.under(units["commune1"])
    for text in ["dang", "đặng", "xa", "x", "28051-", "28051-0055", "700", "99", national_id(700)]:
        assert "Đặng Văn Xa" not in found(text, own), text
        assert "Đặng Văn Xa" in found(text), text


@pytest.mark.parametrize("level", ["province", "district", "commune1", "hamlet1_1"])
def test_members_are_found_from_every_level(units, home, level):
    household = make_household(home, head_name="Lê Một")
    with_member(household, "Trần Thị Quách", birth_year=1980)
    elsewhere = make_unit("hamlet", parent=make_unit("commune", parent=make_unit("province")))
    with_member(make_household(elsewhere, head_name="Lê Hai"), "Trần Thị Quách", birth_year=1980)
    place = units[level]
    for text in ("quach", "Quách", "thi quach", "tran thi", "thi tran", "quach 1980", "thi 1980"):
        ranks = ranks_of(ALL.under(place), text, places=[place.path])
        shown = first_of(ranks, shown=ALL, most=9)
        assert [row.head_name for row in shown] == ["Lê Một"], text


def test_members_follow_their_household(units, home):
    household = make_household(home)
    member = with_member(household, "Lê Thị Con")
    household.hamlet = units["hamlet1_2"]
    household.save()
    member.refresh_from_db()
    assert member.path == units["hamlet1_2"].path
    assert not RowChange.objects.filter(table="households_member").exists()
    other = make_household(units["hamlet2_1"])
    member.household = other
    member.save()
    member.refresh_from_db()
    assert member.path == units["hamlet2_1"].path


def test_a_household_follows_its_hamlet_in_the_tree(units, home):
    household = make_household(home)
    household.refresh_from_db()
    assert household.path == home.path
    household.hamlet = units["hamlet1_2"]
    household.path = "nonsense"
    household.save()
    household.refresh_from_db()
    assert household.path == units["hamlet1_2"].path
    Household.objects.filter(pk=household.pk).update(path="nonsense")
    household.refresh_from_db()
    assert household.path == units["hamlet1_2"].path
    elsewhere = make_unit("commune", parent=units["district"])
    moved = units["hamlet1_2"]
    moved.path, old = f"{elsewhere.path}0009", moved.path
    with pytest.raises(Exception, match="household_place"):
        moved.save(update_fields=["path"])
    assert old


def test_screens_follow_one_another_without_gaps(units):
    for number in range(7):
        make_household(units["hamlet1_1"], head_name=f"Nguyễn Văn {'ABBCDDE'[number]}")
    names, after = [], ""
    for _ in range(3):
        screen = screen_of([Rank(ALL)], shown=ALL, among=ALL, after=after, size=3)
        names += [household.head_name[-1] for household in screen.rows]
        assert screen.count == 7
        after = screen.after
    assert names == list("ABBCDDE")
    assert after == ""


@pytest.mark.parametrize("size", [1, 2, 3, 5, 50])
@pytest.mark.parametrize("counted", [3, 1000])
def test_screens_go_through_all_ranks_once(home, size, counted, monkeypatch):
    monkeypatch.setattr(screens, "COUNTED", counted)
    households(home, "Lê Thị Hoà", "Lê Thị Hoa", "Hoà Văn Bé", "Lê Hoài", "Lê Hoàng", "Lê Hóa")
    with_member(make_household(home, head_name="Trần Tý"), "Võ Hòa")
    with_member(make_household(home, head_name="Trần Sửu"), "Võ Hoà")
    expected = found("hoà")
    assert expected[:2] == ["Lê Thị Hoà", "Hoà Văn Bé"]
    assert expected[-2:] == ["Trần Sửu", "Trần Tý"]
    shown, after = [], ""
    for _ in range(20):
        screen = screen_of(ranks_of(ALL, "hoà"), shown=ALL, among=ALL, after=after, size=size)
        shown += [household.head_name for household in screen.rows]
        # Four have the word whole; who only begins so, or has a member of the name, follows.
        assert screen.count == (8 if screen.is_first and not screen.after else 4)
        assert screen.is_all is not bool(screen.after)
        after = screen.after
        if not after:
            break
    assert shown == expected


@pytest.mark.parametrize("after", ["x", "9", "9-1", "-1", "0-", "0-99999999999999999999", "0-1 "])
def test_a_place_that_is_none_begins_at_the_start_or_ends(three, after):
    screen = screen_of([Rank(ALL)], shown=ALL, among=ALL, after=after)
    assert len(screen.rows) == (0 if after == "9" else 3)


def test_where_a_screen_begins_tells_nothing_of_other_units(units, three):
    own = ALL.under(units["commune1"])
    strangers = ALL.under(units["commune2"]).get()
    screen = screen_of([Rank(own)], shown=ALL, among=own, after=f"0-{strangers.pk}")
    assert (screen.is_first, len(screen.rows)) == (True, 2)


def test_counting_stops_at_a_thousand(three, monkeypatch):
    monkeypatch.setattr(screens, "COUNTED", 2)
    for ranks in ([Rank(ALL)], [Rank(ALL), Rank(ALL.none())], [Rank(ALL), Rank(ALL.none(), 1)]):
        screen = screen_of(ranks, shown=ALL, among=ALL, size=1)
        assert screen.has_more_than_counted
        assert screen.count == 3


def test_the_years_of_lists_are_offered(three, units):
    assert queries.years_of_lists([units["commune1"]]) == [2024, 2023]
    assert queries.years_of_lists([units["commune2"]]) == []


def test_a_class_counts_in_its_own_year(three):
    rows = Household.objects.all()
    assert queries.listed_in(rows, 2023).get().head_name == "Đặng Thị Uống"
    assert not queries.listed_in(rows, 2023, "near_poor").exists()


def test_ng_is_short_for_nguyen(home):
    households(home, "Nguyễn Văn Tèo")
    assert found("ng van teo") == found("Ng. Văn Tèo") == ["Nguyễn Văn Tèo"]


def test_marks_on_another_word_do_not_lose_a_name(home):
    households(home, "Hoà Văn Hoa", "Hoa Văn Hoà", "Hoa Văn Hoa")
    assert found("hoà") == ["Hoa Văn Hoà", "Hoà Văn Hoa", "Hoa Văn Hoa"]
    assert found("hoa hoà") == ["Hoa Văn Hoà", "Hoà Văn Hoa", "Hoa Văn Hoa"]


def test_frequent_and_rare_words_answer_alike(home, monkeypatch):
    make_household(home, head_name="Trần Đức Quách")
    households(home, "Trần Văn Đức", "Lê Thị Đức", "Trần Quách Dực", "Quách Trần", "Trần Thị Bé")
    with_member(make_household(home, head_name="Võ Tám"), "Trần Thị Quách Đức")
    texts = ["tran", "đức", "Trần Đức", "tran duc", "tran quach", "duc quach", "tran d", "tran du",
             "thi", "thị đức", "quach", "qua", "tran quach du", "tran duc quach", "tr"]  # fmt: skip
    answers = {text: found(text) for text in texts}
    assert answers["Trần Đức"][:2] == ["Trần Văn Đức", "Trần Đức Quách"]
    more = names.FREQUENT | {"quach": "quach 0", "duc": "d{uc 4"}
    for frequent in ({}, {"quach": "qua{ch 4"}, more):
        monkeypatch.setattr(names, "FREQUENT", frequent)
        assert {text: found(text) for text in texts} == answers
