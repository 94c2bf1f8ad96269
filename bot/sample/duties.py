"""Rows of planned duties: behind shifts of the last days, and to come."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from random import Random

from bot.sample.ledger import Ledger
from bot.sample.people import Member
from bot.sample.scene import Scene
from bot.sample.stays import Stay
from bot.services.roster_cards import Planned
from bot.services.shift_times import local_date
from db.models import Assignment
from db.models.assignments import AssignmentState

_DAY = timedelta(days=1)
# Rosters were begun a week ago; so many of the shifts since then were on them.
_SINCE = 7 * _DAY
_PLANNED = 0.6
_LENGTH = timedelta(hours=4)
# One of so many is planned for tomorrow, the next for the day after; in the evening.
_EVERY = 6
_EVENING = time(18)


class DutyMaker:
    """Makes the duties of one assistant after another.

    Args:
        now: the moment the history ends at.
        coordinators: who plans in each district.
    """

    def __init__(
        self, scene: Scene, ledger: Ledger, now: datetime, coordinators: Mapping[str, int]
    ) -> None:
        self._scene = scene
        self._ledger = ledger
        self._now = now
        self._coordinators = coordinators

    def behind(self, member: Member, stay: Stay) -> Planned | None:
        """Plan the duty that a shift keeps, if it is to keep any."""
        # A die of its own, so that everything else of the history stays as it is.
        die = Random(f"duty {member.person_id} {stay.started_at}")  # noqa: S311 - no secret
        if self._now - stay.started_at > _SINCE or die.random() > _PLANNED:
            return None
        late = timedelta(minutes=stay.started_at.minute % 30, seconds=stay.started_at.second)
        return self._plan(member, stay.started_at - late)

    def ahead(self, member: Member) -> None:
        """Plan an evening to come for some."""
        ahead = member.person_id % _EVERY
        if ahead in (1, 2):
            day = local_date(self._now, self._scene.zone) + ahead * _DAY
            self._plan(member, datetime.combine(day, _EVENING, self._scene.zone).astimezone(UTC))

    def _plan(self, member: Member, starts_at: datetime) -> Planned:
        planned = Planned(self._ledger.number(Assignment), starts_at, starts_at + _LENGTH)
        self._ledger.add(
            Assignment,
            id=planned.id,
            person_id=member.person_id,
            district_code=member.district,
            state=AssignmentState.PLANNED,
            starts_at=planned.starts_at,
            ends_at=planned.ends_at,
            planned_at=min(starts_at, self._now) - _DAY,
            planned_by=self._coordinators[member.district],
            cancelled_at=None,
            cancelled_by=None,
            noted_at=None,
            noted_by=None,
        )
        return planned
