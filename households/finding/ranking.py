"""Which households a text means, the likeliest first.

A find is a chain of ``Rank``s: disjoint sets of households, each in the order of names. They are
asked one after the other, and only until a screen is full: "nguyễn" means half a million
households, but its first fifty stand at the beginning of an index. The order of the ranks:

a name          whole words with the accents as typed, given name first; whole words without
                regard to accents; words that begin so; another member of the household
one, two letters  given names that begin so, with the accents as typed first
digits          the number in the commune or the whole code; the last digits of an identity
                number; codes that begin so; codes that a household no longer has
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, Concat

from config.vietnamese.names import fold, sort_key
from households import identity
from households.finding import names
from households.finding.reading import Wanted, read
from households.models import FormerCode, Household, Member
from households.models.household import HouseholdQuerySet

# Letters that a letter without its own mark may stand for, as ``sort_key`` spells them.
VARIANTS = {
    "a": ["a", "a{", "a|"], "d": ["d", "d{"], "e": ["e", "e{"], "o": ["o", "o{", "o|"],
    "u": ["u", "u{"],
}  # fmt: skip
AFTER_ALL = "~"  # sorts after every letter and mark of a sort key
# Households that a code led to before it was changed or the household merged into another.
LED_TO = """
WITH RECURSIVE led (id) AS (
    SELECT household_id FROM households_formercode WHERE code LIKE %s
    UNION
    SELECT id FROM households_household WHERE state = 'merged' AND code LIKE %s
    UNION
    SELECT household.merged_into_id FROM led
        JOIN households_household household ON household.id = led.id
        WHERE household.merged_into_id IS NOT NULL
) SELECT id FROM led
"""


@dataclass(frozen=True)
class Rank:
    """Households that match equally well.

    Ranks of one ``likeness`` are counted together; less likely ones are asked only when a screen
    has room for them. ``why`` is what a line must tell besides the name. ``unordered`` is the
    same set, put so that it is read fast in no order.
    """

    rows: HouseholdQuerySet
    likeness: int = 0
    why: Combinable | None = None
    unordered: HouseholdQuerySet | None = None


def ranks_of(rows: HouseholdQuerySet, text: str, *, places: Collection[str] = ()) -> list[Rank]:
    """The chain for ``text`` among ``rows``, disjoint; without a text all of them.

    ``places``: paths of the committees below which all of ``rows`` lie, to read less.
    """
    if not text.strip():
        return [Rank(rows)]
    wanted = read(text)
    if wanted.words:
        return _by_name(rows, wanted, places)
    if wanted.start:
        return [Rank(rows.filter(starts)) for starts in _starts(wanted.start)]
    if wanted.code:
        return _by_code(rows, wanted)
    return [Rank(matching(rows, text))]


def matching(rows: HouseholdQuerySet, text: str) -> HouseholdQuerySet:
    """All households of the chain for ``text``, as one set; without a text all of them."""
    if not text.strip():
        return rows
    wanted = read(text)
    found = Q(pk__in=[])
    if wanted.words:
        found = _heads(wanted) | Q(pk__in=_others(wanted).values("household"))
    elif wanted.number:
        index = identity.blind_index(wanted.number)
        found = Q(pk__in=Member.objects.filter(id_index=index).order_by().values("household"))
    else:
        conditions = _starts(wanted.start) if wanted.start else []
        conditions += [condition for condition, _ in _codes(wanted)] if wanted.code else []
        for condition in conditions:
            found |= condition
    return rows.filter(found)


def _by_name(rows: HouseholdQuerySet, wanted: Wanted, places: Collection[str]) -> list[Rank]:
    words, born = wanted.words, wanted.birth_year
    heads = rows.filter(_ending_beside(wanted))
    last, searched = words[-1], not names.is_frequent(words)
    spelled = names.whole(words, born=born, spelled=True)
    whole = names.whole(words, born=born)
    first = names.given(last) & names.whole(words[:-1], born=born, spelled=True)
    ranks = [Rank(heads.filter(first))]

    def add(ordered: Q, bounded: Q) -> None:
        ranks.append(Rank(heads.filter(ordered), unordered=heads.filter(bounded)))

    but = names.not_given(last)
    bounded = names.whole(words, born=born, spelled=True, searched=searched)
    add(spelled & but, bounded & but)
    if any(word.spelled for word in words):
        bounded = names.whole(words, born=born, searched=searched)
        add(whole & ~spelled, bounded & ~spelled)
    begun = names.only_begun(words, born=born, places=places)
    ranks.append(Rank(heads.filter(begun), likeness=1))
    others = _others(wanted, places)
    name = others.filter(household=OuterRef("pk")).values("name")[:1]
    in_others = rows.filter(pk__in=others.values("household")).exclude(_heads(wanted))
    why = Concat(Value("Có "), Subquery(name), Value(" trong hộ"))
    return [*ranks, Rank(in_others, likeness=2, why=why)]


def _heads(wanted: Wanted) -> Q:
    return names.begun(wanted.words, born=wanted.birth_year) & _ending_beside(wanted)


def _ending_beside(wanted: Wanted) -> Q:
    """The last digits of a number that are written beside a name."""
    return Q(pk__in=_ending(wanted.tail).values("household")) if wanted.tail else Q()


def _others(wanted: Wanted, places: Collection[str] = ()) -> QuerySet[Member]:
    """Other members than the head, by name and what is written beside it."""
    found = names.others(wanted.words, born=wanted.birth_year, places=places)
    people = Member.objects.filter(found).order_by()
    return people.filter(id_tail=wanted.tail) if wanted.tail else people


def _starts(typed: str) -> list[Q]:
    """Given names that begin with one or two letters, those with the marks as typed first."""
    letters, plain = sort_key(typed).split(" ")[0], fold(typed)
    variants = ["".join(v) for v in product(*(VARIANTS.get(c, [c]) for c in plain[:-1]))]
    variants = [variant + plain[-1:] for variant in variants]
    every = Q()
    for variant in variants:
        every |= _begins(variant)
    if len(variants) > 1:  # the part of the index that holds them all
        every &= Q(head_sort_key__gte=variants[0], head_sort_key__lt=variants[-1] + AFTER_ALL)
    return [every] if letters == plain else [_begins(letters), every & ~_begins(letters)]


def _begins(letters: str) -> Q:
    return Q(head_sort_key__gte=letters, head_sort_key__lt=letters + AFTER_ALL)


def _by_code(rows: HouseholdQuerySet, wanted: Wanted) -> list[Rank]:
    ranks, before = [], Q()
    for condition, why in _codes(wanted):
        ranks.append(Rank(rows.filter(condition).exclude(before), why=why))
        before |= condition
    return ranks


def _codes(wanted: Wanted) -> list[tuple[Q, Combinable | None]]:
    """What digits or a code may mean, and what to tell of each."""
    kept = ~Q(state=Household.State.MERGED)
    whole = Q(code=wanted.code)
    if wanted.place:
        whole |= Q(words__match=names.lexeme(f"#{wanted.place}"))
    meanings = [(whole & kept, None)]
    if wanted.tail:
        meanings.append((Q(pk__in=_ending(wanted.tail).values("household")), _whose(wanted.tail)))
    meanings.append((Q(code__startswith=wanted.code) & kept, None))
    begins = wanted.code.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    led = RawSQL(LED_TO, [begins, begins])  # noqa: S611 - a constant, its values apart
    return [*meanings, (Q(pk__in=led) & kept, _former(wanted.code))]


def _ending(tail: str) -> QuerySet[Member]:
    return Member.objects.filter(id_tail=tail).order_by()


def _whose(tail: str) -> Concat:
    name = _ending(tail).filter(household=OuterRef("pk")).values("name")[:1]
    return Concat(Value(f"Số CCCD {identity.mask(tail)} của "), Subquery(name))


def _former(code: str) -> Concat:
    had = FormerCode.objects.filter(household=OuterRef("pk"), code__startswith=code)
    merged = Household.objects.filter(merged_into=OuterRef("pk"), code__startswith=code)
    return Concat(
        Value("Mã cũ "),
        Coalesce(
            Subquery(had.values("code")[:1]),
            Subquery(merged.order_by("pk").values("code")[:1]),
            Value(code),
        ),
    )
