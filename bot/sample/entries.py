"""Rows of entries, with every version of them and what became of each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from bot.sample.ledger import Ledger
from bot.sample.luck import pick, whole
from bot.sample.people import Member
from bot.sample.results import Result, ResultMaker
from bot.sample.scene import Scene
from bot.sample.stays import Stay
from db.models import Activity, ActivityVersion
from db.models.activities import ActivityState

_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_SUBMITTED = ActivityState.SUBMITTED
# What becomes of entries, as upper ends of one throw; the rest waits for its review.
_FATES = (
    (0.66, ActivityState.APPROVED),
    (0.70, ActivityState.HAS_ISSUES),
    (0.735, ActivityState.REJECTED),
    (0.775, ActivityState.WITHDRAWN),
    (0.82, ActivityState.EDITED),
)
_MENDED_AT_ONCE = 0.86
# What is older has been reviewed, or mended and sent again; seldom was it forgotten.
_LATELY = timedelta(days=6)
_SETTLED = {
    ActivityState.HAS_ISSUES: ActivityState.EDITED,
    ActivityState.SUBMITTED: ActivityState.APPROVED,
}
_FORGOTTEN = 0.98
_REVIEWED_AFTER_H = (10, 32)


class EntryWriter:
    """Writes entries and their versions."""

    def __init__(
        self,
        scene: Scene,
        ledger: Ledger,
        now: datetime,
        coordinators: Mapping[str, int],
        results: ResultMaker,
    ) -> None:
        self._phrases = scene.words.phrases
        self._ledger = ledger
        self._now = now
        self._coordinators = coordinators
        self._results = results

    def write(
        self,
        rng: Random,
        member: Member,
        result: Result,
        *,
        shift_id: int,
        stay: Stay,
        day: date,
        fate: ActivityState | None = None,
    ) -> None:
        """Write one result as an entry, with what became of it, or with the given ``fate``.

        Args:
            day: the local date it began on.
        """
        activity_id = self._ledger.number(Activity)
        made_at = min(result.ends_at + whole(rng, 5, 200) * _SECOND, stay.worked_until)
        changes = self._changes(rng, member, result, made_at, fate)
        final = result
        if changes and changes[-1][3] is not result.fields:
            final = replace(result, fields=changes[-1][3])
        author = member.person_id
        self._version(activity_id, 1, result, state=_SUBMITTED, made_at=made_at, made_by=author)
        for number, (state, at, by, fields, reason) in enumerate(changes, 2):
            shown = result if fields is result.fields else final
            self._version(
                activity_id, number, shown, state=state, made_at=at, made_by=by, reason=reason
            )
        self._ledger.add(
            Activity,
            id=activity_id,
            shift_id=shift_id,
            person_id=member.person_id,
            district_code=member.district,
            kind=result.kind,
            category=result.category,
            local_date=day,
            begins_at=result.begins_at,
            ends_at=result.ends_at,
            people_reached=result.people_reached,
            fields=final.fields,
            state=changes[-1][0] if changes else _SUBMITTED,
            version=1 + len(changes),
            once_key=f"sample-{activity_id}",
            same_as_id=None,
            created_at=made_at,
            updated_at=changes[-1][1] if changes else made_at,
        )

    def _changes(
        self,
        rng: Random,
        member: Member,
        result: Result,
        made_at: datetime,
        fate: ActivityState | None,
    ) -> list[tuple[ActivityState, datetime, int, dict[str, Any], str]]:
        """Return the versions after the first: state, moment, maker, fields, reason."""
        throw = rng.random()
        fate = fate or self._fate(throw, made_at)
        phrases = self._phrases[member.language]
        author, reviewer = member.person_id, self._coordinators[member.district]
        at = made_at + int(rng.uniform(*_REVIEWED_AFTER_H) * 3600) * _SECOND
        soon = made_at + whole(rng, 40, 240) * _SECOND
        words = {
            ActivityState.HAS_ISSUES: phrases.returned,
            ActivityState.REJECTED: phrases.rejected,
            ActivityState.WITHDRAWN: phrases.withdrawn,
            ActivityState.EDITED: phrases.returned,
        }.get(fate)
        reason, fields = pick(rng, words) if words else "", result.fields
        if fate is ActivityState.EDITED:
            mended = self._results.with_note(rng, member.language, result)
            returned = (ActivityState.HAS_ISSUES, at, reviewer, fields, reason)
            found = [returned, (fate, at + 3 * _HOUR, author, mended, "")]
        elif fate is ActivityState.WITHDRAWN:
            found = [(fate, soon, author, fields, reason)]
        elif fate is not _SUBMITTED:
            found = [(fate, at, reviewer, fields, reason)]
        elif throw < _MENDED_AT_ONCE:
            mended = self._results.with_note(rng, member.language, result)
            found = [(fate, soon, author, mended, "")]
        else:
            found = []
        return [each for each in found if each[1] <= self._now]

    def _fate(self, throw: float, made_at: datetime) -> ActivityState:
        fate = next((state for upto, state in _FATES if throw < upto), _SUBMITTED)
        if self._now - made_at > _LATELY and throw < _FORGOTTEN:
            return _SETTLED.get(fate, fate)
        return fate

    def _version(
        self,
        activity_id: int,
        number: int,
        result: Result,
        *,
        state: ActivityState,
        made_at: datetime,
        made_by: int,
        reason: str = "",
    ) -> None:
        self._ledger.add(
            ActivityVersion,
            id=self._ledger.number(ActivityVersion),
            activity_id=activity_id,
            version=number,
            kind=result.kind,
            begins_at=result.begins_at,
            ends_at=result.ends_at,
            fields=result.fields,
            state=state,
            made_at=made_at,
            made_by=made_by,
            reason=reason,
        )
