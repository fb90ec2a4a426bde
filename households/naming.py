"""What a person may be called, in forms and lists alike.

A name may be one word ("Sùng"), carry apostrophes and hyphens ("H'Len Niê", "Rơ-Chăm Y Bia"),
letters of other Latin alphabets (the ƀ of Ba-na names) and a dot ("Ng. Văn An"); digits, other
signs and other scripts do not belong to one.
"""

import unicodedata

SIGNS = frozenset(" '’‘ʼ`´.-")


def wrong_signs(name: str) -> list[str]:
    """The signs and digits of ``name`` that no name has, each once."""
    return sorted({sign for sign in name if not (sign.isalpha() or sign in SIGNS)})


def foreign_letters(name: str) -> str:
    """The letters of ``name`` that are not Latin ones."""
    return "".join(
        sign
        for sign in name
        if not sign.isascii()
        and sign.isalpha()
        and sign not in SIGNS
        and not unicodedata.name(sign, "").startswith("LATIN")
    )
