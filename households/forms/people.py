"""What forms ask about a person: name, day of birth, ethnic group, papers."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from config import clock
from config.forms import ReadField
from config.vietnamese.dates import format_date, parse_birth
from config.vietnamese.errors import NotUnderstood
from config.vietnamese.names import clean
from households.ethnic_groups import ETHNIC_GROUPS
from households.identity import Identity, holds_number, read_identity
from households.naming import foreign_letters, wrong_signs


class CleanField(ReadField):
    """One line of text as it is stored: NFC, single spaces, nothing invisible."""

    def __init__(self, *, max_length: int, **kwargs):
        super().__init__(**kwargs)
        self.max_length = max_length

    def to_python(self, value):
        return super().to_python(value) or ""

    def read(self, value) -> str:
        return clean(value, max_length=self.max_length)


class PersonNameField(CleanField):
    """A person's name, of one word or many, as ``households.naming`` allows."""

    def __init__(self, **kwargs):
        super().__init__(max_length=120, **kwargs)

    def read(self, value) -> str:
        name = super().read(value)
        wrong = wrong_signs(name)
        if wrong:
            raise ValidationError(f"Họ tên có ký tự lạ {' '.join(wrong)[:20]}: chỉ dùng chữ cái.")
        other = foreign_letters(name)
        if other:
            raise ValidationError(
                f"Họ tên có chữ cái không phải tiếng Việt {other[:20]}: hãy gõ lại."
            )
        return name


class BirthField(ReadField):
    """A day, or the year alone where only that is known: (year, day or None)."""

    def read(self, value):
        return parse_birth(value)

    def prepare_value(self, value):
        if isinstance(value, tuple):
            year, day = value
            return format_date(day) if day else year
        return value


class TicksField(forms.MultipleChoiceField):
    """Any number of ticks, none too."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple, **kwargs)


def ethnic_choices(kept: str | None) -> list[tuple[str, str]]:
    """The 54 groups, and what a list once wrote instead."""
    known = [("", "Chưa rõ"), *((name, name) for name in ETHNIC_GROUPS)]
    return known if not kept or kept in ETHNIC_GROUPS else [*known, (kept, kept)]


def read_person(form: forms.Form) -> dict[str, object]:
    """Day of birth and papers of a cleaned form as the registry keeps them; errors stay there."""
    cleaned = form.cleaned_data
    year, day = cleaned.get("born") or (None, None)
    read = {"birth_year": year, "birth_date": day, "identity": Identity()}
    today = clock.today()
    if year and (day or date(year, 1, 1)) > today:
        form.add_error("born", "Ngày sinh chưa tới: hãy kiểm tra lại.")
    if cleaned.get("number"):
        try:
            read["identity"] = read_identity(
                cleaned["number"], sex=cleaned.get("sex", ""), birth_year=year
            )
        except NotUnderstood as refusal:
            form.add_error("number", str(refusal))
    return read


def born_of(person: object) -> tuple | None:
    """What ``BirthField`` shows of a household's head or a member."""
    return (person.birth_year, person.birth_date) if person.birth_year else None


def refuse_numbers_in(form: forms.Form, names: tuple[str, ...]) -> None:
    """A citizen's number belongs into its own box, where it is encrypted."""
    for name in names:
        if holds_number(form.cleaned_data.get(name) or ""):
            form.add_error(name, "Ô này không được chứa số CCCD: hãy ghi vào ô “Số CCCD”.")
