"""The journal of briefings: who signed which version when, with what score."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.services.clock import Clock
from bot.services.rights import Right, require_reach
from db.database import Database
from db.models.briefings import BriefingPass
from db.models.people import Assistant, Person


class Period(StrEnum):
    """Which part of the journal."""

    THIS_MONTH = "month"
    LAST_MONTH = "last"
    YEAR = "year"
    LAST_YEAR = "lastyear"

    def days(self, today: date) -> tuple[date, date]:
        """Return the first and the last day, for the day it is in the region."""
        this_month = today.replace(day=1)
        if self is Period.LAST_MONTH:
            last = this_month - timedelta(days=1)
            return last.replace(day=1), last
        this_year = this_month.replace(month=1)
        if self is Period.LAST_YEAR:
            return this_year.replace(year=today.year - 1), this_year - timedelta(days=1)
        return (this_month if self is Period.THIS_MONTH else this_year), today


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A briefing passed and signed.

    ``district`` is a code, moments are UTC; ``undertaking_sha256`` tells which text was signed.
    """

    full_name: str
    service_number: str
    district: str
    version: str
    score: int
    asked: int
    signed_at: datetime
    valid_until: datetime
    language: str
    undertaking_sha256: str


@dataclass(frozen=True, slots=True)
class Journal:
    """A part of the journal as of ``made_at``; ``first`` and ``last`` are days in the region.

    ``districts`` are the codes within reach, or ``None`` for the whole region.
    """

    made_at: datetime
    first: date
    last: date
    districts: frozenset[str] | None
    lines: Sequence[JournalLine]


class BriefingJournalService:
    """The journal as coordinators and admins read it.

    Args:
        zone: the region's, whose days count.
    """

    def __init__(self, db: Database, clock: Clock, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def counts(self, actor_id: int) -> dict[Period, int]:
        """Return how many lines each part has within the actor's reach.

        Raises:
            AccessDeniedError: the actor sees assistants nowhere.
        """
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_ASSISTANTS)
            today = self._clock().astimezone(self._zone).date()
            return {
                period: await uow.passes.count_signed(
                    reach.codes, *self._moments(*period.days(today))
                )
                for period in Period
            }

    async def read(self, actor_id: int, period: Period) -> Journal:
        """Return a part of the journal for the assistants now within the actor's reach.

        Raises:
            AccessDeniedError: the actor sees assistants nowhere.
        """
        now = self._clock()
        first, last = period.days(now.astimezone(self._zone).date())
        async with self._db.reading() as uow:
            reach = await require_reach(uow, actor_id, Right.SEE_ASSISTANTS)
            rows = await uow.passes.list_signed(reach.codes, *self._moments(first, last))
            return Journal(now, first, last, reach.codes, [_line(*row) for row in rows])

    def _moments(self, first: date, last: date) -> tuple[datetime, datetime]:
        """Return from when (inclusive) until when (exclusive) the days go."""
        after = last + timedelta(days=1)
        return (
            datetime.combine(first, time(), self._zone),
            datetime.combine(after, time(), self._zone),
        )


def _line(signed: BriefingPass, person: Person, assistant: Assistant) -> JournalLine:
    return JournalLine(
        full_name=person.full_name or "",
        service_number=assistant.service_number,
        district=assistant.district_code,
        version=signed.version,
        score=signed.score,
        asked=signed.questions_count,
        signed_at=signed.signed_at,
        valid_until=signed.valid_until,
        language=signed.language,
        undertaking_sha256=signed.undertaking_sha256,
    )
