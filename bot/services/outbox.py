"""Taking notices for delivery and noting what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.services import notices
from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.models.grants import Role
from db.models.outbox import Lane

# A sender that has not been heard of for so long sends nothing any more.
LEASE = timedelta(seconds=30)
# Longer silence than this is told to the admins.
_LONG_HOLD = timedelta(minutes=5)
_HELD_UNTIL = "outbox.held_until"
_DELETED_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice taken for delivery; ``attempt`` counts from 1.

    ``urgent`` is an answer owed to the person; ``cause`` the update that led to the notice.
    """

    id: int
    person_id: int
    kind: str
    args: Mapping[str, Any]
    attempt: int
    created_at: datetime
    urgent: bool = False
    cause: int | None = None


class Fate(StrEnum):
    """What became of a notice that was taken."""

    SENT = "sent"
    DROPPED = "dropped"
    FAILED = "failed"
    PUT_OFF = "put_off"
    RELEASED = "released"
    """Given back as if it had not been tried: the fault was not its own."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one notice: why, when it is tried again, and as which message it arrived."""

    notice: Notice
    fate: Fate
    why: str = ""
    again_in: timedelta = timedelta(0)
    message_id: int | None = None


class OutboxService:
    """The sender's view of the outbox."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def take(self, limit: int) -> list[Notice]:
        """Take up to so many due notices; nobody else gets them while they are being sent.

        Nothing is due while Telegram wants silence.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            if not await uow.outbox.has_due(now):
                return []
        async with self._db.transaction(effect=False) as uow:
            held_until = await _held_until(uow)
            if held_until is not None and now < held_until:
                return []
            rows = await uow.outbox.take_due(limit, now, lease=LEASE)
        return [
            Notice(
                row.id,
                row.person_id,
                row.kind,
                row.args,
                row.attempts,
                row.created_at,
                urgent=row.lane == Lane.OWED,
                cause=row.cause,
            )
            for row in rows
        ]

    async def renew(self, notices: Sequence[Notice]) -> None:
        """Hold on to notices that are still being sent."""
        takings = [(notice.id, notice.attempt) for notice in notices]
        async with self._db.transaction(effect=False) as uow:
            await uow.outbox.renew(takings, self._clock() + LEASE)

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Note what became of these notices, all in one transaction."""
        now = self._clock()
        async with self._db.transaction(effect=False) as uow:
            for outcome in outcomes:
                await _settle(uow, outcome, now)

    async def hold(self, span: timedelta) -> None:
        """Keep every notice back for so long; admins are told of a long silence, once."""
        now = self._clock()
        until = now + span
        async with self._db.transaction(effect=False) as uow:
            held_until = await _held_until(uow)
            if held_until is not None and until <= held_until:
                return
            await uow.meta.put(_HELD_UNTIL, until.isoformat())
            if span < _LONG_HOLD or (held_until is not None and now < held_until):
                return
            admins = {grant.person_id for grant, _ in await uow.grants.list_holders(Role.ADMIN)}
            for person_id in sorted(admins):
                notices.send(
                    uow,
                    person_id,
                    "telegram-held",
                    now,
                    since=int(now.timestamp()),
                    minutes=span // timedelta(minutes=1),
                )

    async def owe_answer(self, person_id: int, saved_at: datetime | None) -> None:
        """Promise the person an answer that could not be given: the first thing sent again.

        Args:
            saved_at: when the act was kept that is to be answered; ``None`` where none was.
        """
        async with self._db.transaction(effect=False) as uow:
            if await uow.outbox.is_waiting(person_id, "answer-owed"):
                return
            uow.outbox.add(
                person_id=person_id,
                kind="answer-owed",
                args={} if saved_at is None else {"saved_at": int(saved_at.timestamp())},
                now=self._clock(),
                lane=Lane.OWED,
            )

    async def forget_settled(self, kept: timedelta) -> None:
        """Delete what was settled and is older than the term."""
        before = self._clock() - kept
        deleted = _DELETED_AT_ONCE
        while deleted == _DELETED_AT_ONCE:
            # In parts: on SQLite everybody else who writes is waiting.
            async with self._db.transaction(effect=False) as uow:
                deleted = await uow.outbox.delete_settled(before, _DELETED_AT_ONCE)


async def follow_clock(uow: UnitOfWork, before: datetime, now: datetime) -> None:
    """Have what waits for a moment close by wait for it by a clock that was set back to ``now``."""
    await uow.outbox.follow_clock(now, lease=LEASE)
    held_until = await _held_until(uow)
    if held_until is not None and held_until > before:
        await uow.meta.put(_HELD_UNTIL, (now + (held_until - before)).isoformat())
    elif held_until is not None and held_until > now:
        await uow.meta.put(_HELD_UNTIL, now.isoformat())


async def _held_until(uow: UnitOfWork) -> datetime | None:
    written = await uow.meta.find(_HELD_UNTIL)
    return None if written is None else datetime.fromisoformat(written)


async def _settle(uow: UnitOfWork, outcome: Outcome, now: datetime) -> None:
    notice, why = outcome.notice, outcome.why
    match outcome.fate:
        case Fate.SENT:
            await uow.outbox.mark_sent(notice.id, now=now, sent_message_id=outcome.message_id)
        case Fate.DROPPED:
            await uow.outbox.mark_dropped(notice.id, error=why)
        case Fate.FAILED:
            await uow.outbox.mark_failed(notice.id, error=why)
        case Fate.PUT_OFF:
            due_at = now + outcome.again_in
            await uow.outbox.put_off(notice.id, due_at=due_at, error=why, attempts=notice.attempt)
        case Fate.RELEASED:
            await uow.outbox.release(notice.id, error=why, attempts=notice.attempt)
