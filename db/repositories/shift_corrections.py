"""Corrections of shifts: one statement per method."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.shifts import CorrectionState, ShiftCorrection


class ShiftCorrectionsRepository:
    """Queries over ``shift_corrections``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, correction: ShiftCorrection) -> ShiftCorrection:
        """Insert the correction and return it with its id."""
        self._session.add(correction)
        await self._session.flush()
        return correction

    async def find(self, correction_id: int) -> ShiftCorrection | None:
        """Return the correction."""
        return await self._session.get(ShiftCorrection, correction_id)

    async def lock(self, correction_id: int) -> ShiftCorrection | None:
        """Return the correction, locked until the transaction ends."""
        return await self._session.scalar(
            select(ShiftCorrection)
            .where(ShiftCorrection.id == correction_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def find_pending(self, shift_id: int) -> ShiftCorrection | None:
        """Return the request about the shift that waits for a decision."""
        return await self._session.scalar(
            select(ShiftCorrection).where(
                ShiftCorrection.shift_id == shift_id,
                ShiftCorrection.state == CorrectionState.PENDING,
            )
        )

    async def list_of_shift(self, shift_id: int) -> Sequence[ShiftCorrection]:
        """Return everything that was asked and decided about the shift, oldest first."""
        return (
            await self._session.scalars(
                select(ShiftCorrection)
                .where(ShiftCorrection.shift_id == shift_id)
                .order_by(ShiftCorrection.id)
            )
        ).all()
