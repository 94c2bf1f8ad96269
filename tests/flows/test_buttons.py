"""Buttons that are old, strange, pressed twenty times, or on a message that is gone."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.services.people import Step
from bot.services.states import ApplicationState
from tests.flows.steps import QUESTIONS, recruit_at, shown
from tests.phone import Phone
from tests.town import Town

GARBAGE = [
    "",
    ":",
    "x",
    "home:1",
    "approve",
    "approve:",
    "approve:007",
    "approve:1_0",
    "approve:" + "9" * 20,
    "holders:king",
    "lang:kk:ru",
    "district:a\x00b",
    "🙂",
    "'; DROP TABLE people; --",
]


async def feed_press(town: Town, phone: Phone, sent: str, **changes: Any) -> None:
    """Feed a press whose update differs from what phones send."""
    town.telegram.people.press_data(phone.id, phone.inbox[-1]["message_id"], sent)
    (update,) = town.telegram.take_updates()
    query = {**update["callback_query"], **changes}
    query = {name: value for name, value in query.items() if value is not None}
    await town.feed({**update, "callback_query": query})


@pytest.mark.parametrize("data", GARBAGE)
async def test_e8_garbage_opens_the_current_screen(town: Town, data: str) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    question, audit = phone.screen, await town.audit_actions()

    await phone.press_data(data)

    assert phone.toast == phone.says("stale-button-toast")
    assert phone.screen == question
    assert await town.audit_actions() == audit


async def test_a_press_without_data_opens_the_current_screen(town: Town) -> None:
    phone = await recruit_at(town, Step.DISTRICT)

    await feed_press(town, phone, "x", data=None, game_short_name="x")

    assert phone.toast == phone.says("stale-button-toast")


@pytest.mark.parametrize("step", QUESTIONS)
async def test_a_button_of_another_version_opens_the_question_of_now(
    town: Town, step: Step
) -> None:
    phone = await recruit_at(town, step, "kk")
    question = phone.screen

    await phone.press_data("button-of-an-earlier-release:1")

    assert phone.toast == phone.says("stale-button-toast")
    assert phone.screen == question


async def test_buttons_of_questions_long_answered_change_nothing(town: Town) -> None:
    phone = await town.assistant()
    before, audit = await town.me(phone), await town.audit_actions()

    for data in ("agree:1", "district:rudnyi", "rename", "redistrict", "apply", "giveup"):
        await phone.press_data(data)
        assert phone.says("key-help") in phone.keys, data
        assert "№" in phone.screen or before.full_name in (phone.screen, None), phone.describe()

    assert await town.me(phone) == before
    assert await town.audit_actions() == audit


async def test_a_rename_button_of_a_sent_application_asks_for_nothing(town: Town) -> None:
    phone = await town.applicant()

    await phone.press_data("rename")
    assert phone.says("registration-name") not in phone.screen
    await phone.send("Другое Имя")

    assert phone.says("unknown-input") in phone.screen
    assert (await town.me(phone)).full_name == "Образцов Тимур"


async def test_a_name_typed_after_the_application_went_does_not_trap_the_person(
    town: Town,
) -> None:
    phone = await recruit_at(town, Step.CONFIRM)
    await phone.choose("registration-change-name")
    me = await town.me(phone)
    await town.house.services.registration.submit(me.person_id)  # on the person's other device

    await phone.send("Другое Имя")

    assert phone.says("error-name-settled") in phone.screen
    assert phone.says("key-my-application") in phone.keys
    await phone.send("Другое Имя")
    assert phone.says("unknown-input") in phone.screen


@pytest.mark.parametrize("data", ["app:{0}", "approve:{0}", "reject:{0}", "apps:0", "person:{1}"])
async def test_e1_a_button_of_somebody_elses_is_refused(town: Town, data: str) -> None:
    applicant, phone = await town.applicant(), await town.assistant()
    me = await town.me(applicant)
    assert me.application is not None

    await phone.press_data(data.format(me.application.id, me.person_id))

    assert phone.toast == phone.says("error-access-denied")
    assert "Образцов" not in phone.describe()
    assert (await town.me(applicant)).application == me.application


async def test_a12_a_press_on_a_message_that_is_gone_is_answered_by_a_new_one(town: Town) -> None:
    phone = await recruit_at(town, Step.DISTRICT)

    await phone.press_data("district:kostanay", message_id=999_999)

    assert phone.says("registration-send") in phone.buttons
    assert (await town.me(phone)).step is Step.CONFIRM


async def test_a12_a_press_without_a_message_is_answered_by_a_new_one(town: Town) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    shown = len(phone.inbox)

    await feed_press(town, phone, "district:kostanay", message=None, inline_message_id="1")

    assert len(phone.inbox) == shown + 1
    assert phone.says("registration-send") in phone.buttons


async def test_a12_a_message_in_the_name_of_a_channel_is_passed_over(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.people.text(phone.id, "Серікова Айжан")
    (update,) = town.telegram.take_updates()
    del update["message"]["from"]

    await town.feed(update)

    assert (await town.me(phone)).full_name is None


async def test_a11_an_update_of_an_unknown_kind_is_passed_over(town: Town) -> None:
    update = {"update_id": 1, "telepathy": {"thought": "x"}}

    with capture_logs() as logs:
        await town.receive([update])

    assert [each["event"] for each in logs if each["log_level"] != "debug"] == [
        "update_let_go",
        "update_finished",
    ]
    async with town.database.reading() as uow:
        assert await uow.inbox.count_unfinished() == 0
    phone = await recruit_at(town, Step.NAME)
    assert phone.screen == shown(phone, "registration-name")


async def test_j2_mashing_a_button_sends_one_application(town: Town) -> None:
    coordinator = await town.coordinator()
    phone = await recruit_at(town, Step.CONFIRM)
    message_id, shown = phone.inbox[-1]["message_id"], len(phone.inbox)

    async with town.at_once():
        for _ in range(20):
            await phone.press_data("apply", message_id)

    assert (await town.audit_actions()).count("application.submitted") == 1
    notices = [each for each in coordinator.inbox if phone.user.phone in each["text"]]
    assert len(notices) == 1
    # The question became the menu: one message for another.
    assert len(phone.inbox) == shown, phone.describe()


async def test_j2_mashing_the_decision_takes_one_assistant_on(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.applicant()
    await coordinator.tap("key-applications")
    await coordinator.press("Образцов Тимур")
    application = (await town.me(recruit)).application
    assert application is not None
    message_id, shown, told = (
        coordinator.inbox[-1]["message_id"],
        len(coordinator.inbox),
        len(recruit.inbox),
    )

    async with town.at_once():
        for _ in range(20):
            await coordinator.press_data(f"approve:{application.id}", message_id)

    assert (await town.audit_actions()).count("application.approved") == 1
    assert len(coordinator.inbox) == shown
    assert len(recruit.inbox) == told + 1
    me = await town.me(recruit)
    assert me.application is not None
    assert me.application.state is ApplicationState.APPROVED


async def test_j2_mashing_the_way_to_the_menu_opens_one_menu(town: Town) -> None:
    phone = await town.assistant()
    await phone.tap("key-profile")
    message_id, shown = phone.inbox[-1]["message_id"], len(phone.inbox)

    async with town.at_once():
        for _ in range(20):
            await phone.press_data("home", message_id)

    assert len(phone.inbox) == shown, phone.describe()
    assert len(town.telegram.callback_answers(phone.id)) >= 20
