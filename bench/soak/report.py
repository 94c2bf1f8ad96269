"""The words of a soak's outcome."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import quantiles
from typing import Final

from bench.soak.figures import (
    HAND_OVER_S,
    SHARE,
    asked_in_restarts,
    hand_overs_of,
    missed,
    pace_of,
)
from bench.soak.logs import faults
from bench.soak.plan import Broadcast, Outcome
from bench.soak.record import Asked

_SHOWN: Final = 5


def told(outcome: Outcome) -> Iterator[str]:
    """Return the report, line by line."""
    record, verdict = outcome.record, outcome.verdict
    acts = Counter(str(act.kind) for act in record.acts)
    yield f"updates sent            {len(record.asked):,}"
    yield f"acts asked              {len(record.acts):,} ({_counted(acts)})"
    yield f"  refused               {verdict.refused}"
    yield f"  asked back, left so   {verdict.asked_back}"
    yield f"effects lost            {len(verdict.lost)} (0)"
    yield f"effects doubled         {len(verdict.doubled)} (0)"
    yield f"refused, yet done       {len(verdict.untrue)} (0)"
    yield f"answers missing         {len(verdict.unanswered)} (0)"
    yield f"rules broken            {len(outcome.broken)} (0)"
    yield f"updates laid aside      {outcome.laid_aside} (0)"
    yield f"answer time             {_spread(_waits(record.asked))}"
    calm = (
        each
        for each in record.asked
        if not any(began <= each.at <= ended for began, ended in outcome.shaken)
    )
    yield f"  with the shared parts there  {_spread(_waits(calm))}"
    for number, broadcast in enumerate(outcome.broadcasts, 1):
        yield from _broadcast(outcome, number, broadcast)
    yield f"notices lost            {len(verdict.notices_lost)} (0)"
    yield f"notices doubled         {len(verdict.notices_doubled)} (0)"
    yield f"  in flight at a fault  {len(verdict.notices_in_flight)}"
    kills = Counter(name.partition("-")[0] for _, name in outcome.kills)
    yield f"kills                   {_counted(kills)}"
    ended = Counter({f"{kind} with {code}": count for (kind, code), count in outcome.ended.items()})
    yield f"other ends              {_counted(ended)}"
    yield from _restarts(outcome)
    spans = hand_overs_of(outcome)
    longest = max(spans, default=0.0)
    yield f"hand-overs              {len(spans)}, the longest {longest:.1f} s ({HAND_OVER_S:.0f})"
    yield f"answers of 429          {len(record.refused_at)} in all"
    yield f"errors in the logs      {_counted(faults(outcome.logs))}"
    yield f"settled within          {outcome.settled_s:.0f} s"
    yield from _first([*_wrong(outcome), *missed(outcome)])


def good(outcome: Outcome, *, timed: bool = True) -> bool:
    """Tell whether nothing was lost, doubled, left unanswered or broken.

    Args:
        timed: whether the goals of time are to be reached as well, which takes a machine
            without other work, and more than a few seconds.
    """
    return not (_wrong(outcome) or (timed and any(missed(outcome))))


def _wrong(outcome: Outcome) -> list[str]:
    ends = [
        f"{each.name} ended with {each.code} when it was told to"
        for each in outcome.restarts
        if each.code
    ]
    return outcome.broken + outcome.verdict.wrong + ends


def _broadcast(outcome: Outcome, number: int, broadcast: Broadcast) -> Iterator[str]:
    pace = pace_of(outcome.record, broadcast)
    goal = f" ({SHARE:.0%})" if broadcast.calm else ", its sender killed in the middle"
    yield (
        f"broadcast {number}             {pace.notices:,} notices in {pace.seconds:.1f} s"
        f" beside answers: {pace.per_s:.1f} messages/s, {pace.share:.1%} of the limit{goal}"
    )
    yield f"  429 after its first second  {pace.late}{' (0)' if broadcast.calm else ''}"


def _restarts(outcome: Outcome) -> Iterator[str]:
    asked = asked_in_restarts(outcome)
    silent = sum(each.answered_at is None for each in asked)
    codes = Counter(f"with {each.code}" for each in outcome.restarts)
    longest = max((each.ended - each.began for each in outcome.restarts), default=0.0)
    yield (
        f"rolling restart         {len(outcome.restarts)} web processes, {len(asked):,} updates"
        f" meanwhile, {silent} of them unanswered (0)"
    )
    yield f"  answer time           {_spread(_waits(asked))}"
    yield f"  ended                 {_counted(codes)}, within {longest:.1f} s"


def _waits(asked: Iterable[Asked]) -> list[float]:
    return [each.answered_at - each.at for each in asked if each.answered_at is not None]


def _spread(waits: Sequence[float]) -> str:
    if len(waits) < 2:  # noqa: PLR2004 - quantiles need two
        return "too few"
    cuts = quantiles(waits, n=100)
    p50, p95, p99 = (cuts[each] for each in (49, 94, 98))
    return f"p50 {p50:.2f} s, p95 {p95:.2f} s, p99 {p99:.2f} s, longest {max(waits):.1f} s"


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counter.items())) or "none"


def _first(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  ! {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  ! and {len(lines) - _SHOWN} more"
