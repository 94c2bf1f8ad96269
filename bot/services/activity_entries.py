"""What its author does with an entry that is saved: look, change, take back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from bot.services.activity_answers import period
from bot.services.activity_cards import (
    EntryCard,
    EntryLine,
    VersionCard,
    line_of,
    read_card,
    version_of,
)
from bot.services.activity_fields import PERIOD, ActivityRules, Checked, Values, check
from bot.services.activity_shift import lock_own, span_of
from bot.services.clock import Clock
from bot.services.errors import ConflictError, NotFoundError
from bot.services.page import PAGE_SIZE, Page, clamp
from bot.services.shift_cards import refresh
from bot.services.shift_times import local_date
from bot.services.wording import clean_reason
from db.database import Database, UnitOfWork
from db.models.activities import Activity, ActivityState
from db.models.people import AssistantStatus

log = structlog.get_logger(__name__)

# A change of what somebody has looked at already asks for another look.
_REVIEWED = (ActivityState.HAS_ISSUES, ActivityState.APPROVED, ActivityState.REJECTED)


@dataclass(frozen=True, slots=True)
class Changed:
    """The entry after a press that changes it; ``same`` when there was nothing to change."""

    card: EntryCard
    same: bool = False


def values_of(card: EntryCard) -> dict[str, Any]:
    """Return the answers of an entry as a draft holds them."""
    values = dict(card.fields)
    if card.begins_at < card.ends_at:
        values[PERIOD] = period(card.begins_at, card.ends_at)
    return values


class EntryService:
    """A person's own entries. Every change keeps the version before it.

    Args:
        rules: of the kinds of the content pack.
    """

    def __init__(self, db: Database, clock: Clock, rules: ActivityRules) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules

    async def card(self, person_id: int, activity_id: int) -> EntryCard:
        """Return an entry of the person's own.

        Raises:
            NotFoundError: it is none.
        """
        async with self._db.reading() as uow:
            activity = _own(await uow.activities.find(activity_id), person_id, activity_id)
            return await read_card(uow, activity)

    async def of_shift(self, person_id: int, shift_id: int) -> list[EntryLine]:
        """Return the entries of a shift of the person's own, in order of time."""
        async with self._db.reading() as uow:
            rows = await uow.activities.list_of_shift(shift_id)
        return [line_of(row) for row in rows if row.person_id == person_id]

    async def returned(self, person_id: int, page: int) -> Page[EntryLine]:
        """Return the person's entries that came back with issues, newest first."""
        state = ActivityState.HAS_ISSUES
        async with self._db.reading() as uow:
            total = await uow.activities.count_in_state(person_id, state)
            number = clamp(page, total)
            rows = await uow.activities.list_in_state(
                person_id, state, offset=number * PAGE_SIZE, limit=PAGE_SIZE
            )
        return Page([line_of(row) for row in rows], number, total)

    async def history(self, person_id: int, activity_id: int) -> list[VersionCard]:
        """Return every version of an entry of the person's own, oldest first.

        Raises:
            NotFoundError: it is none.
        """
        async with self._db.reading() as uow:
            _own(await uow.activities.find(activity_id), person_id, activity_id)
            cards = []
            for version in await uow.activities.list_versions(activity_id):
                maker = None
                if version.made_by != person_id:
                    maker = await uow.people.find(version.made_by)
                cards.append(
                    VersionCard(
                        version=version.version,
                        kind=version.kind,
                        state=version.state,
                        begins_at=version.begins_at,
                        ends_at=version.ends_at,
                        fields=version.fields,
                        made_at=version.made_at,
                        made_by=maker.full_name if maker is not None else None,
                        reason=version.reason,
                    )
                )
            return cards

    async def change(
        self, person_id: int, activity_id: int, version: int, values: Values
    ) -> Changed:
        """Give the entry these answers, if it still is in the version they were made from.

        Raises:
            NotFoundError: it is no entry of the person.
            ConflictError: it was changed or withdrawn meanwhile, or the person serves no more.
            InvalidInputError: an answer is missing or wrong.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            activity = await self._lock(uow, person_id, activity_id)
            if activity.version != version:
                raise ConflictError("error-entry-changed", at=activity.updated_at)
            shift = await lock_own(uow, person_id, activity.shift_id)
            checked = check(
                self._rules,
                self._rules.kind(activity.kind),
                values,
                span_of(shift, now),
                moment=activity.ends_at,
                kept_period=(activity.begins_at, activity.ends_at),
            )
            if _is_same(activity, checked):
                return Changed(await read_card(uow, activity), same=True)
            activity.fields, activity.category = checked.fields, checked.category
            activity.begins_at, activity.ends_at = checked.begins_at, checked.ends_at
            activity.local_date = local_date(checked.begins_at, self._rules.zone)
            activity.people_reached = checked.people_reached
            if activity.state in _REVIEWED:
                activity.state = ActivityState.EDITED
            await self._note(uow, activity, now)
            refresh(uow, shift, now)
            return Changed(await read_card(uow, activity))

    async def undo(self, person_id: int, activity_id: int) -> EntryCard:
        """Take back an entry just saved, without a reason.

        Raises:
            NotFoundError: it is no entry of the person.
            ConflictError: it was saved too long ago, reviewed, or withdrawn already.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            activity = await self._lock(uow, person_id, activity_id)
            card = await read_card(uow, activity)
            if now > card.undo_until or activity.state is not ActivityState.SUBMITTED:
                raise ConflictError("error-undo-late")
            return await self._withdraw(uow, activity, "", now)

    async def withdraw(self, person_id: int, activity_id: int, reason: str) -> EntryCard:
        """Withdraw an entry; it stays on record and counts no more.

        Raises:
            InvalidInputError: the reason is empty or too long.
            NotFoundError: it is no entry of the person.
            ConflictError: it is withdrawn already, or the person serves no more.
        """
        reason = clean_reason(reason)
        now = self._clock()
        async with self._db.transaction() as uow:
            activity = await self._lock(uow, person_id, activity_id)
            return await self._withdraw(uow, activity, reason, now)

    async def _withdraw(
        self, uow: UnitOfWork, activity: Activity, reason: str, now: datetime
    ) -> EntryCard:
        shift = await lock_own(uow, activity.person_id, activity.shift_id)
        activity.state = ActivityState.WITHDRAWN
        await self._note(uow, activity, now, reason)
        refresh(uow, shift, now)
        return await read_card(uow, activity)

    async def _lock(self, uow: UnitOfWork, person_id: int, activity_id: int) -> Activity:
        activity = _own(await uow.activities.lock(activity_id), person_id, activity_id)
        if activity.state is ActivityState.WITHDRAWN:
            raise ConflictError("error-entry-withdrawn", at=activity.updated_at)
        assistant = await uow.people.find_assistant(person_id)
        if assistant is None or assistant.status is AssistantStatus.DISMISSED:
            raise ConflictError("error-activity-status")
        return activity

    async def _note(
        self, uow: UnitOfWork, activity: Activity, now: datetime, reason: str = ""
    ) -> None:
        activity.version += 1
        activity.updated_at = now
        version = version_of(activity, made_by=activity.person_id, reason=reason)
        await uow.activities.add_version(version)


def _own(activity: Activity | None, person_id: int, activity_id: int) -> Activity:
    """Return the entry if it is the person's.

    Raises:
        NotFoundError: there is none, or it is somebody else's.
    """
    if activity is None:
        raise NotFoundError
    if activity.person_id != person_id:
        log.warning("access_refused", actor_id=person_id, activity_id=activity_id)
        raise NotFoundError
    return activity


def _is_same(activity: Activity, checked: Checked) -> bool:
    return (activity.fields, activity.begins_at, activity.ends_at) == (
        checked.fields,
        checked.begins_at,
        checked.ends_at,
    )
