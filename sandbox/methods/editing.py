"""Methods that change or delete a message the bot has sent."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sandbox import keyboards, markup
from sandbox.errors import ApiError, bad_request
from sandbox.methods.sending import media_content
from sandbox.model import Chat, Json, Request, for_bot
from sandbox.rich import rich_message

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

DELETABLE_FOR = timedelta(hours=48)
MEDIA = ("photo", "document", "voice", "video_note", "sticker")
TEXT_FIELDS = ("text", "entities", "rich_message")
CAPTION_FIELDS = ("caption", "caption_entities")
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
DELETED_AT_ONCE = 100


def edit_text(tg: "Telegram", request: Request) -> Json:
    """Replace the text, or the rich content, and the keyboard."""
    p = request.params
    message = _own_message(tg, p)
    if "text" not in message and "rich_message" not in message:
        raise bad_request("there is no text in the message to edit")
    if "rich_message" in p:
        return _change(
            tg, message, TEXT_FIELDS, {"rich_message": rich_message(p["rich_message"])}, p
        )
    content = _new_text(p)
    return _change(tg, message, TEXT_FIELDS, content, p)


def _new_text(params: Json) -> Json:
    try:
        return markup.message_text(
            params.get("text", ""), params.get("parse_mode"), params.get("entities")
        )
    except ApiError as error:
        if error.description == "Bad Request: message is too long":
            raise bad_request("MESSAGE_TOO_LONG") from error  # an edit gets the short name
        raise


def edit_caption(tg: "Telegram", request: Request) -> Json:
    """Replace the caption and the keyboard."""
    p = request.params
    message = _own_message(tg, p)
    if not any(kind in message for kind in MEDIA):
        raise bad_request("there is no caption in the message to edit")
    words = markup.caption(p.get("caption"), p.get("parse_mode"), p.get("caption_entities"))
    return _change(tg, message, CAPTION_FIELDS, words, p)


def edit_media(tg: "Telegram", request: Request) -> Json:
    """Replace the file, its caption and the keyboard."""
    p = request.params
    message = _own_message(tg, p)
    content = media_content(tg, request, p["media"])
    return _change(tg, message, (*TEXT_FIELDS, *CAPTION_FIELDS, *MEDIA), content, p)


def edit_reply_markup(tg: "Telegram", request: Request) -> Json:
    """Replace the keyboard only."""
    message = _own_message(tg, request.params)
    return _change(tg, message, (), {}, request.params)


def delete_message(tg: "Telegram", request: Request) -> bool:
    """Delete one message, if it is not older than 48 hours."""
    chat = tg.writable_chat(request.params["chat_id"])
    message = chat.find(request.params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if tg.clock() - datetime.fromtimestamp(message["date"], UTC) > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    if chat.type != "private" and message["out"]:
        raise bad_request("message can't be deleted")
    _remove(tg, chat, message)
    return True


def delete_messages(tg: "Telegram", request: Request) -> bool:
    """Delete up to 100 messages; those that cannot be found are skipped."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    if not 1 <= len(p["message_ids"]) <= DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for message_id in p["message_ids"]:
        if chat.find(message_id) is not None:
            one = {"chat_id": p["chat_id"], "message_id": message_id}
            delete_message(tg, Request(one, {}))
    return True


def _remove(tg: "Telegram", chat: Chat, message: Json) -> None:
    chat.messages.remove(message)
    tg.changes.bump()


def _own_message(tg: "Telegram", params: Json) -> Json:
    if "inline_message_id" in params:
        raise bad_request("MESSAGE_ID_INVALID")  # the sandbox has no inline messages
    if "chat_id" not in params:
        raise bad_request("chat_id is empty")
    chat = tg.writable_chat(params["chat_id"])
    if "message_id" not in params:
        raise bad_request("message identifier is not specified")
    message = chat.find(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message["out"] or "forward_origin" in message or message.get("fixed"):
        raise bad_request("message can't be edited")
    return message


def _change(
    tg: "Telegram", message: Json, replaced: tuple[str, ...], content: Json, params: Json
) -> Json:
    """Put new content for the replaced fields and the keyboard; a call without one removes it."""
    keyboard = keyboards.inline_keyboard(params.get("reply_markup"))
    same_content = {k: message[k] for k in replaced if k in message} == content
    if same_content and message.get("reply_markup") == keyboard:
        raise bad_request(NOT_MODIFIED)
    for key in (*replaced, "reply_markup"):
        message.pop(key, None)
    message.update(content)
    if keyboard:
        message["reply_markup"] = keyboard
    message["edit_date"] = tg.now()
    message["edited"] = True
    tg.changes.bump()
    return for_bot(message)
