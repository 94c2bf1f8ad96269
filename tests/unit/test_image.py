"""The image: what goes into it and what stays outside."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions and their arguments, continued lines joined."""
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / "Dockerfile").read_text()).replace("\\\n", " ")
    return [
        (name, rest)
        for name, _, rest in (line.strip().partition(" ") for line in text.splitlines())
        if name
    ]


def arguments(name: str) -> list[str]:
    return [rest for found, rest in instructions() if found == name]


def copied() -> list[str]:
    """Return what is copied from this repository."""
    return [
        source
        for rest in arguments("COPY")
        if not rest.startswith("--from=")
        for source in rest.split()[:-1]
    ]


def let_through() -> set[str]:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    return {line.removeprefix("!") for line in lines if line.startswith("!")}


def test_everything_copied_is_there() -> None:
    assert copied()
    assert [source for source in copied() if not (ROOT / source).exists()] == []


def test_dockerignore_lets_through_what_is_copied_and_nothing_else() -> None:
    assert "*" in (ROOT / ".dockerignore").read_text().splitlines()
    assert let_through() == set(copied())


@pytest.mark.parametrize("outside", ["sandbox", "tests", "docs", "bench", ".env", "data", "."])
def test_image_leaves_out(outside: str) -> None:
    assert outside not in copied()


def test_packages_are_checked_by_their_hashes() -> None:
    (install,) = [rest for rest in arguments("RUN") if "pip install" in rest]

    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    assert "requirements.lock" in install


def test_pythons_own_library_is_compiled_too() -> None:
    """The base leaves its byte code out, and a process that can write nowhere never keeps any."""
    (compiled,) = [rest for rest in arguments("RUN") if "compileall" in rest]

    assert "compileall -q bot db" in compiled
    assert 'sysconfig.get_path("stdlib")' in compiled


def test_base_is_one_pinned_version() -> None:
    bases = {rest.split()[0] for rest in arguments("FROM")}

    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", bases.pop())


def test_bot_runs_as_a_numbered_user_who_is_not_root() -> None:
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", arguments("USER")[-1])


def test_health_is_asked_where_the_bot_answers() -> None:
    (port,) = re.findall(r"OPS_PORT=(\d+)", " ".join(arguments("ENV")))
    (check,) = arguments("HEALTHCHECK")

    assert int(port) > 1024
    assert "/healthz" in check
    assert "OPS_PORT" in check


def test_image_starts_the_bot_itself() -> None:
    assert arguments("CMD") == ['["python", "-m", "bot", "run"]']
