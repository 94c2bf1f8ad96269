"""The command line as a person types it: in this process, or in one of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from bot.__main__ import main
from tests.logbook import logging_restored

ROOT = Path(__file__).parents[1]
HEAVY = (
    *("aiogram", "aiohttp", "alembic", "apscheduler", "playwright", "sandbox"),
    *("PIL", "reportlab", "segno", "xlsxwriter"),
)
# Runs a command; the last line of standard error tells its seconds of CPU and what it loaded.
_WATCHED = f"""
import resource, runpy, sys
try:
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
except SystemExit as end:
    used = resource.getrusage(resource.RUSAGE_SELF)
    heavy = [name for name in {HEAVY} if name in sys.modules]
    print(used.ru_utime + used.ru_stime, *heavy, file=sys.stderr)
    raise
"""
_LOADING = """
import resource, sys
__import__(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime)
"""


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


@contextmanager
def _umask_restored() -> Iterator[None]:
    before = os.umask(0o022)  # the usual one, whatever the tests were started with
    try:
        yield
    finally:
        os.umask(before)


class Command:
    """Runs `python -m bot` in an empty folder, with nothing but these settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "CONTENT_DIR": str(ROOT / "content"),
            "LOCALES_DIR": str(ROOT / "locales"),
        }

    def __call__(self, *args: str, **environ: str) -> Done:
        """Run the command here, which spares the start of an interpreter."""
        out, err = StringIO(), StringIO()
        with (
            logging_restored(),
            patch.dict(os.environ, self.environ | environ, clear=True),
            chdir(self.folder),
            redirect_stdout(out),
            redirect_stderr(err),
            _umask_restored(),
        ):
            code = main(list(args))
        return Done(code, out.getvalue(), err.getvalue())

    def watched(self, *args: str) -> tuple[Done, float, list[str]]:
        """Run the command in a process of its own; tell its seconds of CPU, and what it loaded."""
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _WATCHED, *args],
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        seconds, *heavy = done.stderr.splitlines()[-1].split()
        return Done(done.returncode, done.stdout, done.stderr), float(seconds), heavy


def told(done: Done) -> list[str]:
    """Return the lines of a refusal, which is no traceback."""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def seconds_to_load(package: str) -> float:
    """Return the seconds of CPU that it takes here and now to start Python and load the package."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", _LOADING, package],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return float(done.stdout)
