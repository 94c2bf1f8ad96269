"""Faults under an answer: the person still gets it, or an apology with a number to find it by."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from bot.handlers.errors import new_reference
from bot.services.people import PeopleService, Step
from bot.services.registration import RegistrationService
from bot.services.states import AssistantStatus
from db.models.state import DialogState
from sandbox import methods
from sandbox.errors import ApiError
from sandbox.model import Request
from sandbox.telegram import Telegram
from tests.flows.steps import NAME, answer, recruit_at, shown
from tests.logbook import logging_into, records
from tests.phone import Phone
from tests.town import Town

pytestmark = pytest.mark.own_trouble

REFERENCE = re.compile(r"\b[2-9A-HJ-NP-Z]{6}\b")
Refuse = Callable[..., None]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Let Telegram refuse every call of a method from now on."""

    def refuse_method(name: str, code: int, why: str) -> None:
        def refused(_tg: Telegram, _request: Request) -> object:
            raise ApiError(code, why)

        monkeypatch.setitem(methods.PLAYED, name, refused)

    return refuse_method


async def broken(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError("a bug")


def reference_on(phone: Phone, text: str) -> str:
    """Return the number in an apology, which must be one and be ours."""
    (reference,) = REFERENCE.findall(text)
    assert text in (
        shown(phone, "bug", reference=reference),
        phone.says("bug-alert", reference=reference),
    )
    return str(reference)


@pytest.mark.parametrize(
    "fault",
    [
        {"server_error": {"left": 3}},
        {"drop_connection": {"left": 1}},
        {"drop_connection": {"left": 3}},
        {"rate_limit": {"left": 3, "retry_after": 7}},
        {"server_error": {"left": 1}, "rate_limit": {"left": 2, "retry_after": 3}},
    ],
)
@pytest.mark.parametrize("step", [Step.CONSENT, Step.NAME, Step.PHONE, Step.CONFIRM])
async def test_c12_the_answer_comes_through_a_bad_minute(
    town: Town, step: Step, fault: dict[str, Any]
) -> None:
    phone = await recruit_at(town, step)
    town.telegram.faults.change(fault)

    await answer(phone, step)

    assert town.time.waits
    assert (await town.me(phone)).step is not step
    expected = await recruit_at(town, list(Step)[list(Step).index(step) + 1])
    assert phone.screen.replace(phone.user.phone, "") == expected.screen.replace(
        expected.user.phone, ""
    )
    assert "😔" not in phone.describe()


async def test_c1_the_bot_waits_as_long_as_telegram_says(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 9}})

    await answer(phone, Step.NAME)

    assert max(town.time.waits) == pytest.approx(9)
    assert phone.screen == shown(phone, "registration-phone", name=NAME)


async def test_c2_nobody_is_held_for_a_very_long_429(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 10_072}})
    calls = len(town.telegram.api_calls)

    await answer(phone, Step.NAME)

    assert max(town.time.waits, default=0) < 1
    assert (await town.me(phone)).full_name == NAME  # kept, though nobody could be told
    await phone.send("?")  # and Telegram is not asked again before it wants to be
    assert [call.method for call in town.telegram.api_calls[calls:]] == ["sendMessage"]


async def test_c1_an_answer_that_telegram_held_back_is_given_first_of_all(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    admin_id, me = await town.admin_id(), await town.me(assistant)
    town.telegram.faults.change({"rate_limit": {"left": 1, "retry_after": 35}})
    await assistant.send("/menu")
    await assistant.send("/menu")
    services = town.house.services
    await services.assistants.set_status(
        admin_id, me.person_id, AssistantStatus.SUSPENDED, "Отпуск"
    )
    before, asked = len(assistant.inbox), len(coordinator.inbox)

    await town.settle()
    assert (len(assistant.inbox), len(coordinator.inbox)) == (before, asked)
    town.clock.tick(seconds=36)
    await town.settle()

    owed, status = assistant.inbox[before:]
    assert owed["text"].startswith(assistant.says("notice-answer-owed"))
    assert "Отпуск" in status["text"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_bug_is_apologised_for_with_a_number_that_is_in_the_log(
    town: Town, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.NAME, language)
    monkeypatch.setattr(RegistrationService, "give_name", broken)

    with logging_into("json") as log:
        await phone.send(NAME)

    reference = reference_on(phone, phone.screen)
    (record,) = [line for line in records(log) if line["level"] == "error"]
    assert record["event"] == "update_failed"
    assert record["reference"] == reference
    last = town.telegram.updates.last
    assert last is not None
    assert record["update_id"] == last["update_id"]
    assert "RuntimeError: a bug" in record["exception"]
    assert "take_name" in record["exception"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_bug_behind_a_button_is_told_over_the_chat(
    town: Town, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.DISTRICT, language)
    monkeypatch.setattr(RegistrationService, "choose_district", broken)

    with logging_into("json") as log:
        await answer(phone, Step.DISTRICT)

    reference = reference_on(phone, phone.toast)
    assert [line["reference"] for line in records(log) if line["level"] == "error"] == [reference]


async def test_after_a_bug_the_next_update_works(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.NAME)
    with monkeypatch.context() as patched:
        patched.setattr(RegistrationService, "give_name", broken)
        await phone.send(NAME)
        await phone.send(NAME)

    await phone.send(NAME)

    assert phone.screen == shown(phone, "registration-phone", name=NAME)
    assert (await town.audit_actions()).count("person.name") == 1


async def test_a_bug_after_the_effect_ends_in_the_screen_that_says_it_is_saved(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    monkeypatch.setattr("bot.show.replace", broken)

    await answer(phone, Step.DISTRICT)

    assert phone.screen.startswith(phone.says("saved-already", at=town.clock()))
    assert phone.says("registration-send") in phone.buttons
    assert (await town.me(phone)).step is Step.CONFIRM


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_bug_in_every_screen_is_told_with_the_moment_of_saving(
    town: Town, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    phone = await recruit_at(town, Step.DISTRICT, language)
    monkeypatch.setattr("bot.show.replace", broken)
    monkeypatch.setattr("bot.show.put", broken)

    await answer(phone, Step.DISTRICT)

    (reference,) = REFERENCE.findall(phone.screen)
    assert phone.screen == shown(phone, "bug-saved", reference=reference, at=town.clock())
    assert (await town.me(phone)).step is Step.CONFIRM


async def test_b4_when_the_database_fails_the_apology_speaks_every_language(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.NAME)
    monkeypatch.setattr(PeopleService, "meet", broken)

    with logging_into("json") as log:
        await phone.send(NAME)

    references = set(REFERENCE.findall(phone.screen))
    assert len(references) == 1
    for language in ("kk", "ru", "en"):
        phone.language = language
        assert shown(phone, "bug", reference=references.copy().pop()) in phone.screen
    errors = [line for line in records(log) if line["level"] == "error"]
    assert {line.get("reference") for line in errors} == references


async def test_an_apology_that_cannot_be_sent_is_logged_with_the_same_number(
    town: Town, refuse: Refuse, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.NAME)
    monkeypatch.setattr(RegistrationService, "give_name", broken)
    refuse("sendMessage", 400, "Bad Request: chat not found")

    with logging_into("json") as log:
        await phone.send(NAME)

    failed, apology = [line for line in records(log) if line["level"] == "error"]
    assert (failed["event"], apology["event"]) == ("update_failed", "apology_failed")
    assert failed["reference"] == apology["reference"]


async def test_a_bug_in_somebody_elses_update_leaves_others_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlucky, other = await recruit_at(town, Step.NAME), await recruit_at(town, Step.DISTRICT)
    monkeypatch.setattr(RegistrationService, "give_name", broken)

    async with town.at_once():
        await unlucky.send(NAME)
        await answer(other, Step.DISTRICT)

    reference_on(unlucky, unlucky.screen)
    assert (await town.me(other)).step is Step.CONFIRM


async def test_c7_a_press_too_old_to_answer_still_has_its_effect(town: Town) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    town.telegram.people.press_data(phone.id, phone.inbox[-1]["message_id"], "district:kostanay")
    town.clock.tick(hours=1)

    await town.settle()

    assert (await town.me(phone)).step is Step.CONFIRM
    assert phone.says("registration-send") in phone.buttons


async def test_c7_a_screen_that_stays_the_same_is_no_fault(town: Town) -> None:
    coordinator = await town.coordinator()
    await coordinator.tap("key-assistants")
    await coordinator.tap("key-applications")
    before = coordinator.messages.copy()

    with logging_into("json") as log:
        await coordinator.press_data("apps:0")

    assert coordinator.messages == before
    assert [line for line in records(log) if line["level"] != "info"] == []


@pytest.mark.parametrize(
    "why",
    [
        "Bad Request: message can't be edited",
        "Bad Request: message to edit not found",
        "Bad Request: MESSAGE_ID_INVALID",
    ],
)
async def test_c7_a_message_that_cannot_be_edited_is_followed_by_a_new_one(
    town: Town, refuse: Refuse, why: str
) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    shown_before = len(phone.inbox)
    refuse("editMessageText", 400, why)

    await answer(phone, Step.DISTRICT)

    assert len(phone.inbox) == shown_before + 1
    assert phone.says("registration-send") in phone.buttons


async def test_a_message_too_old_to_delete_loses_its_buttons(town: Town, refuse: Refuse) -> None:
    phone = await recruit_at(town, Step.CONFIRM)
    refuse("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")

    await phone.choose("registration-send")

    question, menu = phone.inbox[-2:]
    assert "reply_markup" not in question
    assert phone.says("menu-application-waiting", district="г. Костанай") in menu["text"]


async def test_a_message_that_can_neither_be_deleted_nor_edited_is_left(
    town: Town, refuse: Refuse
) -> None:
    phone = await recruit_at(town, Step.CONFIRM)
    refuse("deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    refuse("editMessageReplyMarkup", 400, "Bad Request: message can't be edited")

    await phone.choose("registration-send")
    await phone.choose("registration-send")  # still there: the press is answered again

    assert phone.toast == phone.says("error-application-waiting")
    assert (await town.audit_actions()).count("application.submitted") == 1


async def test_c10_a_text_whose_markup_is_refused_comes_as_plain_text(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = await recruit_at(town, Step.NAME)
    send = methods.PLAYED["sendMessage"]

    def picky(tg: Telegram, request: Request) -> object:
        if request.params.get("parse_mode"):
            raise ApiError(400, "Bad Request: can't parse entities: unsupported start tag")
        return send(tg, request)

    monkeypatch.setitem(methods.PLAYED, "sendMessage", picky)
    await phone.send("1")

    assert phone.screen.endswith(shown(phone, "registration-name"))
    assert "entities" not in phone.inbox[-1]


async def test_a_dialogue_of_a_question_that_exists_no_more_is_let_go(town: Town) -> None:
    phone = await town.assistant()
    await phone.send("/menu")
    async with town.database.transaction() as uow:
        await uow.session.execute(sa.delete(DialogState))
    key = town.app.listening.dispatcher.fsm.get_context(town.app.bot, phone.id, phone.id)
    await key.set_state("question-of-an-earlier-release")

    await phone.send("Здравствуйте")

    assert phone.screen.startswith(phone.says("unknown-input"))
    assert await key.get_state() is None


def test_references_can_be_read_out_and_do_not_repeat() -> None:
    references = {new_reference() for _ in range(1_000)}

    assert len(references) == 1_000
    assert all(REFERENCE.fullmatch(reference) for reference in references)
