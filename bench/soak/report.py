"""The words of a soak's outcome."""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import quantiles
from typing import Final

from bench.soak.logs import faults, hand_overs
from bench.soak.plan import Broadcast, Outcome

_LIMIT_PER_S: Final = 30.0
_SHARE: Final = 0.95
_HAND_OVER_S: Final = 30.0
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
    waits = [each.answered_at - each.at for each in record.asked if each.answered_at is not None]
    yield f"answer time             {_spread(waits)}"
    calm = [
        each.answered_at - each.at
        for each in record.asked
        if each.answered_at is not None
        and not any(began <= each.at <= ended for began, ended in outcome.shaken)
    ]
    yield f"  with the shared parts there  {_spread(calm)}"
    for number, broadcast in enumerate(outcome.broadcasts, 1):
        yield from _broadcast(outcome, number, broadcast)
    yield f"notices lost            {len(verdict.notices_lost)} (0)"
    yield f"notices doubled         {len(verdict.notices_doubled)} (0)"
    yield f"  in flight at a fault  {len(verdict.notices_in_flight)}"
    kills = Counter(name.partition("-")[0] for _, name in outcome.kills)
    yield f"kills                   {_counted(kills)}"
    ended = Counter({f"{kind} with {code}": count for (kind, code), count in outcome.ended.items()})
    yield f"other ends              {_counted(ended)}"
    spans = hand_overs(outcome.leadings, outcome.kills, outcome.shaken)
    longest = max(spans, default=0.0)
    yield f"hand-overs              {len(spans)}, the longest {longest:.1f} s ({_HAND_OVER_S:.0f})"
    yield f"answers of 429          {len(record.refused_at)} in all"
    yield f"errors in the logs      {_counted(faults(outcome.logs))}"
    yield f"settled within          {outcome.settled_s:.0f} s"
    yield from _first(outcome.broken + verdict.wrong)


def good(outcome: Outcome) -> bool:
    """Tell whether nothing was lost, doubled, left unanswered or broken."""
    return not (outcome.verdict.wrong or outcome.broken)


def _broadcast(outcome: Outcome, number: int, broadcast: Broadcast) -> Iterator[str]:
    record = outcome.record
    notices = [
        at
        for each in record.notices.values()
        for at in each
        if broadcast.began <= at <= broadcast.ended
    ]
    first, last = min(notices, default=0.0), max(notices, default=0.0)
    sent = sum(first <= at <= last for at in record.sent_at)
    seconds = max(last - first, 1.0)
    share = sent / seconds / _LIMIT_PER_S
    late = sum(broadcast.began + 1 < at <= broadcast.ended for at in record.refused_at)
    goal = f" ({_SHARE:.0%})" if broadcast.calm else ", its sender killed in the middle"
    yield (
        f"broadcast {number}             {len(notices):,} notices in {seconds:.1f} s"
        f" beside answers: {sent / seconds:.1f} messages/s, {share:.1%} of the limit{goal}"
    )
    yield f"  429 after its first second  {late}{' (0)' if broadcast.calm else ''}"


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
