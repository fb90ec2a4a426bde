#!/usr/bin/env python3
"""Django's commands, with the project's own servers up when no others are named."""

import os
import sys

from django.core.management import execute_from_command_line

from config import embedded, keys

CHANGES_STRUCTURE = {"migrate", "makemigrations", "sqlmigrate", "squashmigrations", "dbshell"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("STATEMENT_TIMEOUT_MS", "0")  # the limit is for pages, not commands
    if len(sys.argv) > 1 and sys.argv[1] in CHANGES_STRUCTURE:
        os.environ.setdefault("DATABASE_ROLE", "owner")
    if not os.environ.get("VNN_KEYS_FILE"):
        keys.create(keys.place())
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        embedded.start()
    if not os.environ.get("DATABASE_URL"):
        embedded.create_database(os.environ.get("DATABASE_NAME") or embedded.DATABASE)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
