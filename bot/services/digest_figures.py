"""The figures of a district over some days, beside those of the days before them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.services.digest_days import DAY, Span
from bot.services.shift_times import midnight
from db.database import UnitOfWork
from db.repositories.figures import Stretch


@dataclass(frozen=True, slots=True)
class Compared:
    """A count of the days told of together, and of the days before them together.

    ``eve`` is of the whole last day before, beside a day only.
    """

    count: int = 0
    before: int = 0
    eve: int = 0

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(self.count + other.count, self.before + other.before, self.eve + other.eve)


@dataclass(frozen=True, slots=True)
class Result:
    """Entries of one kind and category; both are codes of the content pack."""

    kind: str
    category: str | None
    entries: Compared
    people: Compared


@dataclass(frozen=True, slots=True)
class Figures:
    """What was done in a district; ``worked_ms`` is worked time in milliseconds.

    Of a day, the time of shifts that went on when they were read counts too. ``knows_eve`` is
    whether the eve was read with them.
    """

    shifts: Compared = Compared()
    worked_ms: Compared = Compared()
    results: tuple[Result, ...] = ()
    knows_eve: bool = True

    @property
    def nothing(self) -> bool:
        """Whether the days told of had no shift, no time of one and no result."""
        return not any(each.count for each in self._counts)

    @property
    def nothing_before(self) -> bool:
        """Whether the days before had none either."""
        return not any(each.before for each in self._counts)

    @property
    def nothing_on_the_eve(self) -> bool:
        """Whether the last day before had none."""
        return not any(each.eve for each in self._counts)

    @property
    def worked(self) -> timedelta:
        """The time worked on the days told of."""
        return timedelta(milliseconds=self.worked_ms.count)

    @property
    def worked_before(self) -> timedelta:
        """The time worked on the days before."""
        return timedelta(milliseconds=self.worked_ms.before)

    @property
    def worked_eve(self) -> timedelta:
        """The time worked on the whole last day before."""
        return timedelta(milliseconds=self.worked_ms.eve)

    def entries(self, kind: str) -> Compared:
        """Return the entries of a kind."""
        return sum((each.entries for each in self.results if each.kind == kind), Compared())

    def people(self, kind: str) -> Compared:
        """Return the people reached by a kind."""
        return sum((each.people for each in self.results if each.kind == kind), Compared())

    def categories(self, kind: str) -> dict[str, Compared]:
        """Return the entries of a kind by category; those without one are left out."""
        return {
            each.category: each.entries
            for each in self.results
            if each.kind == kind and each.category is not None
        }

    @property
    def _counts(self) -> list[Compared]:
        return [self.shifts, self.worked_ms, *(each.entries for each in self.results)]

    @property
    def kinds(self) -> list[str]:
        """The kinds of results there are, in one order."""
        return sorted({each.kind for each in self.results})

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Figures":
        """Return the figures as they are kept; of an empty object, days without anything."""
        # Kept apart: a release that knows no eve reads the rest.
        eve = kept.get("eve", {})
        on_eve = {(kind, category): counts for kind, category, *counts in eve.get("results", ())}
        results = []
        for kind, category, count, before, people, people_before in kept.get("results", ()):
            entries_eve, people_eve = on_eve.get((kind, category), (0, 0))
            entries = Compared(count, before, entries_eve)
            reached = Compared(people, people_before, people_eve)
            results.append(Result(kind, category, entries, reached))
        shifts, shifts_before = kept.get("shifts", (0, 0))
        worked_ms, worked_ms_before = kept.get("worked_ms", (0, 0))
        return cls(
            Compared(shifts, shifts_before, eve.get("shifts", 0)),
            Compared(worked_ms, worked_ms_before, eve.get("worked_ms", 0)),
            tuple(results),
            knows_eve=not kept or "eve" in kept,
        )


async def read_kept(
    uow: UnitOfWork,
    span: Span,
    districts: Collection[str] | None,
    *,
    zone: ZoneInfo,
    now: datetime,
    longest: timedelta,
) -> dict[str, dict[str, Any]]:
    """Return the figures of the span by district, as they are kept: numbers and codes only.

    Two statements, whatever the number of districts; ``None`` means all. A district with nothing
    on the days told of and on those before them is not there. Of a single day, the eve stands
    apart, and shifts that go on count up to ``now``. One that has gone on for ``longest`` is about
    to be closed as unconfirmed, and counts for nothing until somebody says when it ended.
    """
    spans = [(span.first, span.last), (span.since, span.first - DAY)]
    if span.is_day:
        spans.append((span.first - DAY, span.first - DAY))
    stretches = [stretch(*each, zone) for each in spans]
    kept: dict[str, dict[str, Any]] = defaultdict(lambda: _nothing(span))
    going_on = (now - longest, now) if span.is_day else None
    for shifts in await uow.figures.shifts(stretches, districts, going_on):
        of = kept[shifts.district]
        of.update(shifts=shifts.shifts[:2], worked_ms=shifts.worked_ms[:2])
        if span.is_day:
            of["eve"].update(shifts=shifts.shifts[2], worked_ms=shifts.worked_ms[2])
    for district, kind, category, entries, people in await uow.figures.results(
        stretches, districts
    ):
        of = kept[district]
        of["results"].append([kind, category, *entries[:2], *people[:2]])
        if span.is_day and entries[2]:
            of["eve"]["results"].append([kind, category, entries[2], people[2]])
    return kept


def stretch(first: date, last: date, zone: ZoneInfo) -> Stretch:
    """Return the local days from the first to the last with the moments they begin and end at."""
    return Stretch(first, last, midnight(first, zone), midnight(last + DAY, zone))


def _nothing(span: Span) -> dict[str, Any]:
    return {"results": [], **({"eve": {"results": []}} if span.is_day else {})}
