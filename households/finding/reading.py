"""What an officer typed into the one box of the registry."""

import re
from dataclasses import dataclass

from config.vietnamese.letters import APOSTROPHES, INVISIBLE
from config.vietnamese.names import fold, nfc, sort_key
from households.finding.names import Word
from households.identity import SEPARATORS
from households.queries import code_of

MOST_WORDS = 6
SHORTEST_WORD = 3  # a single shorter one is the start of a given name
SHORT = {"ng": "nguyen"}
LONGEST_WORD = 30
WHOLE_NUMBER = 12
TAIL = 3
YEARS = range(1880, 2100)
ONLY_WHOLE_OR_TAIL = "Đang tìm theo mã hộ. Số CCCD chỉ tìm được theo ba số cuối hoặc đủ 12 số."


@dataclass(frozen=True)
class Wanted:
    """A text understood. Nothing set: nothing can be found by it."""

    number: str = ""  # a whole identity number
    code: str = ""  # the start of a household code
    place: str = ""  # the number of a household in its commune, without leading zeros
    tail: str = ""  # the last digits of an identity number
    start: str = ""  # one or two letters as typed: the start of a given name
    words: tuple[Word, ...] = ()  # of a name, in the order typed
    birth_year: int | None = None

    @property
    def notice(self) -> str:
        """What to tell an officer who may have meant part of an identity number."""
        digits = self.code.isdigit() and not self.tail
        return ONLY_WHOLE_OR_TAIL if digits and TAIL < len(self.code) < WHOLE_NUMBER else ""


def read(text: str) -> Wanted:
    """Understand "nguyen van hoa", "Hoà 894", "lê thị ba 1958", "28051-0012", "0991 8109 4887"."""
    text = nfc(INVISIBLE.sub("", text)).strip()
    digits = SEPARATORS.sub("", text)
    if digits.isascii() and digits.isdigit():
        return _digits(digits)
    parts = text.split()
    numbers = [part for part in parts if part.isascii() and part.isdigit()]
    letters = [part for part in parts if part not in numbers]
    if not any(character.isdigit() for part in letters for character in part):
        tail, born = _beside_a_name(numbers)
        is_name = max(map(_letters_in, letters), default=0) > 1
        if len(numbers) == bool(tail) + bool(born) and (is_name or not numbers):
            return _name(letters, tail, born)
    return Wanted(code=code_of(text))


def _digits(digits: str) -> Wanted:
    if len(digits) == WHOLE_NUMBER:
        return Wanted(number=digits)
    return Wanted(
        code=digits,
        place=(digits.lstrip("0") or "0") if len(digits) <= 6 else "",
        tail=digits if len(digits) == TAIL else "",
    )


def _beside_a_name(numbers: list[str]) -> tuple[str, int | None]:
    """The last digits and the year of birth among numbers written beside a name."""
    tails = [number for number in numbers if len(number) == TAIL]
    years = [int(number) for number in numbers if int(number) in YEARS]
    return tails[0] if tails else "", years[0] if years else None


def _name(parts: list[str], tail: str, born: int | None) -> Wanted:
    words = [word for part in parts for word in _words(part)][:MOST_WORDS]
    if not words:
        return Wanted()
    if len(words) == 1 and len(words[0].plain) < SHORTEST_WORD and not (tail or born):
        return Wanted(start=APOSTROPHES.sub("", parts[0]).lower())
    return Wanted(words=tuple(words), tail=tail, birth_year=born)


def _words(part: str) -> list[Word]:
    """The words that a part between two spaces holds: "H-Blâm" holds two."""
    plain = [word for word in map(_bare, fold(part[:LONGEST_WORD]).split()) if word]
    if len(plain) > 1:
        return [Word(word) for word in plain]
    spelled = sort_key(part[:LONGEST_WORD])
    bears_accents = spelled != f"{''.join(plain)} 0"
    return [Word(SHORT.get(word, word), spelled if bears_accents else "") for word in plain]


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", word)


def _letters_in(part: str) -> int:
    return sum(character.isalpha() for character in part)
