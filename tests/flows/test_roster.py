"""Planned duties: from a coordinator's plan to the shift that keeps it, or to the no-show."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.handlers.roster_presses import CancelAssignment, NoteMissed, Plan
from bot.services.errors import AppError
from bot.services.roster_times import read_hours
from bot.services.states import AssistantStatus, DigestKind
from db.models.digests import DigestState
from sandbox import SandboxClock
from tests.flows.digest_days import Days
from tests.flows.duty import shifts_of
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town

ERLAN, ASAN = "Үлгіев Ерлан", "Досов Асан"


@pytest.fixture(autouse=True)
def morning(clock: SandboxClock) -> None:
    clock.to("07:00")


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


def today_at(town: Town, hour: int, minute: int = 0) -> datetime:
    return town.clock.local().replace(hour=hour, minute=minute, second=0, microsecond=0)


async def ask_hours(town: Town, coordinator: Phone, name: str) -> None:
    """Go the whole way to the question of today's hours."""
    await coordinator.tap("key-assistants")
    await coordinator.press(name)
    await coordinator.choose("roster-plan")
    await coordinator.choose("plan-day", ahead=0, day=town.clock.local().date())


async def plan(town: Town, person: Phone, hours: str, *, ahead: int = 0) -> int:
    """Have a duty planned by an admin who is not of the story; return its number."""
    person_id = (await town.me(person)).person_id
    day = town.clock.local().date() + timedelta(days=ahead)
    roster = town.house.services.roster
    return (await roster.plan_typed(await town.admin_id(), person_id, day, hours)).id


async def start(town: Town, person: Phone, moment: str) -> None:
    town.clock.to(moment)
    await town.settle()
    await person.start()
    await person.tap("key-start-shift")
    await person.tap("key-start-no-location")


async def run(town: Town) -> None:
    """Let the timetable ask what is due of shifts and mornings, and the sender send it."""
    await town.house.services.shift_reminders.run_due()
    await town.house.services.morning.run_due()
    await town.settle()


def heard(phone: Phone, key: str, **args: object) -> int:
    return sum(shown(phone, key, **args) == phone.words(message) for message in phone.inbox)


async def test_a_duty_is_planned_and_told_and_kept_while_another_is_missed(
    town: Town, days: Days
) -> None:
    coordinator = await town.coordinator()
    erlan = await town.briefed_assistant(name=ERLAN)
    asan = await town.briefed_assistant(name=ASAN)
    evening = {"start": today_at(town, 18), "end": today_at(town, 22)}
    touches = coordinator.touches

    await ask_hours(town, coordinator, ERLAN)
    await coordinator.press("18:00 – 22:00")
    assert coordinator.touches - touches == 5
    assert shown(coordinator, "plan-done", **evening) in coordinator.screen
    assert shown(erlan, "notice-assignment-planned", **evening) == erlan.screen
    await ask_hours(town, coordinator, ASAN)
    await coordinator.send("14-18")

    town.clock.to("08:00")
    await run(town)
    assert shown(coordinator, "morning-line", **evening, name=ERLAN) in coordinator.screen
    await erlan.tap("key-my-day")
    assert shown(erlan, "day-duty", **evening, more=0) in erlan.screen
    town.clock.to("17:00")
    await town.settle()
    assert shown(erlan, "notice-assignment-soon", **evening) == erlan.screen

    await start(town, erlan, "17:20")
    assert shown(erlan, "shift-planned", **evening) in erlan.screen
    assert shown(erlan, "shift-asks-at", at=evening["end"]) in erlan.screen

    town.clock.to("20:00")
    await days.run()
    await coordinator.choose("digest-missed-row", name=ASAN, at=today_at(town, 14))
    assert asan.user.phone in coordinator.screen
    assert coordinator.says("roster-person") in coordinator.buttons
    await coordinator.choose("digest-missed-note")
    assert coordinator.toast == coordinator.says("digest-done-toast")
    assert ASAN not in "".join(coordinator.buttons)

    town.clock.to("22:00")
    await run(town)
    await run(town)
    assert heard(erlan, "shift-planned-end", at=evening["end"]) == 1
    town.clock.to("23:59")
    await run(town)
    assert heard(erlan, "shift-question", at=today_at(town, 17, 20)) == 0
    town.clock.to("00:00")
    await run(town)
    assert shown(erlan, "shift-question", at=evening["start"] - timedelta(minutes=40)) == (
        erlan.screen
    )
    assert {"assignment.planned", "assignment.missed"} <= set(await town.audit_actions())


async def test_a_duty_is_cancelled_by_a_button_and_what_it_made_true_is_dropped(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    erlan = await town.briefed_assistant(name=ERLAN)
    evening = {"start": today_at(town, 18), "end": today_at(town, 22)}
    number = await plan(town, erlan, "18:00 – 22:00")
    await town.settle()

    await coordinator.tap("key-duty")
    await coordinator.choose("roster-open")
    await coordinator.press(ERLAN)
    await coordinator.choose("roster-cancel")

    assert coordinator.toast == coordinator.says("roster-cancelled-toast")
    assert shown(coordinator, "roster-list", count=0) == coordinator.screen
    assert shown(erlan, "notice-assignment-cancelled", **evening) == erlan.screen
    await coordinator.press_data(CancelAssignment(assignment_id=number).pack())
    assert coordinator.says("error-assignment-cancelled", at=town.clock()) in coordinator.toast
    told = len(coordinator.inbox)
    town.clock.to("17:00")
    await run(town)
    assert heard(erlan, "notice-assignment-soon", **evening) == 0
    assert len(coordinator.inbox) == told


async def test_who_is_suspended_moved_or_erased_has_no_duties_any_more(town: Town) -> None:
    admin_id, services = await town.admin_id(), town.house.services
    told = {"start": today_at(town, 18), "end": today_at(town, 22)}
    people = [await town.briefed_assistant(name=name) for name in (ERLAN, ASAN, "Құпияева Сәуле")]
    suspended, moved, erased = [(await town.me(each)).person_id for each in people]
    for each in people:
        await plan(town, each, "18-22")

    await services.assistants.set_status(
        admin_id, suspended, AssistantStatus.SUSPENDED, "Просит перерыв"
    )
    await services.assistants.move(admin_id, moved, "rudny")
    await services.erasure.erase(erased, await services.erasure.ask(erased))
    await town.settle()

    assert (await services.roster_records.coming(admin_id, 0)).total == 0
    assert [heard(each, "notice-assignment-cancelled", **told) for each in people] == [1, 1, 0]


async def test_a_duty_that_cannot_be_is_refused_and_asked_again(town: Town) -> None:
    coordinator = await town.coordinator()
    erlan = await town.briefed_assistant(name=ERLAN)
    await plan(town, erlan, "18-22")
    standing = {"start": today_at(town, 18), "end": today_at(town, 22), "at": town.clock()}
    await ask_hours(town, coordinator, ERLAN)
    before = await town.dump()

    for hours, why, args in (
        ("вечером", "error-assignment-hours", {}),
        ("25-26", "error-assignment-hours", {}),
        ("6-9", "error-assignment-past", {}),
        ("18-18", "error-assignment-length", {"hours": 12}),
        ("9:00-21:01", "error-assignment-length", {"hours": 12}),
        ("16-19", "error-assignment-overlap", standing),
        ("18:00–22:00", "error-assignment-same", standing),
    ):
        await coordinator.send(hours)
        assert refusal(coordinator, why, **args) in coordinator.screen, hours
    assert await town.dump() == before


async def test_only_somebody_active_is_planned_and_only_by_who_runs_the_district_now(
    town: Town,
) -> None:
    here, elsewhere = await town.coordinator(), await town.coordinator("rudny", "Тасадиев Нұрлан")
    erlan = await town.briefed_assistant(name=ERLAN)
    trainee = await town.assistant(name=ASAN, active=False)
    day = town.clock.local().date().toordinal()
    ids = [(await town.me(each)).person_id for each in (erlan, trainee)]
    press, of_trainee = (Plan(person_id=each, day=day, starts=1080, ends=1320) for each in ids)
    await here.press_data(of_trainee.pack())
    assert here.says("error-assignment-status", status=AssistantStatus.TRAINEE) in here.toast
    await elsewhere.press_data(press.pack())
    assert elsewhere.says("error-not-found") in elsewhere.toast
    await town.dismiss(here)
    await here.press_data(press.pack())
    assert here.says("error-access-denied") in here.toast
    assert "assignment.planned" not in await town.audit_actions()


async def test_two_presses_at_once_plan_one_duty(town: Town) -> None:
    erlan = await town.briefed_assistant(name=ERLAN)

    done = await asyncio.gather(
        plan(town, erlan, "18-22"), plan(town, erlan, "18-22"), return_exceptions=True
    )

    assert sum(isinstance(each, AppError) for each in done) == 1
    await town.settle()
    told = {"start": today_at(town, 18), "end": today_at(town, 22)}
    assert heard(erlan, "notice-assignment-planned", **told) == 1


async def test_a_late_start_keeps_the_nearest_duty_and_the_next_shift_is_unplanned(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    erlan = await town.briefed_assistant(name=ERLAN)
    await plan(town, erlan, "9-13")
    second = await plan(town, erlan, "13-17")

    await start(town, erlan, "12:59")
    [shift] = await shifts_of(town, erlan)
    assert shift.planned is not None
    assert shift.planned.id == second
    await coordinator.press_data(CancelAssignment(assignment_id=second).pack())
    assert coordinator.says("error-assignment-kept") in coordinator.toast
    await erlan.tap("key-end-shift")
    await erlan.tap("key-end-no-location")
    await start(town, erlan, "14:00")

    assert (await shifts_of(town, erlan))[0].planned is None
    assert erlan.says("shift-unplanned") in erlan.screen
    await coordinator.tap("key-duty")
    assert coordinator.says("shift-unplanned")[2:].strip() in coordinator.screen


async def test_d2_d3_a_morning_note_comes_once_late_or_by_two_processes(
    town: Town, days: Days
) -> None:
    coordinator = await town.coordinator()
    await town.coordinator("rudny", "Тасадиев Нұрлан")
    erlan = await town.briefed_assistant(name=ERLAN)
    await plan(town, erlan, "18-22")
    await town.settle()
    mornings = town.house.services.morning

    town.clock.to("11:40")  # down at the hour
    await asyncio.gather(mornings.run_due(), mornings.run_due())
    await plan(town, erlan, "12-15", ahead=1)
    await run(town)

    notes = [each for each in await days.digests() if each.kind is DigestKind.MORNING]
    assert [each.state for each in notes] == [DigestState.SENT, DigestState.SKIPPED]
    title = {"district": "г. Костанай", "day": town.clock.local().date()}
    found = [each for each in coordinator.inbox if "18:00" in coordinator.words(each)]
    assert [coordinator.words(each).splitlines()[0] for each in found] == [
        shown(coordinator, "morning-title", **title)
    ]
    town.clock.to("20:30")
    town.clock.to("07:59")
    await run(town)
    assert len([e for e in await days.digests() if e.kind is DigestKind.MORNING]) == 2


async def test_a_missed_duty_cannot_be_noted_before_it_is_missed(town: Town) -> None:
    coordinator = await town.coordinator()
    erlan = await town.briefed_assistant(name=ERLAN)
    number = await plan(town, erlan, "9-13")
    town.clock.to("09:29")
    await town.settle()
    before = await town.dump()

    await coordinator.press_data(NoteMissed(digest_id=1, assignment_id=number).pack())

    assert await town.dump() == before


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("18-22", (1080, 1320)),
        ("9.30 — 12", (570, 720)),
        ("20:00–24:00", (1200, 0)),
        ("22 2", (1320, 120)),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: tuple[int, int]) -> None:
    assert read_hours(typed) == minutes
