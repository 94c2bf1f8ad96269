"""Digests, the wishes of those who get them, and what they looked at: one statement per method."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models.briefings import AttemptState, BriefingPass, BriefingProgress, QuizAttempt
from db.models.digests import Digest, DigestKind, DigestMark, DigestSettings
from db.models.districts import District
from db.models.grants import Grant, Role
from db.models.people import Assistant, AssistantStatus, Person
from db.models.shifts import Place, Shift

_QUESTIONABLE = (Place.NONE, Place.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A coordinator of a district, since when, and how they want its digest, if they ever said."""

    person_id: int
    district: str
    since: datetime
    settings: DigestSettings | None


class DigestKey(NamedTuple):
    """What there is one digest of."""

    person_id: int
    district: str
    kind: DigestKind
    day: date


class DigestsRepository:
    """Queries over ``digests``, ``digest_settings`` and ``digest_marks``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_subscribers(self) -> Sequence[Subscriber]:
        """Return every coordinator of every district that is served, each pair once."""
        rows = await self._session.execute(
            select(Grant.person_id, District.code, func.min(Grant.given_at), DigestSettings)
            .join(
                District,
                or_(Grant.district_code == District.code, Grant.district_code.is_(None)),
            )
            .outerjoin(
                DigestSettings,
                and_(
                    DigestSettings.person_id == Grant.person_id,
                    DigestSettings.district_code == District.code,
                ),
            )
            .where(
                Grant.role == Role.COORDINATOR,
                Grant.revoked_at.is_(None),
                District.retired_at.is_(None),
            )
            .group_by(
                Grant.person_id,
                District.code,
                DigestSettings.person_id,
                DigestSettings.district_code,
            )
            .order_by(Grant.person_id, District.code)
        )
        return [Subscriber(*row) for row in rows]

    async def list_made(self, days: Collection[date]) -> Sequence[DigestKey]:
        """Return the keys of the digests of these days that came by themselves."""
        rows = await self._session.execute(
            select(Digest.person_id, Digest.district_code, Digest.kind, Digest.local_date).where(
                Digest.local_date.in_(days), Digest.kind != DigestKind.OPENED
            )
        )
        return [DigestKey._make(row) for row in rows]

    async def add_all(self, digests: Sequence[Digest]) -> None:
        """Insert the digests, which have ids then."""
        self._session.add_all(digests)
        await self._session.flush()

    async def find(self, digest_id: int) -> Digest | None:
        """Return the digest."""
        return await self._session.get(Digest, digest_id)

    async def find_opened(self, person_id: int, district: str, day: date) -> Digest | None:
        """Return the digest of the day that the person opened by themselves."""
        return await self._session.scalar(
            select(Digest).where(
                Digest.person_id == person_id,
                Digest.district_code == district,
                Digest.kind == DigestKind.OPENED,
                Digest.local_date == day,
            )
        )

    async def lock(self, digest_id: int) -> Digest | None:
        """Return the digest, locked until the transaction ends."""
        return await self._session.scalar(
            select(Digest).where(Digest.id == digest_id).with_for_update()
        )

    async def find_settings(self, person_id: int, district: str) -> DigestSettings | None:
        """Return what the coordinator said of the digest of the district."""
        return await self._session.get(DigestSettings, (person_id, district))

    async def keep_settings(self, settings: DigestSettings) -> None:
        """Insert what the coordinator said, or put it in place of what they said before."""
        await self._session.merge(settings)
        await self._session.flush()

    async def list_questionable(
        self, district: str, first: date, last: date
    ) -> Sequence[tuple[Shift, Person]]:
        """Return the days' shifts begun outside, or with no place, that nobody looked at."""
        rows = await self._session.execute(
            select(Shift, Person)
            .join(Person, Person.id == Shift.person_id)
            .where(
                Shift.local_date.between(first, last),
                Shift.district_code == district,
                Shift.start_place.in_(_QUESTIONABLE),
                ~exists().where(DigestMark.shift_id == Shift.id),
            )
            .order_by(Shift.started_at, Shift.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def list_slow_trainees(
        self, district: str, since: datetime, reminded: datetime
    ) -> Sequence[tuple[Assistant, Person]]:
        """Return who has been a trainee since before ``since``, not reminded since ``reminded``."""
        rows = await self._session.execute(
            select(Assistant, Person)
            .join(Person, Person.id == Assistant.person_id)
            .where(
                Assistant.district_code == district,
                Assistant.status == AssistantStatus.TRAINEE,
                Assistant.status_at <= since,
                _not_reminded(reminded),
            )
            .order_by(Assistant.status_at, Assistant.person_id)
        )
        return [(row[0], row[1]) for row in rows]

    async def list_stuck(
        self, district: str, version: str, tries: int, *, failed_since: datetime
    ) -> Sequence[tuple[QuizAttempt, Person]]:
        """Return the last attempts of who failed all tries after the moment, longest ago first.

        A pause that a coordinator has ended is none. The same rule as ``Course.paused_until``,
        asked of a whole district.
        """
        other, passed = aliased(QuizAttempt), aliased(BriefingPass)
        of_this = (other.person_id == QuizAttempt.person_id, other.version == version)
        after = (
            select(func.coalesce(func.max(passed.attempt_id), 0))
            .where(passed.person_id == QuizAttempt.person_id, passed.version == version)
            .correlate(QuizAttempt)
            .scalar_subquery()
        )
        failures = (
            select(func.count())
            .where(*of_this, other.state == AttemptState.FAILED, other.id > after)
            .correlate(QuizAttempt)
            .scalar_subquery()
        )
        rows = await self._session.execute(
            select(QuizAttempt, Person)
            .join(Person, Person.id == QuizAttempt.person_id)
            .join(Assistant, Assistant.person_id == QuizAttempt.person_id)
            .where(
                Assistant.district_code == district,
                Assistant.status != AssistantStatus.DISMISSED,
                QuizAttempt.version == version,
                QuizAttempt.state == AttemptState.FAILED,
                QuizAttempt.finished_at > failed_since,
                ~exists().where(
                    *of_this,
                    other.id > QuizAttempt.id,
                    other.state != AttemptState.SUPERSEDED,
                ),
                ~exists().where(BriefingProgress.lifted_attempt_id == QuizAttempt.id),
                failures % tries == 0,
            )
            .order_by(QuizAttempt.finished_at, QuizAttempt.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def list_expiring(
        self, district: str, until: datetime, reminded: datetime
    ) -> Sequence[tuple[BriefingPass, Person]]:
        """Return the passes of active assistants that end before ``until``, soonest first.

        Those whose holder was reminded after ``reminded`` are left out.
        """
        later = aliased(BriefingPass)
        rows = await self._session.execute(
            select(BriefingPass, Person)
            .join(Person, Person.id == BriefingPass.person_id)
            .join(Assistant, Assistant.person_id == BriefingPass.person_id)
            .where(
                Assistant.district_code == district,
                Assistant.status == AssistantStatus.ACTIVE,
                BriefingPass.valid_until <= until,
                ~exists().where(
                    later.person_id == BriefingPass.person_id, later.id > BriefingPass.id
                ),
                _not_reminded(reminded),
            )
            .order_by(BriefingPass.valid_until, BriefingPass.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def is_looked_at(self, shift_id: int) -> bool:
        """Tell whether the place of the shift was looked at."""
        found = await self._session.scalar(
            select(DigestMark.id).where(DigestMark.shift_id == shift_id)
        )
        return found is not None

    async def is_reminded(self, person_id: int, since: datetime) -> bool:
        """Tell whether the person was reminded after the moment."""
        found = await self._session.scalar(
            select(DigestMark.id)
            .where(
                DigestMark.person_id == person_id,
                DigestMark.shift_id.is_(None),
                DigestMark.made_at > since,
            )
            .limit(1)
        )
        return found is not None

    async def add_mark(self, mark: DigestMark) -> None:
        """Insert the mark."""
        self._session.add(mark)
        await self._session.flush()


def _not_reminded(since: datetime) -> ColumnElement[bool]:
    return ~exists().where(
        DigestMark.person_id == Person.id,
        DigestMark.shift_id.is_(None),
        DigestMark.made_at > since,
    )
