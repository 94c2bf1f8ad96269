"""Results of work: recording them, what is attached, and one's own day."""

from bot.handlers.activity import attaching, entry, kinds, my_day, recording, saving
from bot.routes import Routes

__all__ = ["register"]


def register(routes: Routes) -> None:
    """Put this flow into the table."""
    for part in (kinds, recording, saving, attaching, entry, my_day):
        part.register(routes)
