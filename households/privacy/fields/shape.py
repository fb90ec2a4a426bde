"""The shape of a decision on one model: what it holds about people, why and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kept:
    """What one model holds. Names of fields stand in a string, with spaces between.

    ``open_``: may be published. ``internal``: for who works with it. ``sensitive``: covered on
    screens, in no export or paper unless asked for by who may, and each with its own reason to
    be held. ``plain``: says nothing about a person. ``retention``: a key of ``RETENTION``.
    """

    what: str
    purpose: str
    retention: str
    internal: str = ""
    sensitive: Mapping[str, str] = field(default_factory=dict)
    open_: str = ""
    plain: str = ""


def nobody(what: str, plain: str, *, internal: str = "") -> Kept:
    """A model without citizens' data; ``internal`` names the officers who did something."""
    return Kept(what, "Biết ai đã làm" if internal else "", "accounts", internal, plain=plain)
