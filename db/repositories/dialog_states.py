"""States and drafts of conversations."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import dialect_of, insert_into
from db.models.base import table_of
from db.models.state import DialogState

_TABLE = table_of(DialogState)
_DELETE = sa.delete(_TABLE).where(_TABLE.c.key == sa.bindparam("which"))


class DialogStatesRepository:
    """Reads and writes one conversation at a time, by its key."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, key: str) -> DialogState | None:
        """Return the conversation, or None where nothing is kept of it."""
        return await self._session.get(DialogState, key)

    async def put(self, key: str, *, state: str | None, data: str, now: datetime) -> None:
        """Keep the state and the draft (text of a JSON object), over earlier ones."""
        await self._session.execute(
            _put(dialect_of(self._session)),
            {"key": key, "state": state, "data": data, "updated_at": now},
        )

    async def delete(self, key: str) -> None:
        """Keep nothing of the conversation."""
        await self._session.execute(_DELETE, {"which": key})

    async def list_named(self, prefix: str, limit: int) -> Sequence[DialogState]:
        """Return up to `limit` conversations whose keys begin so."""
        named = sa.select(DialogState).where(DialogState.key.startswith(prefix, autoescape=True))
        return (await self._session.scalars(named.limit(limit))).all()

    async def delete_unchanged(self, key: str, updated_at: datetime) -> None:
        """Keep nothing of the conversation, unless it went on since the moment it was read with."""
        await self._session.execute(
            sa.delete(DialogState).where(
                DialogState.key == key, DialogState.updated_at == updated_at
            )
        )

    async def forget(self, before: datetime) -> None:
        """Keep nothing of conversations that nobody went on with since the moment."""
        await self._session.execute(sa.delete(DialogState).where(DialogState.updated_at < before))


@cache
def _put(dialect: str) -> sa.Insert:
    put = insert_into(_TABLE, dialect)
    kept = {name: put.excluded[name] for name in ("state", "data", "updated_at")}
    return put.on_conflict_do_update(index_elements=[_TABLE.c.key], set_=kept)
