class LeaseLost(Exception):
    """Another worker holds this job now: whatever this one still wanted to write is void."""


class JobRefused(Exception):
    """The job cannot be done; one Vietnamese sentence for the person who asked for it."""
