"""Nonsense of every kind is answered in words: never a 500, never a change by looking."""

import base64
import json

import pytest
from django.test import Client

from committees.models import AuditEvent
from committees.people import system_user
from households.actions.classifying import classify_household
from households.actions.listing import Listed
from households.actions.members import add_member
from households.models import (
    HardshipCase,
    Household,
    Member,
    PovertyIndicator,
    PovertyList,
    Sighting,
    Transition,
)
from tests.access.test_attacks_on_the_registry import address, browser, fresh, pair_of, send
from tests.factories.committees import make_district
from tests.factories.households import make_hardship, make_household

pytestmark = pytest.mark.django_db

NONSENSE = [
    "\0", "Ấ" * 2000, "-1", "9" * 30, "9" * 5000, "'\"<>%_\\", "٣٤", "²", "1e999", "31/12/9999",
    "01/01/0001", "{}", "\u202e", "0",
]  # fmt: skip
IN_ADDRESSES = {
    "household-list": "q noi noi_text nam loai tinh-trang sau",
    "household-search": "q",
    "household-export": "q noi nam",
    "list-print": "q noi nam",
    "move-list": "chieu cho page",
    "hardship-list": "tinh-trang page",
    "hardship-new": "ho",
    "likeness-list": "tinh-trang page",
    "summary": "noi nam loai bieu",
    "summary-households": "noi nam loai so page",
    "review-list": "nam noi noi_text",
}
IN_ADDRESSES_OF_ONE = {
    "household-history": "page",
    "household-seen": "cach tu den truoc",
    "household-review": "nam",
    "review-households": "q thon loai page",
    "review-transitions": "q thon ma goc den di",
    "review-absent": "q thon loai",
    "review-monthly": "ho ho_text page",
    "total-edit": "nam",
}
POSTED = {
    "household-new": "hamlet code head_name born ethnicity number phone members_declared floor_area"
    " note flags ds-year ds-kind ds-income_score ds-deprivations",
    "household-edit": "version head_name born number phone members_declared floor_area needs",
    "household-classify": "year kind income_score deprivation_score deprivations",
    "member-new": "name relation born number id_issued_on insured_until organisations",
    "member-edit": "version name born number insured_until",
    "member-leave": "version why on",
    "change-split": "version people head hamlet on keeps_class",
    "change-hamlet": "version hamlet address on",
    "change-away": "version to to_text place on reason",
    "change-head-died": "version on head",
    "change-code": "version code",
    "move-receive": "hamlet address code on kind",
    "move-return": "reason",
    "move-withdraw": "reason",
    "hardship-new": "household household_text hamlet head_name birth_year reasons story until",
    "hardship-edit": "head_name birth_year members_declared reasons story until",
    "hardship-confirm": "household on answer",
    "likeness-merge": "kept reason",
    "review-absent": "changes everyone reason on into into_text",
    "household-review": "change on into into_text income_score deprivations",
    "remark-new": "kind text household household_text",
    "household-export": "purpose format_ columns sensitive token",
    "household-unmask": "reason",
}
RIGHT = {
    "head_name": "Lê Văn Thử", "area": "rural", "on": "20/05/2024", "reason": "Lý do thử",
    "name": "Lê Văn Tư", "story": "Ốm lâu", "reasons": "illness", "year": "2024", "kind": "poor",
    "until": "01/01/2027", "purpose": "Thử với chữ vô nghĩa",
}  # fmt: skip
BODIES = [
    "[" * 100_000, '{"a":' * 50_000, '{"\\ud800": 1}', "null", "[]", "1" * 5000, "", "{",
    '{"head_name": "\\u0000"}', '{"head_name": "\\ud800"}', '{"hamlet": %s}' % ("9" * 4000),
    '{"hamlet": 99999999999999999999, "head_name": "Lê Văn A"}',
    '{"hamlet": [], "head_name": {"a": 1}}', '{"flags": [{}]}', '{"listed": []}',
    '{"listed": {"year": 2024, "kind": ["poor"]}, "head_name": "Lê Văn A", "hamlet": 1}',
    '{"floor_area": "NaN"}', '{"floor_area": "1e400"}', '{"id_number": "\\u0000"}',
    '{"kind": "poor", "year": 2024, "deprivations": ["\\u0000"]}',
    '{"version": 1, "birth_date": "0001-01-01"}', '{"version": 1, "birth_date": "9999-12-31"}',
    '{"version": 99999999999999999999}', '{"version": 1e400}',
]  # fmt: skip


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def here(units):
    """Who may do all that a page of the commune asks."""
    commune = units["commune1"]
    return browser(("officer", commune), ("standing", commune), ("auditor", commune))


@pytest.fixture
def keys(units):
    """One of everything, by the name of its page."""
    household = make_household(units["hamlet1_1"], year=2023, head_name="Lê Văn Cha")
    make_household(units["hamlet1_1"], year=2024)
    member = add_member(household, details={"name": "Lê Thị Con"}, by=system_user())
    listed = PovertyList.objects.get(year=2024)
    said = {
        "member-edit": member, "member-leave": member, "total-edit": units["commune1"],
        "likeness-merge": pair_of(units),
        "move-withdraw": send(make_household(units["hamlet1_1"]), units["commune2"]),
    }  # fmt: skip
    arriving = send(make_household(units["hamlet2_1"]), units["commune1"])
    said |= dict.fromkeys(("move-receive", "move-return"), arriving)
    case = make_hardship(units["hamlet1_1"])
    said |= dict.fromkeys(("hardship-edit", "hardship-confirm"), case)
    pages = {*IN_ADDRESSES_OF_ONE, *POSTED}
    said |= {n: listed for n in pages if n.startswith("review-") or n == "remark-new"}
    whole = {"household-new", "hardship-new", "household-export"}
    return {n: said.get(n, household).pk for n in pages - whole}


def some_of(values: list[str], place: int) -> list[str]:
    """A quarter of them, another one for each field: a page of four fields meets them all."""
    return values[place % 4 :: 4]


def test_nonsense_in_an_address_is_no_error_of_ours(here, keys):
    failed = []
    asked = [(address(name), names) for name, names in IN_ADDRESSES.items()]
    asked += [(address(name, keys[name]), said) for name, said in IN_ADDRESSES_OF_ONE.items()]
    asked += [
        ("/to-chuc/nhat-ky/", "q action since until truoc"),
        ("/nhap/mau.xlsx", "loai don-vi"),
    ]
    for url, names in asked:
        for place, name in enumerate(names.split()):
            for value in some_of(NONSENSE, place):
                if here.get(url, {name: value}).status_code >= 500:
                    failed.append((url, name, value[:20]))
    for number in ("chi-so.\0", "nguyen-nhan.'", "cuoi-dtts", "dau-x", "."):
        answer = here.get(address("summary-households"), {"so": number})
        failed += [number] if answer.status_code >= 500 else []
    assert not failed


@pytest.mark.parametrize("name", POSTED)
def test_nonsense_in_a_form_is_refused_in_words(name, units, here, keys):
    url, names, failed = address(name, *[keys[name]] if name in keys else []), POSTED[name], []
    for place, field in enumerate(names.split()):
        for value in some_of(NONSENSE, place):
            version = Household.objects.order_by("pk").first().version
            right = {n: value for n, value in RIGHT.items() if n in names.split() or n == "area"}
            sent = right | {"version": version, "hamlet": units["hamlet1_1"].pk, field: value}
            if here.post(url, sent).status_code >= 500:
                failed.append((field, value[:20]))
    assert not failed


def test_nonsense_sent_to_the_api_is_answered_in_json(here, keys):
    household = Household.objects.get(pk=keys["household-edit"])
    paths = [
        "households/", "households/look-up/", f"households/{household.pk}/",
        f"households/{household.pk}/members/", f"households/{household.pk}/classifications/",
        f"members/{keys['member-edit']}/",
    ]  # fmt: skip
    for path in paths:
        for body in BODIES:
            for call in (here.post, here.patch):
                answer = call(f"/api/v1/{path}", body, content_type="application/json")
                assert answer.status_code < 500, (path, body[:40])
                assert answer.json()
    lists = [
        "poverty-lists/",
        f"poverty-lists/{PovertyList.objects.get(year=2024).pk}/transitions/",
    ]
    cursors = ["p=abc", "p=\0", "p=" + "9" * 40, "o=-1", "o=99999999999999999999", "r=1&p=x"]
    for path in ["households/", *lists]:
        for cursor in [base64.b64encode(text.encode()).decode() for text in cursors] + NONSENSE:
            assert here.get(f"/api/v1/{path}", {"sau": cursor}).status_code < 500, cursor
    for path in ("/api/v1/households/", "/ho/", "/ho/trung/"):
        for key in ("9223372036854775808", "9" * 40):
            assert here.get(f"{path}{key}/").status_code == 404


def test_looking_changes_nothing(here, keys):
    tables = (Household, Member, HardshipCase, Transition, AuditEvent)

    def everything():
        return [list(table.objects.order_by("pk").values()) for table in tables]

    before = everything()
    for name, key in keys.items():
        assert here.get(address(name, key)).status_code in (200, 302, 405), name
    for name in IN_ADDRESSES:
        assert here.get(address(name)).status_code == 200, name
    assert everything() == before
    assert Sighting.objects.exists()  # that one looked is all that stays


def test_a_foreign_page_cannot_use_a_session_on_the_api(units):
    household = make_household(units["hamlet1_1"])
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(browser(("officer", units["commune1"])).user)
    body = json.dumps({"version": 1, "phone": "0909123456"})
    for kind in ("application/json", "text/plain"):
        answer = strict.patch(f"/api/v1/households/{household.pk}/", body, content_type=kind)
        assert answer.status_code in (403, 415)
    assert fresh(household).phone == ""


def test_ids_of_others_in_a_list_of_ticks_are_refused(units, here, keys):
    stranger = make_household(units["hamlet2_1"], year=2023)
    make_household(units["hamlet2_1"], year=2024)
    theirs = Transition.objects.get(household=stranger, poverty_list__year=2024)
    sent = {"changes": [theirs.pk], "reason": "chet"}
    assert here.post(address("review-absent", keys["review-absent"]), sent).status_code == 422
    split = {"people": [stranger.members.get().pk], "on": "20/05/2024", "reason": "Tách"}
    assert here.post(address("change-split", keys["change-split"]), split).status_code == 422
    foreign = {"hamlet": units["hamlet2_1"].pk, "head_name": "Lê Văn Lạ", "area": "rural"}
    assert here.post(address("household-new"), foreign).status_code == 422
    answer = here.post("/api/v1/households/", json.dumps(foreign), content_type="application/json")
    assert answer.status_code == 400
    assert fresh(stranger).state == "active"
    assert fresh(theirs).code == "chua_ro"


def test_the_api_covers_what_the_pages_cover(units):
    household = make_household(units["hamlet1_1"])
    code = PovertyIndicator.objects.filter(standard__valid_from__year=2022).first().code
    classify_household(household, listed=Listed(2024, "poor", 100, 30, [code]), by=system_user())
    path = f"/api/v1/households/{household.pk}/classifications/"
    assert code not in browser(("leader", units["district"])).get(path).content.decode()
    assert code in browser(("officer", units["commune1"])).get(path).content.decode()
