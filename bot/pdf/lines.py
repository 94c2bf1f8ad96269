"""Breaking texts into lines and choosing the size at which they fit; nothing is ever cut off."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Measure: TypeAlias = Callable[[str], float]
"""The width of a text set at size 1."""

_SHRINK: Final = 0.95
_BALANCING_ROUNDS: Final = 6
# A double-barrelled name may be broken after its hyphens.
_AT_HYPHENS: Final = re.compile(r"[^-]+-*|-+")


@dataclass(frozen=True, slots=True)
class Step:
    """How large a text may be set: from `size` down to `smallest` points in so many lines."""

    size: float
    smallest: float
    lines: int


@dataclass(frozen=True, slots=True)
class Block:
    """Lines set at one size, in points."""

    lines: tuple[str, ...]
    size: float


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    width: float
    space: float  # before it, where it does not begin a line


def fitted(
    texts: Sequence[str], measure: Measure, width: float, steps: Sequence[Step]
) -> list[Block]:
    """Return the texts at one size: the first of those of the steps at which all fit `width`.

    Lines break at spaces or, within a step, also after hyphens. What fits no step is broken at any
    letter and shrinks on in the lines of the last one.

    Raises:
        ValueError: there is no width.
    """
    if width <= 0:
        raise ValueError("no text fits no width")
    last = steps[-1]
    tries = [(step, parts_of) for step in steps for parts_of in (_words, _hyphenated)]
    for step, parts_of in (*tries, (Step(last.size, 0, last.lines), _letters)):
        parts = [list(parts_of(text, measure)) for text in texts]
        size = step.size
        while size >= step.smallest:
            filled = [_filled(row, width / size) for row in parts]
            if all(lines and len(lines) <= step.lines for lines in filled):
                return [Block(_balanced(row, width / size), size) for row in parts]
            size *= _SHRINK
    raise AssertionError("at some size every text fits")


def _words(text: str, measure: Measure) -> Iterator[_Part]:
    space = measure(" ")
    return (_Part(word, measure(word), space) for word in text.split(" "))


def _hyphenated(text: str, measure: Measure) -> Iterator[_Part]:
    for word in _words(text, measure):
        for place, piece in enumerate(_AT_HYPHENS.findall(word.text)):
            yield _Part(piece, measure(piece), 0 if place else word.space)


def _letters(text: str, measure: Measure) -> Iterator[_Part]:
    return (_Part(letter, measure(letter), 0) for letter in text)


def _filled(parts: Sequence[_Part], width: float) -> list[str] | None:
    """Return lines filled one after another, or None where a part is wider than a line."""
    lines: list[str] = []
    line, used = "", 0.0
    for part in parts:
        if part.width > width:
            return None
        if line and used + part.space + part.width > width:
            lines.append(line)
            line, used = "", 0.0
        if line and part.space:
            line, used = line + " ", used + part.space
        line, used = line + part.text, used + part.width
    return [*lines, line]


def _balanced(parts: Sequence[_Part], width: float) -> tuple[str, ...]:
    """Return as many lines as fill the width, but of about the same length."""
    best = _filled(parts, width) or []
    narrow, wide = 0.0, width
    for _ in range(_BALANCING_ROUNDS if len(best) > 1 else 0):
        middle = (narrow + wide) / 2
        tried = _filled(parts, middle)
        if tried and len(tried) == len(best):
            best, wide = tried, middle
        else:
            narrow = middle
    return tuple(best)
