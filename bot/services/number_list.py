"""Service numbers in a list as people make them: one in a line or many, with or without names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.services.errors import InvalidInputError
from bot.services.service_number import is_well_formed
from db.models.certificate_orders import NUMBER_LENGTH, Refusal

MOST_ENTRIES = 5_000

Line = tuple[int, str]
"""A line of a list and what number it has there."""

# Whatever a keyboard or a typesetter puts between digits.
_DASHES = re.compile("[\u2010-\u2015\u2212]")
# Digits joined by dashes: dates and phones look so too.
_JOINED = re.compile(r"\+?[0-9]+(?:-[0-9]+)+", re.ASCII)
_NUMBER = re.compile(r"[0-9]{2}-[0-9]{5,}-[0-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line names: a number of right form, or (``refusal``) why it names nobody."""

    line: int
    number: str
    refusal: Refusal | None = None


def read_numbers(lines: Sequence[Line], prefix: str) -> list[Entry]:
    """Return every service number of a list, and each line that has none.

    A number stands anywhere in its line, between any separators; names, dates and phones beside it
    are passed over. What begins like a number of the region (``prefix``) but is none is named, so
    that nobody is lost by a slip. Lines without letters and digits say nothing, and neither does
    a heading: a first line without a digit.

    Raises:
        InvalidInputError: there is no number in it, or more than one order takes.
    """
    said = [line for line in lines if any(map(str.isalnum, line[1]))]
    if len(said) > 1 and not any(map(str.isdigit, said[0][1])):
        del said[0]
    entries: list[Entry] = []
    for entry in _entries(said, prefix):
        if len(entries) == MOST_ENTRIES:
            raise InvalidInputError("error-list-long", limit=MOST_ENTRIES)
        entries.append(entry)
    if all(entry.refusal is Refusal.NO_NUMBER for entry in entries):
        raise InvalidInputError("error-list-empty")
    return entries


def _entries(lines: Iterable[Line], prefix: str) -> Iterator[Entry]:
    for place, text in lines:
        found = False
        plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
        for joined in _JOINED.findall(plain):
            entry = _entry(place, joined, prefix)
            if entry is not None:
                found = True
                yield entry
        if not found:
            yield Entry(place, "", Refusal.NO_NUMBER)


def _entry(place: int, joined: str, prefix: str) -> Entry | None:
    if _NUMBER.fullmatch(joined) and len(joined) <= NUMBER_LENGTH:
        right = is_well_formed(joined)
        return Entry(place, joined, None if right else Refusal.CHECK_DIGIT)
    if joined.startswith(f"{prefix}-"):
        return Entry(place, joined[:NUMBER_LENGTH], Refusal.MALFORMED)
    return None
