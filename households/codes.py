"""Household codes: the next one of a commune, and codes that a household no longer has."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from committees.models import Committee
from households.errors import CodeTaken
from households.models import FormerCode, Household
from households.models.household import HouseholdQuerySet


def next_code(commune: Committee) -> str:
    """``28051-0035`` after ``28051-0034``; waits for whoever else is numbering there.

    A code that a household had before it moved away or was renumbered is never given again.
    """
    Committee.objects.select_for_update(no_key=True).get(pk=commune.pk)
    last = max(_last_number(rows, commune) for rows in (Household.objects, FormerCode.objects))
    return f"{commune.code}-{last + 1:04d}"


def keep_former(household: Household, *, until: date) -> None:
    """The household's code of now goes on finding it after it gets another one."""
    FormerCode.objects.update_or_create(
        commune=household.commune,
        code=household.code,
        household=household,
        defaults={"until": until},
    )


def refuse_others_former(household: Household | None, commune: Committee, code: str) -> None:
    """A code that still finds another household of the commune is no code for this one."""
    others = FormerCode.objects.filter(commune=commune, code=code)
    if household:
        others = others.exclude(household=household)
    other = others.select_related("household").first()
    if other:
        raise CodeTaken(
            f"Mã {code} từng là mã của hộ {other.household.head_name}: hãy ghi mã khác."
        )


def by_code(rows: HouseholdQuerySet, codes: Iterable[str]) -> dict[int, dict[str, Household]]:
    """Commune's key → code → the household among ``rows`` that has the code there, or had it."""
    codes = set(codes)
    found: dict[int, dict[str, Household]] = {}
    former = FormerCode.objects.filter(
        code__in=codes, household__in=rows, household__commune=F("commune")
    )
    for old in former.select_related("household__commune", "household__hamlet").order_by("until"):
        found.setdefault(old.commune_id, {})[old.code] = old.household
    for household in rows.filter(code__in=codes).select_related("commune", "hamlet"):
        found.setdefault(household.commune_id, {})[household.code] = household
    return found


def _last_number(rows: QuerySet, commune: Committee) -> int:
    numbered = rows.filter(commune=commune, code__regex=rf"^{commune.code}-[0-9]{{4,6}}$")
    last = numbered.order_by(Length("code").desc(), "-code").values_list("code", flat=True).first()
    return int(last.rpartition("-")[2]) if last else 0
