"""A Telegram at a fixed moment, people in it, and the doors that lead to it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from sandbox import SandboxClock, Server, Telegram, UploadedFile, serve
from sandbox.model import User
from sandbox.samples import SAMPLES
from tests.sandbox.doors import DOORS, MOMENT, Door, open_door


@pytest.fixture
def clock() -> SandboxClock:
    return SandboxClock(base=MOMENT)


@pytest.fixture
def tg(clock: SandboxClock) -> Telegram:
    return Telegram(clock)


@pytest.fixture
def aigerim(tg: Telegram) -> User:
    """A person who has started the bot; her update is already taken."""
    user = tg.add_user("Айгерім", last_name="Үлгі")
    tg.people.start(user.id)
    tg.take_updates()
    return user


@pytest.fixture
def daniyar(tg: Telegram, aigerim: User) -> User:  # noqa: ARG001  her id comes first
    """A person who has never met the bot."""
    return tg.add_user("Данияр", language_code="ru")


@pytest.fixture
async def server(tg: Telegram) -> AsyncIterator[Server]:
    running = await serve(tg, port=0, webhook_pauses_s=(0.01, 0.02))
    yield running
    await running.close()


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
async def doors(tg: Telegram, server: Server, client: ClientSession) -> dict[str, Door]:
    """All four ways to call a method."""
    return {name: open_door(name, tg, server, client) for name in DOORS}


@pytest.fixture(params=DOORS)
async def door(request: pytest.FixtureRequest, doors: dict[str, Door]) -> Door:
    """One of the four ways to call a method."""
    return doors[request.param]


@pytest.fixture
def png() -> UploadedFile:
    return SAMPLES["photo"]
