"""The frame of every page: which sections a person sees, and whose name stands in the band."""

from committees.access import Role
from config.navigation import front_of, organisation_of, sections_for, starts_for
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


def test_everybody_sees_where_their_own_work_begins(client, db):
    units = make_district()
    officer = make_user((Role.OFFICER, units["commune1"]))
    standing = make_user((Role.STANDING, units["district"]))

    begins = {start.label for start in starts_for(officer)}
    decides = {start.label for start in starts_for(standing)}

    assert "Nhập danh sách từ Excel" in begins
    assert "Duyệt nhà được đề nghị" not in begins
    assert "Duyệt nhà được đề nghị" in decides
    assert "Nhập danh sách từ Excel" not in decides
    client.force_login(officer)
    for start in starts_for(officer):
        assert client.get(start.url).status_code == 200, start.url


def test_the_band_names_the_front_of_the_seat(db):
    commune = make_unit("commune", "Xã Mỹ Thạnh")
    hamlet = make_unit("hamlet", "Ấp 1", parent=commune)

    user = make_user((Role.OFFICER, commune))

    assert organisation_of(user) == "Ủy ban Mặt trận Tổ quốc Việt Nam xã Mỹ Thạnh"
    assert front_of(hamlet) == "Ban Công tác Mặt trận ấp 1"
