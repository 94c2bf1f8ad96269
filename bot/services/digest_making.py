"""Making digests by the clock: each once, whoever asks and however often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import structlog

from bot.services import notices
from bot.services.clock import Clock
from bot.services.digest_days import LATEST, Wishes, due_now, span_of
from bot.services.digest_detail import read_detail
from bot.services.digest_figures import read_kept
from db.database import Database, UnitOfWork
from db.models.digests import Digest, DigestKind, DigestSettings, DigestState
from db.models.grants import Role
from db.repositories.digests import DigestKey

log = structlog.get_logger(__name__)

NOTICE = "digest"
# The picture and the table that come ahead of a digest; apart, so that none comes twice when
# another does not get through.
FILE_NOTICES = ("digest-chart", "digest-file")
_DETAILED = (DigestKind.WEEKLY, DigestKind.MONTHLY)
_Kept: TypeAlias = Mapping[str, dict[str, Any]]
_Told: TypeAlias = tuple[DigestKind, date]


@dataclass(frozen=True, slots=True)
class _Due:
    """A digest that should exist; ``at`` is when it should have come."""

    key: DigestKey
    at: datetime

    @property
    def told(self) -> _Told:
        """What decides which days it tells of."""
        return self.key.kind, self.key.day

    def is_late(self, now: datetime) -> bool:
        """Tell whether it is too late to be sent."""
        return now - self.at > LATEST


class DigestMaking:
    """What the timetable does about digests; each run asks the database what is due.

    Args:
        zone: the region's, whose clock the times of digests are on.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo, longest: timedelta) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._longest = longest

    async def run_due(self) -> None:
        """Make every digest that is due, and note those that are too late to be sent."""
        now = self._clock()
        async with self._db.reading() as uow:
            due = await self._due(uow, now)
            timely = [each for each in due if not each.is_late(now)]
            figures = {
                told: await self._read(uow, told, timely, now) for told in {e.told for e in timely}
            }
        if due:
            await self._make(figures, now)

    async def _make(self, figures: Mapping[_Told, _Kept], now: datetime) -> None:
        async with self._db.transaction() as uow:
            # Whoever else makes digests waits here, and then finds them made. A coordinator
            # dismissed meanwhile is not among them any more.
            await uow.grants.lock_role(Role.COORDINATOR)
            digests = [
                _digest(each, figures.get(each.told, {}), now)
                for each in await self._due(uow, now)
                if each.told in figures or each.is_late(now)
            ]
            await uow.digests.add_all(digests)
            for digest in digests:
                if digest.state is DigestState.SKIPPED:
                    log.warning("digest_skipped", digest_id=digest.id, due_at=digest.due_at)
                    continue
                files = FILE_NOTICES if digest.kind in _DETAILED else ()
                for notice in (*files, NOTICE):
                    notices.send(uow, digest.person_id, notice, now, digest_id=digest.id)

    async def _due(self, uow: UnitOfWork, now: datetime) -> list[_Due]:
        wanted = [
            _Due(DigestKey(each.person_id, each.district, kind, day), at)
            for each in await uow.digests.list_subscribers()
            for kind, day, at in due_now(wishes_of(each.settings), now, self._zone)
            # Nobody is told of a day on which the district was not theirs yet.
            if at >= each.since
        ]
        made = set(await uow.digests.list_made({each.key.day for each in wanted}))
        return [each for each in wanted if each.key not in made]

    async def _read(
        self, uow: UnitOfWork, told: _Told, due: Sequence[_Due], now: datetime
    ) -> _Kept:
        """Return by district what digests of this kind and day are to keep."""
        span = span_of(*told)
        kept = await read_kept(uow, span, None, zone=self._zone, now=now, longest=self._longest)
        if told[0] in _DETAILED:
            for district in {each.key.district for each in due if each.told == told} & kept.keys():
                kept[district] |= await read_detail(uow, span, district, self._zone)
        return kept


def wishes_of(settings: DigestSettings | None) -> Wishes:
    """Return what the coordinator wants, or how everybody gets it."""
    if settings is None:
        return Wishes()
    return Wishes(
        at_minute=settings.at_minute,
        days=settings.days,
        quiet=settings.quiet,
        weekly=settings.weekly,
        monthly=settings.monthly,
    )


def _digest(due: _Due, figures: _Kept, now: datetime) -> Digest:
    key, late = due.key, due.is_late(now)
    return Digest(
        person_id=key.person_id,
        district_code=key.district,
        kind=key.kind,
        local_date=key.day,
        state=DigestState.SKIPPED if late else DigestState.QUEUED,
        due_at=due.at,
        made_at=now,
        figures={} if late else figures.get(key.district, {}),
    )
