"""People with a seat in one commune try to read, change or hide what is not theirs to."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from committees.people import system_user
from config import clock
from households.actions import hardship, likeness, moving
from households.actions.listing import poverty_list_of
from households.actions.members import add_member
from households.actions.merging import merge_pair, undo_merge
from households.actions.registering import edit_household
from households.errors import WrongHardship, WrongReview
from households.models import (
    Classification,
    HardshipCase,
    Household,
    HouseholdMove,
    Likeness,
    Sighting,
    Transition,
)
from households.privacy.unmasking import unmask
from households.review.monthly import take_back_monthly
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_hardship, make_household

pytestmark = pytest.mark.django_db

SENT, RECEIVED = date(2024, 5, 20), date(2024, 6, 3)


@pytest.fixture
def units():
    return make_district()


@pytest.fixture
def here(units):
    """An officer of commune1 in a browser."""
    return browser(("officer", units["commune1"]))


@pytest.fixture
def there(units):
    """An officer of commune2 in a browser."""
    return browser(("officer", units["commune2"]))


def browser(*seats, user=None):
    user = user or make_user(*seats)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    client.user = user
    return client


def address(name, *keys):
    return reverse(f"households:{name}", args=keys)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def send(household, to, by=None):
    version = fresh(household).version
    by = by or system_user()
    return moving.send_move(household, version=version, to=to, on=SENT, note="", by=by)


def receive(move, hamlet, **more):
    arrival = moving.Arrival(hamlet=hamlet, on=RECEIVED, **more)
    return moving.receive_move(move, arrival=arrival, by=system_user())


def lives_in_the_second_commune(household, units):
    """As after a move that was received; the units of the tests end before today."""
    place = {"commune": units["commune2"], "hamlet": units["hamlet2_1"]}
    Household.objects.filter(pk=household.pk).update(**place)


def pair_of(units, *, names="Nguyễn Thị Mai"):
    first, second = (
        make_household(units["hamlet1_1"], head_name=names, birth_year=1970) for _ in range(2)
    )
    return Likeness.objects.create(
        commune=units["commune1"], first=first, second=second, score=90, reasons=["name"]
    )


# Households that move between communes


def test_a_commune_reads_no_household_that_was_not_sent_to_it(units, there):
    household = make_household(units["hamlet1_1"], year=2024, head_name="Lê Văn Kín")
    move = send(household, units["commune2"])
    other = make_household(units["hamlet1_2"], head_name="Trần Văn Kín")
    elsewhere = browser(("officer", units["commune1"]))

    assert there.get(address("move-receive", move.pk)).status_code == 200
    for name in ("household-detail", "household-history", "household-edit", "household-unmask"):
        assert there.get(address(name, other.pk)).status_code == 404
    assert "Trần Văn Kín" not in there.get(address("move-list")).content.decode()
    # The sender may take it back, not receive it for the other commune.
    for name in ("move-receive", "move-return"):
        assert elsewhere.post(address(name, move.pk), {"reason": "x"}).status_code == 404
    assert there.post(address("move-withdraw", move.pk), {"reason": "x"}).status_code == 404
    assert fresh(move).state == HouseholdMove.State.SENT


def test_the_sender_changes_nothing_of_a_household_that_was_received(units, here):
    household = make_household(units["hamlet1_1"], year=2024, head_name="Lê Văn Đi")
    member = add_member(household, details={"name": "Lê Thị Con"}, by=system_user())
    receive(send(household, units["commune2"]), units["hamlet2_1"])
    before = fresh(household).version

    for name in (
        "household-edit", "household-classify", "household-history", "member-new", "change-split",
        "change-hamlet", "change-away", "change-end", "change-code", "change-restore",
    ):  # fmt: skip
        for ask in (here.get, here.post):
            assert ask(address(name, household.pk), {}).status_code in (404, 405), name
    assert here.post(address("member-leave", member.pk), {}).status_code == 404
    assert fresh(household).version == before


def test_the_sender_does_not_list_a_household_again_that_lives_elsewhere(units, here):
    household = make_household(units["hamlet1_1"], year=2024)
    receive(send(household, units["commune2"]), units["hamlet2_1"])
    gone = Transition.objects.get(household=household, code="chuyen_di", origin="monthly")
    version = fresh(household).version

    with pytest.raises(WrongReview, match="xã khác"):
        take_back_monthly(gone, by=here.user)
    here.post(address("monthly-undo", gone.pk))

    assert not Classification.objects.filter(household=household).exists()
    assert fresh(household).version == version


def test_a_hardship_case_of_the_old_commune_does_not_reach_the_new_one(units):
    year = clock.today().year
    standing = make_user(("standing", units["commune1"]))
    for commune in ("commune1", "commune2"):
        poverty_list_of(units[commune], year, by=system_user())
    household = make_household(units["hamlet1_1"])
    case = make_hardship(units["hamlet1_1"], household=household)
    waiting = make_hardship(units["hamlet1_1"], household=make_household(units["hamlet1_1"]))
    hardship.confirm_hardship(case, on=clock.today(), by=standing)
    for one in (household, waiting.household):
        lives_in_the_second_commune(one, units)
    Household.objects.filter(pk=waiting.household_id).update(address="Địa chỉ mới, bí mật")
    Classification.objects.filter(household=household).delete()

    with pytest.raises(WrongHardship, match="xã khác"):
        hardship.confirm_hardship(fresh(waiting), on=clock.today(), by=standing)
    said = hardship.Hardship(["illness"], "Ốm.", waiting.until, {"address": ""})
    with pytest.raises(WrongHardship, match="xã khác"):
        hardship.edit_hardship(fresh(waiting), said=said, by=standing)
    assert fresh(waiting).address == ""

    theirs = household.classifications.create(
        poverty_list=poverty_list_of(units["commune2"], year, by=system_user()),
        hamlet=units["hamlet2_1"],
        kind="hardship",
    )
    hardship.end_hardship(fresh(case), on=clock.today(), answer="Hết", by=standing)
    assert fresh(case).state == HardshipCase.State.ENDED
    assert Classification.objects.filter(pk=theirs.pk).exists()


def test_a_pair_tells_nothing_of_a_household_that_moved_away(units, here):
    pair = pair_of(units)
    receive(send(pair.first, units["commune2"]), units["hamlet2_1"])
    Household.objects.filter(pk=pair.first_id).update(head_name="Tên Mới Ở Xã Hai")
    add_member(pair.first, details={"name": "Người Ở Xã Hai"}, by=system_user())

    page = here.get(address("likeness-detail", pair.pk)).content.decode()
    listed = here.get(address("likeness-list")).content.decode()

    assert "Người Ở Xã Hai" not in page
    assert "Tên Mới Ở Xã Hai" not in page + listed


def test_a_merge_pulls_no_household_of_another_commune(units, here):
    pair = pair_of(units)
    foreign = make_household(units["hamlet2_1"], head_name="Nguyễn Thị Mai")
    answer = here.post(address("likeness-merge", pair.pk), {"kept": foreign.pk, "reason": "Trùng"})
    assert answer.status_code == 422
    lives_in_the_second_commune(pair.first, units)
    here.post(address("likeness-merge", pair.pk), {"kept": pair.second_id, "reason": "Trùng"})
    assert {h.state for h in Household.objects.all()} == {"active"}


# Seeing without being seen, or more than one may


def test_whoever_looks_at_people_is_written_down(units, here):
    pair = pair_of(units)
    member = add_member(pair.first, details={"name": "Nguyễn Văn Con"}, by=system_user())
    case = make_hardship(units["hamlet1_1"], household=make_household(units["hamlet1_1"]))
    asked = {
        address("household-edit", pair.first_id): pair.first_id,
        address("member-edit", member.pk): pair.first_id,
        address("likeness-detail", pair.pk): pair.second_id,
        address("hardship-detail", case.pk): case.household_id,
    }
    for url, household in asked.items():
        viewer = browser(("officer", units["commune1"]))
        assert viewer.get(url).status_code == 200
        assert Sighting.objects.filter(household=household, user=viewer.user).exists(), url


def test_the_district_reads_no_story_of_illness_and_no_private_words(units):
    secret = "Chủ hộ mắc bệnh hiểm nghèo."
    case = make_hardship(units["hamlet1_1"], story=secret)
    HardshipCase.objects.filter(pk=case.pk).update(answer="Lời riêng tư của xã")
    pair = pair_of(units)
    likeness.decide_different(pair, note="Bà hai của ông ấy", by=system_user())
    move = send(make_household(units["hamlet1_1"]), units["commune2"])
    HouseholdMove.objects.filter(pk=move.pk).update(note="Trốn nợ")

    for role in ("officer", "standing", "leader"):
        person = browser((role, units["district"]))
        pages = [
            person.get(address("hardship-list")),
            person.get(address("hardship-detail", case.pk)),
            person.get(address("likeness-detail", pair.pk)),
            person.get(address("move-list")),
        ]
        text = "".join(page.content.decode() for page in pages)
        assert {page.status_code for page in pages} == {200}
        for words in (secret, "Lời riêng tư của xã", "Bà hai của ông ấy", "Trốn nợ"):
            assert words not in text, (role, words)
    own = browser(("standing", units["commune1"]))
    assert secret in own.get(address("hardship-detail", case.pk)).content.decode()


def test_the_history_tells_the_district_no_private_value(units, here):
    household = make_household(units["hamlet1_1"], birth_year=1987)
    private = {
        "phone": "0909123456", "address": "Số 7 đường Kín", "note": "Nghiện rượu",
        "birth_date": date(1987, 3, 5), "ethnicity": "Ê-đê", "current_address": "Trọ ở chợ",
    }  # fmt: skip
    edit_household(household, version=1, changes=private, by=here.user)
    person = browser(("leader", units["district"]))
    page = person.get(address("household-history", household.pk)).content.decode()
    for value in ("0909123456", "đường Kín", "Nghiện", "05/03/1987", "Ê-đê", "Trọ ở"):
        assert value not in page, value
    assert "0909123456" in here.get(address("household-history", household.pk)).content.decode()


def test_looking_at_numbers_does_not_keep_a_merge_from_being_taken_back(units, here):
    pair = pair_of(units)
    merge = merge_pair(pair, kept=pair.first, reason="Ghi hai lần", by=here.user)
    auditor = make_user(("auditor", units["district"]))
    unmask(pair.first, by=auditor, reason="Đối chiếu giấy tờ của hộ")
    assert undo_merge(merge, by=here.user).undone_at


# Who proposes does not confirm


def test_who_rewrote_a_proposal_does_not_confirm_it(units):
    both = make_user(("officer", units["commune1"]), ("standing", units["commune1"]))
    other = make_user(("standing", units["commune1"]))
    case = make_hardship(units["hamlet1_1"])
    details = {"head_name": "Người Nhà Tôi", "sex": "", "birth_year": None, "address": "",
               "members_declared": 1}  # fmt: skip
    said = hardship.Hardship(["illness"], "Cần hỗ trợ.", case.until, details)
    hardship.edit_hardship(case, said=said, by=both)

    with pytest.raises(WrongHardship, match="Người đề nghị"):
        hardship.confirm_hardship(fresh(case), on=clock.today(), by=both)
    assert hardship.confirm_hardship(fresh(case), on=clock.today(), by=other).decided_by == other


def test_nobody_makes_a_household_one_in_hardship_alone(units, here):
    household = make_household(units["hamlet1_1"])
    year = clock.today().year
    answer = here.post(
        address("household-classify", household.pk), {"year": year, "kind": "hardship"}
    )
    assert answer.status_code == 422
    assert "đề nghị" in answer.content.decode()
    new = {
        "hamlet": units["hamlet1_1"].pk, "head_name": "Lê Văn Mới", "area": "rural",
        "ds-year": year, "ds-kind": "hardship",
    }  # fmt: skip
    assert here.post(address("household-new"), new).status_code == 422
    assert not Classification.objects.exists()


def test_a_second_proposal_for_one_household_is_refused_in_words(units):
    head = browser(("hamlet", units["hamlet1_1"]))
    household = make_household(units["hamlet1_1"])
    sent = {
        "household": household.pk, "reasons": ["illness"], "story": "Ốm dài ngày.",
        "until": f"01/01/{clock.today().year + 1}",
    }  # fmt: skip
    assert head.post(address("hardship-new"), sent).status_code == 302
    answer = head.post(address("hardship-new"), sent)
    assert answer.status_code == 422
    assert "đã có đề nghị" in answer.content.decode()
