import pytest

from committees import intake
from committees.errors import FileRefused
from committees.intake_rows import Verdict
from committees.models import AuditEvent, ImportedRow
from committees.people import system_user
from households.lists import alike
from households.models import (
    Classification,
    FormerCode,
    Household,
    Likeness,
    PovertyList,
    Transition,
)
from jobs.models import Job
from jobs.running import run
from tests.factories.committees import make_unit
from tests.factories.households import LABELS, household_list, make_household, national_id

pytestmark = pytest.mark.django_db

FIRST = {"Mã hộ": "H-0001"}
SECOND = {
    "Mã hộ": "H-0002", "Họ và tên chủ hộ": "Lê Văn Hai", "Giới tính": "Nam", "Ngày sinh": 1970,
    "Số CCCD": national_id(2),
}  # fmt: skip
MORE = [
    *LABELS, "Ngày cấp", "DTTS", "NCC", "Không có KNLĐ", "Nguyên nhân", "Nhu cầu",
    "Nơi ở hiện tại", "Diện tích nhà (m²)", "Loại nguồn nước", "Loại nhà tiêu",
    "Kết quả so năm trước",
]  # fmt: skip


@pytest.fixture
def commune():
    return make_unit("commune", "Xã Thử Nghiệm")


def understood(commune, *rows, **options):
    data = household_list(commune, *rows, **options)
    return intake.understand("households", data, name="ho.xlsx", committee=commune, day=None)


def imported(commune, *rows, **options):
    data = household_list(commune, *rows, **options)
    return intake.import_file(
        "households", data, name="ho.xlsx", committee=commune, by=system_user()
    )


def test_every_line_is_new_changed_or_the_same(commune):
    imported(commune, FIRST, SECOND, year=2023)
    third = {"Mã hộ": "H-0003", "Họ và tên chủ hộ": "Võ Ba", "Số CCCD": None}
    found = understood(
        commune, FIRST, SECOND | {"Số nhân khẩu": 3, "Điểm A": 120}, third, year=2024
    )
    assert [row.verdict for row in found.rows] == [Verdict.SAME, Verdict.CHANGED, Verdict.NEW]
    assert found.rows[1].changes == [
        ("Số nhân khẩu", "5", "3"),
        ("Điểm A", "110", "120"),
    ]
    assert found.verdicts() == {"new": 1, "changed": 1, "same": 1, "duplicate": 0, "error": 0}


def test_another_class_than_last_year_is_a_change(commune):
    imported(commune, FIRST, year=2023)
    found = understood(commune, FIRST | {"Phân loại": "Cận nghèo", "Điểm B": 20}, year=2024)
    assert found.rows[0].changes == [
        ("Phân loại", "Hộ nghèo", "Hộ cận nghèo"),
        ("Điểm B", "30", "20"),
    ]


def test_numbers_are_no_part_of_what_is_shown_of_a_change(commune):
    imported(commune, FIRST, year=2023)
    number = national_id(9, sex="female", year=1987)
    found = understood(commune, FIRST | {"Số CCCD": number}, year=2024)
    assert found.rows[0].changes == [("Số CCCD", "đã có số", "số trong tệp")]


def test_a_household_that_is_the_same_comes_to_the_list_and_nothing_else(commune):
    imported(commune, FIRST, SECOND, year=2023)
    events = AuditEvent.objects.count()
    batch = imported(commune, FIRST, year=2024)
    household = Household.objects.get(code="H-0001")
    assert household.version == 1
    assert household.classifications.filter(poverty_list__year=2024, kind="poor").exists()
    assert batch.summary["created"]["same"] == 1
    assert AuditEvent.objects.count() == events + 3  # list begun, household listed, import
    assert Transition.objects.get(household=household).code == "giu_nguyen"


def test_a_list_that_says_nothing_new_writes_nothing_down(commune):
    imported(commune, FIRST, year=2023)
    events = AuditEvent.objects.filter(object_type="households.household").count()
    batch = imported(commune, FIRST | {"STT": 7}, year=2023)
    assert batch.summary["verdicts"]["same"] == 1
    assert AuditEvent.objects.filter(object_type="households.household").count() == events
    assert Household.objects.get().version == 1


def test_what_became_of_each_line_is_kept(commune):
    imported(commune, FIRST, SECOND, year=2023)
    third = {"Mã hộ": "H-0003", "Họ và tên chủ hộ": "Võ Ba", "Số CCCD": None}
    batch = imported(commune, FIRST, SECOND | {"Số nhân khẩu": 3}, third, year=2024)
    kept = ImportedRow.objects.filter(batch=batch).values_list("sheet", "number", "verdict")
    assert list(kept) == [
        ("Danh sách", 5, "same"),
        ("Danh sách", 6, "changed"),
        ("Danh sách", 7, "new"),
    ]
    codes = Household.objects.in_bulk(ImportedRow.objects.values_list("record", flat=True))
    assert {row.code for row in codes.values()} == {"H-0001", "H-0002", "H-0003"}
    assert batch.transaction > 0


def test_the_same_code_or_number_twice_or_elsewhere_is_a_duplicate(commune):
    neighbour = make_unit("hamlet", parent=make_unit("commune", "Xã Bên Cạnh"))
    make_household(neighbour, number=national_id(2))
    found = understood(commune, FIRST, FIRST | {"Số CCCD": None}, SECOND)
    assert [row.verdict for row in found.rows] == [
        Verdict.NEW,
        Verdict.DUPLICATE,
        Verdict.DUPLICATE,
    ]
    assert found.elsewhere == [7]
    batch = intake.preview(
        "households",
        household_list(commune, SECOND),
        name="ho.xlsx",
        committee=commune,
        by=system_user(),
    )
    event = AuditEvent.objects.get(action="import.number_elsewhere")
    assert (event.object_id, event.detail) == (batch.pk, {"count": 1, "rows": [5]})


def test_lists_of_guessed_numbers_are_soon_refused(commune, monkeypatch):
    neighbour = make_unit("hamlet", parent=make_unit("commune", "Xã Bên Cạnh"))
    make_household(neighbour, number=national_id(2))
    monkeypatch.setattr(intake, "MOST_TOLD", 2)

    def upload(code):
        data = household_list(commune, SECOND | {"Mã hộ": code})
        return intake.preview(
            "households", data, name="ho.xlsx", committee=commune, by=system_user()
        )

    for code in ("H-1001", "H-1002"):
        upload(code)
    with pytest.raises(FileRefused, match="một giờ sau"):
        upload("H-1003")
    assert AuditEvent.objects.filter(action="import.number_elsewhere").count() == 2


def test_a_line_in_error_is_no_duplicate(commune):
    found = understood(commune, FIRST | {"Phân loại": None})
    assert found.rows[0].verdict == Verdict.ERROR


def test_a_former_code_means_its_household(commune):
    imported(commune, FIRST, year=2023)
    household = Household.objects.get()
    FormerCode.objects.create(commune=commune, code="CŨ-1", household=household, until="2023-12-31")
    found = understood(commune, FIRST | {"Mã hộ": "CŨ-1"}, year=2024)
    assert found.rows[0].verdict == Verdict.SAME
    both = understood(commune, FIRST, FIRST | {"Mã hộ": "CŨ-1", "Số CCCD": None}, year=2024)
    assert [row.verdict for row in both.rows] == [Verdict.SAME, Verdict.DUPLICATE]


def test_a_household_that_went_into_another_is_no_line_of_its_own(commune):
    imported(commune, FIRST, SECOND, year=2023)
    kept = Household.objects.get(code="H-0002")
    Household.objects.filter(code="H-0001").update(state="merged", merged_into=kept)
    found = understood(commune, FIRST, year=2024)
    assert found.rows[0].verdict == Verdict.ERROR
    assert "đã nhập vào hộ khác" in found.rows[0].findings[0].text


def test_the_optional_columns_are_kept(commune):
    imported(
        commune,
        FIRST
        | {
            "Dân tộc": "Ê đê",
            "Ngày cấp": "20/11/2021",
            "NCC": "x",
            "Không có KNLĐ": "x",
            "Nguyên nhân": "Không có vốn sản xuất, kinh doanh; Có người ốm đau, bệnh nặng, tai nạn",
            "Nhu cầu": "Vốn sản xuất; Nhà ở",
            "Nơi ở hiện tại": "Nhà con gái, Ấp 2",
            "Diện tích nhà (m²)": 45.5,
            "Loại nguồn nước": "Giếng khoan",
            "Loại nhà tiêu": "Tự hoại",
        },
        labels=MORE,
    )
    row = Household.objects.get()
    assert sorted(row.flags) == ["merit", "minority", "no_labour"]
    assert (row.causes, row.needs) == (["capital", "illness"], ["von", "nha_o"])
    assert (float(row.floor_area), row.water, row.latrine) == (45.5, "drilled_well", "septic")
    assert row.current_address == "Nhà con gái, Ấp 2"
    assert str(row.members.get().id_issued_on) == "2021-11-20"
    listed = row.classifications.get()
    assert (sorted(listed.flags), listed.causes) == (sorted(row.flags), row.causes)


def test_what_is_not_understood_of_them_is_a_warning(commune):
    found = understood(
        commune,
        FIRST | {"Nguyên nhân": "Xa chợ", "Loại nguồn nước": "Nước lạ", "Ngày cấp": "01/01/1980"},
        labels=MORE,
    )
    said = {(f.level, f.column) for f in found.rows[0].findings}
    assert said == {
        ("warning", "Nguyên nhân"),
        ("warning", "Loại nguồn nước"),
        ("warning", "Ngày cấp"),
    }


def test_what_officers_entered_stays_when_a_list_says_nothing_of_it(commune):
    imported(commune, FIRST, year=2023)
    Household.objects.update(flags=["merit"], needs=["hoc_bong"], causes=["land"], note="Neo đơn")
    imported(commune, FIRST | {"Số nhân khẩu": 2}, year=2024)
    row = Household.objects.get()
    assert (row.flags, row.needs, row.causes) == (["merit"], ["hoc_bong"], ["land"])
    listed = row.classifications.get(poverty_list__year=2024)
    assert (listed.flags, listed.causes) == (["merit"], ["land"])
    imported(commune, FIRST | {"Không có KNLĐ": "x", "Nhu cầu": "Nhà ở"}, labels=MORE, year=2024)
    row.refresh_from_db()
    assert (row.flags, row.needs) == (["merit", "no_labour"], ["hoc_bong", "nha_o"])


@pytest.mark.parametrize(
    ("said", "known", "warned"),
    [
        ("Cũ", True, False),
        ("Cũ", False, True),
        ("Phát sinh", True, True),
        ("Phát sinh", False, False),
        ("Thoát nghèo", True, True),
        ("Tái nghèo", False, True),
        ("Hộ lạ", True, True),
    ],
)
def test_what_the_list_says_of_last_year_is_compared_with_it(commune, said, known, warned):
    imported(commune, SECOND, *([FIRST] if known else []), year=2023)
    line = FIRST | {"Kết quả so năm trước": said}
    found = understood(commune, SECOND, line, labels=MORE, year=2024)
    columns = [f.column for f in found.rows[1].findings if f.level == "warning"]
    assert ("Kết quả so năm trước" in columns) is warned


def test_an_indicator_that_the_years_standard_does_not_have_is_an_error(commune):
    labels = [*LABELS, "Xử lý chất thải", "Việc làm"]
    line = FIRST | {"Xử lý chất thải": "x", "Việc làm": "x", "Điểm B": 10, "Phân loại": "Cận nghèo"}
    (row,) = understood(commune, line, labels=labels).rows
    errors = [f.text for f in row.findings if f.level == "error"]
    assert errors == [
        "Năm 2023 không có chỉ số “Xử lý chất thải”: hãy bỏ dấu x hoặc kiểm tra năm của danh sách."
    ]
    empty = understood(commune, line | {"Xử lý chất thải": None}, labels=labels)
    assert empty.rows[0].verdict == Verdict.NEW
    assert empty.rows[0].record.deprivations == ["viec_lam"]


def test_a_list_of_2021_has_its_own_indicators_and_points(commune):
    labels = [*LABELS, "Tiếp cận dịch vụ y tế", "BHYT"]
    labels = [{"Điểm A": "Điểm B1", "Điểm B": "Điểm B2"}.get(label, label) for label in labels]
    line = FIRST | {"Điểm B1": 110, "Điểm B2": 20, "Tiếp cận dịch vụ y tế": "x", "BHYT": "x"}
    (row,) = understood(commune, line, labels=labels, year=2021).rows
    assert row.verdict == Verdict.NEW
    assert sorted(row.record.deprivations) == ["bhyt", "dich_vu_y_te"]
    assert (row.record.income, row.record.deprivation) == (110, 20)


def test_a_class_that_the_points_do_not_give_is_a_warning_with_the_reason(commune):
    (row,) = understood(commune, FIRST | {"Phân loại": "Cận nghèo"}).rows
    (said,) = [f.text for f in row.findings]
    assert "điểm A 110 ≤ 140 và điểm B 30 ≥ 30 → hộ nghèo" in said
    assert row.verdict == Verdict.NEW


@pytest.mark.parametrize(
    "title",
    [
        "(Kèm theo Quyết định số 123/QĐ-UBND ngày 15/12/2022 của UBND xã)",
        "Quyết định số 123/QĐ-UBND ngày 15 tháng 12 năm 2022",
        "QUYẾT ĐỊNH SỐ: 123/QĐ–UBND, ngày 15-12-2022",
    ],
)
def test_the_decision_stands_in_the_titles(commune, title):
    titles = [f"UBND {commune.name}", "DANH SÁCH HỘ NGHÈO NĂM 2023", title]
    imported(commune, FIRST, titles=titles)
    kept = PovertyList.objects.get()
    assert (kept.decision_number, str(kept.decided_on)) == ("123/QĐ-UBND", "2022-12-15")
    assert AuditEvent.objects.filter(action="poverty_list.decided").count() == 1


def test_an_empty_decision_is_no_decision(commune):
    titles = [
        f"UBND {commune.name}",
        "DANH SÁCH HỘ NGHÈO NĂM 2023",
        "(Kèm theo Quyết định số … ngày … của UBND)",
    ]
    found = understood(commune, FIRST, titles=titles)
    assert found.answers == {"decision_number": "", "decided_on": ""}


def test_an_older_list_is_compared_with_its_own_year_alone(commune):
    imported(commune, SECOND, year=2024)
    found = understood(commune, SECOND | {"Số nhân khẩu": 9}, year=2023)
    assert found.rows[0].changes == [("Phân loại", "chưa có", "Hộ nghèo")]
    imported(commune, SECOND | {"Số nhân khẩu": 9}, year=2023)
    assert Household.objects.get().members_declared == 5
    assert Classification.objects.get(poverty_list__year=2023).members_declared == 9


@pytest.mark.django_db(transaction=True)
def test_of_a_very_long_list_a_job_looks_for_pairs(commune, monkeypatch):
    monkeypatch.setattr(alike, "AT_ONCE", 1)
    imported(commune, FIRST, SECOND | {"Họ và tên chủ hộ": "Đặng Thị Thử", "Ngày sinh": 1987})
    assert not Likeness.objects.exists()
    job = Job.objects.get(kind=alike.FIND_ALIKE)
    assert run(job.pk)
    job.refresh_from_db()
    assert job.result == {"pairs": Likeness.objects.count()}
