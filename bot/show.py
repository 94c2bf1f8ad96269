"""Putting a screen on a person's phone, whatever Telegram makes of it."""

import dataclasses
import html
import re
from typing import Any, NamedTuple

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    FSInputFile,
    InputRichMessage,
    Message,
)

from bot.screens import Attachment, Screen, markup_of

log = structlog.get_logger(__name__)

_TOAST_LENGTH = 200
# In UTF-16 units, markup not counted.
_CAPTION_LENGTH = 1024
# Harmless: the phone already shows what we wanted, or waits for nothing any more.
_SAME = "message is not modified"
_OLD_QUERY = ("query is too old", "query id is invalid")
_UNPARSED = "can't parse entities"


async def send(bot: Bot, chat_id: int, screen: Screen) -> Message:
    """Send the screen as a new message."""
    if screen.before is not None:
        await send(bot, chat_id, screen.before)
    if screen.attached is not None:
        file = await _attach(bot, chat_id, screen.attached, silent=screen.silent)
        if not screen.text:
            return file
    if screen.rich and (sent := await _send_rich(bot, chat_id, screen)):
        return sent
    markup = markup_of(screen)
    try:
        return await bot.send_message(
            chat_id, screen.text, reply_markup=markup, disable_notification=screen.silent or None
        )
    except TelegramBadRequest as error:
        if _UNPARSED not in error.message:
            raise
        log.exception("markup_refused", chat_id=chat_id)
        return await bot.send_message(
            chat_id, _bare(screen.text), reply_markup=markup, parse_mode=None
        )


async def _send_rich(bot: Bot, chat_id: int, screen: Screen) -> Message | None:
    """Send the screen as a rich message; None where Telegram does not take it."""
    try:
        return await bot.send_rich_message(
            chat_id,
            InputRichMessage(html=screen.rich),
            reply_markup=markup_of(screen),
            disable_notification=screen.silent or None,
        )
    except (TelegramBadRequest, TelegramNotFound) as error:
        # A server of one's own may be older than the method. What else is wrong, the text will say.
        log.info("rich_refused", chat_id=chat_id, reason=error.message)
        return None


class Shown(NamedTuple):
    """The message that shows a screen; ``removed`` when it took the place of the one pressed."""

    message_id: int
    removed: bool = False


async def put(bot: Bot, chat_id: int, screen: Screen) -> int:
    """Show the screen in the message it replaces, or as a new one; return that message's id."""
    if screen.replaces is None:
        return (await send(bot, chat_id, screen)).message_id
    if screen.before is not None:
        await send(bot, chat_id, screen.before)
    if await _edit(bot, chat_id, screen.replaces, screen):
        return screen.replaces
    return (await send(bot, chat_id, dataclasses.replace(screen, before=None))).message_id


async def replace(bot: Bot, chat_id: int, message: Message | None, screen: Screen) -> Shown:
    """Turn the message into the screen, or send a new one where that cannot be."""
    if message is None or screen.aside:
        return Shown((await send(bot, chat_id, screen)).message_id)
    if screen.keys or screen.before is not None or screen.attached is not None:
        # A reply keyboard cannot be put on a message that is already there, nor a file ahead of it.
        sent = await send(bot, chat_id, screen)
        return Shown(sent.message_id, await remove(bot, chat_id, message.message_id))
    if await _edit(bot, chat_id, message.message_id, screen):
        return Shown(message.message_id)
    return Shown((await send(bot, chat_id, screen)).message_id)


async def remove(bot: Bot, chat_id: int, message_id: int) -> bool:
    """Delete one of our messages, or at least its buttons when it is too old for that.

    Returns:
        Whether nobody can press it any more.
    """
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramBadRequest:
        try:
            await bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id)
        except TelegramBadRequest as error:
            log.info("cleanup_refused", chat_id=chat_id, reason=error.message)
            return False
    return True


async def answer(query: CallbackQuery, screen: Screen) -> bool:
    """Stop the pressed button's clock, with the screen's toast if it has one.

    Returns:
        Whether the phone still waited: a press is answered once, and not for long.
    """
    try:
        await query.answer(screen.toast[:_TOAST_LENGTH] or None, show_alert=screen.alert or None)
    except TelegramBadRequest as error:
        if not any(words in error.message.lower() for words in _OLD_QUERY):
            raise
        return False
    return True


async def file_coming(bot: Bot, chat_id: int) -> None:
    """Show the person that a file is being made for them; the file matters more than the sign."""
    try:
        await bot.send_chat_action(chat_id, ChatAction.UPLOAD_DOCUMENT)
    except (TelegramNetworkError, TelegramRetryAfter, TelegramServerError) as error:
        log.info("sign_refused", chat_id=chat_id, reason=type(error).__name__)


async def _attach(bot: Bot, chat_id: int, attached: Attachment, *, silent: bool) -> Message:
    """Send the file; a caption that Telegram would refuse for its length follows as a message."""
    quietly = silent or None
    if len(_bare(attached.caption).encode("utf-16-le")) // 2 <= _CAPTION_LENGTH:
        return await _send_file(bot, chat_id, attached, attached.caption or None, quietly)
    await _send_file(bot, chat_id, attached, None, quietly)
    return await bot.send_message(chat_id, attached.caption, disable_notification=quietly)


async def _send_file(
    bot: Bot, chat_id: int, attached: Attachment, caption: str | None, quietly: bool | None
) -> Message:
    content, name = attached.content, attached.name
    file = (
        BufferedInputFile(content, name)
        if isinstance(content, bytes)
        else FSInputFile(content, name)
    )
    if attached.picture:
        try:
            return await bot.send_photo(
                chat_id, file, caption=caption, disable_notification=quietly
            )
        except TelegramBadRequest as error:
            # It can be opened as a file where Telegram dislikes it as a picture.
            log.exception("picture_refused", file=name, reason=error.message)
    try:
        return await bot.send_document(chat_id, file, caption=caption, disable_notification=quietly)
    except (TelegramBadRequest, TelegramEntityTooLarge) as error:
        if not attached.instead:
            raise
        log.exception("document_refused", file=name, reason=error.message)
        return await bot.send_message(chat_id, attached.instead, disable_notification=quietly)


async def _edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    """Turn a message of ours into the screen; tell whether it shows it now."""
    contents: list[dict[str, Any]] = [{"text": screen.text}]
    if screen.rich:
        rich = InputRichMessage(html=screen.rich)
        contents.insert(0, {"rich_message": rich, "parse_mode": None})
    for content in contents:
        try:
            await bot.edit_message_text(
                **content,
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=markup_of(screen),  # type: ignore[arg-type]  # without keys: inline
            )
        except TelegramBadRequest as error:
            if _SAME not in error.message:
                log.info("edit_refused", chat_id=chat_id, reason=error.message)
                continue
        return True
    return False


def _bare(text: str) -> str:
    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
