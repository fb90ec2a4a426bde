from django import forms

from campaigns.models import PlanSection, Target
from campaigns.plans import PARENTS
from committees.access import Permission
from committees.letterhead import Capacity, capacities
from committees.models import Committee
from config.forms import CountField, DongField, VnDateField

NAMES_HINT = (
    "Ghi {houses}, {receipts} hoặc {gifts} ở chỗ cần in chỉ tiêu; {from} và {to} in ngày bắt đầu,"
    " ngày kết thúc Tháng cao điểm."
)


class CampaignForm(forms.Form):
    root = forms.ModelChoiceField(Committee.objects.none(), label="Đơn vị")
    year = forms.IntegerField(
        label="Năm",
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": "Hãy ghi năm bằng bốn chữ số, ví dụ 2023."},
    )
    window_from = VnDateField(label="Từ ngày")
    window_to = VnDateField(label="Đến hết ngày")
    fund_from = VnDateField(label="Năm quỹ từ ngày", required=False)
    fund_to = VnDateField(label="Năm quỹ đến hết ngày", required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Committee.objects.allowed(user, Permission.CAMPAIGN_MANAGE)
        self.fields["root"].queryset = units.exclude(level=Committee.Level.HAMLET)
        self.fields["root"].empty_label = None
        hint = "Bỏ trống cả hai: từ 01/01 đến 31/12"
        self.fields["fund_from"].help_text = self.fields["fund_to"].help_text = hint

    def clean(self):
        if bool(self.cleaned_data.get("fund_from")) != bool(self.cleaned_data.get("fund_to")):
            raise forms.ValidationError("Hãy ghi cả hai ngày của năm quỹ, hoặc bỏ trống cả hai.")

    def arguments(self) -> dict:
        """The arguments of ``actions.open_campaign``."""
        data = self.cleaned_data
        fund_year = (data["fund_from"], data["fund_to"]) if data["fund_from"] else None
        return {
            "root": data["root"],
            "year": data["year"],
            "window": (data["window_from"], data["window_to"]),
            "fund_year": fund_year,
        }


class PlanStartForm(forms.Form):
    committee = forms.ModelChoiceField(Committee.objects.none(), label="Đơn vị ban hành")
    subject = forms.CharField(label="Trích yếu", max_length=400)

    def __init__(self, *args, committees, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = committees
        self.fields["committee"].empty_label = None


class PlanForm(forms.Form):
    """What stands around the sections of a plan."""

    subject = forms.CharField(label="Trích yếu", max_length=400)
    upper_number = forms.CharField(
        label="Số kế hoạch cấp trên",
        max_length=60,
        required=False,
        help_text="Ví dụ: 158/KH-MTTQ-BTT hoặc 18-HD/MTTW-BTT",
    )
    upper_on = VnDateField(label="Ngày kế hoạch cấp trên", required=False)
    upper_issuer = forms.CharField(label="Cơ quan ban hành", max_length=200, required=False)
    upper_subject = forms.CharField(label="Tên kế hoạch cấp trên", max_length=400, required=False)
    opening = forms.CharField(
        label="Mở đầu",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Câu sau phần “Thực hiện theo Kế hoạch số …”; bỏ trống thì phần mềm tự viết",
    )
    closing = forms.CharField(
        label="Kết thúc",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Dấu “./.” tự thêm",
    )
    recipients = forms.CharField(
        label="Nơi nhận",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text="Mỗi dòng một nơi nhận; dấu gạch và dấu chấm phẩy tự thêm",
    )
    signer_name = forms.CharField(label="Người ký", max_length=120, required=False)
    signed_as = forms.ChoiceField(label="Thẩm quyền, chức vụ")

    def __init__(self, *args, plan, **kwargs):
        document = plan.document
        own = Capacity(document.capacity, document.signer_title)
        usual = capacities(document.series)
        self.ways = usual if own in usual else [own, *usual]
        kwargs["initial"] = {
            "subject": document.subject,
            "upper_number": plan.upper_number,
            "upper_on": plan.upper_on,
            "upper_issuer": plan.upper_issuer,
            "upper_subject": plan.upper_subject,
            "opening": plan.opening,
            "closing": plan.closing,
            "recipients": "\n".join(plan.recipients),
            "signer_name": document.signer_name,
            "signed_as": str(self.ways.index(own)),
        }
        super().__init__(*args, **kwargs)
        self.fields["signed_as"].choices = [
            (str(place), f"{way.capacity} – {way.title}".replace("\n", ", "))
            for place, way in enumerate(self.ways)
        ]

    def changes(self) -> dict:
        """The data of ``plans.edit_plan``."""
        data = self.cleaned_data
        way = self.ways[int(data["signed_as"])]
        return {
            "subject": data["subject"],
            "upper": {
                "number": data["upper_number"],
                "dated_on": data["upper_on"],
                "issuer": data["upper_issuer"],
                "subject": data["upper_subject"],
            },
            "opening": data["opening"],
            "closing": data["closing"],
            "recipients": [line.strip(" -;.") for line in data["recipients"].splitlines()],
            "signer": {
                "name": data["signer_name"],
                "title": way.title,
                "capacity": way.capacity,
            },
        }


class SectionForm(forms.Form):
    """A piece of a plan; its kind only when it is new."""

    kind = forms.ChoiceField(label="Loại", choices=PlanSection.Kind)
    text = forms.CharField(
        label="Nội dung", max_length=5000, widget=forms.Textarea({"rows": 6}), help_text=NAMES_HINT
    )

    def __init__(self, *args, parent=None, section=None, **kwargs):
        if section is not None:
            kwargs["initial"] = {"text": section.text}
        super().__init__(*args, **kwargs)
        if section is not None:
            del self.fields["kind"]
            return
        above = parent.kind if parent else None
        self.fields["kind"].choices = [
            (kind, label) for kind, label in PlanSection.Kind.choices if above in PARENTS[kind]
        ]


class TargetsForm(forms.Form):
    houses = CountField(label="Nhà Đại đoàn kết (căn)", required=False)
    receipts = DongField(label="Vận động Quỹ (đồng)", required=False)
    gifts = CountField(label="Suất quà", required=False)

    def __init__(self, *args, plan, **kwargs):
        kwargs["initial"] = {target.indicator: target.quantity for target in plan.targets.all()}
        super().__init__(*args, **kwargs)

    def quantities(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] or None for name in Target.Indicator.values}
