"""Methods about the bot itself: who it is, its commands, its texts."""

import re
from typing import TYPE_CHECKING

from sandbox.commands import scope_key
from sandbox.errors import bad_request
from sandbox.model import Json, Request

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

COMMANDS_LIMIT = 100
DESCRIPTION_LIMIT = 256
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"[a-z]{2}")


def get_me(tg: "Telegram", _: Request) -> Json:
    """Return the bot."""
    return {
        **tg.bot.to_api(),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_commands(tg: "Telegram", request: Request) -> bool:
    """Set the commands of one scope and language."""
    commands = request.params["commands"]
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    tg.bot.commands[_commands_key(request.params)] = [
        {**command, "command": command["command"].removeprefix("/")} for command in commands
    ]
    tg.changes.bump()
    return True


def get_commands(tg: "Telegram", request: Request) -> list[Json]:
    """Return the commands of exactly one scope and language."""
    return tg.bot.commands.get(_commands_key(request.params), [])


def delete_commands(tg: "Telegram", request: Request) -> bool:
    """Forget the commands of one scope and language."""
    tg.bot.commands.pop(_commands_key(request.params), None)
    tg.changes.bump()
    return True


def set_name(tg: "Telegram", request: Request) -> bool:
    """Set the bot's name in one language."""
    return _set_text(tg, tg.bot.names, request, "name")


def get_name(tg: "Telegram", request: Request) -> Json:
    """Return the bot's name in a language, or the one for all."""
    return {"name": _text(tg.bot.names, request) or tg.bot.first_name}


def set_description(tg: "Telegram", request: Request) -> bool:
    """Set what stands in a chat that has not begun."""
    return _set_text(tg, tg.bot.descriptions, request, "description")


def get_description(tg: "Telegram", request: Request) -> Json:
    """Return the description in a language, or the one for all."""
    return {"description": _text(tg.bot.descriptions, request)}


def set_short_description(tg: "Telegram", request: Request) -> bool:
    """Set what stands on the bot's profile page."""
    return _set_text(tg, tg.bot.short_descriptions, request, "short_description")


def get_short_description(tg: "Telegram", request: Request) -> Json:
    """Return the short description in a language, or the one for all."""
    return {"short_description": _text(tg.bot.short_descriptions, request)}


def set_menu_button(tg: "Telegram", request: Request) -> bool:
    """Set the menu button of one chat, or of all that have none of their own."""
    button = request.params.get("menu_button", {"type": "default"})
    if "chat_id" in request.params:
        tg.known_chat(request.params["chat_id"]).menu_button = button
    else:
        tg.bot.menu_button = button
    tg.changes.bump()
    return True


def get_menu_button(tg: "Telegram", request: Request) -> Json:
    """Return the menu button of one chat, or the common one."""
    if "chat_id" in request.params:
        return tg.known_chat(request.params["chat_id"]).menu_button or tg.bot.menu_button
    return tg.bot.menu_button


def _language(params: Json) -> str:
    language = params.get("language_code", "")
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return str(language)


def _commands_key(params: Json) -> str:
    return scope_key(params.get("scope") or {"type": "default"}, _language(params))


def _set_text(tg: "Telegram", texts: dict[str, str], request: Request, name: str) -> bool:
    texts[_language(request.params)] = request.params.get(name, "")
    tg.changes.bump()
    return True


def _text(texts: dict[str, str], request: Request) -> str:
    return texts.get(_language(request.params)) or texts.get("", "")
