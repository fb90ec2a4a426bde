from campaigns.models.campaign import Campaign, Drive
from campaigns.models.donor import Donor
from campaigns.models.plan import Plan, PlanSection, Target

__all__ = ["Campaign", "Donor", "Drive", "Plan", "PlanSection", "Target"]
