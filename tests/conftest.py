"""Fixtures everybody may ask for: databases, Redis, a browser; and what this machine lacks."""

import gc
import os
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import redis
from hypothesis import settings
from sqlalchemy import make_url

from db.database import Database
from tests.backends import (
    BACKENDS,
    POSTGRESQL_URL,
    REDIS_URL,
    WORKER,
    PostgresqlServer,
    absent_services,
    find_browser,
    migrate_now,
    reused_engine,
    sqlite_url,
)
from tests.copies import Copies

# What is slow is the machine, on a busy day: no test is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

OpenDatabase = Callable[[Path], AbstractContextManager[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--require-services",
        action="store_true",
        help="fail unless PostgreSQL, Redis and a browser are there to test with",
    )

    parser.addoption(
        "--trouble",
        type=int,
        metavar="SEED",
        help="have something fail in the middle of every act of a story",
    )


def pytest_configure(config: pytest.Config) -> None:
    _stay_on_one_core()
    absent = absent_services()
    if config.getoption("--require-services") and absent:
        raise pytest.UsageError("--require-services, but there is no " + ", ".join(absent.values()))


def pytest_xdist_auto_num_workers() -> int:
    """Have one worker more than there are cores: one of them waits for a browser or a process."""
    return len(os.sched_getaffinity(0)) + 1


def _stay_on_one_core() -> None:
    """Keep a worker on one core: each statement on SQLite hops to a thread and back.

    Between cores a hop costs a few times as much. Workers take the cores in turn.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[int(WORKER.removeprefix("gw")) % len(cores)]})


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = absent_services().keys()
    troubled = config.getoption("--trouble") is not None
    left_out = [
        item
        for item in items
        if absent & set(getattr(item, "fixturenames", ()))
        or (troubled and item.get_closest_marker("own_trouble"))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Load all that is tested, as the bot does; see `bot/loading.py`."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Spare what is loaded by now from being searched for garbage; that is a third of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    absent = absent_services()
    if absent:
        terminalreporter.write_line("left out: " + ", ".join(absent.values()))


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """The server to test with; a test that asks for it is left out where there is none."""
    if POSTGRESQL_URL is None:
        raise LookupError("TEST_DATABASE_URL is not set")
    return POSTGRESQL_URL


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each database in turn: whoever depends on it runs once for each."""
    return str(request.param)


@pytest.fixture(scope="session")
def fresh_database(backend: str) -> OpenDatabase:
    """Make a database with nothing in it: `with fresh_database(folder) as url`."""
    if backend == "postgresql":
        server = PostgresqlServer(str(POSTGRESQL_URL))
        return lambda _folder: server.database()

    @contextmanager
    def in_folder(folder: Path) -> Iterator[str]:
        yield sqlite_url(folder / "empty.db")

    return in_folder


@pytest.fixture(scope="session")
def migrated_database(
    fresh_database: OpenDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenDatabase]:
    """Make a migrated database, copied from one that this worker migrated once."""
    with fresh_database(tmp_path_factory.mktemp("template")) as original:
        migrate_now(original)
        with Copies(original) as copies:
            yield copies.copy


@pytest.fixture
def empty_database_url(fresh_database: OpenDatabase, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a single table."""
    with fresh_database(tmp_path) as url:
        yield url


@pytest.fixture
def database_url(migrated_database: OpenDatabase, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database, for tests that open it themselves or twice."""
    with migrated_database(tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database of the test's own."""
    database = Database(reused_engine(database_url))
    yield database
    await database.close()


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis database of this worker, the given number plus its own, emptied before and after."""
    parsed = make_url(str(REDIS_URL))
    number = int(parsed.database or 0) + int(WORKER.removeprefix("gw"))
    url = parsed.set(database=str(number)).render_as_string(hide_password=False)
    with redis.Redis.from_url(url) as client:
        client.flushdb()
        yield url
        client.flushdb()


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The program of a browser; a test that asks for it is left out where there is none."""
    found = find_browser()
    if found is None:
        raise LookupError("no browser on PATH, and BROWSER_PATH is not set")
    return found
