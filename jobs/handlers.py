"""What each kind of job does: apps register a function in ``ready()``; ``jobs`` knows no app."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Handler:
    """``function(run)`` does the work of one kind and returns a JSON-able result."""

    kind: str
    label: str  # what the person sees: "Lập dự thảo báo cáo"
    function: Callable
    queue: str  # quick | report | import


_HANDLERS: dict[str, Handler] = {}


def register(kind: str, function: Callable, *, label: str, queue: str = "report") -> None:
    """Name the function that does jobs of this kind; the last one named stays."""
    _HANDLERS[kind] = Handler(kind, label, function, queue)


def handler_of(kind: str) -> Handler:
    """The handler of a kind; ``KeyError`` for a kind that no app registered."""
    return _HANDLERS[kind]


def queue_of(kind: str) -> str:
    """The Celery queue of a kind; "quick" for one that no app registered, so that the worker
    itself says what is wrong with it."""
    return _HANDLERS[kind].queue if kind in _HANDLERS else "quick"


def label_of(kind: str) -> str:
    """What a person calls this kind of job."""
    return _HANDLERS[kind].label if kind in _HANDLERS else kind
