"""Planned duties as they are shown, and how one ceases to be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.services import audit, notices
from bot.services.roster_times import MISSED_AFTER
from db.database import UnitOfWork
from db.models.assignments import Assignment, AssignmentState
from db.repositories.assignments import AssignmentRow
from db.types import moment_text

CANCELLED = "assignment-cancelled"


@dataclass(frozen=True, slots=True)
class Planned:
    """From when to when a duty is planned; moments are UTC."""

    id: int
    starts_at: datetime
    ends_at: datetime


class Outcome(StrEnum):
    """What has become of a duty by now."""

    AHEAD = "ahead"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class AssignmentCard:
    """A planned duty with its person; ``district`` is a code, moments are UTC.

    Attributes:
        outcome: ``kept`` once a shift was begun for it, ``missed`` when none was long after its
            start.
        noted: whether a coordinator took note that nobody came.
        over: whether its end has passed.
    """

    id: int
    person_id: int
    full_name: str
    phone: str
    district: str
    starts_at: datetime
    ends_at: datetime
    outcome: Outcome
    noted: bool
    over: bool

    @property
    def may_be_cancelled(self) -> bool:
        """Whether it stands and something of it is still to come."""
        return self.outcome in (Outcome.AHEAD, Outcome.MISSED) and not self.over


def card_of(row: AssignmentRow, now: datetime) -> AssignmentCard:
    """Turn a duty into plain data, as it stands now."""
    assignment, person, shift_id = row
    outcome = Outcome.AHEAD if now - assignment.starts_at <= MISSED_AFTER else Outcome.MISSED
    if assignment.state is AssignmentState.CANCELLED:
        outcome = Outcome.CANCELLED
    elif shift_id is not None:
        outcome = Outcome.KEPT
    return AssignmentCard(
        id=assignment.id,
        person_id=person.id,
        full_name=person.full_name or "",
        phone=person.phone or "",
        district=assignment.district_code,
        starts_at=assignment.starts_at,
        ends_at=assignment.ends_at,
        outcome=outcome,
        noted=assignment.noted_at is not None,
        over=assignment.ends_at <= now,
    )


def planned_of(assignment: Assignment) -> Planned:
    """Return when a duty is."""
    return Planned(assignment.id, assignment.starts_at, assignment.ends_at)


def described(assignment: Assignment) -> dict[str, str | int]:
    """Return what the journal keeps of a duty."""
    return {
        "person": assignment.person_id,
        "district": assignment.district_code,
        "state": assignment.state.value,
        "starts_at": moment_text(assignment.starts_at),
        "ends_at": moment_text(assignment.ends_at),
    }


async def cancel(
    uow: UnitOfWork, assignment: Assignment, *, actor_id: int | None, now: datetime
) -> None:
    """Cancel a duty whose row is locked."""
    assignment.state = AssignmentState.CANCELLED
    assignment.cancelled_at, assignment.cancelled_by = now, actor_id
    await audit.record(
        uow,
        at=now,
        actor_id=actor_id,
        action="assignment.cancelled",
        subject="assignment",
        subject_id=assignment.id,
        before={"state": AssignmentState.PLANNED.value},
        after=described(assignment),
    )


def tell_cancelled(uow: UnitOfWork, assignment: Assignment, now: datetime) -> None:
    """Have the person told that a duty of theirs is cancelled."""
    notices.send(uow, assignment.person_id, CANCELLED, now, assignment_id=assignment.id)


async def cancel_coming(
    uow: UnitOfWork, person_id: int, *, actor_id: int | None, now: datetime
) -> list[Assignment]:
    """Cancel what is planned for somebody who is not to serve there any more, and return it.

    The caller holds the assistant's row, so that nothing is planned for them meanwhile.
    """
    coming = list(await uow.assignments.lock_coming(person_id, now))
    for assignment in coming:
        await cancel(uow, assignment, actor_id=actor_id, now=now)
    return coming
