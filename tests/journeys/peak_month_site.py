"""What stands before the story begins: units, people, campaign, funds, one other commune.

Run inside the site's own process: ``manage.py shell -c "from … import prepare; prepare()"``.
"""

import io

from django.core.management import call_command

from committees.access import Role
from demo import people, sample

TOLD = "28051"  # Xã Mỹ Thạnh, done wholly in the browser
OTHER = "28054"  # Xã Bình An, its lists in by commands
BY_KEYBOARD, WITHOUT_SCRIPT = "28057", "28060"  # only their lists of households, in the browser
SEATED = (TOLD, OTHER, BY_KEYBOARD, WITHOUT_SCRIPT)


def prepare() -> None:
    """Everything that happened before the officer of Mỹ Thạnh sits down."""
    communes = [unit for unit in sample.communes() if unit.code in SEATED]
    district = sample.district()
    people.seat_everybody([sample.province(), district, *communes])
    sample.open_campaign()
    for unit in communes:
        _open_fund(unit, "cash", sample.COMMUNE_CASH)
    _open_fund(district, "treasury", sample.DISTRICT_TREASURY)
    for command, path, unit, role in sample.lists():
        if unit.code == OTHER:
            sample.import_list(command, path, unit, role)


def _open_fund(unit, account: str, amount: int) -> None:
    call_command(
        "open_fund",
        *("--committee", sample.at(unit), "--account", account),
        *("--amount", str(amount), "--on", sample.OPENED_ON),
        *("--by", people.username(Role.ACCOUNTANT, unit)),
        stdout=io.StringIO(),
    )
