"""What an update says of itself before it is read: it may be of a form invented since."""

from collections.abc import Mapping
from typing import Any


def lane_of(update: Mapping[str, Any]) -> int:
    """Return the Telegram id of whoever sent the update, or of the chat, or 0."""
    for content in update.values():
        if isinstance(content, Mapping):
            for role in ("from", "user", "chat"):
                who = content.get(role)
                if isinstance(who, Mapping) and isinstance(who.get("id"), int):
                    return int(who["id"])
    return 0


def kind_of(update: Mapping[str, Any]) -> str:
    """Return what kind of update it is, such as ``message``."""
    return next((kind for kind in update if kind != "update_id"), "nothing")


def sent_at(update: Mapping[str, Any]) -> int | None:
    """Return when it was done, in seconds of Telegram's time; ``None`` for a press, which is mute.

    Telegram sets it, so nobody can pretend to have been slow.
    """
    for content in update.values():
        if isinstance(content, Mapping):
            moment = content.get("edit_date") or content.get("date")
            if isinstance(moment, int):
                return moment
    return None
