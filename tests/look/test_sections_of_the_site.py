"""The frame of every page: which sections a person sees, and whose name stands in the band."""

from committees.access import Role
from config.navigation import front_of, organisation_of, sections_for
from tests.factories.committees import make_district, make_unit, make_user


def test_the_current_section_is_the_longest_address_that_begins_the_path(db):
    user = make_user((Role.OFFICER, make_district()["commune1"]))

    for section in sections_for(user, "/"):
        current = [each.url for each in sections_for(user, section.url) if each.is_current]
        assert current == [section.url]


def test_nobody_sees_a_section_they_may_not_open(db):
    units = make_district()
    admin = make_user((Role.ADMIN, units["district"]))

    labels = {section.label for section in sections_for(admin, "/")}

    assert not labels & {"Hộ", "Quỹ", "Báo cáo"}


def test_the_band_names_the_front_of_the_seat(db):
    commune = make_unit("commune", "Xã Mỹ Thạnh")
    hamlet = make_unit("hamlet", "Ấp 1", parent=commune)

    user = make_user((Role.OFFICER, commune))

    assert organisation_of(user) == "Ủy ban Mặt trận Tổ quốc Việt Nam xã Mỹ Thạnh"
    assert front_of(hamlet) == "Ban Công tác Mặt trận ấp 1"
