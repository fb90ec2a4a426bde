import pytest

from committees import intake
from committees.errors import FileRefused
from committees.intake_batches import batches_of
from committees.models import ImportBatch
from committees.todo import todos_of
from fund.models import Support, Voucher
from tests.factories.committees import make_unit, make_user
from tests.factories.fund import make_fund, make_receipt
from tests.factories.households import make_household
from tests.factories.support import support_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    commune = make_unit("commune", parent=make_unit("district"))
    make_receipt(make_fund(commune))
    return commune


def previewed(commune, officer, **changes) -> ImportBatch:
    household = make_household(make_unit("hamlet", "Ấp 1", parent=commune))
    data = support_file(commune, (household, changes))
    return intake.preview("support", data, name="ho-tro.xlsx", committee=commune, by=officer)


def test_an_officer_alone_takes_no_money_from_the_fund(commune):
    officer = make_user(("officer", commune))
    batch = previewed(commune, officer)
    posted = Voucher.objects.posted().count()

    with pytest.raises(FileRefused, match=r"kế toán của Xã Thử .* xác nhận"):
        intake.commit(batch, by=officer)

    assert (Support.objects.count(), Voucher.objects.posted().count()) == (0, posted)


def test_the_accountant_finds_the_list_among_the_things_to_do_and_confirms(client, commune):
    officer, accountant = make_user(("officer", commune)), make_user(("accountant", commune))
    batch = previewed(commune, officer)
    client.force_login(officer)
    assert "Chờ kế toán xác nhận" in client.get(f"/nhap/{batch.pk}/").content.decode()

    assert [todo.count for todo in todos_of(accountant) if "xác nhận" in todo.label] == [1]
    intake.commit(batch, by=accountant)

    assert Support.objects.get().voucher.posted_by == accountant


def test_welfare_alone_needs_no_accountant(commune):
    officer = make_user(("officer", commune))

    intake.commit(previewed(commune, officer, Nguồn="Hội Chữ thập đỏ"), by=officer)

    assert Support.objects.get().voucher is None


def test_an_accountant_elsewhere_sees_nothing_of_it(commune):
    other = make_user(("accountant", make_unit("commune")))
    previewed(commune, make_user(("officer", commune)))

    assert not batches_of(other).exists()
