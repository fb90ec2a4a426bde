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


def ranks_of(rows: HouseholdQuerySet, text: str, *, provinces: Collection[str] = ()) -> list[Rank]:
    """The chain for ``text`` among ``rows``, disjoint; without a text all of them.

    ``provinces``: paths of the provinces in which ``rows`` lie, where they lie in few.
    """
    if not text.strip():
        return [Rank(rows)]
    wanted = read(text)
    if wanted.words:
        return _by_name(rows, wanted, provinces)
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


def _by_name(rows: HouseholdQuerySet, wanted: Wanted, provinces: Collection[str]) -> list[Rank]:
    words = wanted.words
    last, searched = words[-1], len(words) > 1
    rows_of_heads = rows.filter(_beside(wanted))

    def rank(likeness: int, ordered: Q, unordered: Q) -> Rank:
        return Rank(
            rows_of_heads.filter(ordered), likeness, unordered=rows_of_heads.filter(unordered)
        )

    first = names.given(last) & names.whole(words[:-1], spelled=True)
    ranks = [rank(0, first, first)]
    chain = [(names.whole(words, spelled=True), names.not_given(last))]
    if any(word.spelled for word in words):
        chain.append((names.whole(words), ~names.whole(words, spelled=True)))
    for number, (condition, but) in enumerate(chain):
        bounded = names.whole(words, spelled=number == 0, searched=searched)
        ranks.append(rank(0, condition & but, bounded & but))
    begun = names.begun(words) & ~names.whole(words)
    ranks.append(rank(1, begun, begun))
    others = _others(wanted, provinces)
    name = others.filter(household=OuterRef("pk")).values("name")[:1]
    in_others = rows.filter(pk__in=others.values("household"))
    why = Concat(Value("Có "), Subquery(name), Value(" trong hộ"))
    return [*ranks, Rank(in_others.exclude(_heads(wanted)), 2, why)]


def _heads(wanted: Wanted) -> Q:
    return names.begun(wanted.words) & _beside(wanted)


def _beside(wanted: Wanted) -> Q:
    """What is written beside a name: the last digits of a number, the year of birth."""
    beside = Q()
    if wanted.tail:
        beside &= Q(pk__in=_ending(wanted.tail).values("household"))
    if wanted.birth_year:
        beside &= Q(birth_year=wanted.birth_year)
    return beside


def _others(wanted: Wanted, provinces: Collection[str] = ()) -> QuerySet[Member]:
    """Other members than the head, by name and what is written beside it."""
    people = Member.objects.filter(names.others(wanted.words, provinces)).order_by()
    if wanted.tail:
        people = people.filter(id_tail=wanted.tail)
    if wanted.birth_year:
        people = people.filter(birth_year=wanted.birth_year)
    return people


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
