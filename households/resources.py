"""The list of households as a file: its columns, and which of them are sensitive.

Which columns there are and which are sensitive: ``households.privacy.columns``.
"""

from collections.abc import Iterator

from import_export import fields, resources

from config.vietnamese.dates import format_date
from households import identity
from households.models import Classification, Household, Member, PovertyIndicator
from households.privacy.columns import ALWAYS, INDICATORS, LABELS


class HouseholdResource(resources.ModelResource):
    code = fields.Field("code", LABELS["code"])
    hamlet = fields.Field("hamlet__name", LABELS["hamlet"])
    commune = fields.Field("commune__name", LABELS["commune"])
    head_name = fields.Field("head_name", LABELS["head_name"])
    sex = fields.Field("get_sex_display", LABELS["sex"])
    birth_year = fields.Field("birth_year", LABELS["birth_year"])
    born = fields.Field(column_name=LABELS["born"])
    ethnicity = fields.Field("ethnicity", LABELS["ethnicity"])
    number = fields.Field(column_name=LABELS["number"])
    phone = fields.Field("phone", LABELS["phone"])
    address = fields.Field("address", LABELS["address"])
    area = fields.Field("get_area_display", LABELS["area"])
    members = fields.Field("members_declared", LABELS["members"])
    year = fields.Field(column_name=LABELS["year"])
    income = fields.Field(column_name=LABELS["income"])
    deprivation = fields.Field(column_name=LABELS["deprivation"])
    kind = fields.Field(column_name=LABELS["kind"])
    state = fields.Field("get_state_display", LABELS["state"])
    note = fields.Field("note", LABELS["note"])

    class Meta:
        model = Household
        fields = (
            "code", "hamlet", "commune", "head_name", "sex", "birth_year", "born", "ethnicity",
            "number", "phone", "address", "area", "members", "year", "income", "deprivation",
            "kind", "state", "note",
        )  # fmt: skip
        export_order = fields

    def __init__(self, columns: tuple[str, ...] = (), year: int | None = None):
        """The chosen columns besides ``ALWAYS``; ``indicators`` are those of the year's standard.

        A whole date of birth takes the place of the year.
        """
        super().__init__()
        chosen = {*ALWAYS, *columns}
        chosen -= {"birth_year"} if "born" in chosen else set()
        self.shown = [name for name in self._meta.export_order if name in chosen]
        self.indicators = indicators_of(year) if year and INDICATORS in chosen else []

    def headers(self) -> list[str]:
        """The labels of the columns, after a running number."""
        labels = self.get_export_headers(self.shown)
        return ["STT", *labels, *(indicator.label for indicator in self.indicators)]

    def lines(self, households: Iterator[Household]) -> Iterator[list]:
        """One line for each household, as plain values: texts, whole numbers, or nothing."""
        for number, household in enumerate(households, start=1):
            listed = _listed(household)
            ticked = listed.deprivations if listed else ()
            ticks = ["x" if each.code in ticked else None for each in self.indicators]
            yield [number, *self.export_resource(household, self.shown), *ticks]

    def export_field(self, field, instance, **kwargs):
        method = getattr(self, f"dehydrate_{self.get_field_name(field)}", None)
        # The library makes a text of everything; a spreadsheet should count its numbers.
        return method(instance) if method else field.get_value(instance)

    def dehydrate_born(self, household):
        day = household.birth_date
        return format_date(day) if day else household.birth_year

    def dehydrate_number(self, household):
        return whole_number(household.shown_heads[0]) if household.shown_heads else ""

    def dehydrate_phone(self, household):
        # "+84…" would be a formula to a spreadsheet that opens a text file.
        return f"0{household.phone[3:]}" if household.phone.startswith("+84") else household.phone

    def dehydrate_year(self, household):
        return _listed(household).poverty_list.year if _listed(household) else ""

    def dehydrate_kind(self, household):
        return _listed(household).get_kind_display() if _listed(household) else ""

    def dehydrate_income(self, household):
        return _listed(household).income_score if _listed(household) else ""

    def dehydrate_deprivation(self, household):
        return _listed(household).deprivation_score if _listed(household) else ""


def indicators_of(year: int) -> list[PovertyIndicator]:
    """The indicators of the standard in force in that year, in the order of its form."""
    found = PovertyIndicator.objects.filter(standard__valid_from__year__lte=year)
    found = found.exclude(standard__valid_to__year__lt=year)
    return list(found.order_by("position"))


def whole_number(head: Member) -> str:
    """The identity number of a member, the old nine digits where there is no other."""
    if head.id_cipher:
        return identity.unseal(head.id_cipher, head.id_index)
    return identity.unseal_old(head.old_id)


def _listed(household: Household) -> Classification | None:
    return household.shown_classes[0] if household.shown_classes else None
