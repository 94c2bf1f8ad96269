"""Runs of jobs, and times when nobody was heard."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from db.errors import DuplicateError
from db.models.operation import Absence, JobRun


class JobRunsRepository:
    """Finds and adds runs."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, job: str, slot: str) -> JobRun | None:
        """Return the run, locked until the end; ``None`` where nobody has begun it."""
        return await self._session.get(JobRun, (job, slot), with_for_update=True)

    async def add(self, run: JobRun) -> None:
        """Add a run.

        Raises:
            DuplicateError: another process has begun it meanwhile.
        """
        self._session.add(run)
        try:
            await self._session.flush()
        except IntegrityError as error:
            raise DuplicateError from error


class AbsencesRepository:
    """Adds and lists absences."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, absence: Absence) -> Absence:
        """Add an absence and give it its number."""
        self._session.add(absence)
        await self._session.flush()
        return absence

    async def find(self, absence_id: int) -> Absence | None:
        """Return the absence."""
        return await self._session.get(Absence, absence_id)

    async def list_between(self, since: datetime, until: datetime) -> Sequence[Absence]:
        """Return those that share time with the span, the oldest first."""
        return (
            await self._session.scalars(
                select(Absence)
                .where(Absence.began_at < until, Absence.ended_at > since)
                .order_by(Absence.began_at)
            )
        ).all()
