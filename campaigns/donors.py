"""Givers as a committee knows them: found again by folded name and kind, else made."""

from collections.abc import Callable, Iterable
from functools import cache

from campaigns.models import Donor
from committees import audit
from committees.models import Committee, User
from config.vietnamese.names import fold, nfc, plain_sort_key, sort_key

# How names of givers begin, by what they are; of several beginnings the longest one counts.
BEGINNINGS = {
    Donor.Kind.MEMBER_ORGANISATION: (
        "ủy ban mặt trận", "ủy ban mttq", "mặt trận", "mttq", "hội liên hiệp", "hội lhpn",
        "hội phụ nữ", "hội nông dân", "hội cựu chiến binh", "hội ccb", "hội chữ thập đỏ",
        "hội người cao tuổi", "hội khuyến học", "hội đông y", "hội cựu thanh niên xung phong",
        "đoàn thanh niên", "đoàn tncs", "huyện đoàn", "xã đoàn", "tỉnh đoàn", "công đoàn",
        "liên đoàn lao động", "liên minh hợp tác xã",
    ),
    Donor.Kind.COMPANY: (
        "công ty", "cty", "doanh nghiệp", "dntn", "tập đoàn", "tổng công ty", "ngân hàng",
        "hợp tác xã", "htx", "cơ sở", "cửa hàng", "siêu thị", "tiệm", "vật liệu xây dựng",
        "vlxd", "nhà máy", "xí nghiệp", "đại lý", "trang trại",
    ),
    Donor.Kind.RELIGIOUS: (
        "chùa", "tịnh xá", "tịnh thất", "thiền viện", "giáo xứ", "nhà thờ", "họ đạo",
        "hội thánh", "thánh thất", "ban trị sự", "giáo hội",
    ),
    Donor.Kind.HAMLET: (
        "ban công tác mặt trận", "khu dân cư", "nhân dân", "tổ dân phố", "khu phố", "ấp",
        "thôn", "khóm", "bản", "buôn",
    ),
    Donor.Kind.OFFICE: (
        "ủy ban nhân dân", "ubnd", "hội đồng nhân dân", "trường", "trạm", "trung tâm",
        "bệnh viện", "phòng", "sở", "đảng ủy", "huyện ủy", "tỉnh ủy", "công an", "ban chỉ huy",
        "chi cục", "cục", "kho bạc", "bảo hiểm xã hội", "điện lực", "tòa án", "viện kiểm sát",
        "cán bộ", "tập thể", "văn phòng", "ban quản lý", "ban dân vận", "ban chấp hành",
    ),
    Donor.Kind.PERSON: ("gia đình", "hộ ông", "hộ bà"),
}  # fmt: skip
TITLES = {"ông", "bà", "anh", "chị", "cô", "chú", "bác", "em", "cụ"}


def guess_kind(name: str) -> str:
    """The ``Donor.Kind`` that a giver's name tells, ``other`` when it tells nothing.

    A title makes a person only before a name ("Bà Tư", not "Bà con Ấp 3").
    """
    text = nfc(name).strip()
    first, _, rest = text.partition(" ")
    if first.lower() in TITLES and rest.strip()[:1].isupper():
        return Donor.Kind.PERSON
    key_of = fold if text.isascii() else plain_sort_key
    key = f"{key_of(text)} "
    found = [(len(start), kind) for start, kind in _starts(key_of) if key.startswith(start)]
    return max(found)[1] if found else Donor.Kind.OTHER


@cache
def _starts(key_of: Callable[[str], str]) -> list[tuple[str, str]]:
    return [
        (f"{key_of(beginning)} ", kind)
        for kind, beginnings in BEGINNINGS.items()
        for beginning in beginnings
    ]


def donors_for(
    committee: Committee, names_and_kinds: Iterable[tuple[str, str]], *, by: User
) -> dict[tuple[str, str], Donor]:
    """The committee's giver for each (name, ``Donor.Kind``), new ones made; keys as given.

    Names that differ only in case, accents' encoding or spaces are one giver. Three
    statements however many there are; call it inside the transaction of what they gave.
    """
    asked = {(name, kind): (kind, fold(name)) for name, kind in names_and_kinds}
    wanted = {key: pair[0] for pair, key in reversed(asked.items())}
    known = _known(committee, wanted)
    missing = [
        Donor(
            committee=committee,
            kind=kind,
            name=name,
            fold=folded,
            sort_key=sort_key(name) if kind == Donor.Kind.PERSON else plain_sort_key(name),
            created_by=by,
        )
        for (kind, folded), name in wanted.items()
        if (kind, folded) not in known
    ]
    if missing:
        Donor.objects.bulk_create(missing, ignore_conflicts=True, batch_size=2000)
        known = _known(committee, wanted)
        made = [known[donor.kind, donor.fold] for donor in missing]
        audit.record_many(
            "donor.created", made, by=by, committee_of=lambda donor: donor.committee_id
        )
    return {pair: known[key] for pair, key in asked.items()}


def _known(
    committee: Committee, wanted: dict[tuple[str, str], str]
) -> dict[tuple[str, str], Donor]:
    found = Donor.objects.filter(committee=committee, fold__in={folded for _, folded in wanted})
    return {(donor.kind, donor.fold): donor for donor in found}
