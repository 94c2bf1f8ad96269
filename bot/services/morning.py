"""The morning note: the duties of the day, told once to each coordinator of the district."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.services import notices
from bot.services.clock import Clock
from bot.services.digest_days import DAY, LATEST, due_at
from bot.services.digest_making import wishes_of
from bot.services.errors import NotFoundError
from bot.services.rights import Right, require, require_reach
from bot.services.roster_cards import AssignmentCard, card_of
from bot.services.shift_times import local_date, midnight
from db.database import Database, UnitOfWork
from db.models.digests import Digest, DigestKind, DigestState
from db.models.grants import Role
from db.repositories.digests import DigestKey

NOTICE = "morning"
# In minutes of the day: before the first duties, and when nobody is asleep any more.
_AT_MINUTE = 8 * 60


@dataclass(frozen=True, slots=True)
class MorningNote:
    """The duties of a day, in order of time; ``district`` is a code.

    ``quiet`` is whether the coordinator wants it without a sound.
    """

    id: int
    district: str
    day: date
    quiet: bool
    duties: Sequence[AssignmentCard]


class MorningNotes:
    """Made by the timetable, each once; each run asks the database what is due.

    Whether there is anything to tell is decided once: a duty planned later in the day is no news
    to whoever plans it.

    Args:
        zone: the region's, whose day and clock it is.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def run_due(self) -> None:
        """Make the notes of today that are due, and note where there is nothing to tell."""
        now = self._clock()
        day = local_date(now, self._zone)
        at = due_at(day, _AT_MINUTE, self._zone)
        if not at <= now <= at + LATEST:
            return
        async with self._db.reading() as uow:
            if not await self._due(uow, day, at):
                return
        async with self._db.transaction() as uow:
            # Whoever else makes notes waits here, and then finds them made.
            await uow.grants.lock_role(Role.COORDINATOR)
            busy = set(await uow.assignments.list_districts_starting(*self._span(day)))
            made = [
                Digest(
                    person_id=key.person_id,
                    district_code=key.district,
                    kind=key.kind,
                    local_date=day,
                    state=DigestState.QUEUED if key.district in busy else DigestState.SKIPPED,
                    due_at=at,
                    made_at=now,
                    figures={},
                )
                for key in await self._due(uow, day, at)
            ]
            await uow.digests.add_all(made)
            for note in made:
                if note.state is DigestState.QUEUED:
                    notices.send(uow, note.person_id, NOTICE, now, digest_id=note.id)

    async def to_send(self, actor_id: int, digest_id: int) -> MorningNote | None:
        """Return a note that is to be sent now; ``None`` once nothing of it is still to come.

        Raises:
            AccessDeniedError: the actor reads digests of no district.
            NotFoundError: no such note in the actor's districts.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            digest = await uow.digests.find(digest_id)
            if digest is None:
                await require_reach(uow, actor_id, Right.SEE_DIGEST)
                raise NotFoundError
            district = digest.district_code
            await require(uow, actor_id, Right.SEE_DIGEST, district)
            rows = await uow.assignments.list_starting(district, *self._span(digest.local_date))
            duties = [card_of(row, now) for row in rows]
            if all(duty.over for duty in duties):
                return None
            settings = await uow.digests.find_settings(actor_id, district)
            return MorningNote(
                digest_id, district, digest.local_date, wishes_of(settings).quiet, duties
            )

    async def _due(self, uow: UnitOfWork, day: date, at: datetime) -> list[DigestKey]:
        wanted = [
            DigestKey(each.person_id, each.district, DigestKind.MORNING, day)
            for each in await uow.digests.list_subscribers()
            # On the days of the daily digest, and nobody of a day before the district was theirs.
            if wishes_of(each.settings).want(DigestKind.DAILY, day) and at >= each.since
        ]
        made = set(await uow.digests.list_made({day}))
        return [key for key in wanted if key not in made]

    def _span(self, day: date) -> tuple[datetime, datetime]:
        return midnight(day, self._zone), midnight(day + DAY, self._zone)
