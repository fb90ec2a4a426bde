from config.vietnamese.errors import NotUnderstood


class HouseholdError(Exception):
    """A refusal by the rules of the registry: one Vietnamese sentence saying what to do."""


class StaleRecord(HouseholdError):
    """Somebody else saved the household since this person opened it."""


class CodeTaken(HouseholdError):
    """The commune already has a household of this code."""


class IdentityTaken(HouseholdError):
    """Another person of the registry has this national number; ``elsewhere`` is the commune
    where, if it is not this one."""

    def __init__(self, sentence: str, *, elsewhere: object = None):
        super().__init__(sentence)
        self.elsewhere = elsewhere


class WrongPlace(HouseholdError):
    """The hamlet does not lie in the commune, or the unit keeps no register."""


class NoStandard(HouseholdError):
    """No poverty standard is in force in that year."""


class NotAnIdentity(NotUnderstood):
    """What is typed cannot be an identity number."""


class WrongReview(HouseholdError):
    """A review that does not fit the list, the household or the day."""


class WrongHardship(HouseholdError):
    """A hardship proposal or decision that does not fit the household, the day or the state."""


class UnmaskRefused(HouseholdError):
    """Whole numbers are not shown: no reason given, or too many in one day."""


class ExportRefused(HouseholdError):
    """The list may not leave the house like this, or its file is no longer kept."""


class EraseRefused(HouseholdError):
    """These people's data cannot be erased (yet); the sentence says why."""


class WrongState(HouseholdError):
    """The household has moved, merged or ended, or is in no state for this change."""


class WrongDay(HouseholdError):
    """A day in the future, or before what it must follow."""


class WrongPerson(HouseholdError):
    """The member is not of this household, has left it, or cannot be what is asked."""


class WrongMove(HouseholdError):
    """The household cannot move there, or the move was answered already."""


class WrongMerge(HouseholdError):
    """Two households that cannot become one, or a merge that can no longer be undone."""


class TotalRefused(HouseholdError):
    """A number of all households that cannot be: fewer than stand on the list."""


class LineRefused(HouseholdError):
    """A province's own poverty line that may not be drawn."""


class MarkRefused(HouseholdError):
    """A mark of a poor place that does not fit the unit or its days."""


class TooManyLookUps(HouseholdError):
    """This person has asked for too many whole identity numbers within the hour."""
