"""The times of shifts: local dates, times typed by people, and what is left when days are split.

Moments are aware UTC. A zone's own arithmetic skips its changes of offset, so every length here
is a difference of two moments in UTC.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.errors import InvalidInputError

# Telegram keeps an update no longer.
_KEPT = timedelta(days=1)
# Nobody states that a shift lasted longer.
LONGEST_STATED = timedelta(hours=24)
_CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
_TIME = re.compile(rf"\s*{_CLOCK}\s*", re.ASCII)
_SPAN = re.compile(rf"\s*{_CLOCK}(?:\s*[-\u2013\u2014]\s*|\s+){_CLOCK}\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class ShiftRules:
    """How long a shift may believably last: settings of the region.

    Attributes:
        longest: after so long the person is asked whether they are still on duty.
        close: after so long without an answer the shift closes as unconfirmed.
        again: "still on duty" is asked again so much later.
        likely: usual lengths, offered as answers.
        keep_positions: how long after a shift its positions are kept.
    """

    longest: timedelta = timedelta(hours=6)
    close: timedelta = timedelta(hours=12)
    again: timedelta = timedelta(hours=2)
    likely: tuple[timedelta, ...] = (timedelta(hours=2), timedelta(hours=3), timedelta(hours=4))
    keep_positions: timedelta = timedelta(days=90)


def moment_of(sent_at: datetime | None, now: datetime) -> datetime:
    """Return when a message was meant: as it is dated, but neither to come nor older than a day."""
    return now if sent_at is None else min(max(sent_at, now - _KEPT), now)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the day of the moment in the zone."""
    return moment.astimezone(zone).date()


def split_at_midnight(
    started_at: datetime, ended_at: datetime, zone: ZoneInfo
) -> list[tuple[date, timedelta]]:
    """Return how much of the interval lies in each local day, in order; the sum is the whole.

    An empty interval has its day with a length of zero.

    Raises:
        ValueError: it ends before it starts.
    """
    if ended_at < started_at:
        raise ValueError("a shift cannot end before it starts")
    pieces: list[tuple[date, timedelta]] = []
    begins, day = started_at.astimezone(UTC), local_date(started_at, zone)
    while True:
        next_day = midnight(day + timedelta(days=1), zone)
        ends = min(ended_at.astimezone(UTC), next_day)
        pieces.append((day, ends - begins))
        if ends == ended_at:
            return pieces
        begins, day = ends, day + timedelta(days=1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment the local day begins, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def read_clock(typed: str) -> time:
    """Return the time of the clock that was typed, as HH:MM.

    Raises:
        InvalidInputError: it is none.
    """
    match = _TIME.fullmatch(typed)
    if match is None:
        raise InvalidInputError("error-shift-time")
    return _clock(match[1], match[2])


def read_end(typed: str, started_at: datetime, latest: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment after the start whose clock shows what was typed, as HH:MM.

    Raises:
        InvalidInputError: it is no time of the clock, or comes only after ``latest``.
    """
    return Times(None, read_clock(typed)).around(started_at, latest, zone)[1]


def read_times(typed: str) -> "Times":
    """Return what was typed: HH:MM - HH:MM, or only the end, as HH:MM.

    Raises:
        InvalidInputError: it is neither.
    """
    if _TIME.fullmatch(typed):
        return Times(None, read_clock(typed))
    match = _SPAN.fullmatch(typed)
    if match is None:
        raise InvalidInputError("error-shift-span")
    return Times(_clock(match[1], match[2]), _clock(match[3], match[4]))


@dataclass(frozen=True, slots=True)
class Times:
    """What a clock showed when shifts began and ended; without a ``start`` theirs stays."""

    start: time | None
    end: time

    def around(
        self, started_at: datetime, latest: datetime, zone: ZoneInfo
    ) -> tuple[datetime, datetime]:
        """Return the start nearest to the present one and the first end after it.

        A clock shows no seconds: the minute in which the shift began is the present start.

        Raises:
            InvalidInputError: the end comes only after ``latest``.
        """
        start = started_at if self.start is None else _nearest(self.start, started_at, zone)
        if start == to_minute(started_at):
            start = started_at
        end = _first_after(self.end, start, zone)
        if end > latest:
            raise InvalidInputError("error-shift-time-ahead", start=start)
        return start, end


def to_minute(moment: datetime) -> datetime:
    """Return the moment as a clock shows it, without seconds."""
    return moment.replace(second=0, microsecond=0)


def _clock(hour: str, minute: str) -> time:
    return time(int(hour), int(minute))


def _nearest(wanted: time, moment: datetime, zone: ZoneInfo) -> datetime:
    days = (local_date(moment + timedelta(days=ahead), zone) for ahead in (-1, 0, 1))
    return min(
        (at for day in days for at in _moments(wanted, day, zone)),
        key=lambda at: abs(at - moment),
    )


def _first_after(wanted: time, moment: datetime, zone: ZoneInfo) -> datetime:
    today = local_date(moment, zone)
    days = (today + timedelta(days=ahead) for ahead in (0, 1))
    return min(at for day in days for at in _moments(wanted, day, zone) if at > moment)


def _moments(wanted: time, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Give each moment of the day at which the clock shows the time: two where it is set back."""
    for fold in (0, 1):
        yield datetime.combine(day, wanted.replace(fold=fold), zone).astimezone(UTC)


def likely_ends(
    started_at: datetime, signs: Iterable[datetime], latest: datetime, rules: ShiftRules
) -> list[datetime]:
    """Return believable ends in whole minutes of the start, in order, at most four.

    Args:
        signs: moments at which the person was seen at work, such as the last entry.
        latest: no end after this.
    """
    minutes = {(sign - started_at) // timedelta(minutes=1) for sign in signs}
    minutes |= {length // timedelta(minutes=1) for length in rules.likely}
    ends = sorted(started_at + timedelta(minutes=each) for each in minutes if each > 0)
    last = min(latest, started_at + LONGEST_STATED)
    return [end for end in ends if end <= last][:4]
