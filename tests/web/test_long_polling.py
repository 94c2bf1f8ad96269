"""The whole production path: `run` with a token, long polling over HTTP, SIGTERM."""

import asyncio
import gc
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.config import Settings
from bot.processes import run_telegram
from bot.services.ownership import SANDBOX_BOT_ID, bind
from bot.start_error import StartError
from db.database import Database
from db.engine import create_engine, sqlite_file
from db.leadership import leadership
from db.migrate import downgrade
from db.revision import current, known
from sandbox import Telegram
from tests.web.conftest import ReadSettings, StartBot, answered


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[None]:
    """Serve in this process while the block runs."""
    running = asyncio.create_task(run_telegram(settings))
    try:
        yield
    finally:
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        gc.collect()


async def test_the_first_start_prints_a_claim_link_that_makes_an_admin(
    telegram: Telegram, start_bot: StartBot
) -> None:
    person = telegram.add_user("Әлия", language_code="kk")
    async with start_bot() as running:
        output = await running.printed("start=claim_")
        found = re.search(r"https://t\.me/real_bot\?start=(\S+)", output)
        assert found is not None
        telegram.people.start(person.id, found[1])
        texts = await answered(telegram, person.id, 1)
        running.process.terminate()
        assert await running.ended() == 0

    assert "⭐" in texts[0]
    assert telegram.token not in running.output


async def test_once_there_is_an_admin_no_claim_link_is_printed(
    telegram: Telegram, read_settings: ReadSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    person = telegram.add_user("Әлия", language_code="en")

    async with serving(read_settings(FIRST_ADMIN_ID=str(person.id))):
        telegram.people.start(person.id)
        await answered(telegram, person.id, 1)
    async with serving(read_settings()):
        telegram.people.text(person.id, "/menu")
        await answered(telegram, person.id, 2)

    assert "claim_" not in capsys.readouterr().out


async def test_j8_a_withdrawn_token_stops_the_start_with_one_clear_line(
    read_settings: ReadSettings,
) -> None:
    token = "7000000001:" + "withdrawn" * 4

    with pytest.raises(StartError) as refusal:
        await run_telegram(read_settings(BOT_TOKEN=token))

    assert str(refusal.value) == "BOT_TOKEN: Telegram does not know this token"


async def test_j10_data_of_another_bot_are_refused(
    database_url: str, read_settings: ReadSettings
) -> None:
    await _bind(database_url, 7_000_000_999)

    with pytest.raises(StartError, match="the data belong to the bot with the number 7000000999"):
        await run_telegram(read_settings())


async def test_j10_a_real_token_puts_the_sandboxs_people_aside(
    telegram: Telegram, database_url: str, read_settings: ReadSettings
) -> None:
    await _bind(database_url, SANDBOX_BOT_ID)
    path = sqlite_file(database_url)
    if path is None:
        with pytest.raises(StartError, match="name another database"):
            await run_telegram(read_settings())
        return

    person = telegram.add_user("Әлия", language_code="en")
    async with serving(read_settings()):
        telegram.people.start(person.id)
        await answered(telegram, person.id, 1)

    assert path.with_suffix(".sandbox.db").exists()


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
async def test_d3_nothing_is_done_to_a_file_that_another_process_works_with(
    database_url: str, read_settings: ReadSettings
) -> None:
    """Neither is it put aside under the sandbox's feet, nor migrated under an older release's."""
    await _bind(database_url, SANDBOX_BOT_ID)
    engine, path = create_engine(database_url), sqlite_file(database_url)
    assert path is not None
    await downgrade(engine, known()[-2])
    sandbox = leadership(engine)
    assert await sandbox.take()

    with pytest.raises(StartError, match="another process of the bot works with this file"):
        await run_telegram(read_settings())

    assert await current(engine) == known()[-2]
    assert not path.with_suffix(".sandbox.db").exists()
    await sandbox.give_up()
    await engine.dispose()


async def _bind(database_url: str, bot_id: int) -> None:
    database = Database(create_engine(database_url))
    await bind(database, bot_id)
    await database.close()


async def test_j8_a_withdrawn_token_ends_the_bot_with_one_alarm(
    telegram: Telegram, start_bot: StartBot
) -> None:
    person = telegram.add_user("Әлия", language_code="kk")
    async with start_bot() as running:
        await running.printed("start=claim_")
        telegram.people.start(person.id)
        await answered(telegram, person.id, 1)
        telegram.faults.change({"token_withdrawn": True})
        telegram.people.text(person.id, "/menu")  # ends the poll under way
        code = await running.ended()

    assert code != 0
    assert running.output.count("token_withdrawn") == 1
    assert "BOT_TOKEN: Telegram does not know this token any more" in running.output
    asked = [call for call in telegram.api_calls if not call.ok]
    assert len(asked) <= 2
