"""Keys for programs: given to a person's account, shown once, taken back at any time."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from committees import audit
from committees.errors import CommitteeError
from committees.models import ApiToken, User
from committees.users import home_of
from config import clock
from config.vietnamese.names import BadText, clean

SIGN = "vnn_"  # so that a key left in a file is recognised
LONGEST_DAYS = 366
NOTED_EVERY = timedelta(hours=1)


class TokenRefused(CommitteeError):
    """This key cannot be given; the sentence says why."""


@transaction.atomic
def issue_token(user: User, *, name: str, days: int, by: User) -> tuple[ApiToken, str]:
    """A new key for ``user``, good for ``days`` days; returns it with its text, shown only now.

    Raises ``TokenRefused`` for an account that cannot log in or without a name or a time.
    """
    if not user.is_active or user.is_system:
        raise TokenRefused(f"Tài khoản {user.username} không dùng để đăng nhập được.")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(f"Hãy cho khóa thời hạn từ 1 đến {LONGEST_DAYS} ngày.")
    try:
        name = clean(name, max_length=100)
    except BadText as refusal:
        raise TokenRefused(str(refusal)) from refusal
    if not name:
        raise TokenRefused("Hãy ghi khóa dùng cho phần mềm nào.")
    text = SIGN + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        digest=_digest(text),
        beginning=text[:10],
        created_by=by,
        expires_on=clock.today() + timedelta(days=days),
    )
    audit.record(
        "token.issued", token, by=by, committee=home_of(user), user=user.pk, name=name, days=days
    )
    return token, text


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> bool:
    """Take a key back: its next request is refused. False if it was taken back before."""
    taken = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=Now())
    if taken:
        audit.record("token.revoked", token, by=by, committee=home_of(token.user), name=token.name)
    return bool(taken)


def live_token(text: str) -> ApiToken | None:
    """The key that ``text`` is, if it is still good and its account may work; notes the use."""
    tokens = ApiToken.objects.select_related("user").filter(
        digest=_digest(text),
        revoked_at=None,
        expires_on__gte=clock.today(),
        user__is_active=True,
        user__must_change_password=False,
    )
    token = tokens.first()
    if token:
        seldom = Q(last_used_at=None) | Q(last_used_at__lt=Now() - NOTED_EVERY)
        ApiToken.objects.filter(seldom, pk=token.pk).update(last_used_at=Now())
    return token


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
