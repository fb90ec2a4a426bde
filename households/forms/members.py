"""A person of a household: who, papers, school and work, health, organisations; and leaving."""

from django import forms

from config.forms import VnDateField
from households.actions.members import LEAVES
from households.forms.people import (
    BirthField,
    CleanField,
    PersonNameField,
    TicksField,
    born_of,
    ethnic_choices,
    read_person,
    refuse_numbers_in,
)
from households.forms.sections import sections_of
from households.models import Household, Member

HEAD = "Chủ hộ"
RELATIONS = (
    "Vợ", "Chồng", "Con", "Con dâu", "Con rể", "Bố", "Mẹ", "Ông", "Bà", "Cháu", "Anh", "Chị", "Em",
    "Khác",
)  # fmt: skip
NOT_DETAILS = ("born", "number", "version")


class YesNoField(forms.TypedChoiceField):
    """Có, không, or nobody knows yet (None)."""

    CHOICES = [("", "Chưa rõ"), ("1", "Có"), ("0", "Không")]

    def __init__(self, **kwargs):
        super().__init__(
            choices=self.CHOICES,
            coerce=lambda value: value == "1",
            empty_value=None,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value):
        return {True: "1", False: "0", None: ""}.get(value, value)


def relation_choices(kept: str = "") -> list[tuple[str, str]]:
    """The usual words, and what a list once wrote instead."""
    known = [("", "Chưa rõ"), *((word, word) for word in RELATIONS)]
    return known if not kept or kept in RELATIONS else [*known, (kept, kept)]


class MemberForm(forms.Form):
    """One person; papers are not needed."""

    LAYOUT = [
        ("Người này", False, ("name", "relation", "sex", "born", "ethnicity", "number")),
        ("Giấy tờ", True, ("id_issued_on", "id_issued_by")),
        ("Học, làm việc", True, ("schooling", "work", "has_contract")),
        ("Sức khỏe, bảo hiểm", True,
         ("is_insured", "insured_until", "is_malnourished", "disability")),
        ("Chính sách, đoàn thể", True, ("has_allowance", "is_of_merit", "organisations")),
    ]  # fmt: skip

    name = PersonNameField(label="Họ và tên")
    relation = forms.ChoiceField(label="Quan hệ với chủ hộ", required=False)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[("", "Chưa rõ"), *Household.Sex.choices], required=False
    )
    born = BirthField(
        label="Ngày sinh", required=False, help_text="Ngày/tháng/năm; nếu chỉ biết năm, ghi năm."
    )
    ethnicity = forms.ChoiceField(label="Dân tộc", required=False)
    number = CleanField(
        max_length=30,
        label="Số CCCD, số định danh",
        required=False,
        help_text="12 số; trẻ em, người chưa có giấy tờ thì để trống.",
    )
    id_issued_on = VnDateField(label="Ngày cấp", required=False)
    id_issued_by = CleanField(max_length=100, label="Nơi cấp", required=False)
    schooling = forms.ChoiceField(
        label="Học vấn, đang học",
        choices=[("", "Chưa rõ"), *Member.Schooling.choices],
        required=False,
    )
    work = forms.ChoiceField(
        label="Việc làm", choices=[("", "Chưa rõ"), *Member.Work.choices], required=False
    )
    has_contract = YesNoField(label="Có hợp đồng lao động")
    is_insured = YesNoField(label="Có bảo hiểm y tế")
    insured_until = VnDateField(label="Hạn bảo hiểm y tế", required=False)
    is_malnourished = YesNoField(label="Trẻ suy dinh dưỡng")
    disability = forms.ChoiceField(
        label="Mức khuyết tật",
        choices=[("", "Không, chưa xác định"), *Member.Disability.choices],
        required=False,
    )
    has_allowance = forms.BooleanField(label="Hưởng trợ cấp xã hội hằng tháng", required=False)
    is_of_merit = forms.BooleanField(label="Người có công", required=False)
    organisations = TicksField(label="Hội viên, đoàn viên", choices=Member.Organisation.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ethnicity"].choices = ethnic_choices(self.initial.get("ethnicity"))
        self.fields["relation"].choices = relation_choices(self.initial.get("relation", ""))

    def sections(self):
        return sections_of(self, self.LAYOUT)

    def clean(self):
        cleaned = super().clean()
        refuse_numbers_in(self, ("id_issued_by",))
        cleaned |= read_person(self)
        issued, day = cleaned.get("id_issued_on"), cleaned["birth_date"]
        if issued and day and issued < day:
            self.add_error("id_issued_on", "Ngày cấp trước ngày sinh: hãy kiểm tra lại.")
        return cleaned

    def details(self) -> dict[str, object]:
        """The cleaned values under the names of the registry."""
        kept = {name for name in self.fields if name not in NOT_DETAILS}
        kept |= {"birth_year", "birth_date"}
        return {name: value for name, value in self.cleaned_data.items() if name in kept}


class MemberEditForm(MemberForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, is_head: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].label = "Số CCCD mới"
        self.fields["number"].help_text = "Để trống nếu giữ số đang lưu."
        if is_head:
            del self.fields["relation"]


def initial_of(member: Member) -> dict[str, object]:
    """What the form of an existing person shows; never the number."""
    names = set(MemberForm.base_fields) - {"born", "number"}
    return {name: getattr(member, name) for name in names} | {
        "born": born_of(member),
        "version": member.household.version,
    }


class LeavingForm(forms.Form):
    """A person is no longer in the household: since when, and why."""

    why = forms.ChoiceField(
        label="Vì sao",
        choices=[
            (Member.Leaving.DIED, "Chết"),
            *((why, why.label) for why in Member.Leaving if why in LEAVES),
        ],
        widget=forms.RadioSelect,
        help_text="Người tách ra thành hộ có trong sổ thì dùng “Tách hộ”.",
    )
    on = VnDateField(label="Từ ngày")
    version = forms.IntegerField(widget=forms.HiddenInput)
