"""Districts as the database knows them: one statement per method."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.districts import District


class DistrictsRepository:
    """Queries over ``districts``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add_all(self, districts: Sequence[District]) -> None:
        """Insert the districts."""
        self._session.add_all(districts)
        await self._session.flush()

    async def find(self, code: str) -> District | None:
        """Return the district, also one that left the pack."""
        return await self._session.get(District, code)

    async def list_all(self) -> Sequence[District]:
        """Return every district in the pack's order, those that left it last."""
        return (
            await self._session.scalars(
                select(District).order_by(
                    District.retired_at.is_not(None), District.position, District.code
                )
            )
        ).all()
