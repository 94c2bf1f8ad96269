"""The text of a module of the briefing in one language, parted into pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.content.telegram_markdown import TelegramText, to_telegram

_BREAK: Final = "---"
# What a small phone shows at once, less the title above the text and the empty line between them.
_LINES: Final = 10
_CHARACTERS: Final = 700

Fault = tuple[int, str]


@dataclass(frozen=True)
class PagedText:
    """What an author wrote, and its pages as Telegram shows them.

    `starts` holds for each page the line it begins at, from 1: that of the break above it.
    `faults` are (line from 1, what must be there); a text with faults is not to be shown.
    """

    markdown: str
    pages: tuple[TelegramText, ...]
    starts: tuple[int, ...]
    faults: tuple[Fault, ...]

    def wrong_count(self, expected: int, model: str) -> Fault | None:
        """Return the fault of not having as many pages as the file named."""
        count = len(self.pages)
        if count == expected:
            return None
        line = self.starts[expected] if count > expected else self.markdown.count("\n") + 1
        return line, f"must have as many pages as {model}, {expected}, not {count}"


def to_pages(source: str) -> PagedText:
    """Part a text at its lines `---` and turn each page from Markdown into a text of Telegram."""
    # Spaces at the end of a line nobody sees: they must not stand for anything.
    lines = "\n".join(line.rstrip(" ") for line in source.split("\n")).rstrip("\n").split("\n")
    breaks = [number for number, line in enumerate(lines, start=1) if line == _BREAK]
    above, below = [0, *breaks], [*(number - 1 for number in breaks), len(lines)]
    pages = tuple(
        to_telegram("\n".join(lines[first:last])) for first, last in zip(above, below, strict=True)
    )
    faults = list(_unseen(lines))
    for page, line in zip(pages, above, strict=True):
        faults += [(line + number, demand) for number, demand in page.faults]
        faults += [(max(line, 1), demand) for demand in _wrong_size(page, len(pages))]
    starts = tuple(max(line, 1) for line in above)
    return PagedText("\n".join(lines), pages, starts, tuple(sorted(faults)))


def _unseen(lines: list[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines, start=1):
        if not line.isprintable():
            yield number, "must have no tabs, no special spaces and no characters nobody can see"


def _wrong_size(page: TelegramText, pages: int) -> Iterator[str]:
    where = " on a page" if pages > 1 else ""
    if not page.plain.strip():
        yield "must not be empty" if pages == 1 else "must have no empty page"
    if (length := len(page.plain)) > _CHARACTERS:
        yield f"must have at most {_CHARACTERS} characters{where}, not {length}"
    if (count := page.plain.count("\n") + 1) > _LINES:
        yield f"must have at most {_LINES} lines on the screen, not {count}"
