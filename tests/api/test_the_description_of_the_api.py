"""The OpenAPI description, the page that shows it, and schemathesis asking everything in it."""

import os
from collections.abc import Iterator
from http import HTTPStatus

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from committees.tokens import issue_token
from households.models import Household, Member, PovertyList
from tests.api.asking import answer
from tests.factories.committees import make_district, make_user
from tests.factories.households import make_household, national_id

EXAMPLES = int(os.environ.get("API_EXAMPLES", "20"))  # of each operation
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def description() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def _described() -> schemathesis.BaseSchema:
    generation = GenerationConfig(deterministic=True, with_security_parameters=False)
    project = ProjectConfig(generation=generation)
    config = SchemathesisConfig(projects=ProjectsConfig(default=project))
    described = schemathesis.openapi.from_dict(description(), config=config)
    described.app = get_wsgi_application()
    return described


SCHEMA = _described()


def test_the_description_is_right_openapi():
    validate_schema(description())


def test_every_operation_names_itself_and_its_refusals():
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert {"401", "403"} <= set(operation["responses"]), (method, path)


def test_the_description_is_for_those_signed_in(client, program):
    data = answer(client.get("/api/schema/"))
    assert data["info"]["title"] == "Vì người nghèo"
    assert "/api/v1/households/" in data["paths"]


def test_the_page_loads_only_our_own_files(client, program):
    response = client.get("/api/docs/")
    assert response.status_code == 200
    assert "swagger-ui-bundle.js" in response.text
    assert "<script>" not in response.text
    assert "//" not in response.text.replace("<!doctype", "")


@pytest.fixture
def kept_connection(db) -> Iterator[None]:
    """The server leaves the test's connection open, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def asked_for(kept_connection) -> dict[str, object]:
    """An officer's key, and records of the own commune for every key of an address."""
    units = make_district()
    officer = make_user(("officer", units["commune1"]))
    for year in (2023, 2024):
        household = make_household(
            units["hamlet1_1"], year=year, number=national_id(year), birth_year=1970,
            phone="0909123456", ethnicity="Khơ-me",
        )  # fmt: skip
    make_household(units["hamlet2_1"], year=2023)
    _, key = issue_token(officer, name="schemathesis", days=1, by=officer)
    return {
        "key": key,
        "hamlet": units["hamlet1_1"].pk,
        "household_pk": household.pk,
        "person_pk": Member.objects.get(household=household).pk,
        "list_pk": PovertyList.objects.get(year=2024).pk,
    }


def test_an_address_that_is_none_answers_programs_in_json(client, program):
    response = client.get("/api/v1/household/")
    assert answer(response, 404) == {"detail": "Không có dữ liệu này, hoặc bạn không được xem."}
    assert "<html" in client.get("/khong-co/").text


def test_an_accident_answers_programs_in_json(client, program, monkeypatch):
    def fall(*_):
        raise RuntimeError

    monkeypatch.setattr("households.api.views.size_of", fall)
    client.raise_request_exception = False
    assert "Hệ thống gặp lỗi" in answer(client.get("/api/v1/households/"), 500)["detail"]


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_asked_the_answer_is_as_described(case, asked_for):
    _aim(case, asked_for)
    response = case.call(headers={"Authorization": f"Bearer {asked_for['key']}"})
    case.validate_response(response, checks=CHECKS)
    assert response.status_code != HTTPStatus.UNAUTHORIZED


def _aim(case: schemathesis.Case, asked_for: dict[str, object]) -> None:
    """Two of three at records that are there: a made-up key is nearly always 404."""
    for name, value in case.path_parameters.items():
        if isinstance(value, int) and value % 3:
            case.path_parameters[name] = asked_for[name]
    if not isinstance(case.body, dict):
        return
    if isinstance(case.body.get("hamlet"), int) and case.body["hamlet"] % 3:
        case.body["hamlet"] = asked_for["hamlet"]
    if isinstance(case.body.get("version"), int) and case.body["version"] % 3:
        household = Household.objects.get(pk=asked_for["household_pk"])
        case.body["version"] = household.version
