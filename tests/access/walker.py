"""Asks for every address as every person, and tells where the answer is not the policy's."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from committees.access import Role
from committees.models import Committee, User
from tests.access.policy import Address, Row, makers, methods_of, payloads
from tests.access.world import LEVELS, World

# Written by refusals themselves, or by logging in.
NOT_FINGERPRINTED = ("django_session", "committees_auditevent", "axes_%", "django_migrations")
OPEN, FORBIDDEN, MISSING = "open", "403", "404"


class Cell(NamedTuple):
    """One question: this person, this method, this record."""

    url: str
    method: str
    level: str
    role: Role
    relation: str
    expected: str

    def __str__(self):
        who = f"{self.role} of a {self.level}"
        return f"{self.url} {self.method} by {who} at {self.relation or '–'}: {self.expected}"


class Walker:
    """Remembers the records made for each unit."""

    def __init__(self, world: World, address: Address):
        self.world = world
        self.address = address
        self.payload = payloads().get(address.name)
        self.makers = makers()
        self.records: dict[int, dict | None] = {}

    def cells(self, rows: Iterable[Row]) -> Iterator[Cell]:
        for row in rows:
            for role, text in row.cells.items():
                for relation in self.relations_of(row.level):
                    yield Cell(*row[:3], role, relation, _expected(text, relation))

    def relations_of(self, level: str) -> list[str]:
        """The relations at which there is a record; one empty one for a plain address."""
        if not self.address.arguments:
            return [""]
        units = self.world.relations[level]
        return [relation for relation, unit in units.items() if self.record_of(unit) is not None]

    def record_of(self, unit: Committee) -> dict | None:
        """The arguments of the address for a record of ``unit``, made once."""
        if unit.pk not in self.records:
            made = {name: self.makers[name](unit) for name in self.address.arguments}
            self.records[unit.pk] = None if None in made.values() else made
        return self.records[unit.pk]

    def answer(self, cell: Cell, *, keep: bool = False) -> str:
        """What came back, as the policy would say it; what it changed is undone unless kept."""
        user = self.world.users[cell.level, cell.role]
        unit = self.world.relations[cell.level][cell.relation or "O"]
        with transaction.atomic():
            response = self.ask(user, cell.method, unit)
            outcome = _outcome(response)
            transaction.set_rollback(not keep or outcome not in (FORBIDDEN, MISSING))
        return outcome

    def ask(self, user: User | None, method: str, unit: Committee) -> HttpResponse:
        arguments = (self.record_of(unit) if self.address.arguments else None) or {}
        path = reverse(self.address.name, kwargs=arguments)
        data = {}
        if method != "GET" and self.payload:
            keys = list(arguments.values())
            data = self.payload(unit, keys[0] if len(keys) == 1 else arguments or None)
        return self.world.browsers.ask(user, method, path, data)


def walk(world: World, address: Address, rows: list[Row]) -> list[str]:
    """Every cell of one address; a sentence for each that is not as the policy says."""
    walker = Walker(world, address)
    cells = list(walker.cells(rows))
    failures = []
    for method in methods_of(address):
        asked = [cell for cell in cells if cell.method == method]
        closed = [cell for cell in asked if cell.expected != OPEN]
        before = fingerprint()
        failures += _wrong(walker, closed, keep=True)
        changed = sorted(name for name, value in fingerprint().items() if before[name] != value)
        failures += [f"{address.name} {method}: a refusal changed {name}" for name in changed]
        failures += _wrong(walker, [cell for cell in asked if cell.expected == OPEN])
        failures += _unlisted(walker, method) if not asked else _anonymous(walker, method)
    return failures


def walk_sabotaged(
    world: World, address: Address, rows: list[Row], expected: str
) -> tuple[list[Cell], list[Cell]]:
    """The cells that ``expected`` a refusal: all of them, and those where it still came.

    A guard (403) knows nothing of records, so one relation of each cell is asked.
    """
    walker = Walker(world, address)
    cells = [
        cell
        for cell in walker.cells(rows)
        if cell.expected == expected and (expected == MISSING or cell.relation in ("", "O"))
    ]
    return cells, [cell for cell in cells if walker.answer(cell) == expected]


def fingerprint() -> dict[str, tuple]:
    """For every table its number of rows and the sum of the hashes of their text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND NOT tablename LIKE ANY (%s)",
            [list(NOT_FINGERPRINTED)],
        )
        questions = [
            f"SELECT '{table}', count(*), sum(hashtextextended(t::text, 0)) FROM public.{table} t"
            for (table,) in cursor.fetchall()
        ]
        cursor.execute(" UNION ALL ".join(questions))
        return {table: (count, total) for table, count, total in cursor.fetchall()}


def _expected(text: str, relation: str) -> str:
    if text == "-":
        return FORBIDDEN
    return OPEN if text == "Y" or (relation and relation in text) else MISSING


def _outcome(response: HttpResponse) -> str:
    if response.status_code >= 500:
        return f"{response.status_code} {response.reason!r}"
    if response.status_code in (403, 404, 405):
        return str(response.status_code)
    return "login" if _leads_to_login(response) else OPEN


def _leads_to_login(response: HttpResponse) -> bool:
    """Sent away by the middleware; a logout leads to the login page by itself, without next."""
    return response.get("Location", "").startswith(f"{reverse('committees:login')}?next=")


def _wrong(walker: Walker, cells: list[Cell], *, keep: bool = False) -> list[str]:
    answers = ((cell, walker.answer(cell, keep=keep)) for cell in cells)
    return [f"{cell}, but was {answer}" for cell, answer in answers if answer != cell.expected]


def _unlisted(walker: Walker, method: str) -> list[str]:
    """A method without a row must be refused to everybody."""
    asked = [
        Cell(walker.address.name, method, level, role, relation, "405")
        for level in LEVELS
        for role in Role
        for relation in walker.relations_of(level)[:1]
    ]
    answers = ((cell, walker.answer(cell)) for cell in asked)
    return [f"{cell}, but was {a}" for cell, a in answers if a not in ("405", "403", "404")]


def _anonymous(walker: Walker, method: str) -> list[str]:
    """Somebody without login is sent there, or refused."""
    for unit in walker.world.relations["commune"].values():
        if walker.address.arguments and walker.record_of(unit) is None:
            continue
        with _undone():
            response = walker.ask(None, method, unit)
        if _leads_to_login(response) or response.status_code in (401, 403):
            return []
        return [f"{walker.address.name} {method} without login was {response.status_code}"]
    return []


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
