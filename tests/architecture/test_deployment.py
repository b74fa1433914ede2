"""The compose file, the settings and the operators' manual speak of the same variables."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
MANUAL = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
OF_THE_TESTS = "SOCIALVALUE_TEST_"


def variables(text: str) -> set[str]:
    """Return the settings that a text names."""
    return {name for name in re.findall(r"\bSOCIALVALUE_[A-Z0-9_]+", text) if not name.startswith(OF_THE_TESTS)}


def read_by_the_code() -> set[str]:
    """Return the variables that the code reads from the environment."""
    files = [*(ROOT / "socialvalue").rglob("*.py")]
    calls = r"environment\.\w+\(\s*[\"'](SOCIALVALUE_[A-Z0-9_]+)"
    found = {name for file in files for name in re.findall(calls, file.read_text(encoding="utf-8"))}
    return {name for name in found if not name.startswith(OF_THE_TESTS)}


def test_the_manual_tells_of_every_variable_and_of_no_other() -> None:
    of_compose_alone = {"SOCIALVALUE_LISTEN", "SOCIALVALUE_WORKERS"}
    assert variables(MANUAL) == read_by_the_code() | of_compose_alone


def test_the_compose_file_sets_only_what_the_code_reads() -> None:
    settings = {name for service in SERVICES.values() for name in service.get("environment", {})}
    assert {name for name in settings if name.startswith("SOCIALVALUE_")} <= read_by_the_code()


@pytest.mark.parametrize(
    "secret", ["SOCIALVALUE_SECRET_KEY", "SOCIALVALUE_ALLOWED_HOSTS", "POSTGRES_PASSWORD", "REDIS_PASSWORD"]
)
def test_nothing_starts_without_its_secrets(secret: str) -> None:
    assert re.search(rf"\${{{secret}:\?[^}}]+}}", COMPOSE)
    assert not re.search(rf"\${{{secret}(:-[^}}]*)?}}", COMPOSE)


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_process_is_watched_and_has_few_rights(name: str) -> None:
    service = SERVICES[name]
    assert service["healthcheck"]["test"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_database_and_files_outlive_the_containers() -> None:
    assert "database:/var/lib/postgresql/data" in SERVICES["database"]["volumes"]
    assert "files:/var/lib/socialvalue" in SERVICES["web"]["volumes"]
    assert SERVICES["web"]["volumes"] == SERVICES["worker"]["volumes"]


def test_a_worker_is_given_the_time_to_finish_a_report() -> None:
    base = (ROOT / "socialvalue" / "settings" / "base.py").read_text(encoding="utf-8")
    limit = re.search(r"^CELERY_TASK_TIME_LIMIT = (\d+)$", base, re.MULTILINE)
    assert limit
    assert SERVICES["worker"]["stop_grace_period"] == f"{int(limit[1]) // 60}m"


def test_the_image_runs_as_nobody_in_particular() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    stages = image.split("\nFROM ")
    assert "\nUSER 10001\n" in stages[-1]
    assert "HEALTHCHECK" in stages[-1]
    assert "--require-hashes -r requirements/production.txt" in image
