"""Activities and their versions: one statement per method."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from db.models.activities import Activity, ActivityState, ActivityVersion


@dataclass(frozen=True, slots=True)
class ActivitySum:
    """How many entries of one kind stand in one state, and the people they reached."""

    kind: str
    state: ActivityState
    entries: int
    people_reached: int


class ActivitiesRepository:
    """Queries over ``activities`` and ``activity_versions``."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, activity: Activity) -> Activity:
        """Insert the entry and return it with its id; its key is new for the person."""
        self._session.add(activity)
        await self._session.flush()
        return activity

    async def add_version(self, version: ActivityVersion) -> None:
        """Insert the entry as it is now."""
        self._session.add(version)
        await self._session.flush()

    async def find(self, activity_id: int) -> Activity | None:
        """Return the entry."""
        return await self._session.get(Activity, activity_id)

    async def lock(self, activity_id: int) -> Activity | None:
        """Return the entry, locked until the transaction ends."""
        return await self._session.scalar(
            select(Activity)
            .where(Activity.id == activity_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def find_by_key(self, person_id: int, once_key: str) -> Activity | None:
        """Return what the press with this key has made."""
        return await self._session.scalar(
            select(Activity).where(Activity.person_id == person_id, Activity.once_key == once_key)
        )

    async def find_overlapping(
        self, person_id: int, begins_at: datetime, ends_at: datetime, *, but: int
    ) -> Activity | None:
        """Return another entry of the person with a length that shares time with the interval."""
        return await self._session.scalar(
            select(Activity)
            .where(
                Activity.person_id == person_id,
                Activity.begins_at < ends_at,
                Activity.ends_at > begins_at,
                Activity.begins_at < Activity.ends_at,
                Activity.state != ActivityState.WITHDRAWN,
                Activity.id != but,
            )
            .order_by(Activity.begins_at)
            .limit(1)
        )

    async def last_end(self, shift_id: int) -> datetime | None:
        """Return when the last entry with a length ended in the shift."""
        return await self._session.scalar(
            select(func.max(Activity.ends_at)).where(
                Activity.shift_id == shift_id,
                Activity.begins_at < Activity.ends_at,
                Activity.state != ActivityState.WITHDRAWN,
            )
        )

    async def list_recent(self, person_id: int, limit: int) -> Sequence[Activity]:
        """Return the person's latest entries that stand, newest first."""
        return (
            await self._session.scalars(
                select(Activity)
                .where(Activity.person_id == person_id, Activity.state != ActivityState.WITHDRAWN)
                .order_by(Activity.begins_at.desc(), Activity.id.desc())
                .limit(limit)
            )
        ).all()

    async def list_made_since(
        self, person_id: int, kind: str, since: datetime
    ) -> Sequence[Activity]:
        """Return the person's standing entries of the kind made since the moment, newest first."""
        return (
            await self._session.scalars(
                select(Activity)
                .where(
                    Activity.person_id == person_id,
                    Activity.kind == kind,
                    Activity.created_at >= since,
                    Activity.state != ActivityState.WITHDRAWN,
                )
                .order_by(Activity.id.desc())
            )
        ).all()

    async def list_of_shift(self, shift_id: int) -> Sequence[Activity]:
        """Return every entry of the shift, also withdrawn ones, in order of time."""
        return (await self._session.scalars(_OF_SHIFT, {"which": shift_id})).all()

    async def list_between(
        self, person_id: int, since: datetime, until: datetime
    ) -> Sequence[Activity]:
        """Return every entry of the person that begins from ``since`` to before ``until``."""
        return (
            await self._session.scalars(
                select(Activity)
                .where(
                    Activity.person_id == person_id,
                    Activity.begins_at >= since,
                    Activity.begins_at < until,
                )
                .order_by(Activity.begins_at, Activity.id)
            )
        ).all()

    async def list_in_state(
        self, person_id: int, state: ActivityState, *, offset: int, limit: int
    ) -> Sequence[Activity]:
        """Return the person's entries in the state, newest first."""
        return (
            await self._session.scalars(
                select(Activity)
                .where(Activity.person_id == person_id, Activity.state == state)
                .order_by(Activity.begins_at.desc(), Activity.id.desc())
                .offset(offset)
                .limit(limit)
            )
        ).all()

    async def count_in_state(self, person_id: int, state: ActivityState) -> int:
        """Count the person's entries in the state."""
        return (
            await self._session.scalar(
                select(func.count()).where(Activity.person_id == person_id, Activity.state == state)
            )
            or 0
        )

    async def sums(self, person_id: int, since: datetime, until: datetime) -> Sequence[ActivitySum]:
        """Sum the person's entries that begin from ``since`` to before ``until``."""
        rows = await self._session.execute(
            select(
                Activity.kind,
                Activity.state,
                func.count(),
                func.coalesce(func.sum(Activity.people_reached), 0),
            )
            .where(
                Activity.person_id == person_id,
                Activity.begins_at >= since,
                Activity.begins_at < until,
            )
            .group_by(Activity.kind, Activity.state)
        )
        return [ActivitySum(kind, state, count, int(people)) for kind, state, count, people in rows]

    async def find_version(self, activity_id: int, version: int) -> ActivityVersion | None:
        """Return one version of the entry."""
        return await self._session.scalar(
            select(ActivityVersion).where(
                ActivityVersion.activity_id == activity_id, ActivityVersion.version == version
            )
        )

    async def list_versions(self, activity_id: int) -> Sequence[ActivityVersion]:
        """Return every version of the entry, oldest first."""
        return (
            await self._session.scalars(
                select(ActivityVersion)
                .where(ActivityVersion.activity_id == activity_id)
                .order_by(ActivityVersion.version)
            )
        ).all()


_OF_SHIFT = (
    select(Activity)
    .where(Activity.shift_id == bindparam("which"))
    .order_by(Activity.begins_at, Activity.id)
)
