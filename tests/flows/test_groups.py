"""A group is nobody's place: the bot says so and leaves, and says nothing of anybody there."""

import pytest

from bot.i18n import LANGUAGES
from bot.services.people import Step
from sandbox import ApiError, Telegram, methods
from sandbox.group import GROUP_ID
from sandbox.model import Request
from tests.flows.steps import recruit_at
from tests.phone import Phone
from tests.town import Town


def said_in_group(town: Town) -> str:
    """Return all that the bot wrote in the shared group."""
    group = town.telegram.chat(GROUP_ID)
    return "\n".join(message["text"] for message in group.messages if not message["out"])


async def feed_group_press(town: Town, phone: Phone, data: str) -> None:
    """Press a button under a message that was posted in the group."""
    town.telegram.people.press_data(phone.id, phone.inbox[-1]["message_id"], data)
    (update,) = town.telegram.take_updates()
    update["callback_query"]["message"]["chat"] = {"id": GROUP_ID, "type": "group", "title": "x"}
    await town.feed(update)


def private_only(town: Town) -> str:
    """Return that the bot works in private chats only, in every language."""
    return "\n".join(town.house.texts[each].plain("group-private-only") for each in LANGUAGES)


async def test_e13_added_to_a_group_the_bot_says_why_and_leaves(town: Town) -> None:
    phone = await town.assistant()

    await phone.do("group_text", "Всем привет")

    assert not town.telegram.chat(GROUP_ID).bot_is_member
    assert said_in_group(town) == private_only(town)


@pytest.mark.parametrize("code", [400, 403, 429, 500])
async def test_e13_a_group_that_takes_no_word_is_left_all_the_same(
    town: Town, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    phone = await town.assistant()

    def refuse(_: Telegram, __: Request) -> object:
        raise ApiError(code, "have no rights to send a message", retry_after=3600)

    monkeypatch.setitem(methods.PLAYED, "sendMessage", refuse)
    await phone.do("group_text", "Всем привет")

    assert not town.telegram.chat(GROUP_ID).bot_is_member
    assert said_in_group(town) == ""


async def test_e13_a_command_in_a_group_tells_of_nobody(town: Town) -> None:
    phone = await town.assistant()
    await phone.do("group_text", "Всем привет")
    town.telegram.chat(GROUP_ID).bot_is_member = True  # the word of it got lost

    await phone.do("group_text", "/menu")

    assert said_in_group(town) == "\n".join([private_only(town)] * 2)
    for secret in ("Үлгіев", phone.user.phone, "39-"):
        assert secret not in said_in_group(town)


async def test_e13_who_writes_in_a_group_the_bot_left_has_not_blocked_it(town: Town) -> None:
    phone = await town.assistant()
    before = len(phone.inbox)

    await phone.do("group_text", "/start")  # adds the bot, which has left when it would answer

    assert not (await town.me(phone)).blocked
    assert len(phone.inbox) == before


async def test_e13_talk_in_a_group_is_passed_over(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    await phone.do("group_text", "Всем привет")
    town.telegram.chat(GROUP_ID).bot_is_member = True

    await phone.do("group_text", f"@{town.telegram.bot.username} Серікова Айжан")

    assert said_in_group(town) == private_only(town)  # said when it was added
    assert (await town.me(phone)).full_name is None


async def test_e13_a_group_left_already_is_no_fault(town: Town) -> None:
    town.telegram.faults.repeat_updates = True
    phone = await town.assistant()

    await phone.do("group_text", "/start")

    assert not town.telegram.chat(GROUP_ID).bot_is_member
    assert all(
        call.method != "sendMessage" or call.ok or call.params["chat_id"] == GROUP_ID
        for call in town.telegram.api_calls
    )


@pytest.mark.parametrize("data", ["home", "district:rudnyi", "approve:1", "x"])
async def test_e4_a_button_pressed_in_a_group_does_nothing(town: Town, data: str) -> None:
    phone = await recruit_at(town, Step.DISTRICT)
    shown, audit = phone.messages.copy(), await town.audit_actions()

    await feed_group_press(town, phone, data)

    assert phone.toast == phone.says("group-toast")
    assert phone.messages == shown
    assert (await town.me(phone)).step is Step.DISTRICT
    assert await town.audit_actions() == audit
