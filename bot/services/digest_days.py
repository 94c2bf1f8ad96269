"""When a digest is due, and which days it tells of: by the local clock and the calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.shift_times import local_date
from db.models.digests import DigestKind

DAY = timedelta(days=1)
# The days whose mean a day is compared with.
DAYS_BEFORE = 7
# Older news than this is of no use any more, and the next digest is near.
LATEST = timedelta(hours=12)
_EVERY_DAY = 0b1111111
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a coordinator wants digests; all of them come at one time of the day.

    Attributes:
        at_minute: from local midnight.
        days: of which days; bit 0 is Monday.
        quiet: whether they come without a sound.
        weekly: whether one of the week comes on Mondays.
        monthly: whether one of the month comes on the first.
    """

    at_minute: int = 20 * 60
    days: int = _EVERY_DAY
    quiet: bool = False
    weekly: bool = True
    monthly: bool = True

    def want(self, kind: DigestKind, day: date) -> bool:
        """Tell whether a digest of the kind is to come on the day."""
        match kind:
            case DigestKind.DAILY:
                return bool(self.days >> day.weekday() & 1)
            case DigestKind.WEEKLY:
                return self.weekly and day.weekday() == 0
            case DigestKind.MONTHLY:
                return self.monthly and day.day == 1
            case DigestKind.OPENED | DigestKind.MORNING:
                return False

    @property
    def nothing(self) -> bool:
        """Whether no digest is to come by itself."""
        return not (self.days or self.weekly or self.monthly)


@dataclass(frozen=True, slots=True)
class Span:
    """The days a digest tells of, ``first`` to ``last``; they are compared with those before.

    The days before begin with ``since`` and end on the eve of ``first``.
    """

    since: date
    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether it is a single day, which may still go on."""
        return self.first == self.last

    @property
    def days(self) -> list[date]:
        """Every day told of, in order."""
        return [self.first + number * DAY for number in range((self.last - self.first).days + 1)]


def span_of(kind: DigestKind, day: date) -> Span:
    """Return what a digest that comes on the day tells of.

    A daily one tells of the day itself, beside the seven days before it. A weekly one tells of the
    week that ended before the day, beside the one before; a monthly one likewise of the month.
    """
    if kind is DigestKind.WEEKLY:
        monday = day - day.weekday() * DAY
        return Span(monday - 2 * _WEEK, monday - _WEEK, monday - DAY)
    if kind is DigestKind.MONTHLY:
        last = day.replace(day=1) - DAY
        first = last.replace(day=1)
        return Span((first - DAY).replace(day=1), first, last)
    return Span(day - DAYS_BEFORE * DAY, day, day)


def due_at(day: date, at_minute: int, zone: ZoneInfo) -> datetime:
    """Return the moment of the local time on the day, in UTC.

    Of an hour that comes twice it is the first; a time that is skipped comes as much later.
    """
    hour, minute = divmod(at_minute, 60)
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def due_now(
    wishes: Wishes, now: datetime, zone: ZoneInfo
) -> Iterator[tuple[DigestKind, date, datetime]]:
    """Give kind, local date and moment of what is wanted and has come, yesterday and today."""
    today = local_date(now, zone)
    for day in (today - DAY, today):
        moment = due_at(day, wishes.at_minute, zone)
        if moment <= now:
            yield from ((kind, day, moment) for kind in DigestKind if wishes.want(kind, day))
