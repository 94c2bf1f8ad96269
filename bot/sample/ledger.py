"""Rows on their way into the database, with the numbers they will have there."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from db.models import (
    Activity,
    ActivityVersion,
    Application,
    Assignment,
    Assistant,
    Base,
    BriefingPass,
    BriefingProgress,
    Certificate,
    Consent,
    DigestSettings,
    Grant,
    Person,
    QuizAttempt,
    Shift,
    ShiftCorrection,
)

# Parents before children.
TABLES: Final[tuple[type[Base], ...]] = (
    Person,
    Consent,
    Application,
    Assistant,
    Grant,
    DigestSettings,
    BriefingProgress,
    QuizAttempt,
    BriefingPass,
    Certificate,
    Assignment,
    Shift,
    ShiftCorrection,
    Activity,
    ActivityVersion,
)
_FULL = 20_000


class Ledger:
    """Collects rows by table until there are enough of them to be written.

    Args:
        last_ids: the highest number in use, of each table that has numbers.
    """

    def __init__(self, last_ids: Mapping[type[Base], int]) -> None:
        self._last_ids = dict(last_ids)
        self._rows: dict[type[Base], list[dict[str, Any]]] = {table: [] for table in TABLES}
        self._waiting = 0
        self.counts: Counter[type[Base]] = Counter()

    def number(self, table: type[Base]) -> int:
        """Return the next number of the table."""
        self._last_ids[table] += 1
        return self._last_ids[table]

    def add(self, table: type[Base], **row: Any) -> None:  # noqa: ANN401 - columns of any type
        """Take a row, complete but for nothing; numbers come from ``number``."""
        self._rows[table].append(row)
        self._waiting += 1

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return self._waiting >= _FULL

    def take(self) -> Iterable[tuple[type[Base], list[dict[str, Any]]]]:
        """Give everything that waits, parents before children."""
        self._waiting = 0
        for table in TABLES:
            rows, self._rows[table] = self._rows[table], []
            if rows:
                self.counts[table] += len(rows)
                yield table, rows
