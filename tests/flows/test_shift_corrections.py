"""A correction: the person asks with a reason, a coordinator of the district decides."""

from datetime import timedelta

import pytest

from bot.services.states import CorrectionState, Role
from tests.flows.duty import on_shift, shifts_of
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town


async def worked(town: Town, hours: int = 2) -> Phone:
    """Return the phone of somebody who ended a shift at 17:00, begun at 15:00."""
    phone = await on_shift(town)
    town.clock.tick(hours=hours)
    await phone.tap("key-end-shift")
    await phone.tap("key-end-no-location")
    town.clock.tick(hours=12)
    return phone


async def ask(phone: Phone, times: str = "14:30 – 18:15") -> None:
    await phone.choose("shift-correct")
    await phone.send(times)
    await phone.send("Забыл нажать")


async def test_a_correction_is_asked_approved_and_told(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await worked(town)
    await town.brief(assistant)  # does not matter: the pass behind the shift is the first one
    [before] = await shifts_of(town, assistant)

    await ask(assistant, "15:00 - 18:15")

    assert shown(assistant, "correction-sent") in assistant.screen
    assert "Забыл нажать" in coordinator.screen

    await coordinator.choose("application-approve")

    [after] = await shifts_of(town, assistant)
    assert after.credited == timedelta(hours=3, minutes=15)
    told = shown(
        assistant,
        "notice-correction-decided",
        state=CorrectionState.APPROVED,
        start=after.started_at,
        end=after.ended_at,
        reason="",
    )
    assert told in assistant.screen
    async with town.database.reading() as uow:
        [history] = await uow.shift_corrections.list_of_shift(after.id)
    assert (history.old_started_at, history.old_ended_at) == (before.started_at, before.ended_at)
    assert history.state is CorrectionState.APPROVED
    assert {"correction.asked", "shift.corrected"} <= set(await town.audit_actions())


async def test_a_correction_is_rejected_with_a_reason_the_person_reads(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await worked(town)
    [before] = await shifts_of(town, assistant)
    await ask(assistant, "15:00 - 18:15")

    await coordinator.choose("application-reject")
    await coordinator.send("Вас видели дома в шесть")

    assert "Вас видели дома в шесть" in assistant.screen
    assert (await shifts_of(town, assistant))[0].ended_at == before.ended_at


async def test_a_usual_length_is_chosen_instead_of_typed(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await worked(town, hours=8)
    [shift] = await shifts_of(town, assistant)

    await assistant.choose("shift-correct")
    await assistant.choose(
        "shift-end-at", at=shift.started_at + timedelta(hours=4), length=timedelta(hours=4)
    )
    await assistant.send("Забыл нажать")
    await coordinator.choose("application-approve")

    assert (await shifts_of(town, assistant))[0].credited == timedelta(hours=4)


async def test_the_card_stays_while_a_correction_is_asked(town: Town) -> None:
    assistant = await worked(town)
    report = assistant.inbox[-1]["message_id"]

    await ask(assistant, "15:00 - 18:15")

    assert town.telegram.chat(assistant.id).find(report) is not None


async def test_a_request_is_taken_back(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await worked(town)
    await ask(assistant, "15:00 - 18:15")

    await assistant.choose("correction-withdraw")
    await coordinator.choose("application-approve")

    assert (
        coordinator.says("correction-state", state=CorrectionState.WITHDRAWN) in coordinator.toast
    )
    assert (await shifts_of(town, assistant))[0].credited == timedelta(hours=2)


async def test_a_second_request_waits_for_the_first(town: Town) -> None:
    assistant = await worked(town)
    [shift] = await shifts_of(town, assistant)
    await ask(assistant, "15:00 - 18:15")

    await assistant.press_data(f"fixlen:{shift.id}:60")

    assert assistant.toast == assistant.says("error-correction-waits")


async def test_a1_two_coordinators_decide_once(town: Town) -> None:
    first = await town.coordinator(name="Марина Примерова")
    second = await town.coordinator(name="Тасадиев Нұрлан")
    assistant = await worked(town)
    await ask(assistant, "15:00 - 18:15")

    async with town.at_once():
        await first.choose("application-approve")
        await second.choose("application-approve")

    told = {first.toast: "Марина Примерова", second.toast: "Тасадиев Нұрлан"}
    winner = told.pop(first.says("correction-approved-toast"))
    [late] = told
    assert winner in late
    assert (await town.audit_actions()).count("shift.corrected") == 1


async def test_nobody_decides_on_ones_own_shift(town: Town) -> None:
    assistant = await worked(town)
    await ask(assistant, "15:00 - 18:15")
    await town.appoint(assistant, Role.COORDINATOR, "kostanay")
    [shift] = await shifts_of(town, assistant)
    assert shift.waiting is not None

    await assistant.press_data(f"fixyes:{shift.waiting.id}")

    assert assistant.toast == assistant.says("error-correction-own")
    assert (await shifts_of(town, assistant))[0].credited == timedelta(hours=2)


async def test_e2_a_coordinator_of_another_district_decides_nothing(town: Town) -> None:
    await town.coordinator()
    stranger = await town.coordinator("rudny", name="Тасадиев Нұрлан")
    assistant = await worked(town)
    await ask(assistant, "15:00 - 18:15")
    [shift] = await shifts_of(town, assistant)
    assert shift.waiting is not None

    for press in ("fix", "fixyes", "fixno"):
        await stranger.press_data(f"{press}:{shift.waiting.id}")
        assert stranger.toast == stranger.says("error-not-found")

    assert "Үлгіев" not in stranger.describe()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("вечером", "error-shift-span"),
        ("18:60", "error-shift-span"),
        ("17:00", "error-correction-same"),
        ("24:00 – 25:00", "error-shift-span"),
        ("15:00 – 17:00", "error-correction-same"),
        ("03:00 – 05:00", "error-shift-unbriefed"),
    ],
)
async def test_times_that_cannot_be_are_asked_again(town: Town, typed: str, why: str) -> None:
    assistant = await worked(town)
    await assistant.choose("shift-correct")

    await assistant.send(typed)

    assert refusal(assistant, why) in assistant.screen
    assert "correction.asked" not in await town.audit_actions()


async def test_an_end_to_come_is_asked_again(town: Town) -> None:
    assistant = await worked(town)  # it is 05:00 of the next day
    [shift] = await shifts_of(town, assistant)
    await assistant.choose("shift-correct")

    await assistant.send("15:00 – 06:00")

    assert refusal(assistant, "error-shift-time-ahead", start=shift.started_at) in assistant.screen


async def test_a_correction_into_another_shift_is_refused(town: Town) -> None:
    assistant = await worked(town)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    latest, first = await shifts_of(town, assistant)
    town.clock.tick(hours=2)

    await assistant.press_data(f"shiftfix:{first.id}")
    await assistant.send("15:00 – 06:00")

    assert refusal(assistant, "error-shift-overlap", at=latest.started_at) in assistant.screen


async def test_a_shift_of_last_month_is_corrected_by_nobody(town: Town) -> None:
    assistant = await worked(town)
    [shift] = await shifts_of(town, assistant)
    town.clock.tick(days=32)

    await assistant.press_data(f"fixlen:{shift.id}:60")

    assert assistant.toast == assistant.says("error-correction-late", days=31)


async def test_an_open_shift_is_ended_before_it_is_corrected(town: Town) -> None:
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    town.clock.tick(hours=2)

    await assistant.press_data(f"fixlen:{shift.id}:60")

    assert assistant.toast == assistant.says("error-correction-open")


async def test_f1_a_reason_with_markup_stays_literal(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await worked(town)
    await assistant.choose("shift-correct")
    await assistant.send("15:00 – 18:15")

    await assistant.send('<a href="tg://user?id=1">R&D</a>')

    assert '<a href="tg://user?id=1">R&D</a>' in coordinator.screen
