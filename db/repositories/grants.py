"""Roles in force: one statement per method."""

from collections.abc import Sequence

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.grants import Grant, Role
from db.models.people import Person

# Built once: every right is read by it.
_OF_PERSON = (
    select(Grant)
    .where(Grant.person_id == bindparam("which"), Grant.revoked_at.is_(None))
    .order_by(Grant.id)
)


class GrantsRepository:
    """Queries over ``grants``; a grant revoked is history and never returned."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, grant: Grant) -> Grant:
        """Insert the grant and return it with its id."""
        self._session.add(grant)
        await self._session.flush()
        return grant

    async def list_of_person(self, person_id: int) -> Sequence[Grant]:
        """Return the person's roles in force."""
        return (await self._session.scalars(_OF_PERSON, {"which": person_id})).all()

    async def find(self, person_id: int, role: Role, district_code: str | None) -> Grant | None:
        """Return this very role of the person in this very scope, if in force."""
        scope = (
            Grant.district_code.is_(None)
            if district_code is None
            else Grant.district_code == district_code
        )
        return await self._session.scalar(
            select(Grant).where(
                Grant.person_id == person_id, Grant.role == role, scope, Grant.revoked_at.is_(None)
            )
        )

    async def find_in_force(self, grant_id: int) -> Grant | None:
        """Return the grant with this id if in force."""
        return await self._session.scalar(
            select(Grant).where(Grant.id == grant_id, Grant.revoked_at.is_(None))
        )

    async def lock(self, grant_id: int) -> Grant | None:
        """Return the grant if in force, locked until the transaction ends."""
        return await self._session.scalar(
            select(Grant).where(Grant.id == grant_id, Grant.revoked_at.is_(None)).with_for_update()
        )

    async def list_of_role(self, role: Role) -> Sequence[Grant]:
        """Return every grant of the role in force."""
        return (
            await self._session.scalars(
                select(Grant).where(Grant.role == role, Grant.revoked_at.is_(None))
            )
        ).all()

    async def lock_role(self, role: Role) -> Sequence[Grant]:
        """Return every grant of the role in force, locked in one order until the end."""
        return (
            await self._session.scalars(
                select(Grant)
                .where(Grant.role == role, Grant.revoked_at.is_(None))
                .order_by(Grant.id)
                .with_for_update()
            )
        ).all()

    async def list_holders(self, role: Role) -> Sequence[tuple[Grant, Person]]:
        """Return the role's grants in force with their people, by district and name."""
        rows = await self._session.execute(
            select(Grant, Person)
            .join(Person, Person.id == Grant.person_id)
            .where(Grant.role == role, Grant.revoked_at.is_(None))
            .order_by(Grant.district_code, Person.name_key, Grant.id)
        )
        return [(grant, person) for grant, person in rows]

    async def list_person_ids(self, role: Role, district_code: str | None) -> Sequence[int]:
        """Return who holds the role over the district, by a grant for it or for the region.

        Without a district, those who hold it over the whole region.
        """
        return (
            await self._session.scalars(
                select(Grant.person_id)
                .where(
                    Grant.role == role,
                    Grant.revoked_at.is_(None),
                    or_(Grant.district_code == district_code, Grant.district_code.is_(None)),
                )
                .distinct()
                .order_by(Grant.person_id)
            )
        ).all()
