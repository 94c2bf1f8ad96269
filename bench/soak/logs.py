"""What the bot's processes wrote down: who kept the timetable, and what went wrong."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_TAKEN = '"timetable_leads"'


@dataclass(frozen=True, slots=True, order=True)
class Leading:
    """A process began to keep the timetable, at a moment of Unix time."""

    at: float
    name: str


def leadings(logs: Iterable[Path]) -> list[Leading]:
    """Return who took the timetable when, in order of time."""
    return sorted(
        Leading(datetime.fromisoformat(record["at"]).timestamp(), log.stem)
        for log in logs
        for record in _records(log, _TAKEN)
    )


def hand_overs(
    took: Sequence[Leading],
    kills: Sequence[tuple[float, str]],
    shaken: Sequence[tuple[float, float]],
) -> list[float]:
    """Return how many seconds nobody kept the timetable after each kill of who did.

    Those are left out in which the database was away: without it nobody can.
    """
    spans = []
    for at, name in kills:
        before = [each for each in took if each.at < at]
        after = [each for each in took if each.at >= at]
        if not (before and after) or before[-1].name != name:
            continue
        if not any(began <= after[0].at and at <= ended for began, ended in shaken):
            spans.append(after[0].at - at)
    return spans


def faults(logs: Iterable[Path]) -> Counter[str]:
    """Count the errors in the logs by what they are called."""
    return Counter(
        str(record["event"]).partition(" (trigger")[0]
        for log in logs
        for level in ("error", "critical")
        for record in _records(log, f'"level": "{level}"')
    )


def _records(log: Path, mark: str) -> Iterator[dict[str, Any]]:
    if not log.exists():
        return
    with log.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            # A process that was killed may have left half a line.
            if mark in line and line.endswith("}\n"):
                yield json.loads(line)
