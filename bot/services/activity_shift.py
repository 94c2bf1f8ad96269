"""Which shift a result belongs to, and how long that shift takes results."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.activity_answers import Span
from bot.services.errors import ConflictError, NotFoundError
from db.database import UnitOfWork
from db.models.people import AssistantStatus
from db.models.shifts import Shift

_NOON = time(12)


def taken_until(ended_at: datetime, zone: ZoneInfo) -> datetime:
    """Return the next local noon after the shift: until then it takes results."""
    day = ended_at.astimezone(zone).date()
    noons = (
        datetime.combine(day + timedelta(days=ahead), _NOON, zone).astimezone(UTC)
        for ahead in (0, 1)
    )
    return next(noon for noon in noons if noon > ended_at)


def span_of(shift: Shift, now: datetime) -> Span:
    """Return when the results of the shift can have happened."""
    if shift.ended_at is None:
        # A clock set back must not make a shift end before it starts.
        return Span(shift.started_at, max(now, shift.started_at), ended=False)
    return Span(shift.started_at, shift.ended_at, ended=True)


async def find_target(
    uow: UnitOfWork, person_id: int, shift_id: int | None, now: datetime, zone: ZoneInfo
) -> Shift:
    """Return the shift that a new result belongs to: the one named, or the person's latest.

    Raises:
        NotFoundError: the one named is none of the person's.
        ConflictError: the person never was on shift, it ended too long ago, or they may not work.
    """
    if shift_id is not None:
        shift = await find_own(uow, person_id, shift_id)
    else:
        latest = await uow.shifts.find_latest(person_id)
        if latest is None:
            raise ConflictError("error-activity-no-shift")
        shift = latest
    await must_take(uow, shift, now, zone)
    return shift


async def find_own(uow: UnitOfWork, person_id: int, shift_id: int) -> Shift:
    """Return the person's own shift.

    Raises:
        NotFoundError: it is no shift of the person.
    """
    found = await uow.shifts.find_with_person(shift_id)
    if found is None or found[0].person_id != person_id:
        raise NotFoundError
    return found[0]


async def lock_own(uow: UnitOfWork, person_id: int, shift_id: int) -> Shift:
    """Return the person's own shift, locked until the transaction ends.

    Raises:
        NotFoundError: it is no shift of the person.
    """
    shift = await uow.shifts.lock(shift_id)
    if shift is None or shift.person_id != person_id:
        raise NotFoundError
    return shift


async def must_take(uow: UnitOfWork, shift: Shift, now: datetime, zone: ZoneInfo) -> None:
    """Make sure that the shift takes results now.

    Raises:
        ConflictError: it ended too long ago, or the person may not work.
    """
    assistant = await uow.people.find_assistant(shift.person_id)
    if assistant is None or assistant.status is not AssistantStatus.ACTIVE:
        raise ConflictError("error-activity-status")
    if shift.ended_at is not None and now >= taken_until(shift.ended_at, zone):
        raise ConflictError("error-activity-late", at=shift.ended_at)
