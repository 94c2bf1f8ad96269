"""A page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a longer list.

    ``number`` counts from 0; ``total`` is the length of the whole list.
    """

    items: Sequence[T]
    number: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page; 0 for an empty list."""
        return max(0, (self.total - 1) // PAGE_SIZE)


def clamp(number: int, total: int) -> int:
    """Return the nearest page that exists, for a list that may have shrunk."""
    return min(max(number, 0), max(0, (total - 1) // PAGE_SIZE))


def page_of(items: Sequence[T], number: int) -> Page[T]:
    """Return the page of a list that is at hand, or the nearest one that exists."""
    number = clamp(number, len(items))
    begins = number * PAGE_SIZE
    return Page(items[begins : begins + PAGE_SIZE], number, len(items))
