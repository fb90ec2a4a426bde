"""Growing the tree of committees: paths are computed here, whole levels at a time."""

import string
from datetime import date

from django.db.models import Max

from committees.models import Committee
from config.vietnamese.names import fold, plain_sort_key, strip_unit_kind

# treebeard's alphabet; four characters a step hold 1.6 million children of one unit.
ALPHABET = string.digits + string.ascii_uppercase
STEP = Committee.steplen


def step(position: int) -> str:
    """The path step of the n-th child, n from 1."""
    digits = ""
    while position:
        position, rest = divmod(position, len(ALPHABET))
        digits = ALPHABET[rest] + digits
    return digits.rjust(STEP, ALPHABET[0])


def position_of(path: str) -> int:
    """The number behind the last step of a path."""
    return int(path[-STEP:], len(ALPHABET))


def new_unit(
    name: str,
    *,
    level: str,
    code: str,
    path: str,
    valid: tuple[date | None, date | None] = (None, None),
    place: tuple[float | None, float | None] = (None, None),
) -> Committee:
    """An unsaved unit at a path, its search and sort keys computed."""
    kind, _bare = strip_unit_kind(name)
    return Committee(
        name=name,
        level=level,
        kind=kind or "",
        code=code,
        path=path,
        depth=len(path) // STEP,
        fold=fold(name),
        sort_key=plain_sort_key(name),
        valid_from=valid[0],
        valid_to=valid[1],
        latitude=place[0],
        longitude=place[1],
    )


def children_of(parent: Committee):
    """The direct children of a unit, in tree order."""
    return Committee.objects.filter(path__startswith=parent.path, depth=parent.depth + 1)


def next_position(parent: Committee) -> int:
    """Where the next child of ``parent`` goes; call it under the parent's row lock."""
    last = children_of(parent).aggregate(last=Max("path"))["last"]
    return position_of(last) + 1 if last else 1


def add_hamlets(commune: Committee, names: list[str]) -> list[Committee]:
    """New hamlets of a commune, valid as long as it is. Codes are ours: commune code + number.

    Takes the commune's row lock, so that two lists naming the same hamlets make them once;
    the caller must be in a transaction and pass names that the commune does not have yet.
    """
    parent = Committee.objects.select_for_update(no_key=True).get(pk=commune.pk)
    first = next_position(parent)
    hamlets = [
        new_unit(
            name,
            level=Committee.Level.HAMLET,
            code=f"{commune.code}{position:03d}",
            path=parent.path + step(position),
            valid=(commune.valid_from, commune.valid_to),
        )
        for position, name in enumerate(names, start=first)
    ]
    made = Committee.objects.bulk_create(hamlets)
    Committee.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(made))
    return made
