"""Lines of a list against each other and against the registry: who is meant, who clashes."""

from collections import defaultdict

from committees.models import Committee
from households.identity import blind_index
from households.lists.line import Entry, LineReader
from households.models import FormerCode, Household, Member

MOST_NAMED = 30  # communes told to one upload, as in an hour of looking numbers up
Lines = list[tuple[Entry, LineReader]]


def match(lines: Lines, commune: Committee) -> list[int]:
    """Give each entry the household it means, and each clash its finding. Six queries at most.

    The answer: the rows whose number belongs to a household of another commune.
    """
    for entry, _ in lines:
        if entry.identity.number:
            entry.id_index = blind_index(entry.identity.number)
    _refuse_repeated(lines)
    _find_households(lines, commune)
    elsewhere = _refuse_taken_numbers(lines, commune)
    _warn_of_likeness(lines, commune)
    return elsewhere


def place_of(entry: Entry, other: Entry) -> str:
    """Where the other line stands, as the first one says it."""
    if entry.sheet == other.sheet:
        return f"dòng {other.row} của tệp này"
    return f"trang “{other.sheet}”, dòng {other.row}"


def _clash(entry: Entry, line: LineReader, key: str, text: str) -> None:
    entry.is_duplicate = True
    line.error(key, text)


def _refuse_repeated(lines: Lines) -> None:
    codes: dict[str, Entry] = {}
    numbers: dict[bytes, Entry] = {}
    for entry, line in lines:
        if entry.code:
            first = codes.setdefault(entry.code, entry)
            if first is not entry:
                where = place_of(entry, first)
                _clash(entry, line, "code", f"Mã hộ {entry.code} đã có ở {where}.")
        if entry.id_index:
            first = numbers.setdefault(entry.id_index, entry)
            if first is not entry:
                where = place_of(entry, first)
                _clash(entry, line, "number", f"Số CCCD này đã có ở {where}.")


def _find_households(lines: Lines, commune: Committee) -> None:
    """By the code of today, else by one that the household had in this commune before."""
    former = FormerCode.objects.filter(commune=commune, household__commune=commune)
    known = dict(former.order_by("until").values_list("code", "household_id"))
    rows = Household.objects.filter(commune=commune).order_by()
    current = {code: (pk, state) for code, pk, state in rows.values_list("code", "pk", "state")}
    first_of: dict[int, Entry] = {}
    for entry, line in lines:
        pk, state = current.get(entry.code, (known.get(entry.code), ""))
        entry.household_id = pk
        if state == Household.State.MERGED:
            line.error("code", f"Hộ {entry.code} đã nhập vào hộ khác: hãy ghi mã của hộ đó.")
        elif pk and first_of.setdefault(pk, entry) is not entry and not entry.is_duplicate:
            where = place_of(entry, first_of[pk])
            _clash(entry, line, "code", f"Mã {entry.code} là mã cũ của hộ đã có ở {where}.")


def _refuse_taken_numbers(lines: Lines, commune: Committee) -> list[int]:
    indexes = [entry.id_index for entry, _ in lines if entry.id_index]
    # One array instead of a parameter for each of ten thousand numbers.
    people = Member.objects.filter(is_living=True).extra(
        where=["households_member.id_index = ANY(%s)"], params=[indexes]
    )
    people = people.order_by()
    owners = {
        bytes(index): owner
        for index, *owner in people.values_list(
            "id_index",
            "household_id",
            "household__code",
            "household__commune_id",
            "household__commune__name",
        )
    }
    elsewhere = []
    for entry, line in lines:
        owner = owners.get(entry.id_index) if entry.id_index else None
        if owner is None:
            continue
        household_id, code, commune_id, commune_name = owner
        if household_id != entry.household_id:
            # Of another commune's household no more than the place is said, and not of many.
            is_own = commune_id == commune.pk
            elsewhere += [] if is_own else [entry.row]
            place = commune_name if len(elsewhere) <= MOST_NAMED else "một xã khác"
            where = f"hộ {code}" if is_own else place
            text = f"Số CCCD này đã có ở {where}: hãy kiểm tra lại giấy tờ."
            _clash(entry, line, "number", text)
    return elsewhere


def _warn_of_likeness(lines: Lines, commune: Committee) -> None:
    """Same name, year of birth and hamlet under another code: said, neither merged nor stopped."""
    seen: dict[tuple, list[str]] = defaultdict(list)
    rows = Household.objects.filter(commune=commune).order_by()
    for fold, year, hamlet, code in rows.values_list(
        "head_fold", "birth_year", "hamlet__fold", "code"
    ):
        seen[fold, year, hamlet].append(code)
    for entry, line in lines:
        if not entry.name or entry.birth_year is None:
            continue
        like = seen[entry.name_fold, entry.birth_year, line.hamlet_fold(entry)]
        others = [code for code in like if code != entry.code]
        if others:
            line.warn("name", f"Trùng họ tên, năm sinh, ấp với hộ {others[0]}: hãy kiểm tra.")
        like.append(entry.code)
