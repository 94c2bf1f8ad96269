"""A notice to everybody, over the time Telegram's limit leaves for it; and answers meanwhile.

In virtual time the network takes about 80 ms and the processor none; the sandbox keeps to
Telegram's limits and answers 429. Over loopback everything is real.
"""

import asyncio
import multiprocessing
import random
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bench.crowd import (
    EPOCH,
    CountingDatabase,
    add_phones,
    count_sent,
    fill,
    log_nowhere,
    open_app,
    open_database,
)
from bench.virtual_time import run_virtually, virtual_now
from bot.app import App
from bot.pace import Pace
from bot.services.clock import system_clock
from sandbox import SandboxClock, Telegram, serve
from sandbox.session import SandboxSession

_LIMIT: Final = 30.0
_LOWER: Final = 25.0
_ANSWERS_PER_S: Final = 5.0
_GOALS: Final = {"virtual": 1.03, "loopback": 1.06, "lower": 1.15, "lower_many": 1.10}
_MANY: Final = 10_000


@dataclass(frozen=True)
class Run:
    """What one broadcast took: seconds, answers of 429, processor time, waits of answers."""

    recipients: int
    seconds: float
    refused: int
    cpu_ms: float
    answers_s: tuple[float, ...] = ()

    def over(self, limit: float) -> float:
        """Return the time over that of the bare limit."""
        return self.seconds / (self.recipients / limit)


class _Network(SandboxSession):
    """The in-process door behind a network: about 80 ms there and back, now and then much more."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        """Do one call."""
        delay_s = random.lognormvariate(-3.3, 0.5)
        await asyncio.sleep(delay_s)
        result = await super().make_request(bot, method, timeout)
        await asyncio.sleep(delay_s)
        return result


def main() -> int:
    """Print the ratios, and return 0 when they reach the goals."""
    flags = _flags(sys.argv[2:])
    random.seed(flags.seed)
    log_nowhere()
    good = True
    for count in flags.recipients:
        good &= _tell(f"virtual, {count:,}", _virtual(count), _LIMIT, _GOALS["virtual"])
        goal = _GOALS["lower_many" if count >= _MANY else "lower"]
        lower = _virtual(count, limit=_LOWER)
        good &= _tell(f"true limit 25/s, {count:,}", lower, _LOWER, goal, stops=True)
    beside = _virtual(flags.recipients[0], answering=True)
    p50, p99 = (quantiles(beside.answers_s, n=100)[each] for each in (49, 98))
    _tell("beside 5 answers/s", beside, _LIMIT, 1.25)
    print(
        f"  answers                {len(beside.answers_s)}: p50 {p50:.2f} s, p99 {p99:.2f} s (0.3)"
    )
    good &= p99 <= 0.3  # noqa: PLR2004 - P16
    if flags.loopback:
        real = _over_loopback(flags.loopback)
        good &= _tell(f"loopback, {flags.loopback:,}", real, _LIMIT, _GOALS["loopback"])
        share = real.cpu_ms * real.recipients / 1000 / real.seconds
        print(f"  share of a core        {share:.1%} (goal: 8%)")
    return 0 if good else 1


def _flags(given: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m bench fanout", description=__doc__)
    parser.add_argument("--recipients", type=int, nargs="+", default=[2_000, 50_000])
    parser.add_argument("--loopback", type=int, default=2_000, help="0 leaves it out")
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args(given)


def _tell(name: str, run: Run, limit: float, goal: float, *, stops: bool = False) -> bool:
    ratio = run.over(limit)
    print(
        f"{name:<24} {run.seconds:8.1f} s  x {ratio:.3f} (goal {goal})  429: {run.refused}"
        f"  {run.cpu_ms:.1f} ms of processor each"
    )
    return ratio <= goal and (stops or run.refused == 0)


def _virtual(count: int, *, limit: float = _LIMIT, answering: bool = False) -> Run:
    with TemporaryDirectory() as folder:
        opened: list[CountingDatabase] = []
        return run_virtually(
            _virtual_run(Path(folder) / "fanout.db", count, limit, opened, answering=answering),
            busy=lambda: any(database.open for database in opened),
        )


async def _virtual_run(
    file: Path, count: int, limit: float, opened: list[CountingDatabase], *, answering: bool
) -> Run:
    # Whatever threads do before the database is counted takes no time either.
    waiting = CountingDatabase.__new__(CountingDatabase)
    waiting.open = 1
    opened.append(waiting)
    database = await open_database(file)
    opened.append(database)
    loop_start = virtual_now()
    clock = SandboxClock(base=lambda: EPOCH + timedelta(seconds=virtual_now() - loop_start))
    telegram = Telegram(clock)
    add_phones(telegram, count)
    telegram.faults.limits.overall_per_s = limit
    telegram.faults.enforce_limits = True
    pace = Pace(now=virtual_now, sleep=asyncio.sleep)
    app = await open_app(database, clock, pace, telegram.token, _Network(telegram))
    await fill(database, count)
    waiting.open = 0
    start, cpu = virtual_now(), time.process_time()
    asking = asyncio.ensure_future(_ask(app, telegram, count)) if answering else None
    while await count_sent(database) < count:
        await app.sender.deliver_due()
        await asyncio.sleep(1)
    seconds = virtual_now() - 1 - start
    cpu_ms = (time.process_time() - cpu) * 1000 / count
    answers: list[float] = []
    if asking is not None:
        asking.cancel()
        answers = await asking
    waiting.open = 1
    await database.close()
    return Run(count, seconds, telegram.faults.limits.refused, cpu_ms, tuple(answers))


async def _ask(app: App, telegram: Telegram, count: int) -> list[float]:
    """Have people write five times a second until cancelled; return how long each waited."""
    waits: list[float] = []

    async def answer(update: dict[str, Any]) -> None:
        asked = virtual_now()
        await app.listening.hear(update)
        waits.append(virtual_now() - asked)

    people = [user.id for user in telegram.users.values()]
    async with asyncio.TaskGroup() as group:
        try:
            while True:
                await asyncio.sleep(random.expovariate(_ANSWERS_PER_S))
                telegram.people.text(people[random.randrange(count)], "/menu")  # noqa: S311 - spread
                for update in telegram.take_updates():
                    group.create_task(answer(update))
        except asyncio.CancelledError:
            pass
    return waits


def _over_loopback(count: int) -> Run:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    other = context.Process(target=_serve_telegram, args=(theirs, count), daemon=True)
    other.start()
    try:
        with TemporaryDirectory() as folder:
            return asyncio.run(_real_run(Path(folder) / "fanout.db", count, ours))
    finally:
        other.terminate()
        other.join()


async def _real_run(file: Path, count: int, telegram: Connection) -> Run:
    url, token = await asyncio.to_thread(telegram.recv)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    database = await open_database(file)
    app = await open_app(database, system_clock, Pace(), token, session)
    await fill(database, count)
    start, cpu = time.monotonic(), time.process_time()
    while await count_sent(database) < count:
        await app.sender.deliver_due()
    seconds, cpu_ms = time.monotonic() - start, (time.process_time() - cpu) * 1000 / count
    telegram.send("done")
    refused = await asyncio.to_thread(telegram.recv)
    await session.close()
    await database.close()
    return Run(count, seconds, refused, cpu_ms)


def _serve_telegram(parent: Connection, count: int) -> None:
    async def run() -> None:
        telegram = Telegram(SandboxClock())
        add_phones(telegram, count)
        telegram.faults.enforce_limits = True
        server = await serve(telegram, port=0)
        parent.send((server.url, telegram.token))
        await asyncio.to_thread(parent.recv)
        parent.send(telegram.faults.limits.refused)
        await server.close()

    asyncio.run(run())
