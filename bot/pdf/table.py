"""A long table as PDF: pages A4 lying on their side, headings again on each."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in one line or two, and its share of the width."""

    heading: Sequence[str]
    share: float


@dataclass(frozen=True, slots=True)
class Table:
    """What is printed; all texts are literal and of any length.

    ``titles`` stand above the first page's table, the first of them largest; ``foot`` stands under
    the last one's.
    """

    titles: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    foot: Sequence[str]


def render(table: Table) -> bytes:
    """Return the table: from the same one always the same bytes.

    Takes some milliseconds of the processor for a row: call it in a thread.

    Raises:
        ValueError: a row does not fit the columns.
    """
    # Only now: reportlab takes longer to load than all else that a light command needs.
    from bot.pdf.table_sheet import draw  # noqa: PLC0415

    return draw(table)
