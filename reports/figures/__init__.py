"""Figures of a campaign: computed from records, for any unit, on any day.

``gather`` asks the database once per subject for everything under a path; ``figures_of`` adds
up what belongs to one unit. Every figure can name the records that it was made of
(``reports.figures.records``).
"""

from reports.figures.gathering import Gathered, gather
from reports.figures.summing import figures_of

__all__ = ["Gathered", "figures_of", "gather"]
