"""Simulated assistants: what each of them does on a day, and how they read what they are told."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from bench.soak.record import Act, Asked, Kind
from bench.soak.watched import WatchedTelegram
from bench.soak.words import Words, texts

PATIENCE_S: Final = 150.0
_THINKING_S: Final = (1.0, 4.0)
_KINDS: Final = ("patrol", "talk")
_TYPED: Final = ("Central square", "12")
# Shares of what is done twice, without waiting, arrives in the wrong order, or twice as one update.
_DOUBLED: Final = 0.08
_HURRIED: Final = 0.08
_REORDERED: Final = 0.3
_REPEATED: Final = 0.05
_MOST_STEPS: Final = 14
# The screens of a result: which kind, an answer to pick, the doubts, and saving.
_SCREENS: Final = ("actnew:", "actpick:", "actsave:", "actskip:")

Ask = Callable[[], Asked]


@dataclass(frozen=True, slots=True)
class Soul:
    """Who is simulated: the Telegram id, the language, the district's code."""

    telegram_id: int
    language: str
    district: str


class Turnstile:
    """Lets updates through, so many a second all people together, until it is closed."""

    def __init__(self, per_s: float) -> None:
        self.per_s = per_s
        self.closed = False
        self._next_at = 0.0

    async def through(self, count: int) -> bool:
        """Wait for one's turn; tell whether it is open then."""
        now = time.monotonic()
        turn = max(now, self._next_at)
        self._next_at = turn + count / self.per_s
        await asyncio.sleep(turn - now)
        return not self.closed


class Assistant:
    """One assistant with a phone.

    Args:
        rng: decides what they do.
        turnstile: when they do it.
    """

    def __init__(
        self,
        soul: Soul,
        telegram: WatchedTelegram,
        words: Words,
        rng: random.Random,
        turnstile: Turnstile,
    ) -> None:
        self.id = soul.telegram_id
        self._tg = telegram
        self._words = words
        self._rng = rng
        self._turnstile = turnstile
        self._t = texts()[soul.language]
        self._read = 0
        self._toasts = 0

    async def day(self) -> None:
        """Start a shift, record some results, end the shift; given up where nobody answers."""
        if not self._keys and not await self._say("/start"):
            return
        if not self._has("key-end-shift") and not await self._begin():
            return
        for _ in range(self._rng.randrange(3)):
            await self._record()
        await self._end()

    async def _begin(self) -> bool:
        act = Act(Kind.START, self.id)
        return await self._ask_and_do("key-start-shift", "key-start-no-location", act)

    async def _end(self) -> None:
        act = Act(Kind.END, self.id)
        await self._ask_and_do("key-end-shift", "key-end-no-location", act)

    async def _ask_and_do(self, ask: str, do: str, act: Act) -> bool:
        """Press the key that asks and the key that does it, now and then without waiting."""
        asking, doing = self._saying(self._t.plain(ask)), self._saying(self._t.plain(do), act)
        if self._rng.random() < _HURRIED:
            return await self._do((asking, doing), act)
        return await self._do((asking,)) and self._has(do) and await self._do((doing,), act)

    async def _record(self) -> None:
        """Record a result: choose a kind, answer what is asked, and save it."""
        if not await self._say(self._t.plain("key-result")):
            return
        act: Act | None = None
        for _ in range(_MOST_STEPS):
            message_id, offers = self._screen()
            saving = [each for each in offers if each.startswith("actsave:")]
            if act is not None and (act.refused or not saving):
                return
            if saving:
                act = act or Act(Kind.RESULT, self.id, key=saving[0].split(":")[1])
                done = await self._press(message_id, saving[0], act)
                if done:
                    # Another button to save it: they are asked whether they are sure.
                    asked = [each for each in self._screen()[1] if each.startswith("actsave:")]
                    act.asked_back = any(each != saving[0] and act.key in each for each in asked)
            else:
                done = await self._answer(message_id, offers)
            if not done:
                return

    async def _answer(self, message_id: int, offers: list[str]) -> bool:
        """Choose a kind, or give an answer: picked where some are offered, else typed."""
        kinds = [each for each in offers if each.startswith(_kinds_of())]
        picks = [each for each in offers if each.startswith("actpick:")]
        if kinds or picks:
            return await self._press(message_id, self._rng.choice(kinds or picks))
        return await self._say(self._rng.choice(_TYPED))

    def _saying(self, text: str, act: Act | None = None) -> Ask:
        def say() -> Asked:
            number = self._tg.updates.next_id
            message = self._tg.people.text(self.id, text)
            if act is not None:
                act.dates.add(message["date"])
            return Asked(number, self.id, time.time())

        return say

    async def _say(self, text: str) -> bool:
        return await self._do((self._saying(text),))

    async def _press(self, message_id: int, data: str, act: Act | None = None) -> bool:
        def press() -> Asked:
            number = self._tg.updates.next_id
            query = self._tg.people.press_data(self.id, message_id, data)
            return Asked(number, self.id, time.time(), query, message_id)

        return await self._do((press,), act)

    async def _do(self, asks: Sequence[Ask], act: Act | None = None) -> bool:
        """Do it, an act perhaps twice; tell whether it was answered, and not refused."""
        if act is not None and self._rng.random() < _DOUBLED:
            asks = (*asks, asks[-1])
        if not await self._turnstile.through(len(asks)):
            return False
        if act is not None:
            act.asked_back = False
        self._read = len(self._chat.messages)
        self._toasts = len(self._chat.callback_answers)
        if act is not None and not act.updates:
            act.asked_at = time.time()
            self._tg.record.acts.append(act)
        async with self._faults():
            asked = [self._tg.ask(ask()) for ask in asks]
        answered = await self._tg.answered(self.id, asked, PATIENCE_S)
        await asyncio.sleep(self._rng.uniform(*_THINKING_S))
        if act is None:
            return answered
        act.updates += len(asked)
        act.refused = act.refused or self._is_refused()
        return answered and not act.refused

    @asynccontextmanager
    async def _faults(self) -> AsyncIterator[None]:
        """Have what is done in the block arrive twice, or in the wrong order, now and then."""
        faults, chance = self._tg.faults, self._rng.random()
        faults.repeat_updates = chance < _REPEATED
        faults.reorder_updates = chance > 1 - _REORDERED
        yield
        # Until the sender has looked.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        faults.repeat_updates = faults.reorder_updates = False

    def _is_refused(self) -> bool:
        """Tell whether the last answers say that nothing was done."""
        told = [each for each in self._chat.messages[self._read :] if not each["out"]]
        alerts = self._chat.callback_answers[self._toasts :]
        return any(self._words.refuse(each.get("text", "")) for each in told) or any(
            each.show_alert and self._words.refuse_in_alert(each.text) for each in alerts
        )

    def _screen(self) -> tuple[int, list[str]]:
        """Return the newest screen of a result: its message, and what its buttons send."""
        for message in reversed(self._chat.messages):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            data = [button.get("callback_data", "") for row in rows for button in row]
            if not message["out"] and any(each.startswith(_SCREENS) for each in data):
                return message["message_id"], data
            if data and not message["out"]:
                break
        return 0, []

    @property
    def _chat(self) -> Any:  # noqa: ANN401 - the sandbox's chat
        return self._tg.chat(self.id)

    @property
    def _keys(self) -> list[str]:
        keyboard = self._tg.reply_keyboard(self.id)
        return [key["text"] for row in keyboard["keyboard"] for key in row] if keyboard else []

    def _has(self, key: str) -> bool:
        return self._t.plain(key) in self._keys


def _kinds_of() -> tuple[str, ...]:
    return tuple(f"actnew:{kind}" for kind in _KINDS)
