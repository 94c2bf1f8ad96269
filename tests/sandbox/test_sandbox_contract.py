"""Both doors, whatever the body, give the same answers and the same refusals."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox import ApiError, SandboxClock, Telegram
from sandbox.model import User
from tests.sandbox.doors import Door

KEYBOARD = {"inline_keyboard": [[{"text": "Иә", "callback_data": "yes", "style": "success"}]]}
HER = object()  # stands for the id of the person who has started the bot
UNCLOSED = "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
TEXT_BUTTON = (
    "Bad Request: can't parse inline keyboard button: "
    "Text buttons are unallowed in the inline keyboard"
)
WRONG_URL = "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL"
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def button(**fields: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Иә", **fields}]]}


async def test_every_door_sends_the_same_message(door: Door, tg: Telegram, aigerim: User) -> None:
    sent = await door(
        "sendMessage",
        {
            "chat_id": aigerim.id,
            "text": "<b>Сәлем</b>, 😀 <i>Айгерім</i>!",
            "parse_mode": "HTML",
            "reply_markup": KEYBOARD,
            "disable_notification": True,
        },
    )

    assert sent["text"] == "Сәлем, 😀 Айгерім!"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 5},
        {"type": "italic", "offset": 10, "length": 7},
    ]
    assert sent["reply_markup"] == KEYBOARD
    assert sent["date"] == int(tg.clock().timestamp())
    assert "out" not in sent
    assert tg.chat(aigerim.id).messages[-1]["text"] == sent["text"]


async def test_every_door_knows_methods_in_any_case(door: Door) -> None:
    assert (await door("GETME"))["username"] == "komekshi_sandbox_bot"


@pytest.mark.parametrize(
    ("method", "params", "code", "description"),
    [
        ("sendMesage", {}, 404, "Not Found: method not found"),
        ("sendPoll", {"chat_id": 1, "question": "?", "options": [{"text": "a"}]}, 501, None),
        ("sendMessage", {"text": "a"}, 400, "Bad Request: chat_id is empty"),
        ("sendMessage", {"chat_id": HER}, 400, "Bad Request: message text is empty"),
        (
            "sendMessage",
            {"chat_id": HER, "text": " \n "},
            400,
            "Bad Request: message text is empty",
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "<b></b>", "parse_mode": "HTML"},
            400,
            "Bad Request: message text is empty",
        ),
        ("sendMessage", {"chat_id": 5, "text": "a"}, 400, "Bad Request: chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "a"}, 400, "Bad Request: chat not found"),
        (
            "sendMessage",
            {"chat_id": HER, "text": "😀" * 2049},
            400,
            "Bad Request: message is too long",
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "<b>a", "parse_mode": "HTML"},
            400,
            UNCLOSED,
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "parse_mode": "TeX"},
            400,
            "Bad Request: unsupported parse_mode",
        ),
        ("sendMessage", {"chat_id": HER, "text": "a", "colour": "red"}, 400, None),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "disable_notification": "perhaps"},
            400,
            'Bad Request: field "disable_notification" must be of type Boolean',
        ),
        (
            "editMessageText",
            {"chat_id": HER, "message_id": "first", "text": "a"},
            400,
            'Bad Request: field "message_id" must be of type Integer',
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_markup": {"inline_keyboard": [[{"url": "t.me"}]]}},
            400,
            None,
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_markup": button(callback_data="ә" * 32 + "a")},
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_markup": button()},
            400,
            TEXT_BUTTON,
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_markup": button(url="http://localhost/")},
            400,
            WRONG_URL,
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_markup": button(callback_data="a", style="pink")},
            400,
            "Bad Request: can't parse inline keyboard button: unknown button style specified",
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_markup": button(callback_data="a", shape="o")},
            400,
            None,
        ),
        (
            "sendMessage",
            {"chat_id": HER, "text": "a", "reply_parameters": {"message_id": 99}},
            400,
            "Bad Request: message to be replied not found",
        ),
        (
            "editMessageText",
            {"chat_id": HER, "message_id": 99, "text": "a"},
            400,
            "Bad Request: message to edit not found",
        ),
        (
            "editMessageText",
            {"chat_id": HER, "message_id": 1, "text": "a"},
            400,
            "Bad Request: message can't be edited",
        ),
        (
            "editMessageText",
            {"chat_id": HER, "text": "a"},
            400,
            "Bad Request: message identifier is not specified",
        ),
        (
            "deleteMessage",
            {"chat_id": HER, "message_id": 99},
            400,
            "Bad Request: message to delete not found",
        ),
        (
            "forwardMessage",
            {"chat_id": HER, "from_chat_id": HER, "message_id": 99},
            400,
            "Bad Request: message to forward not found",
        ),
        ("answerCallbackQuery", {"callback_query_id": "7"}, 400, TOO_OLD),
        (
            "answerCallbackQuery",
            {"callback_query_id": "7", "text": "ә" * 201},
            400,
            "Bad Request: MESSAGE_TOO_LONG",
        ),
        (
            "sendPhoto",
            {"chat_id": HER, "photo": "gone"},
            400,
            "Bad Request: wrong file identifier/HTTP URL specified",
        ),
        (
            "sendPhoto",
            {"chat_id": HER, "photo": "gone", "caption": "😀" * 513},
            400,
            "Bad Request: message caption is too long",
        ),
        ("getFile", {"file_id": "gone"}, 400, "Bad Request: invalid file_id"),
        (
            "setMyCommands",
            {"commands": [{"command": "Ә", "description": "a"}]},
            400,
            "Bad Request: BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": " "}]},
            400,
            "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "setMyName",
            {"name": "a", "language_code": "kaz"},
            400,
            "Bad Request: invalid language code specified",
        ),
        ("setMyShortDescription", {"short_description": "a" * 121}, 400, None),
        (
            "setWebhook",
            {"url": "https://example.org/hook"},
            400,
            "Bad Request: bad webhook: the sandbox delivers to loopback addresses only",
        ),
        (
            "setWebhook",
            {"url": "http://["},
            400,
            "Bad Request: bad webhook: invalid webhook URL specified",
        ),
        (
            "setWebhook",
            {"url": "http://127.0.0.1/", "secret_token": "a b"},
            400,
            "Bad Request: secret token contains unallowed characters",
        ),
        (
            "sendChatAction",
            {"chat_id": HER, "action": "dancing"},
            400,
            "Bad Request: wrong parameter action in request",
        ),
        (
            "sendRichMessage",
            {"chat_id": HER, "rich_message": {"html": "<script>a</script>"}},
            400,
            'Bad Request: can\'t parse entities: Unsupported start tag "script"',
        ),
        ("leaveChat", {"chat_id": HER}, 400, None),
        ("getChatMember", {"chat_id": HER, "user_id": 1}, 400, "Bad Request: user not found"),
    ],
)
async def test_every_door_refuses(
    doors: dict[str, Door],
    aigerim: User,
    *,
    method: str,
    params: dict[str, Any],
    code: int,
    description: str | None,
) -> None:
    given = {name: aigerim.id if value is HER else value for name, value in params.items()}
    refusals = {}
    for name, door in doors.items():
        with pytest.raises(ApiError) as refusal:
            await door(method, given)
        refusals[name] = (refusal.value.code, refusal.value.description)

    said = refusals["in_process"][1] if description is None else description
    assert refusals == dict.fromkeys(doors, (code, said))


async def test_every_door_refuses_a_text_for_someone_who_never_started(
    door: Door, daniyar: User
) -> None:
    with pytest.raises(ApiError) as refusal:
        await door("sendMessage", {"chat_id": daniyar.id, "text": "a"})

    assert (refusal.value.code, refusal.value.description) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_every_door_refuses_a_text_for_someone_who_blocked_the_bot(
    door: Door, tg: Telegram, aigerim: User
) -> None:
    tg.people.block(aigerim.id)

    with pytest.raises(ApiError) as refusal:
        await door("sendMessage", {"chat_id": aigerim.id, "text": "a"})

    assert (refusal.value.code, refusal.value.description) == (
        403,
        "Forbidden: bot was blocked by the user",
    )


async def test_every_door_refuses_an_edit_that_changes_nothing(door: Door, aigerim: User) -> None:
    content = {"chat_id": aigerim.id, "text": "Сәлем", "reply_markup": KEYBOARD}
    sent = await door("sendMessage", content)

    with pytest.raises(ApiError, match="400 Bad Request: message is not modified: specified new"):
        await door("editMessageText", {**content, "message_id": sent["message_id"]})

    edited = await door(
        "editMessageText",
        {"chat_id": aigerim.id, "text": "Сәлем", "message_id": sent["message_id"]},
    )
    assert "reply_markup" not in edited


async def test_every_door_refuses_a_second_answer_to_a_press(
    door: Door, tg: Telegram, aigerim: User
) -> None:
    content = {"chat_id": aigerim.id, "text": "Сәлем", "reply_markup": KEYBOARD}
    sent = await door("sendMessage", content)
    query = tg.people.press(aigerim.id, sent["message_id"], 0, 0)

    assert await door("answerCallbackQuery", {"callback_query_id": query, "text": "Жарайды"})
    with pytest.raises(ApiError) as refusal:
        await door("answerCallbackQuery", {"callback_query_id": query})

    assert refusal.value.description == TOO_OLD
    assert [answer.text for answer in tg.callback_answers(aigerim.id)] == ["Жарайды"]


async def test_every_door_refuses_an_answer_to_an_old_press(
    door: Door, tg: Telegram, clock: SandboxClock, aigerim: User
) -> None:
    query = tg.people.press_data(aigerim.id, 1, "forged")
    clock.advance(timedelta(minutes=16))

    with pytest.raises(ApiError) as refusal:
        await door("answerCallbackQuery", {"callback_query_id": query})

    assert refusal.value.description == TOO_OLD


async def test_every_door_limits_rates_with_retry_after(
    door: Door, tg: Telegram, aigerim: User
) -> None:
    tg.faults.change({"rate_limit": {"left": 1, "retry_after": 35}})

    with pytest.raises(ApiError) as refusal:
        await door("sendMessage", {"chat_id": aigerim.id, "text": "a"})

    assert (refusal.value.code, refusal.value.retry_after) == (429, 35)
    assert refusal.value.description == "Too Many Requests: retry after 35"
    assert await door("sendMessage", {"chat_id": aigerim.id, "text": "a"})
