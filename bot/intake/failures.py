"""What becomes of an update whose handling failed: another try, an end, or a place to rest."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum, auto

import structlog
from aiogram.exceptions import TelegramForbiddenError, TelegramUnauthorizedError
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.retry import is_trouble
from db.faults import is_passing
from db.receipts import ReceiptLostError

log = structlog.get_logger(__name__)

# Seconds before the next try. A bug is tried again in case it was none; a database comes back, and
# is waited for more than half a minute even when every pause falls short.
_PAUSES_S = (0.2, 1.0)
_DATABASE_PAUSES_S = (0.05, 0.2, 1.0, 2.0, 4.0, *[8.0] * 7)


class HandlerTooSlowError(Exception):
    """The handler was cut off after the time it may take."""


class BegunTooOftenError(Exception):
    """It was begun as often as an update may be, and no process lived to see its end."""


class Unreadable(Exception):  # noqa: N818 - what came, not what went wrong here
    """The update cannot be read: of a kind or a form invented since."""


class End(Enum):
    """What is done about a failed try."""

    AGAIN = auto()
    ASIDE = auto()
    """Laid aside: the person and the admins are told."""
    UNHEARD = auto()
    """Nobody can be told, or there is nothing to tell; the update is done."""
    OWED = auto()
    """Telegram does not take the answer now: the outbox gives it later."""
    BLOCKED = auto()
    """The person has blocked the bot; the update is done."""
    ELSEWHERE = auto()
    """Another process has it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done about a failed try, after how many seconds."""

    end: End
    pause_s: float = 0.0


def judge(error: Exception, attempt: int) -> Verdict:
    """Return what follows the failure of this attempt, which counts from 1."""
    match error:
        case ReceiptLostError():
            return Verdict(End.ELSEWHERE)
        case TelegramForbiddenError():
            return Verdict(End.BLOCKED)
        case UpdateTypeLookupError() | Unreadable() | TelegramUnauthorizedError():
            return Verdict(End.UNHEARD)
        case HandlerTooSlowError() | BegunTooOftenError():
            return Verdict(End.ASIDE)
    if is_trouble(error):
        return Verdict(End.OWED)
    return _after(attempt, _DATABASE_PAUSES_S if is_passing(error) else _PAUSES_S)


def _after(attempt: int, pauses_s: tuple[float, ...]) -> Verdict:
    if attempt > len(pauses_s):
        return Verdict(End.ASIDE)
    # Many who failed at one moment must not come back at one moment.
    return Verdict(End.AGAIN, pauses_s[attempt - 1] * random.uniform(0.5, 1.5))  # noqa: S311 - spread


def readable(error: ValidationError) -> Unreadable:
    """Return the fault of a form we do not know, without what it holds."""
    places = {".".join(str(part) for part in fault["loc"]) for fault in error.errors()}
    return Unreadable(", ".join(sorted(places))[:200])


async def through_faults(
    work: Callable[[], Awaitable[object]], pause: Callable[[float], Awaitable[None]]
) -> int:
    """Do the work, again and again while the database is away; any other fault is a bug.

    Returns how many tries it took.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            await work()
        except Exception as error:
            if not is_passing(error):
                raise
            # Why stands there once; a database that is away for an hour fills no disk with it.
            log.warning("inbox_waits", attempt=attempt, exc_info=error if attempt == 1 else None)
            await pause(min(0.2 * 2**attempt, 5.0))
        else:
            return attempt
