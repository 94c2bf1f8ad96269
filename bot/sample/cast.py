"""Who is to be invented: each person's part in the history, and how much of the work is theirs."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from random import Random

from bot.sample.scene import Scene
from bot.services.shift_times import local_date

MONTH = 31
# Entries of one assistant and day, at an even pace.
_PACE = 1.15
# More than so many each day nobody would write down.
_MOST_A_DAY = 6.0
_IDLE = 0.08
# Days are whole, so that twice the days are not always twice the room.
_ROOM = 1.02


class Story(StrEnum):
    """How things stand with an assistant."""

    ORDINARY = "ordinary"
    DORMANT = "dormant"
    NEWCOMER = "newcomer"
    APPROVED = "approved"
    READING = "reading"
    PAUSED = "paused"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    DISMISSED = "dismissed"


_STORIES = {
    2: Story.NEWCOMER,
    3: Story.READING,
    5: Story.EXPIRING,
    6: Story.SUSPENDED,
    8: Story.EXPIRED,
    9: Story.PAUSED,
    10: Story.DORMANT,
    12: Story.APPROVED,
    13: Story.DISMISSED,
}
_ROUND = 14
_ON_DUTY = frozenset({0, 4, 7, 11})
_EARLY = frozenset({1, 2, 5})
_FORGETFUL = frozenset({1, 5})
TRAINEES = frozenset({Story.READING, Story.PAUSED, Story.APPROVED})
# Those who may be planned for duty.
SERVING = frozenset({Story.ORDINARY, Story.DORMANT, Story.NEWCOMER, Story.EXPIRING})


class TooMuchError(Exception):
    """So many entries do not fit into the days; so many ``days`` would do, or (0) none."""

    def __init__(self, days: int) -> None:
        super().__init__(f"at least {days} days are needed" if days else "nobody is there to work")
        self.days = days


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much history is wanted: the same sizes and seed give the same history at one moment."""

    assistants: int
    entries: int
    days: int
    seed: int

    @classmethod
    def of(
        cls, assistants: int, entries: int | None = None, days: int | None = None, seed: int = 1
    ) -> "Sizes":
        """Return sizes; what is not given is chosen for an even pace, a month at least."""
        if days is None:
            days = max(MONTH, math.ceil((entries or 0) / max(assistants, 1)))
        if entries is None:
            entries = round(assistants * days * _PACE)
        return cls(assistants, entries, days, seed)


@dataclass(frozen=True, slots=True)
class Part:
    """One assistant's part.

    Attributes:
        number: from 0.
        rank: the how-manieth of the district.
        first_day, last_day: between which shifts may begin; none when the last is before the
            first.
        on_duty: whether the person is on a shift now.
        early: whether they were on one this morning that is over.
        forgetful: whether the last shift was never ended.
        vigour: how much is done on a day, beside others.
    """

    number: int
    district: str
    rank: int
    story: Story
    first_day: date
    last_day: date
    on_duty: bool
    early: bool
    forgetful: bool
    vigour: float

    @property
    def turn(self) -> int:
        """The rank within a round of stories."""
        return self.rank % _ROUND

    @property
    def days(self) -> int:
        """How many days there are to begin a shift on."""
        return max((self.last_day - self.first_day).days + 1, 0)

    @property
    def weight(self) -> float:
        """The share of the work."""
        return self.days * self.vigour


def parts(scene: Scene, sizes: Sizes, now: datetime) -> Iterator[Part]:
    """Give each assistant a part, in the order of their numbers."""
    today = local_date(now, scene.zone)
    since = today - timedelta(days=sizes.days - 1)
    ranks: Counter[str] = Counter()
    for number in range(sizes.assistants):
        district = scene.wheel[number % len(scene.wheel)]
        rank = ranks[district]
        ranks[district] += 1
        turn = rank % _ROUND
        story = _STORIES.get(turn, Story.ORDINARY)
        first_day, last_day = _span(story, since, today, sizes.days)
        in_star = district == scene.star
        liveliness = Random(f"{sizes.seed} vigour {number}").random()  # noqa: S311 - no secret
        yield Part(
            number=number,
            district=district,
            rank=rank,
            story=story,
            first_day=first_day,
            last_day=last_day,
            on_duty=in_star and turn in _ON_DUTY,
            early=in_star and turn in _EARLY,
            forgetful=turn in _FORGETFUL and (in_star or number % 4 == 0),
            vigour=_IDLE if story is Story.DORMANT else 0.35 + 0.65 * liveliness,
        )


def _span(story: Story, since: date, today: date, days: int) -> tuple[date, date]:
    def ago(count: int) -> date:
        return today - timedelta(days=min(count, days - 1))

    if story in TRAINEES:
        return today, today - timedelta(days=1)
    if story is Story.NEWCOMER:
        return ago(max(days * 2 // 5, 1)), today
    last_days = {Story.SUSPENDED: 5, Story.DISMISSED: 10, Story.EXPIRED: 4}
    return since, ago(last_days[story]) if story in last_days else today


def shared_out(weights: Sequence[float], sizes: Sizes) -> list[int]:
    """Return how many entries each gets by their weight; together all of them.

    Raises:
        TooMuchError: nobody would write down so many a day.
    """
    upto = list(accumulate(weights))
    total = upto[-1] if upto else 0.0
    if sizes.entries > total * _MOST_A_DAY:
        crowded = sizes.entries / (total * _MOST_A_DAY) if total else math.inf
        raise TooMuchError(math.ceil(sizes.days * crowded * _ROOM) + 1 if total else 0)
    shares = [int(sizes.entries * (part / total)) if total else 0 for part in upto]
    return [after - before for before, after in pairwise([0, *shares])]
