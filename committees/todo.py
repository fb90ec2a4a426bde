"""What waits for a person: the lines of the home page "Việc cần xử lý".

Apps above register a provider in ``ready()``; each answers for one person with at most a few
counting queries. A line shows only to a person who holds its permission.
"""

from collections.abc import Callable
from typing import NamedTuple

from committees.access import Permission
from committees.models import User


class Todo(NamedTuple):
    """One line: so many of something wait, and where they are."""

    label: str  # "khoản thu nháp chờ ghi sổ"
    count: int
    url: str
    permission: Permission


Provider = Callable[[User], list[Todo]]

_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Called by an app's ``ready()``; the same function counts once."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def todos_of(user: User) -> list[Todo]:
    """The lines with something in them that ``user`` may act on, in order of registration."""
    return [
        todo
        for provider in _PROVIDERS
        for todo in provider(user)
        if todo.count and user.holds(todo.permission)
    ]
