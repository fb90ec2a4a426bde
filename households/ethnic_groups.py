"""The 54 ethnic groups of Vietnam (Tổng cục Thống kê, Quyết định 121-TCTK/PPCĐ, 2/3/1979)."""

from config.vietnamese.names import fold_compact

ETHNIC_GROUPS = (
    "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Mường", "Nùng", "Mông", "Dao", "Gia-rai", "Ngái",
    "Ê-đê", "Ba-na", "Xơ-đăng", "Sán Chay", "Cơ-ho", "Chăm", "Sán Dìu", "Hrê", "Mnông",
    "Ra-glai", "Xtiêng", "Bru-Vân Kiều", "Thổ", "Giáy", "Cơ-tu", "Gié-Triêng", "Mạ", "Khơ-mú",
    "Co", "Ta-ôi", "Chơ-ro", "Kháng", "Xinh-mun", "Hà Nhì", "Chu-ru", "Lào", "La Chí", "La Ha",
    "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn", "Cơ Lao", "Cống", "Bố Y",
    "Si La", "Pu Péo", "Brâu", "Ơ-đu", "Rơ-măm",
)  # fmt: skip

# Other spellings that lists use for the same groups.
OTHER_NAMES = {
    "Việt": "Kinh", "Khmer": "Khơ-me", "Khơ-mer": "Khơ-me", "Miên": "Khơ-me", "H'Mông": "Mông",
    "Jrai": "Gia-rai", "Bahnar": "Ba-na", "Xê-đăng": "Xơ-đăng", "K'Ho": "Cơ-ho",
    "Kơ-ho": "Cơ-ho", "Chàm": "Chăm", "M'Nông": "Mnông", "Stiêng": "Xtiêng", "X'tiêng": "Xtiêng",
    "S'tiêng": "Xtiêng", "Bru": "Bru-Vân Kiều", "Vân Kiều": "Bru-Vân Kiều", "Katu": "Cơ-tu",
    "Cor": "Co", "Tà-ôi": "Ta-ôi", "Pa Kô": "Ta-ôi", "Châu-ro": "Chơ-ro", "Cao Lan": "Sán Chay",
    "Pu Nả": "Giáy", "Raglay": "Ra-glai", "H'rê": "Hrê", "Giẻ-Triêng": "Gié-Triêng",
    "Xinh Mul": "Xinh-mun", "Hmông": "Mông",
}  # fmt: skip

_BY_KEY = {fold_compact(name): name for name in ETHNIC_GROUPS} | {
    fold_compact(other): name for other, name in OTHER_NAMES.items()
}


def official_name(typed: str) -> str | None:
    """ "Ê đê", "Êđê" → "Ê-đê"; None for what is not on the list."""
    return _BY_KEY.get(fold_compact(typed))


def with_minority(flags: list[str], ethnicity: str) -> list[str]:
    """The flags of a household whose head is of this ethnic group; anything but Kinh is a
    minority."""
    kept = [flag for flag in flags if flag != "minority"]
    return sorted([*kept, "minority"]) if ethnicity not in ("", "Kinh") else flags
