"""Drafts of results: where one begins, and what is likely to be answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.services.activity_answers import NOTE, FieldRule, period, read_answer
from bot.services.activity_fields import PERIOD, ActivityRules, Values
from bot.services.activity_shift import find_own, find_target, span_of
from bot.services.clock import Clock
from db.database import Database, UnitOfWork
from db.models.shifts import Shift

# What is the same from one time to the next; an officer and a number never are.
_REMEMBERED = ("area", "partner", "topic", "audience", "format", "operation")
_REMEMBERED_OF = 30
_TEXTS_OFFERED = 4
_COUNTS = [1, 2, 3, 5, 10, 20, 30, 50]
_LENGTHS_MIN = [60, 90, 120, 180, 240, 480]
_PERIODS = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2))


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft's beginning: its shift, and the answers that are likely the same as last time.

    ``shift_ended_at`` is set when the shift is over; ``remembered`` when there was a last time.
    """

    shift_id: int
    shift_ended_at: datetime | None
    values: Mapping[str, Any]
    remembered: bool


class DraftService:
    """What an assistant is asked before a result is saved; keeps nothing itself.

    Args:
        rules: of the kinds of the content pack.
    """

    def __init__(self, db: Database, clock: Clock, rules: ActivityRules) -> None:
        self._db = db
        self._clock = clock
        self.rules = rules

    async def recent_kinds(self, person_id: int, shift_id: int | None = None) -> list[str]:
        """Return the codes of the kinds the person recorded lately, the most frequent first.

        Without a shift the open one is meant, or the last.

        Raises:
            ConflictError: the person has no shift that takes results now.
        """
        async with self._db.reading() as uow:
            await find_target(uow, person_id, shift_id, self._clock(), self.rules.zone)
            recent = await uow.activities.list_recent(person_id, _REMEMBERED_OF)
        counted = Counter(each.kind for each in recent)
        return [kind for kind, _ in counted.most_common() if kind in self.rules.kinds]

    async def begin(self, person_id: int, code: str, shift_id: int | None = None) -> Begun:
        """Return where a draft of the kind begins.

        Without a shift the open one is meant, or the last.

        Raises:
            InvalidInputError: there is no such kind.
            ConflictError: the person has no shift that takes results now.
        """
        now, kind = self._clock(), self.rules.kind(code)
        async with self._db.reading() as uow:
            shift = await find_target(uow, person_id, shift_id, now, self.rules.zone)
            recent = await uow.activities.list_recent(person_id, _REMEMBERED_OF)
            last: Values = next((each.fields for each in recent if each.kind == code), {})
            values = {
                field.name: last[field.name]
                for field in kind.fields
                if field.name in _REMEMBERED and self._still_taken(field, last)
            }
            since = await self._since_last(uow, shift, now)
            timed = kind.field(PERIOD)
            if timed is not None and timed.required and since is not None:
                values[PERIOD] = since
        return Begun(shift.id, shift.ended_at, values, remembered=bool(last))

    def _still_taken(self, field: FieldRule, last: Values) -> bool:
        if field.type == "choice":
            return last.get(field.name) in field.choices
        return field.name in last

    async def offers(
        self, person_id: int, shift_id: int, field: FieldRule, values: Values
    ) -> list[Any]:
        """Return likely answers to the field, the likeliest first; every code of a choice.

        Raises:
            NotFoundError: it is no shift of the person.
        """
        match field.type:
            case "count":
                return list(_COUNTS)
            case "hours":
                return list(_LENGTHS_MIN)
            case "yes_no":
                return [True, False]
        async with self._db.reading() as uow:
            if field.type == "period":
                return await self._periods(uow, await find_own(uow, person_id, shift_id))
            recent = await uow.activities.list_recent(person_id, _REMEMBERED_OF)
        used = [each.fields[field.name] for each in recent if field.name in each.fields]
        if field.type == "choice":
            codes = self.rules.choices(field, values)
            rank = {code: place for place, (code, _) in enumerate(Counter(used).most_common())}
            return sorted(codes, key=lambda code: rank.get(code, len(rank)))
        return [] if field.name == NOTE else list(dict.fromkeys(used))[:_TEXTS_OFFERED]

    async def read(self, person_id: int, shift_id: int, field: FieldRule, typed: str) -> Any:  # noqa: ANN401 - JSON
        """Return the answer that the typed words give.

        Raises:
            NotFoundError: it is no shift of the person.
            InvalidInputError: they give none.
        """
        async with self._db.reading() as uow:
            span = span_of(await find_own(uow, person_id, shift_id), self._clock())
        return read_answer(field, typed, span, self.rules.zone)

    async def _since_last(self, uow: UnitOfWork, shift: Shift, now: datetime) -> list[str] | None:
        """Return the time since the last entry that has a length, or since the shift's start."""
        span = span_of(shift, now)
        begins_at = max(await uow.activities.last_end(shift.id) or span.begins_at, span.begins_at)
        return period(begins_at, span.ends_at) if begins_at < span.ends_at else None

    async def _periods(self, uow: UnitOfWork, shift: Shift) -> list[Any]:
        now = self._clock()
        span = span_of(shift, now)
        since = await self._since_last(uow, shift, now)
        lately = [
            period(span.ends_at - length, span.ends_at)
            for length in _PERIODS
            if span.ends_at - length > span.begins_at
        ]
        whole = [period(span.begins_at, span.ends_at)] if span.begins_at < span.ends_at else []
        found = [*([since] if since else []), *lately, *whole]
        return [each for place, each in enumerate(found) if each not in found[:place]]
