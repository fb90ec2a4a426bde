from households.models.hardship import HardshipCase
from households.models.household import Household
from households.models.likeness import Likeness, Merge
from households.models.member import Member
from households.models.move import FormerCode, HouseholdMove
from households.models.review import (
    HouseholdTotal,
    ListRemark,
    PoorPlace,
    Transition,
)
from households.models.sighting import Sighting
from households.models.standard import (
    Classification,
    PovertyIndicator,
    PovertyLine,
    PovertyList,
    PovertyStandard,
)

__all__ = [
    "Classification",
    "FormerCode",
    "HardshipCase",
    "Household",
    "HouseholdMove",
    "HouseholdTotal",
    "Likeness",
    "ListRemark",
    "Member",
    "Merge",
    "PoorPlace",
    "PovertyIndicator",
    "PovertyLine",
    "PovertyList",
    "PovertyStandard",
    "Sighting",
    "Transition",
]
