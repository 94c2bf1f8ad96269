"""C5: who blocks the bot is marked and left in peace; /start brings them back."""

import pytest
import sqlalchemy as sa

from bot.services.people import Step
from db.models import OutboxMessage, OutboxState
from tests.flows.steps import answer, recruit_at
from tests.phone import Phone
from tests.town import Town


async def outbox_states(town: Town) -> list[OutboxState]:
    async with town.database.reading() as uow:
        rows = await uow.session.scalars(sa.select(OutboxMessage.state).order_by(OutboxMessage.id))
        return list(rows)


async def suspend(coordinator: Phone, name: str) -> None:
    await coordinator.tap("key-assistants")
    await coordinator.press(name)
    await coordinator.choose("assistant-set-status", status="suspended")
    await coordinator.send("Отпуск до осени")


async def test_c5_a_block_is_shown_to_the_coordinator(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()

    await assistant.do("block")
    await coordinator.tap("key-assistants")
    await coordinator.press("Үлгіев")

    assert coordinator.says("assistant-blocked-bot") in coordinator.screen
    assert (await town.me(assistant)).blocked


async def test_c5_a_block_is_seen_in_the_list(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await town.assistant(name="Баяндиева Сәуле")
    await assistant.do("block")

    await coordinator.tap("key-assistants")

    marked = [text for text in coordinator.buttons if text.startswith("🚫")]
    assert ["Үлгіев" in text for text in marked] == [True]


async def test_c5_nothing_is_sent_to_who_blocked_the_bot(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await assistant.do("block")
    calls = len(town.telegram.api_calls)

    await suspend(coordinator, "Үлгіев")

    tried = [call.params.get("chat_id") for call in town.telegram.api_calls[calls:]]
    assert assistant.id not in tried
    assert (await outbox_states(town))[-1] is OutboxState.FAILED


async def test_c5_start_brings_the_person_back(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await assistant.do("block")
    await suspend(coordinator, "Үлгіев")

    await assistant.start()

    assert not (await town.me(assistant)).blocked
    assert "Отпуск до осени" in assistant.screen  # what the notice would have told
    await coordinator.tap("key-assistants")
    await coordinator.press("Үлгіев")
    assert coordinator.says("assistant-blocked-bot") not in coordinator.screen


async def test_c5_a_message_alone_brings_the_person_back(town: Town) -> None:
    assistant = await town.assistant()
    await town.house.services.people.note_blocked(assistant.id, blocked=True)

    await assistant.send("/menu")  # the word of the unblocking got lost

    assert not (await town.me(assistant)).blocked


async def test_c5_an_old_key_tells_of_a_decision_whose_notice_never_came(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), await town.applicant()
    await recruit.do("block")
    await coordinator.tap("key-applications")
    await coordinator.press("Образцов")
    await coordinator.choose("application-approve")
    await recruit.do("unblock")

    await recruit.tap("key-my-application")

    assert recruit.says("application-withdraw") not in recruit.buttons
    assert recruit.says("key-briefing") in recruit.keys
    standing = (await town.me(recruit)).assistant
    assert standing is not None
    assert standing.service_number in recruit.screen


async def test_c5_a_refused_notice_marks_the_block_nobody_told_of(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    assistant.user.blocked = True  # the word of it got lost

    await suspend(coordinator, "Үлгіев")

    assert (await town.me(assistant)).blocked
    assert (await outbox_states(town))[-1] is OutboxState.FAILED


@pytest.mark.own_trouble
async def test_c5_an_answer_refused_by_a_block_is_no_fault(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.people.text(phone.id, "Серікова Айжан")
    phone.user.blocked = True  # between the message and the answer

    await town.settle()

    me = await town.me(phone)
    assert me.blocked
    assert me.full_name == "Серікова Айжан"


async def test_c5_a_registration_goes_on_after_a_block_in_the_middle(town: Town) -> None:
    phone = await recruit_at(town, Step.PHONE)
    question = phone.screen
    await phone.do("block")

    await phone.start()

    assert phone.screen == question
    await answer(phone, Step.PHONE)
    assert (await town.me(phone)).step is Step.DISTRICT


async def test_c5_whoever_was_met_only_by_a_block_is_nobody(town: Town) -> None:
    phone = town.phone()

    await phone.do("block")
    await phone.start()

    assert (await town.me(phone)).step is Step.LANGUAGE
