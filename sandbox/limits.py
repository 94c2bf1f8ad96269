"""Telegram's limits on messages and edits, enforced as well as anybody outside can know them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from sandbox.errors import ApiError


@dataclass
class Bucket:
    """A bucket of tokens, one for each call; it fills up with time to the burst it bears."""

    per_s: float
    burst: float
    left: float = field(init=False)
    at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.left = self.burst

    def wait_s(self, now: float) -> float:
        """Return how long until a call may come; 0 when it may now."""
        self.left = min(self.burst, self.left + max(0.0, now - self.at) * self.per_s)
        self.at = now
        return 0.0 if self.left >= 1 else (1 - self.left) / self.per_s


@dataclass
class Limits:
    """Counts calls against the limits; switched off until somebody asks for it.

    Over the limit of a chat, the chat is refused until its bucket has a token again. Over the
    limit of all, the whole bot is refused for `retry_after` seconds. `refused` counts the answers
    of 429, for whoever measures.
    """

    on: bool = False
    overall_per_s: float = 30.0
    chat_per_s: float = 1.0
    chat_burst: float = 10.0
    group_per_min: float = 20.0
    retry_after: int = 5
    refused: int = 0
    _overall: Bucket | None = None
    _chats: dict[int, Bucket] = field(default_factory=dict)
    _refused_until: float = 0.0

    def count(self, chat_id: int | None, now: Callable[[], float]) -> None:
        """Let a call through, or refuse it.

        Args:
            now: the present moment, in seconds.

        Raises:
            ApiError: 429 with `retry_after`.
        """
        if not self.on:
            return
        moment = now()
        overall, chat = self._bucket(), None if chat_id is None else self._chat(chat_id)
        if overall.wait_s(moment) > 0 and moment >= self._refused_until:
            self._refused_until = moment + self.retry_after
        wait_s = self._refused_until - moment
        if chat is not None:
            wait_s = max(wait_s, chat.wait_s(moment))
        if wait_s > 0:
            self.refused += 1
            seconds = ceil(wait_s)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)
        for bucket in (overall, chat):
            if bucket is not None:
                bucket.left -= 1

    def _bucket(self) -> Bucket:
        if self._overall is None or self._overall.per_s != self.overall_per_s:
            self._overall = Bucket(self.overall_per_s, self.overall_per_s)
        return self._overall

    def _chat(self, chat_id: int) -> Bucket:
        if chat_id not in self._chats:
            self._chats[chat_id] = (
                Bucket(self.group_per_min / 60, self.group_per_min)
                if chat_id < 0
                else Bucket(self.chat_per_s, self.chat_burst)
            )
        return self._chats[chat_id]
