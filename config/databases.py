"""Which database this process talks to, and in which role.

``app`` serves: no DDL, no change of ledger or audit rows. ``owner`` migrates (DATABASE_ROLE).
Without DATABASE_URL it is the project's own server (config.embedded); the roles then differ
by name alone, since only this system user can reach the socket.
"""

from collections.abc import Mapping

import environ

from config import embedded


def default_database(settings: Mapping[str, str]) -> dict:
    """Django's DATABASES["default"] for these environment variables."""
    role = settings.get("DATABASE_ROLE", "app")
    database = _given(settings, role) if settings.get("DATABASE_URL") else _embedded(role)
    if name := settings.get("DATABASE_NAME"):
        database["NAME"] = name
    database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    database.setdefault("OPTIONS", {})["options"] = _session(settings)
    return database


def _given(settings: Mapping[str, str], role: str) -> dict:
    url = settings["DATABASE_URL"]
    if role == "owner":
        url = settings.get("DATABASE_OWNER_URL") or url
    return environ.Env.db_url_config(url)


def _embedded(role: str) -> dict:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": embedded.DATABASE,
        "USER": role,
        "HOST": str(embedded.servers().sockets),
    }


def _session(settings: Mapping[str, str]) -> str:
    """Time limits of every connection (milliseconds; 0 is none) and the clock's shift."""
    parameters = {
        "statement_timeout": settings.get("STATEMENT_TIMEOUT_MS", "10000"),
        "lock_timeout": settings.get("LOCK_TIMEOUT_MS", "3000"),
        "idle_in_transaction_session_timeout": "60000",
        "app.clock_shift": settings.get("CLOCK_SHIFT", ""),
    }
    return " ".join(
        f"-c {name}={value.replace(' ', chr(92) + ' ')}" for name, value in parameters.items()
    )
