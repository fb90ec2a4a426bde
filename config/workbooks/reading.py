"""The public door to a spreadsheet: bytes in, cells out, or one sentence why not."""

import json
import logging
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

from config.vietnamese.text import clean_file_name
from config.workbooks.cells import Cell, CellError, EmptyFormula, Sheet, Workbook
from config.workbooks.errors import UnreadableFile
from config.workbooks.kinds import damaged, kind_of
from config.workbooks.macros import may_have_macros

logger = logging.getLogger(__name__)

PROJECT = Path(__file__).parents[2]
WALL_SECONDS = 60
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")


def read_workbook(data: bytes, *, filename: str, max_rows: int = 20_000) -> Workbook:
    """Visible sheets of an .xlsx, .xlsm, .xlsb, .xls, .ods or text (CSV) file, as values.

    Raises UnreadableFile for anything else, for files that are damaged, protected, made to
    hurt, too large, empty, or hold more than `max_rows` filled rows in a sheet.
    """
    kind_of(data)
    answer = json.loads(_ask_child(data, str(max_rows)))
    if "refusal" in answer:
        raise UnreadableFile(answer["refusal"])
    sheets = [_sheet(sheet) for sheet in answer["sheets"] if sheet["rows"]]
    if not sheets:
        raise UnreadableFile("Tệp không có dữ liệu ở trang nào đang hiện: hãy kiểm tra lại tệp.")
    return Workbook(clean_file_name(filename), sheets, answer["warnings"])


def kept_form(data: bytes) -> bytes:
    """The bytes that may be stored: without macros; a file without any stays as it is.

    The same file always gives the same bytes. Raises UnreadableFile as `read_workbook` does.
    """
    kind_of(data)
    if not may_have_macros(data):
        return data
    kept = _ask_child(data, "--kept")
    if kept.startswith(b'{"refusal"'):
        raise UnreadableFile(json.loads(kept)["refusal"])
    return kept


def _ask_child(data: bytes, what: str) -> bytes:
    environment = {key: os.environ[key] for key in KEPT_ENVIRONMENT if key in os.environ}
    try:
        child = subprocess.run(
            [sys.executable, "-s", "-m", "config.workbooks.child", what],
            input=data,
            capture_output=True,
            timeout=WALL_SECONDS,
            cwd=PROJECT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_heavy() from None
    if child.returncode < 0:
        raise _too_heavy()
    if child.returncode:
        # A panic of the parser, or an installation that cannot even start the child.
        logger.warning(
            "reading a workbook failed: %s", child.stderr[-500:].decode(errors="replace")
        )
        raise damaged()
    return child.stdout


def _too_heavy() -> UnreadableFile:
    return UnreadableFile(
        "Tệp quá nặng, không đọc được trong giới hạn: hãy chép riêng danh sách sang tệp mới."
    )


def _sheet(read: dict) -> Sheet:
    return Sheet(
        name=read["name"],
        rows=[[_cell(c) if type(c) is list else c for c in row] for row in read["rows"]],
        hidden_rows=read["hidden_rows"],
        merged=[tuple(span) for span in read["merged"]],
        fonts=[tuple(run) for run in read["fonts"]],
        warnings=read["warnings"],
    )


def _cell(tagged: list) -> Cell:
    tag = tagged[0]
    if tag == "d":
        return date.fromisoformat(tagged[1])
    if tag == "t":
        return datetime.fromisoformat(tagged[1])
    return EmptyFormula() if tag == "f" else CellError(tagged[1])
