"""The specification as data, and what a call's check makes of form texts."""

import hashlib
from typing import Any

import pytest

from sandbox import ApiError, Telegram, UploadedFile
from sandbox.methods import PLAYED
from sandbox.spec import PATH, check, specification

NO_TEXT = (
    'Bad Request: field "reply_markup.keyboard[0][0]": can\'t find field "text" of KeyboardButton'
)


def test_the_file_is_the_published_one_with_its_licence_beside_it() -> None:
    digest = hashlib.sha256(PATH.read_bytes()).hexdigest()

    assert digest == "544bda57bc44b3e5ec89200396b085e47191d49e3c02667cd9991efcbf5f819d"
    assert "MIT" in PATH.with_name("LICENSE").read_text()


def test_every_method_played_is_in_the_specification() -> None:
    assert PLAYED.keys() <= specification()["methods"].keys()


def test_texts_of_forms_become_what_they_stand_for() -> None:
    assert check(
        "sendLocation",
        {
            "chat_id": "5",
            "latitude": "53.2",
            "longitude": "-63",
            "live_period": "60",
            "protect_content": "True",
            "reply_parameters": '{"message_id": 7}',
            "message_effect_id": "5",
        },
        {},
    ) == {
        "chat_id": 5,
        "latitude": 53.2,
        "longitude": -63.0,
        "live_period": 60,
        "protect_content": True,
        "reply_parameters": {"message_id": 7},
        "message_effect_id": "5",
    }


def test_fields_younger_than_the_file_and_older_ones_are_let_through() -> None:
    given = {"chat_id": 1, "text": "a", "receiver_user_id": "7", "disable_web_page_preview": "true"}

    clean = check("sendMessage", given, {})

    assert (clean["receiver_user_id"], clean["disable_web_page_preview"]) == (7, True)


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": "{"},
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [{"text": "a"}]}},
            'Bad Request: field "reply_markup.inline_keyboard[0]" must be of type Array',
        ),
        (
            "sendMessage",
            {
                "chat_id": 1,
                "text": "a",
                "reply_markup": {"keyboard": [[{"request_contact": True}]]},
            },
            NO_TEXT,
        ),
        (
            "sendMediaGroup",
            {"chat_id": 1, "media": [{"type": "photo", "media": 7}]},
            'Bad Request: field "media[0].media" must be of type String',
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            'Bad Request: field "scope": can\'t find field "chat_id" of BotCommandScopeChat',
        ),
        (
            "sendLocation",
            {"chat_id": 1, "latitude": "north", "longitude": 1},
            'Bad Request: field "latitude" must be of type Float',
        ),
        ("setMyCommands", {}, 'Bad Request: parameter "commands" is required'),
    ],
)
def test_problems_name_the_place(method: str, params: dict[str, Any], description: str) -> None:
    with pytest.raises(ApiError) as refusal:
        check(method, params, {})

    assert refusal.value.description == description


def test_a_part_named_like_a_parameter_stands_for_it() -> None:
    clean = check("sendPhoto", {"chat_id": 1}, {"photo": UploadedFile("a.png", b"")})

    assert clean["photo"] == "attach://photo"


def test_a_token_without_a_number_is_refused(tg: Telegram) -> None:
    with pytest.raises(ValueError, match="token"):
        Telegram(tg.clock, token="sandbox")
