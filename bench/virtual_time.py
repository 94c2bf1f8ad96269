"""An event loop whose time jumps: hours pass in a second, and what is counted is exact."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Jumping(selectors.DefaultSelector):
    """Moves the clock to the next timer instead of waiting for it."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        super().__init__()
        self.now = 0.0
        self._busy = busy

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; wait in earnest only while something real is at work."""
        ready = super().select(0)
        if ready or timeout is None or timeout <= 0:
            return ready if ready or timeout is not None else super().select(None)
        if self._busy():
            return super().select(None)
        self.now += timeout
        return []


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, selector: _Jumping) -> None:
        super().__init__(selector)
        self._jumping = selector

    def time(self) -> float:
        return self._jumping.now


def run_virtually(main: Coroutine[Any, Any, T], busy: Callable[[], bool] = lambda: False) -> T:
    """Run to the end in virtual time, which begins at 0, and return the result.

    Args:
        busy: whether threads are at work whose end must be waited for; they take no time.
    """
    with asyncio.Runner(loop_factory=lambda: _VirtualLoop(_Jumping(busy))) as runner:
        return runner.run(main)


def virtual_now() -> float:
    """Return the seconds since the loop began."""
    return asyncio.get_running_loop().time()
