"""A QR code as areas to fill."""

from itertools import groupby
from typing import TypeAlias

import segno

Run: TypeAlias = tuple[int, int, int, int]
"""Left, bottom, width and height of a dark rectangle, in modules."""


def dark_areas(text: str) -> tuple[int, list[Run]]:
    """Return the side of the code in modules, without margin, and what of it is dark.

    Error correction is M: a tenth of the code may be lost to a fold or a stamp.
    """
    rows = segno.make_qr(text, error="m", boost_error=False).matrix
    side = len(rows)
    return side, [run for top, row in enumerate(rows) for run in _runs(row, side - top - 1)]


def _runs(row: bytearray, bottom: int) -> list[Run]:
    runs: list[Run] = []
    left = 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            runs.append((left, bottom, width, 1))
        left += width
    return runs
