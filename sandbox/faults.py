"""Faults on request: the bad day of a Bot API, in small numbers."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from sandbox.errors import ApiError, BrokenAnswerError, ConnectionDroppedError
from sandbox.limits import Limits
from sandbox.model import Json

FLAGS = frozenset({"repeat_updates", "reorder_updates", "enforce_limits", "token_withdrawn"})
COUNTED = frozenset({"rate_limit", "server_error", "drop_connection", "broken_answer"})
PAGE_OF_A_BALANCER = "<html><body><h1>502 Bad Gateway</h1></body></html>"
LIMITED_PREFIXES = ("send", "edit", "forward", "copy")


@dataclass
class RateLimit:
    """The next `left` sends and edits are refused with 429 and `retry_after` seconds."""

    left: int = 0
    retry_after: int = 5


@dataclass
class ServerError:
    """The next `left` calls are answered with 502 and have no effect."""

    left: int = 0


@dataclass
class DropConnection:
    """The next `left` calls are done, but the connection breaks before the answer."""

    left: int = 0


@dataclass
class BrokenAnswer:
    """The next `left` answers are none: a page with 502, then one cut short, then an empty one.

    The call behind the page was not done, those behind the others were.
    """

    left: int = 0


@dataclass
class Faults:
    """What goes wrong next. `getUpdates` is spared, so that the count falls on the bot's own calls.

    `repeat_updates` delivers every update twice, `reorder_updates` those at hand in reverse order;
    `enforce_limits` keeps the bot to `limits`, `token_withdrawn` knows its token no more.
    """

    rate_limit: RateLimit = field(default_factory=RateLimit)
    server_error: ServerError = field(default_factory=ServerError)
    drop_connection: DropConnection = field(default_factory=DropConnection)
    broken_answer: BrokenAnswer = field(default_factory=BrokenAnswer)
    repeat_updates: bool = False
    reorder_updates: bool = False
    token_withdrawn: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def enforce_limits(self) -> bool:
        """Whether the bot is kept to Telegram's limits."""
        return self.limits.on

    @enforce_limits.setter
    def enforce_limits(self, on: bool) -> None:
        self.limits.on = on

    def at_the_door(self) -> None:
        """Refuse every call, `getUpdates` too, when the token is withdrawn.

        Raises:
            ApiError: 401.
        """
        if self.token_withdrawn:
            raise ApiError(401, "Unauthorized")

    def before(self, method: str, chat_id: int | None, now: Callable[[], float]) -> None:
        """Refuse the call when a fault is due before its effect.

        Raises:
            ApiError: 502, or 429 with `retry_after`.
            BrokenAnswerError: a page where an answer should be.
        """
        if self.broken_answer.left > 0 and self.broken_answer.left % 3 == 0:
            self.broken_answer.left -= 1
            raise BrokenAnswerError(502, PAGE_OF_A_BALANCER)
        if self.server_error.left > 0:
            self.server_error.left -= 1
            raise ApiError(502, "Bad Gateway")
        if self.rate_limit.left > 0 and method.startswith(LIMITED_PREFIXES):
            self.rate_limit.left -= 1
            seconds = self.rate_limit.retry_after
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", seconds)
        if method.startswith(LIMITED_PREFIXES):
            self.limits.count(chat_id, now)

    def after(self) -> None:
        """Break the connection when that is due.

        Raises:
            ConnectionDroppedError: the call had its effect, the answer is lost.
            BrokenAnswerError: the call had its effect, the answer is cut or empty.
        """
        if self.broken_answer.left > 0:
            self.broken_answer.left -= 1
            raise BrokenAnswerError(200, '{"ok":true,"resu' if self.broken_answer.left % 3 else "")
        if self.drop_connection.left > 0:
            self.drop_connection.left -= 1
            raise ConnectionDroppedError("the connection was dropped before the answer")

    def arrange(self, updates: list[Json]) -> list[Json]:
        """Return the updates as they arrive: repeated and turned round where asked for."""
        arranged = [u for u in updates for _ in range(1 + self.repeat_updates)]
        return arranged[::-1] if self.reorder_updates else arranged

    def to_json(self) -> Json:
        """Return all faults as JSON-able data."""
        faults = asdict(self)
        del faults["limits"]
        return {**faults, "enforce_limits": self.enforce_limits}

    def change(self, wanted: Json) -> None:
        """Set the named faults and leave the others.

        Raises:
            ValueError: an unknown fault or a value of the wrong type.
        """
        for name, value in wanted.items():
            if name in FLAGS and isinstance(value, bool):
                setattr(self, name, value)
            elif name in COUNTED and isinstance(value, dict):
                _set_numbers(name, getattr(self, name), value)
            else:
                raise ValueError(f"no such fault: {name}")


Counted = RateLimit | ServerError | DropConnection | BrokenAnswer


def _set_numbers(name: str, fault: Counted, numbers: Json) -> None:
    for key, number in numbers.items():
        known = key in fault.__dataclass_fields__
        if not known or isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise ValueError(f"fault {name}: {key} must be a number from 0 up")
        setattr(fault, key, number)
