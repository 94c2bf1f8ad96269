"""The mandatory briefing: reading it, going on where it stopped, signing it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import Content
from bot.content.briefing import Picture
from bot.services.briefing_course import Reading, Unsigned
from bot.services.states import AssistantStatus, Role
from db.database import Database
from sandbox import SandboxClock
from sandbox.samples import SAMPLES
from tests.briefings import MODULES, READING_S, small, with_briefings
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

LITERAL = "{0.__class__} %s $x <b>&amp; R&D"


@pytest.fixture
def content() -> Content:
    return with_briefings(small())


def title(number: int) -> str:
    return f"Тема модуля {number}"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_trainee_passes_the_briefing_and_becomes_active(town: Town, language: str) -> None:
    coordinator = await town.coordinator(language=language)
    phone = await town.assistant(language=language, active=False)

    await pass_all(town, phone)

    until = town.clock() + timedelta(days=365)
    assert shown(phone, "briefing-signed", until=until, next="first") == phone.screen
    assert phone.says("key-briefing") not in phone.keys
    me = await town.me(phone)
    assert me.assistant is not None
    assert me.assistant.status is AssistantStatus.ACTIVE
    assert "Үлгіев Ерлан" in coordinator.screen
    assert coordinator.says("briefing-open-card") in coordinator.buttons
    assert (await town.audit_actions())[-2:] == ["briefing.signed", "assistant.active"]


async def test_the_shipped_briefing_can_be_passed_in_kazakh(
    database: Database, clock: SandboxClock
) -> None:
    async with open_town(database, clock) as town:
        phone = await town.assistant(language="kk", active=False)

        await pass_all(town, phone)

        assert (await town.me(phone)).passed is not None
        lines = [message["text"].count("\n") + 1 for message in phone.inbox]
        assert max(lines) <= 12, phone.describe()


async def test_the_pass_tells_what_was_signed_when_and_with_what_score(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone, wrong=1)
    assert isinstance(await state(town, phone), Unsigned)
    assert "Обязуюсь." in phone.screen

    await phone.choose("briefing-sign")

    person_id = (await town.me(phone)).person_id
    async with town.database.reading() as uow:
        signed = await town.house.services.briefing.valid_pass(uow, person_id, town.clock())
    assert signed is not None
    assert (signed.score, signed.questions_count, signed.language) == (3, 4, "ru")
    assert signed.signed_at == town.clock()
    rules = town.house.services.briefing.rules
    assert signed.undertaking_sha256 == rules.undertakings["ru"]
    assert len(set(rules.undertakings.values())) == 3


async def test_the_text_signed_is_the_one_on_the_screen_not_the_language_of_now(
    town: Town,
) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone)
    sign = callback_data(phone, phone.says("briefing-sign"))
    me = await town.me(phone)
    await town.house.services.people.choose_language(me.person_id, "en")

    await phone.press_data(sign)

    async with town.database.reading() as uow:
        signed = await town.house.services.briefing.valid_pass(uow, me.person_id, town.clock())
    assert signed is not None
    assert signed.language == "ru"


@pytest.mark.parametrize("waited", [0, READING_S - 0.5])
async def test_a_module_is_not_turned_faster_than_it_can_be_read(town: Town, waited: float) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    screen, count = phone.screen, len(phone.inbox)
    town.clock.advance(timedelta(seconds=waited))

    await phone.choose("briefing-next")

    left = READING_S if waited == 0 else 1
    assert phone.toast == phone.says("error-briefing-too-fast", seconds=left)
    assert (phone.screen, len(phone.inbox)) == (screen, count)
    assert await state(town, phone) == Reading(1)
    assert not town.telegram.callback_answers(phone.id)[-1].show_alert


async def test_a_module_is_turned_once_it_can_have_been_read(town: Town) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    town.clock.advance(timedelta(seconds=READING_S))

    await phone.choose("briefing-next")

    assert title(2) in phone.screen
    await phone.choose("briefing-next")
    assert phone.toast == phone.says("error-briefing-too-fast", seconds=READING_S)


async def test_modules_read_are_turned_freely_in_both_directions(town: Town) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    for _ in range(2):
        town.clock.advance(timedelta(seconds=READING_S))
        await phone.choose("briefing-next")

    await phone.choose("button-back")
    await phone.choose("button-back")
    assert title(1) in phone.screen
    assert phone.says("button-back") not in phone.buttons
    await phone.choose("briefing-next")
    await phone.choose("briefing-next")

    assert title(3) in phone.screen
    await phone.choose("briefing-next")
    assert phone.toast == phone.says("error-briefing-too-fast", seconds=READING_S)


async def test_reading_goes_on_after_a_restart_at_the_module_where_it_stopped(town: Town) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    town.clock.advance(timedelta(seconds=READING_S))
    await phone.choose("briefing-next")

    async with open_town(town.database, town.clock, content=with_briefings(small())) as again:
        same = again.same_person(phone)
        await same.start()
        await same.tap("key-briefing")
        assert title(2) in same.screen


async def test_the_quiz_goes_on_after_a_restart_at_any_question(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await phone.choose("quiz-start")

    for number in range(4):
        question = await asked(town, phone)
        async with open_town(town.database, town.clock, content=with_briefings(small())) as again:
            same = again.same_person(phone)
            await same.start()
            await same.tap("key-briefing")
            assert same.screen.startswith(f"{number + 1} из 4")
            assert await asked(again, same) == question
            await answer(again, same, right=number > 0)
        await phone.start()
        await phone.tap("key-briefing")

    assert phone.says("briefing-sign") in phone.buttons
    async with open_town(town.database, town.clock, content=with_briefings(small())) as again:
        same = again.same_person(phone)
        await same.start()
        await same.tap("key-briefing")
        await same.choose("briefing-sign")
    assert (await town.me(phone)).passed is not None


async def test_j2_signing_twenty_times_signs_once(town: Town) -> None:
    coordinator, phone = await town.coordinator(), await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone)
    sign = callback_data(phone, phone.says("briefing-sign"))
    told, message_id = len(coordinator.inbox), phone.inbox[-1]["message_id"]

    async with town.at_once():
        for _ in range(20):
            await phone.press_data(sign, message_id)

    assert (await town.audit_actions()).count("briefing.signed") == 1
    assert (await town.audit_actions()).count("assistant.active") == 1
    assert len(coordinator.inbox) == told + 1


async def test_signing_again_says_when_it_was_signed(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone)
    sign = callback_data(phone, phone.says("briefing-sign"))
    await phone.press_data(sign)
    signed_at = town.clock()
    town.clock.advance(timedelta(hours=1))

    await phone.press_data(sign)

    assert phone.toast == phone.says("error-briefing-signed", at=signed_at)


async def test_a_suspended_assistant_passes_and_stays_suspended(town: Town) -> None:
    coordinator, phone = await town.coordinator(), await town.assistant()
    services, me = town.house.services, await town.me(phone)
    await services.assistants.set_status(
        (await town.me(coordinator)).person_id,
        me.person_id,
        AssistantStatus.SUSPENDED,
        "Просит перерыв",
    )
    await town.settle()

    await pass_all(town, phone)

    assert (
        shown(phone, "briefing-signed", until=town.clock() + timedelta(days=365), next="suspended")
        == phone.screen
    )
    standing = (await town.me(phone)).assistant
    assert standing is not None
    assert standing.status is AssistantStatus.SUSPENDED


async def test_somebody_taken_back_passes_again_however_fresh_the_old_pass(town: Town) -> None:
    phone = await town.briefed_assistant()
    me, admin_id = await town.me(phone), await town.admin_id()
    services = town.house.services
    await services.assistants.set_status(
        admin_id, me.person_id, AssistantStatus.DISMISSED, "Уезжает учиться"
    )
    await services.registration.begin(me.person_id)
    await services.registration.choose_district(me.person_id, "kostanay")
    await services.registration.submit(me.person_id)
    application = (await town.me(phone)).application
    assert application is not None
    await services.applications.approve(admin_id, application.id)
    await town.settle()

    await pass_all(town, phone)

    standing = (await town.me(phone)).assistant
    assert standing is not None
    assert standing.status is AssistantStatus.ACTIVE


async def test_the_menu_leads_to_the_briefing_only_while_it_is_due(town: Town) -> None:
    phone = await trainee(town)
    assert phone.says("key-briefing") in phone.keys
    await phone.start()
    assert phone.says("menu-briefing-due") in phone.screen

    await pass_all(town, phone)
    await phone.start()
    assert phone.says("key-briefing") not in phone.keys
    assert phone.says("menu-briefing-due") not in phone.screen

    town.clock.advance(timedelta(days=365 - 14))
    await phone.start()
    assert phone.says("key-briefing") in phone.keys


async def test_my_data_tell_until_when_the_briefing_holds(town: Town) -> None:
    phone = await trainee(town)
    await phone.tap("key-profile")
    assert phone.says("profile-no-briefing") in phone.screen

    await pass_all(town, phone)
    until = town.clock() + timedelta(days=365)
    await phone.tap("key-profile")
    assert phone.says("profile-briefing", version="2026-1", until=until) in phone.screen
    await phone.choose("key-briefing")
    assert shown(phone, "briefing-holding", until=until) == phone.screen
    await phone.choose("briefing-read-again")
    assert title(1) in phone.screen
    for _ in range(MODULES):
        await phone.choose("briefing-next")
    assert shown(phone, "briefing-holding", until=until) == phone.screen

    town.clock.advance(timedelta(days=365))
    await phone.tap("key-profile")
    assert phone.says("profile-no-briefing") in phone.screen


@pytest.mark.parametrize(
    "data",
    [
        "brief",
        "brbegin:2026-1",
        "brshow:2026-1:1",
        "brnext:2026-1:1",
        "brpage:2026-1:1:1",
        "quiz:2026-1",
        "answer:1:0:0",
        "sign:1:ru",
    ],
)
async def test_nobody_but_an_assistant_has_anything_to_do_with_the_briefing(
    town: Town, data: str
) -> None:
    applicant, coordinator = await town.applicant(), await town.coordinator()
    for phone in (applicant, coordinator):
        before = await town.dump()

        await phone.press_data(data)

        assert phone.toast == phone.says("error-briefing-assistants-only")
        assert await town.dump() == before


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ("brnext:2026-1:2", "error-briefing-order"),
        ("brnext:2026-1:0", "error-briefing-order"),
        ("brnext:2026-1:99", "error-briefing-order"),
        ("brshow:2026-1:3", None),
        ("brshow:2026-1:0", None),
        ("brpage:2026-1:2:1", None),
        ("brpage:2026-1:0:1", None),
        ("brpage:2026-1:1:2", None),
        ("brpage:2026-1:1:0", None),
        ("brpage:x:1:1", "error-briefing-version"),
        ("quiz:2026-1", None),
        ("brbegin:2026-1", None),
        ("answer:77:0:0", "error-quiz-over"),
        ("sign:77:ru", "error-quiz-over"),
        ("sign:77:xx", "error-not-found"),
        ("brnext:2025-9:1", "error-briefing-version"),
        ("brshow:x:1", "error-briefing-version"),
    ],
)
async def test_e8_forged_buttons_neither_skip_a_module_nor_open_the_quiz(
    town: Town, data: str, refusal: str | None
) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    town.clock.advance(timedelta(minutes=5))
    before = await town.dump()

    await phone.press_data(data)

    assert phone.toast == (phone.says(refusal) if refusal else "")
    assert title(1) in phone.screen
    assert await town.dump() == before


@pytest.mark.parametrize("content", [with_briefings(small(literal=LITERAL))])
async def test_f14_marks_of_templates_in_a_briefing_come_out_literally(town: Town) -> None:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    assert phone.screen.endswith(f"Текст 1 {LITERAL}")

    for _ in range(MODULES):
        town.clock.advance(timedelta(minutes=1))
        await phone.choose("briefing-next")
    await phone.choose("quiz-start")
    assert phone.screen.count(LITERAL) == len((await asked(town, phone)).order)
    await answer(town, phone, right=False)
    assert LITERAL in phone.screen


def with_picture(path: Path) -> Content:
    """Return a pack whose second module begins with the picture."""
    briefing = small()
    first, second, third = briefing.modules
    second = second.model_copy(update={"picture": Picture(path=path, sha256="0" * 64)})
    return with_briefings(briefing.model_copy(update={"modules": (first, second, third)}))


async def open_second_module(town: Town) -> Phone:
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    assert not pictures(phone)
    town.clock.advance(timedelta(seconds=READING_S))
    await phone.choose("briefing-next")
    assert title(2) in phone.screen
    return phone


async def test_a_picture_comes_once_when_its_module_is_opened(
    database: Database, clock: SandboxClock, tmp_path: Path
) -> None:
    file = tmp_path / "02-card.png"
    file.write_bytes(SAMPLES["photo"].data)
    async with open_town(database, clock, content=with_picture(file)) as town:
        phone = await open_second_module(town)
        assert pictures(phone) == 1

        await phone.choose("briefing-next")  # too fast
        await phone.choose("button-back")
        await phone.choose("briefing-next")
        assert pictures(phone) == 1


async def test_a_picture_telegram_dislikes_keeps_nobody_from_reading(
    database: Database, clock: SandboxClock, tmp_path: Path
) -> None:
    file = tmp_path / "02-card.png"
    file.write_bytes(b"no picture at all")
    async with open_town(database, clock, content=with_picture(file)) as town:
        phone = await open_second_module(town)
        assert not pictures(phone)


def pictures(phone: Phone) -> int:
    return sum("photo" in message for message in phone.inbox)


async def test_a_coordinator_who_also_serves_is_not_told_of_themselves(town: Town) -> None:
    phone = await trainee(town)
    await town.appoint(phone, Role.COORDINATOR, "kostanay")
    other = await town.coordinator()
    told, own = len(other.inbox), len(phone.inbox)

    await pass_all(town, phone)

    assert len(other.inbox) == told + 1
    assert not any("notice-briefing" in message["text"] for message in phone.inbox[own:])
    assert phone.says("briefing-open-card") not in phone.buttons
