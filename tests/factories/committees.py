"""Units, people and seats for tests, made through the same functions that the product uses."""

from datetime import date
from itertools import count

from committees import people, tree
from committees.access import Role
from committees.models import Committee, User

_numbers = count(1)
SINCE = date(2023, 1, 1)


def make_unit(
    level: str,
    name: str | None = None,
    *,
    parent: Committee | None = None,
    code: str | None = None,
    valid=(date(2008, 1, 1), date(2025, 6, 30)),
) -> Committee:
    """One unit below ``parent`` (a root without); valid in the 2024 tree unless said."""
    number = next(_numbers)
    words = {"province": "Tỉnh", "district": "Huyện", "commune": "Xã", "hamlet": "Ấp"}
    name = name or f"{words.get(level, 'Trung ương')} Thử {number}"
    if parent is None:
        last = Committee.objects.filter(depth=1).order_by("-path").first()
        path = tree.step(tree.position_of(last.path) + 1 if last else 1)
    else:
        parent = Committee.objects.get(pk=parent.pk)
        path = parent.path + tree.step(tree.next_position(parent))
        Committee.objects.filter(pk=parent.pk).update(numchild=parent.numchild + 1)
    unit = tree.new_unit(name, level=level, code=code or f"9{number:05d}", path=path, valid=valid)
    unit.save()
    return unit


def make_user(*seats: tuple[Role | str, Committee], username: str | None = None) -> User:
    """A person holding these seats (role, committee) since 2023; password "mat-khau-thu-1"."""
    number = next(_numbers)
    user = User(username=username or f"nguoi-thu-{number}", full_name=f"Người Thử {number}")
    user.set_password("mat-khau-thu-1")
    user.save()
    for role, committee in seats:
        people.give_seat(
            user, committee=committee, role=Role(role), by=people.system_user(), since=SINCE
        )
    return user


def make_district(communes: int = 2, hamlets: int = 2) -> dict[str, Committee]:
    """A province with one district, ``communes`` communes and ``hamlets`` hamlets in each.

    Keys: province, district, commune1…, hamlet1_1… (commune number, hamlet number).
    """
    units = {"centre": make_unit("centre", "Trung ương", valid=(None, None))}
    units["province"] = make_unit("province", parent=units["centre"])
    units["district"] = make_unit("district", parent=units["province"])
    for c in range(1, communes + 1):
        commune = units[f"commune{c}"] = make_unit("commune", parent=units["district"])
        for h in range(1, hamlets + 1):
            units[f"hamlet{c}_{h}"] = make_unit("hamlet", f"Ấp {h}", parent=commune)
    return units
