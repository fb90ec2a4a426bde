from committees.models.audit import AuditEvent, RowChange
from committees.models.committee import Committee, Succession
from committees.models.document import Document
from committees.models.files import ImportBatch, ImportedRow, ListLayout, StoredFile
from committees.models.people import CommitteeScopedQuerySet, Seat, User
from committees.models.tokens import ApiToken

__all__ = [
    "ApiToken",
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
