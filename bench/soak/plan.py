"""What a soak is to do, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.soak.logs import Leading
from bench.soak.record import Record
from bench.soak.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Plan:
    """How long, how many, how hard; addresses of an empty database and of a Redis to be emptied.

    Attributes:
        per_s: updates a second, all people together.
        killed: which kinds of process are killed.
        folder: keeps the logs.
    """

    seconds: float
    people: int
    per_s: float
    schedulers: int
    killed: frozenset[str]
    kill_every_s: float
    outage_s: float
    storm_s: float
    seed: int
    folder: Path
    database_url: str
    redis_url: str


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A notice to everybody: when it began and ended, and whether processes were killed."""

    began: float
    ended: float
    calm: bool


@dataclass(frozen=True, slots=True)
class Restart:
    """A web process told to end (SIGTERM) and started again; moments are Unix time.

    Attributes:
        code: what it ended with.
        ended: when it had; it serves again from ``served`` on.
    """

    name: str
    code: int
    began: float
    ended: float
    served: float


@dataclass(slots=True)
class Outcome:
    """What came of a soak."""

    record: Record = field(default_factory=Record)
    verdict: Verdict = field(default_factory=Verdict)
    broken: list[str] = field(default_factory=list)
    laid_aside: int = 0
    kills: list[tuple[float, str]] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    ended: Counter[tuple[str, int]] = field(default_factory=Counter)
    leadings: list[Leading] = field(default_factory=list)
    broadcasts: list[Broadcast] = field(default_factory=list)
    shaken: list[tuple[float, float]] = field(default_factory=list)
    logs: list[Path] = field(default_factory=list)
    settled_s: float = 0.0
