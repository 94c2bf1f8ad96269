"""How fast one person may send: a flood is slowed without hurting others."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# Forgetting somebody lets them send at once again, so many floods at one time lose nothing.
_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    flooding: bool = False


class Pace:
    """Lets each lane send `burst` updates at once and `per_second` in the long run."""

    def __init__(
        self, burst: int, per_second: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._now = now
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def allows(self, lane: int) -> bool:
        """Count one update of the lane and tell whether it is within the pace."""
        bucket = self._filled(lane)
        if bucket.left < 1:
            return False
        bucket.left -= 1
        if bucket.left > self._burst / 2:
            bucket.flooding = False
        return True

    def begins_to_flood(self, lane: int) -> bool:
        """Tell, once for each flood, that the lane has just been refused."""
        bucket = self._filled(lane)
        began, bucket.flooding = not bucket.flooding, True
        return began

    def _filled(self, lane: int) -> _Bucket:
        now = self._now()
        bucket = self._buckets.pop(lane, None) or _Bucket(self._burst, now)
        bucket.left = min(self._burst, bucket.left + (now - bucket.at) * self._per_second)
        bucket.at = now
        self._buckets[lane] = bucket
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket
