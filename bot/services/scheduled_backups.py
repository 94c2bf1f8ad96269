"""Backups by the clock: one a day, the oldest let go, and an admin told once when one fails."""

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from bot.services import notices
from bot.services.backups import BackupError, DiskFullError, back_up
from bot.services.clock import Clock
from bot.services.job_runs import JobRuns
from db.database import Database
from db.errors import DatabaseUnavailableError
from db.models.grants import Role

log = structlog.get_logger(__name__)

_OURS = re.compile(r"komekshi-(\d{4}-\d{2}-\d{2})\.jsonl\.gz(\.sealed)?")
_JOB = "backup"
_FAILED = "backup_failed"
NOTICE = "backup-failed"


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Where backups go, at which time of the region's day, and how many stay.

    Attributes:
        folder: where the list of erasures is kept too; None keeps neither.
        at: None makes none by the clock.
        weekly: the last one of so many weeks, beside the latest ``daily`` ones.
        passphrase: seals them.
    """

    folder: Path | None = None
    at: time | None = None
    daily: int = 7
    weekly: int = 4
    passphrase: str | None = None


def file_name(stem: str, *, sealed: bool) -> str:
    """Return the name of a backup's file."""
    return f"{stem}.jsonl.gz" + (".sealed" if sealed else "")


class ScheduledBackups:
    """What the timetable does about backups."""

    def __init__(
        self, db: Database, clock: Clock, zone: ZoneInfo, plan: BackupPlan, runs: JobRuns
    ) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone
        self._plan = plan
        self._runs = runs

    async def run_due(self) -> None:
        """Make the backup that is due, however late, unless it was made; then let old ones go."""
        folder, at = self._plan.folder, self._plan.at
        if folder is None or at is None:
            return
        day = _slot(self._clock().astimezone(self._zone), at)
        if not await self._runs.begin(_JOB, str(day)):
            return
        # The file of a day is whole: whoever wrote it was cut off before it could say so.
        made = day in await asyncio.to_thread(_of_days, folder)
        if made or await self._make(folder, day):
            await self._runs.finish(_JOB, str(day))
        else:
            await self._runs.give_back(_JOB, str(day))

    async def _make(self, folder: Path, day: date) -> bool:
        """Make the backup of the day and let old ones go; tell whether it was made."""
        name = file_name(f"komekshi-{day}", sealed=self._plan.passphrase is not None)
        try:
            made = await back_up(
                self._db,
                folder / name,
                passphrase=self._plan.passphrase,
                now=self._clock(),
            )
        except (BackupError, DatabaseUnavailableError) as error:
            log.error("backup_failed", day=str(day), reason=str(error))  # noqa: TRY400 - no bug
            await self._tell(day, full=isinstance(error, DiskFullError))
            return False
        log.info("backup_made", file=name, rows=made.rows, size=made.size)
        await asyncio.to_thread(self._rotate, folder)
        return True

    async def _tell(self, day: date, *, full: bool) -> None:
        """Tell the admins, once for a day however often it is tried again."""
        now = self._clock()
        async with self._db.transaction() as uow:
            if await uow.meta.find(_FAILED) == str(day):
                return
            await uow.meta.put(_FAILED, str(day))
            for grant in await uow.grants.list_of_role(Role.ADMIN):
                why = "full" if full else "other"
                notices.send(uow, grant.person_id, NOTICE, now, day=str(day), why=why)

    def _rotate(self, folder: Path) -> None:
        files = _of_days(folder)
        staying = kept_days(files, daily=self._plan.daily, weekly=self._plan.weekly)
        for day, paths in files.items():
            if day in staying:
                continue
            for path in paths:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    log.warning("backup_not_deleted", file=path.name, reason=error.strerror)


def _slot(now: datetime, at: time) -> date:
    """Return the day of the latest time at which a backup was due."""
    return now.date() if now.time() >= at else now.date() - timedelta(days=1)


def kept_days(days: Iterable[date], *, daily: int, weekly: int) -> set[date]:
    """Return the days whose backups stay: the latest, and the last of each of the latest weeks."""
    newest = sorted(days, reverse=True)
    last_of_week: dict[tuple[int, int], date] = {}
    for day in newest:
        year, week, _ = day.isocalendar()
        last_of_week.setdefault((year, week), day)
    return {*newest[:daily], *list(last_of_week.values())[:weekly]}


def _of_days(folder: Path) -> dict[date, list[Path]]:
    """Return the backups made by the clock; whatever else is there is none of our business."""
    found: dict[date, list[Path]] = {}
    for path in sorted(folder.glob("komekshi-*")):
        named = _OURS.fullmatch(path.name)
        if named is not None:
            found.setdefault(date.fromisoformat(named.group(1)), []).append(path)
    return found
