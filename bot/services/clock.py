"""When: the one source of time for services."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)
