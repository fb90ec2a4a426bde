"""import_plan FILE --committee CODE@DATE --campaign YEAR: a plan as structured data (JSON)."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from campaigns.errors import CampaignError
from campaigns.models import Plan
from campaigns.plans import create_plan, refuse_gaps
from campaigns.queries import campaign_for
from campaigns.wording import print_plan
from committees import documents
from committees.errors import CommitteeError
from committees.lookup import committee_at
from committees.models import Committee, User
from committees.people import system_user


class Command(BaseCommand):
    help = "Nhập một kế hoạch từ tệp JSON; có số thì ghi nhận chữ ký, vào số và phát hành."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--committee", required=True, help="CODE@YYYY-MM-DD")
        parser.add_argument("--campaign", required=True, type=int, help="năm")
        parser.add_argument("--by", help="tên đăng nhập")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, file, committee, campaign, **options):
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            plan, created = self._import(data, committee, campaign, options["by"])
        except (OSError, ValueError) as error:
            raise CommandError(f"Không đọc được tệp {file}: {error}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"Tệp {file} không đúng mẫu kế hoạch: {error}") from error
        except (CommitteeError, CampaignError) as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        answer = {
            "committee": committee,
            "number": plan.document.number_text if plan.document.number else None,
            "changed": created,
            "already": not created,
            "message": f"Đã nhập {plan}." if created else f"{plan} đã có, không đổi gì.",
        }
        self.stdout.write(
            json.dumps(answer, ensure_ascii=False) if options["json"] else answer["message"]
        )

    @transaction.atomic
    def _import(self, data, place, year, username) -> tuple[Plan, bool]:
        unit = committee_at(place)
        standing = _standing(unit, year, data)
        if standing:
            return standing, False
        user = _user(username)
        plan = create_plan(data, committee=unit, campaign=campaign_for(unit, year), by=user)
        if data.get("number"):
            _enter(plan, data, by=user)
        return plan, True


def _standing(unit: Committee, year: int, data: dict) -> Plan | None:
    plans = Plan.objects.filter(committee=unit, campaign__year=year).select_related("document")
    if data.get("number"):
        number = documents.parse_number(data["number"])
        return plans.filter(document__number=number.number, document__year=year).first()
    return plans.filter(document__subject=data.get("subject", "")).first()


def _enter(plan: Plan, data: dict, *, by: User) -> None:
    """The steps of a paper that was signed, numbered and issued before it was typed in."""
    refuse_gaps(plan)
    signer, document = data["signer"], plan.document
    dated_on = date.fromisoformat(data["dated_on"])
    documents.record_signature(
        document,
        signer_name=signer["name"],
        signer_title=signer["title"],
        capacity=signer["capacity"],
        signed_on=date.fromisoformat(data.get("signed_on", data["dated_on"])),
        by=by,
    )
    documents.enter_number(document, number=data["number"], dated_on=dated_on, by=by)
    documents.issue(document, pdf=print_plan(plan), by=by)


def _user(username: str | None) -> User:
    if not username:
        return system_user()
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist:
        raise CampaignError(f"Không có người dùng {username}.") from None
