"""Bench ``registry-search``: pages of a registry of 1.3 million households over HTTP.

The scale registry lies in a database of its own and is made once (``seed_scale``, three to four
minutes). Four people ask the real web server, signed in, one after the other: an officer of a
commune, the leaders of the smallest and the largest province, the centre's. Beside each page its
bare SQL, written by hand, is timed on the same database.
"""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import psycopg2
from django.db import connection
from django.urls import reverse
from psycopg2.extensions import cursor as Cursor

from config.benching import RUNS, BenchRow
from config.vietnamese.names import fold
from households.scale.site import Answer, Reader, command, scale_database, served

ALLOWED_MS = 100
PROVINCES, HOUSEHOLDS = 34, 391  # 1.3 million: a commune has so many on average
# What is asked of the list: filters as the address has them, and how many screens one reads on.
LISTS = [
    ({}, 0), ({}, 0), ({}, 3), ({"nam": "2026"}, 1), ({"nam": "2025", "loai": "poor"}, 0),
    ({"loai": "hardship"}, 0), ({"tinh-trang": "moved"}, 0),
    ({"nam": "2026", "loai": "near_poor"}, 2),
]  # fmt: skip
# What is typed: names as officers write them, from the commonest to none, with and without
# accents, old and new tone marks, unfinished, with a year of birth or last digits, codes.
NAMES = [
    "nguyen", "Nguyễn Văn", "tran thi", "Lê Thị Hòa", "le thi hoa", "hoà", "Phạm Văn Đức", "thuỷ",
    "thủy", "đặng thị", "vo thi bay", "Huỳnh Kim", "h'hen", "Y Thông Niê", "ksor", "lo van", "mai",
    "nguyen thi m", "tran van ho", "bui thi xu", "ngoc lan", "quách", "zzz", "không có ai", "an",
    "ho", "Đô", "h", "le thi ba 1960", "hung 1958", "hoa 894", "nguyen van tu", "Tạ Thị Mơ",
]  # fmt: skip
DIGITS = ["123", "894", "0007", "28", "12345"]


class Asked(NamedTuple):
    """One page: who asks for it, with what, and below which committee that person sees."""

    username: str
    path: str
    query: dict[str, str]


class Measured(NamedTuple):
    """Milliseconds of all pages of a kind, and of their bare SQL."""

    pages: list[float]
    bare: list[float]


def bench_search() -> list[BenchRow]:
    """All rows of the bench."""
    sizes = ("--provinces", str(PROVINCES), "--households", str(HOUSEHOLDS))
    people = json.loads(command("seed_scale", *sizes, "--json"))["readers"]
    with served() as port, _database() as cursor:
        readers = {person["username"]: Reader(port, person["username"]) for person in people}
        lists, finds = _lists(people, readers), _finds(people)
        scans = _scans(cursor)
        for one in lists + finds:  # nobody times this round
            _page(readers[one.username], one)
        scans = _scans(cursor) - scans
        lists, finds = (_measured(asked, readers, cursor) for asked in (lists, finds))
    return [
        *_rows("list page p95", lists),
        *_rows("search page p95", finds),
        BenchRow("households read from end to end", scans, "times", "allowed", 1, 0),
    ]


def _rows(what: str, measured: Measured) -> list[BenchRow]:
    page, bare = p95(measured.pages), p95(measured.bare)
    return [
        BenchRow(what, page, "ms", "allowed", ALLOWED_MS, 1),
        # To be compared, not to be beaten: plain SQL may well be slower than what the page asks.
        BenchRow(f"{what}, bare SQL", bare, "ms", what, page, 10),
    ]


def p95(values: list[float]) -> float:
    """Nineteen of twenty values are at most this."""
    return sorted(values)[int(len(values) * 0.95)]


def _lists(people: list[dict], readers: dict[str, Reader]) -> list[Asked]:
    asked = []
    for person in people:
        for filters, further in LISTS:
            query = dict(filters)
            for _ in range(further):  # as somebody who reads on
                page = readers[person["username"]].get(_address(), **query)
                link = re.search(r'rel="next" href="[^"]*sau=([\d-]+)', page.text)
                query |= {"sau": link[1]} if link else {}
            asked.append(Asked(person["username"], person["path"], query))
    return asked


def _finds(people: list[dict]) -> list[Asked]:
    """Every text from every place: nobody knows beforehand what there is."""
    return [
        Asked(person["username"], person["path"], {"q": text})
        for person in people
        for text in [*NAMES, *DIGITS, person["code"], person["code"][:5]]
    ]


def _measured(asked: list[Asked], readers: dict[str, Reader], cursor: Cursor) -> Measured:
    """All of them ``RUNS`` times, page and plain SQL in turns."""
    pages, bare = [], []
    for one in asked * RUNS:
        pages.append(_page(readers[one.username], one).milliseconds)
        bare.append(_bare(cursor, one))
    return Measured(pages, bare)


def _page(reader: Reader, asked: Asked) -> Answer:
    answer = reader.get(_address(), **asked.query)
    if answer.status != 200 or 'id="danh-sach"' not in answer.text:
        raise RuntimeError(f"{asked} → {answer.status}")
    return answer


def _address() -> str:
    return reverse("households:household-list")


def _bare(cursor: Cursor, asked: Asked) -> float:
    """Milliseconds of the plain question: the first fifty, and how many up to a thousand."""
    condition, values = _condition(asked)
    rows = f"FROM households_household household WHERE {condition}"
    started = time.perf_counter()
    cursor.execute(
        f"SELECT id, code, head_name, birth_year, state {rows} ORDER BY head_sort_key, id LIMIT 51",
        values,
    )
    cursor.fetchall()
    cursor.execute(f"SELECT count(*) FROM (SELECT {rows} LIMIT 1001) counted", values)  # noqa: S608
    cursor.fetchall()
    return (time.perf_counter() - started) * 1000


def _condition(asked: Asked) -> tuple[str, list[str]]:
    text = fold(asked.query.get("q", ""))
    parts, values = ["path LIKE %s"], [f"{asked.path}%"]
    if len(text) in (1, 2) and text.isalpha():
        parts.append("given_fold LIKE %s")
        values.append(f"{text}%")
    elif text.replace(" ", "").isdigit() or "-" in asked.query.get("q", ""):
        parts.append("code LIKE %s")
        values.append(f"{asked.query['q']}%")
    elif text:
        words = [f"'{word}'" for word in text.split() if word.isalpha()]
        parts.append("words @@ %s::tsquery")
        values.append(" & ".join(words) + ":*")
    if "tinh-trang" in asked.query:
        parts.append("state = %s")
        values.append(asked.query["tinh-trang"])
    if "nam" in asked.query or "loai" in asked.query:
        parts.append(
            "EXISTS (SELECT FROM households_classification listed JOIN households_povertylist list"
            " ON list.id = poverty_list_id WHERE household_id = household.id"
            " AND year = %s AND kind LIKE %s)"
        )
        values += [asked.query.get("nam", "2026"), asked.query.get("loai", "%")]
    return " AND ".join(parts), values


@contextmanager
def _database() -> Iterator[Cursor]:
    """The scale database, asked past Django."""
    place = connection.settings_dict
    opened = psycopg2.connect(dbname=scale_database(), user=place["USER"], host=place["HOST"])
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()


def _scans(cursor: Cursor) -> int:
    """How often the table of households was read from end to end, as PostgreSQL counts it."""
    time.sleep(2)  # its processes report once a second
    cursor.execute(
        "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'households_household'"
    )
    return cursor.fetchone()[0]
