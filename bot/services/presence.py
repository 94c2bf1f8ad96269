"""Whether Telegram reached us: it keeps an update for a day, and then nobody ever gets it."""

from datetime import datetime, timedelta

import structlog

from bot.services import notices
from bot.services.clock import Clock, system_clock
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.operation import Absence

log = structlog.get_logger(__name__)

# "Incoming updates are stored on the server until the bot receives them either way, but they will
# not be kept longer than 24 hours": Bot API, "Getting updates".
KEPT_BY_TELEGRAM = timedelta(hours=24)
NOTICE = "absence"
_KEY = "reached_at"


class Presence:
    """Notes when updates could reach us, and what never did.

    Args:
        clock: the time of the machine: no clock that people move, as Telegram keeps to its own.
    """

    def __init__(self, db: Database, clock: Clock = system_clock) -> None:
        self._db = db
        self._clock = clock

    async def note(self) -> None:
        """Note that updates reach us now.

        After more than a day in which none could, what is lost is recorded, and coordinators and
        admins are told, once however many processes note it.
        """
        now = self._clock()
        async with self._db.transaction(effect=False) as uow:
            # Processes that start together wait for each other here; there may be no fact to lock.
            await uow.audit.lock_head()
            before = await uow.meta.find(_KEY)
            await uow.meta.put(_KEY, now.isoformat())
            lost_until = now - KEPT_BY_TELEGRAM
            if before is None or datetime.fromisoformat(before) >= lost_until:
                return
            absence = await uow.absences.add(
                Absence(began_at=datetime.fromisoformat(before), ended_at=lost_until)
            )
            log.error("updates_lost", since=before, until=lost_until.isoformat())
            for person_id in await _watchers(uow):
                notices.send(uow, person_id, NOTICE, now, absence_id=absence.id)

    async def find(self, absence_id: int) -> Absence | None:
        """Return the absence."""
        async with self._db.reading() as uow:
            return await uow.absences.find(absence_id)


async def _watchers(uow: UnitOfWork) -> list[int]:
    return sorted(
        {
            grant.person_id
            for role in (Role.COORDINATOR, Role.ADMIN)
            for grant in await uow.grants.list_of_role(role)
        }
    )
