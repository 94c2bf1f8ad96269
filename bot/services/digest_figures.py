"""The figures of a district over some days, beside those of the days before them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.services.digest_days import Span
from db.database import UnitOfWork


@dataclass(frozen=True, slots=True)
class Compared:
    """A count of the days told of together, and of the days before them together."""

    count: int = 0
    before: int = 0

    def __add__(self, other: "Compared") -> "Compared":
        return Compared(self.count + other.count, self.before + other.before)


@dataclass(frozen=True, slots=True)
class Result:
    """Entries of one kind and category; both are codes of the content pack."""

    kind: str
    category: str | None
    entries: Compared
    people: Compared


@dataclass(frozen=True, slots=True)
class Figures:
    """What was done in a district; ``worked_ms`` is credited time in milliseconds."""

    shifts: Compared = Compared()
    worked_ms: Compared = Compared()
    results: tuple[Result, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the days told of had no shift and no result."""
        return not self.shifts.count and not any(each.entries.count for each in self.results)

    @property
    def nothing_before(self) -> bool:
        """Whether the days before had none either."""
        return not self.shifts.before and not any(each.entries.before for each in self.results)

    @property
    def worked(self) -> timedelta:
        """The time credited to the shifts of the days told of."""
        return timedelta(milliseconds=self.worked_ms.count)

    @property
    def worked_before(self) -> timedelta:
        """The time credited to the shifts of the days before."""
        return timedelta(milliseconds=self.worked_ms.before)

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
    def kinds(self) -> list[str]:
        """The kinds of results there are, in one order."""
        return sorted({each.kind for each in self.results})

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Figures":
        """Return the figures as they are kept; of an empty object, days without anything."""
        return cls(
            Compared(*kept.get("shifts", ())),
            Compared(*kept.get("worked_ms", ())),
            tuple(
                Result(kind, category, Compared(count, before), Compared(people, people_before))
                for kind, category, count, before, people, people_before in kept.get("results", ())
            ),
        )


async def read_kept(
    uow: UnitOfWork, span: Span, districts: Collection[str] | None
) -> dict[str, dict[str, Any]]:
    """Return the figures of the span by district, as they are kept: numbers and codes only.

    Two statements, whatever the number of districts; ``None`` means all. A district with nothing
    on the days told of and on those before them is not there.
    """
    days = span.since, span.first, span.last
    kept: dict[str, dict[str, Any]] = defaultdict(lambda: {"results": []})
    for shifts in await uow.figures.shifts(*days, districts):
        kept[shifts.district].update(shifts=shifts[1:3], worked_ms=shifts[3:])
    # Thousands of rows on one evening: they are moved, not taken apart.
    for result in await uow.figures.results(*days, districts):
        kept[result[0]]["results"].append(result[1:])
    return kept
