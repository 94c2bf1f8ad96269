"""One start of a shift, from the update to its last commit, over aiogram with its statements alone.

The statements of the real thing are recorded, and played again in an empty handler of aiogram: on
aiosqlite alone, and through SQLAlchemy's ORM, each on a copy of the same file with the same
settings and commits. Its calls to Telegram, answered at once, are played on their own and counted
to both floors; the ratios without them are printed too. All take turns in one process, which may
use every core, as the bot does; `--one-core` makes its thread hops as cheap as they can be.
"""

import asyncio
import gc
import os
import shutil
import sqlite3
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final, NamedTuple

from aiogram import Bot, Dispatcher
from aiogram.types import Message

from bench.crowd import log_nowhere
from bench.recording import Act, Player, Recorder, counted_hops, orm_player, raw_player
from bench.starts import TOKEN, InstantTelegram, hear, location_of, prepare, press_of, serving

_GOAL_ORM: Final = 1.5
_GOAL_RAW: Final = 3.0
_GOAL_STATEMENTS: Final = 8

Play = Callable[[int], Awaitable[None]]


class _Way(NamedTuple):
    """One way to handle an update, by its number, and what it took in each round, ms."""

    name: str
    play: Play
    took: list[float]


def main() -> int:
    """Print the ratios, and return 0 when they reach the goals."""
    flags = _flags(sys.argv[2:])
    if flags.one_core:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    log_nowhere()
    with TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder), flags))


def _flags(given: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m bench update", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--updates", type=int, default=20, help="of each way in a round")
    parser.add_argument("--one-core", action="store_true", help="keep it on one core")
    return parser.parse_args(given)


async def _measure(folder: Path, flags: Namespace) -> int:
    count = flags.rounds * flags.updates
    prepared = folder / "prepared.db"
    await prepare(prepared, count)
    acts, press = await _record(_copied(prepared, "recorded"), count)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(serving(_copied(prepared, "ours"), count))
        raw = await stack.enter_async_context(raw_player(_copied(prepared, "raw")))
        orm = await stack.enter_async_context(orm_player(_copied(prepared, "orm")))
        ways = [
            _Way("the start of a shift", lambda number: hear(app, location_of(number)), []),
            _Way("(a) aiogram, an empty handler", _in_aiogram(_nothing, acts), []),
            _Way("    and its calls to Telegram", _in_aiogram(None, acts), []),
            _Way("(b) and its statements, aiosqlite", _in_aiogram(raw, acts), []),
            _Way("(c) and its statements, ORM", _in_aiogram(orm, acts), []),
            _Way("a press that draws a card again", lambda number: hear(app, press_of(number)), []),
        ]
        gc.collect()
        gc.freeze()
        for each in range(flags.rounds):
            numbers = range(each * flags.updates, (each + 1) * flags.updates)
            # Who comes first in a round changes; the card is drawn after the start of its shift.
            for way in (*ways[each % 5 : 5], *ways[: each % 5], ways[5]):
                way.took.append(await _timed(way.play, numbers))
    _must_agree(folder, count)
    return _tell(ways, acts, press)


def _must_agree(folder: Path, count: int) -> None:
    """Make sure that each way has started every shift."""
    for name in ("ours", "raw", "orm"):
        with closing(sqlite3.connect(folder / f"{name}.db")) as file:
            [(started,)] = file.execute(
                "SELECT count(*) FROM shifts JOIN audit_records ON subject = 'shift'"
                " AND subject_id = CAST(shifts.id AS TEXT) WHERE card_message_id IS NOT NULL"
            )
        if started != count:
            raise AssertionError(f"{name}: {started} shifts of {count}")


def _tell(ways: list[_Way], acts: list[Act], press: Act) -> int:
    for way in ways:
        print(f"{way.name:<36}{median(way.took):7.2f} ms of processor an update")
    statements, hops = (median(column) for column in zip(*map(_sizes, acts), strict=True))
    inside = max(len(each.driven) for each in acts[-1].transactions)
    ours, empty, calling, raw, orm, _ = (way.took for way in ways)
    good = statements <= _GOAL_STATEMENTS
    for name, floor, goal in (("(b)", raw, _GOAL_RAW), ("(c)", orm, _GOAL_ORM)):
        rounds = list(zip(ours, floor, calling, empty, strict=True))
        over = median(one / (floor + calls - bare) for one, floor, calls, bare in rounds)
        silent = median(one / floor for one, floor, _, _ in rounds)
        print(f"over {name}     {over:6.2f} (goal: at most {goal}); {silent:.2f} without its calls")
        good &= over <= goal
    print(f"statements   {statements:6.0f} (goal: at most {_GOAL_STATEMENTS}), {inside} in its own")
    print(f"             transaction, in {len(acts[-1].transactions)} transactions")
    print(f"thread hops  {hops:6.0f}; calls to Telegram {len(acts[-1].calls)}")
    print(f"the press    {press.statements:6} statements, {press.hops} thread hops")
    return 0 if good else 1


def _sizes(act: Act) -> tuple[int, int]:
    return act.statements, act.hops


async def _timed(play: Play, numbers: Iterable[int]) -> float:
    start, count = process_time(), 0
    for number in numbers:
        await play(number)
        count += 1
    return (process_time() - start) * 1000 / count


async def _nothing(_act: Act) -> None:
    """Do nothing."""


def _in_aiogram(player: Player | None, acts: list[Act]) -> Play:
    """Return what has an update heard by aiogram with nothing around it; its calls, or an act."""
    bot, dispatcher = Bot(TOKEN, session=InstantTelegram()), Dispatcher()
    coming: list[Act] = []

    async def handler(_message: Message) -> None:
        if player is not None:
            await player(coming[0])
            return
        for call in coming[0].calls:
            await bot(call)

    dispatcher.message.register(handler)

    async def play(number: int) -> None:
        coming[:] = [acts[number]]
        await dispatcher.feed_raw_update(bot, location_of(number))

    return play


async def _record(file: Path, count: int) -> tuple[list[Act], Act]:
    """Return what each start asked for, and what drawing a card again asked for."""
    async with serving(file, count) as app:
        recorder = Recorder(app.database.engine)
        acts = []
        with counted_hops(recorder):
            for number in range(count):
                acts.append(recorder.begin_act())
                app.telegram.calls.clear()
                await hear(app, location_of(number))
                acts[-1].calls.extend(app.telegram.calls)
            press = recorder.begin_act()
            await hear(app, press_of(count - 1))
        return acts, press


def _copied(prepared: Path, name: str) -> Path:
    return Path(shutil.copyfile(prepared, prepared.with_name(f"{name}.db")))
