"""The hours of the night, in which notices that can wait make no sound."""

from datetime import time
from zoneinfo import ZoneInfo

from bot.services.clock import Clock


class QuietHours:
    """Tells whether it is night in the region.

    Args:
        since: when the night begins by the local clock.
        until: when it is over; the same as ``since`` where there is none.
    """

    def __init__(self, clock: Clock, zone: ZoneInfo, *, since: time, until: time) -> None:
        self._clock = clock
        self._zone = zone
        self._since = since
        self._until = until

    def are_now(self) -> bool:
        """Tell whether it is night now."""
        local = self._clock().astimezone(self._zone).time()
        if self._since <= self._until:
            return self._since <= local < self._until
        return local >= self._since or local < self._until
