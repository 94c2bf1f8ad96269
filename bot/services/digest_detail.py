"""The figures of a week or a month in detail: day by day, and assistant by assistant."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from bot.services.digest_days import Span
from bot.services.shift_times import split_at_midnight
from db.database import UnitOfWork
from db.repositories.figures import WorkedShift

_MILLISECOND = timedelta(milliseconds=1)


@dataclass(slots=True)
class Tally:
    """What adds up to one line; ``kinds`` hold entries and people reached by code of the pack."""

    shifts: int = 0
    worked_ms: int = 0
    kinds: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def worked(self) -> timedelta:
        """The credited time."""
        return timedelta(milliseconds=self.worked_ms)

    @property
    def entries(self) -> int:
        """The results of all kinds."""
        return sum(entries for entries, _ in self.kinds.values())

    @property
    def people(self) -> int:
        """The people reached by results of all kinds."""
        return sum(people for _, people in self.kinds.values())

    def entries_of(self, kind: str) -> int:
        """Return the results of a kind."""
        return self.kinds.get(kind, (0, 0))[0]

    def add_shifts(self, shifts: int, worked_ms: int) -> None:
        """Add shifts and their credited time."""
        self.shifts += shifts
        self.worked_ms += worked_ms

    def add_results(self, kind: str, entries: int, people: int) -> None:
        """Add results of a kind."""
        had = self.kinds.get(kind, (0, 0))
        self.kinds[kind] = (had[0] + entries, had[1] + people)

    def __add__(self, other: "Tally") -> "Tally":
        both = Tally(self.shifts + other.shifts, self.worked_ms + other.worked_ms, {**self.kinds})
        for kind, counts in other.kinds.items():
            both.add_results(kind, *counts)
        return both

    def to_json(self) -> list[Any]:
        """Return the tally as it is kept."""
        return [self.shifts, self.worked_ms, self.kinds]

    @classmethod
    def of_json(cls, shifts: int, worked_ms: int, kinds: Mapping[str, Sequence[int]]) -> Self:
        """Return a tally as it was kept."""
        return cls(shifts, worked_ms, {kind: (each[0], each[1]) for kind, each in kinds.items()})


@dataclass(frozen=True, slots=True)
class Detail:
    """Both add up to the figures: every day of the span, and who had anything in it.

    ``assistants`` go by service number. What several people saw is counted where it was seen first.
    """

    days: Sequence[tuple[date, Tally]]
    assistants: Sequence[tuple[str, Tally]]

    @classmethod
    def of_json(cls, kept: Mapping[str, Any], span: Span) -> Self:
        """Return the detail as it is kept beside the figures; days without anything are empty."""
        days = {
            date.fromisoformat(day): Tally.of_json(*each) for day, *each in kept.get("days", ())
        }
        return cls(
            [(day, days.get(day, Tally())) for day in span.days],
            [(number, Tally.of_json(*each)) for number, *each in kept.get("assistants", ())],
        )


async def read_detail(uow: UnitOfWork, span: Span, district: str, zone: ZoneInfo) -> dict[str, Any]:
    """Return the detail of the span as it is kept: numbers, codes and service numbers only."""
    days: dict[date, Tally] = defaultdict(Tally)
    assistants: dict[str, Tally] = defaultdict(Tally)
    for shift in await uow.figures.shifts_in_detail(span.days, district):
        for day, shifts, worked_ms in _by_day(shift, zone):
            if span.first <= day <= span.last:
                for tally in (days[day], assistants[shift.service_number]):
                    tally.add_shifts(shifts, worked_ms)
    for results in await uow.figures.results_in_detail(span.days, district):
        for tally in (days[results.day], assistants[results.service_number]):
            tally.add_results(results.kind, results.entries, results.people)
    return {
        "days": [[day.isoformat(), *tally.to_json()] for day, tally in sorted(days.items())],
        "assistants": [[number, *tally.to_json()] for number, tally in sorted(assistants.items())],
    }


def _by_day(shift: WorkedShift, zone: ZoneInfo) -> Iterator[tuple[date, int, int]]:
    """Give the shift itself on the day it began, and its milliseconds on each they lie in."""
    yield shift.day, 1, 0
    if shift.ended_at is not None:
        for day, length in split_at_midnight(shift.started_at, shift.ended_at, zone):
            yield day, 0, round(length / _MILLISECOND)
