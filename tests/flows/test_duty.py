"""A coordinator knows who is on duty, and settles what was forgotten."""

from datetime import timedelta

from bot.services.states import Place, Role, ShiftState
from tests.flows.duty import CENTRE, hours_pass, on_shift, shifts_of
from tests.flows.steps import refusal, shown
from tests.town import Town


async def test_a_coordinator_sees_who_is_on_duty_in_the_district(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    await assistant.do("location", *CENTRE)
    await on_shift(town, "Құпияева Сәуле", "rudny")

    await coordinator.tap("key-duty")

    assert shown(coordinator, "duty-list", count=1) in coordinator.screen
    assert assistant.user.phone in coordinator.screen
    assert coordinator.says("shift-place", place=Place.INSIDE) in coordinator.screen
    assert "Құпияева" not in coordinator.describe()

    await coordinator.press("Үлгіев Ерлан")

    assert shown(coordinator, "shift-card-open", at=town.clock()) in coordinator.screen


async def test_an_admin_sees_everybody_on_duty(town: Town) -> None:
    admin = await town.admin()
    await on_shift(town, "Үлгіев Ерлан", "kostanay")
    await on_shift(town, "Құпияева Сәуле", "rudny")

    await admin.tap("key-duty")

    assert shown(admin, "duty-list", count=2) in admin.screen


async def test_nobody_on_duty_is_said(town: Town) -> None:
    coordinator = await town.coordinator()

    await coordinator.tap("key-duty")

    assert shown(coordinator, "duty-list", count=0) == coordinator.screen


async def test_a_coordinator_states_the_end_from_the_notice_and_the_person_is_told(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 12)
    end = shift.started_at + timedelta(hours=4)

    await coordinator.choose("shift-end-at", at=end, length=timedelta(hours=4))

    [closed] = await shifts_of(town, assistant)
    assert closed.credited == timedelta(hours=4)
    told = shown(
        assistant,
        "notice-shift-settled",
        start=shift.started_at,
        end=end,
        length=timedelta(hours=4),
    )
    assert told in assistant.screen


async def test_a_coordinator_types_an_end_that_is_not_offered(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)  # at 15:00
    await hours_pass(town, 12)

    await coordinator.choose("shift-end-other")
    await coordinator.send("19:60")
    assert refusal(coordinator, "error-shift-time") in coordinator.screen
    await coordinator.send("19:35")

    [closed] = await shifts_of(town, assistant)
    assert closed.credited == timedelta(hours=4, minutes=35)
    assert "4 ч 35 мин" in assistant.screen
    assert coordinator.says("shift-correct") in coordinator.buttons


async def test_a_coordinator_takes_a_wrong_press_back_with_a_reason_the_person_reads(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    await hours_pass(town, 12)
    [shift] = await shifts_of(town, assistant)
    await coordinator.press_data(f"settle:{shift.id}:300")
    town.clock.tick(days=40)  # longer ago than the person could ask for

    await coordinator.tap("key-assistants")
    await coordinator.press("Үлгіев Ерлан")
    await coordinator.choose("assistant-shifts")
    await coordinator.press("15:00")
    await coordinator.choose("shift-correct")
    await coordinator.send("14:50 – 15:00")  # the day before the briefing was signed
    assert refusal(coordinator, "error-shift-unbriefed") in coordinator.screen
    await coordinator.send("15:00 – 18:20")
    await coordinator.send("Нажал не ту кнопку")

    [corrected] = await shifts_of(town, assistant)
    assert corrected.credited == timedelta(hours=3, minutes=20)
    assert shown(coordinator, "duty-fix-done") in coordinator.screen
    assert "3 ч 20 мин" in assistant.screen
    assert "Нажал не ту кнопку" in assistant.screen
    async with town.database.reading() as uow:
        _, history = await uow.shift_corrections.list_of_shift(shift.id)
    assert (history.old_ended_at, history.reason) == (
        shift.started_at + timedelta(hours=5),
        "Нажал не ту кнопку",
    )
    assert (await town.audit_actions())[-1] == "shift.corrected"


async def test_a_request_that_waits_is_decided_before_the_shift_is_corrected(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    town.clock.tick(hours=2)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    [shift] = await shifts_of(town, assistant)
    await assistant.choose("shift-correct")
    await assistant.send("15:00 – 16:30")
    await assistant.send("Забыл нажать")

    await coordinator.press_data(f"dutycard:{shift.id}")
    assert coordinator.says("shift-correct") not in coordinator.buttons
    await coordinator.choose("duty-request")
    await coordinator.choose("application-approve")

    assert (await shifts_of(town, assistant))[0].credited == timedelta(minutes=90)


async def test_nobody_corrects_a_shift_of_their_own(town: Town) -> None:
    assistant = await on_shift(town)
    await town.appoint(assistant, Role.COORDINATOR, "kostanay")
    town.clock.tick(hours=2)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    [shift] = await shifts_of(town, assistant)

    await assistant.press_data(f"dutyfix:{shift.id}")
    await assistant.send("15:00 – 16:30")

    assert refusal(assistant, "error-correction-own") in assistant.screen
    assert (await shifts_of(town, assistant))[0].credited == timedelta(hours=2)


async def test_all_forgotten_shifts_are_settled_by_one_press_and_one_reason(town: Town) -> None:
    coordinator = await town.coordinator()
    people = [await on_shift(town, name) for name in ("Үлгіев Ерлан", "Досов Асан")]
    elsewhere = await on_shift(town, "Құпияева Сәуле", "rudny")
    await hours_pass(town, 12)

    await coordinator.tap("key-duty")
    await coordinator.choose("duty-forgotten", count=2)
    await coordinator.choose("forgotten-settle-all", hours=4)
    await coordinator.send("Связи не было во всём районе")

    assert shown(coordinator, "forgotten-settled-done", count=2, left=0) in coordinator.screen
    for phone in people:
        [shift] = await shifts_of(town, phone)
        assert shift.credited == timedelta(hours=4)
    [foreign] = await shifts_of(town, elsewhere)
    assert foreign.state is ShiftState.UNCONFIRMED
    async with town.database.reading() as uow:
        [history] = await uow.shift_corrections.list_of_shift(shift.id)
    assert history.reason == "Связи не было во всём районе"
    assert history.reason in people[1].screen
    assert history.old_ended_at == shift.started_at + timedelta(hours=12)


async def test_what_was_settled_while_the_reason_was_typed_stays(town: Town) -> None:
    coordinator = await town.coordinator()
    first, second = [await on_shift(town, name) for name in ("Үлгіев Ерлан", "Досов Асан")]
    await hours_pass(town, 12)
    [own] = await shifts_of(town, first)
    await coordinator.tap("key-duty")
    await coordinator.choose("duty-forgotten", count=2)
    await coordinator.choose("forgotten-settle-all", hours=4)
    await first.press_data(f"shiftat:{own.id}:120")

    await coordinator.send("Связи не было во всём районе")

    assert (await shifts_of(town, first))[0].credited == timedelta(hours=2)
    assert (await shifts_of(town, second))[0].credited == timedelta(hours=4)


async def test_the_coordinator_is_not_told_what_somebody_stated_in_time(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    [shift] = await shifts_of(town, assistant)
    await hours_pass(town, 11)
    await assistant.press_data(f"shiftat:{shift.id}:120")
    since = len(coordinator.inbox)

    await hours_pass(town, 3)

    assert len(coordinator.inbox) == since
