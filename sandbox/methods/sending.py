"""Methods that put a new message of the bot into a chat."""

from datetime import timedelta
from typing import TYPE_CHECKING

from sandbox import keyboards, markup
from sandbox.errors import bad_request
from sandbox.files import content_of
from sandbox.model import MARKS, Chat, Json, ReplyKeyboard, Request, for_bot
from sandbox.rich import rich_message

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

ACTION_LASTS = timedelta(seconds=5)
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
ALBUM_KINDS = {"photo": "photo", "document": "document"}
ALBUM_LIMITS = range(2, 11)
LATITUDES = (-90, 90)
LONGITUDES = (-180, 180)
NOT_COPIED = MARKS | {
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_markup",
    "reply_to_message",
    "forward_origin",
    "media_group_id",
}


def send_message(tg: "Telegram", request: Request) -> Json:
    """Send a text."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    return _send(
        tg, chat, p, markup.message_text(p["text"], p.get("parse_mode"), p.get("entities"))
    )


def send_rich_message(tg: "Telegram", request: Request) -> Json:
    """Send a message with headings, lists and tables."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    return _send(tg, chat, p, {"rich_message": rich_message(p["rich_message"])})


def send_photo(tg: "Telegram", request: Request) -> Json:
    """Send a picture."""
    return _send_file(tg, request, "photo")


def send_document(tg: "Telegram", request: Request) -> Json:
    """Send a file."""
    return _send_file(tg, request, "document")


def send_voice(tg: "Telegram", request: Request) -> Json:
    """Send a voice message."""
    return _send_file(tg, request, "voice")


def send_location(tg: "Telegram", request: Request) -> Json:
    """Send a point on the map."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    for name, (low, high) in (("latitude", LATITUDES), ("longitude", LONGITUDES)):
        if not low <= p[name] <= high:
            raise bad_request("wrong latitude or longitude specified")
    names = ("latitude", "longitude", "horizontal_accuracy", "live_period", "heading")
    return _send(tg, chat, p, {"location": {n: p[n] for n in names if n in p}})


def send_contact(tg: "Telegram", request: Request) -> Json:
    """Send a phone contact."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    names = ("phone_number", "first_name", "last_name", "vcard")
    return _send(tg, chat, p, {"contact": {n: p[n] for n in names if n in p}})


def send_media_group(tg: "Telegram", request: Request) -> list[Json]:
    """Send 2 to 10 photos or documents as an album."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    if len(p["media"]) not in ALBUM_LIMITS:
        raise bad_request("group send failed: an album must include 2-10 items")
    contents = [media_content(tg, request, medium) for medium in p["media"]]
    if len({medium["type"] for medium in p["media"]}) > 1:
        raise bad_request("can't use the media of the specified type in the album")
    album = {"media_group_id": str(tg.next_message_id)}
    reply = _reply(chat, p)
    return [for_bot(tg.post(chat, None, {**album, **reply, **content})) for content in contents]


def media_content(tg: "Telegram", request: Request, medium: Json) -> Json:
    """Return the message fields of an `InputMedia`: the file and its caption.

    Raises:
        ApiError: 400, the kind is not played here, the file or the caption is wrong.
    """
    kind = ALBUM_KINDS.get(medium["type"])
    if kind is None:
        raise bad_request(f"the sandbox does not play media of type {medium['type']}")
    words = markup.caption(
        medium.get("caption"), medium.get("parse_mode"), medium.get("caption_entities")
    )
    return {**content_of(tg.files.resolve(kind, medium["media"], request.files)), **words}


def send_chat_action(tg: "Telegram", request: Request) -> bool:
    """Show what the bot is doing, for five seconds."""
    chat = tg.writable_chat(request.params["chat_id"])
    if request.params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    tg.show_action(chat, request.params["action"], ACTION_LASTS)
    return True


def forward_message(tg: "Telegram", request: Request) -> Json:
    """Send an existing message on, with its origin."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    source = tg.known_chat(p["from_chat_id"]).find(p["message_id"])
    if source is None:
        raise bad_request("message to forward not found")
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return _send(tg, chat, {}, {"forward_origin": origin, **copied(source)})


def copy_message(tg: "Telegram", request: Request) -> Json:
    """Send the content of an existing message as the bot's own."""
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    source = tg.known_chat(p["from_chat_id"]).find(p["message_id"])
    if source is None:
        raise bad_request("message to copy not found")
    content = copied(source)
    if "caption" in p:
        content = {k: v for k, v in content.items() if k not in ("caption", "caption_entities")}
        content |= markup.caption(p["caption"], p.get("parse_mode"), p.get("caption_entities"))
    return {"message_id": _send(tg, chat, p, content)["message_id"]}


def copied(message: Json) -> Json:
    """Return what a forward or a copy of the message carries."""
    return {key: value for key, value in message.items() if key not in NOT_COPIED}


def _send_file(tg: "Telegram", request: Request, kind: str) -> Json:
    p = request.params
    chat = tg.writable_chat(p["chat_id"])
    words = markup.caption(p.get("caption"), p.get("parse_mode"), p.get("caption_entities"))
    file = tg.files.resolve(kind, p[kind], request.files)
    return _send(tg, chat, p, {**content_of(file), **words})


def _send(tg: "Telegram", chat: Chat, params: Json, content: Json) -> Json:
    wanted: Json = params.get("reply_markup") or {}
    under_message = keyboards.inline_keyboard(wanted)
    under_input = _under_input(wanted)
    fields = {**content, **_reply(chat, params)}
    if under_message:
        fields["reply_markup"] = under_message
    elif wanted and "inline_keyboard" not in wanted:
        # Telegram edits a message without a keyboard, or with one under it, and no other.
        fields["fixed"] = True
    if params.get("protect_content"):
        fields["has_protected_content"] = True
    message = tg.post(chat, None, fields)
    if under_input or wanted.get("remove_keyboard"):
        chat.reply_keyboard = under_input
    return for_bot(message)


def _under_input(wanted: Json) -> ReplyKeyboard | None:
    return keyboards.reply_keyboard(wanted) if "keyboard" in wanted else None


def _reply(chat: Chat, params: Json) -> Json:
    wanted: Json = params.get("reply_parameters") or {}
    message_id = wanted.get("message_id", params.get("reply_to_message_id"))
    if message_id is None:
        return {}
    original = chat.find(message_id)
    if original is not None:
        return {"reply_to_message": _without_reply(original)}
    if wanted.get("allow_sending_without_reply") or params.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _without_reply(message: Json) -> Json:
    return {k: v for k, v in for_bot(message).items() if k != "reply_to_message"}
