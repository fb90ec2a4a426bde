"""One way to ask: a count of what was looked at, and a row per violation."""

from django.db import connection


def ask(counted: str, wrong: str, sentence: str) -> tuple[int, list[str]]:
    """Run both queries; ``sentence`` is filled with each wrong row's columns by position."""
    with connection.cursor() as cursor:
        cursor.execute(counted)
        number = cursor.fetchone()[0]
        cursor.execute(wrong)
        return number, [sentence.format(*row) for row in cursor.fetchall()]


def together(*answers: tuple[int, list[str]]) -> tuple[int, list[str]]:
    """Several questions of one invariant as one answer."""
    return sum(n for n, _ in answers), [text for _, texts in answers for text in texts]
