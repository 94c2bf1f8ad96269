"""The whole database as a stream of lines, read in one moment while others go on writing."""

from collections.abc import AsyncGenerator, AsyncIterator
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.engine import for_reading
from db.models import Base
from db.revision import found, require_current
from db.rows import Sum, kinds_of, line_of, plain_table, read_rows
from db.types import moment_text

FORMAT = "komekshi-rows"
FORMAT_VERSION = 1
# The fact that says whose data these are.
BOT_ID = "bot_id"


class Tally:
    """What has gone by: tables, rows, and the hash of every byte."""

    def __init__(self) -> None:
        self.tables = 0
        self.rows = 0
        self.revision = ""
        self._hash = sha256()

    def take(self, block: bytes) -> bytes:
        """Count the block into the hash, and return it."""
        self._hash.update(block)
        return block

    @property
    def sha256(self) -> str:
        """The hash so far, in hexadecimal digits."""
        return self._hash.hexdigest()


async def dump(engine: AsyncEngine, *, made_at: datetime, tally: Tally) -> AsyncGenerator[bytes]:
    """Yield every row of every table, as whole lines; `tally` is full at the end.

    Raises:
        DatabaseUnavailableError: the database cannot be read, or suits another release.
    """
    await require_current(engine)
    async with engine.connect() as connection:
        await connection.execution_options(**for_reading(engine))
        tally.revision = str(await connection.run_sync(found))
        yield tally.take(line_of(await _header(connection, made_at, tally.revision)))
        for model in Base.metadata.sorted_tables:
            async for block in _dump_table(connection, model, tally):
                yield tally.take(block)
    yield line_of({"whole": tally.sha256, "tables": tally.tables, "rows": tally.rows})


async def _header(
    connection: AsyncConnection, made_at: datetime, revision: str
) -> dict[str, object]:
    meta = Base.metadata.tables["meta"]
    bot_id = await connection.scalar(sa.select(meta.c.value).where(meta.c.key == BOT_ID))
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "revision": revision,
        "made_at": moment_text(made_at),
        "bot_id": bot_id,
    }


async def _dump_table(
    connection: AsyncConnection, model: sa.Table, tally: Tally
) -> AsyncIterator[bytes]:
    kinds = kinds_of(model)
    yield line_of({"table": model.name, "columns": kinds})
    total = Sum()
    async for lines in read_rows(connection, plain_table(model.name, kinds)):
        total.add(lines)
        yield b"".join(lines)
    yield line_of({"end": model.name, "rows": total.rows, "sum": str(total)})
    tally.tables += 1
    tally.rows += total.rows
