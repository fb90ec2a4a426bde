"""Conditions that a name meets, put so that PostgreSQL reads as little as it can.

A word that few names bear is looked up in the index of words. A word that many bear would read
half of that index: it is looked for in the sort key instead, which the indexes in the order of
names hold, so that the first fifty of half a million cost no more than fifty of a hundred.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import BooleanField, CharField, F, Func, Q, Value

from households.models.path import PROVINCE

# Words that more than one name in fifteen bears, without accents and as the sort key spells them.
FREQUENT = {
    "nguyen": "nguye{n 3", "tran": "tra{n 1", "le": "le{ 0", "pham": "pham 5",
    "thi": "thi 5", "van": "va{n 0",
}  # fmt: skip
# With these the four family names above make names that are frequent, too.
USUAL = {"thi", "van"}
SHORTEST_START = 2  # letters before the start of a word is rare enough for the index of words
PLAIN_KEY = Func(
    F("head_sort_key"), Value("{|"), Value(""), function="translate", output_field=CharField()
)


class Word(NamedTuple):
    """A word as typed: without accents, and as the sort key spells it if it bears any."""

    plain: str
    spelled: str = ""  # "hoa 1" for hòa and hoà


class Holds(Func):
    """A sort key holds a text; words are between spaces: " hoa " is one, " ho" begins one."""

    template = "strpos(' ' || %(expressions)s) > 0"
    arg_joiner = " || ' ', "
    output_field = BooleanField()


class HoldsRarely(Func):
    """The same, put so that PostgreSQL expects one key in two hundred and not one in three."""

    template = "(' ' || %(expressions)s)"
    arg_joiner = " || ' ' LIKE "
    output_field = BooleanField()


class Begins(Func):
    """A sort key begins with a text."""

    function = "starts_with"
    output_field = BooleanField()


class Matches(Func):
    """As ``words__match``, without the help of the index of words."""

    template = "ts_match_vq(%(expressions)s::tsquery)"
    output_field = BooleanField()


def whole(
    words: Sequence[Word],
    *,
    born: int | None = None,
    spelled: bool = False,
    searched: bool = False,
) -> Q:
    """Names with all of these words, with their accents as typed if ``spelled``; born in that year.

    ``searched``: all of it is asked of the index of words. It joins many words faster than it
    could be read for the rarest of them, but cannot stop after the first fifty.
    """
    met, looked_up = Q(), _years(born)
    for word in words:
        spelling = word.spelled if spelled else ""
        usual = FREQUENT.get(word.plain)
        if searched or usual is None or (spelling and spelling != usual):
            looked_up.append(lexeme(spelling.replace(" ", "") or word.plain))
        elif spelling:
            met &= _holds(F("head_sort_key"), f" {spelling} ")
        else:
            met &= _holds(PLAIN_KEY, f" {word.plain} ")
    return met & Q(words__match=" & ".join(looked_up)) if looked_up else met


def _holds(key: Func | F, text: str, *, few: bool = False) -> Q:
    return Q(HoldsRarely(key, Value(f"%{text}%")) if few else Holds(key, Value(text)))


def is_frequent(words: Sequence[Word]) -> bool:
    """Whether the names with all of these words are many: one word, or as "lê thị", "trần văn"."""
    plain = {word.plain for word in words}
    return len(plain) == 1 or (len(plain) == 2 and len(plain & USUAL) == 1)


def begun(words: Sequence[Word], *, born: int | None = None) -> Q:
    """Names with all of these words, the last of them whole or only begun."""
    start = words[-1].plain
    if _begins_many(start):
        before = whole(words[:-1], born=born, searched=True)
        return before & _holds(PLAIN_KEY, f" {start}", few=start in FREQUENT)
    return whole(words[:-1], born=born) & Q(words__match=f"{lexeme(start)}:*")


def only_begun(
    words: Sequence[Word], *, born: int | None = None, places: Collection[str] = ()
) -> Q:
    """As ``begun``, without the names that have the last word whole.

    ``places``: the paths below which alone they are wanted. In one province it is cheaper to go
    through the names than to look up the start of a word.
    """
    start, before = words[-1].plain, words[:-1]
    is_usual = bool(before) and all(word.plain in FREQUENT for word in before)
    is_near = min(map(len, places), default=0) >= PROVINCE
    if _begins_many(start) or (is_usual and is_near and not born):
        met = whole(before, born=born, searched=not is_near)
        in_part = _holds(PLAIN_KEY, f" {start}", few=start in FREQUENT)
        return met & in_part & ~_holds(PLAIN_KEY, f" {start} ")
    return begun(words, born=born) & ~Q(words__match=lexeme(start))


def given(word: Word) -> Q:
    """Names whose given name (tên) is this word, with its accents if it bears any."""
    if word.spelled:
        return Q(head_sort_key__startswith=word.spelled)
    return Q(given_fold=word.plain)


def not_given(word: Word) -> Q:
    """The names that ``given`` leaves, asked so that an index in order can answer."""
    if word.spelled:
        return ~Q(Begins(F("head_sort_key"), Value(word.spelled)))
    return ~Q(Begins(PLAIN_KEY, Value(f"{word.plain} ")))


def others(words: Sequence[Word], *, born: int | None = None, places: Collection[str] = ()) -> Q:
    """Members, not heads, with all of these words.

    ``places``: the paths below which alone they are wanted. In a commune or two the members of
    each household are read, in a province the index of words, which knows provinces.
    """
    wanted = [*_years(born), *_lexemes(words)]
    least = min(map(len, places), default=0)
    if least > PROVINCE:
        return Q(Matches(F("words"), Value(" & ".join(wanted))))
    if least == PROVINCE:
        provinces = sorted({lexeme(f"@{path[:PROVINCE]}") for path in places})
        wanted.append(f"({' | '.join(provinces)})")
    return Q(words__match=" & ".join(wanted))


def _years(born: int | None) -> list[str]:
    return [lexeme(f"*{born}")] if born else []


def _lexemes(words: Iterable[Word]) -> list[str]:
    return [lexeme(word.plain) for word in words]


def _begins_many(start: str) -> bool:
    return len(start) < SHORTEST_START or any(word.startswith(start) for word in FREQUENT)


def lexeme(word: str) -> str:
    """A word as text of a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
