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

from dataclasses import dataclass
from itertools import product

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Coalesce, Concat

from config.vietnamese.names import fold, sort_key
from households import identity
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
    """Households that match equally well. ``why`` is what a line must tell besides the name."""

    rows: HouseholdQuerySet
    why: Combinable | None = None


def ranks_of(rows: HouseholdQuerySet, text: str) -> list[Rank]:
    """The chain for ``text`` among ``rows``, disjoint; without a text all of them."""
    if not text.strip():
        return [Rank(rows)]
    wanted = read(text)
    if wanted.words:
        return _by_name(rows, wanted)
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
        found = _heads(wanted, begin=True) | Q(pk__in=_others(wanted).values("household"))
    elif wanted.number:
        index = identity.blind_index(wanted.number)
        found = Q(pk__in=Member.objects.filter(id_index=index).order_by().values("household"))
    else:
        conditions = _starts(wanted.start) if wanted.start else []
        conditions += [condition for condition, _ in _codes(wanted)] if wanted.code else []
        for condition in conditions:
            found |= condition
    return rows.filter(found)


def _by_name(rows: HouseholdQuerySet, wanted: Wanted) -> list[Rank]:
    whole, begun = _all_of(wanted.words), _all_of(wanted.words, begin=True)
    given = _lexeme(f"={wanted.words[-1]}")
    exact = f"{whole} & {_all_of(wanted.accented)}" if wanted.accented else whole
    chain = [f"{exact} & {given}", f"{exact} & !{given}"]
    if wanted.accented:
        chain.append(f"{whole} & !({_all_of(wanted.accented)})")
    chain.append(f"{begun} & !({whole})")
    heads = rows.filter(_beside(wanted))
    others = _others(wanted)
    name = others.filter(household=OuterRef("pk")).values("name")[:1]
    in_others = rows.filter(pk__in=others.values("household"))
    return [
        *(Rank(heads.filter(words__match=words)) for words in chain),
        Rank(
            in_others.exclude(_heads(wanted, begin=True)),
            Concat(Value("Có "), Subquery(name), Value(" trong hộ")),
        ),
    ]


def _heads(wanted: Wanted, *, begin: bool) -> Q:
    return Q(words__match=_all_of(wanted.words, begin=begin)) & _beside(wanted)


def _beside(wanted: Wanted) -> Q:
    """What is written beside a name: the last digits of a number, the year of birth."""
    beside = Q()
    if wanted.tail:
        beside &= Q(pk__in=_ending(wanted.tail).values("household"))
    if wanted.birth_year:
        beside &= Q(birth_year=wanted.birth_year)
    return beside


def _others(wanted: Wanted) -> QuerySet[Member]:
    """Other members than the head, by name and what is written beside it."""
    people = Member.objects.filter(words__match=_all_of(wanted.words, begin=True)).order_by()
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
        ranks.append(Rank(rows.filter(condition).exclude(before), why))
        before |= condition
    return ranks


def _codes(wanted: Wanted) -> list[tuple[Q, Combinable | None]]:
    """What digits or a code may mean, and what to tell of each."""
    kept = ~Q(state=Household.State.MERGED)
    whole = Q(code=wanted.code)
    if wanted.place:
        whole |= Q(words__match=_lexeme(f"#{wanted.place}"))
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


def _all_of(words: tuple[str, ...], *, begin: bool = False) -> str:
    """A tsquery: all of the words, whole or only begun."""
    return " & ".join(_lexeme(word) + (":*" if begin else "") for word in words)


def _lexeme(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
