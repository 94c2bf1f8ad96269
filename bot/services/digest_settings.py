"""How a coordinator wants the digests of a district: when, which of them, with a sound or not."""

from dataclasses import replace

from bot.services.digest_days import Wishes
from bot.services.digest_making import wishes_of
from bot.services.errors import InvalidInputError
from bot.services.rights import Right, require
from bot.services.shift_times import read_clock
from db.database import Database, UnitOfWork
from db.models.digests import DigestSettings

TIMES = tuple(hour * 60 for hour in range(18, 23))
"""The usual times, in minutes from local midnight; any other may be typed."""
DAY_MINUTES = range(24 * 60)
WEEK = range(7)


class DigestSettingsService:
    """The wishes of coordinators; each act says what is to be, so that twice is as once."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def wishes(self, actor_id: int, district: str) -> Wishes:
        """Return how the actor gets the digest of the district.

        Raises:
            AccessDeniedError: the actor gets digests of no district.
            NotFoundError: the district is not the actor's.
        """
        async with self._db.reading() as uow:
            await require(uow, actor_id, Right.SET_DIGEST, district)
            return wishes_of(await uow.digests.find_settings(actor_id, district))

    async def come_at(self, actor_id: int, district: str, at_minute: int) -> Wishes:
        """Have the digest come at the time, in minutes from local midnight.

        Raises:
            InvalidInputError: no day has such a minute.
            AccessDeniedError, NotFoundError: as for ``wishes``.
        """
        if at_minute not in DAY_MINUTES:
            raise InvalidInputError("error-not-found")
        async with self._db.transaction() as uow:
            wishes = await self._lock(uow, actor_id, district)
            return await self._keep(uow, actor_id, district, replace(wishes, at_minute=at_minute))

    async def come_at_typed(self, actor_id: int, district: str, typed: str) -> Wishes:
        """Have the digest come at the local time typed, as HH:MM.

        Raises:
            InvalidInputError: it is no time of the clock.
            AccessDeniedError, NotFoundError: as for ``wishes``.
        """
        at = read_clock(typed)
        return await self.come_at(actor_id, district, at.hour * 60 + at.minute)

    async def come_on(self, actor_id: int, district: str, weekday: int, *, wanted: bool) -> Wishes:
        """Have a digest of each such day of the week, or none; Monday is 0.

        Raises:
            InvalidInputError: there is no such day.
            AccessDeniedError, NotFoundError: as for ``wishes``.
        """
        if weekday not in WEEK:
            raise InvalidInputError("error-not-found")
        async with self._db.transaction() as uow:
            wishes = await self._lock(uow, actor_id, district)
            days = wishes.days | 1 << weekday if wanted else wishes.days & ~(1 << weekday)
            return await self._keep(uow, actor_id, district, replace(wishes, days=days))

    async def come_quietly(self, actor_id: int, district: str, *, quiet: bool) -> Wishes:
        """Have the digest come without a sound, or with one.

        Raises:
            AccessDeniedError, NotFoundError: as for ``wishes``.
        """
        async with self._db.transaction() as uow:
            wishes = await self._lock(uow, actor_id, district)
            return await self._keep(uow, actor_id, district, replace(wishes, quiet=quiet))

    async def come_weekly(self, actor_id: int, district: str, *, wanted: bool) -> Wishes:
        """Have a digest of each week on Mondays, or none.

        Raises:
            AccessDeniedError, NotFoundError: as for ``wishes``.
        """
        async with self._db.transaction() as uow:
            wishes = await self._lock(uow, actor_id, district)
            return await self._keep(uow, actor_id, district, replace(wishes, weekly=wanted))

    async def come_monthly(self, actor_id: int, district: str, *, wanted: bool) -> Wishes:
        """Have a digest of each month on the first of the next, or none.

        Raises:
            AccessDeniedError, NotFoundError: as for ``wishes``.
        """
        async with self._db.transaction() as uow:
            wishes = await self._lock(uow, actor_id, district)
            return await self._keep(uow, actor_id, district, replace(wishes, monthly=wanted))

    async def _lock(self, uow: UnitOfWork, actor_id: int, district: str) -> Wishes:
        await require(uow, actor_id, Right.SET_DIGEST, district)
        # Two first wishes at once would be two rows.
        await uow.people.lock(actor_id)
        return wishes_of(await uow.digests.find_settings(actor_id, district))

    async def _keep(self, uow: UnitOfWork, actor_id: int, district: str, wishes: Wishes) -> Wishes:
        await uow.digests.keep_settings(
            DigestSettings(
                person_id=actor_id,
                district_code=district,
                at_minute=wishes.at_minute,
                days=wishes.days,
                quiet=wishes.quiet,
                weekly=wishes.weekly,
                monthly=wishes.monthly,
            )
        )
        return wishes
