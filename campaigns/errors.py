class CampaignError(Exception):
    """A refusal by the rules of campaigns and plans: one Vietnamese sentence."""


class NoCampaign(CampaignError):
    """Neither the unit nor any unit above it has a campaign that year."""


class CampaignDiffers(CampaignError):
    """The campaign of that year stands already, with other dates."""


class PlanIsSigned(CampaignError):
    """A plan's words and targets stand from its signature on."""
