"""The policy as typed, the addresses as they are, and where the two disagree."""

import csv
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from committees.access import Role
from tests.access.world import LEVELS

HERE = Path(__file__).parent
METHODS = ("GET", "POST", "PATCH")
RELATIONS = "OCSPX"
API = "api-"
# Open to everybody without login; everything else needs rows in the policy.
PUBLIC = {"healthz", "readyz", "committees:login"}


class Address(NamedTuple):
    name: str
    arguments: tuple[str, ...]


class Row(NamedTuple):
    url: str
    method: str
    level: str
    cells: dict[Role, str]


def addresses() -> dict[str, Address]:
    """Every address of the site but the public ones, by namespaced name."""
    found = {address.name: address for address in _walk(get_resolver(), (), ())}
    return {name: address for name, address in found.items() if name not in PUBLIC}


def methods_of(address: Address) -> tuple[str, ...]:
    """What the walk asks an address by; only the API knows PATCH."""
    return METHODS if address.name.startswith(API) else METHODS[:2]


def policy_rows() -> list[Row]:
    return [
        Row(line["url"], line["method"], line["level"], {r: line[r] for r in Role})
        for path in sorted(HERE.glob("policy/*.csv"))
        for line in csv.DictReader(path.read_text("utf-8").splitlines())
    ]


def makers() -> dict[str, Callable]:
    """How to make the record that each argument of an address names."""
    return _gathered("MAKERS")


def payloads() -> dict[str, Callable]:
    """What to post to an address, by its name."""
    return _gathered("PAYLOADS")


def disagreements() -> list[str]:
    """Addresses without rows, rows without address, cells that mean nothing."""
    known, rows = addresses(), policy_rows()
    listed = {row.url for row in rows}
    places = [row[:3] for row in rows]
    return [
        *(f"{name}: no row in the policy" for name in sorted(known.keys() - listed)),
        *(f"{name}: in the policy, but no such address" for name in sorted(listed - known.keys())),
        *(
            f"{place}: twice in the policy"
            for place in sorted(set(places))
            if places.count(place) > 1
        ),
        *_missing_levels(places),
        *(f"{row[:3]}: {problem}" for row in rows for problem in _odd_cells(row, known)),
        *_unmade(known),
    ]


def _walk(resolver: URLResolver, spaces: tuple, arguments: tuple) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        inside = (*arguments, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLPattern):
            name = ":".join((*spaces, entry.name or f"without a name ({entry.pattern})"))
            yield Address(name, inside)
        else:
            space = (entry.namespace,) if entry.namespace else ()
            yield from _walk(entry, (*spaces, *space), inside)


def _gathered(what: str) -> dict[str, Callable]:
    gathered: dict[str, Callable] = {}
    for path in sorted(HERE.glob("objects_*.py")):
        brought = getattr(importlib.import_module(f"tests.access.{path.stem}"), what, {})
        assert not gathered.keys() & brought.keys(), f"{path.name} repeats {what}"
        gathered |= brought
    return gathered


def _missing_levels(places: list[tuple]) -> list[str]:
    pairs = {(url, method) for url, method, _ in places}
    return [
        f"{url} {method}: no row for {level}"
        for url, method in sorted(pairs)
        for level in LEVELS
        if (url, method, level) not in places
    ]


def _odd_cells(row: Row, known: dict[str, Address]) -> Iterator[str]:
    if row.method not in METHODS or row.level not in LEVELS:
        yield f"method must be one of {METHODS}, level commune or district"
    has_record = row.url in known and known[row.url].arguments
    for role, cell in row.cells.items():
        letters = cell and set(cell) <= set(RELATIONS) and len(set(cell)) == len(cell)
        if cell not in ("-", "0", "Y") and not letters:
            yield f"{role}: {cell!r} is no cell"
        elif not has_record and cell not in ("-", "Y"):
            yield f"{role}: an address without a record takes Y or -"


def _unmade(known: dict[str, Address]) -> list[str]:
    made = makers()
    return [
        f"{address.name}: no maker for {argument}"
        for address in known.values()
        for argument in address.arguments
        if argument not in made
    ]
