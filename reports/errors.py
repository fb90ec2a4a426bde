class ReportError(Exception):
    """A refusal by the rules of reports: one Vietnamese sentence for the person."""
