import json
import logging
import sys

import pytest

from config.logs import JsonLines, scrub


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("CCCD 099087123456 của ông Tám", "CCCD ••• của ông Tám"),
        ("CMND 301234567.", "CMND •••."),
        ("số099087123456", "số•••"),
        ("12 chữ số: 0990871234567", "12 chữ số: 0990871234567"),
        ("ngày 18/11/2023, 1.500.000 đ", "ngày 18/11/2023, 1.500.000 đ"),
    ],
    ids=["12 digits", "9 digits", "beside a letter", "13 digits", "dates and money"],
)
def test_numbers_of_citizens_never_reach_a_log(text, written):
    assert scrub(text) == written


def test_a_line_is_one_json_object_with_its_traceback_scrubbed():
    try:
        raise ValueError("không đọc được 099087123456")
    except ValueError:
        record = logging.LogRecord(
            "fund", logging.ERROR, __file__, 1, "hộ %s", ("099087123456",), sys.exc_info()
        )
    record.request_id = "abc"

    line = JsonLines().format(record)

    assert "\n" not in line
    assert "099087123456" not in line
    fields = json.loads(line)
    assert fields["message"] == "hộ •••"
    assert fields["request_id"] == "abc"
    assert "ValueError" in fields["exception"]


def test_each_request_is_logged_without_its_query(client, caplog):
    with caplog.at_level("INFO", logger="requests"):
        response = client.get("/healthz?q=Nguyễn+Văn+A")

    (record,) = (record for record in caplog.records if record.name == "requests")
    assert (record.path, record.status) == ("/healthz", 200)
    assert record.request_id == response["X-Request-Id"]
    assert "Nguy" not in JsonLines().format(record)
