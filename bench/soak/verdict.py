"""What was asked against what is there: lost, doubled, unanswered, told wrongly."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa

from bench.soak.record import Act, Kind, Record
from db.database import Database
from db.models import Activity, Person, Shift

# A fault so many seconds after the first of two notices was met in the middle of its sending.
_IN_FLIGHT_S = 5.0

Fact = tuple[Kind, int | None, int | str]


@dataclass(slots=True)
class Verdict:
    """What went wrong, a line each.

    Attributes:
        refused: how many acts were refused, and left nothing.
        asked_back: how many left nothing because a question about them was not answered.
        lost: acts that were not refused and left nothing.
        doubled: acts that happened twice, and facts that nobody asked for.
        untrue: acts that were refused and happened all the same.
        unanswered: updates whose senders were told nothing.
        notices_lost: people without a notice that was sent to them.
        notices_doubled: notices that came twice without a fault in the middle of their sending.
        notices_in_flight: those that came twice because of one.
    """

    refused: int = 0
    asked_back: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    notices_lost: list[str] = field(default_factory=list)
    notices_doubled: list[str] = field(default_factory=list)
    notices_in_flight: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that must not be."""
        told = self.untrue + self.unanswered + self.notices_lost + self.notices_doubled
        return self.lost + self.doubled + told


async def facts_of(database: Database) -> Counter[Fact]:
    """Return what is there: shifts by the moments of their messages, results by their keys."""
    facts: Counter[Fact] = Counter()
    shifts = sa.select(Person.telegram_id, Shift.started_at, Shift.ended_at).join(
        Person, Person.id == Shift.person_id
    )
    results = sa.select(Person.telegram_id, Activity.once_key).join(
        Person, Person.id == Activity.person_id
    )
    async with database.reading() as uow:
        for person, started_at, ended_at in await uow.session.execute(shifts):
            facts[Kind.START, person, _second(started_at)] += 1
            if ended_at is not None:
                facts[Kind.END, person, _second(ended_at)] += 1
        for person, key in await uow.session.execute(results):
            facts[Kind.RESULT, person, key] += 1
    return facts


def _second(moment: datetime) -> int:
    return int(moment.timestamp())


def judge(record: Record, facts: Counter[Fact]) -> Verdict:
    """Compare; the facts that acts account for are taken out of ``facts``."""
    verdict = Verdict()
    for act in record.acts:
        keys: set[Fact] = (
            {(act.kind, act.person, act.key)}
            if act.key
            else {(act.kind, act.person, date) for date in act.dates}
        )
        found = sum(facts.pop(key, 0) for key in keys)
        if found == 0 and act.refused:
            verdict.refused += 1
        elif found == 0 and act.asked_back:
            verdict.asked_back += 1
        elif found == 0:
            verdict.lost.append(_told(act))
        elif found > 1:
            verdict.doubled.append(_told(act))
        elif found == 1 and act.refused and act.updates == 1:
            verdict.untrue.append(_told(act))
    verdict.doubled += [f"nobody asked for {fact}" for fact in facts]
    verdict.unanswered = [f"{each.person}: update {each.update_id}" for each in record.unanswered]
    return verdict


def _told(act: Act) -> str:
    what = act.key or sorted(act.dates)
    return f"{act.person}: {act.kind} {what}, {act.updates} updates since {act.asked_at:.0f}"


def judge_notices(
    verdict: Verdict,
    record: Record,
    rounds: Sequence[tuple[float, Collection[int]]],
    faults_at: Sequence[float],
) -> None:
    """Count the notices everybody got.

    Args:
        rounds: when each broadcast began, and to whom; in order.
        faults_at: when senders died or lost their database.
    """
    for place, (since, people) in enumerate(rounds):
        until = rounds[place + 1][0] if place + 1 < len(rounds) else float("inf")
        for person in people:
            got = [at for at in record.notices[person] if since <= at < until]
            if not got:
                verdict.notices_lost.append(f"{person}: no notice of broadcast {place + 1}")
            for first, second in pairwise(got):
                broken = any(
                    first - 1 <= at <= min(second, first + _IN_FLIGHT_S) for at in faults_at
                )
                line = f"{person}: a notice of broadcast {place + 1} twice"
                (verdict.notices_in_flight if broken else verdict.notices_doubled).append(line)
