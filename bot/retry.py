"""Calls to Telegram: each in its turn, and those worth repeating repeated a little."""

import asyncio
import random
from collections.abc import Awaitable
from functools import cache
from json import JSONDecodeError
from math import ceil
from typing import Any, Protocol, TypeVar

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramEntityTooLarge,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.pace import HeldError, Pace, speaking_as_notice

log = structlog.get_logger(__name__)

T = TypeVar("T")

_ATTEMPTS = 4
# A person waits for this answer; whatever takes longer is owed to them (`bot/handlers/errors.py`).
_LONGEST_WAIT_S = 10
# What Telegram counts; presses are answered as often as they come.
_COUNTED = ("send", "edit", "forward", "copy")
_OWN_PATIENCE = "getUpdates"


# What a call that ended in an error is counted as; any other is refused for a reason of its own.
_RESULTS: tuple[tuple[type[Exception], str], ...] = (
    (TelegramRetryAfter, "429"),
    (TelegramServerError, "5xx"),
    (TelegramEntityTooLarge, "refused"),
    (TelegramNetworkError, "network"),
)


class Observe(Protocol):
    """Who is told of each attempt to call Telegram."""

    def __call__(self, method: str, result: str, *, repeated: bool) -> None:
        """Take note of it."""


def _nobody(method: str, result: str, *, repeated: bool) -> None:
    pass


class TokenWithdrawnError(Exception):
    """Telegram does not know the token any more: there is nothing left to serve."""


class UnreadableAnswerError(Exception):
    """Telegram did what was asked; its answer is in good JSON, but none we know."""


class Requests(BaseRequestMiddleware):
    """Keeps the pace, waits out a short 429, tries again after 5xx and broken connections.

    After a broken connection nobody knows whether the message went: it may come twice, but it
    is not lost. Long polling has its own patience and is left alone. A notice is not repeated
    after a 429: the outbox puts it off. Once the token is withdrawn nothing is asked any more.

    Args:
        observe: told of each attempt.
    """

    def __init__(self, pace: Pace, observe: Observe = _nobody) -> None:
        self._pace = pace
        self._observe = observe
        self._withdrawn = asyncio.Event()

    async def __call__(  # noqa: C901 - a list of refusals, each with its answer
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Make the request, up to four times.

        Raises:
            TelegramAPIError: the last refusal, or one that no repeat can mend.
            UnreadableAnswerError: it was done, but the answer is none we know.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            await self._wait_for_turn(method)
            try:
                return await self._asked(make_request, bot, method, repeated=attempt > 1)
            except TelegramUnauthorizedError:
                self._withdrawn.set()
                raise
            except TelegramMigrateToChat as error:
                if attempt == _ATTEMPTS:
                    raise
                # Nothing of ours keeps a group's id: this message is all there is to redirect.
                method = method.model_copy(update={"chat_id": error.migrate_to_chat_id})
            except TelegramRetryAfter as error:
                await self._pace.refused(error.retry_after)
                too_long = error.retry_after > _LONGEST_WAIT_S or attempt == _ATTEMPTS
                if too_long or speaking_as_notice():
                    raise
            except (TelegramServerError, TelegramNetworkError) as error:
                patient = method.__api_method__ == _OWN_PATIENCE
                if attempt == _ATTEMPTS or patient or not is_trouble(error):
                    raise
                wait_s = 0.2 * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311 - spread, no secret
                log.info("request_repeated", method=method.__api_method__, wait_s=round(wait_s, 2))
                await self._pace.sleep(wait_s)
        raise AssertionError("the last attempt returns or raises")

    async def _asked(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
        *,
        repeated: bool,
    ) -> Response[TelegramType]:
        result = "lost"
        try:
            answer = await _asked(make_request, bot, method)
            result = "ok"
        except Exception as error:
            result = _result_of(error)
            raise
        finally:
            self._observe(method.__api_method__, result, repeated=repeated)
        return answer

    async def until_withdrawn(self, serving: Awaitable[T]) -> T:
        """Return what `serving` returns; cancel it when the token is withdrawn.

        Raises:
            TokenWithdrawnError: Telegram knows the token no more.
        """
        work = asyncio.ensure_future(serving)
        watch = asyncio.ensure_future(self._withdrawn.wait())
        try:
            await asyncio.wait({work, watch}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise TokenWithdrawnError
            return work.result()
        finally:
            work.cancel()
            watch.cancel()
            await asyncio.gather(work, watch, return_exceptions=True)

    async def aclose(self) -> None:
        """Let go of what the pace keeps open."""
        await self._pace.close()

    async def _wait_for_turn(self, method: TelegramMethod[TelegramType]) -> None:
        if self._withdrawn.is_set():
            raise TelegramUnauthorizedError(method=method, message="Unauthorized")
        if not method.__api_method__.startswith(_COUNTED):
            return
        chat_id = getattr(method, "chat_id", None)
        try:
            await self._pace.turn(
                chat_id if isinstance(chat_id, int) else None, patience_s=_LONGEST_WAIT_S
            )
        except HeldError as held:
            raise TelegramRetryAfter(
                method=method, message="held back", retry_after=ceil(held.seconds)
            ) from held


def _result_of(error: Exception) -> str:
    """Return one of the few words in which calls are counted."""
    for kinds, result in _RESULTS:
        if isinstance(error, kinds):
            return result
    return "refused"


def is_trouble(error: BaseException) -> bool:
    """Tell whether the call failed for no reason of its own, so that a repeat may mend it."""
    return isinstance(
        error, TelegramNetworkError | TelegramServerError | TelegramRetryAfter
    ) and not isinstance(error, TelegramEntityTooLarge)


@cache
def _form_of_answer(returned: Any) -> type[Response[Any]]:  # noqa: ANN401 - aiogram's
    """Return the form a session reads an answer by, and keep it.

    Pydantic makes it anew for whoever asks when nobody holds the last one, at several times the
    price of the whole call.
    """
    return Response[returned]


async def _asked(
    make_request: NextRequestMiddlewareType[TelegramType],
    bot: Bot,
    method: TelegramMethod[TelegramType],
) -> Response[TelegramType]:
    """Make the request; what cannot be read is told without its content, which is people's."""
    _form_of_answer(type(method).__returning__)
    try:
        return await make_request(bot, method)
    except ClientDecodeError as error:
        if isinstance(error.original, JSONDecodeError):
            # A page of the balancer before Telegram, an empty body, one cut short.
            raise TelegramNetworkError(method=method, message="no answer in JSON") from None
        raise UnreadableAnswerError(method.__api_method__) from None
