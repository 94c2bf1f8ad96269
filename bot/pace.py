"""Telegram's limits: who may speak now, and who waits; answers go before notices."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

# Telegram publishes no limits, only advice, and clocks differ: stay a little below.
MARGIN = 59 / 60
# A loop that was late by so much makes up for it, so that lateness costs no throughput.
CATCH_UP_S = 0.1
# The clock that ends a silence may not be the one by which we slept until its end.
_CLOCKS_DIFFER_S = 0.02
# Telegram bears short bursts in a chat; a person who presses fast is not kept waiting.
_CHAT_BURST = 5
SLOWER = 0.9
SLOWEST = 0.1
# From a tenth below to the full pace again in about 150 seconds of peace.
FASTER_PER_S = 1 / 1_500
_CHATS_KEPT = 1_000

_is_notice: ContextVar[bool] = ContextVar("is_notice", default=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages and edits Telegram takes: overall, in one chat, in one group."""

    overall_per_s: float = 30.0
    chat_per_s: float = 1.0
    group_per_min: float = 20.0


class HeldError(Exception):
    """Telegram wants silence for `seconds`, which is longer than this call may wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"held for {seconds:.0f} s")
        self.seconds = seconds


@contextmanager
def as_notice(*, urgent: bool = False) -> Iterator[None]:
    """Let the calls in the block wait behind every answer, unless they are urgent."""
    token = _is_notice.set(not urgent)
    try:
        yield
    finally:
        _is_notice.reset(token)


def speaking_as_notice() -> bool:
    """Tell whether the calls made here wait behind answers."""
    return _is_notice.get()


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of asking for a turn.

    Attributes:
        taken: whether the turn is the asker's, `wait_s` from now.
        wait_s: otherwise, when to ask again.
        held_s: how long Telegram wants silence yet.
    """

    taken: bool
    wait_s: float = 0.0
    held_s: float = 0.0


class Bucket(Protocol):
    """Turns within the overall limit, and the silence after a refusal."""

    async def take(self, patience_s: float, *, notice: bool) -> Turn:
        """Take the next turn; a notice takes one that is free now, and nobody while it is held."""

    async def refused(self, retry_after_s: float) -> None:
        """Hold everybody for so long, and go on a little slower."""

    async def held_s(self) -> float:
        """Return how long Telegram wants silence yet."""

    def known_held_s(self) -> float:
        """Return the same as far as it is known without asking anybody."""

    async def close(self) -> None:
        """Let go of what is open."""


class OwnBucket:
    """A bucket of one process.

    One moment, when the next call may go, stands for the whole bucket. An answer takes it at once
    and moves it on; a notice takes it only when it has come and nobody was before. So answers
    never wait for notices, but for one that has gone already.
    """

    def __init__(self, rate: float, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._full_rate = self._rate = rate
        self._rate_at = self._free_at = self._held_until = now()

    async def take(self, patience_s: float, *, notice: bool) -> Turn:
        """Take the next turn."""
        now = self._now()
        held_s = self.known_held_s()
        if held_s > patience_s:
            return Turn(taken=False, wait_s=held_s, held_s=held_s)
        if notice and self._free_at > now:
            return Turn(taken=False, wait_s=self._free_at - now)
        at = max(self._free_at, now - CATCH_UP_S)
        self._free_at = at + 1 / self._rate_now(at)
        return Turn(taken=True, wait_s=at - now)

    async def refused(self, retry_after_s: float) -> None:
        """Hold everybody, and go on a tenth slower."""
        now = self._now()
        if now >= self._held_until:
            # The others that were under way meet the same refusal: it counts once.
            self._rate = max(self._rate_now(now) * SLOWER, self._full_rate * SLOWEST)
        self._held_until = max(self._held_until, now + retry_after_s)
        self._rate_at = self._free_at = self._held_until

    async def held_s(self) -> float:
        """Return how long Telegram wants silence yet."""
        return self.known_held_s()

    def known_held_s(self) -> float:
        """Return the same."""
        return max(0.0, self._held_until - self._now())

    async def close(self) -> None:
        """Nothing is open."""

    def _rate_now(self, at: float) -> float:
        peace_s = max(0.0, at - self._rate_at)
        risen = self._rate + self._full_rate * FASTER_PER_S * peace_s
        self._rate, self._rate_at = min(self._full_rate, risen), max(at, self._rate_at)
        return self._rate


class Pace:
    """Gives every message and edit its turn within the limits.

    The overall limit is that of all processes together where they share a bucket. What one chat
    may get is counted in each process: a person's updates are heard by one process at a time, and
    the outbox sends a person's notices one by one.

    A refusal (429) holds everybody for as long as Telegram says and makes the pace a tenth slower;
    in peace it rises again, slowly. So it finds a limit that is lower than the settings say.

    Args:
        now: a clock that never goes back, in seconds.
        sleep: waits so many seconds of that clock.
        bucket: the overall limit; without it this process has one of its own.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        bucket: Bucket | None = None,
    ) -> None:
        limits = limits or Limits()
        self.now = now
        self.sleep = sleep
        self._bucket = bucket or OwnBucket(limits.overall_per_s * MARGIN, now)
        self._chat_gap_s = 1 / limits.chat_per_s
        self._group_gap_s = 60 / limits.group_per_min
        # Chat, and when its burst is whole again.
        self._chats: dict[int, float] = {}
        self._chats_kept = _CHATS_KEPT
        self._notices = asyncio.Lock()

    async def turn(self, chat_id: int | None, *, patience_s: float) -> None:
        """Wait until a message to the chat, or an edit there, may go.

        A notice does not wait while Telegram wants silence: its sender has it put off.

        Raises:
            HeldError: the silence lasts longer than `patience_s`, or this is a notice.
        """
        notice = speaking_as_notice()
        patience_s = 0.0 if notice else patience_s
        _refuse_when_held(self._bucket.known_held_s(), patience_s)
        if chat_id is not None:
            await self._wait_until(self._turn_in_chat(chat_id, whole=notice))
        if notice:
            await self._notice_turn()
        else:
            await self._answer_turn(patience_s)

    async def refused(self, retry_after_s: float) -> None:
        """Hold everybody for so long: Telegram has answered 429."""
        await self._bucket.refused(retry_after_s)

    async def close(self) -> None:
        """Let go of what is open."""
        await self._bucket.close()

    async def _answer_turn(self, patience_s: float) -> None:
        while True:
            turn = await self._bucket.take(patience_s, notice=False)
            _refuse_when_held(turn.held_s, patience_s)
            if turn.wait_s <= 0:
                return
            await self._wait_until(self.now() + turn.wait_s)
            held_s = await self._bucket.held_s()
            if held_s <= _CLOCKS_DIFFER_S:
                await self._wait_until(self.now() + held_s)
                return
            # Refused meanwhile: the turn is worth nothing, and nobody rushes when it ends.
            _refuse_when_held(held_s, patience_s)

    async def _notice_turn(self) -> None:
        async with self._notices:
            while not (turn := await self._bucket.take(0.0, notice=True)).taken:
                _refuse_when_held(turn.held_s, 0.0)
                await self._wait_until(self.now() + turn.wait_s)

    def _turn_in_chat(self, chat_id: int, *, whole: bool) -> float:
        """Return when the chat may be written to, and count it; a notice leaves the burst whole."""
        now = self.now()
        gap_s = self._group_gap_s if chat_id < 0 else self._chat_gap_s
        whole_at = max(now, self._chats.get(chat_id, now))
        at = whole_at if whole else max(now, whole_at - (_CHAT_BURST - 1) * gap_s)
        self._chats[chat_id] = whole_at + gap_s
        self._forget_quiet_chats(now)
        return at

    def _forget_quiet_chats(self, now: float) -> None:
        if len(self._chats) <= self._chats_kept:
            return
        self._chats = {chat: at for chat, at in self._chats.items() if at > now}
        self._chats_kept = max(_CHATS_KEPT, 2 * len(self._chats))

    async def _wait_until(self, at: float) -> None:
        while (wait_s := at - self.now()) > 0:
            await self.sleep(wait_s)


def _refuse_when_held(held_s: float, patience_s: float) -> None:
    if held_s > patience_s:
        raise HeldError(held_s)
