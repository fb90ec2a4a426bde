import json
import time

from django.core.management.base import BaseCommand, CommandError

from committees.errors import CommitteeError
from config.vietnamese.amounts import grouped
from households.scale.readers import make_readers
from households.scale.seeding import HOUSEHOLDS, seed

PROVINCES = 34


class Command(BaseCommand):
    """The registry of a whole nation, made up, for measuring; never beside real households."""

    help = "Tạo sổ hộ giả cỡ toàn quốc (1,3 triệu hộ) trong một cơ sở dữ liệu riêng để đo tốc độ"

    def add_arguments(self, parser):
        parser.add_argument("--provinces", type=int, default=PROVINCES, metavar="N")
        parser.add_argument(
            "--households", type=int, default=HOUSEHOLDS, metavar="N", help="trung bình mỗi xã"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args, provinces, households, **options):
        if provinces < 1 or households < 1:
            raise CommandError("Số tỉnh và số hộ phải từ 1 trở lên.")
        started = time.monotonic()
        try:
            counts = seed(provinces, households=households)
        except CommitteeError as refusal:
            raise CommandError(str(refusal)) from refusal
        seconds = round(time.monotonic() - started, 1)
        readers = [
            {"username": reader.username, "path": reader.place.path, "code": reader.code}
            for reader in make_readers()
        ]
        if options["json"]:
            answer = {"rows": counts, "readers": readers, "seconds": seconds}
            self.stdout.write(json.dumps(answer))
        else:
            self.stdout.write(
                f"Có {grouped(counts['household'])} hộ, {grouped(counts['member'])} người,"
                f" {grouped(counts['classification'])} dòng danh sách ({seconds} giây)."
                f" Đăng nhập: {', '.join(reader['username'] for reader in readers)}."
            )
