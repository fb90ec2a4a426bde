"""What one line of a list becomes: a household, its head, its place on the year's list."""

from typing import NamedTuple

from committees.models import Committee, ImportBatch, User
from households import identity
from households.actions import name_keys
from households.list_line import Entry
from households.models import Classification, Household, Member, PovertyList


class Writing(NamedTuple):
    """What every step of one list needs."""

    commune: Committee
    poverty_list: PovertyList
    hamlets: dict[str, int]  # unit_key → pk
    batch: ImportBatch
    by: User


def household_of(entry: Entry, writing: Writing) -> Household:
    """A line's household, not yet saved."""
    return Household(
        commune_id=writing.commune.pk,
        hamlet_id=writing.hamlets[entry.hamlet],
        code=entry.code,
        head_name=entry.name,
        sex=entry.sex,
        birth_year=entry.birth_year,
        birth_date=entry.birth_date,
        ethnicity=entry.ethnicity,
        address=entry.address,
        phone=entry.phone,
        area=entry.area,
        members_declared=entry.members,
        note=entry.note,
        created_by_id=writing.by.pk,
        **name_keys(entry.name),
    )


def head_of(entry: Entry, household_id: int) -> Member:
    """The head of a line's household as its first member."""
    number = entry.identity.number
    return Member(
        household_id=household_id,
        is_head=True,
        name=entry.name,
        relation="Chủ hộ",
        sex=entry.sex,
        birth_year=entry.birth_year,
        birth_date=entry.birth_date,
        ethnicity=entry.ethnicity,
        id_cipher=identity.seal(number, entry.id_index) if number else None,
        id_index=entry.id_index,
        id_tail=number[-3:],
        old_id=identity.seal_old(entry.identity.old_number),
    )


def listed(entry: Entry, household_id: int, writing: Writing) -> Classification:
    """A line's place on the year's list."""
    return Classification(
        poverty_list_id=writing.poverty_list.pk,
        household_id=household_id,
        hamlet_id=writing.hamlets[entry.hamlet],
        kind=entry.kind,
        income_score=entry.income,
        deprivation_score=entry.deprivation,
        deprivations=entry.deprivations,
        members_declared=entry.members,
    )
