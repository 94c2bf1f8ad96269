"""The shift of an assistant: start, end, and what the person says of its end."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.services import audit
from bot.services.briefing import BriefingService
from bot.services.clock import Clock
from bot.services.errors import ConflictError, InvalidInputError, NotFoundError
from bot.services.geofence import Fences, Point
from bot.services.roster_times import EARLY
from bot.services.shift_cards import ShiftCard, ShiftCards, refresh
from bot.services.shift_ends import described, state_end
from bot.services.shift_times import ShiftRules, local_date, moment_of, read_end
from db.database import Database, UnitOfWork
from db.models.assignments import Assignment
from db.models.briefings import BriefingPass
from db.models.people import Assistant, AssistantStatus
from db.models.shifts import Shift, ShiftState

# A point tells where the person is, not where they were.
FRESH = timedelta(minutes=10)


class ShiftService:
    """What a person does with their own shifts.

    Args:
        zone: the region's, for the date a shift belongs to.
        fences: mark where a shift begins and ends.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        briefing: BriefingService,
        *,
        zone: ZoneInfo,
        rules: ShiftRules,
        fences: Fences,
        cards: ShiftCards,
    ) -> None:
        self._db = db
        self._clock = clock
        self._briefing = briefing
        self._zone = zone
        self._rules = rules
        self._fences = fences
        self._cards = cards

    async def check_start(self, person_id: int) -> None:
        """Make sure that the person could start a shift now, before they are asked for a place.

        Raises:
            ConflictError: as for ``start``.
        """
        async with self._db.reading() as uow:
            assistant = await uow.people.find_assistant(person_id)
            if assistant is None:
                raise ConflictError("error-shift-not-assistant")
            await self._must_be_ready(uow, assistant, self._clock())

    async def start(
        self, person_id: int, point: Point | None, sent_at: datetime | None = None
    ) -> ShiftCard:
        """Open a shift at the moment the message was sent, marked by the fence.

        It keeps the planned duty that fits, if there is one: then the person is asked at its end
        whether they are still on duty, and otherwise after the longest believable stay.

        Raises:
            ConflictError: the person is no active assistant, has no valid briefing, is on shift
                already, or ended a later one meanwhile.
            InvalidInputError: the point was sent too long ago to say where the person is.
        """
        now = self._clock()
        at = moment_of(sent_at, now)
        if point is not None and now - at > FRESH:
            raise InvalidInputError("error-location-old")
        async with self._db.transaction() as uow:
            # Their row keeps two starts of one person apart.
            found = await uow.people.lock_with_assistant(person_id)
            if found is None:
                raise ConflictError("error-shift-not-assistant")
            assistant, person = found
            passed = await self._must_be_ready(uow, assistant, at)
            # Telegram's clock may be behind ours: no shift begins before its briefing is signed.
            at = max(at, passed.signed_at)
            place = self._fences.judge(assistant.district_code, point)
            duty = await _fitting(uow, assistant, at)
            ask_at = at + self._rules.longest if duty is None else duty.ends_at
            shift = await uow.shifts.add(
                Shift(
                    person_id=person_id,
                    district_code=assistant.district_code,
                    briefing_pass_id=passed.id,
                    briefing_valid_until=passed.valid_until,
                    state=ShiftState.OPEN,
                    local_date=local_date(at, self._zone),
                    started_at=at,
                    start_place=place,
                    start_lat=point and point.lat,
                    start_lon=point and point.lon,
                    start_accuracy_m=point and point.accuracy_m,
                    track_m=0.0,
                    ask_at=ask_at,
                    close_at=max(at + self._rules.close, ask_at + self._rules.again),
                    assignment_id=duty and duty.id,
                )
            )
            await audit.record(
                uow,
                at=now,
                actor_id=person_id,
                action="shift.started",
                subject="shift",
                subject_id=shift.id,
                after={
                    **described(shift),
                    "person": person_id,
                    "place": place.value,
                    "assignment": shift.assignment_id,
                },
            )
            return self._cards.fresh(shift, person, now, duty)

    async def end(
        self, person_id: int, point: Point | None, sent_at: datetime | None = None
    ) -> ShiftCard:
        """End the person's open shift at the moment the message was sent.

        A point too old to say where the person is counts as none; nothing else stops an end.
        After the time at which the shift should have closed by itself, its end stays unconfirmed.

        Raises:
            ConflictError: there is no open shift, or it began after the message was sent.
        """
        now = self._clock()
        at = moment_of(sent_at, now)
        async with self._db.transaction() as uow:
            shift = await uow.shifts.lock_open(person_id)
            if shift is None:
                raise await self._not_on_shift(uow, person_id)
            if at < shift.started_at <= now:
                raise ConflictError("error-shift-began-later", at=shift.started_at)
            fresh = point if now - at <= FRESH else None
            # A clock set back must not make a shift end before it starts.
            shift.ended_at = max(at, shift.started_at)
            shift.end_place = self._fences.judge(shift.district_code, fresh)
            if fresh is not None:
                shift.end_lat, shift.end_lon = fresh.lat, fresh.lon
                shift.end_accuracy_m = fresh.accuracy_m
            late = at > shift.close_at
            shift.state = ShiftState.UNCONFIRMED if late else ShiftState.CLOSED
            shift.ended_by, shift.ask_at = person_id, None
            await audit.record(
                uow,
                at=now,
                actor_id=person_id,
                action="shift.ended",
                subject="shift",
                subject_id=shift.id,
                after={**described(shift), "place": shift.end_place.value},
            )
            return await self._card(uow, shift, now)

    async def state_end(self, person_id: int, shift_id: int, ended_at: datetime) -> ShiftCard:
        """Close one's own shift that has no stated end, with credit.

        Raises:
            NotFoundError: it is no shift of the person.
            ConflictError: its end is stated already, or another shift shares time with it.
            InvalidInputError: it cannot have ended then.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            await uow.people.lock_assistant(person_id)
            shift = await self._lock_own(uow, person_id, shift_id)
            return await self._state_end(uow, shift, ended_at, now)

    async def state_typed_end(self, person_id: int, shift_id: int, typed: str) -> ShiftCard:
        """Close one's own shift at the first HH:MM after its start.

        Raises:
            InvalidInputError: it is no time, or one still to come.
            NotFoundError, ConflictError: as for ``state_end``.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            await uow.people.lock_assistant(person_id)
            shift = await self._lock_own(uow, person_id, shift_id)
            end = read_end(typed, shift.started_at, now, self._zone)
            return await self._state_end(uow, shift, end, now)

    async def stay(self, person_id: int, shift_id: int) -> ShiftCard:
        """Note that the person is still on duty; they are asked again later.

        Raises:
            NotFoundError: it is no shift of the person.
            ConflictError: it is not open any more.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            shift = await self._lock_own(uow, person_id, shift_id)
            if shift.state is not ShiftState.OPEN:
                raise ConflictError("error-shift-ended", at=shift.ended_at)
            shift.ask_at = now + self._rules.again
            shift.close_at = max(shift.close_at, shift.ask_at + self._rules.again)
            refresh(uow, shift, now)
            return await self._card(uow, shift, now)

    async def note_card(self, shift_id: int, message_id: int) -> None:
        """Remember which message of the person's chat is the shift's card."""

        async def write(uow: UnitOfWork) -> None:
            await uow.shifts.note_card(shift_id, message_id)

        await self._db.at_the_end(("shift-card", shift_id), write)

    async def _must_be_ready(
        self, uow: UnitOfWork, assistant: Assistant, at: datetime
    ) -> BriefingPass:
        """Return the pass behind a shift that the assistant may start at the moment."""
        latest = await uow.shifts.find_latest(assistant.person_id)
        if latest is not None and latest.state is ShiftState.OPEN:
            raise ConflictError("error-shift-open", at=latest.started_at)
        _must_serve(assistant)
        passed = await self._briefing.valid_pass(uow, assistant.person_id, at)
        if passed is None:
            raise ConflictError("error-shift-no-briefing")
        # One that closed by itself has no end that anybody stated.
        if latest is not None and latest.state is ShiftState.CLOSED:
            assert latest.ended_at is not None  # noqa: S101 - a check constraint holds it
            if at < latest.ended_at:
                raise ConflictError("error-shift-ended-since", at=latest.ended_at)
        return passed

    async def _not_on_shift(self, uow: UnitOfWork, person_id: int) -> ConflictError:
        latest = await uow.shifts.find_latest(person_id)
        if latest is None:
            return ConflictError("error-shift-none")
        return ConflictError("error-shift-ended", at=latest.ended_at)

    async def _state_end(
        self, uow: UnitOfWork, shift: Shift, ended_at: datetime, now: datetime
    ) -> ShiftCard:
        await state_end(
            uow, shift, ended_at, actor_id=shift.person_id, reason="", now=now, zone=self._zone
        )
        refresh(uow, shift, now)
        return await self._card(uow, shift, now)

    async def _lock_own(self, uow: UnitOfWork, person_id: int, shift_id: int) -> Shift:
        shift = await uow.shifts.lock(shift_id)
        if shift is None or shift.person_id != person_id:
            raise NotFoundError
        return shift

    async def _card(self, uow: UnitOfWork, shift: Shift, now: datetime) -> ShiftCard:
        person = await uow.people.find(shift.person_id)
        assert person is not None  # noqa: S101 - a foreign key holds it
        return await self._cards.read(uow, shift, person, now)


async def _fitting(uow: UnitOfWork, assistant: Assistant, at: datetime) -> Assignment | None:
    """Return the duty a shift begun at the moment is for: of several, whose start is nearest."""
    duties = await uow.assignments.list_open(
        assistant.person_id, assistant.district_code, starts_by=at + EARLY, ends_after=at
    )
    return min(duties, key=lambda duty: abs(duty.starts_at - at), default=None)


def _must_serve(assistant: Assistant) -> None:
    """Refuse an assistant who may not be on duty.

    Raises:
        ConflictError: with the reason and the next step.
    """
    reason = assistant.status_reason or "-"
    match assistant.status:
        case AssistantStatus.TRAINEE:
            raise ConflictError("error-shift-trainee")
        case AssistantStatus.SUSPENDED:
            raise ConflictError("error-shift-suspended", reason=reason, at=assistant.status_at)
        case AssistantStatus.DISMISSED:
            raise ConflictError("error-shift-dismissed", reason=reason)
        case AssistantStatus.ACTIVE:
            return
