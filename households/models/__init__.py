from households.models.household import Household, Member
from households.models.standard import (
    Classification,
    PovertyIndicator,
    PovertyList,
    PovertyStandard,
)

__all__ = [
    "Classification",
    "Household",
    "Member",
    "PovertyIndicator",
    "PovertyList",
    "PovertyStandard",
]
