"""Stating when a shift ended: the one way in which an interval comes to be or changes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import audit
from bot.services.errors import ConflictError, InvalidInputError
from bot.services.shift_times import LONGEST_STATED, local_date
from db.database import UnitOfWork
from db.models.shifts import CorrectionState, Shift, ShiftCorrection, ShiftState
from db.types import moment_text


async def check_interval(
    uow: UnitOfWork, shift: Shift, started_at: datetime, ended_at: datetime, now: datetime
) -> None:
    """Make sure that the shift may have lasted from one moment to the other.

    The caller holds the person's row, so that no other shift of theirs changes meanwhile.

    Raises:
        InvalidInputError: it ends before it starts or in the future, or lasts over a day.
        ConflictError: another shift shares time with it, or there was no valid briefing.
    """
    if ended_at > now:
        raise InvalidInputError("error-shift-time-ahead", start=started_at)
    if not timedelta() <= ended_at - started_at <= LONGEST_STATED:
        raise InvalidInputError("error-shift-length", hours=LONGEST_STATED // timedelta(hours=1))
    other = await uow.shifts.find_overlapping(shift.person_id, started_at, ended_at, but=shift.id)
    if other is not None:
        raise ConflictError("error-shift-overlap", at=other.started_at)
    if started_at != shift.started_at:
        passed = await uow.passes.find(shift.briefing_pass_id)
        if passed is None or not passed.signed_at <= started_at < passed.valid_until:
            raise ConflictError("error-shift-unbriefed")


async def state_end(
    uow: UnitOfWork,
    shift: Shift,
    ended_at: datetime,
    *,
    actor_id: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> ShiftCorrection | None:
    """Close a shift that has no stated end, with credit; one that closed by itself keeps that.

    Raises:
        ConflictError: its end is stated already, or as for ``check_interval``.
        InvalidInputError: as for ``check_interval``.
    """
    if shift.state is ShiftState.CLOSED:
        raise ConflictError("error-shift-ended", at=shift.ended_at)
    await check_interval(uow, shift, shift.started_at, ended_at, now)
    return await correct(
        uow,
        shift,
        shift.started_at,
        ended_at,
        action="shift.end_stated",
        actor_id=actor_id,
        reason=reason,
        now=now,
        zone=zone,
    )


async def correct(
    uow: UnitOfWork,
    shift: Shift,
    started_at: datetime,
    ended_at: datetime,
    *,
    action: str,
    actor_id: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> ShiftCorrection | None:
    """Give the shift ends that nobody asked for, and keep those it had, if it had."""
    correction = None
    if shift.state is not ShiftState.OPEN:
        correction = await uow.shift_corrections.add(
            ShiftCorrection(
                shift_id=shift.id,
                state=CorrectionState.APPROVED,
                old_started_at=shift.started_at,
                old_ended_at=shift.ended_at,
                started_at=started_at,
                ended_at=ended_at,
                reason=reason,
                asked_at=now,
                asked_by=actor_id,
                decided_at=now,
                decided_by=actor_id,
                decision_reason="",
            )
        )
    await set_interval(
        uow,
        shift,
        started_at,
        ended_at,
        action=action,
        actor_id=actor_id,
        reason=reason,
        now=now,
        zone=zone,
    )
    return correction


async def set_interval(
    uow: UnitOfWork,
    shift: Shift,
    started_at: datetime,
    ended_at: datetime,
    *,
    action: str,
    actor_id: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Close the shift with these ends and write it into the journal."""
    before = described(shift)
    shift.started_at, shift.ended_at = started_at, ended_at
    shift.local_date = local_date(started_at, zone)
    shift.state, shift.ended_by, shift.ask_at = ShiftState.CLOSED, actor_id, None
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action=action,
        subject="shift",
        subject_id=shift.id,
        before=before,
        after=described(shift),
        personal={"reason": reason} if reason else None,
        person_id=shift.person_id,
    )


def described(shift: Shift) -> dict[str, str | None]:
    """Return what the journal keeps of a shift: its ends and state, no places."""
    return {
        "state": shift.state.value,
        "started_at": moment_text(shift.started_at),
        "ended_at": None if shift.ended_at is None else moment_text(shift.ended_at),
    }
