"""How fast one person may send: a flood is slowed without hurting others."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

# Forgetting somebody lets them send at once again, so many floods at one time lose nothing.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    flooding: bool = False


class Pace:
    """Lets each lane send `burst` updates at once and `per_second` in the long run.

    What says when it was sent counts at that moment: an hour that waited while nobody heard is no
    flood. The rest, such as presses, counts at its arrival, and by itself, as an arrival is later
    than all that waits behind it.
    """

    def __init__(
        self, burst: int, per_second: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._now = now
        self._buckets: OrderedDict[tuple[int, bool], _Bucket] = OrderedDict()

    def allows(self, lane: int, sent_at: float | None) -> bool:
        """Count one update of the lane and tell whether it is within the pace.

        Args:
            sent_at: seconds of Telegram's time; ``None`` where the update does not say.
        """
        bucket = self._filled(lane, sent_at)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        if bucket.left > self._burst / 2:
            bucket.flooding = False
        return True

    def begins_to_flood(self, lane: int, sent_at: float | None) -> bool:
        """Tell, once for each flood, that the lane has just been refused."""
        bucket = self._filled(lane, sent_at)
        began, bucket.flooding = not bucket.flooding, True
        return began

    def forget(self, lanes: Iterable[int]) -> None:
        """Let the lanes begin anew: what was counted of them did not come to be."""
        for lane in lanes:
            self._buckets.pop((lane, True), None)
            self._buckets.pop((lane, False), None)

    def _filled(self, lane: int, sent_at: float | None) -> _Bucket:
        key = (lane, sent_at is not None)
        moment = self._now() if sent_at is None else sent_at
        bucket = self._buckets.pop(key, None) or _Bucket(self._burst, moment)
        # Out of its order it fills nothing; a clock that was set back must not silence anybody.
        passed = max(0.0, moment - bucket.at)
        bucket.left = min(self._burst, bucket.left + passed * self._per_second)
        bucket.at = moment
        self._buckets[key] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket
