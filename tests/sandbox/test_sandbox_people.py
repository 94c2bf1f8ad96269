"""What people do with their phones, and the updates that come of it."""

from typing import Any

import pytest

from sandbox import ApiError, PersonError, SandboxClock, Telegram
from sandbox.model import User
from sandbox.telegram import FIRST_USER_ID


def only(updates: list[dict[str, Any]]) -> dict[str, Any]:
    (update,) = updates
    return update


def test_people_get_ids_above_every_real_one_and_invented_phones(tg: Telegram) -> None:
    first, second = tg.add_user("Айгерім"), tg.add_user("Данияр")

    assert (first.id, second.id) == (FIRST_USER_ID, FIRST_USER_ID + 1)
    assert first.phone == "+77000000101"


def test_an_id_cannot_be_given_twice(tg: Telegram, aigerim: User) -> None:
    with pytest.raises(ValueError, match="exists"):
        tg.add_user("Данияр", user_id=aigerim.id)


def test_start_carries_the_payload_of_a_link(tg: Telegram, daniyar: User) -> None:
    tg.people.start(daniyar.id, "join_AbC-9")

    message = only(tg.take_updates())["message"]
    assert message["text"] == "/start join_AbC-9"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"]["language_code"] == "ru"
    assert daniyar.started


@pytest.mark.parametrize("payload", ["a" * 65, "a b", "әже", "a=b"])
def test_a_link_cannot_carry_other_payloads(tg: Telegram, daniyar: User, payload: str) -> None:
    with pytest.raises(PersonError, match="payload"):
        tg.people.start(daniyar.id, payload)


@pytest.mark.parametrize("text", ["", "  \n", "😀" * 2049, "\ud800"])
def test_a_phone_does_not_send_empty_long_or_broken_texts(
    tg: Telegram, aigerim: User, text: str
) -> None:
    with pytest.raises(PersonError, match="1 to 4096"):
        tg.people.text(aigerim.id, text)


def test_messages_are_dated_by_the_clock(tg: Telegram, clock: SandboxClock, aigerim: User) -> None:
    clock.tick(minutes=21)

    assert tg.people.text(aigerim.id, "қазір")["date"] == int(clock().timestamp())


async def test_a_reply_shows_what_it_answers(tg: Telegram, aigerim: User) -> None:
    asked = await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "Қай жерде?"})
    tg.people.text(aigerim.id, "Осында", reply_to=asked["message_id"])

    reply = only(tg.take_updates())["message"]["reply_to_message"]
    assert (reply["text"], reply["from"]["is_bot"]) == ("Қай жерде?", True)


async def test_a_press_carries_the_buttons_data_and_its_message(
    tg: Telegram, aigerim: User
) -> None:
    keyboard = [[{"text": "Иә", "callback_data": "yes"}, {"text": "Сайт", "url": "example.org"}]]
    sent = await tg.call(
        "sendMessage",
        {"chat_id": aigerim.id, "text": "?", "reply_markup": {"inline_keyboard": keyboard}},
    )

    query_id = tg.people.press(aigerim.id, sent["message_id"], 0, 0)

    query = only(tg.take_updates())["callback_query"]
    assert (query["id"], query["data"], query["message"]) == (query_id, "yes", sent)
    with pytest.raises(PersonError, match="sends nothing"):
        tg.people.press(aigerim.id, sent["message_id"], 0, 1)
    with pytest.raises(PersonError, match="no such button"):
        tg.people.press(aigerim.id, sent["message_id"], 0, 2)
    with pytest.raises(PersonError, match="no such button"):
        tg.people.press(aigerim.id, sent["message_id"], -1, 0)


async def test_a_press_under_a_deleted_message_comes_with_an_inaccessible_one(
    tg: Telegram, aigerim: User
) -> None:
    sent = await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "?"})
    await tg.call("deleteMessage", {"chat_id": aigerim.id, "message_id": sent["message_id"]})

    tg.people.press_data(aigerim.id, sent["message_id"], "forged")

    query = only(tg.take_updates())["callback_query"]
    assert query["data"] == "forged"
    assert query["message"] == {
        "chat": sent["chat"],
        "message_id": sent["message_id"],
        "date": 0,
    }


def test_a_contact_is_ones_own_or_somebody_elses(
    tg: Telegram, aigerim: User, daniyar: User
) -> None:
    tg.people.contact(aigerim.id)
    tg.people.contact(aigerim.id, of=daniyar.id)
    tg.people.forward_contact(aigerim.id, "+77000009999", "Әже")

    contacts = [update["message"]["contact"] for update in tg.take_updates()]
    assert [contact.get("user_id") for contact in contacts] == [aigerim.id, daniyar.id, None]
    assert contacts[0] == {
        "phone_number": aigerim.phone,
        "first_name": "Айгерім",
        "last_name": "Үлгі",
        "user_id": aigerim.id,
    }


def test_a_live_location_moves_by_edits(tg: Telegram, aigerim: User) -> None:
    shared = tg.people.location(aigerim.id, 53.21, 63.63, live_period=900)
    tg.people.move(aigerim.id, shared["message_id"], 53.22, 63.64)

    first, second = tg.take_updates()
    assert first["message"]["location"]["live_period"] == 900
    assert second["edited_message"]["location"]["latitude"] == 53.22
    plain = tg.people.location(aigerim.id, 53.21, 63.63)
    with pytest.raises(PersonError, match="live"):
        tg.people.move(aigerim.id, plain["message_id"], 53.22, 63.64)


def test_an_own_text_can_be_edited(tg: Telegram, aigerim: User) -> None:
    written = tg.people.text(aigerim.id, "/старт бір")
    tg.take_updates()
    tg.people.edit(aigerim.id, written["message_id"], "екі")

    edited = only(tg.take_updates())["edited_message"]
    assert (edited["text"], edited["message_id"]) == ("екі", written["message_id"])
    assert "edit_date" in edited
    assert "entities" not in edited


async def test_the_bots_text_cannot_be_edited_by_a_person(tg: Telegram, aigerim: User) -> None:
    sent = await tg.call("sendMessage", {"chat_id": aigerim.id, "text": "?"})

    with pytest.raises(PersonError, match="own text"):
        tg.people.edit(aigerim.id, sent["message_id"], "екі")


@pytest.mark.parametrize("kind", ["photo", "document", "sticker", "voice", "video_note"])
async def test_people_send_files_that_the_bot_can_fetch(
    tg: Telegram, aigerim: User, kind: str
) -> None:
    getattr(tg.people, kind)(aigerim.id)

    content = only(tg.take_updates())["message"][kind]
    file_id = (content[-1] if kind == "photo" else content)["file_id"]
    file = await tg.call("getFile", {"file_id": file_id})
    stored = tg.files.by_path(file["file_path"])
    assert stored is not None
    assert len(stored.data) == file["file_size"] > 0


def test_blocking_and_unblocking_are_told_once(tg: Telegram, aigerim: User) -> None:
    tg.people.block(aigerim.id)
    tg.people.block(aigerim.id)
    tg.people.unblock(aigerim.id)

    changes = [update["my_chat_member"] for update in tg.take_updates()]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]
    assert changes[0]["old_chat_member"]["status"] == "member"


def test_a_person_who_blocked_the_bot_cannot_write_but_can_start_again(
    tg: Telegram, aigerim: User
) -> None:
    tg.people.block(aigerim.id)
    with pytest.raises(PersonError, match="blocked"):
        tg.people.text(aigerim.id, "сәлем")

    tg.people.start(aigerim.id)

    assert not aigerim.blocked


async def test_the_group_tells_the_bot_of_commands_and_mentions_only(
    tg: Telegram, aigerim: User, daniyar: User
) -> None:
    tg.people.group_text(aigerim.id, "Сәлем бәріңе")
    tg.people.group_text(daniyar.id, "/help")
    message = tg.people.group_text(daniyar.id, f"@{tg.bot.username} сен кімсің")

    joined, command, mention = tg.take_updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert joined["my_chat_member"]["chat"]["type"] == "group"
    assert command["message"]["text"] == "/help"
    assert mention["message"]["message_id"] == message["message_id"]
    await tg.call("leaveChat", {"chat_id": message["chat"]["id"]})
    tg.people.group_text(daniyar.id, "/help")
    assert tg.take_updates() == []
    with pytest.raises(ApiError, match="403 Forbidden: bot is not a member of the group chat"):
        await tg.call("sendMessage", {"chat_id": message["chat"]["id"], "text": "a"})


async def test_a_forward_carries_its_origin(tg: Telegram, aigerim: User, daniyar: User) -> None:
    written = tg.people.text(aigerim.id, "бір")
    tg.people.start(daniyar.id)
    tg.take_updates()

    tg.people.forward(daniyar.id, written["message_id"], from_user=aigerim.id)

    message = only(tg.take_updates())["message"]
    assert message["forward_origin"]["sender_user"]["id"] == aigerim.id
    assert message["text"] == "бір"
    assert message["from"]["id"] == daniyar.id


def test_an_unknown_person_cannot_act(tg: Telegram) -> None:
    with pytest.raises(PersonError, match="no person 7"):
        tg.people.text(7, "сәлем")
