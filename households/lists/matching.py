"""Lines of a list against each other and against the registry: who is meant, who clashes."""

from collections import defaultdict

from committees.models import Committee
from households.identity import blind_index
from households.lists.line import Entry, LineReader
from households.models import Household, Member

Lines = list[tuple[Entry, LineReader]]


def match(lines: Lines, commune: Committee) -> None:
    """Give each entry the household it means, and each clash its finding. Six queries at most."""
    for entry, _ in lines:
        if entry.identity.number:
            entry.id_index = blind_index(entry.identity.number)
    _refuse_repeated(lines)
    _find_households(lines, commune)
    _refuse_taken_numbers(lines, commune)
    _warn_of_likeness(lines, commune)


def _refuse_repeated(lines: Lines) -> None:
    codes: dict[str, int] = {}
    numbers: dict[bytes, int] = {}
    for entry, line in lines:
        if entry.code:
            first = codes.setdefault(entry.code, entry.row)
            if first != entry.row:
                line.error("code", f"Mã hộ {entry.code} đã có ở dòng {first} của tệp này.")
        if entry.id_index:
            first = numbers.setdefault(entry.id_index, entry.row)
            if first != entry.row:
                line.error("number", f"Số CCCD này đã có ở dòng {first} của tệp này.")


def _find_households(lines: Lines, commune: Committee) -> None:
    known = dict(Household.objects.filter(commune=commune).order_by().values_list("code", "pk"))
    for entry, _ in lines:
        entry.household_id = known.get(entry.code)


def _refuse_taken_numbers(lines: Lines, commune: Committee) -> None:
    indexes = [entry.id_index for entry, _ in lines if entry.id_index]
    people = Member.objects.filter(id_index__in=indexes, is_living=True).order_by()
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
    for entry, line in lines:
        owner = owners.get(entry.id_index) if entry.id_index else None
        if owner is None:
            continue
        household_id, code, commune_id, commune_name = owner
        if household_id != entry.household_id:
            # Of another commune's household no more than the place is said.
            where = f"hộ {code}" if commune_id == commune.pk else commune_name
            line.error("number", f"Số CCCD này đã có ở {where}: hãy kiểm tra lại giấy tờ.")


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
