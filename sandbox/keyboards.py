"""Keyboards under messages and under the input field: what Telegram lets through."""

import re

from sandbox.errors import bad_request
from sandbox.hosts import scheme_and_host
from sandbox.model import Json, ReplyKeyboard

CALLBACK_DATA_BYTES = 64
BUTTONS_LIMIT = 100
ROW_LIMIT = 8
STYLES = frozenset({"danger", "success", "primary"})
INLINE_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_HOST_WITH_DOT = re.compile(r"[^.\s]+(?:\.[^.\s]+)+")


def inline_keyboard(markup: Json | None) -> Json | None:
    """Return the inline keyboard for a message, None when there is none or it has no buttons.

    Raises:
        ApiError: 400, a button is wrong or there are too many.
    """
    if markup is None or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            _check_inline_button(button)
    _check_size(rows)
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(markup: Json) -> ReplyKeyboard:
    """Return the keyboard that will stand under the person's input field.

    Raises:
        ApiError: 400, a button is wrong or there are too many.
    """
    rows = []
    for row in markup["keyboard"]:
        buttons = [{"text": b} if isinstance(b, str) else dict(b) for b in row]
        for button in buttons:
            _check_style(button, "keyboard button")
            if not button["text"].strip():
                raise bad_request("keyboard button text must be non-empty")
        if buttons:
            rows.append(buttons)
    if not rows:
        raise bad_request("reply keyboard must not be empty")
    _check_size(rows)
    return ReplyKeyboard({**markup, "keyboard": rows})


def _check_size(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > BUTTONS_LIMIT or any(len(row) > ROW_LIMIT for row in rows):
        raise bad_request("reply markup is too long")


def _check_style(button: Json, what: str) -> None:
    if button.get("style") is not None and button["style"] not in STYLES:
        raise bad_request(f"can't parse {what}: unknown button style specified")


def _check_inline_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_style(button, "inline keyboard button")
    actions = [action for action in INLINE_ACTIONS if button.get(action) is not None]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request(
            f"can't parse inline keyboard button: more than one of {', '.join(actions)}"
        )
    if "callback_data" in actions and not (
        1 <= len(button["callback_data"].encode()) <= CALLBACK_DATA_BYTES
    ):
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions:
        _check_url(button["url"])


def _check_url(url: str) -> None:
    scheme, host = scheme_and_host(url if "://" in url else f"http://{url}")
    if scheme == "tg" or (scheme in ("http", "https") and _HOST_WITH_DOT.fullmatch(host)):
        return
    raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
