"""The times of planned duties: by which a shift fits, what was typed, and which day it is."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services.digest_days import DAY, due_at
from bot.services.errors import InvalidInputError

# Who starts so early comes for the duty: there is somebody to relieve, and somewhere to get to.
EARLY = timedelta(minutes=60)
# Somebody who is merely late has come by then: nobody is to be blamed on the way.
MISSED_AFTER = timedelta(minutes=30)
# The person is reminded so long ahead: enough to get there, or to say that they cannot.
SOON = timedelta(minutes=60)
# Plans are made for a week or two; a date further away is an old button or a slip.
FURTHEST = timedelta(days=31)
_CLOCK = r"([01]?\d|2[0-4])(?:[:.]([0-5]\d))?"
_HOURS = re.compile(rf"\s*{_CLOCK}(?:\s*[-\u2013\u2014]\s*|\s+){_CLOCK}\s*", re.ASCII)
_MIDNIGHT = 24 * 60


def read_hours(typed: str) -> tuple[int, int]:
    """Return the two times of a clock typed as 18-22 or 18:00 - 22:00, in minutes of the day.

    Raises:
        InvalidInputError: these are no two times.
    """
    match = _HOURS.fullmatch(typed)
    if match is None:
        raise InvalidInputError("error-assignment-hours")
    starts, ends = (int(match[at]) * 60 + int(match[at + 1] or 0) for at in (1, 3))
    if starts >= _MIDNIGHT or ends > _MIDNIGHT:
        raise InvalidInputError("error-assignment-hours")
    return starts, ends % _MIDNIGHT


def interval(day: date, starts: int, ends: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the moments of a duty, in UTC, that begins on the local day.

    Args:
        starts, ends: in minutes of the day; an end that is not after the start is of the next day.
    """
    ends_on = day if ends > starts else day + DAY
    return due_at(day, starts, zone), due_at(ends_on, ends, zone)
