"""The in-process door: an aiogram session that talks to the local Telegram without a network."""

import json
from collections.abc import AsyncGenerator
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile

from sandbox.errors import ApiError, BrokenAnswerError, ConnectionDroppedError
from sandbox.model import UploadedFile
from sandbox.telegram import Telegram
from sandbox.wire import failure, success

FILE_MARK = "/file/bot"


class SandboxSession(BaseSession):
    """Sends the bot's calls to a `Telegram`: `Bot(token=tg.token, session=SandboxSession(tg))`.

    Values travel as text and files as parts, as aiogram's own session sends them, so the same
    checks apply; refusals come back as aiogram's exceptions.
    """

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self._tg = telegram

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ARG002, ASYNC109  aiogram's signature
    ) -> TelegramType:
        """Do one call.

        Raises:
            TelegramAPIError: the call is refused.
            TelegramNetworkError: a requested fault broke the connection.
        """
        parts: dict[str, Any] = {}
        params: dict[str, Any] = {}
        for name, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=parts)
            if prepared:
                params[name] = prepared
        files = {key: await _read(key, part, bot) for key, part in parts.items()}
        try:
            result = await self._tg.call(method.__api_method__, params, files)
            status, answer = 200, json.dumps(success(result))
        except ApiError as error:
            status, answer = error.code, json.dumps(failure(error))
        except BrokenAnswerError as error:
            status, answer = error.status, error.body
        except ConnectionDroppedError as error:
            raise TelegramNetworkError(method=method, message=str(error)) from error
        response = self.check_response(bot, method, status, answer)
        return cast("TelegramType", response.result)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,  # noqa: ARG002  aiogram's signature
        timeout: int = 30,  # noqa: ARG002, ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,  # noqa: ARG002
    ) -> AsyncGenerator[bytes, None]:
        """Yield the bytes of a file that `getFile` named.

        Raises:
            FileNotFoundError: the local Telegram has no such file.
        """
        path = url.partition(FILE_MARK)[2].partition("/")[2]
        file = self._tg.files.by_path(path)
        if file is None:
            raise FileNotFoundError(path)
        for start in range(0, len(file.data), chunk_size):
            yield file.data[start : start + chunk_size]

    async def close(self) -> None:
        """There is nothing to close."""


async def _read(key: str, part: InputFile, bot: Bot) -> UploadedFile:
    data = b"".join([chunk async for chunk in part.read(bot)])
    return UploadedFile(part.filename or key, data)
