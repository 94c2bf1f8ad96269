"""What must hold of any database of the bot in which nothing is under way."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bench.soak.words import content
from bot.services.audit import verify
from bot.services.digest_figures import stretch
from bot.services.shift_times import split_at_midnight
from db.database import Database, UnitOfWork
from db.models import Activity, OutboxMessage, OutboxState, Shift
from db.models.activities import ActivityState
from db.models.audit import AuditRecord
from db.models.inbox import InboxState, InboxUpdate
from db.models.shifts import ShiftState

_Key = tuple[Any, ...]
_Sums = dict[_Key, tuple[int, int]]
# As for digests.
_NOT_COUNTED = (ActivityState.WITHDRAWN, ActivityState.REJECTED)


async def broken(database: Database) -> list[str]:
    """Return a line for each rule that the database breaks; call it when nothing is under way."""
    async with database.reading() as uow:
        unfinished = await _unfinished(uow)
    return [*await broken_facts(database), *unfinished]


async def broken_facts(database: Database) -> list[str]:
    """Return a line for each rule about shifts, results and the journal that is broken."""
    lines: list[str] = []
    async with database.reading() as uow:
        lines += await _broken_shifts(uow)
        lines += await _broken_sums(uow)
        lines += await _unrecorded(uow)
    report = await verify(database)
    if report.problem is not None:
        lines.append(f"the journal is broken at {report.first_bad_seq}: {report.problem}")
    return lines


async def count_laid_aside(database: Database) -> int:
    """Return how many updates have failed for good, or were refused as too many at once."""
    query = sa.select(sa.func.count()).where(
        InboxUpdate.state.in_((InboxState.FAILED, InboxState.REFUSED))
    )
    async with database.reading() as uow:
        return await uow.session.scalar(query) or 0


async def _broken_shifts(uow: UnitOfWork) -> Iterable[str]:
    """No person has two shifts at one time, and none ends before it starts."""
    rows = await uow.session.execute(
        sa.select(Shift.id, Shift.person_id, Shift.started_at, Shift.ended_at).order_by(
            Shift.person_id, Shift.started_at, Shift.id
        )
    )
    lines, ends = [], dict[int, datetime | None]()
    for shift_id, person_id, started_at, ended_at in rows:
        if ended_at is not None and ended_at < started_at:
            lines.append(f"shift {shift_id} ends before it starts")
        if person_id in ends:
            before = ends[person_id]
            if before is None or before > started_at:
                lines.append(f"shift {shift_id} begins within another of the same person")
        ends[person_id] = ended_at
    return lines


async def _broken_sums(uow: UnitOfWork) -> Iterable[str]:
    """What digests tell of each day is what the rows say, one by one."""
    shifts, results = await _shift_sums(uow), await _result_sums(uow)
    lines = []
    for day in {day for day, *_ in (*shifts, *results)}:
        told: _Sums = {
            (day, each.district): (each.shifts[0], each.worked_ms[0])
            for each in await uow.figures.shifts([stretch(day, day, _zone())], None)
        }
        if told != {key: value for key, value in shifts.items() if key[0] == day}:
            lines.append(f"the sums of shifts of {day} are not those of its rows")
        told = {
            (day, each.district, each.kind, each.category): (each.entries[0], each.people[0])
            for each in await uow.figures.results([stretch(day, day, _zone())], None)
        }
        if told != {key: value for key, value in results.items() if key[0] == day}:
            lines.append(f"the sums of results of {day} are not those of its entries")
    return lines


async def _shift_sums(uow: UnitOfWork) -> _Sums:
    rows = sa.select(
        Shift.local_date, Shift.district_code, Shift.state, Shift.started_at, Shift.ended_at
    )
    sums: defaultdict[_Key, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for day, district, state, started_at, ended_at in await uow.session.execute(rows):
        count, worked_ms = sums[day, district]
        sums[day, district] = count + 1, worked_ms
        if state is not ShiftState.CLOSED or ended_at is None:
            continue
        for part, length in split_at_midnight(started_at, ended_at, _zone()):
            if length:
                count, worked_ms = sums[part, district]
                worked_ms += length // timedelta(milliseconds=1)
                sums[part, district] = count, worked_ms
    return sums


def _zone() -> ZoneInfo:
    return content().region.zone


async def _result_sums(uow: UnitOfWork) -> _Sums:
    rows = sa.select(
        Activity.local_date,
        Activity.district_code,
        Activity.kind,
        Activity.category,
        Activity.people_reached,
    ).where(Activity.state.not_in(_NOT_COUNTED), Activity.same_as_id.is_(None))
    sums: defaultdict[_Key, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for day, district, kind, category, reached in await uow.session.execute(rows):
        count, people = sums[day, district, kind, category]
        sums[day, district, kind, category] = count + 1, people + reached
    return sums


async def _unfinished(uow: UnitOfWork) -> Iterable[str]:
    """Every update is done, nothing that is due waits in the outbox, and nothing was given up."""
    count = sa.func.count()
    inbox = sa.select(InboxUpdate.state, count).group_by(InboxUpdate.state)
    lines = [
        f"{number} updates are {state} in the inbox"
        for state, number in await uow.session.execute(
            inbox.where(InboxUpdate.state != InboxState.DONE)
        )
    ]
    outbox = (
        sa.select(OutboxMessage.kind, OutboxMessage.state, count)
        .where(
            sa.or_(
                OutboxMessage.state == OutboxState.FAILED,
                sa.and_(
                    OutboxMessage.state == OutboxState.PENDING,
                    OutboxMessage.due_at <= sa.func.now(),
                ),
            )
        )
        .group_by(OutboxMessage.kind, OutboxMessage.state)
    )
    lines += [
        f"{number} notices {kind} are {state} in the outbox"
        for kind, state, number in await uow.session.execute(outbox)
    ]
    return lines


async def _unrecorded(uow: UnitOfWork) -> Iterable[str]:
    """Each start of a shift stands in the journal once."""
    there = Counter((await uow.session.scalars(sa.select(sa.cast(Shift.id, sa.String)))).all())
    started = sa.select(AuditRecord.subject_id).where(AuditRecord.action == "shift.started")
    told = Counter((await uow.session.scalars(started)).all())
    if there == told:
        return []
    return [f"{there.total()} shifts, {told.total()} records of a start in the journal"]
