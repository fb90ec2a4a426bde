"""What programs send of households, read by the same forms as what officers type."""

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from committees.api.input import Sent, TextField
from households.models import Classification, Household, Member

NAMES = {"id_number": "number"}  # in the API → in the forms
SAID_AS = {"number": "id_number", "born": "birth_date", "__all__": "detail"}


class ListedSent(Sent):
    year = serializers.IntegerField(min_value=1990, max_value=2100)
    kind = serializers.ChoiceField(choices=Classification.Kind.choices)
    income_score = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=1000
    )
    deprivation_score = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=120
    )
    deprivations = serializers.ListField(
        child=TextField(max_length=40), required=False, help_text="Mã các chỉ số thiếu hụt"
    )


class PersonSent(Sent):
    """What is said of a head and of any other person."""

    sex = serializers.ChoiceField(choices=Household.Sex.choices, required=False, allow_blank=True)
    birth_year = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1900,
        max_value=2100,
        help_text="Khi chỉ biết năm; có birth_date thì không cần",
    )
    birth_date = serializers.DateField(required=False, allow_null=True)
    ethnicity = TextField(required=False, max_length=30)
    id_number = TextField(
        required=False, max_length=30, help_text="12 số dạng chuỗi; bỏ trống là giữ số đang lưu"
    )


class HouseholdPatch(PersonSent):
    """What may be corrected of a household; what is not sent stays."""

    version = serializers.IntegerField(min_value=1, help_text="Số version khi đọc hộ")
    head_name = TextField(required=False, max_length=120)
    phone = TextField(required=False, max_length=15)
    address = TextField(required=False, max_length=200)
    current_address = TextField(required=False, max_length=200)
    area = serializers.ChoiceField(choices=Household.Area.choices, required=False)
    members_declared = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=60
    )
    house_condition = serializers.ChoiceField(
        choices=Household.HouseCondition.choices, required=False, allow_blank=True
    )
    floor_area = serializers.DecimalField(
        6, 1, required=False, allow_null=True, min_value=0, help_text="m², ví dụ “36.5”"
    )
    weak_parts = serializers.ListField(
        child=serializers.ChoiceField(choices=Household.Part.choices), required=False
    )
    water = serializers.ChoiceField(
        choices=Household.Water.choices, required=False, allow_blank=True
    )
    latrine = serializers.ChoiceField(
        choices=Household.Latrine.choices, required=False, allow_blank=True
    )
    flags = serializers.ListField(
        child=serializers.ChoiceField(choices=Household.Flag.choices), required=False
    )
    causes = serializers.ListField(
        child=serializers.ChoiceField(choices=Household.Cause.choices), required=False
    )
    needs = serializers.ListField(child=TextField(max_length=30), required=False)
    note = TextField(required=False, max_length=500)


class HouseholdSent(HouseholdPatch):
    """A new household with its head, and its class on the list of a year."""

    version = None
    hamlet = serializers.IntegerField(min_value=1, help_text="id của thôn, ấp")
    code = TextField(required=False, max_length=30, help_text="Bỏ trống thì máy đánh mã tiếp theo")
    head_name = TextField(max_length=120)
    listed = ListedSent(required=False, help_text="Bỏ trống: chưa có trong danh sách nào")


class MemberPatch(PersonSent):
    """What may be corrected of a person; what is not sent stays."""

    version = serializers.IntegerField(min_value=1, help_text="Số version của hộ khi đọc")
    name = TextField(required=False, max_length=120)
    relation = TextField(required=False, max_length=30, help_text="Chủ hộ thì không gửi")
    id_issued_on = serializers.DateField(required=False, allow_null=True)
    id_issued_by = TextField(required=False, max_length=100)
    schooling = serializers.ChoiceField(
        choices=Member.Schooling.choices, required=False, allow_blank=True
    )
    work = serializers.ChoiceField(choices=Member.Work.choices, required=False, allow_blank=True)
    has_contract = serializers.BooleanField(required=False, allow_null=True)
    is_insured = serializers.BooleanField(required=False, allow_null=True)
    insured_until = serializers.DateField(required=False, allow_null=True)
    is_malnourished = serializers.BooleanField(required=False, allow_null=True)
    disability = serializers.ChoiceField(
        choices=Member.Disability.choices, required=False, allow_blank=True
    )
    has_allowance = serializers.BooleanField(required=False)
    is_of_merit = serializers.BooleanField(required=False)
    organisations = serializers.ListField(
        child=serializers.ChoiceField(choices=Member.Organisation.choices), required=False
    )


class MemberSent(MemberPatch):
    """One more person of a household; papers are not needed."""

    version = None
    name = TextField(max_length=120)


class NumberSent(Sent):
    id_number = TextField(max_length=30, help_text="Đủ 12 số")


def typed(sent, base=None):
    """What was sent, over ``base`` (the values of a form by name), as a form would receive it."""
    values = dict(base or {})
    values |= {NAMES.get(name, name): value for name, value in sent.items()}
    year, day = values.pop("birth_year", None), values.pop("birth_date", None)
    if "birth_date" in sent or "birth_year" in sent:
        values["born"] = day or year
    elif isinstance(values.get("born"), tuple):
        year, day = values["born"]
        values["born"] = day or year
    return {name: _typed(value) for name, value in values.items()}


def _typed(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value


def cleaned(form):
    """The form if it is right; else 400 with its sentences under the API's names."""
    if not form.is_valid():
        raise ValidationError(
            {SAID_AS.get(name, name): list(said) for name, said in form.errors.items()}
        )
    return form
