"""What the simulated people asked for, and what Telegram saw them being told."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """An act that leaves something in the database."""

    START = "start"
    END = "end"
    RESULT = "result"


@dataclass(slots=True)
class Asked:
    """An update: whose, and when it was made; moments are Unix time in seconds.

    ``query`` and ``message_id`` are of a press.
    """

    update_id: int
    person: int
    at: float
    query: str = ""
    message_id: int = 0
    answered_at: float | None = None


@dataclass(slots=True)
class Act:
    """What one person wanted to happen once, however many updates it took to ask for it.

    ``dates`` are the Unix times its messages bear, by which a shift is known; ``key`` is that of
    a result. ``asked_at`` is Unix time. ``refused`` is what the person was told; ``asked_back``,
    that the last answer asked whether they are sure, so that nothing was to happen yet.
    """

    kind: Kind
    person: int
    key: str = ""
    dates: set[int] = field(default_factory=set)
    updates: int = 0
    asked_at: float = 0.0
    refused: bool = False
    asked_back: bool = False


@dataclass(slots=True)
class Record:
    """Everything that was asked and told. ``notices`` are the moments of the broadcasts' notices.

    ``sent_at`` are the moments of messages and edits, ``refused_at`` of answers of 429.
    """

    asked: list[Asked] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    refused_at: list[float] = field(default_factory=list)
    notices: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    @property
    def unanswered(self) -> list[Asked]:
        """The updates after which their senders heard nothing."""
        return [each for each in self.asked if each.answered_at is None]
