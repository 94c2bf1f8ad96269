"""Markdown of a content pack -> HTML of Telegram: paragraphs, **bold** and lists, nothing else."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Tags are read, so that a person who typed one is told, instead of showing it to everybody.
_PARSER: Final = MarkdownIt("commonmark", {"html": True})

_STRANGERS: Final = {
    "heading_open": "a heading",
    "em_open": "a single *",
    "link_open": "a link",
    "image": "a picture",
    "code_inline": "a backtick",
    "code_block": "four spaces before the text",
    "fence": "a block of code",
    "html_block": "an HTML tag",
    "html_inline": "an HTML tag",
    "blockquote_open": "a quotation",
    "hr": "a ruled line",
}
_LISTS: Final = frozenset({"bullet_list_open", "ordered_list_open"})


@dataclass(frozen=True)
class TelegramText:
    """A text as Telegram shows it: `html` for a message, `plain` without its tags.

    `faults` are (line from 1, what must be there); a text with faults is not to be shown.
    """

    html: str
    plain: str
    faults: tuple[tuple[int, str], ...]


def to_telegram(markdown: str) -> TelegramText:
    """Turn Markdown into a text of Telegram.

    Paragraphs are parted by an empty line; a list stands right under what is before it. Telegram
    has no lists: their items begin with a bullet or a number.
    """
    writer = _Writer()
    for token in _PARSER.parse(markdown):
        writer.take(token)
    return TelegramText("".join(writer.html), "".join(writer.plain), tuple(writer.faults))


@dataclass
class _Writer:
    html: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    _lists: int = 0
    _gap: str = ""

    def take(self, token: Token) -> None:
        """Write one block, or one end of it, or note its fault."""
        line = token.map[0] + 1 if token.map else 1
        if token.type in _STRANGERS:
            self._refuse(line, token.type)
        elif token.type in _LISTS:
            self._begin_list(line)
        elif token.type.endswith("_list_close"):
            self._lists -= 1
            self._gap = "\n\n"
        elif token.type == "list_item_open":
            self._begin_item(token.info)
        elif token.type == "list_item_close":
            self._gap = "\n"
        elif token.type == "paragraph_open":
            self._begin_paragraph(line)
        elif token.type == "inline":
            self._write(token.children or (), line)
            self._gap = "\n\n"

    def _begin_list(self, line: int) -> None:
        if self._lists:
            self._demand(line, "a list inside a list")
        self._lists += 1
        self._gap = self._gap and "\n"

    def _begin_item(self, number: str) -> None:
        self._put(self._gap)
        self._put(f"{number}. " if number else "• ")
        self._gap = ""

    def _begin_paragraph(self, line: int) -> None:
        if self._lists and self._gap:
            self._demand(line, "a second paragraph in an item of a list")
        self._put(self._gap)

    def _write(self, words: Sequence[Token], line: int) -> None:
        for token in words:
            # Underscores are what they look like: people write them, and not to mark words.
            if token.type == "text" or token.markup.startswith("_"):
                self._put(token.content or token.markup)
            elif token.type in {"strong_open", "strong_close"}:
                self.html.append("<b>" if token.nesting > 0 else "</b>")
            elif token.type in {"softbreak", "hardbreak"}:
                self._put(" " if token.type == "softbreak" else "\n")
                line += 1
            elif token.type in _STRANGERS:
                self._refuse(line, token.type)

    def _put(self, words: str) -> None:
        self.plain.append(words)
        self.html.append(html.escape(words, quote=False))

    def _refuse(self, line: int, kind: str) -> None:
        self._demand(line, _STRANGERS[kind])

    def _demand(self, line: int, absent: str) -> None:
        self.faults.append((line, f"must be paragraphs, **bold** and lists only, without {absent}"))
