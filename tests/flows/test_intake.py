"""Updates on their way in: stored first, heard once, whatever happens to who hears them."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.dispatcher import ALLOWED_UPDATES
from bot.intake import Intake, IntakeLimits, Polling
from bot.intake.pace import Pace
from bot.intake.raw import lane_of
from bot.processes import hearing
from bot.services import inbox
from bot.services.inbox import Arrived, InboxService
from bot.services.people import Step
from bot.services.registration import RegistrationService
from bot.services.shift import ShiftService
from bot.services.states import ShiftState
from db import receipts
from db.database import Database
from db.models import DialogState, InboxState, InboxUpdate
from db.receipts import Receipt, ReceiptLostError
from db.repositories.inbox import InboxRepository
from sandbox import SandboxClock
from sandbox.model import Json
from tests.flows.duty import CENTRE, card_of, on_shift, shifts_of, starting
from tests.flows.steps import NAME, answer, recruit_at, shown
from tests.town import Town, open_town

pytestmark = [pytest.mark.own_trouble, pytest.mark.usefixtures("sound_in_the_end")]


class KilledError(BaseException):
    """The process is gone at this point."""


async def rows(town: Town) -> list[InboxUpdate]:
    async with town.database.reading() as uow:
        found = await uow.session.scalars(sa.select(InboxUpdate).order_by(InboxUpdate.update_id))
        return list(found)


async def dialogues(town: Town) -> list[tuple[str | None, str]]:
    async with town.database.reading() as uow:
        found = await uow.session.execute(sa.select(DialogState.state, DialogState.data))
        return [(state, data) for state, data in found]


async def stored_by_another(town: Town, update: Json) -> Receipt:
    """Let a process that will die store the update, and return its receipt."""
    inbox = InboxService(town.database, town.clock, "another")
    stored = await inbox.store([Arrived(update["update_id"], lane_of(update), update)])
    [taken] = stored.taken
    return Receipt(taken.update_id, "another", taken.received_at, town.clock)


async def taken_over(town: Town) -> None:
    """Let the bot here find what nobody works on any more."""
    await town.house.services.inbox.release_all()
    await town.app.intake._sweep()
    await town.app.intake.idle()
    await town.settle()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a5_killed_between_commit_and_answer_the_shift_is_one_and_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    assistant, update = await starting(town, language)
    receipt = await stored_by_another(town, update)

    async def killed(*_args: Any) -> None:
        raise KilledError

    with monkeypatch.context() as patched, receipts.in_work(receipt):
        patched.setattr("bot.show.put", killed)
        with pytest.raises(KilledError):
            await town.feed(update)
    at = town.clock()
    town.clock.tick(minutes=3)
    await taken_over(town)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN
    assert assistant.says("saved-already", at=at) in assistant.describe()
    assert shown(assistant, "shift-card-open", at=shift.started_at) in str(card_of(assistant))
    assert assistant.says("key-end-shift") in assistant.keys
    assert (await rows(town))[-1].state is InboxState.DONE
    assert (await town.audit_actions()).count("shift.started") == 1


@pytest.fixture
async def plain_town(database: Database, clock: SandboxClock) -> AsyncIterator[Town]:
    """A town whose dialogues are in its database."""
    async with open_town(database, clock) as town:
        yield town


async def test_a5_killed_between_answer_and_end_the_question_stands_and_is_heard_again(
    plain_town: Town,
) -> None:
    town = plain_town
    phone = await recruit_at(town, Step.NAME)
    with town.held_back():
        await phone.send("1")
    [update] = town.telegram.take_updates()
    receipt = await stored_by_another(town, update)
    before = await dialogues(town)

    with receipts.in_work(receipt):
        await town.feed(update)  # refused and asked again; killed before the end was written

    assert await dialogues(town) == before
    town.app.listening.dispatcher.storage._memory.clear()  # type: ignore[attr-defined]
    await taken_over(town)
    assert (await rows(town))[-1].state is InboxState.DONE
    assert await dialogues(town) != before  # the number of the question asked last
    await answer(phone, Step.NAME)
    assert (await town.me(phone)).full_name == NAME


async def test_a5_card_dialogue_and_mark_are_written_together_or_not_at_all(
    plain_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = plain_town
    assistant, update = await starting(town)
    asked, seen = await dialogues(town), list[object]()
    real = InboxRepository.settle

    async def broken(*args: Any) -> None:
        await real(*args)
        if len(seen) < 2:
            [shift] = await shifts_of(town, assistant)
            seen.append((shift.card_message_id, await dialogues(town)))
            raise OperationalError("UPDATE", None, Exception("disk I/O error"))

    monkeypatch.setattr(InboxRepository, "settle", broken)
    await town.receive([update])

    assert seen == [(None, asked)] * 2
    [shift] = await shifts_of(town, assistant)
    assert shift.card_message_id == card_of(assistant)["message_id"]
    assert await dialogues(town) == []
    assert (await rows(town))[-1].state is InboxState.DONE


async def test_a6_killed_before_the_commit_it_is_done_once_by_who_comes_after(town: Town) -> None:
    assistant, update = await starting(town)
    sent_at = town.clock()
    await stored_by_another(town, update)
    town.clock.tick(minutes=5)

    await taken_over(town)

    [shift] = await shifts_of(town, assistant)
    assert shift.started_at == sent_at  # the message's own time, not that of the second process
    assert shown(assistant, "shift-card-open", at=sent_at) in assistant.screen


async def test_a_process_that_lost_its_update_undoes_what_it_was_doing(town: Town) -> None:
    assistant, update = await starting(town)
    receipt = await stored_by_another(town, update)
    await taken_over(town)

    with receipts.in_work(receipt), pytest.raises(ReceiptLostError):
        await town.house.services.shifts.end((await town.me(assistant)).person_id, None)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN


async def test_a1_an_update_that_comes_again_is_not_heard_again(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    with town.held_back():
        await phone.send(NAME)
    updates = town.telegram.take_updates()
    await town.receive(updates)
    inbox = len(phone.inbox)

    await town.receive(updates)
    await town.receive(updates)

    assert len(phone.inbox) == inbox
    assert [row.state for row in await rows(town)].count(InboxState.DONE) == len(await rows(town))


async def test_what_is_answered_is_kept_without_its_words_and_forgotten_after_two_days(
    town: Town,
) -> None:
    phone = await recruit_at(town, Step.NAME)
    await phone.send(NAME)
    assert {row.payload for row in await rows(town)} == {None}

    town.clock.tick(hours=47)
    await town.house.services.inbox.forget_old()
    assert await rows(town)  # h9: Telegram repeats for a day
    town.clock.tick(hours=2)
    await town.house.services.inbox.forget_old()

    assert await rows(town) == []


async def test_j1_a_flood_is_refused_and_told_once_and_hurts_nobody(town: Town) -> None:
    flooding, other = await recruit_at(town, Step.NAME), await recruit_at(town, Step.DISTRICT)
    town.app.intake._pace = Pace(5, 0.0)

    async with town.at_once():
        for _ in range(100):
            await flooding.send("1")
        await answer(other, Step.DISTRICT)

    told = [message["text"] for message in flooding.inbox]
    assert told.count(flooding.says("too-fast")) == 1
    assert len(told) <= 10
    assert (await town.me(other)).step is Step.CONFIRM
    assert [row.state for row in await rows(town)].count(InboxState.REFUSED) == 95


async def test_what_was_sent_in_an_hour_of_downtime_is_no_flood(town: Town) -> None:
    assistant, limits = await on_shift(town), IntakeLimits()
    town.app.intake._pace = Pace(limits.burst, limits.per_second)

    with town.held_back():
        await assistant.do("location", *CENTRE, live_period=8 * 60 * 60)
        message_id = assistant.messages[-1]["message_id"]
        for minute in range(45):
            town.clock.tick(minutes=1)
            await assistant.do("move", message_id, CENTRE[0] + minute / 1_000, CENTRE[1])
            if minute == 1:  # what comes behind it is older than its arrival
                await assistant.press_data("old", assistant.inbox[-1]["message_id"])
        await assistant.send(assistant.says("key-end-shift"))
        await assistant.send(assistant.says("key-end-no-location"))
    await town.hear()

    assert {row.state for row in await rows(town)} == {InboxState.DONE}
    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED


async def test_a_store_that_fails_and_what_comes_again_count_as_nothing_sent(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.app.intake._pace = Pace(5, 2.0)
    with town.held_back():
        for _ in range(5):
            await phone.send("1")
    updates = town.telegram.take_updates()

    def full(*_args: Any) -> None:
        raise OperationalError("COMMIT", None, Exception("database or disk is full"))

    engine = town.database.engine.sync_engine
    sa.event.listen(engine, "commit", full)
    for _ in range(3):
        with pytest.raises(OperationalError):
            await town.app.intake.receive(updates)
    sa.event.remove(engine, "commit", full)

    await town.receive(updates)
    town.clock.tick(seconds=1)
    with town.held_back():
        await phone.send("1")
    await town.receive([*updates, *town.telegram.take_updates()])

    assert {row.state for row in await rows(town)} == {InboxState.DONE}
    assert phone.says("too-fast") not in str(phone.inbox)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a7_a_handler_that_hangs_is_cut_off_and_both_are_told(
    town: Town, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    admin = await town.admin()
    phone = await recruit_at(town, Step.NAME, language)

    async def hang(*_args: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(RegistrationService, "give_name", hang)
    hearing = town.app.intake._hearing
    assert hearing._longest_s < 60  # Telegram's own patience
    hearing._longest_s = 0.05
    await phone.send(NAME)

    failed = (await rows(town))[-1]
    assert (failed.state, failed.error) == (InboxState.FAILED, "HandlerTooSlowError")
    assert phone.screen == shown(phone, "bug", reference=failed.reference)
    assert admin.screen == shown(admin, "notice-update-laid-aside", reference=failed.reference)


async def test_admins_are_told_of_one_fault_once_an_hour(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, phone = await town.admin(), await recruit_at(town, Step.NAME)

    async def broken(*_args: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(RegistrationService, "give_name", broken)
    told = len(admin.inbox)
    for _ in range(3):
        await phone.send(NAME)
    assert len(admin.inbox) == told + 1

    town.clock.tick(hours=1, seconds=1)
    await phone.send(NAME)

    assert len(admin.inbox) == told + 2


async def test_admins_go_on_being_told_of_a_fault_that_comes_again_within_the_hour(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An hour is counted from the last time they were told, not from the last fault."""
    admin, phone = await town.admin(), await recruit_at(town, Step.NAME)

    async def broken(*_args: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(RegistrationService, "give_name", broken)
    told = []
    for _ in range(8):
        before = len(admin.inbox)
        await phone.send(NAME)
        told.append(len(admin.inbox) - before)
        town.clock.tick(minutes=50)

    assert told == [1, 0] * 4


async def test_b8_who_had_to_give_way_in_the_database_is_heard_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, update = await starting(town)
    real, failures = ShiftService.start, [True, True]

    async def busy(*args: Any) -> object:
        if failures:
            failures.pop()
            raise OperationalError("UPDATE", None, Exception("deadlock detected"))
        return await real(*args)

    monkeypatch.setattr(ShiftService, "start", busy)
    await town.receive([update])

    assert not failures
    [shift] = await shifts_of(town, assistant)
    assert shown(assistant, "shift-card-open", at=shift.started_at) in assistant.screen
    assert "😔" not in assistant.describe()


async def test_an_update_that_takes_processes_down_with_it_is_laid_aside_unheard(
    town: Town,
) -> None:
    assistant, update = await starting(town)
    await stored_by_another(town, update)
    async with town.database.transaction() as uow:
        await uow.session.execute(sa.update(InboxUpdate).values(attempts=5))

    await taken_over(town)

    assert await shifts_of(town, assistant) == []
    failed = (await rows(town))[-1]
    assert failed.state is InboxState.FAILED
    assert assistant.screen == shown(assistant, "bug", reference=failed.reference)


def disk_full() -> Exception:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return error


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        ("", Exception("away")),
        ("INSERT UPDATE DELETE", Exception("read-only")),
        ("INSERT", disk_full()),
    ],
    ids=["away", "read-only", "full"],
)
async def test_b7_an_update_outlives_minutes_of_a_database_that_is_away_or_full(
    town: Town, monkeypatch: pytest.MonkeyPatch, refused: str, reason: Exception
) -> None:
    admin = await town.admin()
    assistant, update = await starting(town)
    told, real, back_at = len(admin.inbox), ShiftService.start, 0.0

    async def start(*args: Any) -> object:
        nonlocal back_at
        back_at = back_at or town.time.now() + 5 * 60
        return await real(*args)

    def fail(_connection: Any, _cursor: Any, statement: str, *_args: Any) -> None:
        hit = not refused or statement.split(maxsplit=1)[0] in refused.split()
        if hit and town.time.now() < back_at:
            raise OperationalError("any", None, reason)

    monkeypatch.setattr(ShiftService, "start", start)
    engine = town.database.engine.sync_engine
    sa.event.listen(engine, "before_cursor_execute", fail)
    await town.receive([update])
    sa.event.remove(engine, "before_cursor_execute", fail)
    await town.settle()

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN
    assert (await rows(town))[-1].state is InboxState.DONE
    assert shown(assistant, "shift-card-open", at=shift.started_at) in str(card_of(assistant))
    assert len(admin.inbox) == told


def slow_start(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Have the start of a shift wait; return what tells that it has begun, what lets it go on."""
    real, begun, goes_on = ShiftService.start, asyncio.Event(), asyncio.Event()

    async def slow(*args: Any) -> object:
        begun.set()
        await goes_on.wait()
        return await real(*args)

    monkeypatch.setattr(ShiftService, "start", slow)
    return begun, goes_on


async def test_a7_an_update_that_comes_again_while_it_is_in_work_has_one_effect(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, update = await starting(town)
    begun, goes_on = slow_start(monkeypatch)
    await town.app.intake.receive([update])
    await begun.wait()
    for _ in range(3):  # Telegram is not kept waiting, and does not know
        await town.app.intake.receive([update])
    goes_on.set()
    await town.app.intake.idle()

    [shift] = await shifts_of(town, assistant)
    assert (await town.audit_actions()).count("shift.started") == 1
    assert assistant.describe().count(shown(assistant, "shift-card-open", at=shift.started_at)) == 1


async def test_a5_whoever_lost_an_update_in_an_outage_refuses_nothing_that_another_has_done(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, update = await starting(town)
    heard, real = len(assistant.inbox), ShiftService.start
    elsewhere = InboxService(town.database, town.clock, "another")

    async def taken_over(*_: Any) -> object:
        monkeypatch.setattr(ShiftService, "start", real)
        monkeypatch.setattr(inbox, "_SURE_S", 0.0)
        await elsewhere.release_all()
        [taken] = await elsewhere.take(1, set)
        receipt = Receipt(taken.update_id, "another", taken.received_at, town.clock)
        with receipts.in_work(receipt):
            await town.feed(update)
        await elsewhere.settle([receipt])
        raise OperationalError("any", None, Exception("server closed the connection"))

    monkeypatch.setattr(ShiftService, "start", taken_over)
    await town.receive([update])

    [shift] = await shifts_of(town, assistant)
    [card] = assistant.inbox[heard:]
    assert shown(assistant, "shift-card-open", at=shift.started_at) in assistant.words(card)
    assert (await rows(town))[-1].state is InboxState.DONE


async def test_a7_a_process_that_ends_takes_nothing_from_others_any_more(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    assistant, update = await starting(town)
    begun, goes_on = slow_start(monkeypatch)
    await town.app.intake.receive([update])
    await begun.wait()
    ending = asyncio.create_task(town.app.intake.finish(10))
    other = town.phone("Айбек")
    with town.held_back():
        await other.start()
    [left] = town.telegram.take_updates()
    elsewhere = InboxService(town.database, town.clock, "another")
    await elsewhere.store([Arrived(left["update_id"], lane_of(left), left)])
    await elsewhere.release()
    await asyncio.sleep(3 * IntakeLimits().sweep_s)
    goes_on.set()
    await ending

    assert other.inbox == []
    assert [row.state for row in await rows(town)][-2:] == [InboxState.DONE, InboxState.PENDING]
    assert len(await shifts_of(town, assistant)) == 1


async def all_stored(town: Town, count: int) -> None:
    while len(await rows(town)) < count:  # noqa: ASYNC110 - nothing tells of a row
        await asyncio.sleep(0.02)


async def test_a14_two_receivers_stand_back_for_each_other_and_nothing_is_lost(town: Town) -> None:
    phones = [town.phone(f"Айгерім {number}") for number in range(12)]
    pollings = [
        Polling(
            town.app.bot,
            town.app.intake,
            ALLOWED_UPDATES,
            reached=town.house.services.presence.note,
            pause=town.time.sleep,
        )
        for _ in range(2)
    ]
    with capture_logs() as logs, town.held_back():
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            for polling in pollings:
                group.create_task(polling.run())
            # Both ask while there is nothing to tell, so that one is sent away.
            while not any(  # noqa: ASYNC110 - nothing tells of a line in the log
                record.get("reason") == "TelegramConflictError" for record in logs
            ):
                await asyncio.sleep(0.02)
            for phone in phones:
                await phone.start()
                await asyncio.sleep(0.02)
            await all_stored(town, len(phones))
            for polling in pollings:
                polling.stop()
    await town.app.intake.idle()

    assert [len(phone.inbox) for phone in phones] == [1] * len(phones)
    assert {row.state for row in await rows(town)} == {InboxState.DONE}


async def done(town: Town) -> int:
    return [row.state for row in await rows(town)].count(InboxState.DONE)


async def test_a15_a_stop_with_fifty_updates_in_work_leaves_them_to_the_next_start(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = [town.phone(f"Айгерім {number}") for number in range(50)]
    with town.held_back():
        for phone in phones:
            await phone.start()
    town.hearing.cancel()
    await asyncio.wait({town.hearing})
    call, slow = town.app.bot.session.make_request, {phone.id for phone in phones[10:]}

    async def answer_slowly(bot: Any, method: Any, **kwargs: Any) -> Any:
        if getattr(method, "chat_id", None) in slow:
            await asyncio.Event().wait()  # longer than a stop has patience
        return await call(bot, method, **kwargs)

    async def serve() -> None:
        async with hearing(town.app):
            await town.app.intake.receive(town.telegram.take_updates())
            await asyncio.Event().wait()

    with monkeypatch.context() as patched:
        patched.setattr(town.app.bot.session, "make_request", answer_slowly)
        patched.setattr("bot.processes._LAST_WORK_S", 0.2)
        serving = asyncio.create_task(serve())
        async with asyncio.timeout(60):
            while await done(town) < 10:  # noqa: ASYNC110 - nothing tells of a row
                await asyncio.sleep(0.02)
        serving.cancel()
        await asyncio.wait({serving})
    assert await done(town) == 10
    assert {row.taken_until for row in await rows(town)} == {None}

    intake = Intake(town.house.services.inbox, town.app.listening, town.clock)
    async with hearing(replace(town.app, intake=intake)), asyncio.timeout(60):
        while await done(town) < len(phones):  # noqa: ASYNC110 - nothing tells of a row
            await asyncio.sleep(0.02)
    assert [len(phone.inbox) for phone in phones] == [1] * len(phones)
