"""Official papers. ``print_document`` and the blocks of text: see ``committees.printing``."""

from committees.printing import Block, Column, compose, print_document

__all__ = ["Block", "Column", "compose", "print_document"]
