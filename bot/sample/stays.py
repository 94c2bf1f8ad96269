"""When invented assistants are on duty: intervals that never meet, none of them to come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bot.sample.cast import Part
from bot.sample.scene import Scene
from db.models.shifts import ShiftState

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
# No shift begins earlier, and one that nobody ended closes by itself before that hour.
_EARLIEST = 10 * 60
_LATEST = 20 * 60 + 30
_SATURDAY = 5
# Minutes after local midnight between which a shift begins: by day, in the evening.
_WEEKDAY = ((10 * 60, 14 * 60), (17 * 60 + 30, 20 * 60))
_WEEKEND = ((10 * 60 + 30, 15 * 60 + 30), (17 * 60, _LATEST))
# On the way to school, and how many minutes it takes.
_MORNING = (7 * 60 + 10, 11 * 60)
_MORNINGS_LENGTH = (80, 140)
_EVENINGS = {False: 0.78, True: 0.45}
_FRIDAY_AND_AFTER = 1.6
_ENTRIES_OF_A_SHIFT = 3
# As often was a shift forgotten, and then settled by a coordinator.
_FORGOTTEN = 0.025


@dataclass(slots=True)
class Stay:
    """One shift; moments are UTC.

    Attributes:
        worked_until: no entry is later: the end, or for a shift going on, now.
        closed_at: when a forgotten one closed by itself.
        entries: how many are written down.
    """

    started_at: datetime
    worked_until: datetime
    state: ShiftState
    closed_at: datetime | None = None
    entries: int = 0

    @property
    def ended_at(self) -> datetime | None:
        """The end as it stands in the row."""
        if self.state is ShiftState.OPEN:
            return None
        return self.closed_at if self.state is ShiftState.UNCONFIRMED else self.worked_until


def stays(scene: Scene, part: Part, quota: int, rng: Random, now: datetime) -> list[Stay]:
    """Return the shifts of one assistant, in order of time, with the entries shared out."""
    latest = _latest(scene, part, rng, now)
    days = _free_days(scene, part, latest, now)
    wanted = -(-quota // _ENTRIES_OF_A_SHIFT) - (latest is not None)
    chosen = sorted(sorted(days, key=lambda day: _appeal(day, rng))[: max(wanted, 0)])
    found = [_stay(scene, day, rng, now) for day in chosen]
    if latest is not None:
        found.append(latest)
    if part.forgetful:
        _forget_last(scene, found, now)
    if not found:
        return []
    for place, count in Counter(rng.randrange(len(found)) for _ in range(quota)).items():
        found[place].entries = count
    return found


def _latest(scene: Scene, part: Part, rng: Random, now: datetime) -> Stay | None:
    """Return the shift that a part wants today: one going on, or one of the morning."""
    if part.on_duty:
        started_at = (now - rng.uniform(40, 150) * _MINUTE).replace(microsecond=0)
        return Stay(started_at, now, ShiftState.OPEN)
    local = now.astimezone(scene.zone)
    latest_start = local.hour * 60 + local.minute - _MORNINGS_LENGTH[1] - 10
    first, last = _MORNING
    if not part.early or latest_start < first:
        return None
    minute = rng.randint(first, min(last, latest_start))
    clock = time(minute // 60, minute % 60, rng.randrange(60))
    started_at = datetime.combine(local.date(), clock, scene.zone).astimezone(UTC)
    ends = started_at + rng.randint(*_MORNINGS_LENGTH) * _MINUTE
    return Stay(started_at, ends, ShiftState.CLOSED)


def _free_days(scene: Scene, part: Part, latest: Stay | None, now: datetime) -> Sequence[date]:
    """Return the days a shift may begin on, apart from that of the latest one."""
    days = [part.first_day + number * _DAY for number in range(part.days)]
    local = now.astimezone(scene.zone)
    taken = set()
    if local.hour * 60 + local.minute < _EARLIEST + 15:
        taken.add(local.date())
    if latest is not None:
        begun = latest.started_at.astimezone(scene.zone)
        # A shift of the evening before may reach into the small hours.
        taken |= {begun.date(), local.date(), (begun - _EARLIEST * _MINUTE).date()}
    return [day for day in days if day not in taken]


def _appeal(day: date, rng: Random) -> float:
    """Return how soon the day is chosen, less being sooner; the end of the week is liked."""
    return rng.random() / (_FRIDAY_AND_AFTER if day.weekday() >= _SATURDAY - 1 else 1.0)


def _stay(scene: Scene, day: date, rng: Random, now: datetime) -> Stay:
    weekend = day.weekday() >= _SATURDAY
    hours = _WEEKEND if weekend else _WEEKDAY
    first, last = hours[rng.random() < _EVENINGS[weekend]]
    local = now.astimezone(scene.zone)
    if day == local.date():
        last = min(last, local.hour * 60 + local.minute - 10)
        first = min(first, max(last - 60, _EARLIEST))
    minute = rng.randint(first, max(first, last))
    clock = time(minute // 60, minute % 60, rng.randrange(60))
    started_at = datetime.combine(day, clock, scene.zone).astimezone(UTC)
    ends = started_at + int(rng.triangular(110, 300, 180) * 60) * timedelta(seconds=1)
    if ends > now:
        return Stay(started_at, now, ShiftState.OPEN)
    stay = Stay(started_at, ends, ShiftState.CLOSED)
    closed_at = started_at + scene.shift_rules.close
    if rng.random() < _FORGOTTEN and closed_at < now - _DAY:
        stay.closed_at = closed_at
    return stay


def _forget_last(scene: Scene, found: Sequence[Stay], now: datetime) -> None:
    """Take the end from the last shift that may have closed by itself by now."""
    before = now
    for stay in reversed(found):
        closed_at = stay.started_at + scene.shift_rules.close
        if stay.state is ShiftState.CLOSED and closed_at <= before:
            stay.state, stay.closed_at = ShiftState.UNCONFIRMED, closed_at
            return
        before = stay.started_at
