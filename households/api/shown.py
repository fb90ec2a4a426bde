"""What the API tells of households: the same fields, covered for the same people, as the pages."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from committees.models import Committee
from households.models import Classification, Household, Member, PovertyList, Transition
from households.privacy import masking

YES_NO = serializers.BooleanField(allow_null=True)


class PlaceShown(serializers.ModelSerializer):
    class Meta:
        model = Committee
        fields = ["id", "code", "name", "level"]


class ListedShown(serializers.Serializer):
    year = serializers.IntegerField(source="poverty_list.year")
    kind = serializers.ChoiceField(choices=Classification.Kind.choices)


class HouseholdLine(serializers.ModelSerializer):
    """A line of the list: no telephone, address, note or ethnicity of anybody."""

    hamlet = PlaceShown()
    commune = PlaceShown()
    listed = serializers.SerializerMethodField(help_text="Phân loại của năm đã lọc, hoặc mới nhất")

    class Meta:
        model = Household
        fields = [
            "id", "code", "head_name", "sex", "birth_year", "hamlet", "commune",
            "members_declared", "state", "listed",
        ]  # fmt: skip

    @extend_schema_field(ListedShown(allow_null=True))
    def get_listed(self, household):
        shown = household.shown_classes
        return ListedShown(shown[0]).data if shown else None


class HouseholdsShown(serializers.Serializer):
    """One screen of the list. ``count`` of the first screen only; up to 1,000 it is exact."""

    count = serializers.IntegerField(allow_null=True)
    is_exact = serializers.BooleanField(help_text="false: nhiều hơn số đếm được")
    after = serializers.CharField(help_text="Gửi lại trong “sau” để xem tiếp; rỗng là hết")
    results = HouseholdLine(many=True)


class Covered(serializers.ModelSerializer):
    """``context["sees"]``: whether this person works on the household (masking.sees_open)."""

    def open_or(self, value, covered):
        return value if self.context["sees"] else covered

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_birth_date(self, person):
        return self.open_or(person.birth_date and person.birth_date.isoformat(), None)

    def get_ethnicity(self, person) -> str:
        return self.open_or(person.ethnicity, masking.covered(person.ethnicity))


class HouseholdShown(Covered):
    """A whole household. What this person may not see is empty, null or “Đã che”."""

    hamlet = PlaceShown()
    commune = PlaceShown()
    birth_date = serializers.SerializerMethodField()
    ethnicity = serializers.SerializerMethodField()
    phone = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField()
    current_address = serializers.SerializerMethodField()
    flags = serializers.SerializerMethodField()
    causes = serializers.SerializerMethodField()
    needs = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    is_covered = serializers.SerializerMethodField(help_text="true: có ô bị che")
    floor_area = serializers.DecimalField(6, 1, allow_null=True, help_text="m²")

    class Meta:
        model = Household
        fields = [
            "id", "code", "head_name", "sex", "birth_year", "birth_date", "ethnicity", "phone",
            "address", "current_address", "hamlet", "commune", "area", "members_declared",
            "house_condition", "floor_area", "weak_parts", "water", "latrine", "flags", "causes",
            "needs", "note", "state", "state_on", "version", "is_covered",
        ]  # fmt: skip

    def get_phone(self, household) -> str:
        return self.open_or(household.phone, masking.phone(household.phone))

    def get_address(self, household) -> str:
        return self.open_or(household.address, "")

    def get_current_address(self, household) -> str:
        return self.open_or(household.current_address, masking.covered(household.current_address))

    def get_flags(self, household) -> list[str]:
        return self.open_or(household.flags, [])

    def get_causes(self, household) -> list[str]:
        return self.open_or(household.causes, [])

    def get_needs(self, household) -> list[str]:
        return self.open_or(household.needs, [])

    def get_note(self, household) -> str:
        return self.open_or(household.note, masking.covered(household.note))

    def get_is_covered(self, household) -> bool:
        return not self.context["sees"]


class HouseholdSaved(HouseholdShown):
    """After a change: the household, and what in it contradicts (no reason to refuse)."""

    warnings = serializers.SerializerMethodField()

    class Meta(HouseholdShown.Meta):
        fields = [*HouseholdShown.Meta.fields, "warnings"]

    def get_warnings(self, household) -> list[str]:
        return self.context["warnings"]


class MemberShown(Covered):
    """A person; of the identity number never more than the last three digits."""

    birth_date = serializers.SerializerMethodField()
    ethnicity = serializers.SerializerMethodField()
    id_number = serializers.SerializerMethodField(help_text="•••••••••777, hoặc rỗng")
    disability = serializers.SerializerMethodField()
    is_insured = serializers.SerializerMethodField()
    is_malnourished = serializers.SerializerMethodField()
    has_allowance = serializers.SerializerMethodField()
    is_of_merit = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = [
            "id", "is_head", "name", "relation", "sex", "birth_year", "birth_date", "ethnicity",
            "id_number", "schooling", "work", "has_contract", "is_insured", "is_malnourished",
            "disability", "has_allowance", "is_of_merit", "organisations", "is_living", "left_on",
            "left_why",
        ]  # fmt: skip

    def get_id_number(self, member) -> str:
        return masking.number(member.id_tail)

    def get_disability(self, member) -> str:
        return self.open_or(member.disability, masking.covered(member.disability))

    @extend_schema_field(YES_NO)
    def get_is_insured(self, member):
        return self.open_or(member.is_insured, None)

    @extend_schema_field(YES_NO)
    def get_is_malnourished(self, member):
        return self.open_or(member.is_malnourished, None)

    @extend_schema_field(YES_NO)
    def get_has_allowance(self, member):
        return self.open_or(member.has_allowance, None)

    @extend_schema_field(YES_NO)
    def get_is_of_merit(self, member):
        return self.open_or(member.is_of_merit, None)


class ClassShown(Covered):
    """The class of a household on one year's list."""

    deprivations = serializers.SerializerMethodField(help_text="Rỗng khi bị che")
    year = serializers.IntegerField(source="poverty_list.year")
    decision_number = serializers.CharField(source="poverty_list.decision_number")
    hamlet = PlaceShown()

    class Meta:
        model = Classification
        fields = [
            "year", "poverty_list", "decision_number", "hamlet", "kind", "income_score",
            "deprivation_score", "deprivations", "members_declared",
        ]  # fmt: skip

    def get_deprivations(self, listed) -> list[str]:
        return self.open_or(listed.deprivations, [])


class ClassSaved(ClassShown):
    """After a change: the class, and where the points mean another one."""

    warnings = serializers.ListField(child=serializers.CharField(), source="doubts")

    class Meta(ClassShown.Meta):
        fields = [*ClassShown.Meta.fields, "warnings"]


class TransitionShown(serializers.ModelSerializer):
    """What changed between a list and the one before, or within its year."""

    year = serializers.IntegerField(source="poverty_list.year")
    household_code = serializers.CharField(source="household.code")
    head_name = serializers.CharField(source="household.head_name")
    hamlet = PlaceShown()

    class Meta:
        model = Transition
        fields = [
            "id", "year", "poverty_list", "household", "household_code", "head_name", "hamlet",
            "origin", "kind_before", "kind_after", "code", "on", "decision_number", "note",
        ]  # fmt: skip


class CountsShown(serializers.Serializer):
    poor = serializers.IntegerField()
    near_poor = serializers.IntegerField()
    hardship = serializers.IntegerField()


class PovertyListShown(serializers.ModelSerializer):
    """The list of one commune for one year, with its households by class."""

    commune = PlaceShown()
    standard = serializers.CharField(source="standard.code")
    households = CountsShown(source="counts")

    class Meta:
        model = PovertyList
        fields = [
            "id", "year", "commune", "standard", "decision_number", "decided_on", "households",
        ]  # fmt: skip


class LookedUp(serializers.Serializer):
    """Where a whole identity number stands: within reach the household, else the commune alone."""

    household = HouseholdLine(allow_null=True)
    elsewhere = PlaceShown(allow_null=True)
