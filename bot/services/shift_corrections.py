"""Corrections of shifts as the person asks for them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import audit, notices
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.shift_cards import CorrectionCard, correction_card, refresh
from bot.services.shift_ends import check_interval
from bot.services.shift_times import read_times, to_minute
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.shifts import CorrectionState, Shift, ShiftCorrection, ShiftState
from db.types import moment_text

ASKED_WITHIN = timedelta(days=31)


class ShiftCorrectionService:
    """Requests to correct one's own shifts.

    Args:
        zone: the region's, in which people type times.
    """

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def read_span(
        self, person_id: int, shift_id: int, typed: str
    ) -> tuple[datetime, datetime]:
        """Return the ends that the person means by HH:MM - HH:MM or HH:MM, having checked them.

        Raises:
            InvalidInputError: these are no times, or the shift cannot have been then.
            NotFoundError, ConflictError: as for ``ask``.
        """
        now = self._clock()
        async with self._db.reading() as uow:
            found = await uow.shifts.find_with_person(shift_id)
            shift = _own(found and found[0], person_id)
            started_at, ended_at = read_times(typed).around(shift.started_at, now, self._zone)
            await self._check(uow, shift, started_at, ended_at, now)
        return started_at, ended_at

    async def check(
        self, person_id: int, shift_id: int, started_at: datetime, ended_at: datetime
    ) -> None:
        """Make sure that the person may ask for these ends.

        Raises:
            NotFoundError, ConflictError, InvalidInputError: as for ``ask``.
        """
        async with self._db.reading() as uow:
            found = await uow.shifts.find_with_person(shift_id)
            shift = _own(found and found[0], person_id)
            await self._check(uow, shift, started_at, ended_at, self._clock())

    async def ask(
        self,
        person_id: int,
        shift_id: int,
        started_at: datetime,
        ended_at: datetime,
        reason: str,
    ) -> CorrectionCard:
        """Ask for other ends of one's own shift; the coordinators of its district are told.

        Raises:
            NotFoundError: it is no shift of the person.
            ConflictError: it is open or too old, a request waits already, or another shift
                shares time with the new ends.
            InvalidInputError: the ends or the reason cannot be taken.
        """
        reason = clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            await uow.people.lock_assistant(person_id)
            shift = _own(await uow.shifts.lock(shift_id), person_id)
            await self._check(uow, shift, started_at, ended_at, now)
            correction = await uow.shift_corrections.add(
                ShiftCorrection(
                    shift_id=shift.id,
                    state=CorrectionState.PENDING,
                    old_started_at=shift.started_at,
                    old_ended_at=shift.ended_at,
                    started_at=started_at,
                    ended_at=ended_at,
                    reason=reason,
                    asked_at=now,
                    asked_by=person_id,
                    decision_reason="",
                )
            )
            await record_request(
                uow, correction, shift, "asked", actor_id=person_id, reason=reason, now=now
            )
            refresh(uow, shift, now)
            await notices.send_to_coordinators(
                uow,
                shift.district_code,
                "correction-asked",
                now,
                about=person_id,
                correction_id=correction.id,
            )
            return await request_card(uow, correction, shift)

    async def withdraw(self, person_id: int, correction_id: int) -> CorrectionCard:
        """Take one's own request back.

        Raises:
            NotFoundError: it is no request of the person.
            ConflictError: it is decided already.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            correction, shift = await lock_request(uow, correction_id)
            if correction.asked_by != person_id:
                raise NotFoundError
            await close_request(
                uow, correction, CorrectionState.WITHDRAWN, actor_id=person_id, reason="", now=now
            )
            await record_request(
                uow, correction, shift, "withdrawn", actor_id=person_id, reason="", now=now
            )
            refresh(uow, shift, now)
            return await request_card(uow, correction, shift)

    async def _check(
        self,
        uow: UnitOfWork,
        shift: Shift,
        started_at: datetime,
        ended_at: datetime,
        now: datetime,
    ) -> None:
        if now - shift.started_at > ASKED_WITHIN:
            raise ConflictError("error-correction-late", days=ASKED_WITHIN.days)
        await must_be_free(uow, shift, (started_at, ended_at))
        await check_interval(uow, shift, started_at, ended_at, now)


async def must_be_free(uow: UnitOfWork, shift: Shift, span: tuple[datetime, datetime]) -> None:
    """Make sure that the shift has ended, with other ends than these, and that no request waits.

    Raises:
        ConflictError, InvalidInputError: with what stands in the way.
    """
    if shift.state is ShiftState.OPEN:
        raise ConflictError("error-correction-open")
    if await uow.shift_corrections.find_pending(shift.id) is not None:
        raise ConflictError("error-correction-waits")
    present = shift.started_at, shift.ended_at or shift.started_at
    shown = [to_minute(each) for each in present]
    if shift.state is ShiftState.CLOSED and [to_minute(each) for each in span] == shown:
        raise InvalidInputError("error-correction-same")


async def lock_request(uow: UnitOfWork, correction_id: int) -> tuple[ShiftCorrection, Shift]:
    """Lock the person, the shift and the request, in the order every writer keeps."""
    found = await uow.shift_corrections.find(correction_id)
    if found is None:
        raise NotFoundError
    row = await uow.shifts.find_with_person(found.shift_id)
    assert row is not None  # noqa: S101 - a foreign key holds it
    await uow.people.lock_assistant(row[0].person_id)
    shift = await uow.shifts.lock(found.shift_id)
    correction = await uow.shift_corrections.lock(correction_id)
    assert shift is not None  # noqa: S101 - shifts are never deleted
    assert correction is not None  # noqa: S101 - neither are requests
    return correction, shift


async def close_request(
    uow: UnitOfWork,
    correction: ShiftCorrection,
    state: CorrectionState,
    *,
    actor_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Close a request that waits.

    Raises:
        ConflictError: it does not wait any more.
    """
    if correction.state is not CorrectionState.PENDING:
        decider = await uow.people.find(correction.decided_by or 0)
        raise ConflictError(
            "error-correction-decided",
            state=correction.state,
            at=correction.decided_at,
            by=(decider.full_name if decider else None) or "-",
        )
    correction.state, correction.decided_at = state, now
    correction.decided_by, correction.decision_reason = actor_id, reason


async def record_request(
    uow: UnitOfWork,
    correction: ShiftCorrection,
    shift: Shift,
    what: str,
    *,
    actor_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Write what became of a request into the journal."""
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action=f"correction.{what}",
        subject="shift",
        subject_id=shift.id,
        after={
            "correction": correction.id,
            "started_at": moment_text(correction.started_at),
            "ended_at": moment_text(correction.ended_at),
        },
        personal={"reason": reason} if reason else None,
        person_id=shift.person_id,
    )


async def request_card(
    uow: UnitOfWork, correction: ShiftCorrection, shift: Shift
) -> CorrectionCard:
    """Return the request as plain data."""
    person = await uow.people.find(shift.person_id)
    assert person is not None  # noqa: S101 - a foreign key holds it
    decider = await uow.people.find(correction.decided_by) if correction.decided_by else None
    return correction_card(correction, shift, person, decider)


def _own(shift: Shift | None, person_id: int) -> Shift:
    if shift is None or shift.person_id != person_id:
        raise NotFoundError
    return shift
