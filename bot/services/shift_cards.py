"""A shift as its card shows it, to the person and to the staff of the district."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.services import notices
from bot.services.activity_cards import EntryLine, lies_outside
from bot.services.activity_cards import line_of as line_of_entry
from bot.services.geofence import Fences, Point
from bot.services.roster_cards import Planned, planned_of
from bot.services.shift_times import ShiftRules, likely_ends
from db.database import UnitOfWork
from db.models.activities import VOID
from db.models.assignments import Assignment
from db.models.people import Person
from db.models.shifts import CorrectionState, Place, Shift, ShiftCorrection, ShiftState

CARD = "shift-card"


@dataclass(frozen=True, slots=True)
class CorrectionCard:
    """A request to correct a shift, or what was decided; moments are UTC."""

    id: int
    shift_id: int
    person_id: int
    full_name: str
    phone: str
    district: str
    state: CorrectionState
    old_started_at: datetime
    old_ended_at: datetime | None
    started_at: datetime
    ended_at: datetime
    reason: str
    decided_at: datetime | None
    decided_by: str | None
    decision_reason: str


@dataclass(frozen=True, slots=True)
class ShiftCard:
    """One shift; ``district`` is a code, moments are UTC, ``track_m`` is metres.

    Attributes:
        local_date: the region's day it began on.
        planned: the duty it keeps; without one it is unplanned.
        start_point: where the phone was when it began, until that is forgotten.
        start_site: names by language of the site it began in, if any.
        ask_at: when the person is asked next whether they are still on duty.
        ends: believable ends of a shift that has none stated.
        log: its results in order of time, also withdrawn ones.
        outside: how many of them lie outside its time, which was stated or corrected since.
        too_long: whether it lasted longer than is believable.
        waiting: the request to correct it that waits for a decision.
    """

    id: int
    person_id: int
    full_name: str
    phone: str
    district: str
    state: ShiftState
    local_date: date
    started_at: datetime
    ended_at: datetime | None
    planned: Planned | None
    start_place: Place
    start_point: Point | None
    start_site: Mapping[str, str] | None
    end_place: Place | None
    track_m: float
    ask_at: datetime | None
    asked_at: datetime | None
    ends: tuple[datetime, ...]
    too_long: bool
    entries: int
    people_reached: int
    log: tuple[EntryLine, ...]
    outside: int
    card_message_id: int | None
    waiting: CorrectionCard | None

    @property
    def credited(self) -> timedelta:
        """The worked time: nothing while the shift is open or its end is not stated."""
        if self.ended_at is None or self.state is not ShiftState.CLOSED:
            return timedelta()
        return self.ended_at - self.started_at


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift as a line of a list; moments are UTC."""

    id: int
    person_id: int
    full_name: str
    phone: str
    district: str
    state: ShiftState
    started_at: datetime
    ended_at: datetime | None
    start_place: Place
    planned: bool


def line_of(shift: Shift, person: Person) -> ShiftLine:
    """Turn a shift into a line of a list."""
    return ShiftLine(
        id=shift.id,
        person_id=person.id,
        full_name=person.full_name or "",
        phone=person.phone or "",
        district=shift.district_code,
        state=shift.state,
        started_at=shift.started_at,
        ended_at=shift.ended_at,
        start_place=shift.start_place,
        planned=shift.assignment_id is not None,
    )


def correction_card(
    correction: ShiftCorrection, shift: Shift, person: Person, decider: Person | None = None
) -> CorrectionCard:
    """Turn a request and its shift into plain data."""
    return CorrectionCard(
        id=correction.id,
        shift_id=shift.id,
        person_id=person.id,
        full_name=person.full_name or "",
        phone=person.phone or "",
        district=shift.district_code,
        state=correction.state,
        old_started_at=correction.old_started_at,
        old_ended_at=correction.old_ended_at,
        started_at=correction.started_at,
        ended_at=correction.ended_at,
        reason=correction.reason,
        decided_at=correction.decided_at,
        decided_by=decider.full_name if decider else None,
        decision_reason=correction.decision_reason,
    )


class ShiftCards:
    """Reads cards.

    Args:
        fences: to name the site a shift began in.
    """

    def __init__(self, rules: ShiftRules, fences: Fences) -> None:
        self._rules = rules
        self._fences = fences

    async def read(self, uow: UnitOfWork, shift: Shift, person: Person, now: datetime) -> ShiftCard:
        """Return the shift with its results and what can be said of its end."""
        pending = await uow.shift_corrections.find_pending(shift.id)
        closed = shift.state is ShiftState.CLOSED
        sign = None if closed else await uow.shifts.last_sign(shift)
        log = tuple(map(line_of_entry, await uow.activities.list_of_shift(shift.id)))
        duty = shift.assignment_id and await uow.assignments.find(shift.assignment_id)
        return self._draw(
            shift, person, now, duty=duty or None, pending=pending, sign=sign, log=log
        )

    def fresh(
        self, shift: Shift, person: Person, now: datetime, duty: Assignment | None
    ) -> ShiftCard:
        """Return a shift that has just begun for the duty: nothing else belongs to it yet."""
        return self._draw(shift, person, now, duty=duty)

    def _draw(
        self,
        shift: Shift,
        person: Person,
        now: datetime,
        *,
        duty: Assignment | None = None,
        pending: ShiftCorrection | None = None,
        sign: datetime | None = None,
        log: tuple[EntryLine, ...] = (),
    ) -> ShiftCard:
        latest = min(now, shift.ended_at or now)
        ends: list[datetime] = []
        if shift.state is not ShiftState.CLOSED:
            ends = likely_ends(shift.started_at, [sign] if sign else [], latest, self._rules)
        standing = [line for line in log if line.state not in VOID]
        return ShiftCard(
            id=shift.id,
            person_id=person.id,
            full_name=person.full_name or "",
            phone=person.phone or "",
            district=shift.district_code,
            state=shift.state,
            local_date=shift.local_date,
            started_at=shift.started_at,
            ended_at=shift.ended_at,
            planned=None if duty is None else planned_of(duty),
            start_place=shift.start_place,
            start_point=_start_of(shift),
            start_site=self._fences.site(shift.district_code, _start_of(shift)),
            end_place=shift.end_place,
            track_m=shift.track_m,
            ask_at=shift.ask_at,
            asked_at=shift.asked_at,
            ends=tuple(ends),
            too_long=latest - shift.started_at > self._rules.longest,
            entries=len(standing),
            people_reached=sum(line.people_reached for line in standing),
            log=log,
            outside=sum(lies_outside(line, shift) for line in standing),
            card_message_id=shift.card_message_id,
            waiting=None if pending is None else correction_card(pending, shift, person),
        )


def _start_of(shift: Shift) -> Point | None:
    if shift.start_lat is None or shift.start_lon is None:
        return None
    return Point(shift.start_lat, shift.start_lon, shift.start_accuracy_m)


def refresh(uow: UnitOfWork, shift: Shift, now: datetime) -> None:
    """Have the shift's card in the person's chat drawn anew, in the caller's transaction.

    For changes that the person did not make on the card itself: entries recorded elsewhere,
    decisions of others, the timetable.
    """
    notices.send(uow, shift.person_id, CARD, now, shift_id=shift.id)
