"""Who may do what, where: one table of roles, one decorator, one way to narrow rows.

Roles stand in this file only. Everything else asks for a permission named after an act.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse

if TYPE_CHECKING:
    from committees.models import Committee


class Role(models.TextChoices):
    OFFICER = "officer", "Cán bộ nhập liệu"
    STANDING = "standing", "Ban Thường trực"
    CLERK = "clerk", "Văn thư"
    ACCOUNTANT = "accountant", "Kế toán"
    CASHIER = "cashier", "Thủ quỹ"
    LEADER = "leader", "Lãnh đạo (xem)"
    AUDITOR = "auditor", "Giám sát"
    HAMLET = "hamlet", "Trưởng Ban Công tác Mặt trận"
    ADMIN = "admin", "Quản trị tổ chức, người dùng"


class Permission(StrEnum):
    HOME = "home"
    COMMITTEE_VIEW = "committee.view"
    USER_MANAGE = "user.manage"
    AUDIT_VIEW = "audit.view"

    HOUSEHOLD_VIEW = "household.view"
    HOUSEHOLD_EDIT = "household.edit"
    HOUSEHOLD_UNMASK = "household.unmask"
    HARDSHIP_PROPOSE = "hardship.propose"
    HARDSHIP_CONFIRM = "hardship.confirm"
    STANDARD_MANAGE = "standard.manage"

    CAMPAIGN_VIEW = "campaign.view"
    CAMPAIGN_MANAGE = "campaign.manage"
    PLAN_EDIT = "plan.edit"
    DOCUMENT_RECORD = "document.record"

    FUND_VIEW = "fund.view"
    VOUCHER_DRAFT = "voucher.draft"
    VOUCHER_POST = "voucher.post"
    SUPPORT_VIEW = "support.view"
    SUPPORT_PROPOSE = "support.propose"
    SUPPORT_DECIDE = "support.decide"

    HOUSE_VIEW = "house.view"
    HOUSE_PROPOSE = "house.propose"
    HOUSE_DECIDE = "house.decide"
    HOUSE_RECORD = "house.record"

    REPORT_VIEW = "report.view"
    REPORT_COMPILE = "report.compile"
    REPORT_EDIT = "report.edit"
    REPORT_SEND = "report.send"
    REPORT_RECONCILE = "report.reconcile"
    REPORT_ISSUE = "report.issue"

    JOB_VIEW = "job.view"


class Reach(StrEnum):
    """How far from the seat a permission carries."""

    OWN = "own"  # the committee and, below a commune, its hamlets
    BELOW = "below"  # everything under the committee, not the committee itself
    SUBTREE = "subtree"  # the committee and everything under it


_SEES = {
    Permission.HOME: Reach.OWN,
    Permission.COMMITTEE_VIEW: Reach.SUBTREE,
    Permission.HOUSEHOLD_VIEW: Reach.SUBTREE,
    Permission.CAMPAIGN_VIEW: Reach.SUBTREE,
    Permission.FUND_VIEW: Reach.SUBTREE,
    Permission.SUPPORT_VIEW: Reach.SUBTREE,
    Permission.HOUSE_VIEW: Reach.SUBTREE,
    Permission.REPORT_VIEW: Reach.SUBTREE,
    Permission.JOB_VIEW: Reach.OWN,
}

# What each role may do, and how far. Sources: architecture.md §7 and §11 "Access".
GRANTS: dict[Role, dict[Permission, Reach]] = {
    Role.OFFICER: _SEES
    | {
        Permission.HOUSEHOLD_EDIT: Reach.OWN,
        Permission.HOUSEHOLD_UNMASK: Reach.OWN,
        Permission.HARDSHIP_PROPOSE: Reach.OWN,
        Permission.PLAN_EDIT: Reach.OWN,
        Permission.VOUCHER_DRAFT: Reach.OWN,
        Permission.SUPPORT_PROPOSE: Reach.OWN,
        Permission.HOUSE_PROPOSE: Reach.OWN,
        Permission.HOUSE_RECORD: Reach.OWN,
        Permission.REPORT_COMPILE: Reach.OWN,
        Permission.REPORT_EDIT: Reach.OWN,
    },
    Role.STANDING: _SEES
    | {
        Permission.HOUSEHOLD_UNMASK: Reach.OWN,
        Permission.HARDSHIP_CONFIRM: Reach.OWN,
        Permission.STANDARD_MANAGE: Reach.OWN,
        Permission.CAMPAIGN_MANAGE: Reach.OWN,
        Permission.SUPPORT_DECIDE: Reach.OWN,
        Permission.HOUSE_DECIDE: Reach.BELOW,
        Permission.REPORT_SEND: Reach.OWN,
        Permission.REPORT_COMPILE: Reach.OWN,
        Permission.REPORT_EDIT: Reach.OWN,
        Permission.REPORT_RECONCILE: Reach.BELOW,
        Permission.AUDIT_VIEW: Reach.OWN,
    },
    Role.CLERK: _SEES | {Permission.DOCUMENT_RECORD: Reach.OWN, Permission.REPORT_ISSUE: Reach.OWN},
    Role.ACCOUNTANT: _SEES
    | {
        Permission.VOUCHER_DRAFT: Reach.OWN,
        Permission.VOUCHER_POST: Reach.OWN,
        Permission.SUPPORT_PROPOSE: Reach.OWN,
    },
    Role.CASHIER: {
        Permission.HOME: Reach.OWN,
        Permission.COMMITTEE_VIEW: Reach.SUBTREE,
        Permission.FUND_VIEW: Reach.OWN,
        Permission.SUPPORT_VIEW: Reach.OWN,
        Permission.JOB_VIEW: Reach.OWN,
    },
    Role.LEADER: _SEES,
    Role.AUDITOR: _SEES
    | {Permission.AUDIT_VIEW: Reach.SUBTREE, Permission.HOUSEHOLD_UNMASK: Reach.SUBTREE},
    Role.HAMLET: {
        Permission.HOME: Reach.OWN,
        Permission.COMMITTEE_VIEW: Reach.OWN,
        Permission.HOUSEHOLD_VIEW: Reach.OWN,
        Permission.HARDSHIP_PROPOSE: Reach.OWN,
        Permission.JOB_VIEW: Reach.OWN,
    },
    Role.ADMIN: {
        Permission.HOME: Reach.OWN,
        Permission.COMMITTEE_VIEW: Reach.SUBTREE,
        Permission.USER_MANAGE: Reach.SUBTREE,
        Permission.AUDIT_VIEW: Reach.SUBTREE,
        Permission.JOB_VIEW: Reach.OWN,
    },
}


def reach_of(reach: Reach, committee: "Committee", prefix: str) -> Q:
    """The filter on committees (behind ``prefix``) that one seat's reach stands for."""
    inside = Q(**{f"{prefix}path__startswith": committee.path})
    itself = Q(**{f"{prefix}path": committee.path})
    if reach == Reach.SUBTREE:
        return inside
    if reach == Reach.BELOW:
        return inside & ~itself
    if committee.level == "commune":
        return inside  # a commune's officers write for its hamlets
    return itself


def requires(permission: Permission) -> Callable:
    """Close a view to people who hold the permission nowhere in the tree (403)."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.holds(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.required_permission = permission
        return guarded

    return decorate
