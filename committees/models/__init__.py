from committees.models.audit import AuditEvent
from committees.models.committee import Committee, Succession
from committees.models.document import Document
from committees.models.files import ImportBatch, StoredFile
from committees.models.people import CommitteeScopedQuerySet, Seat, User

__all__ = [
    "AuditEvent",
    "Committee",
    "CommitteeScopedQuerySet",
    "Document",
    "ImportBatch",
    "Seat",
    "StoredFile",
    "Succession",
    "User",
]
