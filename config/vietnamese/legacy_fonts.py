"""Text typed in the fonts of before Unicode (.VnTime, VNI-Times), and UTF-8 read as Windows-125x.

Every byte of such text is a valid Latin letter, so only the syllables give it away: text is
reported when it is no Vietnamese as it stands and wholly Vietnamese once converted.
"""

import re
import unicodedata

from config.vietnamese.letters import TONES

TCVN3_LETTERS = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        strict=True,
    )
)

VNI_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
VNI_BREVE = {"ê": "", "è": "\u0300", "é": "\u0301", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
VNI_CIRCUMFLEX = {
    "â": "",
    "à": "\u0300",
    "á": "\u0301",
    "å": "\u0309",
    "ã": "\u0303",
    "ä": "\u0323",
}
VNI_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}

RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi
    om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt up ut uơ
    uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu
"""
KNOWN_RIMES = frozenset(RIMES.split())
SYLLABLE = re.compile(
    "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x)?([aăâeêioôơuưy][a-yăâêôơư]*)"
)
WORD = re.compile(r"[^\s.,;:()\[\]\"'“”/\\0-9+*=!?\-]+")
UNICODE_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
COMBINING = re.compile("[\u0300-\u036f]")
BYTE_OF = {
    bytes([code]).decode("cp1252"): code
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
} | {"\u0102": 0xC3}
"""Letters outside Latin-1 that Windows-1252 and Windows-1258 have for a byte of UTF-8."""
MOJIBAKE = re.compile(f"[\u00c2-\u00c6\u00e1\u0102][\u0080-\u00bf{''.join(BYTE_OF)}]")
FONT_NAMES = {
    "tcvn3": "TCVN3 (.VnTime)",
    "tcvn3-capitals": "TCVN3 (.VnTimeH)",
    "vni": "VNI",
    "mojibake": "lỗi mã (UTF-8 đọc nhầm)",
}
"""What people call the kinds that `convert` knows."""


def looks_like(text: str) -> str | None:
    """ "tcvn3", "vni" or "mojibake" when the text is Vietnamese only after `convert`, else None.

    Ask before `clean`, which drops the soft hyphen that is ư in TCVN3. Text in which only some
    words can be read stays None: nothing is converted on a guess.
    """
    if text.isascii():
        return None
    if _from_mojibake(text) != text:
        return "mojibake"
    if UNICODE_VIETNAMESE.search(text):
        return None
    words = [word for word in WORD.findall(text) if not word.isascii()]
    if UNICODE_VIETNAMESE.search(unicodedata.normalize("NFC", text)) or _all_vietnamese(words):
        return None
    for kind in ("tcvn3", "vni"):
        if _all_vietnamese([convert(word, kind) for word in words]):
            return kind
    return None


def is_unicode(text: str) -> bool:
    """Whether the text has letters that only Unicode Vietnamese has: no old font can be meant."""
    return bool(UNICODE_VIETNAMESE.search(text) or COMBINING.search(text))


def vietnamese_share(text: str) -> float:
    """How many of the words with any accent are Vietnamese syllables, from 0 to 1."""
    words = [w for w in WORD.findall(unicodedata.normalize("NFC", text)) if not w.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def convert(text: str, kind: str) -> str:
    """Unicode (NFC) of text in the encoding that `looks_like` named, or one of FONT_NAMES."""
    if kind == "mojibake":
        return _from_mojibake(text)
    if kind == "vni":
        return _from_vni(text)
    converted = "".join(TCVN3_LETTERS.get(letter, letter) for letter in text)
    # In .VnTimeH the toned capitals are the codes of small letters.
    plain_letters = [c for c in text if c.isascii() and c.isalpha()]
    is_capitals = len(plain_letters) > 1 and all(c.isupper() for c in plain_letters)
    is_capitals = is_capitals or kind == "tcvn3-capitals"
    return unicodedata.normalize("NFC", converted.upper() if is_capitals else converted)


def _from_vni(text: str) -> str:
    letters: list[str] = []
    for character in text:
        marks = _vni_marks(letters[-1] if letters else "", character.lower())
        if marks is not None:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + marks)
            continue
        alone = VNI_ALONE.get(character.lower(), character)
        letters.append(alone.upper() if character.isupper() else alone)
    return unicodedata.normalize("NFC", "".join(letters))


def _vni_marks(before: str, character: str) -> str | None:
    letter = before.lower()
    if character in VNI_TONES and letter in {"a", "e", "o", "u", "y", "ơ", "ư"}:
        return VNI_TONES[character]
    if character in VNI_BREVE and letter == "a":
        return "\u0306" + VNI_BREVE[character]
    if character in VNI_CIRCUMFLEX and letter in {"a", "e", "o"}:
        return "\u0302" + VNI_CIRCUMFLEX[character]
    return None


def _from_mojibake(text: str) -> str:
    if not MOJIBAKE.search(text):
        return text
    try:
        raw = bytes(BYTE_OF.get(c, ord(c)) for c in text)
        repaired = unicodedata.normalize("NFC", raw.decode("utf-8"))
    except ValueError:
        return text
    return repaired if len(repaired) < len(text) else text


def _all_vietnamese(words: list[str]) -> bool:
    return bool(words) and all(_is_syllable(word) for word in words)


def _is_syllable(word: str) -> bool:
    if word[1:] != word[1:].lower() and word != word.upper():
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in decomposed if c in TONES]
    toneless = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES))
    found = SYLLABLE.fullmatch(toneless)
    if not found or len(tones) > 1:
        return False
    return found.group(1) in KNOWN_RIMES or toneless in {
        "gi",
        "gin",
        "gim",
        "giêng",
        "quy",
        "quyt",
        "quyên",
        "quyêt",
    }
