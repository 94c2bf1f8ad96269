"""Many notices at once: none is lost, and a kill repeats at most what was under way."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import show
from bot.jobs.outbox import OutboxSender
from bot.screens import Attachment, Screen
from bot.services.outbox import OutboxService, Outcome
from db import receipts
from db.models import OutboxState
from db.receipts import Receipt
from sandbox import methods
from sandbox.errors import ApiError
from sandbox.group import GROUP_ID
from sandbox.model import Request
from sandbox.telegram import Telegram
from tests.flows.test_notices import apply, rows
from tests.flows.test_ops import FIT
from tests.logbook import logging_into, records
from tests.operator import watching
from tests.phone import Phone
from tests.town import Town

TEN = range(10)


async def ten_coordinators(town: Town) -> list[Phone]:
    return [await town.coordinator(name=f"Марина Примерова {'абвгдежзик'[each]}") for each in TEN]


def told(phones: list[Phone]) -> list[int]:
    """Return how often each was told of the application."""
    return [sum("Образцов" in each["text"] for each in phone.inbox) for phone in phones]


async def states(town: Town) -> Counter[OutboxState]:
    received = [row for row in await rows(town) if row.kind == "application-received"]
    return Counter(row.state for row in received)


async def test_several_senders_never_take_the_same_notice(town: Town) -> None:
    staff = await ten_coordinators(town)
    await apply(town)
    senders = [OutboxSender(town.house, town.app.bot) for _ in range(3)]

    await asyncio.gather(*(sender.deliver_due() for sender in senders))

    assert told(staff) == [1 for _ in TEN]


async def broken(*_: Any) -> None:
    raise ConnectionError("no database")


@pytest.mark.parametrize("at", [1, 2, 3, 5, 8, 10])
async def test_c4_a_kill_repeats_only_what_was_under_way(
    town: Town, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = await ten_coordinators(town)
    await apply(town)
    send, count = methods.PLAYED["sendMessage"], 0

    with monkeypatch.context() as dying:

        def counting(tg: Telegram, request: Request) -> object:
            nonlocal count
            count += 1
            if count > at:
                raise RuntimeError("dead already")
            if count == at:  # nothing that is said or noted from now on arrives anywhere
                dying.setattr(OutboxService, "settle", broken)
                dying.setattr(OutboxService, "take", broken)
            return send(tg, request)

        dying.setitem(methods.PLAYED, "sendMessage", counting)
        await town.app.sender.deliver_due()
    under_way = sum(told(staff)) - (await states(town))[OutboxState.SENT]

    restarted = OutboxSender(town.house, town.app.bot)
    await restarted.deliver_due()
    town.clock.tick(minutes=2)
    await restarted.deliver_due()

    assert under_way >= 1
    assert set(told(staff)) <= {1, 2}
    assert told(staff).count(2) == under_way
    assert await states(town) == {OutboxState.SENT: len(staff)}


async def set_back(town: Town) -> None:
    """Set the clock back an hour; whoever keeps the timetable notices within seconds."""
    town.clock.offset -= timedelta(hours=1)
    # Whoever keeps a pace goes by a clock that never goes back.
    await town.time.sleep(3600)
    await town.house.services.heartbeat.beat()


async def test_d8_what_waits_when_the_clock_is_set_back_does_not_wait_for_the_old_hour(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    await town.house.services.heartbeat.beat()
    await town.house.services.outbox.take(1)  # by a sender that dies over it
    await apply(town, "Второва Анна")

    await set_back(town)
    async with watching(town) as operator:
        assert await operator.checks() == FIT
    await town.settle()
    assert told([coordinator]) == [0]
    town.clock.tick(seconds=31)
    await town.settle()

    assert told([coordinator]) == [1]
    assert sum("Второва" in each["text"] for each in coordinator.inbox) == 1


async def test_d8_a_silence_telegram_wants_is_as_long_when_the_clock_is_set_back(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    await town.house.services.heartbeat.beat()
    await town.house.services.outbox.hold(timedelta(seconds=35))

    await set_back(town)
    town.clock.tick(seconds=34)
    await town.settle()
    assert told([coordinator]) == [0]
    town.clock.tick(seconds=2)
    await town.settle()

    assert told([coordinator]) == [1]


async def test_nobody_else_takes_what_is_still_being_sent(town: Town) -> None:
    staff = await ten_coordinators(town)
    await apply(town)
    begun, hanging, gone_by = asyncio.Event(), asyncio.Event(), 0
    call = town.app.bot.session.make_request

    async def slow(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        await hanging.wait()
        return await call(*args, **kwargs)

    async def pause(seconds: float) -> None:
        nonlocal gone_by
        await begun.wait()  # however slow it was to take them, no time has gone by
        town.clock.tick(seconds=seconds)
        gone_by += 1
        await asyncio.sleep(0.01)

    town.app.bot.session.make_request = slow  # type: ignore[method-assign]
    sending = asyncio.create_task(OutboxSender(town.house, town.app.bot, pause=pause).deliver_due())
    await begun.wait()
    while gone_by < 10:
        await asyncio.sleep(0.01)
        assert await town.house.services.outbox.take(len(TEN)) == []
    hanging.set()
    await sending

    assert told(staff) == [1 for _ in TEN]
    assert await states(town) == {OutboxState.SENT: len(staff)}


async def test_b7_what_was_sent_is_noted_as_soon_as_the_database_is_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = await ten_coordinators(town)
    await apply(town)
    settle, refusals = OutboxService.settle, 0

    async def away(outbox: OutboxService, outcomes: Sequence[Outcome]) -> None:
        nonlocal refusals
        refusals += 1
        if refusals <= len(TEN) + 3:
            raise OperationalError("UPDATE", None, Exception("the database is away"))
        await settle(outbox, outcomes)

    monkeypatch.setattr(OutboxService, "settle", away)
    await OutboxSender(town.house, town.app.bot, pause=town.time.sleep).deliver_due()
    # Somebody else keeps the timetable by now.
    town.clock.tick(minutes=5)
    await OutboxSender(town.house, town.app.bot).deliver_due()

    assert told(staff) == [1 for _ in TEN]
    assert await states(town) == {OutboxState.SENT: len(staff)}


async def test_what_was_sent_is_not_sent_again_when_it_could_not_be_noted(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff = await ten_coordinators(town)
    await apply(town)

    with monkeypatch.context() as down, logging_into("json") as log:
        down.setattr(OutboxService, "settle", broken)
        await town.app.sender.deliver_due()
        assert {line["event"] for line in records(log) if line["level"] == "error"} == {
            "outbox_unwritable"
        }
    town.clock.tick(minutes=5)
    await town.settle()

    assert told(staff) == [1 for _ in TEN]
    assert await states(town) == {OutboxState.SENT: len(staff)}


async def test_a15_a_sender_that_was_stopped_takes_no_more(town: Town) -> None:
    staff = await ten_coordinators(town)
    await apply(town)

    town.app.sender.stop()
    await town.app.sender.deliver_due()

    assert told(staff) == [0 for _ in TEN]
    assert await states(town) == {OutboxState.PENDING: len(staff)}


async def test_j8_a_withdrawn_token_stops_the_sending_and_loses_nothing(town: Town) -> None:
    staff = await ten_coordinators(town)
    await apply(town)
    town.telegram.faults.change({"token_withdrawn": True})
    calls = len(town.telegram.api_calls)

    await town.app.sender.deliver_due()
    asked = len(town.telegram.api_calls)
    for _ in range(4):
        town.clock.tick(minutes=5)
        await town.app.sender.deliver_due()

    # Some may be under way before the first answer; then nobody is asked any more.
    assert calls < asked <= calls + len(staff)
    assert len(town.telegram.api_calls) == asked
    assert {row.attempts for row in (await rows(town))[-len(staff) :]} == {0}
    assert await states(town) == {OutboxState.PENDING: len(staff)}


async def test_c12_answers_that_are_none_are_asked_for_again(town: Town) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"broken_answer": {"left": 3}})  # a page, a cut one, an empty one

    await town.settle()

    # Two calls were done though their answers were lost: nobody can know.
    assert told([coordinator]) == [3]
    assert await states(town) == {OutboxState.SENT: 1}


async def test_c12_broken_answers_without_end_leave_no_word_of_people_in_the_log(
    town: Town,
) -> None:
    await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"broken_answer": {"left": 1_000}})

    with logging_into("json") as log:
        await town.settle()

    assert (await states(town))[OutboxState.PENDING] == 1
    assert all("Образцов" not in str(line) for line in records(log))


async def test_c6_a_group_that_became_a_supergroup_is_answered_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await town.assistant()
    await phone.do("group_text", "Всем привет")
    town.telegram.chat(GROUP_ID).bot_is_member = True
    send, asked = methods.PLAYED["sendMessage"], []

    def moved(tg: Telegram, request: Request) -> object:
        asked.append(request.params["chat_id"])
        if len(asked) == 1:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, migrate_to_chat_id=GROUP_ID)
        return send(tg, request)

    monkeypatch.setitem(methods.PLAYED, "sendMessage", moved)
    await phone.do("group_text", "/menu")

    said = town.telegram.chat(GROUP_ID).messages[-1]["text"]
    assert phone.says("group-private-only") in said
    assert len(asked) == 2


async def test_c9_a_file_that_telegram_refuses_is_told_in_words(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator = await town.coordinator()
    await town.briefed_assistant()

    def refused(_tg: Telegram, _request: Request) -> object:
        raise ApiError(413, "Request Entity Too Large")

    monkeypatch.setitem(methods.PLAYED, "sendDocument", refused)
    await coordinator.tap("key-assistants")
    await coordinator.choose("journal-open")
    journal = coordinator.screen
    await coordinator.press("XLSX")

    assert coordinator.inbox[-2]["text"] == coordinator.says("file-refused")
    assert coordinator.screen == journal


async def test_c9_a_caption_too_long_for_a_file_follows_it_as_a_message(town: Town) -> None:
    coordinator = await town.coordinator()
    attached = Attachment("a.xlsx", b"a", caption=f"<b>{'ә' * 1_100}</b>")

    await show.send(town.app.bot, coordinator.id, Screen("", attached=attached))

    file, caption = coordinator.inbox[-2:]
    assert ("document" in file, "caption" in file) == (True, False)
    assert caption["text"] == "ә" * 1_100


async def test_the_log_of_a_notice_names_the_update_that_led_to_it(town: Town) -> None:
    me = await town.me(await town.coordinator())
    in_work = receipts.in_work(Receipt(77, "nobody", town.clock(), town.clock))
    async with town.database.transaction(effect=False) as uow:
        with in_work:
            uow.outbox.add(person_id=me.person_id, kind="unheard-of", now=town.clock())

    with logging_into("json") as log:
        await town.settle()

    (record,) = [line for line in records(log) if line["event"] == "notice_unknown"]
    assert record["cause"] == 77
    assert record["notice_id"] == (await rows(town))[-1].id


async def test_h9_settled_notices_are_forgotten_after_their_term_and_no_others(town: Town) -> None:
    await town.coordinator()
    recruit = await apply(town)
    await town.settle()
    outbox, kept = town.house.services.outbox, timedelta(days=30)
    await outbox.owe_answer((await town.me(recruit)).person_id, None)

    town.clock.advance(kept)
    await outbox.forget_settled(kept)
    assert (await states(town))[OutboxState.SENT] == 1  # on the very day it is kept still
    town.clock.tick(seconds=1)
    await outbox.forget_settled(kept)

    assert [row.kind for row in await rows(town)] == ["answer-owed"]
