"""`sandbox`: the bot in a local Telegram, with phones in the browser, whatever BOT_TOKEN says."""

import asyncio
import sys
from argparse import Namespace
from contextlib import AsyncExitStack, suppress
from datetime import timedelta
from pathlib import Path

from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.app import App, build_bot, build_requests, opened
from bot.commands.seed import write_history
from bot.commands.serving import serve as run_until_stopped
from bot.config import Settings
from bot.content import load_content
from bot.demo import DemoPerson, Settlers, read_people
from bot.metrics import Metrics
from bot.processes import poll
from bot.sample.cast import Sizes
from bot.sample.words import FILE
from bot.services.clock import system_clock
from bot.services.outbox import Fate, Outcome
from bot.start_error import StartError
from db.engine import sqlite_file
from sandbox import SandboxClock, Server, Telegram, serve, store

# How long ago each came: staff before all their assistants, assistants before their first month.
_CAME_AGO = {
    "admin": timedelta(days=400),
    "coordinator": timedelta(days=400),
    "assistant": timedelta(days=40),
    "applicant": timedelta(hours=6),
}
_ASSISTANTS = 60
_AT_ONCE = 100
# Of the first seeds one in which everything has happened to the people with phones.
_SEED = 7


def main(settings: Settings, _args: Namespace) -> int:
    """Serve until stopped.

    Raises:
        StartError: what the bot needs is not in order.
    """
    return run_until_stopped(settings, run_sandbox)


async def run_sandbox(settings: Settings) -> None:
    """Serve the invented people in a local Telegram until cancelled.

    Raises:
        StartError, DatabaseUnavailableError, ContentError, TextError: it cannot start.
    """
    state_file = _state_file(settings.database.url.get_secret_value())
    people = read_people(settings.region.content_dir / settings.region.region / "demo.toml")
    tg, is_new = _telegram(state_file, people, region_clock(settings))
    async with AsyncExitStack() as stack:
        server = await _serve(tg, settings)
        stack.push_async_callback(server.close)
        if is_new:
            # What was published then was published before everybody came.
            tg.clock.offset = -max(_CAME_AGO.values())
        session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
        metrics = Metrics()
        requests = build_requests(settings.delivery, metrics)
        bot = build_bot(tg.token, session, requests)
        app = await stack.enter_async_context(opened(settings, bot, tg.clock, metrics))
        if is_new:
            await settle(settings, app, tg, people)
        saving = asyncio.create_task(store.keep_saving(tg, state_file), name="saving")
        stack.push_async_callback(_end, saving)
        tg.clock.on_leap = app.leading.hurry
        sys.stdout.write(
            f"\n  Kömekshi is running in the sandbox. Open the phones:  {server.url}/\n"
            f"  Everything is kept in {state_file.parent}; stop with Ctrl-C.\n\n"
        )
        sys.stdout.flush()
        await poll(app, requests)


def _state_file(database_url: str) -> Path:
    """Return where the phones are kept.

    Beside an SQLite file, under its name, and begun anew when that file is gone.
    """
    path = sqlite_file(database_url)
    if path is None:
        return Path("data/sandbox.json")
    state_file = path.with_suffix(".sandbox.json")
    if not path.exists():
        state_file.unlink(missing_ok=True)
    return state_file


def region_clock(settings: Settings) -> SandboxClock:
    """Return a clock that shows, and is moved by, the time of the region's day.

    Raises:
        ContentError: the pack is wrong.
    """
    content = load_content(settings.region.content_dir / settings.region.region)
    return SandboxClock(content.region.zone.key)


def _telegram(
    state_file: Path, people: tuple[DemoPerson, ...], clock: SandboxClock
) -> tuple[Telegram, bool]:
    """Return the saved Telegram, or a new one with the invented people."""
    if state_file.exists():
        try:
            return store.load(state_file, clock), False
        except ValueError as error:
            raise StartError(f"{state_file}: {error}; remove it to begin anew") from error
    tg = Telegram(clock)
    # A Telegram begun anew beside an older database must not repeat numbers that it knows.
    tg.updates.next_id = int(system_clock().timestamp())
    for person in people:
        tg.add_user(person.first_name, language_code=person.language, note=person.role)
    return tg, True


async def settle(
    settings: Settings, app: App, tg: Telegram, people: tuple[DemoPerson, ...]
) -> None:
    """Bring the invented people into a new database, with a past, and open their chats."""
    together = list(zip(people, list(tg.users.values()), strict=True))
    if not await app.house.services.links.has_admin():

        def come(role: str) -> None:
            tg.clock.offset = -_CAME_AGO[role]

        settlers = Settlers(app.house.services, app.house.content, come, tg.clock.advance)
        comers = [(person, user.id, user.phone) for person, user in together]
        await settlers.settle([each for each in comers if each[0].role != "applicant"])
        await _forget_notices(app)
        await settlers.settle([each for each in comers if each[0].role == "applicant"])
        tg.clock.reset()
        await _give_past(settings, app, tg)
    tg.clock.reset()
    for person, user in together:
        if person.role != "recruit":
            tg.people.start(user.id)


async def _forget_notices(app: App) -> None:
    """Drop what would have been told so long ago: on the phones it would look like news."""
    outbox = app.house.services.outbox
    while notices := await outbox.take(_AT_ONCE):
        await outbox.settle([Outcome(each, Fate.DROPPED, "told long ago") for each in notices])


async def _give_past(settings: Settings, app: App, tg: Telegram) -> None:
    """Write a month of the region's history, in which the people with phones have their part."""
    if not (settings.region.content_dir / settings.region.region / FILE).exists():
        return
    everybody = [await app.house.services.people.meet(user.id) for user in tg.users.values()]
    leads = [me for me in everybody if me.assistant is not None]
    sizes = Sizes.of(_ASSISTANTS, seed=_SEED)
    await write_history(settings, app.house.content, sizes, tg.clock(), leads=leads)


async def _serve(tg: Telegram, settings: Settings) -> Server:
    place = settings.sandbox
    try:
        return await serve(tg, place.host, place.port, allow_any_host=place.any_host)
    except ValueError as error:
        raise StartError(
            f"SANDBOX_HOST: {error}; SANDBOX_ANY_HOST=true serves beyond this machine"
        ) from error
    except OSError as error:
        raise StartError(
            f"SANDBOX_PORT: {place.port} cannot be listened on ({error.strerror});"
            " is it running already? Another port: SANDBOX_PORT=8082 make run"
        ) from error


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
