"""Which revision a database is at, and whether that suits this release; nothing is changed here.

Read from the names of the migrations: to load Alembic and every migration would be most of the
start of a short command.
"""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from db.engine import check, for_reading
from db.errors import DatabaseTooNewError, DatabaseTooOldError

__all__ = ["current", "expected", "found", "known", "refuse_newer", "require_current", "suits"]

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


@cache
def known() -> tuple[str, ...]:
    """Return every revision of this release, the oldest first."""
    return tuple(sorted(path.name.partition("_")[0] for path in _VERSIONS.glob("[0-9]*_*.py")))


def expected() -> str:
    """Return the newest revision this release knows."""
    return known()[-1]


def found(connection: Connection) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(sa.text("SELECT version_num FROM alembic_version")).one_or_none()
    return None if row is None else str(row.version_num)


def refuse_newer(revision: str | None) -> None:
    """Make sure that this release knows the revision.

    Raises:
        DatabaseTooNewError: it is of a newer release.
    """
    if revision is not None and revision not in known():
        raise DatabaseTooNewError(revision, expected())


async def current(engine: AsyncEngine) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    async with engine.connect() as connection:
        return await connection.run_sync(found)


async def suits(engine: AsyncEngine) -> bool:
    """Tell whether this release can serve the database: it is at our revision or a newer one's.

    Migrations suit the release before them, so a process that runs bears those of the next.
    """
    async with engine.connect() as connection:
        await connection.execution_options(**for_reading(engine))
        revision = await connection.run_sync(found)
    return revision is not None and revision not in known()[:-1]


async def require_current(engine: AsyncEngine) -> None:
    """Make sure that the database suits this release.

    Raises:
        DatabaseUnavailableError: the database cannot be used.
        DatabaseTooNewError, DatabaseTooOldError: it suits another release.
    """
    await check(engine)
    revision = await current(engine)
    refuse_newer(revision)
    if revision != expected():
        raise DatabaseTooOldError(revision, expected())
