"""When the digests of a week and of a month come, and that each comes once."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.services.digest_making import DigestMaking
from bot.services.states import DigestKind
from db import migrate
from db.database import Database
from db.models.digests import DigestState
from sandbox import SandboxClock
from tests.flows.digest_days import Days
from tests.flows.digest_reading import WEEK, heading, said, to_first
from tests.town import Town

MONDAY = date(2026, 3, 9)


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


async def test_a_day_that_ends_week_and_month_brings_all_three_that_of_the_day_last(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await to_first(town, 6)  # a Monday
    for ago in (3, 20):
        await days.shift(assistant, clock() - timedelta(days=ago))

    await days.run()

    marks = [each[0] for each in said(coordinator)]
    assert marks == ["📈", "📎", "📊", "📈", "📎", "📊", "📊"]
    may = {"first": date(2026, 5, 1), "last": date(2026, 5, 31)}
    day = dict.fromkeys(("first", "last"), date(2026, 6, 1))
    week = {"first": date(2026, 5, 25), "last": date(2026, 5, 31)}
    assert [each for each in said(coordinator) if each[0] == "📊"] == [
        heading(coordinator, "monthly", may),
        heading(coordinator, "weekly", week),
        heading(coordinator, "daily", day, "digest-nothing"),
    ]


async def test_c13_two_weeks_with_nothing_are_told_in_one_silent_line(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")

    await days.run()

    assert said(coordinator)[0] == heading(coordinator, "weekly", WEEK, "digest-nothing")
    assert not any("photo" in each for each in coordinator.inbox)
    calls = [each for each in town.telegram.api_calls if "📊" in str(each.params.get("text"))]
    assert all(call.params["disable_notification"] for call in calls)


@pytest.mark.parametrize(("minutes", "comes"), [(0, 1), (40, 1), (12 * 60, 1), (12 * 60 + 1, 0)])
async def test_d2_the_week_is_sent_late_by_half_a_day_at_most_and_once(
    town: Town, days: Days, clock: SandboxClock, minutes: int, comes: int
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=5))
    clock.to("20:00")
    clock.tick(minutes=minutes)

    await days.run()
    await days.run()

    assert said(coordinator).count(heading(coordinator, "weekly", WEEK)) == comes
    assert sum("photo" in each for each in coordinator.inbox) == comes
    (weekly,) = [each for each in await days.digests() if each.kind is DigestKind.WEEKLY]
    assert (weekly.local_date, weekly.state) == (
        MONDAY,
        DigestState.SENT if comes else DigestState.SKIPPED,
    )


async def test_d3_two_schedulers_make_one_digest_of_each_kind(
    town: Town, days: Days, clock: SandboxClock, database: Database
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await to_first(town, 6)
    await days.shift(assistant, clock() - timedelta(days=3))
    schedulers = [
        DigestMaking(database, clock, zone=days.zone, longest=timedelta(hours=12)) for _ in range(4)
    ]

    await asyncio.gather(*(each.run_due() for each in schedulers))
    await town.settle()

    assert [each[0] for each in said(coordinator)] == ["📈", "📎", "📊", "📈", "📎", "📊", "📊"]
    made = [each for each in await days.digests() if each.state is DigestState.SENT]
    assert len(made) == 3


async def test_d8_a_clock_that_steps_back_over_the_first_makes_no_second_month(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    await town.coordinator()
    await to_first(town, 4)
    await days.run()

    clock.offset -= timedelta(days=1)
    await days.run()
    clock.tick(days=1, minutes=10)
    await days.run()

    monthly = [each for each in await days.digests() if each.kind is DigestKind.MONTHLY]
    assert [each.local_date for each in monthly] == [date(2026, 4, 1)]


async def test_what_is_switched_off_does_not_come(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    await coordinator.tap("key-digest")
    await coordinator.choose("digest-set-open")
    await coordinator.choose("digest-set-weekly", chosen=True)
    await coordinator.choose("digest-set-monthly", chosen=True)
    assert coordinator.says("digest-set-monthly", chosen=False) in coordinator.buttons

    clock.to("20:00")
    await days.run()
    await to_first(town, 6)
    await days.run()

    kinds = {each.kind for each in await days.digests()}
    assert kinds == {DigestKind.DAILY, DigestKind.OPENED}

    await coordinator.tap("key-digest")
    await coordinator.choose("digest-set-open")
    await coordinator.choose("digest-set-weekly", chosen=False)
    clock.tick(days=7)
    await days.run()
    assert DigestKind.WEEKLY in {each.kind for each in await days.digests()}


async def test_c1_a_429_for_the_file_doubles_neither_it_nor_the_words(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=5))
    clock.to("20:00")
    await town.house.services.digest_making.run_due()
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 60}})

    await town.settle()
    for _ in range(3):
        clock.tick(minutes=10)
        await town.settle()

    assert sorted(each[0] for each in said(coordinator)) == sorted("📈📎📊📊")


async def test_a_coordinator_who_lost_the_role_gets_neither_file_nor_words(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=5))
    clock.to("20:00")
    await town.house.services.digest_making.run_due()

    await town.dismiss(coordinator)

    assert said(coordinator) == []


async def test_wishes_written_by_a_release_that_knows_days_only_leave_weeks_and_months_on(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    async with town.database.transaction() as uow:
        await uow.session.execute(
            text(
                "INSERT INTO digest_settings (person_id, district_code, at_minute, days, quiet)"
                " SELECT id, 'kostanay', 1080, 0, FALSE FROM people WHERE telegram_id = :id"
            ),
            {"id": coordinator.id},
        )
    clock.to("18:00")

    await days.run()

    assert [each.kind for each in await days.digests()] == [DigestKind.WEEKLY]


async def test_rolled_back_to_a_release_that_knows_days_only_days_are_kept(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    await town.coordinator()
    clock.to("20:00")
    await days.run()
    engine = town.database.engine

    # An older release has no inbox: what looks after it is gone with the newer one.
    town.hearing.cancel()
    await migrate.downgrade(engine, "0007")
    async with engine.connect() as connection:
        kinds = list(await connection.scalars(text("SELECT kind FROM digests")))
    await migrate.upgrade(engine)

    assert kinds == ["daily"]
    await days.run()
    assert [each.kind for each in await days.digests()] == [DigestKind.DAILY, DigestKind.WEEKLY]
