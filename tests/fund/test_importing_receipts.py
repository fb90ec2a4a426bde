import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Sum

from committees import intake
from committees.errors import AlreadyImported
from committees.models import ImportBatch
from committees.people import system_user
from fund.models import Entry, Fund, GoodsLot, Receipt, Voucher
from tests.factories.committees import make_unit

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "demo/thu-thua-2023/quy-thu").glob("*.xlsx"))
EXPECTED = json.loads((ROOT / "tests/data/thu-thua-2023-expected.json").read_text())
PLACES = EXPECTED["communes"] | EXPECTED["own"]
FIRST, LAST = map(date.fromisoformat, EXPECTED["window"])

pytestmark = pytest.mark.django_db


def _unit(code: str):
    name = PLACES[code]["name"]
    level = "district" if name.startswith("Huyện") else "commune"
    return make_unit(level, name, code=code)


def _import(path: Path):
    committee = _unit(path.name.split("-")[0])
    return intake.import_file(
        "receipts", path.read_bytes(), name=path.name, committee=committee, by=system_user()
    )


def _sum(rows, **conditions) -> int:
    return rows.filter(**conditions).aggregate(total=Sum("amount"))["total"] or 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_list_of_the_sample_gives_the_known_figures(path):
    batch = _import(path)
    truth = PLACES[batch.committee.code]
    receipts = Receipt.objects.standing().filter(voucher__fund__committee=batch.committee)
    inside = receipts.filter(voucher__date__range=(FIRST, LAST))
    after = receipts.filter(voucher__date__gt=LAST)
    assert {
        "received_cash": _sum(inside, form="cash"),
        "received_bank": _sum(inside, form="bank"),
        "received_goods": _sum(inside, form="goods"),
        "received_total": _sum(inside),
        "receipts": inside.count(),
        "receipts_after_window": after.count(),
        "received_after_window": _sum(after),
    } == {key: truth[key] for key in truth if key.startswith("recei")}
    assert batch.errors == 0


def test_the_lists_of_all_thirteen_units_are_there():
    assert len(FILES) == 13
    assert {path.name.split("-")[0] for path in FILES} == set(PLACES)


def test_an_imported_list_stands_in_the_books():
    batch = _import(FILES[0])
    vouchers = Voucher.objects.filter(batch=batch).order_by("kind", "number")
    money = [v for v in vouchers if v.kind == "receipt"]
    assert [v.number for v in money] == list(range(1, len(money) + 1))
    assert [v.date for v in money] == sorted(v.date for v in money)
    assert Entry.objects.aggregate(total=Sum("amount"))["total"] == 0
    for lot in GoodsLot.objects.select_related("receipt"):
        assert lot.quantity * lot.unit_value == lot.receipt.amount
    assert batch.summary["created"]["receipts"] == vouchers.count()


def test_a_missing_fund_is_made_and_told():
    batch = _import(FILES[0])
    assert batch.summary["created"]["funds"] == 1
    assert batch.summary["creates"]["funds"] == [
        "Quỹ “Vì người nghèo” Thị trấn Thủ Thừa: các tài khoản mở với số dư 0 đ"
    ]
    assert Fund.objects.get().accounts.count() == 7


def test_the_same_bytes_go_in_once():
    batch = _import(FILES[0])
    with pytest.raises(AlreadyImported, match="Tệp này đã nhập"):
        intake.preview(
            "receipts",
            FILES[0].read_bytes(),
            name="ten-khac.xlsx",
            committee=batch.committee,
            by=system_user(),
        )


def test_the_command_previews_commits_and_repeats_quietly():
    unit = _unit("28051")
    path = next(path for path in FILES if path.name.startswith("28051"))

    def run(*flags: str) -> dict:
        out = StringIO()
        place = f"{unit.code}@2023-11-18"
        call_command(
            "import_receipts", str(path), "--committee", place, "--json", *flags, stdout=out
        )
        return json.loads(out.getvalue())

    assert run()["committed"] is False
    assert Voucher.objects.count() == 0
    first = run("--commit")
    assert (first["committed"], first["errors"]) == (True, [])
    assert first["created"]["receipts"] == first["accepted"] == first["rows"]
    second = run("--commit")
    assert (second["already"], second["committed"]) == (True, False)
    assert Voucher.objects.count() == first["rows"]


def test_the_list_of_another_commune_is_refused(tmp_path):
    unit = make_unit("commune", "Xã Mỹ Thạnh Đông")
    path = next(path for path in FILES if path.name.startswith("28051"))
    with pytest.raises(CommandError, match="không ghi “Xã Mỹ Thạnh Đông”"):
        call_command(
            "import_receipts", str(path), "--committee", f"{unit.code}@2023-11-18", "--commit"
        )
    assert ImportBatch.objects.count() == 0
