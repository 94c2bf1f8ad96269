"""Entries as plain data, for their author."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from db.database import UnitOfWork
from db.models.activities import Activity, ActivityState, ActivityVersion
from db.models.shifts import Shift

# So long a press by mistake is taken back without a reason.
UNDO_WITHIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry as a line of a list; moments are UTC, equal ones mean a moment."""

    id: int
    shift_id: int
    kind: str
    state: ActivityState
    begins_at: datetime
    ends_at: datetime
    people_reached: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry; moments are UTC.

    Attributes:
        attachments: how many files and places belong to it.
        overlaps: whether it shares time with another entry of the person.
        outside: whether it lies outside the time of its shift, which was corrected since.
        reason: why it stands as it does, when somebody said so.
    """

    id: int
    shift_id: int
    kind: str
    state: ActivityState
    version: int
    begins_at: datetime
    ends_at: datetime
    people_reached: int
    fields: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime
    attachments: int
    overlaps: bool
    outside: bool
    reason: str

    @property
    def undo_until(self) -> datetime:
        """Until when it may be taken back without a reason."""
        return self.created_at + UNDO_WITHIN


@dataclass(frozen=True, slots=True)
class VersionCard:
    """An entry as it was after one change; ``made_by`` is a name, or ``None`` for the author."""

    version: int
    kind: str
    state: ActivityState
    begins_at: datetime
    ends_at: datetime
    fields: Mapping[str, Any]
    made_at: datetime
    made_by: str | None
    reason: str


def line_of(activity: Activity) -> EntryLine:
    """Turn an entry into a line of a list."""
    return EntryLine(
        id=activity.id,
        shift_id=activity.shift_id,
        kind=activity.kind,
        state=activity.state,
        begins_at=activity.begins_at,
        ends_at=activity.ends_at,
        people_reached=activity.people_reached,
        fields=activity.fields,
    )


def lies_outside(entry: Activity | EntryLine, shift: Shift) -> bool:
    """Tell whether the entry goes beyond the ends of its shift."""
    late = shift.ended_at is not None and entry.ends_at > shift.ended_at
    return late or entry.begins_at < shift.started_at


async def read_card(uow: UnitOfWork, activity: Activity) -> EntryCard:
    """Return the entry as its author sees it."""
    version = await uow.activities.find_version(activity.id, activity.version)
    overlapping = None
    if activity.begins_at < activity.ends_at:
        overlapping = await uow.activities.find_overlapping(
            activity.person_id, activity.begins_at, activity.ends_at, but=activity.id
        )
    shift = await uow.shifts.find(activity.shift_id)
    assert shift is not None  # noqa: S101 - a foreign key holds it
    return EntryCard(
        id=activity.id,
        shift_id=activity.shift_id,
        kind=activity.kind,
        state=activity.state,
        version=activity.version,
        begins_at=activity.begins_at,
        ends_at=activity.ends_at,
        people_reached=activity.people_reached,
        fields=activity.fields,
        created_at=activity.created_at,
        updated_at=activity.updated_at,
        attachments=await uow.attachments.count(activity.id),
        overlaps=overlapping is not None and activity.state is not ActivityState.WITHDRAWN,
        outside=lies_outside(activity, shift) and activity.state is not ActivityState.WITHDRAWN,
        reason=version.reason if version is not None else "",
    )


def version_of(activity: Activity, *, made_by: int, reason: str = "") -> ActivityVersion:
    """Return the entry as it is now, for its history."""
    return ActivityVersion(
        activity_id=activity.id,
        version=activity.version,
        kind=activity.kind,
        begins_at=activity.begins_at,
        ends_at=activity.ends_at,
        fields=activity.fields,
        state=activity.state,
        made_at=activity.updated_at,
        made_by=made_by,
        reason=reason,
    )
