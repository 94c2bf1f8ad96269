"""The door for updates: who may knock, what it takes, and the way through it to an answer."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import pytest
from aiohttp import ClientSession
from sqlalchemy.exc import OperationalError

from bot.processes import run_scheduler, run_telegram, run_web, set_webhook
from bot.services.clock import system_clock
from bot.services.links import CLAIM_PREFIX, LinkService
from bot.start_error import StartError
from bot.web import PATH, WebhookDoor, site
from db.database import Database
from db.engine import create_engine
from sandbox import Telegram
from tests.web.conftest import ReadSettings, answered

SECRET = "invented-secret-of-a-door"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Hall:
    """What lies behind the door: notes what came in, or is closed."""

    def __init__(self) -> None:
        self.received: list[Mapping[str, Any]] = []
        self.fault: Exception | None = None

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> None:
        if self.fault is not None:
            raise self.fault
        self.received += updates


@asynccontextmanager
async def door(hall: Hall) -> AsyncIterator[tuple[ClientSession, str]]:
    serving = site(WebhookDoor(SECRET, hall.receive).app(), "127.0.0.1", 0, "WEBHOOK_PORT")
    async with serving as port, ClientSession() as client:
        yield client, f"http://127.0.0.1:{port}{PATH}"


@pytest.mark.parametrize("given", [None, "", "wrong", SECRET + " x", SECRET[:-1], "құпия"])
async def test_g1_g2_without_the_secret_nothing_comes_in(given: str | None) -> None:
    hall = Hall()
    headers = {} if given is None else {HEADER: given}
    async with (
        door(hall) as (client, url),
        client.post(url, json={"update_id": 1}, headers=headers) as response,
    ):
        assert response.status == 401
    assert hall.received == []


def test_g3_an_empty_secret_makes_no_door() -> None:
    with pytest.raises(ValueError, match="secret"):
        WebhookDoor("", Hall().receive)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[1]",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 99999999999999999999}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
async def test_g5_a_bad_body_is_refused_and_not_asked_for_again(body: bytes) -> None:
    hall = Hall()
    async with (
        door(hall) as (client, url),
        client.post(url, data=body, headers={HEADER: SECRET}) as response,
    ):
        assert response.status == 400
    assert hall.received == []


async def test_g5_a_body_without_end_is_refused() -> None:
    hall = Hall()
    body = BytesIO(b'{"update_id": 1, "x": "' + b"x" * 2**21)
    async with (
        door(hall) as (client, url),
        client.post(url, data=body, headers={HEADER: SECRET}) as response,
    ):
        assert response.status == 413
    assert hall.received == []


async def test_it_is_answered_only_once_it_is_stored() -> None:
    hall = Hall()
    update = {"update_id": 7, "message": {"text": "Әлем"}}
    async with door(hall) as (client, url):
        hall.fault = OperationalError("INSERT", None, Exception("the database is away"))
        async with client.post(url, data=json.dumps(update), headers={HEADER: SECRET}) as response:
            assert response.status == 503  # Telegram sends it again
        hall.fault = None
        async with client.post(url, data=json.dumps(update), headers={HEADER: SECRET}) as response:
            assert response.status == 200
    assert hall.received == [update]


ON_SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
ON_POSTGRESQL = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


@ON_SQLITE
async def test_several_processes_on_sqlite_are_refused(read_settings: ReadSettings) -> None:
    settings = read_settings(WEBHOOK_SECRET=SECRET, WEBHOOK_URL="https://komekshi.example")
    for run in (run_web, run_scheduler):
        with pytest.raises(StartError, match="several processes need PostgreSQL"):
            await run(settings)


@ON_SQLITE
async def test_d3_a_second_process_on_one_file_is_refused(
    read_settings: ReadSettings, telegram: Telegram
) -> None:
    person = telegram.add_user("Әлия", language_code="en")
    first = asyncio.create_task(run_telegram(read_settings(FIRST_ADMIN_ID=str(person.id))))
    telegram.people.start(person.id)
    await answered(telegram, person.id, 1)

    with pytest.raises(StartError, match="another process of the bot works with this file"):
        await run_telegram(read_settings())

    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first


@pytest.fixture
def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@ON_POSTGRESQL
@pytest.mark.usefixtures("postgresql_url")
async def test_processes_that_start_together_leave_the_operators_claim_link_alone(
    read_settings: ReadSettings,
    telegram: Telegram,
    free_port: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    person = telegram.add_user("Әлия", language_code="en")
    settings = read_settings(
        WEBHOOK_SECRET=SECRET,
        WEBHOOK_URL=f"http://127.0.0.1:{free_port}",
        WEBHOOK_PORT=str(free_port),
    )
    await set_webhook(settings, remove=False)
    database = Database(create_engine(settings.database.url.get_secret_value()))
    secret = await LinkService(database, system_clock).offer_claim()

    serving = [asyncio.create_task(run(settings)) for run in (run_web, run_scheduler)]
    telegram.people.start(person.id, f"{CLAIM_PREFIX}_{secret}")
    await answered(telegram, person.id, 1)

    assert await LinkService(database, system_clock).has_admin()
    assert "claim_" not in capsys.readouterr().out
    await database.close()
    for each in serving:
        each.cancel()
        with pytest.raises(asyncio.CancelledError):
            await each


@ON_POSTGRESQL
@pytest.mark.usefixtures("postgresql_url")
async def test_a_web_process_and_a_scheduler_serve_a_person_together(
    read_settings: ReadSettings, telegram: Telegram, free_port: int
) -> None:
    person = telegram.add_user("Әлия", language_code="en")
    settings = read_settings(
        FIRST_ADMIN_ID=str(person.id),
        WEBHOOK_SECRET=SECRET,
        WEBHOOK_URL=f"http://127.0.0.1:{free_port}",
        WEBHOOK_PORT=str(free_port),
    )
    await set_webhook(settings, remove=False)
    serving = [asyncio.create_task(run(settings)) for run in (run_web, run_scheduler)]
    telegram.people.start(person.id)
    await answered(telegram, person.id, 1)

    with pytest.raises(StartError, match="posts this bot's updates to a webhook"):
        await run_telegram(settings)
    await set_webhook(settings, remove=True)
    assert telegram.updates.webhook.url == ""
    for each in serving:
        each.cancel()
        with pytest.raises(asyncio.CancelledError):
            await each
