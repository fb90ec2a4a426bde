"""People who read the scale registry: at a commune, a province, a small province, the centre."""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from committees import people
from committees.access import Role
from committees.models import Committee, User
from config import clock
from households.models import Household


class ScaleReader(NamedTuple):
    """A login of the scale registry and what it sees; ``code`` is one household's of there."""

    username: str
    role: Role
    place: Committee
    code: str


def make_readers() -> list[ScaleReader]:
    """The same people each time, with the password of the demo."""
    readers = []
    for username, role, place in _places():
        code = Household.objects.under(place).order_by("pk").values_list("code", flat=True).first()
        readers.append(ScaleReader(username, role, place, code))
        _make(username, role, place)
    return readers


def _places() -> list[tuple[str, Role, Committee]]:
    here = Committee.objects.valid_on(clock.today())
    filled = [
        province
        for province in here.filter(level=Committee.Level.PROVINCE)
        if Household.objects.under(province).exists()
    ]
    sizes = {province.pk: Household.objects.under(province).count() for province in filled}
    by_size = sorted(filled, key=lambda province: sizes[province.pk])
    largest, smallest = by_size[-1], by_size[0]
    communes = here.filter(level=Committee.Level.COMMUNE).under(largest)
    centre = Committee.objects.get(level=Committee.Level.CENTRE)
    return [
        ("do-xa", Role.OFFICER, communes[len(communes) // 2]),
        ("do-tinh-nho", Role.LEADER, smallest),
        ("do-tinh-lon", Role.LEADER, largest),
        ("do-trung-uong", Role.LEADER, centre),
    ]


@transaction.atomic
def _make(username: str, role: Role, place: Committee) -> None:
    user = User.objects.filter(username=username).first()
    if user is None:
        by = people.system_user()
        user = people.create_user(
            username, full_name=username, password=settings.DEMO_PASSWORD, by=by, must_change=False
        )
        people.give_seat(user, committee=place, role=role, by=by)
    elif not user.check_password(settings.DEMO_PASSWORD):
        user.set_password(settings.DEMO_PASSWORD)
        user.save(update_fields=["password"])
