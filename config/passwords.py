from django.contrib.auth.hashers import PBKDF2PasswordHasher


class PBKDF2With600kRounds(PBKDF2PasswordHasher):
    """PBKDF2-SHA256 at a fixed cost, so that an upgrade of Django changes no stored hash."""

    iterations = 600_000
