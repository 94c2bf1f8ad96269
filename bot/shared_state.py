"""aiogram's FSM storage of several processes: in Redis, and in the database while Redis is away."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Any, cast

import structlog
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import DefaultKeyBuilder, StateType, StorageKey
from aiogram.fsm.storage.redis import RedisStorage
from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from bot.state import NOTHING, Kept
from db import receipts
from db.database import Database
from db.faults import is_passing
from db.models.state import DialogState
from db.receipts import Receipt

log = structlog.get_logger(__name__)

# One person waits twice as long, as a single lost answer is asked for again; then nobody does.
_PATIENCE_S = 0.5
_LOOK_EVERY_S = 1.0
# Longer than any update is tried again.
_BEFORE_LASTS = timedelta(days=1)
_CARRIED_AT_ONCE = 500
# So that a row is none of those `DatabaseStorage` keeps.
_MISSED = "missed:"


class SharedStorage(RedisStorage):
    """States and drafts in Redis, where every process finds them.

    What Redis misses while it is away, or while one process cannot reach it, waits in the table
    `dialog_states`: dialogues go on there, and the first process that reaches Redis takes them
    back. Whoever is met meanwhile without a row has no dialogue; that is a row too, as what Redis
    may still know of them is out of date.

    What an update changes is there at once. So a process that dies before the end of the update
    leaves beside it what was there before, and whoever hears the update again begins from that.

    Args:
        url: Redis, as ``redis://host:6379/0``.
    """

    def __init__(self, url: str, database: Database, clock: Callable[[], datetime]) -> None:
        redis = Redis.from_url(
            url,
            socket_timeout=_PATIENCE_S,
            socket_connect_timeout=_PATIENCE_S,
            retry=Retry(NoBackoff(), 1),
        )
        super().__init__(redis, key_builder=DefaultKeyBuilder(with_destiny=True))
        self._database = database
        self._clock = clock
        self._away = False

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep the state; None forgets it."""
        if not self._away:
            with self._noticing():
                await self._about_to_change(key)
                await super().set_state(key, state)
                return
        name = state.state if isinstance(state, State) else state
        await self._change(key, lambda kept: kept._replace(state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state, or None."""
        if not self._away:
            with self._noticing():
                await self._meet(key)
                return await super().get_state(key)
        return (await self._find(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the draft over the earlier one."""
        if not self._away:
            with self._noticing():
                await self._about_to_change(key)
                await super().set_data(key, data)
                return
        text = json.dumps(dict(data))
        await self._change(key, lambda kept: kept._replace(data=text))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return the draft, empty where there is none."""
        if not self._away:
            with self._noticing():
                await self._meet(key)
                return await super().get_data(key)
        data: dict[str, Any] = json.loads((await self._find(key)).data)
        return data

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Take back to Redis what it has missed, whoever left it, in a task beside the block."""
        async with asyncio.TaskGroup() as group:
            carrying = group.create_task(self._keep_carrying(), name="dialogues")
            try:
                yield
            finally:
                carrying.cancel()

    async def carry(self) -> None:
        """Take to Redis all that it has missed, and trust it again; do nothing while it is away."""
        left = True
        while left:
            async with self._database.reading() as uow:
                rows = await uow.dialog_states.list_named(_MISSED, _CARRIED_AT_ONCE)
            if not (rows or self._away):
                return
            copied = False
            with self._noticing():
                await self._copy(rows)
                copied = True
            if not copied:
                return
            left = len(rows) == _CARRIED_AT_ONCE
            if self._away and not left:
                self._away = False
                log.info("dialogues_in_redis")
            # After that: who is heard right now finds their dialogue in one place or the other.
            async with self._database.transaction(effect=False) as uow:
                for row in rows:
                    await uow.dialog_states.delete_unchanged(row.key, row.updated_at)

    async def _keep_carrying(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            try:
                await self.carry()
            except Exception as error:
                if not is_passing(error):
                    raise
                log.warning("dialogues_not_carried", reason=type(error).__name__)

    async def _copy(self, rows: Sequence[DialogState]) -> None:
        async with self.redis.pipeline(transaction=True) as pipe:
            pipe.ping()
            for row in rows:
                name = row.key.removeprefix(_MISSED)
                pipe.delete(f"{name}:before")
                _put(pipe, name, Kept(row.state, row.data))
            await pipe.execute()

    async def _meet(self, key: StorageKey) -> Receipt | None:
        """Have the update in work find the dialogue as it was before it; return that update."""
        receipt, name = receipts.current(), self.key_builder.build(key)
        if receipt is None or name in receipt.met:
            return receipt
        parts = (f"{name}:{part}" for part in ("before", "state", "data"))
        found = cast("list[bytes | None]", await self.redis.mget(*parts))
        before, state, data = (each and each.decode() for each in found)
        kept = Kept(state or None, data or NOTHING.data)
        if before is not None and receipt.effected_at is None:
            update_id, *was = json.loads(before)
            if update_id == receipt.update_id:
                kept = Kept(*was)
                async with self.redis.pipeline(transaction=True) as pipe:
                    _put(pipe, name, kept)
                    await pipe.execute()
        receipt.met[name] = kept
        return receipt

    async def _about_to_change(self, key: StorageKey) -> None:
        receipt, name = await self._meet(key), self.key_builder.build(key)
        if receipt is None or name in receipt.before:
            return
        kept: Kept = receipt.met[name]
        before = json.dumps([receipt.update_id, *kept])
        await self.redis.set(f"{name}:before", before, ex=_BEFORE_LASTS)
        receipt.before[name] = kept

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """Note that Redis is away when it does not answer in the block, which ends there."""
        try:
            yield
        except (RedisError, OSError, TimeoutError) as error:
            if not self._away:
                self._away = True
                log.warning("dialogues_in_database", reason=type(error).__name__)

    async def _find(self, key: StorageKey) -> Kept:
        async with self._database.reading() as uow:
            row = await uow.dialog_states.find(self._row_of(key))
        if row is None:
            await self._change(key, lambda kept: kept)
            return NOTHING
        return Kept(row.state, row.data)

    async def _change(self, key: StorageKey, change: Callable[[Kept], Kept]) -> None:
        name = self._row_of(key)
        async with self._database.transaction(effect=False) as uow:
            row = await uow.dialog_states.find(name)
            kept = change(Kept(row.state, row.data) if row else NOTHING)
            await uow.dialog_states.put(name, state=kept.state, data=kept.data, now=self._clock())

    def _row_of(self, key: StorageKey) -> str:
        return _MISSED + self.key_builder.build(key)


def _put(pipe: Pipeline, name: str, kept: Kept) -> None:
    if kept.state is None:
        pipe.delete(f"{name}:state")
    else:
        pipe.set(f"{name}:state", kept.state)
    if kept.data == NOTHING.data:
        pipe.delete(f"{name}:data")
    else:
        pipe.set(f"{name}:data", kept.data)
