"""Rows of work: the shifts of one assistant after another, and what was done on them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from bot.sample.corrections import CorrectionWriter
from bot.sample.duties import DutyMaker
from bot.sample.entries import EntryWriter
from bot.sample.ledger import Ledger
from bot.sample.luck import whole
from bot.sample.people import Member
from bot.sample.results import ResultMaker
from bot.sample.scene import Scene
from bot.sample.stays import Stay
from bot.services.geofence import Point
from bot.services.roster_cards import Planned
from bot.services.shift_times import local_date
from db.models import Shift
from db.models.activities import ActivityState
from db.models.shifts import ShiftState

_SECOND = timedelta(seconds=1)
# Whose shift going on began without a place, and whose far away, by their turn of stories.
_NOWHERE_TURN = 4
_OUTSIDE_TURN = 7
_NO_TURN = -1
_FAR_DEGREES = 0.5
_WITHOUT_PLACE = 0.05
_FAR_AWAY = 0.03
_TRACKED = 0.12


class WorkMaker:
    """Makes the work of one assistant after another.

    Args:
        now: the moment the history ends at.
        coordinators: who reviews and decides in each district.
    """

    def __init__(
        self, scene: Scene, ledger: Ledger, now: datetime, coordinators: Mapping[str, int]
    ) -> None:
        self._scene = scene
        self._ledger = ledger
        self._now = now
        self._coordinators = coordinators
        self._results = ResultMaker(scene)
        self._entries = EntryWriter(scene, ledger, now, coordinators, self._results)
        self._corrections = CorrectionWriter(scene, ledger, now, coordinators)
        self._duties = DutyMaker(scene, ledger, now, coordinators)

    def work(
        self,
        rng: Random,
        member: Member,
        stays: Sequence[Stay],
        *,
        turn: int = _NO_TURN,
        returned: int | None = None,
    ) -> None:
        """Write down the shifts of a member, in order of time.

        Args:
            turn: the place in the round of stories.
            returned: the shift whose first entry came back with issues, if none may be missing.
        """
        zone = self._scene.zone
        for number, stay in enumerate(stays):
            day = local_date(stay.started_at, zone)
            shift_id = self._shift(rng, member, turn, stay, day)
            self._corrections.write(rng, member, shift_id, stay)
            over_midnight = local_date(stay.worked_until, zone) != day
            seconds = (stay.worked_until - stay.started_at) // _SECOND
            for place in range(stay.entries):
                since, until = (
                    stay.started_at + (seconds * each // stay.entries) * _SECOND
                    for each in (place, place + 1)
                )
                result = self._results.result(rng, member.language, since, until)
                if over_midnight:
                    day = local_date(result.begins_at, zone)
                back = ActivityState.HAS_ISSUES if (number, place) == (returned, 0) else None
                self._entries.write(
                    rng, member, result, shift_id=shift_id, stay=stay, day=day, fate=back
                )

    def _shift(self, rng: Random, member: Member, turn: int, stay: Stay, day: date) -> int:
        shift_id = self._ledger.number(Shift)
        signed = member.passes
        valid = signed[bisect_right(signed, stay.started_at, key=lambda each: each.signed_at) - 1]
        open_, forgotten = stay.state is ShiftState.OPEN, stay.closed_at is not None
        stated = not (open_ or forgotten)
        rules, fences = self._scene.shift_rules, self._scene.fences
        duty = self._duties.behind(member, stay)
        start = self._point(rng, member.district, turn if open_ else _NO_TURN)
        end = self._point(rng, member.district, _NO_TURN) if stated else None
        self._ledger.add(
            Shift,
            id=shift_id,
            person_id=member.person_id,
            district_code=member.district,
            briefing_pass_id=valid.id,
            briefing_valid_until=valid.valid_until,
            state=stay.state,
            local_date=day,
            started_at=stay.started_at,
            ended_at=stay.ended_at,
            start_place=fences.judge(member.district, start),
            **self._kept("start", start, stay.started_at),
            end_place=fences.judge(member.district, end) if stated else None,
            **self._kept("end", end, stay.started_at),
            card_message_id=None,
            track_m=round(rng.uniform(900, 7000), 1) if rng.random() < _TRACKED else 0.0,
            ask_at=self._ask_at(stay, duty) if open_ else None,
            asked_at=stay.started_at + rules.longest if forgotten else None,
            close_at=stay.started_at + rules.close,
            ended_by=self._ended_by(member, stay),
            assignment_id=duty and duty.id,
        )
        return shift_id

    def _ask_at(self, stay: Stay, duty: Planned | None) -> datetime:
        """Return when somebody is asked: at the planned end, or once that is past, later."""
        if duty is not None and duty.ends_at > self._now:
            return duty.ends_at
        return stay.started_at + self._scene.shift_rules.longest

    def _ended_by(self, member: Member, stay: Stay) -> int | None:
        if stay.state is not ShiftState.CLOSED:
            return None
        return member.person_id if stay.closed_at is None else self._coordinators[member.district]

    def _point(self, rng: Random, district: str, turn: int) -> Point | None:
        """Return where somebody is: near the middle, seldom far away or nowhere."""
        luck = {_NOWHERE_TURN: 0.0, _OUTSIDE_TURN: 1.0}.get(turn, rng.random())
        if luck < _WITHOUT_PLACE:
            return None
        far = luck > 1 - _FAR_AWAY
        lat, lon = self._scene.centres[district]
        return Point(
            round(lat + far * _FAR_DEGREES + rng.uniform(-0.03, 0.03), 5),
            round(lon + rng.uniform(-0.05, 0.05), 5),
            float(whole(rng, 5, 40)),
        )

    def _kept(self, end: str, point: Point | None, at: datetime) -> dict[str, float | None]:
        """Return the columns of a place, which is forgotten after its term."""
        columns = [f"{end}_{name}" for name in ("lat", "lon", "accuracy_m")]
        if point is None or self._now - at > self._scene.shift_rules.keep_positions:
            return dict.fromkeys(columns)
        return dict(zip(columns, (point.lat, point.lon, point.accuracy_m), strict=True))
