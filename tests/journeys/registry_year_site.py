"""What stands before the story of a year: the unit, its people and all its lists of 2023.

Run inside the site's own process: ``manage.py shell -c "from … import prepare; prepare()"``.
"""

import io

from django.core.management import call_command

from committees import people as accounts
from committees.access import Role
from committees.models import Committee
from demo import people, sample

TOLD = "28051"  # Xã Mỹ Thạnh
HAMLET_HEAD = "hamlet.ap-1"


def prepare() -> None:
    """The peak month of 2023 is over; nobody has seen the decision for 2024 yet."""
    (commune,) = [unit for unit in sample.communes() if unit.code == TOLD]
    people.seat_everybody([sample.province(), sample.district(), commune])
    sample.open_campaign()
    _open_fund(commune, "cash", sample.COMMUNE_CASH)
    for command, path, unit, role in sample.lists():
        if unit.code == TOLD:
            sample.import_list(command, path, unit, role)
    _seat_hamlet_head(commune)


def _seat_hamlet_head(commune: Committee) -> None:
    hamlet = Committee.objects.under(commune).get(level="hamlet", name="Ấp 1")
    by = accounts.system_user()
    head = accounts.create_user(
        HAMLET_HEAD,
        full_name="Trưởng Ban Công tác Ấp 1",
        password=people.password(),
        by=by,
        must_change=False,
    )
    accounts.give_seat(head, committee=hamlet, role=Role.HAMLET, by=by, since=people.SINCE)


def _open_fund(unit: Committee, account: str, amount: int) -> None:
    call_command(
        "open_fund",
        *("--committee", sample.at(unit), "--account", account),
        *("--amount", str(amount), "--on", sample.OPENED_ON),
        *("--by", people.username(Role.ACCOUNTANT, unit)),
        stdout=io.StringIO(),
    )
