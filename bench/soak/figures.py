"""The figures of a soak that have goals: the pace of broadcasts, hand-overs, restarts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bench.soak.logs import hand_overs
from bench.soak.plan import Broadcast, Outcome
from bench.soak.record import Asked, Record

LIMIT_PER_S: Final = 30.0
SHARE: Final = 0.95
HAND_OVER_S: Final = 30.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a broadcast went.

    Attributes:
        seconds: from its first notice to its last.
        per_s: messages and edits of all kinds a second meanwhile.
        late: answers of 429 after its first second.
    """

    notices: int
    seconds: float
    per_s: float
    late: int

    @property
    def share(self) -> float:
        """Return the part of Telegram's limit that was used, 1 for all of it."""
        return self.per_s / LIMIT_PER_S


def pace_of(record: Record, broadcast: Broadcast) -> Pace:
    """Return how fast the broadcast went."""
    notices = [
        at
        for each in record.notices.values()
        for at in each
        if broadcast.began <= at <= broadcast.ended
    ]
    first, last = min(notices, default=0.0), max(notices, default=0.0)
    seconds = max(last - first, 1.0)
    sent = sum(first <= at <= last for at in record.sent_at)
    late = sum(broadcast.began + 1 < at <= broadcast.ended for at in record.refused_at)
    return Pace(len(notices), seconds, sent / seconds, late)


def hand_overs_of(outcome: Outcome) -> list[float]:
    """Return how many seconds nobody kept the timetable after each kill of who did."""
    return hand_overs(outcome.leadings, outcome.kills, outcome.shaken)


def asked_in_restarts(outcome: Outcome) -> list[Asked]:
    """Return the updates made while one web process after another was ended and started."""
    return [
        each
        for each in outcome.record.asked
        if any(restart.began <= each.at <= restart.served for restart in outcome.restarts)
    ]


def missed(outcome: Outcome) -> Iterator[str]:
    """Return a line for each goal of time that was not reached, which an idle machine reaches."""
    for number, broadcast in enumerate(outcome.broadcasts, 1):
        pace = pace_of(outcome.record, broadcast)
        if broadcast.calm and pace.share < SHARE:
            yield f"broadcast {number} went at {pace.share:.1%} of the limit, not {SHARE:.0%}"
        if broadcast.calm and pace.late:
            yield f"broadcast {number} met {pace.late} answers of 429 after its first second"
    longest = max(hand_overs_of(outcome), default=0.0)
    if longest > HAND_OVER_S:
        yield f"a hand-over took {longest:.1f} s, not {HAND_OVER_S:.0f}"
