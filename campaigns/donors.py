"""Givers as a committee knows them: found again by folded name and kind, else made."""

from collections.abc import Iterable

from campaigns.models import Donor
from committees import audit
from committees.models import Committee, User
from config.vietnamese.names import fold, plain_sort_key, sort_key

# First words (folded) that tell what a giver is; the longer beginnings stand first.
BEGINNINGS: tuple[tuple[str, str], ...] = (
    ("uy ban mat tran", Donor.Kind.MEMBER_ORGANISATION),
    ("uy ban mttq", Donor.Kind.MEMBER_ORGANISATION),
    ("mat tran", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi lien hiep phu nu", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi lhpn", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi phu nu", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi nong dan", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi cuu chien binh", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi ccb", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi chu thap do", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi nguoi cao tuoi", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi khuyen hoc", Donor.Kind.MEMBER_ORGANISATION),
    ("hoi dong y", Donor.Kind.MEMBER_ORGANISATION),
    ("doan thanh nien", Donor.Kind.MEMBER_ORGANISATION),
    ("doan tncs", Donor.Kind.MEMBER_ORGANISATION),
    ("cong doan", Donor.Kind.MEMBER_ORGANISATION),
    ("lien doan lao dong", Donor.Kind.MEMBER_ORGANISATION),
    ("cong ty", Donor.Kind.COMPANY),
    ("cty", Donor.Kind.COMPANY),
    ("doanh nghiep", Donor.Kind.COMPANY),
    ("dntn", Donor.Kind.COMPANY),
    ("tap doan", Donor.Kind.COMPANY),
    ("tong cong ty", Donor.Kind.COMPANY),
    ("ngan hang", Donor.Kind.COMPANY),
    ("hop tac xa", Donor.Kind.COMPANY),
    ("htx", Donor.Kind.COMPANY),
    ("co so", Donor.Kind.COMPANY),
    ("cua hang", Donor.Kind.COMPANY),
    ("tiem", Donor.Kind.COMPANY),
    ("vat lieu xay dung", Donor.Kind.COMPANY),
    ("nha may", Donor.Kind.COMPANY),
    ("chua", Donor.Kind.RELIGIOUS),
    ("tinh xa", Donor.Kind.RELIGIOUS),
    ("tinh that", Donor.Kind.RELIGIOUS),
    ("thien vien", Donor.Kind.RELIGIOUS),
    ("giao xu", Donor.Kind.RELIGIOUS),
    ("nha tho", Donor.Kind.RELIGIOUS),
    ("ho dao", Donor.Kind.RELIGIOUS),
    ("hoi thanh", Donor.Kind.RELIGIOUS),
    ("thanh that", Donor.Kind.RELIGIOUS),
    ("ban tri su", Donor.Kind.RELIGIOUS),
    ("giao hoi", Donor.Kind.RELIGIOUS),
    ("ban cong tac mat tran", Donor.Kind.HAMLET),
    ("khu dan cu", Donor.Kind.HAMLET),
    ("nhan dan", Donor.Kind.HAMLET),
    ("to dan pho", Donor.Kind.HAMLET),
    ("khu pho", Donor.Kind.HAMLET),
    ("ap", Donor.Kind.HAMLET),
    ("thon", Donor.Kind.HAMLET),
    ("khom", Donor.Kind.HAMLET),
    ("uy ban nhan dan", Donor.Kind.OFFICE),
    ("ubnd", Donor.Kind.OFFICE),
    ("truong", Donor.Kind.OFFICE),
    ("tram y te", Donor.Kind.OFFICE),
    ("tram", Donor.Kind.OFFICE),
    ("trung tam", Donor.Kind.OFFICE),
    ("benh vien", Donor.Kind.OFFICE),
    ("phong", Donor.Kind.OFFICE),
    ("so", Donor.Kind.OFFICE),
    ("dang uy", Donor.Kind.OFFICE),
    ("huyen uy", Donor.Kind.OFFICE),
    ("cong an", Donor.Kind.OFFICE),
    ("ban chi huy", Donor.Kind.OFFICE),
    ("quan su", Donor.Kind.OFFICE),
    ("chi cuc", Donor.Kind.OFFICE),
    ("kho bac", Donor.Kind.OFFICE),
    ("can bo", Donor.Kind.OFFICE),
    ("tap the", Donor.Kind.OFFICE),
    ("van phong", Donor.Kind.OFFICE),
    ("ban quan ly", Donor.Kind.OFFICE),
    ("ong", Donor.Kind.PERSON),
    ("ba", Donor.Kind.PERSON),
    ("anh", Donor.Kind.PERSON),
    ("chi", Donor.Kind.PERSON),
    ("co", Donor.Kind.PERSON),
    ("chu", Donor.Kind.PERSON),
    ("gia dinh", Donor.Kind.PERSON),
    ("ho ong", Donor.Kind.PERSON),
    ("ho ba", Donor.Kind.PERSON),
)
LONGEST_FIRST = sorted(BEGINNINGS, key=lambda beginning: -len(beginning[0]))


def guess_kind(name: str) -> str:
    """The ``Donor.Kind`` that a giver's name tells, ``other`` when it tells nothing."""
    folded = fold(name)
    for beginning, kind in LONGEST_FIRST:
        if folded == beginning or folded.startswith(f"{beginning} "):
            return kind
    return Donor.Kind.OTHER


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
