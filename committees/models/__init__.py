from committees.models.audit import AuditEvent, RowChange
from committees.models.committee import Committee, Succession
from committees.models.document import Document
from committees.models.files import ImportBatch, ImportedRow, ListLayout, StoredFile
from committees.models.people import CommitteeScopedQuerySet, Seat, User

__all__ = [
    "AuditEvent",
    "Committee",
    "CommitteeScopedQuerySet",
    "Document",
    "ImportBatch",
    "ImportedRow",
    "ListLayout",
    "RowChange",
    "Seat",
    "StoredFile",
    "Succession",
    "User",
]
