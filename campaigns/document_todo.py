"""What waits at văn thư's: papers that are signed and have no number yet, or are not issued."""

from django.urls import reverse

from campaigns.models import Plan
from committees.access import Permission
from committees.models import Document, User
from committees.todo import Todo


def plans_waiting(user: User) -> list[Todo]:
    """Plans to number and to issue; one query."""
    plans = Plan.objects.allowed(user, Permission.DOCUMENT_RECORD)
    waiting = list(
        plans.filter(document__state__in=[Document.State.SIGNED, Document.State.NUMBERED])
        .values_list("document__state", "pk")
        .order_by("pk")[:1000]
    )
    return [
        Todo(label, len(found), _address(found), Permission.DOCUMENT_RECORD)
        for state, label in (
            (Document.State.SIGNED, "kế hoạch đã ký, chờ vào số"),
            (Document.State.NUMBERED, "kế hoạch đã vào số, chờ phát hành"),
        )
        if (found := [pk for at, pk in waiting if at == state])
    ]


def _address(found: list[int]) -> str:
    """The plan itself where there is one, else where all of them are."""
    if len(found) == 1:
        return reverse("campaigns:plan-detail", args=[found[0]])
    return reverse("campaigns:campaign-list")
