"""The update in work, so that the transaction of its effect can mark it, once."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.database import UnitOfWork


class ReceiptLostError(Exception):
    """Somebody else has taken the update over, or its effect is there already: undo this one."""


Write = Callable[["UnitOfWork"], Awaitable[None]]


@dataclass(slots=True)
class Receipt:
    """An update of the inbox in work here.

    Attributes:
        holder: the process it was taken by; a process that lost it may not commit its effect.
        received_at: when it was stored.
        clock: tells when its effect is committed.
        effected_at: when that was; ``None`` while there is no effect.
        effects: how many transactions have committed for it in this attempt.
        closing: what its answer left to be written with its end, by what it is about.
        met: the dialogues that this hearing of it has met, as they were then, by their keys.
        before: those that were changed, as they were before the first hearing.
    """

    update_id: int
    holder: str
    received_at: datetime
    clock: Callable[[], datetime]
    effected_at: datetime | None = None
    effects: int = 0
    closing: dict[tuple[str, str | int], "Write"] = field(default_factory=dict)
    met: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)


_current: ContextVar[Receipt | None] = ContextVar("receipt", default=None)


def current() -> Receipt | None:
    """Return the update this task works on; ``None`` for jobs and commands."""
    return _current.get()


@contextmanager
def in_work(receipt: Receipt) -> Iterator[None]:
    """Let the transactions of the block be those of this update, which is heard in it once."""
    receipt.met.clear()
    token = _current.set(receipt)
    try:
        yield
    finally:
        _current.reset(token)
