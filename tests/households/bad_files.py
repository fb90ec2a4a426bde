"""Household lists as they should not be, and what the import command makes of them.

The catalogue numbers (A1, B3, …) in the tests are those of the list of bad inputs that the
product promises to answer: R the file is refused, E a row is in error, W a warning, N the
value is put right and shown.
"""

import json
from io import StringIO

from django.core.management import CommandError, call_command

from committees.models import Committee, ImportBatch, StoredFile
from households.models import Classification, Household, Member
from tests.factories.households import GOOD, LABELS, national_id

LONGEST_SECONDS = 10


def rows_of(commune, *lines, labels=LABELS, year=2023):
    """The sheet of a list: two titles, a gap, the header, each line GOOD with some changes."""
    titles = [
        [f"ỦY BAN MTTQ VIỆT NAM {commune.name.upper()}"],
        [f"DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {year}"],
        [],
    ]
    cells = [GOOD | {"STT": number} | line for number, line in enumerate(lines, start=1)]
    return [*titles, list(labels), *([line.get(label) for label in labels] for line in cells)]


def two_lines(commune, **options):
    """A list without any fault."""
    return rows_of(commune, {}, OTHER, **options)


OTHER = {
    "Mã hộ": "H-0002", "Họ và tên chủ hộ": "Lê Văn Đức", "Giới tính": "Nam", "Ngày sinh": 1970,
    "Số CCCD": national_id(2), "Thôn/ấp": "Ấp Mỹ Đức",
}  # fmt: skip


def as_text(rows, delimiter=";", end="\r\n"):
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return "".join(delimiter.join(row) + end for row in cells)


def tried(data, commune, folder, *options, name="ho.xlsx"):
    """What the command answers with --commit, and its exit code."""
    file = folder / name
    file.write_bytes(data)
    out, code = StringIO(), 0
    place = f"{commune.code}@2023-10-17"
    try:
        call_command("import_households", str(file), "--committee", place, "--commit", "--json",
                     *options, stdout=out)  # fmt: skip
    except CommandError as refusal:
        code = refusal.returncode
    answer = json.loads(out.getvalue())
    assert answer["seconds"] <= LONGEST_SECONDS
    return answer, code


def written():
    """Everything an import could leave behind."""
    hamlets = Committee.objects.filter(level=Committee.Level.HAMLET)
    models = (Household, Member, Classification, ImportBatch, StoredFile)
    return [model.objects.count() for model in models] + [hamlets.count()]


def refusal_of(data, commune, folder, name="ho.xlsx"):
    """The one sentence of a file that is refused; nothing is written."""
    before = written()
    answer, code = tried(data, commune, folder, name=name)
    assert (code, answer["committed"], written()) == (1, False, before)
    assert "ãy" in answer["message"], "the sentence says what to do"
    return answer["message"]


def warnings_of(data, commune, folder, *, households=2, name="ho.xlsx"):
    """The warnings of a file that is taken, with so many households."""
    answer, code = tried(data, commune, folder, name=name)
    assert (code, answer["committed"]) == (0, True), answer
    assert answer["new"] == households == Household.objects.filter(commune=commune).count()
    return [warning["message"] for warning in answer["warnings"]]


def errors_of(data, commune, folder):
    """(row, column, sentence) of the errors of a file; nothing is written."""
    before = written()
    answer, code = tried(data, commune, folder)
    assert (code, answer["committed"], written()) == (1, False, before)
    assert answer["errors"], answer["message"]
    return [(error["row"], error["column"], error["message"]) for error in answer["errors"]]
