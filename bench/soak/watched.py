"""The local Telegram of a soak: it notes what the bot says to whom, and who waits for it."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from bench.soak.record import Asked, Record
from sandbox import ApiError, SandboxClock, Telegram, UploadedFile
from sandbox.faults import LIMITED_PREFIXES

_TOO_MANY = 429


class WatchedTelegram(Telegram):
    """A Telegram that keeps a record.

    Args:
        is_notice: tells a notice to everybody from an answer, by its text.
    """

    def __init__(self, token: str, is_notice: Callable[[str], bool]) -> None:
        super().__init__(SandboxClock(), token=token)
        self.record = Record()
        self._is_notice = is_notice
        self._open: defaultdict[int, list[Asked]] = defaultdict(list)
        self._heard: defaultdict[int, asyncio.Event] = defaultdict(asyncio.Event)

    def ask(self, asked: Asked) -> Asked:
        """Note that somebody has asked something."""
        self.record.asked.append(asked)
        self._open[asked.person].append(asked)
        return asked

    async def answered(self, person: int, asked: list[Asked], patience_s: float) -> bool:
        """Wait until the person was answered; tell whether they were in time."""
        try:
            async with asyncio.timeout(patience_s):
                while any(each.answered_at is None for each in asked):
                    self._heard[person].clear()
                    await self._heard[person].wait()
        except TimeoutError:
            return False
        return True

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        files: Mapping[str, UploadedFile] | None = None,
    ) -> Any:  # noqa: ANN401 - as the parent
        """Do one Bot API call and note what came of it."""
        try:
            result = await super().call(method, params, files)
        except ApiError as error:
            if error.code == _TOO_MANY:
                self.record.refused_at.append(time.time())
            raise
        now = time.time()
        if method == "answerCallbackQuery":
            query = self.queries[params["callback_query_id"]]
            self._answer(query.user_id, now, lambda each: each.query == query.id)
        elif method.startswith(LIMITED_PREFIXES) and isinstance(result, dict):
            self.record.sent_at.append(now)
            self._spoken(method, result, now)
        return result

    def _spoken(self, method: str, message: dict[str, Any], now: float) -> None:
        person = message["chat"]["id"]
        if method.startswith("edit"):
            edited = message["message_id"]
            self._answer(person, now, lambda each: each.message_id == edited)
        elif self._is_notice(message.get("text", "")):
            self.record.notices[person].append(now)
        else:
            self._answer(person, now, lambda _: True)

    def _answer(self, person: int, now: float, to: Callable[[Asked], bool]) -> None:
        waiting = self._open[person]
        for each in waiting:
            if to(each):
                each.answered_at = now
        self._open[person] = [each for each in waiting if each.answered_at is None]
        self._heard[person].set()
