"""The plan 50/KH-MTTQ-BTT of Thủ Thừa, entered as data, reads like the paper it came from."""

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import Plan
from campaigns.wording import print_plan
from tests.documents import reading_pdf as ruler
from tests.factories.campaigns import SAMPLE, make_campaign, make_plan
from tests.factories.committees import make_unit

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).with_name("ke-hoach-50-KH-MTTQ-BTT.txt")
PARAGRAPHS = [line.strip() for line in SOURCE.read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    """One space between words; hyphens without (the source writes "Độc lập- Tự do- ")."""
    return re.sub(r"\s*-\s*", "-", " ".join(text.split()))


def read_back(pdf: bytes) -> str:
    body = [line for line in ruler.lines(pdf) if not (line.page > 1 and line.bottom < 20)]
    return plain(" ".join(line.text for line in body))


def import_sample(**changes) -> dict:
    out = io.StringIO()
    options = {"committee": "804@2023-10-16", "campaign": 2023, "json": True} | changes
    call_command("import_plan", SAMPLE, stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.fixture
def district():
    province = make_unit("province", "Tỉnh Long An", code="80")
    make_campaign(province)
    return make_unit("district", "Huyện Thủ Thừa", code="804", parent=province)


def test_every_paragraph_of_the_source_is_printed_in_its_order(district, tmp_path):
    import_sample()
    out = tmp_path / "ke-hoach.pdf"
    call_command(
        "print_plan",
        number="50/KH-MTTQ-BTT",
        committee="804@2023-10-16",
        out=out,
        stdout=io.StringIO(),
    )
    text = read_back(out.read_bytes())
    missing = [p for p in PARAGRAPHS if p and plain(p) not in text]
    assert missing == []
    body = [plain(p) for p in PARAGRAPHS if p]
    body = body[body.index(plain("KẾ HOẠCH")) : body.index("Nơi nhận:")]
    places = [text.index(p) for p in body if text.count(p) == 1]
    assert places == sorted(places)
    assert len(places) > 25


def test_its_fields_are_data(district):
    import_sample()
    plan = Plan.objects.get()
    assert plan.document.number_text == "50/KH-MTTQ-BTT"
    assert (plan.document.dated_on, plan.document.place) == (date(2023, 10, 16), "Thủ Thừa")
    assert (plan.upper_number, plan.upper_on) == ("158/KH-MTTQ-BTT", date(2023, 10, 13))
    assert list(plan.targets.values_list("indicator", "quantity", "unit")) == [("houses", 7, "căn")]
    assert plan.sections.filter(kind="part").count() == 3
    assert plan.sections.filter(kind="clause").count() == 8
    assert len(plan.recipients) == 8
    assert plan.document.signer_name == "Trần Thị Tím"
    assert plan.document.state == "issued"


def test_importing_it_twice_changes_nothing_and_says_so(district):
    assert import_sample()["changed"]
    again = import_sample()
    assert (again["changed"], again["already"]) == (False, True)
    assert Plan.objects.count() == 1


def test_what_was_issued_is_printed_from_what_was_kept(district, tmp_path):
    import_sample()
    plan = Plan.objects.get()
    out = tmp_path / "a.pdf"
    call_command(
        "print_plan",
        number="50/KH-MTTQ-BTT",
        committee="804@2023-10-16",
        out=out,
        stdout=io.StringIO(),
    )
    assert out.read_bytes() == print_plan(plan)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("51/KH-MTTQ-BTT", "không có kế hoạch số 51"), ("năm mươi", "không phải số văn bản")],
)
def test_a_number_that_is_not_there_is_one_sentence_and_exit_1(
    district, tmp_path, number, sentence
):
    import_sample()
    with pytest.raises(CommandError, match=sentence) as refused:
        call_command(
            "print_plan", number=number, committee="804@2023-10-16", out=tmp_path / "a.pdf"
        )
    assert refused.value.returncode == 1
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "Không đọc được tệp"),
        ("[]", "không đúng mẫu"),
        ('{"subject": "a", "sections": [{"text": "b"}]}', "không đúng mẫu"),
        ('{"subject": ""}', "Hãy ghi trích yếu"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_and_nothing_is_written(
    district, tmp_path, content, sentence
):
    broken = tmp_path / "a.json"
    broken.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=sentence):
        call_command("import_plan", broken, committee="804@2023-10-16", campaign=2023)
    assert not Plan.objects.exists()


def test_a_draft_shows_a_blank_number_and_day():
    pdf = print_plan(make_plan())
    assert ruler.line(pdf, "Số:").text == "Số: /KH-MTTQ-BTT"
    assert ruler.line(pdf, "Thủ Thừa,").text == "Thủ Thừa, ngày tháng năm 2023"
