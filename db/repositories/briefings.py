"""The mandatory briefing: one statement per method."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from db.models.briefings import (
    AttemptState,
    BriefingPass,
    BriefingProgress,
    BriefingVersion,
    QuizAttempt,
)
from db.models.people import Assistant, AssistantStatus, Person


class BriefingsRepository:
    """Queries over versions, reading and quiz attempts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def list_versions(self) -> Sequence[BriefingVersion]:
        """Return every version ever published."""
        return (
            await self._session.scalars(
                select(BriefingVersion).order_by(
                    BriefingVersion.published_at, BriefingVersion.version
                )
            )
        ).all()

    async def add_version(self, version: BriefingVersion) -> None:
        """Insert the version."""
        self._session.add(version)
        await self._session.flush()

    async def find_progress(self, person_id: int, version: str) -> BriefingProgress | None:
        """Return how far the person has read the version."""
        return await self._session.get(BriefingProgress, (person_id, version))

    async def add_progress(self, progress: BriefingProgress) -> None:
        """Insert the reading."""
        self._session.add(progress)
        await self._session.flush()

    async def has_read_another(self, person_id: int, version: str) -> bool:
        """Tell whether the person has ever begun any other version."""
        return bool(
            await self._session.scalar(
                select(
                    exists().where(
                        BriefingProgress.person_id == person_id,
                        BriefingProgress.version != version,
                    )
                )
            )
        )

    async def add_attempt(self, attempt: QuizAttempt) -> QuizAttempt:
        """Insert the attempt and return it with its id; the person has none open."""
        self._session.add(attempt)
        await self._session.flush()
        return attempt

    async def find_attempt(self, attempt_id: int) -> QuizAttempt | None:
        """Return the attempt with this id, whoever made it."""
        return await self._session.get(QuizAttempt, attempt_id)

    async def find_open_attempt(self, person_id: int) -> QuizAttempt | None:
        """Return the person's open attempt, at whatever version."""
        return await self._session.scalar(
            select(QuizAttempt).where(
                QuizAttempt.person_id == person_id, QuizAttempt.finished_at.is_(None)
            )
        )

    async def supersede(self, attempt: QuizAttempt, now: datetime) -> None:
        """End an open attempt at a version that is no longer in force."""
        attempt.state, attempt.finished_at = AttemptState.SUPERSEDED, now
        await self._session.flush()  # only then may there be another open one

    async def list_attempts(
        self, person_id: int, version: str, *, after_id: int
    ) -> Sequence[QuizAttempt]:
        """Return the person's attempts at the version made after the given one, oldest first."""
        return (
            await self._session.scalars(
                select(QuizAttempt)
                .where(
                    QuizAttempt.person_id == person_id,
                    QuizAttempt.version == version,
                    QuizAttempt.id > after_id,
                    QuizAttempt.state != AttemptState.SUPERSEDED,
                )
                .order_by(QuizAttempt.id)
            )
        ).all()


class PassesRepository:
    """Queries over ``briefing_passes``: who has signed what, and until when it holds."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, signed: BriefingPass) -> BriefingPass:
        """Insert the pass and return it with its id; its attempt has none yet."""
        self._session.add(signed)
        await self._session.flush()
        return signed

    async def find(self, pass_id: int) -> BriefingPass | None:
        """Return the pass with this id."""
        return await self._session.get(BriefingPass, pass_id)

    async def find_by_attempt(self, attempt_id: int) -> BriefingPass | None:
        """Return the pass signed after this attempt."""
        return await self._session.scalar(
            select(BriefingPass).where(BriefingPass.attempt_id == attempt_id)
        )

    async def find_last(self, person_id: int, version: str) -> BriefingPass | None:
        """Return the person's latest pass of the version, valid or not."""
        return await self._session.scalar(
            select(BriefingPass)
            .where(BriefingPass.person_id == person_id, BriefingPass.version == version)
            .order_by(BriefingPass.id.desc())
            .limit(1)
        )

    async def find_valid(self, person_id: int, version: str, now: datetime) -> BriefingPass | None:
        """Return the person's pass of the version that holds longest, if it holds now."""
        return await self._session.scalar(
            _VALID, {"which": person_id, "version": version, "now": now}
        )

    async def lock_ending(
        self, version: str, before: datetime, limit: int
    ) -> Sequence[BriefingPass]:
        """Return latest passes of the version that end before the moment, their holders not told.

        Locked until the end; those that somebody else holds are left to them.
        """
        return await self._lock_latest(
            limit,
            BriefingPass.version == version,
            BriefingPass.valid_until <= before,
            BriefingPass.notified_at.is_(None),
        )

    async def lock_outdated(self, version: str, limit: int) -> Sequence[BriefingPass]:
        """Return latest passes of versions published before this one, their holders not told.

        Locked until the end; those that somebody else holds are left to them.
        """
        published = (
            select(BriefingVersion.published_at)
            .where(BriefingVersion.version == version)
            .scalar_subquery()
        )
        older = select(BriefingVersion.version).where(BriefingVersion.published_at < published)
        return await self._lock_latest(
            limit,
            BriefingPass.version.in_(older),
            BriefingPass.notified_version.is_distinct_from(version),
        )

    async def _lock_latest(self, limit: int, *which: ColumnElement[bool]) -> Sequence[BriefingPass]:
        later = aliased(BriefingPass)
        return (
            await self._session.scalars(
                select(BriefingPass)
                .join(Assistant, Assistant.person_id == BriefingPass.person_id)
                .where(
                    *which,
                    Assistant.status != AssistantStatus.DISMISSED,
                    ~exists().where(
                        later.person_id == BriefingPass.person_id, later.id > BriefingPass.id
                    ),
                )
                .order_by(BriefingPass.id)
                .limit(limit)
                .with_for_update(skip_locked=True, of=BriefingPass)
            )
        ).all()

    async def list_signed(
        self, districts: Collection[str] | None, since: datetime, until: datetime
    ) -> Sequence[tuple[BriefingPass, Person, Assistant]]:
        """Return what was signed in the interval, oldest first; `districts=None` means all.

        The district is the one the assistant serves in now.
        """
        rows = await self._session.execute(
            select(BriefingPass, Person, Assistant)
            .join(Person, Person.id == BriefingPass.person_id)
            .join(Assistant, Assistant.person_id == BriefingPass.person_id)
            .where(
                true() if districts is None else Assistant.district_code.in_(districts),
                BriefingPass.signed_at >= since,
                BriefingPass.signed_at < until,
            )
            .order_by(BriefingPass.signed_at, BriefingPass.id)
        )
        return [(signed, person, assistant) for signed, person, assistant in rows]

    async def count_signed(
        self, districts: Collection[str] | None, since: datetime, until: datetime
    ) -> int:
        """Count what ``list_signed`` would return."""
        return (
            await self._session.scalar(
                select(func.count())
                .select_from(BriefingPass)
                .join(Assistant, Assistant.person_id == BriefingPass.person_id)
                .where(
                    true() if districts is None else Assistant.district_code.in_(districts),
                    BriefingPass.signed_at >= since,
                    BriefingPass.signed_at < until,
                )
            )
            or 0
        )


_VALID = (
    select(BriefingPass)
    .where(
        BriefingPass.person_id == bindparam("which"),
        BriefingPass.version == bindparam("version"),
        BriefingPass.valid_until > bindparam("now"),
    )
    .order_by(BriefingPass.valid_until.desc(), BriefingPass.id.desc())
    .limit(1)
)
