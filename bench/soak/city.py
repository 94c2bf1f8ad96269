"""A process that plays Telegram and everybody on it, and does what a soak wishes."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from bench.soak.people import Assistant, Soul, Turnstile
from bench.soak.record import Record
from bench.soak.watched import WatchedTelegram
from bench.soak.words import Words
from sandbox import serve

# Telegram's own pauses grow to half a minute; a soak is short.
_PAUSES_S = (0.2, 0.5, 1.0, 2.0)
_MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class CityPlan:
    """Who lives there, how many act at one time, and how much.

    Attributes:
        others: Telegram ids of those who have a phone and do nothing.
    """

    token: str
    souls: Sequence[Soul]
    others: Sequence[int]
    at_once: int
    seed: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How things stand: updates made, not accepted yet, not answered yet; who is still busy."""

    asked: int
    pending: int
    unanswered: int
    busy: int


@dataclass
class City:
    """Plays until it is asked for its record."""

    plan: CityPlan
    soak: Connection
    _turnstile: Turnstile = field(default_factory=lambda: Turnstile(1.0))
    _acting: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: int = 0

    async def run(self) -> None:
        """Serve Telegram, have people act, and do what the soak wants, until it wants the end."""
        words = Words.read()
        self._tg = WatchedTelegram(self.plan.token, words.is_notice)
        for person in (*self.plan.others, *(soul.telegram_id for soul in self.plan.souls)):
            user = self._tg.add_user("P", user_id=person, phone=f"+{person}")
            user.started = True
        self._tg.faults.enforce_limits = True
        server = await serve(self._tg, port=0, webhook_pauses_s=_PAUSES_S)
        people = self._people(words)
        acting = [asyncio.create_task(self._live(people)) for _ in range(self.plan.at_once)]
        await asyncio.to_thread(self.soak.send, server.url)
        while await self._obey(*await asyncio.to_thread(self.soak.recv)):
            pass
        for each in acting:
            each.cancel()
        await asyncio.gather(*acting, return_exceptions=True)
        await server.close()

    def _people(self, words: Words) -> list[Assistant]:
        rng = random.Random(self.plan.seed)  # noqa: S311 - the same seed, the same people
        people = [
            Assistant(soul, self._tg, words, random.Random(rng.random()), self._turnstile)  # noqa: S311
            for soul in self.plan.souls
        ]
        rng.shuffle(people)
        return people

    async def _live(self, people: list[Assistant]) -> None:
        """Let one person after another have their day; each stands at the end of the queue then."""
        while True:
            await self._acting.wait()
            person = people.pop(0)
            self._busy += 1
            await person.day()
            self._busy -= 1
            people.append(person)

    async def _obey(self, wish: str, value: float) -> bool:
        """Do what the soak wants and answer; tell whether to go on."""
        answer: Figures | Record | None = None
        match wish:
            case "act":
                self._turnstile.per_s = value
                self._acting.set()
            case "rest":
                self._turnstile.closed = True
                self._acting.clear()
            case "storm":
                await self._storm(value)
            case "figures":
                answer = self._figures()
            case "record":
                answer = self._tg.record
        await asyncio.to_thread(self.soak.send, answer)
        return wish != "record"

    async def _storm(self, seconds: float) -> None:
        """Refuse every message and edit for a while, without any limit being passed."""
        limit = self._tg.faults.rate_limit
        limit.left, limit.retry_after = _MANY, 2
        await asyncio.sleep(seconds)
        limit.left = 0

    def _figures(self) -> Figures:
        record = self._tg.record
        return Figures(
            asked=len(record.asked),
            pending=len(self._tg.updates.pending),
            unanswered=len(record.unanswered),
            busy=self._busy,
        )


def main(plan: CityPlan, soak: Connection) -> None:
    """Run the city's process."""
    asyncio.run(City(plan, soak).run())
