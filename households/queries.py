"""Finding households: what officers type, what they filter by, page after page."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from committees.models import Committee
from config.vietnamese.letters import DASHES, INVISIBLE
from config.vietnamese.names import fold
from households import identity
from households.models import Classification, Household, Member, PovertyList
from households.models.household import HouseholdQuerySet

SHORTEST_INNER_SEARCH = 3
MOST_WORDS = 6
COUNTED = 1000


def matching(rows: HouseholdQuerySet, text: str) -> HouseholdQuerySet:
    """Households that ``text`` may mean: a whole CCCD, the start of a code, or a name.

    A name needs no accents; one or two letters mean the start of the given name (tên).
    """
    digits = identity.SEPARATORS.sub("", text)
    if len(digits) == 12 and digits.isascii() and digits.isdigit():
        people = Member.objects.filter(id_index=identity.blind_index(digits))
        return rows.filter(pk__in=people.values("household"))
    if any(character.isdigit() for character in text):
        return rows.filter(code__startswith=text.strip().upper())
    key = fold(text)
    if len(key) < SHORTEST_INNER_SEARCH:
        return rows.filter(given_fold__startswith=key)
    words = key.split()
    # The index knows runs of three letters: without a long word, look for the text as a whole.
    has_long_word = any(len(word) >= SHORTEST_INNER_SEARCH for word in words)
    for word in words[:MOST_WORDS] if has_long_word else [key]:
        rows = rows.filter(head_fold__contains=word)
    return rows


def listed_in(rows: HouseholdQuerySet, year: int, kind: str = "") -> HouseholdQuerySet:
    """Households on the list of ``year``, of one class of that list if ``kind`` is given."""
    listed = Classification.objects.filter(household=OuterRef("pk"), poverty_list__year=year)
    if kind:
        listed = listed.filter(kind=kind)
    return rows.filter(Exists(listed.order_by()))


def for_listing(rows: HouseholdQuerySet, *, year: int | None = None) -> HouseholdQuerySet:
    """Everything a line of the list shows; ``shown_classes`` begins with the class to print."""
    classes = Classification.objects.select_related("poverty_list").order_by("-poverty_list__year")
    if year:
        classes = classes.filter(poverty_list__year=year)
    return rows.select_related("commune", "hamlet").prefetch_related(
        Prefetch("classifications", queryset=classes, to_attr="shown_classes")
    )


@dataclass
class Screen:
    """One screen of a long list, found from the last household of the screen before."""

    rows: list[Household]
    after: int | None  # the household to begin the next screen after
    is_first: bool
    count: int  # never more than COUNTED + 1: counting a whole nation takes too long

    @property
    def has_more_than_counted(self) -> bool:
        return self.count > COUNTED


def screen_of(
    rows: HouseholdQuerySet,
    *,
    after: int | None = None,
    among: HouseholdQuerySet | None = None,
    size: int = 50,
) -> Screen:
    """The households that follow household ``after`` in the order of names.

    ``after`` is looked up ``among`` the households that the person may see: where a page
    begins must not tell how another unit's household is called.
    """
    known = Household.objects.all() if among is None else among
    count = rows.order_by().values("pk")[: COUNTED + 1].count()
    place = known.filter(pk=after).values_list("head_sort_key", "pk").first()
    following = rows.order_by("head_sort_key", "pk")
    if place:
        key, pk = place
        following = following.filter(
            Q(head_sort_key__gt=key) | Q(pk__gt=pk), head_sort_key__gte=key
        )
    found = list(following[: size + 1])
    is_cut = len(found) > size
    return Screen(
        rows=found[:size],
        after=found[size - 1].pk if is_cut else None,
        is_first=place is None,
        count=count,
    )


def years_of_lists(communes: object) -> list[int]:
    """The years for which there is a list in any of these communes, the latest first."""
    lists = PovertyList.objects.filter(commune__in=communes).order_by("-year")
    return list(lists.values_list("year", flat=True).distinct())


def owner_of_number(number: str) -> Member | None:
    """The living person with this national number, wherever in the country."""
    people = Member.objects.filter(id_index=identity.blind_index(number), is_living=True)
    return people.select_related("household__commune").first()


def code_of(text: str) -> str:
    """A household code as the registry has it: capitals, no spaces, the commune's code whole.

    Where a sheet joins it from a number, "03006-0001" arrives as "3006-0001".
    """
    code = DASHES.sub("-", INVISIBLE.sub("", "".join(text.split()))).upper()
    return f"0{code}" if re.match(r"\d{4}-", code, re.ASCII) else code


def hamlets_of(commune: Committee) -> list[Committee]:
    """The hamlets of a commune in the order of the tree."""
    return list(Committee.objects.under(commune).filter(level=Committee.Level.HAMLET))
