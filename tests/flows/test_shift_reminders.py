"""Forgotten shifts: asked about first, closed later, settled by whoever knows the end."""

from datetime import timedelta

import pytest

from bot.services.states import ShiftState
from tests.flows.duty import card_of, hours_pass, on_shift, shifts_of
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town


async def test_after_the_longest_stay_the_person_is_asked_once(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 5)
    question = shown(assistant, "shift-question", at=shift.started_at)
    assert not any(question == message["text"] for message in assistant.inbox)

    await hours_pass(town, 1)
    await hours_pass(town, 1)

    assert sum(question == message["text"] for message in assistant.inbox) == 1
    assert assistant.says("shift-stay") in assistant.buttons
    assert shown(assistant, "shift-is-asked") in open_card(assistant)


def open_card(phone: Phone) -> str:
    """Return the card of the shift as it stands in the chat."""
    return next(
        str(message["text"])
        for message in phone.inbox
        if phone.says("shift-card-live") in str(message.get("reply_markup"))
    )


async def test_a_likely_end_closes_the_shift_with_credit(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 6)
    end = shift.started_at + timedelta(hours=3)

    await assistant.choose("shift-end-at", at=end, length=timedelta(hours=3))

    [closed] = await shifts_of(town, assistant)
    assert closed.state is ShiftState.CLOSED
    assert closed.credited == timedelta(hours=3)
    assert assistant.says("key-start-shift") in assistant.keys


async def test_a_typed_end_closes_the_shift_at_that_time(town: Town) -> None:
    assistant = await on_shift(town)  # at 15:00 in Kostanay
    await hours_pass(town, 6)

    await assistant.choose("shift-end-other")
    await assistant.send("17:42")

    [closed] = await shifts_of(town, assistant)
    assert closed.credited == timedelta(hours=2, minutes=42)
    assert card_of(assistant)["message_id"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("25:00", "error-shift-time"),
        ("как обычно", "error-shift-time"),
        ("٢٢:٣٠", "error-shift-time"),
        ("23:59", "error-shift-time-ahead"),
    ],
)
async def test_a_typed_end_that_cannot_be_is_asked_again(town: Town, typed: str, why: str) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 6)
    await assistant.choose("shift-end-other")

    await assistant.send(typed)

    args = {"start": shift.started_at} if why == "error-shift-time-ahead" else {}
    assert refusal(assistant, why, **args) in assistant.screen
    assert (await shifts_of(town, assistant))[0].state is ShiftState.OPEN


async def test_still_on_duty_asks_again_two_hours_later(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 6)
    question = shown(assistant, "shift-question", at=shift.started_at)

    await assistant.choose("shift-stay")

    assert shown(assistant, "shift-stays", at=town.clock() + timedelta(hours=2)) in assistant.screen
    await hours_pass(town, 1)
    assert assistant.screen != question
    await hours_pass(town, 1)
    assert assistant.screen == question


async def test_somebody_who_answers_is_never_closed(town: Town) -> None:
    assistant = await on_shift(town)
    await hours_pass(town, 6)
    for _ in range(5):
        await assistant.choose("shift-stay")
        await hours_pass(town, 2)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN
    assert town.clock() - shift.started_at == timedelta(hours=16)


async def test_nobody_answers_so_it_closes_unconfirmed_and_credits_nothing(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    await hours_pass(town, 12)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.UNCONFIRMED
    assert shift.credited == timedelta()
    assert shown(assistant, "notice-shift-unconfirmed", at=shift.started_at) in assistant.screen
    assert shown(coordinator, "notice-shift-forgotten") in coordinator.screen
    assert "Үлгіев Ерлан" in coordinator.screen
    assert assistant.says("key-start-shift") in assistant.keys
    assert "shift.unconfirmed" in await town.audit_actions()


async def test_those_that_close_together_come_in_one_notice_without_a_sound_at_night(
    town: Town,
) -> None:
    coordinator, other = await town.coordinator(), await town.coordinator("rudny")
    for name in ("Образцов Тимур", "Құпияева Сәуле"):
        await on_shift(town, name)
    assistant, _ = await on_shift(town), await on_shift(town, district="rudny")
    day = sounds(town, coordinator)
    assert day
    assert all(day)

    await hours_pass(town, 12)  # until 03:00 in Kostanay

    told = shown(coordinator, "notice-shifts-forgotten", district="г. Костанай", count=3)
    assert coordinator.screen == told
    assert sounds(town, coordinator)[len(day) :] == [False]
    assert not sounds(town, other)[-1]
    assert shown(other, "notice-shift-forgotten") in other.screen
    assert not sounds(town, assistant)[-1]
    await coordinator.press("Құпияева Сәуле")
    assert "Құпияева Сәуле" in coordinator.screen


def sounds(town: Town, phone: Phone) -> list[bool]:
    """Return of each message that came to the phone whether it made a sound."""
    return [
        not call.params.get("disable_notification")
        for call in town.telegram.api_calls
        if call.method == "sendMessage" and call.params["chat_id"] == phone.id
    ]


async def test_running_the_timetable_twice_changes_nothing(town: Town) -> None:
    await town.coordinator()
    await on_shift(town)
    await hours_pass(town, 12)
    before = await town.dump()

    await town.house.services.shift_reminders.run_due()
    await town.settle()

    assert await town.dump() == before


async def test_d9_a_shift_open_for_36_hours_closes_with_a_mark_and_no_credit(town: Town) -> None:
    assistant = await on_shift(town)
    await hours_pass(town, 36)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.UNCONFIRMED
    assert shift.credited == timedelta()
    assert shift.ended_at == shift.started_at + timedelta(hours=12)


async def test_d9_after_a_standstill_of_36_hours_the_person_is_asked_before_it_closes(
    town: Town,
) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=36)
    await hours_pass(town, 1)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.OPEN
    assert shown(assistant, "shift-question", at=shift.started_at) in assistant.screen

    await hours_pass(town, 2)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.UNCONFIRMED
    assert shift.credited == timedelta()


async def test_the_person_states_the_end_of_an_unconfirmed_shift_later(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 20)

    await assistant.choose(
        "shift-end-at", at=shift.started_at + timedelta(hours=4), length=timedelta(hours=4)
    )

    [closed] = await shifts_of(town, assistant)
    assert closed.state is ShiftState.CLOSED
    assert closed.credited == timedelta(hours=4)


async def test_a_new_shift_may_begin_while_an_old_one_is_unconfirmed(town: Town) -> None:
    assistant = await on_shift(town)
    await hours_pass(town, 12)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    latest, forgotten = await shifts_of(town, assistant)
    town.clock.tick(hours=3)

    # 15:00 yesterday plus 14 h is later than the new start at 03:00.
    await assistant.press_data(f"shiftat:{forgotten.id}:{14 * 60}")

    assert assistant.toast == assistant.says("error-shift-overlap", at=latest.started_at)

    await assistant.press_data(f"shiftat:{forgotten.id}:{12 * 60}")

    assert (await shifts_of(town, assistant))[1].credited == timedelta(hours=12)


async def test_an_end_stated_twice_keeps_the_first(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 13)
    await assistant.press_data(f"shiftat:{shift.id}:180")

    await assistant.press_data(f"shiftat:{shift.id}:240")

    end = shift.started_at + timedelta(hours=3)
    assert assistant.toast == assistant.says("error-shift-ended", at=end)
    assert (await shifts_of(town, assistant))[0].ended_at == end


@pytest.mark.parametrize(
    ("minutes", "why"),
    [
        (60 * 14, "error-shift-time-ahead"),
        (60 * 24 + 1, "stale-button-toast"),
        (2**63 - 1, "stale-button-toast"),
    ],
)
async def test_e8_an_end_to_come_or_beyond_any_calendar_is_refused(
    town: Town, minutes: int, why: str
) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 7)

    await assistant.press_data(f"shiftat:{shift.id}:{minutes}")

    args = {"start": shift.started_at} if why == "error-shift-time-ahead" else {}
    assert assistant.toast == assistant.says(why, **args)
    assert (await shifts_of(town, assistant))[0].state is ShiftState.OPEN


async def test_d9_an_end_after_a_standstill_of_36_hours_asks_when_it_really_was(
    town: Town,
) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    town.clock.tick(hours=36)

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    assert shown(assistant, "shift-ended-late", at=shift.started_at) in assistant.screen
    assert (await shifts_of(town, assistant))[0].credited == timedelta()

    await assistant.press_data(f"shiftat:{shift.id}:180")

    assert (await shifts_of(town, assistant))[0].credited == timedelta(hours=3)


async def test_still_on_duty_pressed_too_late_says_that_it_closed(town: Town) -> None:
    assistant = await on_shift(town)
    await hours_pass(town, 12)
    [shift] = await shifts_of(town, assistant)

    await assistant.press_data(f"shiftstay:{shift.id}")

    assert assistant.toast == assistant.says("error-shift-ended", at=shift.ended_at)
    assert assistant.says("shift-end-other") in assistant.buttons


async def test_the_end_key_typed_after_it_closed_asks_when_it_ended(town: Town) -> None:
    assistant = await on_shift(town)
    await hours_pass(town, 12)

    await assistant.send(assistant.says("key-end-shift"))

    assert assistant.says("shift-end-other") in assistant.buttons
