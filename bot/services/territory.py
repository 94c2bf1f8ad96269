"""The districts as the bot serves them: the content pack's, and those that left it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.services import audit
from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.models.districts import District

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ServedDistrict:
    """A district with its names by language; one that is not ``open`` takes nobody in."""

    code: str
    names: Mapping[str, str]
    open: bool


@dataclass(frozen=True, slots=True)
class Districts:
    """All districts, in the order they are shown."""

    all: Sequence[ServedDistrict]

    @property
    def open(self) -> list[ServedDistrict]:
        """Those that take people in."""
        return [district for district in self.all if district.open]

    def name(self, code: str, language: str) -> str:
        """Return the district's name in the language."""
        for district in self.all:
            if district.code == code:
                return district.names[language]
        return code


class TerritoryService:
    """Keeping the database's districts in step with the content pack."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def sync(self, pack: Sequence[ServedDistrict]) -> Districts:
        """Copy the pack's districts into the database and return what is served.

        A district that left the pack is closed, not deleted: its people stay and the log says
        how many there are to move. One that came back is opened again.
        """
        async with self._db.reading() as uow:
            rows = await uow.districts.list_all()
        if _served(rows) != {each.code: (at, dict(each.names)) for at, each in enumerate(pack)}:
            rows = await self._follow(pack)
        await self._warn([row.code for row in rows if row.retired_at is not None])
        return Districts(
            [ServedDistrict(row.code, row.names, row.retired_at is None) for row in rows]
        )

    async def _follow(self, pack: Sequence[ServedDistrict]) -> Sequence[District]:
        now, new = self._clock(), list[District]()
        async with self._db.transaction() as uow:
            # Processes that start together wait for each other here.
            await uow.audit.lock_head()
            known = {district.code: district for district in await uow.districts.list_all()}
            for position, district in enumerate(pack):
                row = known.pop(district.code, None)
                if row is None:
                    new.append(
                        District(code=district.code, position=position, names=dict(district.names))
                    )
                    continue
                row.position, row.names = position, dict(district.names)
                if row.retired_at is not None:
                    row.retired_at = None
                    await _record(uow, "district.reopened", row.code, now)
            await uow.districts.add_all(new)
            for code in [code for code, row in known.items() if row.retired_at is None]:
                known[code].retired_at = now
                await _record(uow, "district.closed", code, now)
        async with self._db.reading() as uow:
            return await uow.districts.list_all()

    async def _warn(self, closed: list[str]) -> None:
        if not closed:
            return
        async with self._db.reading() as uow:
            counts = await uow.people.count_by_district(closed)
        for code, count in counts.items():
            log.warning("district_closed_with_people", district=code, assistants=count)


def _served(rows: Sequence[District]) -> dict[str, tuple[int, dict[str, str]]]:
    return {row.code: (row.position, row.names) for row in rows if row.retired_at is None}


async def _record(uow: UnitOfWork, action: str, code: str, now: datetime) -> None:
    await audit.record(
        uow, at=now, actor_id=None, action=action, subject="district", subject_id=code
    )
