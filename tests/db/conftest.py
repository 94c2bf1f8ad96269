"""Engines for tests of the database floor, closed whatever becomes of the test."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from db.database import Database
from db.engine import create_engine


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a migrated database."""
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def empty_engine(empty_database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on a database without a single table."""
    engine = create_engine(empty_database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def other_database(database_url: str) -> AsyncIterator[Database]:
    """The database of `database` once more, as another process would open it."""
    database = Database(create_engine(database_url))
    yield database
    await database.close()
