"""The one refusal of this package."""


class NotUnderstood(ValueError):
    """A typed value cannot be read; the message is one Vietnamese sentence saying what to do."""

    @property
    def sentence(self) -> str:
        return str(self)
