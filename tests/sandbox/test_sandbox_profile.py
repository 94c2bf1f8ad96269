"""What the bot says of itself: commands by scope and language, names, descriptions."""

from sandbox import Telegram
from sandbox.commands import commands_for
from sandbox.model import User

START = {"command": "start", "description": "Бастау"}
SHIFT = {"command": "shift", "description": "Ауысым"}
HELP = {"command": "help", "description": "Помощь"}


async def test_the_narrowest_scope_wins_then_the_language(tg: Telegram, aigerim: User) -> None:
    await tg.call("setMyCommands", {"commands": [START]})
    await tg.call("setMyCommands", {"commands": [HELP], "language_code": "ru"})
    await tg.call(
        "setMyCommands",
        {"commands": [SHIFT], "scope": {"type": "chat", "chat_id": aigerim.id}},
    )

    assert commands_for(tg.bot.commands, aigerim.id, "ru") == [SHIFT]
    assert commands_for(tg.bot.commands, 1, "ru") == [HELP]
    assert commands_for(tg.bot.commands, 1, "kk") == [START]
    assert commands_for({}, 1, "kk") == []


async def test_commands_are_read_and_deleted_by_exact_scope_and_language(tg: Telegram) -> None:
    scope = {"scope": {"type": "all_private_chats"}, "language_code": "kk"}
    await tg.call("setMyCommands", {"commands": [START], **scope})

    assert await tg.call("getMyCommands", scope) == [START]
    assert await tg.call("getMyCommands", {"language_code": "kk"}) == []
    await tg.call("deleteMyCommands", scope)
    assert await tg.call("getMyCommands", scope) == []


async def test_texts_are_kept_by_language_with_one_for_all_others(tg: Telegram) -> None:
    await tg.call("setMyName", {"name": "Көмекші"})
    await tg.call("setMyName", {"name": "Помощник", "language_code": "ru"})
    await tg.call("setMyDescription", {"description": "Полиция көмекшілеріне"})
    await tg.call("setMyShortDescription", {"short_description": "102 емес"})

    assert await tg.call("getMyName", {"language_code": "ru"}) == {"name": "Помощник"}
    assert await tg.call("getMyName", {"language_code": "en"}) == {"name": "Көмекші"}
    assert (await tg.call("getMe", {}))["first_name"] == "Көмекші"
    assert (await tg.call("getMyDescription", {}))["description"] == "Полиция көмекшілеріне"
    assert (await tg.call("getMyShortDescription", {}))["short_description"] == "102 емес"
    await tg.call("setMyDescription", {"description": ""})
    assert (await tg.call("getMyDescription", {}))["description"] == ""


async def test_the_menu_button_is_a_chats_own_or_the_common_one(
    tg: Telegram, aigerim: User
) -> None:
    await tg.call("setChatMenuButton", {"chat_id": aigerim.id, "menu_button": {"type": "default"}})

    assert await tg.call("getChatMenuButton", {"chat_id": aigerim.id}) == {"type": "default"}
    assert await tg.call("getChatMenuButton", {}) == {"type": "commands"}
    await tg.call("setChatMenuButton", {})
    assert await tg.call("getChatMenuButton", {}) == {"type": "default"}


async def test_chats_and_members_are_described(tg: Telegram, aigerim: User) -> None:
    chat = await tg.call("getChat", {"chat_id": aigerim.id})
    bot = await tg.call("getChatMember", {"chat_id": aigerim.id, "user_id": tg.bot.id})
    person = await tg.call("getChatMember", {"chat_id": aigerim.id, "user_id": aigerim.id})

    assert (chat["type"], chat["first_name"]) == ("private", "Айгерім")
    assert (bot["status"], person["status"]) == ("member", "member")


async def test_leaving_the_cloud_is_a_polite_nothing(tg: Telegram) -> None:
    assert await tg.call("logOut", {}) is True
    assert await tg.call("close", {}) is True
