"""Answers about a result of work: read from people's words.

Pure rules without a database. An answer is plain JSON, as drafts keep it: words, a whole number
(lengths of time in minutes), yes or no, a code, or for a period two moments in ISO form.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from bot.services.errors import InvalidInputError
from bot.services.wording import clean_words

FieldType = Literal["text", "count", "hours", "period", "yes_no", "choice"]

LARGEST_COUNT: Final = 5000
NOTE: Final = "note"
_TEXT_LENGTH: Final = 120
_NOTE_LENGTH: Final = 500
_SHORTEST_HOURS: Final = timedelta(minutes=15)
_LONGEST_HOURS: Final = timedelta(hours=24)

_CLOCK = r"([01]?\d|2[0-3])[:.]([0-5]\d)"
_SPAN = re.compile(rf"{_CLOCK}(?:(?:\s*[-\u2013\u2014]\s*|\s+){_CLOCK})?", re.ASCII)
_LENGTH = re.compile(r"(\d{1,2})(?:[:](\d\d)|[.,](\d))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a kind. ``choices`` are the codes of a choice."""

    name: str
    type: FieldType
    required: bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """When an entry can have happened: from the start of its shift until now, or the shift's end.

    ``ended`` tells that the shift is over.
    """

    begins_at: datetime
    ends_at: datetime
    ended: bool


def period(begins_at: datetime, ends_at: datetime) -> list[str]:
    """Return a period as answers hold it."""
    return [begins_at.astimezone(UTC).isoformat(), ends_at.astimezone(UTC).isoformat()]


def moments_of(answer: object) -> tuple[datetime, datetime]:
    """Return the two moments of a period as answers hold it.

    Raises:
        InvalidInputError: it is no period.
    """
    match answer:
        case [str(begins), str(ends)]:
            return datetime.fromisoformat(begins), datetime.fromisoformat(ends)
        case _:
            raise InvalidInputError("error-period-form")


def read_answer(field: FieldRule, typed: str, span: Span, zone: ZoneInfo) -> Any:  # noqa: ANN401 - JSON
    """Return the answer that the typed words give.

    Raises:
        InvalidInputError: they give none; the reason says what would.
    """
    match field.type:
        case "text":
            return read_words(field, typed)
        case "count":
            return read_count(typed)
        case "hours":
            return read_length(typed)
        case "period":
            return period(*read_period(typed, span, zone))
        case _:
            raise InvalidInputError("error-choose-button")


def read_words(field: FieldRule, typed: str) -> str:
    """Return words in one line.

    Raises:
        InvalidInputError: none are left, or too many.
    """
    return clean_words(typed, _NOTE_LENGTH if field.name == NOTE else _TEXT_LENGTH)


def read_count(typed: str) -> int:
    """Return a number of people or things.

    Raises:
        InvalidInputError: it is no bare number, or none from 1 to ``LARGEST_COUNT``.
    """
    bare = typed.strip()
    if not bare.isascii() or not bare.removeprefix("-").removeprefix("+").isdigit():
        raise InvalidInputError("error-count-form", limit=LARGEST_COUNT)
    # Its length first: Python itself refuses to read thousands of digits.
    if len(bare) > len(str(LARGEST_COUNT)) + 1 or not 1 <= int(bare) <= LARGEST_COUNT:
        raise InvalidInputError("error-count-range", limit=LARGEST_COUNT)
    return int(bare)


def read_length(typed: str) -> int:
    """Return a length of time in minutes, typed as ``2``, ``1:30`` or ``1,5`` hours.

    Raises:
        InvalidInputError: it is none, or not from a quarter of an hour to a day.
    """
    match = _LENGTH.fullmatch(typed.strip())
    if match is None:
        raise InvalidInputError("error-hours-form")
    minutes = int(match[1]) * 60 + int(match[2] or 0) + int(match[3] or 0) * 6
    if not _SHORTEST_HOURS <= timedelta(minutes=minutes) <= _LONGEST_HOURS:
        raise InvalidInputError("error-hours-form")
    return minutes


def read_period(typed: str, span: Span, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the period typed as HH:MM - HH:MM, or as HH:MM until the end of the span.

    A shift may go over midnight, so each time means the moment of the span that shows it.

    Raises:
        InvalidInputError: these are no times, or not within the span in this order.
    """
    match = _SPAN.fullmatch(typed.strip())
    if match is None:
        raise InvalidInputError("error-period-form")
    begins = _moment_within(time(int(match[1]), int(match[2])), span, zone)
    if match[3] is None:
        check_period(begins, span.ends_at, span)
        return begins, span.ends_at
    ends = _moment_within(time(int(match[3]), int(match[4])), span, zone, after=begins)
    check_period(begins, ends, span)
    return begins, ends


def check_period(begins_at: datetime, ends_at: datetime, span: Span) -> None:
    """Refuse a period that is none, or does not lie within the span.

    Raises:
        InvalidInputError: it ends before it begins, begins before the shift, or goes on after
            the shift or into the future.
    """
    if ends_at > span.ends_at or begins_at > span.ends_at:
        if span.ended:
            raise InvalidInputError("error-period-after-shift", at=span.ends_at)
        raise InvalidInputError("error-period-ahead")
    if begins_at < span.begins_at:
        raise InvalidInputError("error-period-before-shift", at=span.begins_at)
    if begins_at >= ends_at:
        raise InvalidInputError("error-period-order")


def _moment_within(
    wanted: time, span: Span, zone: ZoneInfo, after: datetime | None = None
) -> datetime:
    """Return the moment of the span at which the clock shows the time, or else the nearest one.

    The minute in which a shift begins or ends belongs to it. Of several the first is meant, or
    the first ``after`` a moment.
    """
    first = span.begins_at.astimezone(zone).date() - timedelta(days=1)
    last = span.ends_at.astimezone(zone).date() + timedelta(days=1)
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    moments = [moment for day in days for moment in _showing(wanted, day, zone)]
    nearest = min(
        moments,
        key=lambda moment: (
            _outside(moment, span),
            after is not None and moment <= after,
            moment,
        ),
    )
    for edge in (span.begins_at, span.ends_at):
        if nearest == _minute(edge):
            return edge
    return nearest


def _showing(wanted: time, day: date, zone: ZoneInfo) -> list[datetime]:
    folds = (wanted.replace(fold=fold) for fold in (0, 1))
    return [datetime.combine(day, fold, zone).astimezone(UTC) for fold in folds]


def _outside(moment: datetime, span: Span) -> timedelta:
    """Return how far the moment lies outside the span, in whole minutes at its edges."""
    before = _minute(span.begins_at) - moment
    return max(before, moment - span.ends_at, timedelta())


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
