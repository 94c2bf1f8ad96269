"""Fetching a file that a person sent, no larger than is wanted."""

from io import BytesIO

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Document
from aiohttp import ClientError

from bot.routes import Fetch
from bot.services.errors import InvalidInputError

log = structlog.get_logger(__name__)


def fetching(bot: Bot, chat_id: int, document: Document) -> Fetch:
    """Return what gets the document's bytes, when it is called with the most there may be.

    It raises InvalidInputError: the document is larger, or Telegram does not give it out.
    """

    async def fetch(limit: int) -> bytes:
        if document.file_size is not None and document.file_size > limit:
            raise _too_large(limit)
        content = _Bounded(limit)
        try:
            # It may take some seconds: the person sees that the bot is at it.
            await bot.send_chat_action(chat_id, ChatAction.TYPING)
            await bot.download(document, content)
        except (TelegramAPIError, ClientError, TimeoutError, OSError) as error:
            # Its words may hold the address of the file, and that holds the token.
            log.info("file_not_fetched", reason=type(error).__name__)
            raise InvalidInputError("error-file-lost") from None
        return content.getvalue()

    return fetch


class _Bounded(BytesIO):
    """Takes so many bytes and no more, whatever was said of the size."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, piece: bytes, /) -> int:  # type: ignore[override]  # pieces are bytes
        if self.tell() + len(piece) > self._limit:
            raise _too_large(self._limit)
        return super().write(piece)


def _too_large(limit: int) -> InvalidInputError:
    return InvalidInputError("error-file-large", limit=limit // 1024**2)
