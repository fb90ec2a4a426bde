"""Formats that stand over Django's own (FORMAT_MODULE_PATH = "config.formats")."""
