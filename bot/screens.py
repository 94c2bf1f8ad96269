"""What a person sees: plain data, shown by the dispatcher."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

Style = Literal["primary", "success", "danger"]

# Of a text that fits a small phone, empty ones too; how the phone wraps them nobody knows.
MOST_LINES = 12
# Of what `Screen.headed` puts above a text.
HEAD_LINES = 2


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: ``press`` says what it does and to what, or ``url`` where it leads."""

    text: str
    press: CallbackData | None = None
    url: str | None = None
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the reply keyboard.

    ``contact`` asks the phone for its own number, ``location`` for where it is.
    """

    text: str
    contact: bool = False
    location: bool = False
    style: Style | None = None


Rows = tuple[tuple[Button, ...], ...]
Keys = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the person's next message means: a route by name, with ids it needs."""

    route: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on its way to a person: its bytes under a name, or a file that is there already.

    A ``picture`` is shown in the chat; anything else is a document. The ``caption`` is Telegram
    HTML, and so is what is said ``instead`` where Telegram refuses the document.
    """

    name: str
    content: bytes | Path
    picture: bool = False
    caption: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. It has inline ``rows`` or a reply keyboard of ``keys``, never both.

    Attributes:
        text: Telegram HTML; only what is nothing but its file has none.
        rich: the same as rich HTML with real tables, where Telegram takes it; ``text`` otherwise.
        first: the line ``text`` begins with that nothing may come above.
        toast: a short plain text shown over the chat when a button led here.
        alert: whether the toast waits to be closed.
        expects: what the next message of the person will mean; without it nothing special.
        before: a message sent ahead of this one, such as one that changes the reply keyboard.
        attached: a file sent ahead of the message.
        speaks: the language the chat's list of commands is to be in from now on.
        replaces: the message that turns into this one, wherever it stands in the chat.
        aside: the message pressed stays as it is, and this one comes below.
        card_of: the shift whose card this message is from now on.
        digest_of: the digest this message is.
        order_of: the order of certificates this message shows, and what it says of it, in short.
        silent: whether it comes without a sound.
        leaves_question: what the next message means stays as it was.
        ends_draft: the key of the draft that is over, wherever it was left.
    """

    text: str
    rows: Rows = ()
    keys: Keys = ()
    rich: str = ""
    first: str = ""
    toast: str = ""
    alert: bool = False
    expects: Expected | None = None
    before: "Screen | None" = None
    attached: Attachment | None = None
    speaks: str = ""
    replaces: int | None = None
    aside: bool = False
    card_of: int | None = None
    digest_of: int | None = None
    order_of: tuple[int, str] | None = None
    silent: bool = False
    leaves_question: bool = False
    ends_draft: str = ""

    def with_toast(self, toast: str, *, alert: bool = False) -> "Screen":
        """Return the same screen with a toast."""
        return replace(self, toast=toast, alert=alert)

    def headed(self, line: str) -> "Screen":
        """Return the same screen with a line of HTML above its text, below what comes first."""
        rich = f"<p>{line}</p>{self.rich}" if self.rich else ""
        first = f"{self.first}\n" if self.first else ""
        fits = line_count((self.text, line)) + 1 <= MOST_LINES
        gap = "\n\n" if fits else "\n"
        return replace(self, text=f"{first}{line}{gap}{self.text.removeprefix(first)}", rich=rich)

    def without_sound(self) -> "Screen":
        """Return the same screen and what goes ahead of it, neither with a sound."""
        before = self.before.without_sound() if self.before else None
        return replace(self, before=before, silent=True)

    def speaking(self, language: str) -> "Screen":
        """Return the same screen, noting the language of the chat's commands."""
        return replace(self, speaks=language)

    def after(self, other: "Screen") -> "Screen":
        """Return the same screen with another message sent ahead of it."""
        return replace(self, before=other)


def line_count(lines: Iterable[str]) -> int:
    """Return how many lines a text of these has; each may be several."""
    return sum(line.count("\n") + 1 for line in lines)


def in_pairs(buttons: list[Button]) -> Rows:
    """Lay buttons out two in a row."""
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def in_column(buttons: list[Button]) -> Rows:
    """Lay buttons out one below another."""
    return tuple((button,) for button in buttons)


def markup_of(screen: Screen) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """Return the screen's keyboard as Telegram takes it."""
    if screen.keys:
        return ReplyKeyboardMarkup(
            keyboard=[
                [
                    KeyboardButton(
                        text=key.text,
                        request_contact=key.contact or None,
                        request_location=key.location or None,
                        style=key.style,
                    )
                    for key in row
                ]
                for row in screen.keys
            ],
            resize_keyboard=True,
            is_persistent=True,
        )
    if screen.rows:
        return InlineKeyboardMarkup(
            inline_keyboard=[
                [
                    InlineKeyboardButton(
                        text=button.text,
                        callback_data=button.press.pack() if button.press else None,
                        url=button.url,
                        style=button.style,
                    )
                    for button in row
                ]
                for row in screen.rows
            ]
        )
    return None
