"""How often one person may ask; counted in each process.

Who is not signed in gets 401 before anything is counted: 256 random bits are not guessed.
"""

from django.conf import settings
from rest_framework.throttling import UserRateThrottle


class PerPerson(UserRateThrottle):
    """Requests of one person a minute, by whatever key or browser."""

    def get_rate(self):
        return f"{settings.API_REQUESTS_A_MINUTE}/min"

    def get_cache_key(self, request, view):
        return f"api-person-{request.user.pk}" if request.user.is_authenticated else None


class ChangesPerPerson(PerPerson):
    """Changes of one person a minute."""

    def get_rate(self):
        return f"{settings.API_CHANGES_A_MINUTE}/min"

    def get_cache_key(self, request, view):
        if request.method in ("GET", "HEAD", "OPTIONS") or not request.user.is_authenticated:
            return None
        return f"api-changes-{request.user.pk}"
