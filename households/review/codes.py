"""Which code of a transition fits which change of class (domain.md §2.7)."""

from households.models import Classification, Household, Transition

Kind = Classification.Kind
Code = Transition.Code
NONE = ""  # on no list

_GONE = (Code.MOVED_OUT, Code.MERGED, Code.DIED, Code.CORRECTED)
_CAME = (Code.MOVED_IN, Code.SPLIT, Code.MERGED, Code.RESTORED, Code.CORRECTED)
FITS: dict[tuple[str, str], tuple[Code, ...]] = {
    (Kind.POOR, Kind.NEAR_POOR): (Code.UP_TO_NEAR_POOR, Code.CORRECTED),
    (Kind.POOR, Kind.HARDSHIP): (Code.OUT_OF_POVERTY, Code.CORRECTED),
    (Kind.POOR, NONE): (Code.OUT_OF_POVERTY, *_GONE),
    (Kind.NEAR_POOR, Kind.POOR): (Code.DOWN_TO_POOR, Code.CORRECTED),
    (Kind.NEAR_POOR, Kind.HARDSHIP): (Code.OUT_OF_NEAR_POVERTY, Code.CORRECTED),
    (Kind.NEAR_POOR, NONE): (Code.OUT_OF_NEAR_POVERTY, *_GONE),
    (Kind.HARDSHIP, Kind.POOR): (Code.NEW_POOR, Code.POOR_AGAIN, Code.CORRECTED),
    (Kind.HARDSHIP, Kind.NEAR_POOR): (Code.NEW_NEAR_POOR, Code.NEAR_POOR_AGAIN, Code.CORRECTED),
    (Kind.HARDSHIP, NONE): (Code.OUT_OF_HARDSHIP, *_GONE),
    (NONE, Kind.POOR): (Code.NEW_POOR, Code.POOR_AGAIN, *_CAME),
    (NONE, Kind.NEAR_POOR): (Code.NEW_NEAR_POOR, Code.NEAR_POOR_AGAIN, *_CAME),
    (NONE, Kind.HARDSHIP): (Code.NEW_HARDSHIP, Code.MOVED_IN, Code.SPLIT, Code.MERGED),
}
# What only a change within the year can say.
_WITHIN_THE_YEAR = {Code.RESTORED, Code.CORRECTED, Code.MERGED}
# A household that left for such a reason is no longer followed here.
STATE_AFTER = {
    Code.MOVED_OUT: Household.State.MOVED,
    Code.DIED: Household.State.ENDED,
    Code.MERGED: Household.State.MERGED,
}


def codes_for(before: str, after: str) -> tuple[Code, ...]:
    """The codes that a change from class ``before`` to ``after`` may have, the usual one first."""
    return FITS.get((before, after), ())


def other_codes(change: Transition) -> list[Code]:
    """The codes that an officer may give an annual transition to a list; empty where only one
    fits, as for every change between two classes."""
    if change.origin != Transition.Origin.ANNUAL or not change.kind_after:
        return []
    fitting = [
        code
        for code in codes_for(change.kind_before, change.kind_after)
        if code not in _WITHIN_THE_YEAR
    ]
    return fitting if len(fitting) > 1 else []
