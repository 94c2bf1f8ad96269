"""Telegram's HTML: from text with tags to plain text and its entities."""

import re
from dataclasses import dataclass

from sandbox.model import Json

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
SPACES = " \t\n\r\0\v"
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)\b);?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME = re.compile(r"[^\s\0>]*")
_ATTRIBUTE = re.compile(r"[^\s\0=>/\"']*")
_TOKEN = re.compile(r"[0-9A-Za-z.-]*")
_LAST_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


class MarkupError(ValueError):
    """The text cannot be parsed; the message is Telegram's, without its prefix."""


@dataclass
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    start: int


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, the measure of every limit and offset."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and its `MessageEntity` objects, offsets in UTF-16 code units.

    Raises:
        MarkupError: a tag is unknown, broken, or has no pair.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.opened: list[_Open] = []
        self.entities: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "&":
                self._reference()
            elif char != "<":
                self._put(char)
                self.at += 1
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.opened:
            tag = self.opened[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))
        return "".join(self.out), self.entities

    def _put(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def _bytes_before(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _reference(self) -> None:
        text, self.at = _dereference(self.source, self.at)
        self._put(text)

    def _start_tag(self) -> None:
        begin = self.at
        name = _NAME.match(self.source, begin + 1)
        tag = name[0].lower() if name else ""
        self.at = begin + 1 + len(tag)
        if self.at >= len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes_before(begin)}")
        if tag not in TAGS:
            raise MarkupError(
                f'Unsupported start tag "{tag}" at byte offset {self._bytes_before(begin)}'
            )
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(
                'Tag "span" must have class "tg-spoiler" '
                f"at byte offset {self._bytes_before(begin)}"
            )
        self.opened.append(_Open(tag, attributes, self.length, len(self.out)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._skip_spaces()
            self._must_go_on(begin)
            if self.source[self.at] == ">":
                self.at += 1
                return found
            name = _ATTRIBUTE.match(self.source, self.at)
            if name is None or not name[0]:
                raise MarkupError(
                    f'Empty attribute name in the tag "{tag}" '
                    f"at byte offset {self._bytes_before(begin)}"
                )
            self.at = name.end()
            found[name[0].lower()] = self._value(tag, begin)

    def _value(self, tag: str, begin: int) -> str:
        self._skip_spaces()
        if not self.source.startswith("=", self.at):
            return ""
        self.at += 1
        self._skip_spaces()
        if self.at >= len(self.source):
            raise MarkupError(
                f'Unclosed start tag "{tag}" at byte offset {self._bytes_before(begin)}'
            )
        if self.source[self.at] in "\"'":
            return self._quoted(begin)
        token = _TOKEN.match(self.source, self.at)
        value = token[0] if token else ""
        end = self.at + len(value)
        if end >= len(self.source) or self.source[end] not in SPACES + ">":
            raise MarkupError(
                f"Unexpected end of name token at byte offset {self._bytes_before(self.at)}"
            )
        self.at = end
        return value.lower()

    def _quoted(self, begin: int) -> str:
        end = self.source.find(self.source[self.at], self.at + 1)
        if end < 0:
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes_before(begin)}")
        value = _REFERENCE.sub(_decoded, self.source[self.at + 1 : end])
        self.at = end + 1
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.opened:
            raise MarkupError(f"Unexpected end tag at byte offset {self._bytes_before(begin)}")
        name = _NAME.match(self.source, begin + 2)
        tag = name[0].lower() if name else ""
        self.at = begin + 2 + len(tag)
        self._skip_spaces()
        if not self.source.startswith(">", self.at):
            raise MarkupError(f"Unclosed end tag at byte offset {self._bytes_before(begin)}")
        self.at += 1
        opened = self.opened.pop()
        if tag not in ("", opened.tag):
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._bytes_before(begin)}, "
                f'expected "</{opened.tag}>", found "</{tag}>"'
            )
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self.length - opened.offset
        if not length:
            return
        entity: Json = {"type": TAGS[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            entity["url"] = opened.attributes.get("href") or "".join(self.out[opened.start :])
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        elif opened.tag in ("code", "pre") and self._joins_the_inner(opened, entity):
            return
        self.entities.append(entity)

    def _joins_the_inner(self, opened: _Open, entity: Json) -> bool:
        """Turn `<pre><code class="language-x">` into one entity; tell whether nothing is left."""
        language = opened.attributes.get("class", "")
        if opened.tag == "code" and language.startswith("language-"):
            entity["language"] = language.removeprefix("language-")
            return False
        if opened.tag == "code" or not self.entities:
            return False
        inner = self.entities[-1]
        if inner["type"] == "code" and inner["length"] == entity["length"]:
            inner["type"] = "pre"
            return True
        return False

    def _skip_spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in SPACES:
            self.at += 1

    def _must_go_on(self, begin: int) -> None:
        if self.at >= len(self.source):
            raise MarkupError(f"Unclosed start tag at byte offset {self._bytes_before(begin)}")


def _dereference(source: str, at: int) -> tuple[str, int]:
    """Return the character meant by the reference at `at`, and where the text goes on."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return "&", at + 1
    return _decoded(match), match.end()


def _decoded(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1], 16) if match[1] else int(match[2])
    if code in SURROGATES:
        raise MarkupError(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code <= _LAST_CODE_POINT else match[0]
