"""The daily digest: who gets it, when, once, and what it says."""

import asyncio
from datetime import date, datetime, time, timedelta

import pytest

from bot.services.digest_making import DigestMaking
from bot.services.states import Role
from db.database import Database
from db.models.activities import ActivityState
from db.models.digests import DigestSettings, DigestState
from db.models.shifts import ShiftState
from sandbox import SandboxClock
from tests.flows.digest_days import Days
from tests.flows.digest_reading import line
from tests.flows.results import record_patrol
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

DAY = date(2026, 3, 10)  # a Tuesday: nothing else comes on it
HERE = "kostanay"


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


@pytest.fixture(autouse=True)
def tuesday(clock: SandboxClock) -> None:
    clock.tick(days=1)


def heading(phone: Phone, day: date = DAY, district: str = "г. Костанай") -> str:
    return about(phone, "digest-title", day, district)


def nothing(phone: Phone, day: date = DAY, district: str = "г. Костанай") -> str:
    return about(phone, "digest-nothing", day, district)


def about(phone: Phone, key: str, day: date, district: str) -> str:
    return shown(phone, key, kind="daily", district=district, first=day, last=day)


def digests_of(phone: Phone) -> list[str]:
    found = map(phone.words, phone.inbox)
    return [text for text in found if text.startswith("📊")]


async def test_the_digest_tells_the_day_beside_the_mean_of_seven_days(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    now = clock()
    earlier = await days.shift(assistant, now - timedelta(days=3), hours=3.5)
    await days.result(assistant, earlier, now - timedelta(days=3), "talk", people=14)
    too_old = await days.shift(assistant, now - timedelta(days=8))
    await days.result(assistant, too_old, now - timedelta(days=8), "talk", people=99)
    shift = await days.shift(assistant, now - timedelta(hours=3), hours=1.5)
    for _ in range(2):
        await days.result(assistant, shift, now)
    await days.result(assistant, shift, now, "talk", people=12)
    fact = await days.result(assistant, shift, now, "fact", category="litter")
    await days.result(assistant, shift, now, "fact", category="litter", same_as=fact)
    await days.result(assistant, shift, now, state=ActivityState.WITHDRAWN)
    await days.shift(assistant, now - timedelta(minutes=30), hours=None)

    clock.to("20:00")
    await days.run()

    lines = coordinator.screen.splitlines()
    kinds = {each.code: each for each in town.house.content.activities}
    named = {code: f"{kind.emoji} {kind.names['ru']}" for code, kind in kinds.items()}
    assert lines[0] == heading(coordinator)
    assert line(coordinator.says("digest-shifts"), "2", "0", "0,1") in lines
    worked = town.house.texts["ru"].duration
    # One of 1 h 30 min, and the one that goes on since half an hour before the story begins.
    today = timedelta(hours=2) + clock() - now
    figures = (today, timedelta(), timedelta(minutes=30))
    assert line(coordinator.says("digest-hours"), *map(worked, figures)) in lines
    assert line(named["patrol"], "2", "0", "0") in lines
    assert line(named["talk"], "1", "0", "0,1") in lines
    assert line(coordinator.says("digest-people"), "12", "0", "2") in lines
    assert line(named["fact"], "1", "0", "0") in lines
    assert shown(coordinator, "digest-duty", names="Үлгіев Ерлан") in lines
    assert lines[-1] == coordinator.says("digest-settled")


async def test_a_busy_day_with_results_of_every_kind_fits_a_small_phone(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    now = clock()
    shift = await days.shift(assistant, now - timedelta(hours=3), hours=2.5)
    earlier = await days.shift(assistant, now - timedelta(days=3), hours=1)
    kinds = [kind.code for kind in town.house.content.activities if kind.code != "fact"]
    for kind in kinds:
        await days.result(assistant, shift, now, kind, people=3)
        await days.result(assistant, earlier, now - timedelta(days=3), kind, people=7)
    await days.result(assistant, shift, now, "fact", category="litter")

    clock.to("20:00")
    await days.run()

    lines = coordinator.screen.splitlines()
    assert len(lines) <= 12
    others = len(kinds) - 2
    mean = str(round(others / 7, 1)).replace(".", ",")
    assert line(coordinator.says("digest-others"), str(others), "0", mean) in lines
    reached = str(3 * len(kinds))
    assert any(coordinator.says("digest-people") in each and reached in each for each in lines)


async def test_what_an_evening_brings_after_the_digest_stands_in_the_next(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    evening = datetime.combine(DAY, time(18), clock.zone)
    worked, says = town.house.texts["ru"].duration, coordinator.says
    no_time = worked(timedelta())
    clock.to("18:00")
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    clock.to("20:00")
    await days.run()
    two_hours = worked(clock() - evening)
    assert line(says("digest-hours"), two_hours, no_time, no_time) in coordinator.screen

    clock.to("22:30")
    await record_patrol(assistant)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    clock.to("20:00")
    await days.run()

    whole = timedelta(hours=4.5)
    patrol = next(e for e in town.house.content.activities if e.code == "patrol")
    lines = coordinator.screen.splitlines()
    assert line(says("digest-hours"), no_time, worked(whole), worked(whole / 7)) in lines
    assert line(f"{patrol.emoji} {patrol.names['ru']}", "0", "1", "0,1") in lines
    assert line(says("digest-shifts"), "0", "1", "0,1") in lines


async def test_the_digest_does_not_come_before_its_time(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("19:59")

    await days.run()

    assert digests_of(coordinator) == []
    assert await days.digests() == []


async def test_c13_a_day_with_nothing_is_told_in_one_silent_line(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")

    await days.run()

    assert digests_of(coordinator) == [nothing(coordinator)]
    (sent,) = [
        call.params
        for call in town.telegram.api_calls
        if call.params.get("text", "").startswith("📊")
    ]
    assert sent["disable_notification"]


async def test_c13_a_district_without_a_coordinator_waits_for_an_admin_to_look(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    admin = await town.admin()
    clock.to("20:00")

    await days.run()

    assert digests_of(admin) == []
    await admin.tap("key-digest")
    await admin.press("г. Костанай")
    assert admin.screen == nothing(admin)


async def test_c13_two_coordinators_of_a_district_get_one_digest_each(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    first = await town.coordinator(name="Марина Примерова")
    second = await town.coordinator(name="Тасадиев Нұрлан")
    clock.to("20:00")

    await days.run()

    assert (digests_of(first), digests_of(second)) == ([nothing(first)], [nothing(second)])


async def test_c13_a_coordinator_of_two_districts_gets_one_digest_of_each(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    await town.appoint(coordinator, Role.COORDINATOR, "rudny")
    clock.to("20:00")

    await days.run()

    assert digests_of(coordinator) == [
        nothing(coordinator),
        nothing(coordinator, district="г. Рудный"),
    ]


async def test_d1_a_digest_late_by_seconds_is_sent(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    clock.tick(seconds=5)

    await days.run()

    assert len(digests_of(coordinator)) == 1


@pytest.mark.parametrize("minutes", [40, 6 * 60, 12 * 60])
async def test_d2_after_a_standstill_the_digest_is_sent_once_for_the_right_day(
    town: Town, days: Days, clock: SandboxClock, minutes: int
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    clock.tick(minutes=minutes)

    await days.run()
    await days.run()

    assert digests_of(coordinator) == [nothing(coordinator, DAY)]
    (digest,) = await days.digests()
    assert (digest.local_date, digest.state) == (DAY, DigestState.SENT)
    assert digest.message_id == coordinator.inbox[-1]["message_id"]


async def test_d2_a_digest_more_than_twelve_hours_late_is_skipped_on_record(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    clock.tick(hours=12, seconds=1)

    await days.run()
    await days.run()

    assert digests_of(coordinator) == []
    (digest,) = await days.digests()
    assert (digest.local_date, digest.state) == (DAY, DigestState.SKIPPED)


async def test_a_digest_that_lay_in_the_outbox_too_long_is_skipped(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    await town.house.services.digest_making.run_due()
    clock.tick(hours=13)

    await town.settle()

    assert digests_of(coordinator) == []
    (digest,) = await days.digests()
    assert digest.state is DigestState.SKIPPED


async def test_d3_two_schedulers_make_one_digest(
    town: Town, days: Days, clock: SandboxClock, database: Database
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    schedulers = [
        DigestMaking(database, clock, zone=days.zone, longest=timedelta(hours=12)) for _ in range(4)
    ]

    await asyncio.gather(*(each.run_due() for each in schedulers))
    await town.settle()

    assert len(digests_of(coordinator)) == 1
    assert (len(await days.digests()), len(await days.notices())) == (1, 1)


async def test_d8_a_clock_that_steps_back_makes_no_second_digest(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    await days.run()

    clock.offset -= timedelta(minutes=10)
    await days.run()
    clock.tick(minutes=20)
    await days.run()

    assert len(digests_of(coordinator)) == 1


async def test_each_day_has_a_digest_of_its_own(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    for _ in range(3):
        clock.to("20:00")
        await days.run()

    made = [digest.local_date for digest in await days.digests()]
    assert made == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]
    assert len(digests_of(coordinator)) == 3


async def test_the_digest_comes_at_the_time_and_on_the_days_that_were_chosen(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    person_id = (await town.me(coordinator)).person_id
    wednesday = 0b0000100
    async with town.database.transaction() as uow:
        uow.session.add(
            DigestSettings(
                person_id=person_id,
                district_code=HERE,
                at_minute=18 * 60 + 30,
                days=wednesday,
                quiet=False,
            )
        )

    for moment in ("18:30", "18:29", "18:30", "18:30"):
        clock.to(moment)
        await days.run()

    assert [digest.local_date for digest in await days.digests()] == [DAY + timedelta(days=1)]


async def test_a_new_coordinator_is_not_told_of_the_day_before(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    clock.to("21:00")
    coordinator = await town.coordinator()

    await days.run()

    assert digests_of(coordinator) == []
    assert await days.digests() == []


async def test_a_coordinator_dismissed_before_the_digest_is_sent_gets_none(
    town: Town, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    clock.to("20:00")
    await town.house.services.digest_making.run_due()

    await town.dismiss(coordinator)

    assert digests_of(coordinator) == []


async def test_today_s_digest_is_two_taps_away_and_reads_as_things_stand(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock())

    await coordinator.tap("key-digest")
    assert line(coordinator.says("digest-shifts"), "1", "0", "0") in coordinator.screen

    clock.to("20:00")
    await days.run()
    assert len([each for each in digests_of(coordinator) if heading(coordinator) in each]) == 2


async def test_a_shift_without_a_stated_end_credits_no_time(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(hours=12), state=ShiftState.UNCONFIRMED)

    await coordinator.tap("key-digest")

    no_time = town.house.texts["ru"].duration(timedelta())
    hours = coordinator.says("digest-hours")
    assert line(hours, no_time, no_time, no_time) in coordinator.screen


@pytest.mark.parametrize(("hours", "counted"), [(11, 11), (13, 0)])
async def test_a_shift_that_goes_on_counts_until_it_is_about_to_be_closed_by_itself(
    town: Town, days: Days, clock: SandboxClock, hours: int, counted: int
) -> None:
    """At 15:00, begun on the same day; nobody has looked after the shifts meanwhile."""
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(hours=hours), hours=None)

    await coordinator.tap("key-digest")

    worked = town.house.texts["ru"].duration
    today = worked(timedelta(hours=counted))
    hours_line = line(
        coordinator.says("digest-hours"), today, worked(timedelta()), worked(timedelta())
    )
    assert hours_line in coordinator.screen
