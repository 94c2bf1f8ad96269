"""aiogram's FSM storage over our database: what the next message of a chat means, without Redis.

Only one process may use it, as it trusts its own memory; several workers need Redis.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from aiogram.exceptions import DataNotDictLikeError
from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from db import receipts
from db.database import Database, UnitOfWork

_NO_DATA = "{}"


class Kept(NamedTuple):
    """One dialogue; ``data`` is the text of a JSON object."""

    state: str | None
    data: str


NOTHING = Kept(None, _NO_DATA)


class DatabaseStorage(BaseStorage):
    """States and drafts in the table `dialog_states`, the latest `remembered` ones in memory too.

    What an update changes is written with its end. Until then memory knows more than the database
    does: nobody else asks, and a process that is killed forgets both and hears the update again.
    An update that is heard again without such an end finds each dialogue as it was before it.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], *, remembered: int = 10_000
    ) -> None:
        self._database = database
        self._clock = clock
        self._remembered = remembered
        self._memory: OrderedDict[str, Kept] = OrderedDict()
        self._keys = DefaultKeyBuilder(
            with_bot_id=True, with_business_connection_id=True, with_destiny=True
        )

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Keep the state; None forgets it."""
        name = state.state if isinstance(state, State) else state
        await self._change(key, lambda kept: kept._replace(state=name))

    async def get_state(self, key: StorageKey) -> str | None:
        """Return the state, or None."""
        return (await self._find(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the draft over the earlier one.

        Raises:
            DataNotDictLikeError: the draft is no mapping.
            TypeError, ValueError: it holds what JSON cannot.
        """
        if not isinstance(data, Mapping):
            raise DataNotDictLikeError(f"a draft is a mapping, not {type(data).__name__}")
        text = json.dumps(dict(data), ensure_ascii=False, allow_nan=False)
        await self._change(key, lambda kept: kept._replace(data=text))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """Return a copy of the draft, empty where there is none."""
        data: dict[str, Any] = json.loads((await self._find(key)).data)
        return data

    async def close(self) -> None:
        """Forget what is in memory; the database belongs to whoever opened it."""
        self._memory.clear()

    async def _find(self, key: StorageKey) -> Kept:
        name = self._keys.build(key)
        self._rewind(name)
        if name not in self._memory:
            async with self._database.reading() as uow:
                row = await uow.dialog_states.find(name)
            # Whoever wrote meanwhile knows better than what was read before.
            if name not in self._memory:
                self._remember(name, Kept(row.state, row.data) if row else NOTHING)
        self._memory.move_to_end(name)
        return self._memory[name]

    def _rewind(self, name: str) -> None:
        """Undo what a hearing of the update in work has left that came to nothing."""
        receipt = receipts.current()
        if receipt is None or name in receipt.met:
            return
        receipt.met[name] = before = receipt.before.get(name)
        if before is not None and receipt.effected_at is None:
            receipt.closing.pop(("dialogue", name), None)
            self._remember(name, before)

    async def _change(self, key: StorageKey, change: Callable[[Kept], Kept]) -> None:
        name, before = self._keys.build(key), await self._find(key)
        kept = change(before)
        if kept != before:
            receipt = receipts.current()
            if receipt is not None:
                receipt.before.setdefault(name, before)
            await self._database.at_the_end(("dialogue", name), partial(self._write, name, kept))
            self._remember(name, kept)

    async def _write(self, name: str, kept: Kept, uow: UnitOfWork) -> None:
        if kept == NOTHING:
            await uow.dialog_states.delete(name)
        else:
            await uow.dialog_states.put(name, state=kept.state, data=kept.data, now=self._clock())

    def _remember(self, name: str, kept: Kept) -> None:
        self._memory[name] = kept
        self._memory.move_to_end(name)
        while len(self._memory) > self._remembered:
            self._memory.popitem(last=False)
