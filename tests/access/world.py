"""Two provinces and a person for every role, at a commune and at the district above it."""

from typing import NamedTuple

from committees.access import Role
from committees.models import Committee, User
from tests.access.browser import Browsers
from tests.factories.committees import make_unit, make_user

LEVELS = ("commune", "district")


class World(NamedTuple):
    units: dict[str, Committee]
    users: dict[tuple[str, Role], User]  # by level of the seat, and role
    relations: dict[str, dict[str, Committee]]  # by level: O, C, S, P, X
    browsers: Browsers


def build_world() -> World:
    """A few units of each level; nothing else is in the database."""
    units = {"centre": make_unit("centre", "Trung ương", valid=(None, None))}
    for province in ("A", "B"):
        units[province] = make_unit("province", parent=units["centre"])
        for district in (f"{province}1", f"{province}2"):
            units[district] = make_unit("district", parent=units[province])
            for commune in (f"{district}-1", f"{district}-2"):
                units[commune] = make_unit("commune", parent=units[district])
                for hamlet in (1, 2):
                    units[f"{commune}-{hamlet}"] = make_unit("hamlet", parent=units[commune])
    users = _people(units)
    return World(units, users, _relations(units), Browsers(list(users.values())))


def _people(units: dict[str, Committee]) -> dict[tuple[str, Role], User]:
    seats = {"commune": units["A1-1"], "district": units["A1"]}
    people = {}
    for role in Role:
        for level, unit in seats.items():
            seat = units["A1-1-1"] if role == Role.HAMLET else unit
            people[level, role] = make_user((role, seat), username=f"{role}.{level}")
    return people


def _relations(units: dict[str, Committee]) -> dict[str, dict[str, Committee]]:
    return {
        "commune": {
            "O": units["A1-1"],
            "C": units["A1-1-1"],
            "S": units["A1-2"],
            "P": units["A1"],
            "X": units["B1-1"],
        },
        "district": {
            "O": units["A1"],
            "C": units["A1-1"],
            "S": units["A2"],
            "P": units["A"],
            "X": units["B1"],
        },
    }
