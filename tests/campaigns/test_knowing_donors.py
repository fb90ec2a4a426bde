import pytest

from campaigns.donors import donors_for, guess_kind
from campaigns.models import Donor
from committees.people import system_user
from tests.factories.committees import make_unit


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Công ty TNHH May mặc Thủ Thừa", "company"),
        ("CTY CP Xi măng", "company"),
        ("Hợp tác xã nông nghiệp Bình Thạnh", "company"),
        ("Chùa Phước Lâm", "religious"),
        ("Họ đạo Thủ Thừa", "religious"),
        ("Hội Liên hiệp Phụ nữ huyện", "member_org"),
        ("Đoàn TNCS Hồ Chí Minh", "member_org"),
        ("Hội Chữ thập đỏ tỉnh", "member_org"),
        ("Trường Tiểu học Mỹ An", "office"),
        ("Công an huyện", "office"),
        ("Ấp 3", "hamlet"),
        ("Bà Nguyễn Thị Thử", "person"),
        ("ông Tư", "person"),
        ("Bạn hữu đường xa", "other"),
        ("Chi hội từ thiện", "other"),
        ("Anh em nhóm thiện nguyện", "other"),
    ],
)
def test_a_name_tells_what_a_giver_is(name, kind):
    assert guess_kind(name) == kind


@pytest.mark.django_db
def test_one_giver_is_one_row_however_the_name_is_typed(django_assert_max_num_queries):
    commune, by = make_unit("commune"), system_user()
    first = donors_for(commune, [("Bà Nguyễn Thị Hòa", "person")], by=by)
    known = first["Bà Nguyễn Thị Hòa", "person"]
    pairs = [
        ("BÀ  NGUYỄN THỊ HOÀ", "person"),
        ("Bà Nguyễn Thị Hòa", "person"),
        ("Bà Nguyễn Thị Hòa", "company"),
    ]
    with django_assert_max_num_queries(6):
        again = donors_for(commune, pairs, by=by)
    assert again[pairs[0]] == again[pairs[1]] == known
    assert again[pairs[2]] != known
    assert Donor.objects.count() == 2
    assert known.name == "Bà Nguyễn Thị Hòa"


@pytest.mark.django_db
def test_the_same_name_at_another_commune_is_another_giver():
    by = system_user()
    for _ in range(2):
        donors_for(make_unit("commune"), [("Chùa Phước Thử", "religious")], by=by)
    assert Donor.objects.count() == 2
