"""Structured logs: one JSON object a line on stderr, without citizens' numbers."""

import json
import logging
import re
from datetime import UTC, datetime

# A national ID has 12 digits, the old identity card 9: neither may reach a log file. In groups,
# as people type it and addresses carry it, a national ID is known by the 0 it begins with.
_BETWEEN = r"(?:[ .+_-]|%20|%2B|%2E|%C2%A0){0,2}"
ID_NUMBER = re.compile(rf"(?<!\d)(?:\d{{9}}|\d{{12}}|0(?:{_BETWEEN}\d){{11}})(?!\d)")
EXTRA_FIELDS = ("request_id", "method", "path", "status", "milliseconds", "user_id", "job")


def scrub(text: str) -> str:
    """Cover every run of exactly 9 or 12 digits, and 12 digits in groups after a 0."""
    return ID_NUMBER.sub("•••", text)


class JsonLines(logging.Formatter):
    """The whole record, traceback included, as one scrubbed line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in EXTRA_FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return scrub(json.dumps(line, ensure_ascii=False, default=str))


def logging_settings(level: str) -> dict:
    """Django's LOGGING, also gunicorn's."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "config.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "gunicorn.error": {"handlers": ["stderr"], "level": level, "propagate": False},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
