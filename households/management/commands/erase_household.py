import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from committees.access import Permission
from committees.errors import CommitteeError
from committees.lookup import committee_at
from committees.models import ImportBatch, User
from households.errors import HouseholdError
from households.models import Household, Member
from households.privacy.erasing import erase_household, erase_member
from households.privacy.expiring import forget_file
from households.privacy.retention import UPLOADS_KEPT

WORDS = {
    "households": "hộ", "members": "thành viên", "cases": "hồ sơ khó khăn",
    "transitions": "lời ghi ở diễn biến", "remarks": "kiến nghị", "moves": "lần chuyển",
    "merges": "lần nhập hộ", "likenesses": "cặp nghi trùng", "codes": "mã cũ",
    "findings": "nhận xét khi nhập", "history": "dòng lịch sử", "welfare": "tên nhận an sinh",
    "houses": "hồ sơ nhà",
}  # fmt: skip


class Command(BaseCommand):
    """Erase a household, or one person of it: says what would go; ``--commit`` does it.

    Vouchers, supports and figures stay. Files that the household came with are listed;
    ``--files`` removes their content at once.
    """

    help = "Xóa dữ liệu cá nhân của một hộ (hoặc một thành viên), giữ chứng từ và số liệu"

    def add_arguments(self, parser):
        parser.add_argument("--household", required=True, help="MÃ_HỘ@MÃ_XÃ@NĂM-THÁNG-NGÀY")
        parser.add_argument("--member", type=int, help="chỉ xóa thành viên có số này")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--by", required=True, help="tên đăng nhập của người quyết định")
        parser.add_argument("--files", action="store_true", help="bỏ cả nội dung tệp đã nhập")
        parser.add_argument("--commit", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, **options):
        try:
            household = _household(options["household"])
            answer = self._erase(household, _decider(options["by"], household), options)
        except (HouseholdError, CommitteeError) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._tell(answer)

    @transaction.atomic
    def _erase(self, household: Household, by: User, options: dict) -> dict:
        people = household.members.order_by("-is_head", "pk")
        answer = {
            "household": household.code,
            "committed": options["commit"],
            "people": [{"id": one.pk, "relation": one.relation} for one in people],
        }
        if options["member"] is None:
            erased = erase_household(household, reason=options["reason"], by=by)
        else:
            member = Member.objects.filter(household=household, pk=options["member"]).first()
            if member is None:
                raise CommandError("Hộ không có thành viên mang số này: hãy xem danh sách của hộ.")
            erased = erase_member(member, reason=options["reason"], by=by)
        batches = ImportBatch.objects.filter(pk__in=erased.batches, file__removed_at=None)
        batches = list(batches.select_related("file", "committee").order_by("pk"))
        answer["erased"] = erased.counts
        answer["files"] = [_file(batch) for batch in batches]
        if options["files"]:
            for batch in batches:
                forget_file(batch, by=by)
        transaction.set_rollback(not options["commit"])
        return answer

    def _tell(self, answer: dict) -> None:
        for person in answer["people"]:
            self.stdout.write(f"  thành viên {person['id']}: {person['relation'] or '–'}")
        for name, count in answer["erased"].items():
            self.stdout.write(f"  {WORDS.get(name, name)}: {count}")
        for file in answer["files"]:
            self.stdout.write(
                f"  còn trong tệp “{file['name']}” (lần nhập {file['batch']}),"
                f" tự bỏ sau {file['until']}"
            )
        done = "Đã xóa." if answer["committed"] else "Chưa xóa gì; thêm --commit để xóa."
        self.stdout.write(done)


def _household(text: str) -> Household:
    """The household of CODE@COMMUNE@DATE."""
    code, _, place = text.partition("@")
    commune = committee_at(place)
    household = Household.objects.filter(commune=commune, code=code.strip()).first()
    if household is None:
        raise CommandError(f"{commune} không có hộ mã {code}: hãy kiểm tra lại mã hộ.")
    return household


def _decider(username: str, household: Household) -> User:
    """The person who answers for it: somebody who may see the household's numbers whole."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.may(Permission.HOUSEHOLD_UNMASK, household.hamlet):
        raise CommandError(
            f"{username} không phải người được xem đầy đủ hộ này: hãy ghi tên đăng nhập của người"
            " quyết định xóa (Ban Thường trực, cán bộ của xã)."
        )
    return user


def _file(batch: ImportBatch) -> dict:
    until = (batch.committed_at or batch.uploaded_at) + UPLOADS_KEPT
    return {"batch": batch.pk, "name": batch.file.name, "until": f"{until:%d/%m/%Y}"}
