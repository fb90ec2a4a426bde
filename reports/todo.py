"""What waits in reports: drafts to send, questions to answer, reports to take in, papers."""

from django.urls import reverse

from committees.access import Permission
from committees.models import User
from committees.todo import Todo
from reports.models import Report


def waiting(user: User) -> list[Todo]:
    """The lines of reports on the home page; one counting query each, for who may act."""
    list_url = reverse("reports:report-list")
    lines = (
        ("dự thảo báo cáo chờ gửi số liệu", Permission.REPORT_SEND, _drafts, ""),
        ("báo cáo được cấp trên đề nghị rà soát", Permission.REPORT_SEND, _asked_again, ""),
        ("báo cáo cấp dưới chờ đối chiếu", Permission.REPORT_RECONCILE, _to_reconcile, "#cap-duoi"),
        ("báo cáo đã đối chiếu chờ ký", Permission.REPORT_ISSUE, _to_sign, ""),
        ("báo cáo đã ký chờ vào số", Permission.REPORT_ISSUE, _to_number, ""),
        ("báo cáo đã vào số chờ phát hành", Permission.REPORT_ISSUE, _to_issue, ""),
    )
    return [
        Todo(label, count(user, permission), f"{list_url}{anchor}", permission)
        for label, permission, count, anchor in lines
        if user.holds(permission)
    ]


def _mine(user: User, permission: Permission):
    return Report.objects.live().allowed(user, permission)


def _drafts(user: User, permission: Permission) -> int:
    return _mine(user, permission).filter(state=Report.State.DRAFT).count()


def _asked_again(user: User, permission: Permission) -> int:
    return _mine(user, permission).filter(state=Report.State.LOOK_AGAIN).count()


def _to_reconcile(user: User, _permission: Permission) -> int:
    return Report.objects.awaiting(user).count()


def _to_sign(user: User, permission: Permission) -> int:
    reconciled = _mine(user, permission).filter(state=Report.State.RECONCILED)
    return reconciled.filter(document__state="draft").count()


def _to_number(user: User, permission: Permission) -> int:
    return _mine(user, permission).filter(document__state="signed").count()


def _to_issue(user: User, permission: Permission) -> int:
    return _mine(user, permission).filter(document__state="numbered").count()
