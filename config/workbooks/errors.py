"""The one refusal of this package."""


class UnreadableFile(ValueError):
    """A file or a sheet is refused; the message is one Vietnamese sentence saying what to do."""

    @property
    def sentence(self) -> str:
        return str(self)
