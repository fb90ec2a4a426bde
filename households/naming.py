"""What a person may be called, in forms and lists alike.

A name may be one word ("Sùng"), carry apostrophes and hyphens ("H'Len Niê", "Rơ-Chăm Y Bia") and
a dot ("Ng. Văn An"); digits and other signs do not belong to one.
"""

SIGNS = frozenset(" '’‘ʼ`´.-")


def wrong_signs(name: str) -> list[str]:
    """The characters of ``name`` that no name has, each once."""
    return sorted({sign for sign in name if not (sign.isalpha() or sign in SIGNS)})
