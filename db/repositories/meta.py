"""Facts about the database itself."""

from sqlalchemy.ext.asyncio import AsyncSession

from db.models.state import MetaEntry


class MetaRepository:
    """Reads and writes the table of facts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, key: str) -> str | None:
        """Return the fact, or None where it was never written."""
        entry = await self._session.get(MetaEntry, key)
        return entry.value if entry else None

    async def put(self, key: str, value: str) -> None:
        """Write the fact, over an earlier one."""
        await self._session.merge(MetaEntry(key=key, value=value))
        await self._session.flush()
