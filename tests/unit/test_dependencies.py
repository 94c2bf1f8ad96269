"""The locks and the list of dependencies agree with pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def direct(group: str) -> set[str]:
    """Return the names pyproject.toml asks for, to run or in a group."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = (
        project["project"]["dependencies"]
        if group == "run"
        else project["dependency-groups"][group]
    )
    return {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0] for line in wanted}


def locked(lock: str) -> set[str]:
    return set(re.findall(r"(?m)^([a-z0-9.-]+)(?:\[\S+\])?==", (ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_holds_a_hash_for_every_package_and_no_place_to_get_it_from(lock: str) -> None:
    text = (ROOT / lock).read_text()
    packages = re.split(r"(?m)^(?=[a-z0-9])", text)[1:]

    assert packages
    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert not re.search(r"://|^\s*-(?!-hash=)|\s@\s", text, re.MULTILINE)


def test_lock_for_the_tests_holds_the_same_versions_as_the_one_for_running() -> None:
    versions = [
        set(re.findall(r"(?m)^([a-z0-9.-]+)(?:\[\S+\])?==(\S+)", (ROOT / lock).read_text()))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]

    assert versions[0]
    assert versions[0] <= versions[1]


@pytest.mark.parametrize(
    ("group", "lock"), [("run", "requirements.lock"), ("dev", "requirements-dev.lock")]
)
def test_lock_holds_every_dependency_of_the_project(group: str, lock: str) -> None:
    assert {name.replace(".", "-").lower() for name in direct(group)} <= locked(lock)


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text()
    explained = re.findall(r"(?m)^\| `([^`]+)` \|", text)

    assert sorted(explained) == sorted(direct("run") | direct("dev"))
