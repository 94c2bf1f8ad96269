"""How long the loop stands still while 50 people ask for their certificates at once.

Each press draws a sheet in a thread, and all of them share the interpreter with the loop. Beside it
the same is measured with nothing to do: that much the machine itself takes.
"""

import asyncio
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.certificates import CERTIFICATE
from bot.content import Certificates, load_content
from bot.pdf.certificate import render

_ASKED: Final = 50
_ROUNDS: Final = 5
_TICK_S: Final = 0.005
_GOAL_MS: Final = 100.0
_PACK: Final = Path(__file__).parents[1] / "content" / "kostanay"


def main() -> int:
    """Print the longest waits, and return 0 when the usual one is within the goal."""
    texts = load_content(_PACK).certificates
    render(CERTIFICATE, texts)  # fonts are read once, at the first sheet of a process
    waits = [asyncio.run(_longest_wait_ms(texts, _ASKED)) for _ in range(_ROUNDS)]
    idle = [asyncio.run(_longest_wait_ms(texts, 0)) for _ in range(_ROUNDS)]
    print(f"longest wait, nothing to do    {median(idle):6.1f} ms (worst {max(idle):.1f})")
    print(f"longest wait, {_ASKED} sheets asked  {median(waits):6.1f} ms (worst {max(waits):.1f})")
    print(f"goal                           {_GOAL_MS:6.1f} ms")
    return 0 if median(waits) < _GOAL_MS else 1


async def _longest_wait_ms(texts: Certificates, count: int) -> float:
    """Return by how much the loop's clock came late at worst while the sheets were drawn."""
    sheets = asyncio.gather(
        *(asyncio.to_thread(render, CERTIFICATE, texts) for _ in range(count)),
        asyncio.sleep(_TICK_S * 50),
    )
    longest = 0.0
    while not sheets.done():
        start = perf_counter()
        await asyncio.sleep(_TICK_S)
        longest = max(longest, perf_counter() - start - _TICK_S)
    await sheets
    return longest * 1000
