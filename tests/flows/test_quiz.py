"""The quiz: answers that count and answers that do not, tries, the pause, another try."""

from datetime import timedelta

import pytest

from bot.content import Content
from bot.services.briefing_course import Asked, Paused, Ready
from bot.services.states import AssistantStatus, Role
from db.models.briefings import AttemptState, QuizAttempt
from tests.briefings import DRAWN, QUESTIONS, small, with_briefings
from tests.flows.briefed import (
    answer,
    answer_all,
    asked,
    callback_data,
    read_all,
    state,
    trainee,
)
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

WRONG = 2  # of 4 answers: one too many


@pytest.fixture
def content() -> Content:
    return with_briefings(small())


async def examinee(town: Town) -> Phone:
    """Return the phone of a trainee who has just been asked the first question."""
    phone = await trainee(town)
    await read_all(town, phone)
    await phone.choose("quiz-start")
    return phone


async def attempt(town: Town, attempt_id: int) -> QuizAttempt:
    async with town.database.reading() as uow:
        found = await uow.briefings.find_attempt(attempt_id)
    assert found is not None
    return found


async def test_a_question_shows_numbered_answers_and_a_button_for_each(town: Town) -> None:
    phone = await examinee(town)

    question = await asked(town, phone)

    count = len(question.order)
    assert phone.buttons == [*map(str, range(1, count + 1)), phone.says("button-menu")]
    bank = town.house.content.current_briefing.question(question.code)
    for number, place in enumerate(question.order, start=1):
        assert f"\n{number}. {bank.options[place]['ru']}" in phone.screen


async def test_each_question_comes_once_and_with_all_its_answers(town: Town) -> None:
    phone = await examinee(town)

    drawn = (await attempt(town, (await asked(town, phone)).attempt_id)).questions

    assert len({each["code"] for each in drawn}) == DRAWN
    bank = town.house.content.current_briefing
    for each in drawn:
        assert sorted(each["order"]) == list(range(len(bank.question(each["code"]).options)))


async def test_questions_and_answers_come_in_another_order_each_time(town: Town) -> None:
    drawn = [town.house.services.quiz._draw() for _ in range(60)]
    assert {each["code"] for one in drawn for each in one} == {
        f"question-{number}" for number in range(1, QUESTIONS + 1)
    }
    assert len({tuple(each["code"] for each in one) for one in drawn}) > 20
    assert len({tuple(each["order"]) for one in drawn for each in one}) > 6


async def test_a_right_answer_leads_to_the_next_question(town: Town) -> None:
    phone = await examinee(town)

    await answer(town, phone, right=True)

    assert phone.toast == phone.says("quiz-right-toast")
    assert (await asked(town, phone)).index == 1
    assert phone.screen.startswith("2 из 4")


async def test_a_wrong_answer_is_explained_before_the_next_question(town: Town) -> None:
    phone = await examinee(town)

    question = await answer(town, phone, right=False)

    bank = town.house.content.current_briefing.question(question.code)
    assert bank.explanation["ru"] in phone.screen
    assert bank.options[bank.right_option]["ru"] in phone.screen
    assert (await asked(town, phone)).index == 1
    await phone.choose("quiz-next")
    assert phone.screen.startswith("2 из 4")


async def test_the_explanation_of_the_last_answer_comes_before_the_result(town: Town) -> None:
    phone = await examinee(town)
    for _ in range(DRAWN - 1):
        await answer(town, phone, right=True)

    await answer(town, phone, right=False)
    assert phone.says("quiz-next") not in phone.buttons
    await phone.choose("quiz-result")

    assert "Обязуюсь." in phone.screen


async def test_j4_a_second_answer_does_not_count(town: Town) -> None:
    phone = await examinee(town)
    question = await asked(town, phone)
    message_id = phone.inbox[-1]["message_id"]
    await answer(town, phone, right=False)
    explanation = phone.screen
    before = await town.dump()

    for option in range(len(question.order)):
        await phone.press_data(f"answer:{question.attempt_id}:0:{option}", message_id)

        assert phone.toast == phone.says("quiz-repeated-toast")
        assert phone.screen == explanation
    assert await town.dump() == before


async def test_j4_a_second_answer_from_another_device_shows_the_question_of_now(
    town: Town,
) -> None:
    phone = await examinee(town)
    first = await answer(town, phone, right=True)
    await answer(town, phone, right=True)
    before = await town.dump()

    await phone.press_data(f"answer:{first.attempt_id}:0:0")

    assert phone.toast == phone.says("quiz-repeated-toast")
    assert phone.screen.startswith("3 из 4")
    assert await town.dump() == before


async def test_j4_twenty_presses_at_once_are_one_answer(town: Town) -> None:
    phone = await examinee(town)
    question = await asked(town, phone)
    message_id = phone.inbox[-1]["message_id"]

    async with town.at_once():
        for option in range(20):
            data = f"answer:{question.attempt_id}:0:{option % len(question.order)}"
            await phone.press_data(data, message_id)

    saved = await attempt(town, question.attempt_id)
    assert len(saved.answers) == 1
    assert saved.answers[0] == question.order[0]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ("answer:{0}:0:4", "error-quiz-option"),
        ("answer:{0}:0:9223372036854775807", "error-quiz-option"),
        ("answer:{0}:1:0", "error-quiz-order"),
        ("answer:{0}:99:0", "error-quiz-order"),
        ("answer:999:0:0", "error-quiz-over"),
        ("sign:{0}:ru", "error-quiz-over"),
    ],
)
async def test_j4_an_answer_that_cannot_be_changes_nothing(
    town: Town, data: str, refusal: str
) -> None:
    phone = await examinee(town)
    question, screen = await asked(town, phone), phone.screen
    before = await town.dump()

    await phone.press_data(data.format(question.attempt_id))

    assert phone.toast == phone.says(refusal)
    assert phone.screen == screen
    assert await town.dump() == before


async def test_e1_nobody_answers_or_signs_for_somebody_else(town: Town) -> None:
    phone, other = await examinee(town), await trainee(town, name="Образцова Дана")
    question = await asked(town, phone)
    before = await town.dump()

    for data in (f"answer:{question.attempt_id}:0:0", f"sign:{question.attempt_id}:ru"):
        await other.press_data(data)
        assert other.toast == other.says("error-quiz-over")

    assert await town.dump() == before


async def test_j4_an_answer_to_an_attempt_that_is_over_says_so(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone, wrong=WRONG)
    async with town.database.reading() as uow:
        person_id = (await town.me(phone)).person_id
        (first,) = await uow.briefings.list_attempts(person_id, "2026-1", after_id=0)
    await phone.choose("quiz-again")
    before = await town.dump()

    for index in (0, DRAWN - 1, DRAWN):
        await phone.press_data(f"answer:{first.id}:{index}:0")
        assert phone.toast == phone.says("error-quiz-over")
        assert phone.screen.startswith("1 из 4")

    assert await town.dump() == before


async def test_j4_a_double_tap_on_the_last_answer_shows_the_result(town: Town) -> None:
    phone = await examinee(town)
    for _ in range(DRAWN - 1):
        await answer(town, phone, right=True)
    last = await answer(town, phone, right=True)

    await phone.press_data(f"answer:{last.attempt_id}:{DRAWN - 1}:0")

    assert phone.toast == phone.says("quiz-repeated-toast")
    assert "Обязуюсь." in phone.screen


async def test_starting_twice_goes_on_with_one_attempt(town: Town) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    message_id = phone.inbox[-1]["message_id"]

    async with town.at_once():
        for _ in range(8):
            await phone.press_data("quiz:2026-1", message_id)

    person_id = (await town.me(phone)).person_id
    async with town.database.reading() as uow:
        assert len(await uow.briefings.list_attempts(person_id, "2026-1", after_id=0)) == 1
    assert phone.screen.startswith("1 из 4")


async def test_who_fails_learns_what_to_read_again_and_how_many_tries_are_left(
    town: Town,
) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    await answer_all(town, phone, wrong=WRONG)

    now = await state(town, phone)
    assert isinstance(now, Ready)
    assert now.failed is not None
    assert phone.screen.startswith(shown(phone, "quiz-failed", score=2, asked=4, needed=3))
    for number in now.failed.modules:
        assert f"{number}. Тема модуля {number}" in phone.screen
    assert phone.screen.endswith(shown(phone, "quiz-tries-left", tries=1))
    await phone.choose("briefing-read-again")
    assert f"Тема модуля {now.failed.modules[0]}" in phone.screen


async def test_after_the_last_try_there_is_a_pause_and_then_as_many_tries_again(
    town: Town,
) -> None:
    phone = await trainee(town)
    await read_all(town, phone)
    for _ in range(2):
        await answer_all(town, phone, wrong=WRONG)

    now = await state(town, phone)
    assert isinstance(now, Paused)
    assert now.until == town.clock() + timedelta(hours=24)
    assert phone.screen.endswith(shown(phone, "quiz-paused", until=now.until))
    assert phone.says("quiz-again") not in phone.buttons
    await phone.press_data("quiz:2026-1")
    assert isinstance(await state(town, phone), Paused)

    town.clock.advance(timedelta(hours=24))
    await phone.tap("key-briefing")
    assert phone.screen.endswith(shown(phone, "quiz-tries-left", tries=2))
    await answer_all(town, phone)
    await phone.choose("briefing-sign")
    assert (await town.me(phone)).passed is not None


async def stuck(town: Town, name: str = "Үлгіев Ерлан") -> Phone:
    """Return the phone of a trainee who has failed every try."""
    phone = await trainee(town, name=name)
    await read_all(town, phone)
    for _ in range(2):
        await answer_all(town, phone, wrong=WRONG)
    return phone


async def test_the_coordinator_of_the_district_is_told_of_who_is_stuck_and_allows_a_try(
    town: Town,
) -> None:
    coordinator, elsewhere = await town.coordinator(), await town.coordinator("rudny")
    quiet = len(elsewhere.inbox)
    phone = await stuck(town)
    assert coordinator.screen.startswith(coordinator.says("notice-briefing-stuck"))
    assert "Үлгіев Ерлан" in coordinator.screen
    assert coordinator.screen.count("\n") < 12

    await coordinator.choose("briefing-allow-try")

    assert coordinator.toast == coordinator.says("briefing-try-allowed-toast")
    assert coordinator.screen.endswith(coordinator.says("briefing-stuck-over"))
    assert "briefing.try_allowed" in await town.audit_actions()
    assert phone.screen.startswith(phone.says("notice-briefing-try-allowed"))
    await answer_all(town, phone)
    await phone.choose("briefing-sign")
    assert (await town.me(phone)).passed is not None
    assert len(elsewhere.inbox) == quiet


async def test_the_coordinator_is_told_again_when_the_tries_allowed_fail_too(town: Town) -> None:
    coordinator = await town.coordinator()
    phone = await stuck(town)
    await coordinator.choose("briefing-allow-try")
    told = len(coordinator.inbox)

    await answer_all(town, phone, wrong=WRONG)
    assert len(coordinator.inbox) == told
    await answer_all(town, phone, wrong=WRONG)

    assert len(coordinator.inbox) == told + 1
    assert isinstance(await state(town, phone), Paused)


async def test_where_there_is_no_coordinator_the_admins_are_told_of_who_is_stuck(
    town: Town,
) -> None:
    admin = await town.admin()

    await stuck(town)

    assert admin.says("briefing-allow-try") in admin.buttons


async def test_j2_allowing_a_try_twenty_times_allows_one(town: Town) -> None:
    coordinator = await town.coordinator()
    phone = await stuck(town)
    allow = callback_data(coordinator, coordinator.says("briefing-allow-try"))
    message_id, told = coordinator.inbox[-1]["message_id"], len(phone.inbox)

    async with town.at_once():
        for _ in range(20):
            await coordinator.press_data(allow, message_id)

    assert (await town.audit_actions()).count("briefing.try_allowed") == 1
    assert len(phone.inbox) == told + 1


async def test_allowing_a_try_again_says_when_it_was_allowed(town: Town) -> None:
    coordinator, other = await town.coordinator(), await town.coordinator(name="Арман Мысалов")
    await stuck(town)
    allowed_at = town.clock()
    await coordinator.choose("briefing-allow-try")
    town.clock.advance(timedelta(minutes=5))

    await other.choose("briefing-allow-try")

    assert other.toast == other.says("error-briefing-try-allowed", at=allowed_at)
    assert other.screen.endswith(other.says("briefing-stuck-over"))


async def test_a_pause_that_is_over_needs_no_permission(town: Town) -> None:
    coordinator = await town.coordinator()
    await stuck(town)
    town.clock.advance(timedelta(hours=24))

    await coordinator.choose("briefing-allow-try")

    assert coordinator.toast == coordinator.says("error-briefing-not-stuck")
    assert "briefing.try_allowed" not in await town.audit_actions()


async def test_e1_only_who_changes_statuses_there_allows_a_try(town: Town) -> None:
    coordinator = await town.coordinator()
    phone = await stuck(town)
    allow = callback_data(coordinator, coordinator.says("briefing-allow-try"))
    elsewhere, stranger = (
        await town.coordinator("rudny"),
        await town.assistant("rudny", "Образцова Дана"),
    )
    before = await town.dump()

    await elsewhere.press_data(allow)
    assert elsewhere.toast == elsewhere.says("error-not-found")
    await stranger.press_data(allow)
    assert stranger.toast == stranger.says("error-access-denied")
    await phone.press_data(allow)
    assert phone.toast == phone.says("error-access-denied")

    assert await town.dump() == before


async def test_e2_a_coordinator_dismissed_since_allows_nothing(town: Town) -> None:
    coordinator = await town.coordinator()
    await stuck(town)
    allow = callback_data(coordinator, coordinator.says("briefing-allow-try"))
    await town.dismiss(coordinator)

    await coordinator.press_data(allow)

    assert coordinator.toast == coordinator.says("error-access-denied")
    assert "briefing.try_allowed" not in await town.audit_actions()


async def test_nobody_allows_themselves_another_try(town: Town) -> None:
    other = await town.coordinator()
    phone = await stuck(town)
    allow = callback_data(other, other.says("briefing-allow-try"))
    await town.appoint(phone, Role.COORDINATOR, "kostanay")

    await phone.press_data(allow)

    assert phone.toast == phone.says("error-own-card")
    assert isinstance(await state(town, phone), Paused)


async def test_a_recruit_who_was_dismissed_is_stuck_no_more(town: Town) -> None:
    coordinator = await town.coordinator()
    phone = await stuck(town)
    me = await town.me(phone)
    await town.house.services.assistants.set_status(
        await town.admin_id(), me.person_id, AssistantStatus.DISMISSED, "Передумал служить"
    )

    await coordinator.choose("briefing-allow-try")

    assert coordinator.toast == coordinator.says("error-not-found")


async def test_a_failed_attempt_is_kept_with_its_answers(town: Town) -> None:
    phone = await examinee(town)
    question = await asked(town, phone)
    for _ in range(DRAWN):
        await answer(town, phone, right=False)
        await phone.press(phone.buttons[0])

    kept = await attempt(town, question.attempt_id)
    assert kept.state is AttemptState.FAILED
    assert (kept.score, len(kept.answers)) == (0, DRAWN)
    assert kept.finished_at == town.clock()
    assert not isinstance(await state(town, phone), Asked)
