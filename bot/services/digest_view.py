"""What a digest says, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.services.digest_days import Span
from bot.services.digest_detail import Detail
from bot.services.digest_figures import Figures
from bot.services.roster_cards import AssignmentCard
from bot.services.shift_cards import ShiftLine
from db.models.digests import DigestKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody a digest speaks of: ``id`` is of the person, or of their application."""

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
        forgotten: shifts without a stated end, the oldest first.
        questionable: shifts of the day begun outside or with no place, not looked at.
        missed: duties of the day and the one before that nobody came to, not taken note of.
        applications: since when each waits.
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
    on_duty: Sequence[ShiftLine]
    forgotten: Sequence[ShiftLine]
    questionable: Sequence[ShiftLine]
    missed: Sequence[AssignmentCard]
    applications: Sequence[Waiting]
    slow: Sequence[Waiting]
    expiring: Sequence[Waiting]

    @property
    def exceptions(self) -> int:
        """How many things wait to be settled."""
        return (
            len(self.forgotten)
            + len(self.questionable)
            + len(self.missed)
            + len(self.applications)
            + len(self.slow)
            + len(self.expiring)
        )

    @property
    def is_long(self) -> bool:
        """Whether it tells of a week or a month that has ended, and not of a day."""
        return self.kind in (DigestKind.WEEKLY, DigestKind.MONTHLY)

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to say but that.

        Of a week or a month that came to nothing something is said where the one before did not.
        """
        if self.is_long:
            return self.figures.nothing and self.figures.nothing_before
        return self.figures.nothing and not self.on_duty and not self.exceptions
