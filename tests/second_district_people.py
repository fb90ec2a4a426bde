"""Invented households of a district nobody has seen; identity numbers begin with 099."""

import random
from dataclasses import dataclass, field
from datetime import date

FAMILIES = ("Nguyễn", "Lê", "Phạm", "Đỗ", "Ðặng", "Vàng", "Sùng", "Lò", "Thạch", "Huỳnh")
MIDDLES = ("Văn", "Thị", "A", "Thu", "Công", "Mí", "Ngọc", "Hữu")
GIVENS = ("Páo", "Mẩy", "Sính", "Hạnh", "Tuyết", "Út", "Ửng", "Đường", "Nguyệt", "Phượng")
OTHERS = (
    "H'Lim Niê", "Y Brăm Êñuôl", "H’Yar Ktla", "K'Mrơn", "Rơ-Chăm Thuh", "Kpă H'Nglui",
    "Y Kương Mlô", "Đinh Văn Grêh",
)  # fmt: skip
ETHNIC_GROUPS = ("Kinh", "Ê đê", "Ê-đê", "Êđê", "H'Mông", "Mông", "M'Nông", "Khmer", "Tày", "Dao")
CLASSES = ("Nghèo", "Cận nghèo", "Khó khăn")


@dataclass
class Household:
    """``classes`` by year of list; ``ticks`` are the indicators lacking, by position."""

    code: str
    hamlet: str
    name: str
    sex: str
    born: date
    ethnicity: str
    number: str
    members: int
    points: tuple[int, int] = (100, 30)
    ticks: set[int] = field(default_factory=set)
    classes: dict[int, str] = field(default_factory=dict)


def make_households(
    rng: random.Random, commune: str, *, year: int, kind: str, has_old: bool
) -> list[Household]:
    """A commune's households of the list of ``year``; some only, or otherwise, in the one before.

    The last of them live in a hamlet of which the list of ``year`` knows nothing.
    """
    count = rng.randint(14, 26)
    made = [_household(rng, f"{commune}-{n:04d}", kind) for n in range(1, count + 1)]
    for position, household in enumerate(made):
        household.classes[year] = rng.choice(CLASSES)
        if has_old and position % 2:
            household.classes[year - 1] = rng.choice(CLASSES)
    if has_old:
        for household in made[-3:]:
            household.classes = {year - 1: "Nghèo"}
            household.hamlet = f"{kind} Bãi Sậy"
    return made


def _household(rng: random.Random, code: str, kind: str) -> Household:
    is_woman = rng.random() < 0.5
    born = date(rng.randint(1935, 2004), rng.randint(1, 12), rng.randint(1, 28))
    century = (2 if born.year >= 2000 else 0) + is_woman
    number = f"099{century}{born.year % 100:02d}{rng.randint(0, 999_999):06d}"
    ticks = set(rng.sample(range(12), rng.randint(1, 6)))
    name = " ".join(rng.choice(part) for part in (FAMILIES, MIDDLES, GIVENS))
    return Household(
        code=code,
        hamlet=f"{kind} {rng.choice((1, 2, 3, 4, 5, 'Bình Hòa', 'Bản Dền', 'Bản Đền'))}",
        name=rng.choice(OTHERS) if rng.random() < 0.25 else name,
        sex="Nữ" if is_woman else "Nam",
        born=born,
        ethnicity=rng.choice(ETHNIC_GROUPS),
        number=number,
        members=rng.randint(1, 9),
        points=(rng.randint(85, 160), 10 * len(ticks)),
        ticks=ticks,
    )
