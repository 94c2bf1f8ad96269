"""What services need to know of a version of the briefing: numbers and codes, no words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class QuizItem:
    """A question of the bank about one module (from 1).

    ``right`` is the place of the right answer among the ``options``, from 0.
    """

    code: str
    module: int
    options: int
    right: int


@dataclass(frozen=True, slots=True)
class BriefingRules:
    """A version of the briefing.

    Attributes:
        sha256: of all its content.
        reading: for each module, by language, how long it takes to read.
        drawn: how many questions are asked.
        pass_mark: how many answers must be right.
        tries: how many attempts before the pause.
        notice: how long before its end the holder of a pass is told.
        undertakings: SHA-256 of the text to be signed, by language.
    """

    version: str
    sha256: str
    reading: Sequence[Mapping[str, timedelta]]
    questions: Mapping[str, QuizItem]
    drawn: int
    pass_mark: int
    tries: int
    pause: timedelta
    validity_months: int
    notice: timedelta
    undertakings: Mapping[str, str]

    @property
    def modules(self) -> int:
        """How many modules there are."""
        return len(self.reading)


def valid_until(signed_at: datetime, months: int, zone: ZoneInfo) -> datetime:
    """Return the same day and hour in the region so many months later, in UTC.

    A day that month does not have is its last one: 29 February, one year later, is the 28th.
    """
    local = signed_at.astimezone(zone)
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    return _on_day(local, year, month + 1).astimezone(signed_at.tzinfo)


def _on_day(local: datetime, year: int, month: int) -> datetime:
    first_of_next = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=local.tzinfo)
    last_day = (first_of_next - timedelta(days=1)).day
    return local.replace(year=year, month=month, day=min(local.day, last_day))
