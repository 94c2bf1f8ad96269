"""The sandbox's time: real or fixed, and always movable forward."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOMENT_OF_DAY = "%H:%M"


def _real_now() -> datetime:
    return datetime.now(UTC)


class SandboxClock:
    """A clock that runs ahead of its base by `offset`.

    `zone` names the region's zone, used by `local` and `to`. `base` is where the time comes from:
    nothing for the real time, a callable, or one fixed aware moment, which suits tests.
    Calling the clock returns an aware UTC moment. `on_leap` is called after each move forward, for
    whoever waits by another clock.
    """

    def __init__(
        self,
        zone: str = "Asia/Qostanay",
        base: Callable[[], datetime] | datetime | None = None,
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.offset = timedelta()
        self.on_leap: Callable[[], None] = lambda: None
        if isinstance(base, datetime):
            if base.tzinfo is None:
                raise ValueError("the base of a clock must be aware")
            moment = base.astimezone(UTC)
            self._base: Callable[[], datetime] = lambda: moment
        else:
            self._base = base or _real_now

    def __call__(self) -> datetime:
        """Return the present moment, aware UTC."""
        return self._base().astimezone(UTC) + self.offset

    def local(self) -> datetime:
        """Return the present moment in the region's zone."""
        return self().astimezone(self.zone)

    def advance(self, step: timedelta) -> None:
        """Move forward by `step`.

        Raises:
            ValueError: the step leads back.
        """
        if step < timedelta():
            raise ValueError("the sandbox's clock goes only forward")
        self.offset += step
        self.on_leap()

    def tick(
        self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
    ) -> None:
        """Move forward by the sum of the given parts.

        Raises:
            ValueError: the sum leads back.
        """
        self.advance(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds))

    def to(self, moment: str) -> None:
        """Move forward to the next local `HH:MM` of the region; at that very minute, a day on.

        Raises:
            ValueError: the text is no such moment.
        """
        parsed = datetime.strptime(moment, MOMENT_OF_DAY).replace(tzinfo=self.zone)
        now = self.local()
        goal = datetime.combine(now.date(), time(parsed.hour, parsed.minute), self.zone)
        if goal <= now:
            goal = datetime.combine(
                now.date() + timedelta(days=1), time(parsed.hour, parsed.minute), self.zone
            )
        self.advance(goal.astimezone(UTC) - now.astimezone(UTC))

    def reset(self) -> None:
        """Return to the base time, the one step back this clock allows."""
        self.offset = timedelta()
