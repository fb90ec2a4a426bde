"""What one line of a list becomes: a household, its head, its place on the year's list.

Rows for COPY: values in the order of the names above each function.
"""

from datetime import datetime
from typing import NamedTuple

from committees.models import Committee, ImportBatch, User
from config.vietnamese.names import sort_key
from households import identity
from households.actions.registering import LONGEST_SORT_KEY
from households.lists.line import Entry
from households.models import Household, PovertyList

HOUSEHOLD = (
    "id", "commune", "hamlet", "code", "head_name", "head_fold", "head_sort_key", "sex",
    "birth_year", "birth_date", "ethnicity", "address", "phone", "area", "members_declared",
    "house_condition", "needs", "note", "state", "version", "created_by", "created_at", "flags",
    "causes", "current_address", "weak_parts", "water", "latrine", "state_reason", "floor_area",
)  # fmt: skip
HEAD = (
    "household", "is_head", "name", "relation", "sex", "birth_year", "birth_date", "ethnicity",
    "id_cipher", "id_index", "id_tail", "old_id", "is_living", "id_issued_by", "schooling", "work",
    "disability", "has_allowance", "is_of_merit", "organisations", "left_why", "id_issued_on",
)  # fmt: skip
LISTED = (
    "poverty_list", "household", "hamlet", "kind", "income_score", "deprivation_score",
    "deprivations", "members_declared", "flags", "causes",
)  # fmt: skip
HEAD_RELATION = "Chủ hộ"


class Writing(NamedTuple):
    """What every step of one list needs."""

    commune: Committee
    poverty_list: PovertyList
    hamlets: dict[str, int]  # unit_key → pk
    batch: ImportBatch
    by: User
    at: datetime


def household_of(entry: Entry, key: int, writing: Writing) -> tuple:
    """A new household, active, in its first version."""
    return (
        key, writing.commune.pk, writing.hamlets[entry.hamlet], entry.code, entry.name,
        entry.name_fold[:160], sort_key(entry.name)[:LONGEST_SORT_KEY], entry.sex,
        entry.birth_year, entry.birth_date, entry.ethnicity, entry.address, entry.phone,
        entry.area, entry.members, "", entry.needs, entry.note, Household.State.ACTIVE.value, 1,
        writing.by.pk, writing.at, entry.flags, entry.causes, entry.current_address, [],
        entry.water, entry.latrine, "", entry.floor_area,
    )  # fmt: skip


def head_of(entry: Entry, household_id: int) -> tuple:
    """The head of a line's household as its first member, the number sealed."""
    number = entry.identity.number
    return (
        household_id, True, entry.name, HEAD_RELATION, entry.sex, entry.birth_year,
        entry.birth_date, entry.ethnicity,
        identity.seal(number, entry.id_index) if number else None, entry.id_index, number[-3:],
        identity.seal_old(entry.identity.old_number), True, "", "", "", "", False, False, [], "",
        entry.issued_on,
    )  # fmt: skip


def listed(entry: Entry, household_id: int, writing: Writing) -> tuple:
    """A line's place on the year's list."""
    return (
        writing.poverty_list.pk, household_id, writing.hamlets[entry.hamlet], entry.kind,
        entry.income, entry.deprivation, entry.deprivations, entry.members, entry.flags,
        entry.causes,
    )  # fmt: skip
