"""The audit trail: one row per decision, in the transaction of the change itself."""

from collections.abc import Callable

from django.db import models

from committees.models import AuditEvent, Committee, User


def record(
    action: str,
    record_: models.Model | None,
    *,
    by: User | None,
    committee: Committee | None = None,
    **detail: object,
) -> AuditEvent:
    """Write down that ``by`` did ``action`` to ``record_``.

    ``detail`` must be JSON-able and must not hold an identity number or another secret.
    """
    return AuditEvent.objects.create(
        actor=by,
        action=action,
        committee=committee,
        object_type=record_._meta.label_lower if record_ is not None else "",
        object_id=record_.pk if record_ is not None else None,
        detail=detail,
    )


def record_many(
    action: str,
    records: list,
    *,
    by: User,
    committee_of: Callable[[models.Model], int | None],
    detail_of: Callable[[models.Model], dict] = lambda _record: {},
) -> None:
    """The same for many rows at once (an import): one event per row, one statement."""
    AuditEvent.objects.bulk_create(
        (
            AuditEvent(
                actor=by,
                action=action,
                committee_id=committee_of(row),
                object_type=row._meta.label_lower,
                object_id=row.pk,
                detail=detail_of(row),
            )
            for row in records
        ),
        batch_size=2000,
    )
