"""Telegram HTML as a type, so that a text is escaped exactly once."""

import html
import re
from collections.abc import Iterable
from typing import Final

_TAG: Final = re.compile(r"</?[a-z][^<>]*>")


class Markup(str):
    """Text that is already Telegram HTML and is put in unescaped."""

    __slots__ = ()

    def join(self, parts: Iterable[str], /) -> "Markup":
        """Join parts into Markup; a part that is no Markup is escaped."""
        return Markup(super().join(escape(part) for part in parts))


def escape(text: str) -> Markup:
    """Return text as Telegram HTML in which every character is literal; Markup stays as it is."""
    return text if isinstance(text, Markup) else Markup(html.escape(text, quote=False))


def without_markup(text: str) -> str:
    """Return the words of Markup without its tags; a text that is no Markup stays as it is."""
    return html.unescape(_TAG.sub("", text)) if isinstance(text, Markup) else text
