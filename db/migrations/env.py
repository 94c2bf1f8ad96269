"""How alembic reaches the database: through a connection of ours, or `-x url=...` by hand."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from db.engine import create_engine, migrating
from db.models import Base

_DEFAULT_URL = "sqlite+aiosqlite:///data/komekshi.db"


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run_by_hand() -> None:
    engine = create_engine(context.get_x_argument(as_dictionary=True).get("url", _DEFAULT_URL))
    try:
        async with migrating(engine) as connection:
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


given = context.config.attributes.get("connection")
if isinstance(given, Connection):
    _run(given)
else:
    asyncio.run(_run_by_hand())
