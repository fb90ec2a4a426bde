"""What changes in the registry: a household is registered, its record edited."""

from django.db import transaction

from committees import audit
from committees.models import Committee, User
from config.vietnamese.names import fold, sort_key
from households import identity
from households.actions.classifying import put_on_list, tell_latest_list
from households.actions.guards import (
    commune_of,
    constraints_as_refusals,
    locked,
    refuse_known_number,
)
from households.actions.listing import Listed
from households.codes import next_code, refuse_others_former
from households.ethnic_groups import with_minority
from households.models import Household, Member

LONGEST_SORT_KEY = 250
# What the head's own row as a member repeats of the household.
OF_THE_HEAD = ("sex", "birth_year", "birth_date", "ethnicity")
# Hamlet, code and state change by actions of their own (households.actions.changing).
EDITABLE = {
    "head_name", "sex", "birth_year", "birth_date", "ethnicity", "address", "current_address",
    "phone", "area", "members_declared", "house_condition", "floor_area", "weak_parts", "water",
    "latrine", "flags", "causes", "needs", "note",
}  # fmt: skip


def name_keys(name: str) -> dict[str, str]:
    """The search and sort columns that go with a head's name."""
    return {"head_fold": fold(name)[:160], "head_sort_key": sort_key(name)[:LONGEST_SORT_KEY]}


@transaction.atomic
def register_household(
    hamlet: Committee,
    *,
    details: dict[str, object],
    number: identity.Identity | None = None,
    listed: Listed | None = None,
    by: User,
) -> Household:
    """Enter a household with its head. ``details`` are fields of ``Household`` by name.

    Without a code the next free one of the commune is given. Raises ``WrongPlace``,
    ``CodeTaken``, ``IdentityTaken``, ``NoStandard``.
    """
    commune = commune_of(hamlet)
    number = number or identity.Identity()
    refuse_known_number(number, commune=commune)
    details = {"code": "", **details}
    refuse_others_former(None, commune, details["code"])
    details["code"] = details["code"] or next_code(commune)
    details["flags"] = with_minority(details.get("flags", []), details.get("ethnicity", ""))
    household = Household(
        commune=commune,
        hamlet=hamlet,
        **details,
        **name_keys(details["head_name"]),
        created_by=by,
    )
    with constraints_as_refusals():
        household.save()
        _new_head(household, number).save()
    audit.record("household.registered", household, by=by, committee=commune, code=household.code)
    if listed:
        put_on_list(household, listed, by=by)
    return household


@transaction.atomic
def edit_household(
    household: Household,
    *,
    version: int,
    changes: dict[str, object],
    number: identity.Identity | None = None,
    by: User,
) -> Household:
    """Change fields of a household; ``version`` is the one this person was shown.

    ``number`` replaces the head's identity number, None leaves it. Raises ``StaleRecord``
    when somebody else saved in between, and the refusals of ``register_household``.
    """
    row = locked(household, version)
    changed = _apply(row, changes)
    if number is not None:
        changed += _change_number(row, number)
    if not changed:
        return row
    row.version += 1
    row.save()
    follow_head(row)
    tell_latest_list(row)
    audit.record("household.edited", row, by=by, committee=row.commune, fields=changed)
    return row


def follow_head(household: Household) -> None:
    """The head's own row as a member says the same of the person as the household does."""
    Member.objects.filter(household=household, is_head=True).update(
        name=household.head_name, **{name: getattr(household, name) for name in OF_THE_HEAD}
    )


def _apply(household: Household, changes: dict[str, object]) -> list[str]:
    """Set the fields that differ; their names."""
    unknown = set(changes) - EDITABLE
    if unknown:
        raise ValueError(f"not editable: {sorted(unknown)}")
    if "ethnicity" in changes:
        flags = changes.get("flags", household.flags)
        changes = changes | {"flags": _flags_after(household, flags, changes["ethnicity"])}
    changed = sorted(name for name, value in changes.items() if getattr(household, name) != value)
    if "head_name" in changed:
        changes = changes | name_keys(changes["head_name"])
    for name, value in changes.items():
        setattr(household, name, value)
    return changed


def _flags_after(household: Household, flags: list[str], ethnicity: str) -> list[str]:
    """A minority mark that came from the head's ethnic group goes with it."""
    came = with_minority([], household.ethnicity)
    stays = ethnicity == household.ethnicity
    return with_minority(flags if stays else [f for f in flags if f not in came], ethnicity)


def _new_head(household: Household, number: identity.Identity) -> Member:
    return Member(
        household=household,
        is_head=True,
        name=household.head_name,
        relation="Chủ hộ",
        old_id=identity.seal_old(number.old_number),
        **{name: getattr(household, name) for name in OF_THE_HEAD},
        **identity.sealed_fields(number.number),
    )


def _change_number(household: Household, number: identity.Identity) -> list[str]:
    """Give the head another identity number; the names of what changed, never the number."""
    head = Member.objects.select_for_update().get(household=household, is_head=True)
    fields = identity.sealed_fields(number.number)
    known = bytes(head.id_index) if head.id_index else None
    if known == fields["id_index"] and identity.unseal_old(head.old_id) == number.old_number:
        return []
    refuse_known_number(number, commune=household.commune, person=head)
    with constraints_as_refusals():
        Member.objects.filter(pk=head.pk).update(
            old_id=identity.seal_old(number.old_number), **fields
        )
    return ["identity"]
