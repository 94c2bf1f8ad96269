"""The faces we print with, the letters they hold, and what to print instead of others.

README.md beside them tells how they are cut down from the Noto fonts; all hold the same letters.
"""

import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent
_SUBSTITUTE: Final = "\N{REPLACEMENT CHARACTER}"
# Signs that have a double among our letters, but no decomposition that says so.
_DOUBLES: Final = str.maketrans({"\N{MINUS SIGN}": "\N{EN DASH}", "\N{HORIZONTAL BAR}": "\u2014"})
_INVISIBLE: Final = frozenset({"Cc", "Cf"})


class Face(StrEnum):
    """A typeface; its value names the file."""

    SANS = "NotoSans-Regular"
    SANS_BOLD = "NotoSans-Bold"
    SERIF = "NotoSerif-Regular"
    SERIF_BOLD = "NotoSerif-Bold"
    SERIF_ITALIC = "NotoSerif-Italic"

    @property
    def path(self) -> Path:
        """The TrueType file."""
        return _FOLDER / f"{self.value}.ttf"


@cache
def letters() -> frozenset[str]:
    """Return every character that all faces hold."""
    held: set[str] = set()
    for line in (_FOLDER / "letters.txt").read_text(encoding="ascii").split():
        first, _, last = line.removeprefix("U+").partition("-")
        held.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(held)


def missing(text: str) -> tuple[str, ...]:
    """Return the characters, each once, of which `printable` would show only a substitute."""
    composed = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(char for char in composed if _printed(char) == _SUBSTITUTE))


def printable(text: str) -> str:
    """Return the text in letters that all faces hold, on one line.

    A letter they lack becomes its compatible form (a full-width digit its plain one), or else a
    visible substitute; of a text that is not empty, something is always seen.
    """
    composed = unicodedata.normalize("NFC", text)
    printed = "".join(map(_printed, composed)).strip()
    return printed or (_SUBSTITUTE if text else "")


def _printed(char: str) -> str:
    if char.isspace():
        return char if char == "\N{NO-BREAK SPACE}" else " "
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    held = letters()
    if char in held:
        return char
    for form in (char.translate(_DOUBLES), unicodedata.normalize("NFKD", char)):
        if form and held.issuperset(form):
            composed = unicodedata.normalize("NFC", form)
            return composed if held.issuperset(composed) else form
    return _SUBSTITUTE
