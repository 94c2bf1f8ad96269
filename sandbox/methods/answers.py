"""The answer to a pressed button."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox.errors import bad_request
from sandbox.model import CallbackAnswer, Request

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

# Telegram does not say how long; its phones give up after some seconds, its servers later.
QUERY_LIVES = timedelta(minutes=15)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(tg: "Telegram", request: Request) -> bool:
    """Stop the spinner of a pressed button and show a notice, once."""
    p = request.params
    query = tg.queries.get(p["callback_query_id"])
    if query is None or query.answered or tg.clock() - query.at > QUERY_LIVES:
        raise bad_request(TOO_OLD)
    if "url" in p and not p["url"].startswith(f"https://t.me/{tg.bot.username}?"):
        raise bad_request("URL_INVALID")
    query.answered = True
    answers = tg.chats[query.user_id].callback_answers
    answers.append(
        CallbackAnswer(
            len(answers) + 1, p.get("text", ""), p.get("show_alert", False), p.get("url")
        )
    )
    tg.changes.bump()
    return True
