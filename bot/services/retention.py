"""Terms: what is deleted when nobody needs it any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.upkeep import compact

_FILES_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Terms:
    """How long things are kept.

    Attributes:
        positions: where people were on a shift, after its end.
        files: photos, voices and documents, after they were sent; their hash stays.
        dialogues: conversations that nobody went on with.
    """

    positions: timedelta
    files: timedelta = timedelta(days=365)
    dialogues: timedelta = timedelta(days=90)


async def forget_old(uow: UnitOfWork, terms: Terms, now: datetime) -> None:
    """Delete, in the caller's transaction, what is past its term."""
    before = now - terms.positions
    await uow.track_points.forget(before)
    await uow.shifts.forget_places(before)
    await uow.attachments.forget_places(before)
    await uow.dialog_states.forget(now - terms.dialogues)
    while expired := await uow.files.list_expired(now - terms.files, _FILES_AT_A_TIME):
        await uow.files.ask_removal(await uow.files.list_names(expired), now)
        await uow.files.let_go(expired)


class RetentionService:
    """What the timetable does about terms."""

    def __init__(self, db: Database, clock: Clock, terms: Terms) -> None:
        self._db = db
        self._clock = clock
        self._terms = terms

    async def run_due(self) -> None:
        """Delete what is past its term, and let no file of the database keep its bytes."""
        async with self._db.transaction() as uow:
            await forget_old(uow, self._terms, self._clock())
        await compact(self._db.engine)
