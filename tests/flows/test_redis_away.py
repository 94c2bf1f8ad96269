"""Redis away or emptied in the middle of a dialogue: people go on, and nothing is kept wrongly."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import redis
import sqlalchemy as sa
from structlog.testing import capture_logs

from bench.soak.ways import Gate
from bot import shared_state
from bot.services.states import ApplicationState, ShiftState
from bot.shared_state import SharedStorage
from db.database import Database
from db.models import DialogState
from sandbox import SandboxClock
from tests.flows.duty import CENTRE, shifts_of
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town, open_town

pytestmark = pytest.mark.usefixtures("sound_in_the_end")

REASON = "Живёт в другой области"


@pytest.fixture
async def gate(redis_url: str) -> AsyncIterator[Gate]:
    """The way to Redis of one process, which can be shut."""
    parsed = sa.make_url(redis_url)
    gate = Gate(parsed.host or "127.0.0.1", parsed.port or 6379)
    await gate.open()
    yield gate
    await gate.shut()


@pytest.fixture
async def town(
    database: Database, clock: SandboxClock, redis_url: str, gate: Gate
) -> AsyncIterator[Town]:
    through = sa.make_url(redis_url).set(host="127.0.0.1", port=gate.port)
    url = through.render_as_string(hide_password=False)
    async with open_town(database, clock, redis_url=url) as town:
        yield town


def dialogues(town: Town) -> SharedStorage:
    storage = town.app.listening.dispatcher.storage
    assert isinstance(storage, SharedStorage)
    return storage


async def rejecting(town: Town) -> tuple[Phone, Phone]:
    """Return a coordinator who was asked why an application is rejected, and the applicant."""
    coordinator, recruit = await town.coordinator(), await town.applicant()
    await coordinator.tap("key-applications")
    await coordinator.press("Образцов")
    await coordinator.choose("application-reject")
    return coordinator, recruit


async def decision(town: Town, recruit: Phone) -> ApplicationState:
    application = (await town.me(recruit)).application
    assert application is not None
    return application.state


async def missed(database: Database) -> int:
    """Return how many dialogues wait in the database for Redis."""
    async with database.reading() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(DialogState)) or 0


async def test_with_redis_away_a_shift_starts_and_ends_at_a_place_as_ever(
    town: Town, gate: Gate
) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    with capture_logs() as logs:
        await gate.shut()
        # What was asked is in Redis: it is asked once more, and goes on from there.
        await assistant.do("location", *CENTRE)
        assert assistant.screen == shown(
            assistant, "shift-start-ask", police="102", emergency="112"
        )
        await assistant.do("location", *CENTRE)
        [shift] = await shifts_of(town, assistant)
        assert shift.state is ShiftState.OPEN
        town.clock.tick(hours=2)
        await assistant.tap("key-end-shift")
        await gate.open()
        await dialogues(town).carry()
        await assistant.do("location", *CENTRE)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED
    assert "😔" not in assistant.describe()
    told = [each["event"] for each in logs if each["event"].startswith("dialogues_")]
    assert told == ["dialogues_in_database", "dialogues_in_redis"]


async def test_a_reason_typed_while_nobody_knows_what_was_asked_is_no_reason(
    town: Town, gate: Gate
) -> None:
    coordinator, recruit = await rejecting(town)
    await gate.shut()
    await coordinator.send(REASON)

    assert shown(coordinator, "unknown-input") in coordinator.screen
    assert await decision(town, recruit) is ApplicationState.PENDING

    # Redis still knows the old question; that is out of date.
    await gate.open()
    await dialogues(town).carry()
    await coordinator.send(REASON)
    assert shown(coordinator, "unknown-input") in coordinator.screen
    assert await decision(town, recruit) is ApplicationState.PENDING

    await coordinator.choose("application-reject")
    await coordinator.send(REASON)
    assert await decision(town, recruit) is ApplicationState.REJECTED


async def test_a_dialogue_goes_on_at_a_process_that_reaches_redis(  # noqa: PLR0917 - fixtures
    town: Town,
    gate: Gate,
    database: Database,
    clock: SandboxClock,
    redis_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shared_state, "_LOOK_EVERY_S", 0.05)
    await gate.shut()
    coordinator, recruit = await rejecting(town)
    async with (
        open_town(database, clock, redis_url=redis_url) as elsewhere,
        dialogues(elsewhere).kept(),
        asyncio.timeout(10),
    ):
        while await missed(database):  # noqa: ASYNC110 - whoever carries tells nobody
            await asyncio.sleep(0.05)
        await elsewhere.same_person(coordinator).send(REASON)

    assert await decision(town, recruit) is ApplicationState.REJECTED


async def test_redis_emptied_in_the_middle_of_a_dialogue_asks_again_and_keeps_nothing_wrong(
    town: Town, redis_url: str
) -> None:
    coordinator, recruit = await rejecting(town)
    with redis.Redis.from_url(redis_url) as client:
        client.flushdb()
    await coordinator.send(REASON)

    assert shown(coordinator, "unknown-input") in coordinator.screen
    assert await decision(town, recruit) is ApplicationState.PENDING

    await coordinator.choose("application-reject")
    await coordinator.send(REASON)
    assert await decision(town, recruit) is ApplicationState.REJECTED


@pytest.mark.usefixtures("redis_url")
async def test_a_redis_that_hangs_holds_up_one_answer_for_a_second(
    database: Database, clock: SandboxClock
) -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    silent = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    async with open_town(database, clock, redis_url=f"redis://127.0.0.1:{port}/0") as town:
        assistant = await town.briefed_assistant()
        async with asyncio.timeout(5):
            await assistant.tap("key-start-shift")
            await assistant.tap("key-start-no-location")
        [shift] = await shifts_of(town, assistant)
    silent.close()

    assert shift.state is ShiftState.OPEN
