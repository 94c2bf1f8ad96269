"""Notices: each arrives once, in order, when it can, and only while it is true."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.handlers import notices
from bot.jobs.outbox import LAST_ATTEMPT_IN_TROUBLE
from db.models import OutboxMessage, OutboxState
from sandbox import methods
from sandbox.errors import ApiError
from sandbox.model import Request
from sandbox.telegram import Telegram
from tests.logbook import logging_into, records
from tests.phone import Phone
from tests.town import Town, open_town


async def rows(town: Town) -> list[OutboxMessage]:
    async with town.database.reading() as uow:
        return list(await uow.session.scalars(sa.select(OutboxMessage).order_by(OutboxMessage.id)))


async def apply(town: Town, name: str = "Образцов Тимур") -> Phone:
    """Send an application without letting the bot tell anybody yet."""
    registration, phone = town.house.services.registration, town.phone(name)
    me = await town.me(phone)
    await town.house.services.people.choose_language(me.person_id, "ru")
    await registration.begin(me.person_id)
    await town.introduce(phone, name)
    await registration.choose_district(me.person_id, "kostanay")
    await registration.submit(me.person_id)
    return phone


async def test_a_notice_is_repeated_at_once_after_5xx(town: Town) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"server_error": {"left": 3}})

    await town.settle()

    assert "Образцов Тимур" in coordinator.screen
    assert (await rows(town))[-1].state is OutboxState.SENT


async def test_c12_a_notice_waits_out_a_long_night_of_5xx(town: Town) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"server_error": {"left": 8}})  # four tries of two attempts

    await town.settle()
    assert (await rows(town))[-1].state is OutboxState.PENDING
    for _ in range(2):
        town.clock.tick(minutes=1)
        await town.settle()

    told = [each for each in coordinator.inbox if "Образцов Тимур" in each["text"]]
    assert len(told) == 1
    last = (await rows(town))[-1]
    assert (last.state, last.attempts) == (OutboxState.SENT, 3)


async def test_c2_everything_is_put_off_as_long_as_telegram_says(town: Town) -> None:
    admin, coordinator = await town.admin(), await town.coordinator()
    await apply(town, "Алғашқы Айдар")
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 10_072}})
    before, since, calls = len(coordinator.inbox), town.clock(), len(town.telegram.api_calls)

    await town.settle()
    await apply(town, "Екінші Ерлан")
    for _ in range(3):
        town.clock.tick(seconds=3_357)
        await town.settle()

    assert len(coordinator.inbox) == before
    assert len(town.telegram.api_calls) == calls + 1  # nobody was asked meanwhile
    waiting = [row for row in await rows(town) if row.state is OutboxState.PENDING]
    assert {(row.attempts, row.taken_until) for row in waiting} == {(0, None)}
    town.clock.tick(seconds=1)
    await town.settle()
    assert len(coordinator.inbox) == before + 2
    told = [each["text"] for each in admin.inbox if "Telegram" in each["text"]]
    text = admin.says("notice-telegram-held", since=since, span=timedelta(minutes=167))
    assert told == [text]


async def test_c2_a_silence_outlives_a_restart(town: Town) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 10_072}})
    await town.settle()
    calls, before = len(town.telegram.api_calls), len(coordinator.inbox)

    async with open_town(town.database, town.clock) as restarted:
        restarted.same_person(coordinator)
        await restarted.app.sender.deliver_due()
        assert restarted.telegram.api_calls == []
    town.clock.tick(seconds=10_072)
    await town.settle()

    assert len(town.telegram.api_calls) > calls
    assert len(coordinator.inbox) == before + 1


async def test_c1_a_short_silence_is_told_to_nobody(town: Town) -> None:
    admin, coordinator = await town.admin(), await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 35}})
    asked, told = len(coordinator.inbox), len(admin.inbox)

    await town.settle()
    town.clock.tick(seconds=35)
    await town.settle()

    assert (len(coordinator.inbox), len(admin.inbox)) == (asked + 1, told)


async def test_c12_a_notice_rests_after_its_last_attempt(town: Town) -> None:
    await town.coordinator()
    await apply(town)
    town.telegram.faults.change({"server_error": {"left": 1_000}})

    for _ in range(LAST_ATTEMPT_IN_TROUBLE + 3):
        await town.settle()
        town.clock.tick(minutes=40)

    last = (await rows(town))[-1]
    assert (last.state, last.attempts) == (OutboxState.FAILED, LAST_ATTEMPT_IN_TROUBLE)
    assert last.error == "TelegramServerError"


async def test_c1_a_notice_is_not_given_up_for_being_held_back(town: Town) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    town.telegram.faults.change(
        {"rate_limit": {"left": LAST_ATTEMPT_IN_TROUBLE + 6, "retry_after": 60}}
    )
    before = len(coordinator.inbox)

    for _ in range(LAST_ATTEMPT_IN_TROUBLE + 7):
        await town.settle()
        town.clock.tick(minutes=1)

    assert len(coordinator.inbox) == before + 1


async def test_a_put_off_notice_is_dropped_when_it_is_true_no_more(town: Town) -> None:
    first, second = await town.coordinator(), await town.coordinator(name="Гүлнәр Мысалова")
    recruit = await apply(town)
    me = await town.me(second)
    # Both may be on their way before the first answer says to wait.
    town.telegram.faults.change({"rate_limit": {"left": 2, "retry_after": 600}})
    await town.settle()
    town.telegram.faults.change({"rate_limit": {"left": 0}})
    application = (await town.me(recruit)).application
    assert application is not None
    before = len(first.inbox)

    await town.house.services.applications.approve(me.person_id, application.id)
    town.clock.tick(minutes=10)
    await town.settle()

    assert len(first.inbox) == before
    received = [row for row in await rows(town) if row.kind == "application-received"]
    assert [row.state for row in received] == [OutboxState.DROPPED] * 2


async def test_a_rejection_is_not_told_after_a_new_application(town: Town) -> None:
    await town.coordinator()
    recruit = await town.applicant()
    me, services = await town.me(recruit), town.house.services
    assert me.application is not None
    await services.applications.reject(await town.admin_id(), me.application.id, "Чужой район")
    await services.registration.begin(me.person_id)  # before the notice went

    before = len(recruit.inbox)
    await town.settle()

    assert len(recruit.inbox) == before
    assert (await rows(town))[-1].state is OutboxState.DROPPED


async def test_notices_of_one_person_keep_their_order_when_the_first_is_put_off(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    await apply(town, "Алғашқы Айдар")
    await apply(town, "Екінші Ерлан")
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 300}})
    before = len(coordinator.inbox)

    await town.settle()
    assert len(coordinator.inbox) == before
    await apply(town, "Үшінші Үміт")
    await town.settle()
    assert len(coordinator.inbox) == before
    town.clock.tick(minutes=5)
    await town.settle()

    told = [each["text"] for each in coordinator.inbox[before:]]
    assert ["Алғашқы" in told[0], "Екінші" in told[1], "Үшінші" in told[2]] == [True] * 3
    assert len(told) == 3


async def test_c1_all_wait_and_none_is_lost_or_doubled(town: Town) -> None:
    staff = [await town.coordinator(name=f"Марина Примерова {each}") for each in "абвгде"]
    await apply(town)
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 35}})
    before = [len(phone.inbox) for phone in staff]

    await town.settle()
    delivered = sum(len(phone.inbox) for phone in staff) - sum(before)
    town.clock.tick(seconds=36)
    await town.settle()

    assert delivered < len(staff)
    assert [len(phone.inbox) for phone in staff] == [each + 1 for each in before]


async def test_trouble_with_one_notice_puts_off_that_one_only(town: Town) -> None:
    first, second = await town.coordinator(), await town.coordinator(name="Гүлнәр Мысалова")
    await apply(town)
    calls = len(town.telegram.api_calls)
    town.telegram.faults.change({"server_error": {"left": 7}})  # four tries of one, three of both

    await town.settle()

    told = ["Образцов" in phone.screen for phone in (first, second)]
    assert sorted(told) == [False, True]
    assert len(town.telegram.api_calls) == calls + 8


async def test_a_notice_that_cannot_be_put_into_words_holds_nobody_up(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await town.coordinator(), await town.coordinator(name="Гүлнәр Мысалова")
    me = await town.me(first)
    async with town.database.transaction() as uow:
        uow.outbox.add(person_id=me.person_id, kind="broken", now=town.clock())
    await apply(town)

    async def broken(*_: Any) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setitem(notices.NOTICES, "broken", broken)
    with logging_into("json") as log:
        await town.settle()

    assert "Образцов" in second.screen
    (record,) = [line for line in records(log) if line["level"] == "error"]
    assert (record["event"], record["kind"]) == ("notice_failed", "broken")
    assert "RuntimeError: a bug" in record["exception"]


async def test_b11_a_notice_of_a_newer_release_is_dropped(town: Town) -> None:
    coordinator = await town.coordinator()
    me = await town.me(coordinator)
    async with town.database.transaction() as uow:
        uow.outbox.add(
            person_id=me.person_id,
            kind="shift-forgotten",
            args={"shift_id": 1},
            now=town.clock(),
        )
    before = len(coordinator.inbox)

    await town.settle()

    assert len(coordinator.inbox) == before
    assert (await rows(town))[-1].state is OutboxState.DROPPED


async def test_a_notice_is_sent_once_after_it_is_settled(town: Town) -> None:
    coordinator = await town.coordinator()
    await apply(town)
    await town.settle()
    before = len(coordinator.inbox)

    for _ in range(3):
        town.clock.tick(hours=1)
        await town.settle()

    assert len(coordinator.inbox) == before


async def test_a_notice_speaks_the_language_of_the_moment_it_is_sent(town: Town) -> None:
    coordinator = await town.coordinator(language="ru")
    await apply(town)
    await town.house.services.people.choose_language((await town.me(coordinator)).person_id, "en")
    coordinator.language = "en"

    await town.settle()

    assert coordinator.screen.startswith(coordinator.says("notice-application"))


async def test_a_notice_that_telegram_refuses_for_good_rests(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.coordinator()
    await apply(town)

    def refused(_tg: Telegram, _request: Request) -> object:
        raise ApiError(400, "Bad Request: chat not found")

    monkeypatch.setitem(methods.PLAYED, "sendMessage", refused)
    await town.settle()

    last = (await rows(town))[-1]
    assert (last.state, last.attempts) == (OutboxState.FAILED, 1)
    assert "chat not found" in (last.error or "")
