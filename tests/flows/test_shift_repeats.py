"""Repeats, mashing and messages out of order around a shift."""

import asyncio

import pytest

from bot.services.errors import ConflictError
from bot.services.geofence import Point
from bot.services.states import ShiftState
from tests.flows.duty import CENTRE, on_shift, shifts_of
from tests.flows.steps import refusal, shown
from tests.town import Town

pytestmark = pytest.mark.usefixtures("sound_in_the_end")


async def test_b1_eight_taps_at_once_start_one_shift(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    began = town.clock()

    async with town.at_once():
        for _ in range(8):
            await assistant.send(assistant.says("key-start-no-location"))

    assert len(await shifts_of(town, assistant)) == 1
    friendly = refusal(assistant, "error-shift-open", at=began)
    assert sum(friendly in message["text"] for message in assistant.inbox) == 7


async def test_b2_eight_starts_at_the_service_at_once_are_one_shift(town: Town) -> None:
    assistant = await town.briefed_assistant()
    person_id = (await town.me(assistant)).person_id
    start = town.house.services.shifts.start

    results = await asyncio.gather(
        *(start(person_id, Point(*CENTRE)) for _ in range(8)), return_exceptions=True
    )

    refused = [result for result in results if isinstance(result, ConflictError)]
    assert [error.message for error in refused] == ["error-shift-open"] * 7
    assert len(await shifts_of(town, assistant)) == 1


async def test_b2_twelve_people_start_at_once(town: Town) -> None:
    people = []
    for number in range(12):
        phone = await town.briefed_assistant(name=f"Досов {'АБВГДЕЖЗИКЛМ'[number]}сан")
        people.append((await town.me(phone)).person_id)

    await asyncio.gather(*(town.house.services.shifts.start(each, None) for each in people))

    on_duty = await town.house.services.shift_records.on_duty(await town.admin_id(), 0)
    assert on_duty.total == 12


async def test_j2_twenty_presses_of_end_on_the_card_ask_once_and_end_once(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    card = assistant.inbox[-1]["message_id"]

    async with town.at_once():
        for _ in range(20):
            await assistant.press_data(f"shiftend:{shift.id}", card)

    asked = shown(assistant, "shift-end-ask", at=shift.started_at)
    assert sum(asked == message["text"] for message in assistant.inbox) == 1

    await assistant.tap("key-end-no-location")

    assert (await shifts_of(town, assistant))[0].state is ShiftState.CLOSED


async def test_a1_a_start_delivered_twice_is_one_shift(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    with town.held_back():
        await assistant.do("location", *CENTRE)
    [update] = town.telegram.take_updates()

    for _ in range(2):
        await town.feed(update)

    [shift] = await shifts_of(town, assistant)
    assert shown(assistant, "shift-on-already", at=shift.started_at) in assistant.screen


async def test_a1_an_end_delivered_twice_does_not_end_the_next_shift(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=2)
    with town.held_back():
        await assistant.send(assistant.says("key-end-no-location"))
    [end] = town.telegram.take_updates()
    await town.feed(end)
    town.clock.tick(minutes=5)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")

    await town.feed(end)

    latest, first = await shifts_of(town, assistant)
    assert latest.state is ShiftState.OPEN
    assert first.credited.total_seconds() == 2 * 3600
    assert refusal(assistant, "error-shift-began-later", at=latest.started_at) in assistant.screen


async def test_a4_an_end_that_comes_before_its_start_ends_nothing(town: Town) -> None:
    assistant = await town.briefed_assistant()
    with town.held_back():
        await assistant.send(assistant.says("key-start-no-location"))
        town.clock.tick(hours=3)
        await assistant.send(assistant.says("key-end-no-location"))
    start, end = town.telegram.take_updates()

    await town.feed(end)
    assert refusal(assistant, "error-shift-none") in assistant.screen
    await town.feed(start)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN
    assert (town.clock() - shift.started_at).total_seconds() == 3 * 3600


async def test_a4_a_start_older_than_the_last_end_starts_nothing(town: Town) -> None:
    assistant = await on_shift(town)
    with town.held_back():
        await assistant.send(assistant.says("key-start-no-location"))
    [stale] = town.telegram.take_updates()
    town.clock.tick(hours=1)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    await town.feed(stale)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED
    assert refusal(assistant, "error-shift-ended-since", at=shift.ended_at) in assistant.screen


async def test_d8_a_clock_set_back_gives_no_negative_shift(town: Town) -> None:
    town.clock.tick(minutes=10)
    assistant = await on_shift(town)
    town.clock.reset()

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED
    assert shift.credited.total_seconds() == 0


async def test_a_second_place_after_the_end_says_that_it_ended(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=1)
    await assistant.tap("key-end-shift")

    async with town.at_once():
        await assistant.do("location", *CENTRE)
        await assistant.do("location", *CENTRE)

    [shift] = await shifts_of(town, assistant)
    assert refusal(assistant, "error-shift-ended", at=shift.ended_at) in "".join(
        str(message["text"]) for message in assistant.inbox
    )


@pytest.mark.parametrize("statement", range(1, 6))
async def test_b4_a_start_that_fails_at_any_statement_leaves_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    assistant = await town.briefed_assistant()
    person_id = (await town.me(assistant)).person_id
    before = await town.dump()
    from sqlalchemy.ext.asyncio import AsyncSession  # noqa: PLC0415 - the fault sits here

    real, counted = AsyncSession.flush, 0

    async def failing(self: AsyncSession, *args: object, **kwargs: object) -> None:
        nonlocal counted
        counted += 1
        if counted == statement:
            raise OSError("disk full")
        await real(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(AsyncSession, "flush", failing)
    try:
        await town.house.services.shifts.start(person_id, None)
    except OSError:
        assert await town.dump() == before
    else:
        monkeypatch.undo()
        assert counted < statement
        assert len(await shifts_of(town, assistant)) == 1
