import unicodedata

import pytest

from config.vietnamese.names import strip_unit_kind, unit_key


@pytest.mark.parametrize(
    ("name", "kind", "bare"),
    [
        ("Xã Mỹ Thạnh", "Xã", "Mỹ Thạnh"),
        ("XÃ MỸ THẠNH", "Xã", "MỸ THẠNH"),
        ("  xã  Mỹ   Thạnh", "Xã", "Mỹ Thạnh"),
        ("xa My Thanh", "Xã", "My Thanh"),
        ("Thị trấn Thủ Thừa", "Thị trấn", "Thủ Thừa"),
        ("TT. Thủ Thừa", "Thị trấn", "Thủ Thừa"),
        ("TT Thủ Thừa", "Thị trấn", "Thủ Thừa"),
        ("Thị xã Kiến Tường", "Thị xã", "Kiến Tường"),
        ("TP.Tân An", "Thành phố", "Tân An"),
        ("Thành phố Hồ Chí Minh", "Thành phố", "Hồ Chí Minh"),
        ("Huyện Lang Chánh", "Huyện", "Lang Chánh"),
        ("Lang Chánh", "", "Lang Chánh"),
        ("Tỉnh Long An", "Tỉnh", "Long An"),
        ("Quận 1", "Quận", "1"),
        ("P.1", "Phường", "1"),
        ("Đặc khu Phú Quốc", "Đặc khu", "Phú Quốc"),
        ("Tổ dân phố số 1", "Tổ dân phố", "số 1"),
        ("Tổ 5", "Tổ", "5"),
        ("Ấp 2", "Ấp", "2"),
        ("Bản Lồng", "Bản", "Lồng"),
        ("Buôn Ma Thuột", "Buôn", "Ma Thuột"),
        ("Xã Bản Lầu", "Xã", "Bản Lầu"),
        ("Mỹ Thạnh", "", "Mỹ Thạnh"),
        ("Xã", "", "Xã"),
        ("", "", ""),
        (unicodedata.normalize("NFD", "Xã Mỹ Thạnh"), "Xã", "Mỹ Thạnh"),
    ],
)
def test_the_kind_of_a_unit_is_taken_off_its_name(name, kind, bare):
    assert strip_unit_kind(name) == (kind, bare)


@pytest.mark.parametrize(
    "same",
    [
        ("Thôn 1", "Thôn 01", "thôn I", "THÔN 1", "Thôn số 1", "Thon 1", "Thôn  1."),
        ("Tổ dân phố 1", "Tổ dân phố số 1", "TDP 1", "TDP. 01"),
        ("Thị trấn Thủ Thừa", "TT. Thủ Thừa", "THỊ TRẤN THỦ THỪA"),
        ("Xã Hoà Bình", "Xã Hòa Bình", "xa hoa binh"),
        ("Xã Mỹ Vi", "XÃ MỸ VI"),
        ("Ấp Bình II", "Ấp Bình 2"),
    ],
)
def test_ways_of_writing_one_place_share_a_key(same):
    assert {unit_key(name) for name in same} == {unit_key(same[0])}


def test_different_places_keep_different_keys():
    names = ["Ấp 1", "Ấp 2", "Ấp 10", "Ấp 1A", "Thôn 1", "Ấp Vĩnh", "Ấp Vì", "Xã Mỹ An", "Mỹ An"]
    assert len({unit_key(name) for name in names}) == len(names)


def test_accents_tell_places_apart_where_they_are_asked_for():
    names = ["Thôn Đông", "Thôn Đồng", "Thôn Dong", "Thôn Đống"]
    assert len({unit_key(name, accents=True) for name in names}) == len(names)
    same = ["Thôn Hoà Bình 01", "THÔN HÒA BÌNH 1", "thôn Hòa Bình I"]
    assert len({unit_key(name, accents=True) for name in same}) == 1
