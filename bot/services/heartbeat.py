"""Signs of life: whether somebody runs the timetable."""

from datetime import datetime, timedelta

from bot.services.clock import Clock
from db.database import Database

KEY = "timetable_beat"


class Heartbeat:
    """The last moment at which a process ran the timetable."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def beat(self) -> None:
        """Note that the timetable runs now."""
        async with self._db.transaction(effect=False) as uow:
            await uow.meta.put(KEY, self._clock().isoformat())

    async def age(self) -> timedelta | None:
        """Return how long ago it last ran; ``None`` before the first time."""
        async with self._db.reading() as uow:
            beat = await uow.meta.find(KEY)
        return None if beat is None else self._clock() - datetime.fromisoformat(beat)
