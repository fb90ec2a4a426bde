"""Records of the organisation, made for the walk of all addresses."""

from committees.access import Role
from committees.models import Committee
from tests.factories.committees import make_user


def _make_user(committee: Committee) -> int:
    return make_user((Role.LEADER, committee)).pk


def _make_seat(committee: Committee) -> int:
    return make_user((Role.LEADER, committee)).seats.get().pk


MAKERS = {
    "committee_pk": lambda committee: committee.pk,
    "user_pk": _make_user,
    "seat_pk": _make_seat,
}
PAYLOADS = {
    "committees:user-create": lambda committee, pk: {
        "username": "nguoi-moi",
        "full_name": "Người Mới",
        "role": "leader",
    },
    "committees:seat-give": lambda committee, pk: {
        "username": "cashier.district",
        "role": "leader",
    },
}
