"""What the phones' page shows: the whole state as one JSON object."""

from dataclasses import asdict
from datetime import timedelta

from sandbox.commands import commands_for
from sandbox.errors import ApiError
from sandbox.group import GROUP_ID
from sandbox.model import ApiCall, Json, User
from sandbox.telegram import Telegram

SHOWN_MESSAGES = 100
SHOWN_CALLS = 30
SPINNER_LASTS = timedelta(minutes=1)
LANGUAGES = ("kk", "ru", "en", "")


def state_of(tg: Telegram) -> Json:
    """Return everything the page shows. `clock.now` is the region's local time."""
    return {
        "version": tg.changes.version,
        "bot": {
            "id": tg.bot.id,
            "username": tg.bot.username,
            "first_name": tg.bot.to_api()["first_name"],
            "description": {**dict.fromkeys(LANGUAGES, ""), **tg.bot.descriptions},
        },
        "clock": {
            "now": tg.clock.local().isoformat(timespec="seconds"),
            "zone": str(tg.clock.zone),
            "offset_s": int(tg.clock.offset.total_seconds()),
        },
        "faults": tg.faults.to_json(),
        "calls": [_call(call) for call in tg.api_calls[-SHOWN_CALLS:]],
        "people": [_person(tg, user) for user in tg.users.values()],
        "group": _group(tg),
    }


def _call(call: ApiCall) -> Json:
    error = call.error
    return {
        "method": call.method,
        "ok": call.ok,
        "error_code": error.code if isinstance(error, ApiError) else None,
        "description": error.description if isinstance(error, ApiError) else _words(error),
        "at": call.at.isoformat(timespec="seconds"),
    }


def _words(error: Exception | None) -> str | None:
    return None if error is None else str(error)


def _person(tg: Telegram, user: User) -> Json:
    chat = tg.chats[user.id]
    now = tg.clock()
    answers = chat.callback_answers
    return {
        **asdict(user),
        "typing": tg.action_of(chat, now),
        "commands": commands_for(tg.bot.commands, user.id, user.language_code),
        "reply_keyboard": tg.reply_keyboard(user.id),
        "callback_answer": asdict(answers[-1]) if answers else None,
        "pending": sorted(
            {
                query.message_id
                for query in tg.queries.values()
                if query.user_id == user.id
                and not query.answered
                and now - query.at < SPINNER_LASTS
            }
        ),
        "messages": chat.messages[-SHOWN_MESSAGES:],
    }


def _group(tg: Telegram) -> Json | None:
    group = tg.chats.get(GROUP_ID)
    if group is None:
        return None
    return {
        "title": group.title,
        "bot_is_member": group.bot_is_member,
        "messages": group.messages[-SHOWN_MESSAGES:],
    }
