"""What changes in the registry: a household is registered, edited, put on a year's list."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from committees import audit
from committees.models import Committee, User
from config.vietnamese.names import fold, sort_key
from households import identity
from households.errors import CodeTaken, IdentityTaken, StaleRecord, WrongPlace
from households.ethnic_groups import with_minority
from households.models import Classification, Household, Member, PovertyList
from households.queries import owner_of_number
from households.standards import standard_in

LONGEST_SORT_KEY = 250
# What the head's own row as a member repeats of the household.
OF_THE_HEAD = ("sex", "birth_year", "birth_date", "ethnicity")
EDITABLE = {
    "hamlet", "code", "head_name", "sex", "birth_year", "birth_date", "ethnicity", "address",
    "phone", "area", "members_declared", "house_condition", "needs", "note", "state",
}  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A household's place on the list of one year, as the People's Committee decided it."""

    year: int
    kind: str
    income_score: int | None = None
    deprivation_score: int | None = None
    deprivations: list[str] = field(default_factory=list)


def name_keys(name: str) -> dict[str, str]:
    """The search and sort columns that go with a head's name."""
    return {"head_fold": fold(name)[:160], "head_sort_key": sort_key(name)[:LONGEST_SORT_KEY]}


@transaction.atomic
def register_household(
    hamlet: Committee,
    *,
    details: dict[str, object],
    number: identity.Identity | None = None,
    listed: Listed | None = None,
    by: User,
) -> Household:
    """Enter a household with its head. ``details`` are fields of ``Household`` by name.

    Without a code the next free one of the commune is given. Raises ``WrongPlace``,
    ``CodeTaken``, ``IdentityTaken``, ``NoStandard``.
    """
    commune = _commune_of(hamlet)
    number = number or identity.Identity()
    _refuse_known_number(number, None)
    details = {"code": "", **details}
    details["code"] = details["code"] or next_code(commune)
    details["flags"] = with_minority(details.get("flags", []), details.get("ethnicity", ""))
    household = Household(
        commune=commune,
        hamlet=hamlet,
        **details,
        **name_keys(details["head_name"]),
        created_by=by,
    )
    with _constraints_as_refusals():
        household.save()
        _new_head(household, number).save()
    audit.record("household.registered", household, by=by, committee=commune, code=household.code)
    if listed:
        classify_household(household, listed=listed, by=by)
    return household


@transaction.atomic
def edit_household(
    household: Household,
    *,
    version: int,
    changes: dict[str, object],
    number: identity.Identity | None = None,
    by: User,
) -> Household:
    """Change fields of a household; ``version`` is the one this person was shown.

    ``number`` replaces the head's identity number, None leaves it. Raises ``StaleRecord``
    when somebody else saved in between, and the refusals of ``register_household``.
    """
    row = Household.objects.select_for_update(of=("self",)).get(pk=household.pk)
    if row.version != version:
        raise StaleRecord(
            "Hộ này vừa được người khác sửa: hãy xem lại số liệu mới rồi nhập lại phần cần sửa."
        )
    changed = _apply(row, changes)
    if number is not None:
        changed += _change_number(row, number)
    if not changed:
        return row
    row.version += 1
    with _constraints_as_refusals():
        row.save()
        _follow_head(row)
    audit.record("household.edited", row, by=by, committee=row.commune, fields=changed)
    return row


@transaction.atomic
def classify_household(household: Household, *, listed: Listed, by: User) -> Classification:
    """Put a household on the list of a year, or correct its class there."""
    poverty_list = poverty_list_of(household.commune, listed.year, by=by)
    classification, created = Classification.objects.update_or_create(
        household=household,
        poverty_list=poverty_list,
        defaults={
            "hamlet_id": household.hamlet_id,
            "members_declared": household.members_declared,
            "kind": listed.kind,
            "income_score": listed.income_score,
            "deprivation_score": listed.deprivation_score,
            "deprivations": listed.deprivations,
            "flags": household.flags,
            "causes": household.causes,
        },
    )
    audit.record(
        "household.classified",
        household,
        by=by,
        committee=household.commune,
        year=listed.year,
        kind=listed.kind,
        corrected=not created,
    )
    return classification


def poverty_list_of(commune: Committee, year: int, *, by: User) -> PovertyList:
    """The commune's list of a year, begun if there is none yet. Raises ``NoStandard``."""
    poverty_list = PovertyList.objects.filter(commune=commune, year=year).first()
    if poverty_list is None:
        poverty_list, created = PovertyList.objects.get_or_create(
            commune=commune,
            year=year,
            defaults={"standard": standard_in(year), "created_by": by},
        )
        if created:
            audit.record("poverty_list.begun", poverty_list, by=by, committee=commune, year=year)
    return poverty_list


def next_code(commune: Committee) -> str:
    """``28051-0035`` after ``28051-0034``; waits for whoever else is numbering there."""
    Committee.objects.select_for_update(no_key=True).get(pk=commune.pk)
    numbered = Household.objects.filter(
        commune=commune, code__regex=rf"^{commune.code}-[0-9]{{4,6}}$"
    )
    last = numbered.order_by(Length("code").desc(), "-code").values_list("code", flat=True).first()
    number = int(last.rpartition("-")[2]) + 1 if last else 1
    return f"{commune.code}-{number:04d}"


def _apply(household: Household, changes: dict[str, object]) -> list[str]:
    """Set the fields that differ; their names."""
    unknown = set(changes) - EDITABLE
    if unknown:
        raise ValueError(f"not editable: {sorted(unknown)}")
    changed = sorted(name for name, value in changes.items() if getattr(household, name) != value)
    if "hamlet" in changed and _commune_of(changes["hamlet"]).pk != household.commune_id:
        raise WrongPlace("Thôn, ấp này không thuộc xã của hộ: hãy chọn lại.")
    if "head_name" in changed:
        changes = changes | name_keys(changes["head_name"])
    for name, value in changes.items():
        setattr(household, name, value)
    return changed


def _commune_of(hamlet: Committee) -> Committee:
    commune = Committee.objects.filter(path=hamlet.parent_path).first()
    if not hamlet.is_hamlet or commune is None or commune.level != Committee.Level.COMMUNE:
        raise WrongPlace("Hộ phải thuộc một thôn, ấp của xã: hãy chọn lại.")
    return commune


def _refuse_known_number(number: identity.Identity, household: Household | None) -> None:
    owner = owner_of_number(number.number) if number.number else None
    if owner is None or (household and owner.household_id == household.pk):
        return
    raise IdentityTaken(f"Số CCCD này đã có ở {owner.household.commune}: hãy kiểm tra lại giấy tờ.")


def _new_head(household: Household, number: identity.Identity) -> Member:
    return Member(
        household=household,
        is_head=True,
        name=household.head_name,
        relation="Chủ hộ",
        old_id=identity.seal_old(number.old_number),
        **{name: getattr(household, name) for name in OF_THE_HEAD},
        **identity.sealed_fields(number.number),
    )


def _change_number(household: Household, number: identity.Identity) -> list[str]:
    """Give the head another identity number; the names of what changed, never the number."""
    head = Member.objects.select_for_update().get(household=household, is_head=True)
    fields = identity.sealed_fields(number.number)
    known = bytes(head.id_index) if head.id_index else None
    if known == fields["id_index"] and identity.unseal_old(head.old_id) == number.old_number:
        return []
    _refuse_known_number(number, household)
    with _constraints_as_refusals():
        Member.objects.filter(pk=head.pk).update(
            old_id=identity.seal_old(number.old_number), **fields
        )
    return ["identity"]


def _follow_head(household: Household) -> None:
    Member.objects.filter(household=household, is_head=True).update(
        name=household.head_name, **{name: getattr(household, name) for name in OF_THE_HEAD}
    )


@contextmanager
def _constraints_as_refusals() -> Iterator[None]:
    """What two people do at the same moment the database refuses; say it in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as refusal:
        name = refusal.__cause__.diag.constraint_name
        if name == "household_code_once_in_commune":
            raise CodeTaken("Mã hộ này đã có trong xã: hãy ghi mã khác hoặc để trống.") from refusal
        if name == "member_national_id_once":
            raise IdentityTaken("Số CCCD này đã có trong sổ hộ: hãy kiểm tra lại.") from refusal
        raise
