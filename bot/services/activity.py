"""Recording results of work: each draft is saved once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntFlag

from bot.services.activity_cards import EntryCard, read_card, version_of
from bot.services.activity_fields import ActivityRules, Checked, Values, check, signature
from bot.services.activity_shift import lock_own, must_take, span_of
from bot.services.clock import Clock
from bot.services.shift_cards import refresh
from bot.services.shift_times import local_date
from db.database import Database, UnitOfWork
from db.models.activities import Activity, ActivityState
from db.models.shifts import Shift

# Two results of one kind and place so close together may be one that was recorded twice.
SAME_WITHIN = timedelta(minutes=15)


class Doubt(IntFlag):
    """What the person has been asked about and is sure of."""

    NONE = 0
    SAME = 1
    OVERLAP = 2


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A draft to be saved. ``key`` is of the dialogue: it saves once, however often pressed."""

    key: str
    shift_id: int
    kind: str
    values: Values
    attachments: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """The entry is saved, by this press or (``again``) by an earlier one."""

    card: EntryCard
    again: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Nothing is saved yet: the other entry may be the same one, or shares time with it."""

    doubt: Doubt
    other: EntryCard


class ActivityService:
    """What an assistant records of their work.

    Args:
        rules: of the kinds of the content pack.
    """

    def __init__(self, db: Database, clock: Clock, rules: ActivityRules) -> None:
        self._db = db
        self._clock = clock
        self._rules = rules

    async def find_saved(self, person_id: int, key: str) -> EntryCard | None:
        """Return the person's entry that a press with the key has made."""
        async with self._db.reading() as uow:
            activity = await uow.activities.find_by_key(person_id, key)
            return None if activity is None else await read_card(uow, activity)

    async def save(
        self, person_id: int, entry: NewEntry, sure: Doubt = Doubt.NONE
    ) -> Saved | Doubtful:
        """Save the draft, once for its key; the shift's card is drawn anew.

        Raises:
            NotFoundError: it is no shift of the person.
            ConflictError: the shift takes no results any more, or the person may not work.
            InvalidInputError: an answer is missing or wrong; of a kind or audience with which an
                officer must be present, also when no officer is named.
        """
        now = self._clock()
        async with self._db.transaction() as uow:
            # Its row keeps two presses of one person apart.
            shift = await lock_own(uow, person_id, entry.shift_id)
            made = await uow.activities.find_by_key(person_id, entry.key)
            if made is not None:
                return Saved(await read_card(uow, made), again=True)
            await must_take(uow, shift, now, self._rules.zone)
            kind = self._rules.kind(entry.kind)
            span = span_of(shift, now)
            checked = check(self._rules, kind, entry.values, span, moment=span.ends_at)
            activity = self._activity(shift, entry, checked, now)
            doubtful = await _doubt(uow, activity, sure)
            if doubtful is not None:
                return doubtful
            await uow.activities.add(activity)
            await uow.activities.add_version(version_of(activity, made_by=person_id))
            if entry.attachments:
                await _attach(uow, activity, entry.attachments)
            refresh(uow, shift, now)
            return Saved(await read_card(uow, activity))

    def _activity(self, shift: Shift, entry: NewEntry, checked: Checked, now: datetime) -> Activity:
        return Activity(
            shift_id=shift.id,
            person_id=shift.person_id,
            district_code=shift.district_code,
            kind=entry.kind,
            category=checked.category,
            local_date=local_date(checked.begins_at, self._rules.zone),
            begins_at=checked.begins_at,
            ends_at=checked.ends_at,
            people_reached=checked.people_reached,
            fields=checked.fields,
            state=ActivityState.SUBMITTED,
            version=1,
            once_key=entry.key,
            same_as_id=None,
            created_at=now,
            updated_at=now,
        )


async def _attach(uow: UnitOfWork, activity: Activity, ids: Sequence[int]) -> None:
    """Attach what came while the draft was written, albums as a whole."""
    waiting = await uow.attachments.list_waiting(activity.person_id)
    albums = {each.album_id for each in waiting if each.id in ids and each.album_id}
    chosen = [each.id for each in waiting if each.id in ids or each.album_id in albums]
    await uow.attachments.assign(chosen, activity.id)


async def _doubt(uow: UnitOfWork, new: Activity, sure: Doubt) -> Doubtful | None:
    """Return what the person should be asked before the entry is saved."""
    if Doubt.SAME not in sure:
        since = new.created_at - SAME_WITHIN
        for other in await uow.activities.list_made_since(new.person_id, new.kind, since):
            if signature(other.fields) == signature(new.fields):
                return Doubtful(Doubt.SAME, await read_card(uow, other))
    if Doubt.OVERLAP not in sure and new.begins_at < new.ends_at:
        overlapping = await uow.activities.find_overlapping(
            new.person_id, new.begins_at, new.ends_at, but=0
        )
        if overlapping is not None:
            return Doubtful(Doubt.OVERLAP, await read_card(uow, overlapping))
    return None
