"""Working through a digest: each thing is settled from it, and it shrinks."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.handlers.digest_presses import (
    AllowTryNow,
    LookAtPlace,
    OpenDigest,
    OpenForgotten,
    OpenRecruit,
    OpenStuck,
    OpenToday,
    Remind,
    SettleForgotten,
    TakeOn,
)
from bot.pack import briefing_rules
from bot.services.states import AssistantStatus, Place, ShiftState
from db.models.briefings import AttemptState, BriefingProgress, QuizAttempt
from db.models.shifts import Shift
from sandbox import SandboxClock
from tests.flows.digest_days import Days
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


@pytest.fixture(autouse=True)
def tuesday(clock: SandboxClock) -> None:
    clock.tick(days=1)


def left(phone: Phone, count: int) -> str:
    return shown(phone, "digest-left", count=count)


async def evening(town: Town, days: Days) -> None:
    town.clock.to("20:00")
    await days.run()


async def test_a_forgotten_shift_is_settled_and_leaves_the_digest(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    began = clock() - timedelta(hours=13)
    shift_id = await days.shift(assistant, began, hours=12, state=ShiftState.UNCONFIRMED)
    await evening(town, days)
    digest = coordinator.inbox[-1]["message_id"]
    assert left(coordinator, 1) in coordinator.screen

    await coordinator.press("Үлгіев Ерлан")
    length = timedelta(hours=3)
    await coordinator.choose("shift-end-at", at=began + length, length=length)

    assert coordinator.toast == coordinator.says("digest-done-toast")
    assert coordinator.inbox[-1]["message_id"] == digest
    assert coordinator.says("digest-settled") in coordinator.screen
    async with town.database.reading() as uow:
        shift = await uow.session.get(Shift, shift_id)
    assert shift is not None
    assert shift.state is ShiftState.CLOSED


async def test_another_end_is_typed_and_leads_back_to_the_digest(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    began = clock() - timedelta(hours=13)
    await days.shift(assistant, began, hours=12, state=ShiftState.UNCONFIRMED)
    await evening(town, days)
    await coordinator.press("Үлгіев Ерлан")
    await coordinator.choose("shift-end-other")
    await coordinator.choose("button-back")

    await coordinator.choose("shift-end-other")
    await coordinator.send("06:05")
    await coordinator.choose("digest-back")

    assert coordinator.says("digest-settled") in coordinator.screen


async def test_a_recruit_is_taken_on_and_leaves_the_digest(town: Town, days: Days) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant(name="Образцов Тимур")
    await evening(town, days)

    await coordinator.choose("digest-recruit-row", name="Образцов Тимур")
    assert recruit.user.phone in coordinator.screen
    await coordinator.choose("application-approve")

    assert "Образцов" not in coordinator.screen
    standing = (await town.me(recruit)).assistant
    assert standing is not None
    assert standing.status is AssistantStatus.TRAINEE


@pytest.mark.parametrize("place", [Place.NONE, Place.OUTSIDE])
async def test_a_start_at_a_doubtful_place_is_looked_at_once_for_all_coordinators(
    town: Town, days: Days, clock: SandboxClock, place: Place
) -> None:
    first = await town.coordinator(name="Марина Примерова")
    second = await town.coordinator(name="Тасадиев Нұрлан")
    assistant = await town.briefed_assistant()
    began = clock() - timedelta(hours=4)
    await days.shift(assistant, began, place=place)
    await evening(town, days)
    data = first.data_of("digest-place-row", name="Үлгіев Ерлан", place=place, at=began)

    await first.press("Үлгіев Ерлан")
    await first.press_data(data)
    assert first.says("digest-settled") in first.screen

    await second.press("Үлгіев Ерлан")
    assert second.says("digest-settled") in second.screen


async def test_a_shift_begun_without_a_place_after_the_digest_is_in_the_next_one(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await evening(town, days)
    clock.to("20:30")
    began = clock()
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    clock.to("22:00")
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    await evening(town, days)

    assert left(coordinator, 1) in coordinator.screen
    seen = {"name": "Үлгіев Ерлан", "place": Place.NONE, "at": began}
    await coordinator.choose("digest-place-row", **seen)
    assert coordinator.says("digest-settled") in coordinator.screen
    assert coordinator.says("digest-place-row", **seen) not in coordinator.buttons


@pytest.mark.parametrize("place", [Place.INSIDE, Place.UNKNOWN])
async def test_a_start_at_a_good_place_is_no_exception(
    town: Town, days: Days, clock: SandboxClock, place: Place
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(hours=4), place=place)

    await evening(town, days)

    assert coordinator.says("digest-settled") in coordinator.screen


async def test_a_stuck_trainee_is_reminded_once_a_week(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    trainee = await town.assistant(active=False)
    await evening(town, days)
    assert "Үлгіев" not in coordinator.screen
    clock.tick(days=3)
    await days.run()

    data = coordinator.data_of("digest-slow-row", name="Үлгіев Ерлан")
    await coordinator.press_data(data)
    assert shown(trainee, "digest-reminder") in trainee.screen
    assert coordinator.toast == coordinator.says("digest-reminded-toast")

    await coordinator.press_data(data)
    assert coordinator.toast == coordinator.says("error-digest-reminded")


async def test_a_briefing_that_ends_soon_is_reminded_of(town: Town, clock: SandboxClock) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    passed = (await town.me(assistant)).passed
    assert passed is not None
    clock.advance(passed.valid_until - clock() - timedelta(days=2))
    await coordinator.tap("key-digest")

    await coordinator.choose("digest-expiring-row", name="Үлгіев Ерлан", until=passed.valid_until)

    assert shown(assistant, "digest-reminder") in assistant.screen
    assert "Үлгіев" not in " ".join(coordinator.buttons)


async def test_each_of_many_is_counted_though_few_are_shown(town: Town, days: Days) -> None:
    coordinator = await town.coordinator()
    await days.crowd([f"Үлгіев {number}" for number in range(25)], applicants=23)
    await evening(town, days)

    named = ", ".join(f"Үлгіев {number}" for number in range(5))
    assert shown(coordinator, "digest-duty-more", names=named, count=20) in coordinator.screen
    assert left(coordinator, 48) in coordinator.screen


async def test_who_failed_every_try_is_allowed_another_from_the_digest(
    town: Town, days: Days
) -> None:
    coordinator = await town.coordinator()
    trainee, repeating = await town.assistant(active=False), await town.briefed_assistant()
    for phone in (trainee, repeating):
        await fail_every_try(town, phone)
    await evening(town, days)
    assert left(coordinator, 2) in coordinator.screen

    for count in (1, 0):
        await coordinator.choose("digest-stuck-row", name="Үлгіев Ерлан")
        assert len(coordinator.screen.splitlines()) <= 12
        await coordinator.choose("briefing-allow-try")

        assert coordinator.toast == coordinator.says("briefing-try-allowed-toast")
        assert (left(coordinator, 1) in coordinator.screen) == bool(count)
    for phone in (trainee, repeating):
        assert phone.screen.startswith(phone.says("notice-briefing-try-allowed"))


async def test_who_is_past_the_pause_is_not_stuck_any_more(town: Town, clock: SandboxClock) -> None:
    coordinator = await town.coordinator()
    await fail_every_try(town, await town.assistant(active=False))
    clock.advance(briefing_rules(town.house.content.current_briefing).pause)

    await coordinator.tap("key-digest")

    assert "Үлгіев" not in " ".join((coordinator.screen, *coordinator.buttons))


async def last_attempt(town: Town) -> int:
    async with town.database.reading() as uow:
        return await uow.session.scalar(select(func.max(QuizAttempt.id))) or 0


async def fail_every_try(town: Town, phone: Phone) -> None:
    """Have the assistant's last tries at the quiz failed now."""
    rules, now = briefing_rules(town.house.content.current_briefing), town.clock()
    person_id = (await town.me(phone)).person_id
    items = list(rules.questions.values())[: rules.drawn]
    asked = [{"code": each.code, "order": list(range(each.options))} for each in items]
    wrong = [(each.right + 1) % each.options for each in items]
    async with town.database.transaction() as uow:
        passed = await uow.passes.find_last(person_id, rules.version)
        progress = await uow.briefings.find_progress(person_id, rules.version)
        if progress is None:
            progress = BriefingProgress(person_id=person_id, version=rules.version)
            uow.session.add(progress)
        progress.modules_read, progress.opened_at = rules.modules, now
        progress.after_attempt_id = passed.attempt_id if passed else 0
        for _ in range(rules.tries):
            await uow.briefings.add_attempt(
                QuizAttempt(
                    person_id=person_id,
                    version=rules.version,
                    state=AttemptState.FAILED,
                    questions=asked,
                    answers=wrong,
                    started_at=now,
                    finished_at=now,
                )
            )


async def test_a_coordinator_without_the_role_any_more_settles_nothing(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    recruit = await town.applicant()
    shift_id = await days.shift(
        assistant, clock() - timedelta(hours=13), hours=12, state=ShiftState.UNCONFIRMED
    )
    await fail_every_try(town, assistant)
    application = (await town.me(recruit)).application
    assert application is not None
    await evening(town, days)
    (digest,) = await days.digests()
    await town.dismiss(coordinator)
    before = await town.dump()
    ids: dict[str, Any] = {
        "digest_id": digest.id,
        "shift_id": shift_id,
        "application_id": application.id,
        "person_id": (await town.me(assistant)).person_id,
        "attempt_id": await last_attempt(town),
        "minutes": 60,
        "district": "kostanay",
    }

    for press in (
        *(OpenDigest, OpenToday, OpenForgotten, SettleForgotten),
        *(LookAtPlace, OpenRecruit, TakeOn, OpenStuck, AllowTryNow, Remind),
    ):
        fields = {name: ids[name] for name in press.model_fields}
        await coordinator.press_data(press(**fields).pack())
        assert coordinator.toast == coordinator.says("error-access-denied"), press
        assert "Үлгіев" not in coordinator.screen

    assert await town.dump() == before


async def test_a_coordinator_of_another_district_opens_and_settles_nothing(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    await town.coordinator()
    stranger = await town.coordinator("rudny", name="Тасадиев Нұрлан")
    assistant = await town.briefed_assistant()
    shift_id = await days.shift(assistant, clock() - timedelta(hours=4), place=Place.NONE)
    await evening(town, days)
    theirs = next(each for each in await days.digests() if each.district_code == "kostanay")
    person_id = (await town.me(assistant)).person_id
    await fail_every_try(town, assistant)
    attempt_id = await last_attempt(town)
    before = await town.dump()

    for press in (
        OpenDigest(digest_id=theirs.id),
        OpenStuck(digest_id=theirs.id, attempt_id=attempt_id),
        AllowTryNow(digest_id=theirs.id, attempt_id=attempt_id),
        OpenToday(district="kostanay"),
        LookAtPlace(digest_id=theirs.id, shift_id=shift_id),
        Remind(digest_id=theirs.id, person_id=person_id),
    ):
        await stranger.press_data(press.pack())
        assert stranger.toast == stranger.says("error-not-found"), press

    assert await town.dump() == before


async def test_more_than_a_screen_of_things_come_up_as_others_are_settled(
    town: Town, days: Days
) -> None:
    coordinator = await town.coordinator()
    for number in range(10):
        await town.applicant(name=f"Образцов {'АБВГДЕЖЗИК'[number]}")
    await evening(town, days)
    assert left(coordinator, 10) in coordinator.screen
    assert len(coordinator.buttons) == 10

    await coordinator.press("Образцов А")
    await coordinator.choose("application-approve")

    assert left(coordinator, 9) in coordinator.screen
    assert len(coordinator.buttons) == 10
