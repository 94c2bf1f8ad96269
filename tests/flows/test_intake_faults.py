"""Updates whose end is in doubt: commits cut off, apologies not taken, clocks that differ."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from aiogram.exceptions import TelegramNetworkError, TelegramRetryAfter
from sqlalchemy.util import await_only

from bot.intake.raw import lane_of
from bot.services import inbox
from bot.services.inbox import Arrived, InboxService
from bot.services.people import Step
from bot.services.registration import RegistrationService
from db.models.inbox import InboxState, InboxUpdate
from sandbox.model import Json
from tests.breaking import losing_commit
from tests.flows.duty import shifts_of, starting
from tests.flows.steps import NAME, recruit_at, shown
from tests.town import Town

pytestmark = [pytest.mark.own_trouble, pytest.mark.usefixtures("sound_in_the_end")]


async def row_of(town: Town, update: Json) -> InboxUpdate:
    async with town.database.reading() as uow:
        return await uow.session.get_one(InboxUpdate, update["update_id"])


def cut_off_after(town: Town, seconds: float) -> None:
    town.app.intake._hearing._longest_s = seconds


async def test_a7_a_handler_cut_off_in_a_commit_that_succeeds_is_said_to_have_saved(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, update = await starting(town)
    dialect = town.database.engine.sync_engine.dialect
    commit, seen = dialect.do_commit, 0

    def slow(connection: Any) -> None:
        nonlocal seen
        commit(connection)
        seen += 1
        if seen == 2:  # the first stores the update
            await_only(asyncio.sleep(1))

    cut_off_after(town, 0.3)
    with monkeypatch.context() as patched:
        patched.setattr(dialect, "do_commit", slow)
        await town.receive([update])

    row = await row_of(town, update)
    assert (row.state, bool(row.effected_at)) == (InboxState.FAILED, True)
    assert len(await shifts_of(town, assistant)) == 1
    told = shown(assistant, "bug-saved", reference=row.reference, at=row.effected_at)
    assert told in assistant.describe()


@pytest.mark.parametrize("silence", ["hangs", "holds"])
async def test_c1_an_apology_that_telegram_does_not_take_is_owed(
    town: Town, monkeypatch: pytest.MonkeyPatch, silence: str
) -> None:
    phone = await recruit_at(town, Step.NAME)

    async def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    async def refuses(_bot: Any, method: Any, **_: Any) -> None:
        if silence == "holds":
            raise TelegramRetryAfter(method=method, message="flood", retry_after=35)
        await asyncio.sleep(2)
        raise TelegramNetworkError(method=method, message="Request timeout error")

    cut_off_after(town, 0.2)
    with monkeypatch.context() as patched:
        patched.setattr(RegistrationService, "give_name", broken)
        patched.setattr(town.app.bot.session, "make_request", refuses)
        town.telegram.people.text(phone.id, NAME)
        await town.receive(town.telegram.take_updates())
    town.clock.tick(minutes=5)
    await town.settle()

    assert shown(phone, "notice-answer-owed") in phone.screen


async def test_b4_an_update_stored_by_a_commit_whose_answer_was_lost_does_not_starve(
    town: Town,
) -> None:
    assistant, update = await starting(town)
    other = town.phone("Басқа")
    with losing_commit(town.database, 1), pytest.raises(sa.exc.OperationalError):
        await town.receive([update])
    await other.start()  # this process goes on with others all the while

    await town.app.intake._sweep()
    await town.app.intake.idle()
    await town.receive([update])  # Telegram hands it over again

    assert len(await shifts_of(town, assistant)) == 1
    assert (await row_of(town, update)).state is InboxState.DONE


async def test_an_update_that_was_never_begun_is_not_said_to_have_been_begun_too_often(
    town: Town,
) -> None:
    assistant, update = await starting(town)
    arrived = [Arrived(update["update_id"], lane_of(update), update)]
    await InboxService(town.database, town.clock, "process 1").store(arrived)
    for number in range(2, 9):
        process = InboxService(town.database, town.clock, f"process {number}")
        await process.release_all()  # the lease of the dead one is over
        await process.take(50, set)  # and waits for its turn when this one dies too
    await process.release_all()

    await town.app.intake._sweep()
    await town.app.intake.idle()

    assert len(await shifts_of(town, assistant)) == 1
    assert (await row_of(town, update)).attempts == 2


async def test_a_stop_in_good_order_is_no_death(town: Town) -> None:
    _, update = await starting(town)
    process = InboxService(town.database, town.clock, "process 1")
    await process.store([Arrived(update["update_id"], lane_of(update), update)])

    await process.release()

    assert (await row_of(town, update)).attempts == 0
    await town.app.intake._sweep()
    await town.app.intake.idle()


async def test_a_clock_that_is_ahead_elsewhere_lets_nobody_take_what_is_worked_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, update = await starting(town)
    ahead = InboxService(town.database, town.clock, "ahead")
    real = inbox._machine_time
    with monkeypatch.context() as patched:
        patched.setattr(inbox, "_machine_time", lambda: real() + timedelta(seconds=5))
        await ahead.store([Arrived(update["update_id"], lane_of(update), update)])

    assert await town.house.services.inbox.take(50, set) == []
    await ahead.release()
    await town.app.intake._sweep()
    await town.app.intake.idle()
