"""Updates that come twice, late, or changed: one effect, one line in the journal, an answer."""

import copy

import pytest
import sqlalchemy as sa

from bot.services.people import Step
from db.models import OutboxMessage
from sandbox.model import Json
from tests.flows.steps import NAME, QUESTIONS, answer, recruit_at, shown
from tests.town import Town

pytestmark = pytest.mark.usefixtures("sound_in_the_end")


async def count_notices(town: Town) -> int:
    async with town.database.reading() as uow:
        return await uow.session.scalar(sa.select(sa.func.count(OutboxMessage.id))) or 0


@pytest.mark.parametrize("step", QUESTIONS)
async def test_a1_an_answer_that_comes_twice_has_one_effect(town: Town, step: Step) -> None:
    await town.coordinator()
    phone = await recruit_at(town, step, "kk")
    await answer(phone, step)
    me, audit, notices = await town.me(phone), await town.audit_actions(), await count_notices(town)
    screen = phone.screen

    assert town.telegram.updates.repeat_last()
    await town.settle()

    assert await town.me(phone) == me
    assert await town.audit_actions() == audit
    assert await count_notices(town) == notices
    assert phone.screen.endswith(screen)


async def test_a1_a_whole_registration_of_doubled_updates_is_one_registration(town: Town) -> None:
    coordinator = await town.coordinator()
    town.telegram.faults.repeat_updates = True

    phone = await recruit_at(town, Step.DONE)
    await coordinator.choose("application-approve")

    actions = await town.audit_actions()
    once = ("consent.given", "person.phone", "application.submitted", "application.approved")
    me = await town.me(phone)
    about_me = [action for action in actions if action in once]
    assert sorted(about_me) == sorted(once)
    assert me.assistant is not None
    assert me.full_name == NAME


async def test_a1_a_doubled_reason_refuses_once(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.applicant()
    await coordinator.choose("application-reject")
    town.telegram.faults.repeat_updates = True

    await coordinator.send("Живёт в другой области")

    assert (await town.audit_actions()).count("application.rejected") == 1
    told = [each for each in recruit.inbox if "Живёт в другой" in each["text"]]
    assert len(told) == 1


async def test_a4_answers_that_come_together_are_heard_in_the_order_they_were_given(
    town: Town,
) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.faults.reorder_updates = True
    town.telegram.people.text(phone.id, NAME)
    town.telegram.people.contact(phone.id)

    await town.settle()

    me = await town.me(phone)
    assert (me.full_name, me.phone) == (NAME, phone.user.phone)


async def test_a4_answers_in_the_wrong_order_end_in_a_question_not_in_a_fault(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.people.text(phone.id, NAME)
    town.telegram.people.contact(phone.id)
    earlier, later = town.telegram.take_updates()

    await town.receive([later])
    await town.receive([earlier])

    # The contact came before its question: it was refused and is asked for now.
    me = await town.me(phone)
    assert (me.full_name, me.phone) == (NAME, None)
    assert phone.screen == shown(phone, "registration-phone", name=NAME)
    await answer(phone, Step.PHONE)
    assert (await town.me(phone)).step is Step.DISTRICT


async def test_a4_sending_before_the_district_is_refused(town: Town) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    message_id = phone.inbox[-1]["message_id"]
    town.telegram.people.press_data(phone.id, message_id, "district:kostanay")
    town.telegram.people.press_data(phone.id, message_id, "apply")
    earlier, later = town.telegram.take_updates()

    await town.receive([later])
    await town.receive([earlier])

    assert (await town.me(phone)).step is Step.CONFIRM
    assert "application.submitted" not in await town.audit_actions()
    await phone.choose("registration-send")
    assert "application.submitted" in await town.audit_actions()


async def test_a4_a_consent_before_the_language_is_kept_and_the_language_asked(town: Town) -> None:
    phone = await recruit_at(town, Step.LANGUAGE, "kk")
    version = town.house.content.consent.version

    await phone.press_data(f"agree:{version}:ru")

    assert (await town.me(phone)).step is Step.LANGUAGE
    assert (await town.me(phone)).application is None


async def test_a_press_in_another_second_does_not_count_again(town: Town) -> None:
    phone = await recruit_at(town, Step.CONSENT)
    version = town.house.content.consent.version
    await phone.choose("registration-agree")
    town.clock.tick(hours=3)

    await phone.press_data(f"agree:{version}:ru")

    assert (await town.audit_actions()).count("consent.given") == 1
    assert phone.screen == shown(phone, "registration-name")


async def test_a_consent_to_an_earlier_text_is_asked_again(town: Town) -> None:
    phone = await recruit_at(town, Step.CONSENT)
    question = phone.screen

    await phone.press_data("agree:0.0:ru")

    assert phone.toast == phone.says("error-consent-changed")
    assert phone.screen == question
    assert not (await town.me(phone)).consented


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a13_an_edited_answer_is_said_not_to_count(town: Town, language: str) -> None:
    phone = await recruit_at(town, Step.NAME, language)
    await phone.send(NAME)
    (mine,) = [each for each in phone.messages if each.get("text") == NAME]
    audit = await town.audit_actions()

    await phone.do("edit", mine["message_id"], "Другое Имя")

    assert phone.screen == phone.says("edited-message")
    assert (await town.me(phone)).full_name == NAME
    assert await town.audit_actions() == audit
    await answer(phone, Step.PHONE)  # the question still stands
    assert (await town.me(phone)).step is Step.DISTRICT


async def test_a13_e9_a_command_written_into_an_old_message_is_not_obeyed(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    await phone.send("1")
    (mine,) = [each for each in phone.messages if each.get("text") == "1"]

    await phone.do("edit", mine["message_id"], "/cancel")

    assert phone.screen == phone.says("edited-message")
    assert (await town.me(phone)).step is Step.NAME


async def test_a_live_location_that_moves_is_not_answered_each_time(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    await phone.do("location", 53.2, 63.6, 900)
    place = [each for each in phone.messages if "location" in each][-1]
    shown_before = copy.copy(phone.messages)

    for step in range(5):
        await phone.do("move", place["message_id"], 53.2 + step / 1000, 63.6)

    assert phone.messages == shown_before


@pytest.mark.parametrize(
    "change",
    [
        {"caption": "/cancel", "text": None},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}},
    ],
)
async def test_e9_a_command_through_another_door_has_no_other_rights(
    town: Town, change: Json
) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.people.text(phone.id, "/applications")
    (update,) = town.telegram.take_updates()
    message = {**update["message"], **change}
    update["message"] = {name: value for name, value in message.items() if value is not None}

    await town.feed(update)

    assert phone.screen.endswith(shown(phone, "registration-name"))
    assert (await town.me(phone)).step is Step.NAME
