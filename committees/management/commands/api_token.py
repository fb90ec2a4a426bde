"""api_token issue USERNAME --name TEXT [--days N] | list [USERNAME] | revoke ID."""

import json

from django.core.management.base import BaseCommand, CommandError

from committees.errors import CommitteeError
from committees.models import ApiToken, User
from committees.people import system_user
from committees.tokens import issue_token, revoke_token
from config.vietnamese.dates import format_date


class Command(BaseCommand):
    help = "Cấp, xem, thu hồi khóa truy cập API của một tài khoản (docs/api.md)."

    def add_arguments(self, parser):
        acts = parser.add_subparsers(dest="act", required=True)
        issue = acts.add_parser("issue", help="cấp khóa; khóa chỉ hiện một lần")
        issue.add_argument("username")
        issue.add_argument("--name", required=True, help="dùng cho phần mềm nào")
        issue.add_argument("--days", type=int, default=180, help="thời hạn, nhiều nhất 366")
        listing = acts.add_parser("list", help="các khóa còn dùng được và đã thu hồi")
        listing.add_argument("username", nargs="?")
        revoke = acts.add_parser("revoke", help="thu hồi ngay")
        revoke.add_argument("id", type=int)
        for act in (issue, listing, revoke):
            act.add_argument("--json", action="store_true")

    def handle(self, *args, act, **options):
        acts = {"issue": self._issue, "list": self._list, "revoke": self._revoke}
        try:
            answer, text = acts[act](**options)
        except CommitteeError as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else text)

    def _issue(self, username, name, days, **options):
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Không có tài khoản {username}.", returncode=1)
        token, text = issue_token(user, name=name, days=days, by=system_user())
        until = format_date(token.expires_on)
        said = f"Khóa {token.pk} của {user.username}, dùng đến hết ngày {until}:\n{text}"
        return _told(token) | {"token": text}, f"{said}\nHãy chép ngay: khóa không hiện lại."

    def _list(self, username=None, **options):
        tokens = ApiToken.objects.select_related("user")
        if username:
            tokens = tokens.filter(user__username=username)
        answer = [_told(token) for token in tokens]
        return answer, "\n".join(map(_line, answer)) or "Chưa cấp khóa nào."

    def _revoke(self, id, **options):
        token = ApiToken.objects.select_related("user").filter(pk=id).first()
        if token is None:
            raise CommandError(f"Không có khóa số {id}.", returncode=1)
        is_new = revoke_token(token, by=system_user())
        said = "Đã thu hồi" if is_new else "Đã thu hồi từ trước"
        return {"id": token.pk, "revoked": is_new}, f"{said} khóa {token}."


def _told(token: ApiToken) -> dict:
    return {
        "id": token.pk,
        "username": token.user.username,
        "name": token.name,
        "beginning": token.beginning,
        "expires_on": token.expires_on.isoformat(),
        "last_used_at": token.last_used_at and token.last_used_at.isoformat(),
        "revoked_at": token.revoked_at and token.revoked_at.isoformat(),
    }


def _line(told: dict) -> str:
    state = "đã thu hồi" if told["revoked_at"] else f"đến hết {told['expires_on']}"
    used = told["last_used_at"] or "chưa dùng"
    return (
        f"{told['id']}  {told['username']}  {told['name']} ({told['beginning']}…)  {state}  {used}"
    )
