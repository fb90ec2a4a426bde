class CommitteeError(Exception):
    """A refusal by the organisation's rules: one Vietnamese sentence for the person."""


class FileRefused(CommitteeError):
    """An uploaded file cannot be taken; the sentence says what to do."""


class AlreadyImported(CommitteeError):
    """The same bytes were imported before."""


class DocumentError(CommitteeError):
    """A paper cannot make this step."""
