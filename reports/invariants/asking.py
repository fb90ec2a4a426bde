"""One way to ask: a count of what was looked at, and a row per violation."""

from django.db import connection

Answer = tuple[int, list[str]]


def ask(counted: str, wrong: str, sentence: str, **pieces: str) -> Answer:
    """Run both queries; ``sentence`` is filled with each wrong row's columns by position.

    ``pieces`` are SQL of ours that both queries may name as {piece}.
    """
    with connection.cursor() as cursor:
        cursor.execute(counted.format(**pieces) if pieces else counted)
        number = cursor.fetchone()[0]
        cursor.execute(wrong.format(**pieces) if pieces else wrong)
        return number, [sentence.format(*row) for row in cursor.fetchall()]


def together(*answers: Answer) -> Answer:
    """Several questions of one invariant as one answer."""
    return sum(n for n, _ in answers), [text for _, texts in answers for text in texts]
