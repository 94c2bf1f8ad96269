"""The town every story is told in."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import partial

import pytest
import structlog

from bench.soak.invariants import broken_facts
from bot.content import Content
from db.database import Database
from sandbox import SandboxClock
from tests.backends import REDIS_URL
from tests.conftest import OpenDatabase
from tests.copies import Copies
from tests.town import Town, found_now, open_town
from tests.troubled import TroubledTown


@pytest.fixture(scope="session", autouse=True)
def plain_log() -> None:
    """Print a provoked failure in a few lines, as the bot does; all locals take minutes."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )


@pytest.fixture(scope="session")
def migrated_database(
    migrated_database: OpenDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenDatabase]:
    """Make a migrated database as the first start of a bot leaves it."""
    with migrated_database(tmp_path_factory.mktemp("founded")) as original:
        found_now(original)
        with Copies(original) as copies:
            yield copies.copy


@pytest.fixture
def clock() -> SandboxClock:
    """Monday, 9 March 2026, 15:00 in Kostanay."""
    return SandboxClock(base=datetime(2026, 3, 9, 10, 0, tzinfo=UTC))


@pytest.fixture
def content() -> Content | None:
    """The pack the town starts with, when a story needs another than the shipped one."""
    return None


@pytest.fixture
async def town(
    database: Database,
    clock: SandboxClock,
    backend: str,
    content: Content | None,
    request: pytest.FixtureRequest,
) -> AsyncIterator[Town]:
    """A town with nobody in it; on PostgreSQL its dialogues live in Redis, where there is one."""
    with_redis = backend == "postgresql" and REDIS_URL is not None
    redis_url = request.getfixturevalue("redis_url") if with_redis else None
    seed = request.config.getoption("--trouble")
    kind = Town if seed is None else partial(TroubledTown, seed=seed)
    async with open_town(database, clock, redis_url=redis_url, content=content, kind=kind) as town:
        yield town


@pytest.fixture
async def sound_in_the_end(town: Town) -> AsyncIterator[None]:
    """Hold the database, after whatever faults the story has, to the rules of a soak."""
    yield
    assert await broken_facts(town.database) == []
