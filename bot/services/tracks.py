"""Tracks: what becomes of a live location that a person shares during a shift."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.clock import Clock
from bot.services.geofence import Point, distance_m
from bot.services.shift_times import moment_of
from db.database import Database
from db.models.shifts import TrackPoint

_EVERY = timedelta(seconds=30)
_BLURRED_M = 200.0
# A phone that lies still wanders by some metres.
_STANDING_M = 10.0
_FASTEST_M_S = 150 / 3.6


@dataclass(frozen=True, slots=True)
class Track:
    """The track of an open shift; ``track_m`` is metres.

    ``taken`` tells whether the point is now part of it, ``first`` whether it is its first one,
    ``grown`` whether the length as people read it, in tenths of a kilometre, is another one.
    """

    shift_id: int
    track_m: float
    taken: bool
    first: bool
    grown: bool


class TrackService:
    """Keeps points of live locations."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def note(self, person_id: int, point: Point, sent_at: datetime | None) -> Track | None:
        """Add a point to the track of the person's open shift; ``None`` when there is none.

        Points blurred, too close in time, out of order, or too far to be true are left out.
        """
        at = moment_of(sent_at, self._clock())
        async with self._db.transaction() as uow:
            shift = await uow.shifts.lock_open(person_id)
            if shift is None or at < shift.started_at:
                return None
            last = await uow.track_points.find_last(shift.id)
            before = shift.track_m
            if not _usable(last, point, at):
                return Track(shift.id, before, taken=False, first=last is None, grown=False)
            await uow.track_points.add(
                TrackPoint(
                    shift_id=shift.id,
                    at=at,
                    lat=point.lat,
                    lon=point.lon,
                    accuracy_m=point.accuracy_m,
                )
            )
            step = 0.0 if last is None else distance_m(last.lat, last.lon, point.lat, point.lon)
            if step >= _STANDING_M:
                shift.track_m = before + step
            return Track(
                shift.id,
                shift.track_m,
                taken=True,
                first=last is None,
                grown=int(before / 100) != int(shift.track_m / 100),
            )


def _usable(last: TrackPoint | None, point: Point, at: datetime) -> bool:
    if (point.accuracy_m or 0.0) > _BLURRED_M:
        return False
    if last is None:
        return True
    since = at - last.at
    if since < _EVERY:
        return False
    step = distance_m(last.lat, last.lon, point.lat, point.lon)
    return step <= _FASTEST_M_S * since.total_seconds()
