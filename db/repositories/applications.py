"""Applications: one statement per method."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.people import Application, ApplicationState, Person

_OPEN = (ApplicationState.DRAFT, ApplicationState.PENDING)


class ApplicationsRepository:
    """Queries over ``applications``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, application: Application) -> Application:
        """Insert the application and return it with its id."""
        self._session.add(application)
        await self._session.flush()
        return application

    async def lock(self, application_id: int) -> Application | None:
        """Return the application, locked until the transaction ends."""
        return await self._session.scalar(
            select(Application).where(Application.id == application_id).with_for_update()
        )

    async def lock_open(self, person_id: int) -> Application | None:
        """Return the person's draft or pending application, locked."""
        return await self._session.scalar(
            select(Application)
            .where(Application.person_id == person_id, Application.state.in_(_OPEN))
            .with_for_update()
        )

    async def find_with_person(self, application_id: int) -> tuple[Application, Person] | None:
        """Return the application and the person who made it."""
        row = (
            await self._session.execute(
                select(Application, Person)
                .join(Person, Person.id == Application.person_id)
                .where(Application.id == application_id)
            )
        ).one_or_none()
        return None if row is None else (row[0], row[1])

    async def list_pending(
        self, districts: Collection[str] | None, *, offset: int, limit: int
    ) -> Sequence[tuple[Application, Person]]:
        """Return what waits for a decision, the longest waiting first; ``None`` means all."""
        statement = (
            select(Application, Person)
            .join(Person, Person.id == Application.person_id)
            .where(Application.state == ApplicationState.PENDING)
            .order_by(Application.submitted_at, Application.id)
            .offset(offset)
            .limit(limit)
        )
        if districts is not None:
            statement = statement.where(Application.district_code.in_(districts))
        return [(row[0], row[1]) for row in await self._session.execute(statement)]

    async def count_pending(self, districts: Collection[str] | None) -> int:
        """Count what waits for a decision in the districts; ``None`` means all."""
        statement = select(func.count()).where(Application.state == ApplicationState.PENDING)
        if districts is not None:
            statement = statement.where(Application.district_code.in_(districts))
        return await self._session.scalar(statement) or 0
