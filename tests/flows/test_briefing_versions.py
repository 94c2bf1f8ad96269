"""A briefing's versions and terms: published once, replaced, ending, repeated."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.content import Briefing, Content
from bot.services.briefing_course import NotBegun, Reading, Why
from bot.services.states import AssistantStatus
from bot.start_error import StartError
from db.database import Database
from db.models.briefings import AttemptState, BriefingPass
from sandbox import SandboxClock
from tests.briefings import small, with_briefings
from tests.flows.briefed import (
    answer,
    answer_all,
    asked,
    callback_data,
    pass_all,
    read_all,
    state,
    trainee,
)
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town, open_town

NEWER = "2027-1"
YEAR = timedelta(days=365)


@pytest.fixture
def content() -> Content:
    return with_briefings(small())


@asynccontextmanager
async def restarted(town: Town, *versions: Briefing) -> AsyncIterator[Town]:
    """Open the bot anew, with these versions, on the same database, a minute later."""
    town.clock.advance(timedelta(minutes=1))
    content = with_briefings(*(versions or (small(), small(NEWER))))
    async with open_town(town.database, town.clock, content=content) as again:
        yield again


async def moved(again: Town, phone: Phone) -> Phone:
    """Return the person's phone in the town opened anew, at the main menu."""
    same = again.same_person(phone)
    await same.start()
    return same


async def valid_pass(town: Town, phone: Phone) -> BriefingPass | None:
    person_id = (await town.me(phone)).person_id
    async with town.database.reading() as uow:
        return await town.house.services.briefing.valid_pass(uow, person_id, town.clock())


async def run_due(town: Town) -> None:
    await town.house.services.passes.due_notices()
    await town.settle()


async def test_a_version_is_published_once_with_a_record(town: Town) -> None:
    before = await town.audit_actions()
    async with restarted(town), restarted(town) as again:
        after = await again.audit_actions()
    assert after[len(before) :] == ["briefing.published"]


async def test_a_version_changed_after_it_was_published_refuses_to_start(
    town: Town, database: Database, clock: SandboxClock
) -> None:
    changed = with_briefings(small(pass_mark=2), small(NEWER))
    before = await town.dump()

    with pytest.raises(StartError) as refused:
        async with open_town(database, clock, content=changed):
            pass

    assert str(refused.value) == (
        "briefings/2026-1: changed after it was published; give the change a new version"
    )
    assert await town.dump() == before


async def test_a_published_version_may_leave_the_pack(town: Town) -> None:
    async with restarted(town, small(NEWER)) as again:
        phone = await trainee(again)
        await pass_all(again, phone)
        assert await valid_pass(again, phone) is not None


@pytest.mark.parametrize(
    "data", ["brnext:2026-1:1", "brshow:2026-1:1", "brpage:2026-1:1:1", "brbegin:2026-1"]
)
async def test_a_new_version_in_the_middle_of_reading_is_begun_afresh(
    town: Town, data: str
) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    town.clock.advance(timedelta(minutes=1))
    await phone.choose("briefing-next")

    async with restarted(town) as again:
        same = await moved(again, phone)
        await same.press_data(data)
        assert same.toast == same.says("error-briefing-version")
        assert await state(again, same) == NotBegun(Why.NEW_VERSION)
        assert "новая версия" in same.screen
        await same.choose("briefing-begin")
        assert await state(again, same) == Reading(1)


@pytest.mark.parametrize("step", ["answer", "next", "start"])
async def test_a_new_version_in_the_middle_of_the_quiz_ends_the_attempt(
    town: Town, step: str
) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await phone.choose("quiz-start")
    await answer(town, phone, right=False)
    attempt_id = (await asked(town, phone)).attempt_id
    data = {"answer": f"answer:{attempt_id}:1:0", "next": "brief", "start": "quiz:2026-1"}[step]

    async with restarted(town) as again:
        same = await moved(again, phone)
        await same.press_data(data)

        if step != "next":
            assert same.toast == same.says("error-briefing-version")
        assert "новая версия" in same.screen
        async with town.database.reading() as uow:
            attempt = await uow.briefings.find_attempt(attempt_id)
            assert attempt is not None
        assert attempt.state is AttemptState.SUPERSEDED
        await pass_all(again, same)
        assert await valid_pass(again, same) is not None


async def test_a_quiz_passed_before_a_new_version_is_not_signed_any_more(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone)
    sign = callback_data(phone, phone.says("briefing-sign"))

    async with restarted(town) as again:
        same = await moved(again, phone)
        await same.press_data(sign)

        assert same.toast == same.says("error-briefing-version")
        assert (await again.me(same)).passed is None
        assert await state(again, same) == NotBegun(Why.NEW_VERSION)


async def test_a_pause_at_an_older_version_keeps_nobody_from_the_new_one(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    for _ in range(2):
        await answer_all(town, phone, wrong=4)

    async with restarted(town) as again:
        same = await moved(again, phone)
        await pass_all(again, same)
        assert await valid_pass(again, same) is not None


async def test_a_pass_holds_up_to_its_last_moment_and_only_at_the_version_in_force(
    town: Town,
) -> None:
    phone = await trainee(town)
    await pass_all(town, phone)
    signed = await valid_pass(town, phone)
    assert signed is not None

    async with restarted(town) as again:
        assert await valid_pass(again, phone) is None

    town.clock.advance(signed.valid_until - town.clock() - timedelta(microseconds=1))
    assert await valid_pass(town, phone) is not None
    town.clock.advance(timedelta(microseconds=1))
    assert await valid_pass(town, phone) is None


async def test_who_holds_a_pass_is_told_once_ahead_of_its_end(town: Town) -> None:
    phone = await trainee(town)
    await pass_all(town, phone)
    until, told = town.clock() + YEAR, len(phone.inbox)

    town.clock.advance(YEAR - timedelta(days=14, seconds=1))
    await run_due(town)
    assert len(phone.inbox) == told

    town.clock.advance(timedelta(seconds=1))
    for _ in range(3):
        await run_due(town)

    assert len(phone.inbox) == told + 1
    assert phone.screen == shown(phone, "notice-briefing-ending", until=until)
    await phone.press(phone.says("key-briefing"))
    assert phone.says("briefing-repeat") in phone.buttons


async def test_d3_two_timetables_tell_everybody_once(town: Town) -> None:
    phones = [await trainee(town, name=f"Үлгіев {name}") for name in ("Ерлан", "Серік", "Дана")]
    for phone in phones:
        await town.brief(phone)
    told = [len(phone.inbox) for phone in phones]
    town.clock.advance(YEAR - timedelta(days=14))

    notices = town.house.services.passes
    await asyncio.gather(*(notices.due_notices() for _ in range(4)))
    await town.settle()

    assert [len(phone.inbox) for phone in phones] == [count + 1 for count in told]


async def test_d2_who_was_not_told_in_time_is_told_late(town: Town) -> None:
    phone = await town.briefed_assistant()
    told = len(phone.inbox)
    town.clock.advance(YEAR + timedelta(days=3))

    await run_due(town)

    assert len(phone.inbox) == told + 1


async def test_nobody_dismissed_is_told(town: Town) -> None:
    phone = await town.briefed_assistant()
    person_id = (await town.me(phone)).person_id
    await town.house.services.assistants.set_status(
        await town.admin_id(), person_id, AssistantStatus.DISMISSED, "Уезжает учиться"
    )
    await town.settle()
    told = len(phone.inbox)
    town.clock.advance(YEAR)

    await run_due(town)
    async with restarted(town) as again:
        await run_due(again)

    assert len(phone.inbox) == told


async def test_a_new_version_is_told_once_to_everybody_with_an_older_pass(town: Town) -> None:
    phone = await town.briefed_assistant()

    async with restarted(town) as again:
        same = await moved(again, phone)
        told = len(same.inbox)
        for _ in range(3):
            await run_due(again)

        assert len(same.inbox) == told + 1
        assert same.screen == same.says("notice-briefing-new-version")
        await pass_all(again, same)
        await run_due(again)

    async with restarted(town, small(), small(NEWER), small("2027-2")) as newest:
        again_same = await moved(newest, phone)
        told = len(again_same.inbox)
        await run_due(newest)
        assert len(again_same.inbox) == told + 1


async def test_going_back_to_an_older_release_tells_nobody_of_a_new_version(town: Town) -> None:
    phone = await trainee(town)
    town.clock.advance(timedelta(hours=1))
    async with restarted(town) as again:
        same = await moved(again, phone)
        await pass_all(again, same)
    told = len(phone.inbox)

    await run_due(town)

    assert len(phone.inbox) == told


async def test_a_notice_of_an_end_that_was_repeated_meanwhile_is_dropped(town: Town) -> None:
    phone = await town.briefed_assistant()
    town.clock.advance(YEAR - timedelta(days=14))
    await town.house.services.passes.due_notices()
    person_id = (await town.me(phone)).person_id
    await town.house.services.briefing.begin(person_id, "2026-1")
    told = len(phone.inbox)

    await town.brief(phone)

    assert len(phone.inbox) == told


async def test_a_repeat_ahead_of_time_keeps_the_old_pass_until_the_new_one(town: Town) -> None:
    phone = await trainee(town)
    await pass_all(town, phone)
    first = await valid_pass(town, phone)
    town.clock.advance(YEAR - timedelta(days=10))
    await phone.start()
    await phone.tap("key-briefing")
    await phone.choose("briefing-repeat")
    await read_all(town, phone)
    await answer_all(town, phone, wrong=4)
    during = await valid_pass(town, phone)
    assert first is not None
    assert during is not None
    assert during.id == first.id

    await answer_all(town, phone)
    await phone.choose("briefing-sign")

    after = await valid_pass(town, phone)
    assert after is not None
    assert after.id != first.id
    assert after.valid_until > first.valid_until + timedelta(days=300)
    assert (await town.audit_actions()).count("assistant.active") == 1
    assert phone.says("key-briefing") not in phone.keys


async def test_a_pass_far_from_its_end_is_not_repeated(town: Town) -> None:
    phone = await town.briefed_assistant()
    before = await town.dump()

    await phone.press_data("brbegin:2026-1")

    assert phone.says("briefing-repeat") not in phone.buttons
    assert await town.dump() == before


async def test_an_ended_pass_asks_for_a_repeat_with_all_tries(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone, wrong=4)
    await answer_all(town, phone)
    await phone.choose("briefing-sign")
    town.clock.advance(YEAR)
    await phone.start()

    await phone.tap("key-briefing")
    assert await state(town, phone) == NotBegun(Why.REPEAT)
    await read_all(town, phone)

    assert phone.says("quiz-start") in phone.buttons
    await answer_all(town, phone, wrong=4)
    assert phone.says("quiz-again") in phone.buttons
