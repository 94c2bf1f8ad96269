"""The shared group, and what the bot is told of its own membership anywhere."""

from typing import TYPE_CHECKING

from sandbox.model import Chat, Json, User

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

GROUP_ID = -4_000_000_000_001
GROUP_TITLE = "Sandbox group"


def shared_group(tg: "Telegram", user: User) -> Chat:
    """Return the group with the person in it; the first one to write makes it and adds the bot."""
    group = tg.chats.get(GROUP_ID)
    if group is None:
        group = Chat(GROUP_ID, "group", GROUP_TITLE)
        tg.chats[GROUP_ID] = group
        tell_membership(tg, user, group, "left", "member")
    if user.id not in group.member_ids:
        group.member_ids.append(user.id)
    return group


def reaches_the_bot(tg: "Telegram", group: Chat, message: Json) -> bool:
    """Tell whether privacy mode lets a message through: a command, a mention of the bot."""
    text = message["text"]
    return group.bot_is_member and (text.startswith("/") or f"@{tg.bot.username}" in text)


def tell_membership(tg: "Telegram", user: User, chat: Chat, old: str, new: str) -> None:
    """Queue the `my_chat_member` update: the person changed what the bot is in the chat."""
    bot = tg.bot.to_api()

    def member(status: str) -> Json:
        banned = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": bot, **banned}

    change = {
        "chat": tg.chat_to_api(chat),
        "from": user.to_api(),
        "date": tg.now(),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
    tg.updates.put("my_chat_member", change)
    tg.changes.bump()
