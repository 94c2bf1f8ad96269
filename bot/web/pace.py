"""How often one address may ask, so that nobody walks through numbers."""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

_REMEMBERED = 10_000
_OWN_BITS = 64  # what one household or phone holds of IPv6


class Pace:
    """Lets each address ask `most` times in `seconds`; remembers a bounded number of them."""

    def __init__(
        self, most: int = 30, seconds: float = 60, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._asked: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def allows(self, address: str) -> bool:
        """Count a request of the address and tell whether it is still within the limit."""
        key, now = _network(address), self._now()
        since, count = self._asked.pop(key, (now, 0))
        if now - since >= self._seconds:
            since, count = now, 0
        self._asked[key] = (since, count + 1)
        if len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
        return count < self._most


def asker(remote: str, forwarded: str, proxy: str | None) -> str:
    """Return who asks: the peer, or whom our own proxy names last; nobody else is believed."""
    return forwarded.rpartition(",")[2].strip() if forwarded and remote == proxy else remote


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unreadable"
    if isinstance(parsed, IPv6Address):
        return f"{int(parsed) >> _OWN_BITS:x}"
    return str(parsed)
