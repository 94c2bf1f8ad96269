"""The list of commands behind Telegram's menu button, per language and scope."""

from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot.content import Region
from bot.context import FIRST_LANGUAGE
from bot.i18n import LANGUAGES, Translations, Translator


def _commands(t: Translator) -> list[BotCommand]:
    return [
        BotCommand(command="menu", description=t.plain("command-menu")),
        BotCommand(command="language", description=t.plain("command-language")),
        BotCommand(command="check", description=t.plain("command-check")),
        BotCommand(command="help", description=t.plain("command-help")),
        BotCommand(command="cancel", description=t.plain("command-cancel")),
        BotCommand(command="start", description=t.plain("command-start")),
    ]


async def register(bot: Bot, texts: Translations, region: Region) -> None:
    """Tell Telegram the commands and the bot's description in every language.

    Telegram picks by the language of the person's app; the list without a language is for
    the apps in any other one.
    """
    numbers = {"police": region.police_phone, "emergency": region.emergency_phone}
    for language in LANGUAGES:
        t = texts[language]
        await bot.set_my_commands(
            _commands(t), scope=BotCommandScopeAllPrivateChats(), language_code=language
        )
        await bot.set_my_description(t.plain("bot-description", **numbers), language_code=language)
        await bot.set_my_short_description(t.plain("bot-about", **numbers), language_code=language)
    first = texts[FIRST_LANGUAGE]
    await bot.set_my_commands(_commands(first), scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_description(first.plain("bot-description", **numbers))
    await bot.set_my_short_description(first.plain("bot-about", **numbers))
    # In a group there is nothing to do.
    await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())


async def set_for_chat(bot: Bot, t: Translator, chat_id: int) -> None:
    """Show one person the commands in the language they chose here, whatever their app speaks."""
    await bot.set_my_commands(_commands(t), scope=BotCommandScopeChat(chat_id=chat_id))
