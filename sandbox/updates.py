"""Updates on their way to the bot: the queue, long polling, the webhook's address."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.changes import Changes
from sandbox.errors import ApiError
from sandbox.faults import Faults
from sandbox.model import Json

KEPT = timedelta(hours=24)
BATCH_LIMIT = 100
DEFAULT_CONNECTIONS = 40
FIRST_UPDATE_ID = 700_000_001
# Telegram sends these only to those who name them.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Webhook:
    """Where updates are posted; an empty `url` means long polling."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    last_error_at: datetime | None = None
    last_error: str = ""


@dataclass(frozen=True)
class Pending:
    """One update that nobody confirmed yet."""

    update: Json
    at: datetime


@dataclass
class UpdateQueue:
    """Updates in the order of their ids, kept until confirmed and not longer than 24 hours."""

    clock: Callable[[], datetime]
    faults: Faults
    pending: list[Pending] = field(default_factory=list)
    next_id: int = FIRST_UPDATE_ID
    allowed: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    last: Json | None = None
    arrivals: Changes = field(default_factory=Changes)
    _poll: int = 0

    def put(self, kind: str, content: Json) -> None:
        """Queue an update of this kind unless the bot did not ask for such."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted:
            return
        update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self.last = update
        self.pending.append(Pending(update, self.clock()))
        self.arrivals.bump()

    def repeat_last(self) -> bool:
        """Deliver the latest update once more; tell whether there was one."""
        if self.last is None:
            return False
        self.pending.insert(0, Pending(self.last, self.clock()))
        self.arrivals.bump()
        return True

    def take(self) -> list[Json]:
        """Hand over and confirm everything pending, with the faults asked for."""
        self.expire()
        taken = self.faults.arrange([p.update for p in self.pending])
        self.pending.clear()
        return taken

    def confirm_below(self, update_id: int) -> None:
        """Forget the updates with lower ids."""
        self.pending = [p for p in self.pending if p.update["update_id"] >= update_id]

    def confirm(self, update: Json) -> None:
        """Forget this one update."""
        self.pending = [p for p in self.pending if p.update is not update]

    def keep_latest(self, count: int) -> None:
        """Forget all updates but the latest `count`."""
        self.pending = self.pending[-count:] if count else []

    def expire(self) -> None:
        """Forget what is older than 24 hours."""
        since = self.clock() - KEPT
        self.pending = [p for p in self.pending if p.at >= since]

    async def poll(self, params: Json) -> list[Json]:
        """Do `getUpdates`: confirm, then wait up to `timeout` real seconds for updates.

        Raises:
            ApiError: 409, a webhook is set or a newer poll took over.
        """
        self._refuse_with_webhook()
        self._poll += 1
        mine = self._poll
        self.arrivals.bump()  # an older poll that still waits has to notice this one
        if params.get("allowed_updates") is not None:
            self.allowed = list(params["allowed_updates"])
        offset = params.get("offset", 0)
        if offset < 0:
            self.keep_latest(-offset)
        else:
            self.confirm_below(offset)
        timeout_s = max(params.get("timeout", 0), 0)
        return await self._wait(mine, timeout_s, min(params.get("limit") or 100, BATCH_LIMIT))

    async def _wait(self, mine: int, timeout_s: float, limit: int) -> list[Json]:
        waits = timeout_s > 0
        while True:
            self.expire()
            if self.pending or not waits:
                batch = [p.update for p in self.pending[: max(limit, 1)]]
                return self.faults.arrange(batch)
            waits = await self.arrivals.beyond(self.arrivals.version, timeout_s)
            self._refuse_with_webhook()
            if mine != self._poll:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )

    def _refuse_with_webhook(self) -> None:
        if self.webhook.url:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
