from config.vietnamese.errors import NotUnderstood


class HouseholdError(Exception):
    """A refusal by the rules of the registry: one Vietnamese sentence saying what to do."""


class StaleRecord(HouseholdError):
    """Somebody else saved the household since this person opened it."""


class CodeTaken(HouseholdError):
    """The commune already has a household of this code."""


class IdentityTaken(HouseholdError):
    """Another person of the registry has this national number."""


class WrongPlace(HouseholdError):
    """The hamlet does not lie in the commune, or the unit keeps no register."""


class NoStandard(HouseholdError):
    """No poverty standard is in force in that year."""


class NotAnIdentity(NotUnderstood):
    """What is typed cannot be an identity number."""


class WrongReview(HouseholdError):
    """A review that does not fit the list, the household or the day."""
