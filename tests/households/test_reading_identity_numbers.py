import pytest
from cryptography.exceptions import InvalidTag

from households import identity
from households.errors import NotAnIdentity
from households.identity import read_identity
from tests.factories.households import national_id


@pytest.mark.parametrize("typed", ["099187094950", " 099 187 094950", "099.187.094.950"])
def test_separators_do_not_matter(typed):
    read = read_identity(typed, sex="female", birth_year=1987)
    assert (read.number, read.warnings) == ("099187094950", ())


@pytest.mark.parametrize("typed", [99187094950, 99187094950.0, "99187094950"])
def test_a_lost_zero_is_filled_in_where_sex_and_year_fit(typed):
    read = read_identity(typed, sex="female", birth_year=1987)
    assert read.number == "099187094950"
    assert "thiếu số 0" in read.warnings[0]


def test_two_lost_zeros_of_the_first_provinces_come_back():
    assert read_identity(1087094950, sex="male", birth_year=1987).number == "001087094950"


@pytest.mark.parametrize(("sex", "year"), [("male", 1987), ("female", 1988), ("female", None)])
def test_a_short_number_that_does_not_fit_is_refused(sex, year):
    with pytest.raises(NotAnIdentity, match="phải đủ 12"):
        read_identity("99187094950", sex=sex, birth_year=year)


@pytest.mark.parametrize(
    "typed",
    [
        "123456789012", "111111111111", "000000000000", "12345", "O99187094950", "(chưa có)", "0",
        "1,23457E+11", "1.23457E+11", 99187094950.5, "0991870949501",
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_with_a_sentence(typed):
    with pytest.raises(NotAnIdentity, match="hãy"):
        read_identity(typed, sex="female", birth_year=1987)


def test_nine_digits_are_an_old_paper():
    read = read_identity("301234567")
    assert (read.number, read.old_number) == ("", "301234567")
    assert "9 số" in read.warnings[0]
    assert identity.unseal_old(identity.seal_old("301234567")) == "301234567"


@pytest.mark.parametrize(
    ("number", "sex", "year", "said"),
    [
        ("099187094950", "male", 1987, "giới tính"),
        ("099187094950", "female", 1978, "1987"),
        ("099287094950", "male", 1987, "2087"),
        ("003187094950", "female", 1987, "003"),
    ],
)
def test_contradictions_are_only_warnings(number, sex, year, said):
    read = read_identity(number, sex=sex, birth_year=year)
    assert read.number == number
    assert any(said in warning for warning in read.warnings)


def test_the_code_of_invented_people_warns_outside_demo_and_tests(settings):
    number = national_id(1, year=1970)
    assert read_identity(number, sex="male", birth_year=1970).warnings == ()
    settings.TEST_ID_CODES = []
    assert "099" in read_identity(number, sex="male", birth_year=1970).warnings[0]


def test_a_sealed_number_opens_only_beside_its_own_index():
    number = national_id(1)
    index = identity.blind_index(number)
    sealed = identity.seal(number, index)
    assert number.encode() not in sealed
    assert identity.unseal(sealed, index) == number
    with pytest.raises(InvalidTag):
        identity.unseal(sealed, identity.blind_index(national_id(2)))


def test_a_number_sealed_with_an_older_key_stays_readable(settings):
    number = national_id(1)
    index = identity.blind_index(number)
    sealed = identity.seal(number, index)
    keys = settings.KEYS["field_keys"] | {"k2": b"2" * 32}
    settings.KEYS = settings.KEYS | {"field_keys": keys, "current": "k2"}
    assert identity.unseal(sealed, index) == number
    assert identity.seal(number, index).startswith(b"k2\0")


def test_pages_show_three_digits():
    assert identity.mask("950") == "•••••••••950"
    assert identity.mask("") == ""
