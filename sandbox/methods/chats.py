"""Methods about chats, their members, and files."""

from typing import TYPE_CHECKING

from sandbox.errors import bad_request, forbidden
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.model import Json, Request

if TYPE_CHECKING:
    from sandbox.telegram import Telegram


def get_chat(tg: "Telegram", request: Request) -> Json:
    """Return a chat in full."""
    chat = tg.known_chat(request.params["chat_id"])
    if chat.type == "private" and not tg.users[chat.id].started:
        raise bad_request("chat not found")
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return {
        **tg.chat_to_api(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_chat_member(tg: "Telegram", request: Request) -> Json:
    """Return what a person, or the bot, is in a chat."""
    chat = tg.known_chat(request.params["chat_id"])
    user_id = request.params["user_id"]
    if user_id == tg.bot.id:
        status = "member" if chat.bot_is_member else "left"
        return {"status": status, "user": tg.bot.to_api()}
    user = tg.users.get(user_id)
    if user is None:
        raise bad_request("user not found")
    status = "member" if user_id in chat.member_ids else "left"
    return {"status": status, "user": user.to_api()}


def leave_chat(tg: "Telegram", request: Request) -> bool:
    """Leave a group."""
    chat = tg.known_chat(request.params["chat_id"])
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if not chat.bot_is_member:
        raise forbidden("bot is not a member of the group chat")
    chat.bot_is_member = False
    tg.changes.bump()
    return True


def get_file(tg: "Telegram", request: Request) -> Json:
    """Return where a file can be downloaded."""
    file = tg.files.get(request.params["file_id"])
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }
