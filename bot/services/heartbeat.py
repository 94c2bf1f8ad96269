"""Signs of life: whether somebody runs the timetable."""

from datetime import datetime, timedelta

import structlog

from bot.services import outbox
from bot.services.clock import Clock
from db.database import Database, UnitOfWork

log = structlog.get_logger(__name__)

KEY = "timetable_beat"
# Clocks of two machines differ by less, and waiting for so long harms nobody.
_SET_BACK = timedelta(seconds=10)


class Heartbeat:
    """The last moment at which a process ran the timetable."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def beat(self) -> bool:
        """Note that the timetable runs now; tell whether the clock was set back since it last did.

        The outbox is made to follow: what it was to do in a moment would be done much later.
        """
        now = self._clock()
        async with self._db.transaction(effect=False) as uow:
            last = await _last(uow)
            set_back = last is not None and last - now > _SET_BACK
            if last is not None and set_back:
                log.warning("clock_set_back", seconds=round((last - now).total_seconds()))
                await outbox.follow_clock(uow, last, now)
            await uow.meta.put(KEY, now.isoformat())
        return set_back

    async def age(self) -> timedelta | None:
        """Return how long ago it last ran; ``None`` before the first time."""
        async with self._db.reading() as uow:
            beat = await _last(uow)
        return None if beat is None else self._clock() - beat


async def _last(uow: UnitOfWork) -> datetime | None:
    beat = await uow.meta.find(KEY)
    return None if beat is None else datetime.fromisoformat(beat)
