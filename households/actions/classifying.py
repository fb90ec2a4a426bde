"""A household's class on the list of a year, entered or corrected by hand."""

from django.db import transaction

from committees import audit
from committees.models import User
from households.actions.guards import locked
from households.actions.listing import Listed, poverty_list_of
from households.models import Classification, Household, PovertyList
from households.review.transitions import derive


@transaction.atomic
def classify_household(household: Household, *, listed: Listed, by: User) -> Classification:
    """Put a household on the list of a year, or correct its class there. Raises ``NoStandard``."""
    row = locked(household)
    row.version += 1
    row.save(update_fields=["version"])
    return put_on_list(row, listed, by=by)


def put_on_list(household: Household, listed: Listed, *, by: User) -> Classification:
    """The same for a household that the caller holds; a correction keeps what the list said of
    its hamlet, members, groups and causes."""
    poverty_list = poverty_list_of(household.commune, listed.year, by=by)
    decided = {
        "kind": listed.kind,
        "income_score": listed.income_score,
        "deprivation_score": listed.deprivation_score,
        "deprivations": listed.deprivations,
    }
    classification, created = Classification.objects.update_or_create(
        household=household,
        poverty_list=poverty_list,
        defaults=decided,
        create_defaults=decided | {"hamlet_id": household.hamlet_id} | told_of(household),
    )
    audit.record(
        "household.classified",
        household,
        by=by,
        committee=household.commune,
        year=listed.year,
        kind=listed.kind,
        corrected=not created,
    )
    derive(poverty_list)
    return classification


def told_of(household: Household) -> dict[str, object]:
    """What a line of a list repeats of its household, for the tables of that year."""
    return {
        "members_declared": household.members_declared,
        "flags": household.flags,
        "causes": household.causes,
    }


def tell_latest_list(household: Household) -> None:
    """The line on the commune's latest list follows what was edited; earlier years stay."""
    latest = PovertyList.objects.filter(commune=household.commune_id).order_by("-year")[:1]
    lines = Classification.objects.filter(household=household, poverty_list__in=latest.values("pk"))
    told = told_of(household)
    lines.exclude(**told).update(**told)
