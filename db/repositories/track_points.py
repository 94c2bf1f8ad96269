"""Points of live locations: one statement per method."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.shifts import Shift, TrackPoint


class TrackPointsRepository:
    """Queries over ``track_points``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, point: TrackPoint) -> None:
        """Insert the point."""
        self._session.add(point)
        await self._session.flush()

    async def find_last(self, shift_id: int) -> TrackPoint | None:
        """Return the shift's latest point."""
        return await self._session.scalar(
            select(TrackPoint)
            .where(TrackPoint.shift_id == shift_id)
            .order_by(TrackPoint.at.desc())
            .limit(1)
        )

    async def forget(self, before: datetime) -> None:
        """Delete the points of shifts that ended before the moment."""
        ended = select(Shift.id).where(Shift.ended_at < before)
        await self._session.execute(delete(TrackPoint).where(TrackPoint.shift_id.in_(ended)))
