"""What a digest says, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from bot.services.digest_days import Span
from bot.services.digest_detail import Detail
from bot.services.digest_figures import Figures
from bot.services.roster_cards import AssignmentCard
from bot.services.shift_cards import ShiftLine
from db.models.digests import DigestKind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The first of a list that may be longer; ``total`` is how many there are."""

    first: Sequence[T]
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody a digest speaks of: ``id`` is of the person, their application or attempt."""

    id: int
    full_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestView:
    """A digest as it reads now; ``district`` is a code, moments are UTC.

    Attributes:
        span: the days its figures are of.
        unheard: times of its days from which nothing ever came, as Telegram kept it no longer.
        made_at: when its figures were read.
        detail: of a week or a month only; of a day it is empty.
        quiet: whether the coordinator wants it without a sound.
        is_partial: whether its days went on when its figures were read.
        forgotten: shifts without a stated end, the oldest first.
        questionable: shifts of the day and the one before begun outside or with no place, not
            looked at.
        missed: duties of the day and the one before that nobody came to, not taken note of.
        applications: since when each waits.
        stuck: who failed every try and may not go on yet, since when.
        slow: trainees without a briefing, since when.
        expiring: assistants whose briefing ends soon, when.
    """

    id: int
    kind: DigestKind
    district: str
    span: Span
    unheard: Sequence[tuple[datetime, datetime]]
    made_at: datetime
    figures: Figures
    detail: Detail
    quiet: bool
    is_partial: bool
    on_duty: Listed[ShiftLine]
    forgotten: Listed[ShiftLine]
    questionable: Sequence[ShiftLine]
    missed: Sequence[AssignmentCard]
    applications: Listed[Waiting]
    stuck: Sequence[Waiting] = ()
    slow: Sequence[Waiting] = ()
    expiring: Sequence[Waiting] = ()

    @property
    def exceptions(self) -> int:
        """How many things wait to be settled."""
        return (
            self.forgotten.total
            + self.applications.total
            + len(self.questionable)
            + len(self.missed)
            + len(self.stuck)
            + len(self.slow)
            + len(self.expiring)
        )

    @property
    def is_long(self) -> bool:
        """Whether it tells of a week or a month that has ended, and not of a day."""
        return self.kind in (DigestKind.WEEKLY, DigestKind.MONTHLY)

    @property
    def tells_eve(self) -> bool:
        """Whether the day before stands beside the day."""
        return not self.is_long and self.figures.knows_eve

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to say but that.

        Of days that came to nothing something is said where those before did not: of a day, what
        its eve brought after the digest of that one.
        """
        if self.is_long:
            return self.figures.nothing and self.figures.nothing_before
        idle = self.figures.nothing and self.figures.nothing_on_the_eve
        return idle and not self.on_duty.total and not self.exceptions
