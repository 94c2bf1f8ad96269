"""The Kazakh ram's horn (qoshqar muiz) as an outline made by code."""

from collections.abc import Iterator, Sequence
from math import atan2, cos, hypot, pi, sin
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]

_STEM_STEPS: Final = 6
_CURL_STEPS: Final = 36
_END_STEPS: Final = 6


def horn(stem: float = 0.42, turns: float = 1.6) -> tuple[Point, ...]:
    """Return the outline of the right one of a pair of horns; the left one is its mirror image.

    The tip of the stem is at (0, 0). The horn rises from it and curls to the right in so many
    turns; it is 0.85 wide and reaches 0.42 above the stem.
    """
    left: list[Point] = []
    right: list[Point] = []
    line = _middle_line(stem, turns)
    for i, (x, y, breadth) in enumerate(line):
        (ax, ay, _), (bx, by, _) = line[max(i - 1, 0)], line[min(i + 1, len(line) - 1)]
        length = hypot(bx - ax, by - ay)
        dx, dy = (ay - by) / length * breadth / 2, (bx - ax) / length * breadth / 2
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    (ax, ay, _), (x, y, breadth) = line[-2:]
    forward = atan2(y - ay, x - ax)
    turned = (forward + pi / 2 - pi * k / _END_STEPS for k in range(1, _END_STEPS))
    end = [(x + cos(angle) * breadth / 2, y + sin(angle) * breadth / 2) for angle in turned]
    return (*left, *end, *reversed(right))


def smooth(outline: Sequence[Point]) -> Iterator[tuple[float, ...]]:
    """Yield the first point, then a Bezier curve to each point of the closed outline.

    A curve is its two control points and its end: six numbers.
    """
    yield outline[0]
    for i in range(len(outline)):
        before, start, end, after = (outline[(i + k) % len(outline)] for k in (-1, 0, 1, 2))
        # Catmull-Rom: each tangent is parallel to the line between the neighbours.
        yield (
            start[0] + (end[0] - before[0]) / 6,
            start[1] + (end[1] - before[1]) / 6,
            end[0] - (after[0] - start[0]) / 6,
            end[1] - (after[1] - start[1]) / 6,
            *end,
        )


def _middle_line(stem: float, turns: float) -> list[tuple[float, float, float]]:
    """Return x, y and breadth at each point of the stroke."""
    gap, outer, inner = 0.06, 0.36, 0.07
    tip, root, end = 0.02, 0.13, 0.05
    line = []
    for step in range(_STEM_STEPS):
        t = step / _STEM_STEPS
        line.append((gap * t**1.6, stem * t, tip + (root - tip) * t**0.8))
    for step in range(_CURL_STEPS + 1):
        t = step / _CURL_STEPS
        angle = pi - 2 * pi * turns * t
        radius = outer + (inner - outer) * t**0.85
        x, y = gap + outer + radius * cos(angle), stem + radius * sin(angle)
        line.append((x, y, root + (end - root) * t))
    return line
