"""The table of everything a person can do: presses, commands, keys, answers, links.

Looking a press up is one dictionary access, however many flows there are; and because it is a
table, a test can walk it and try each entry as each role.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, TypeVar

from aiogram.filters.callback_data import CallbackData
from pydantic import BeforeValidator, Field, ValidationError

from bot.content import Content
from bot.context import Context
from bot.screens import Screen
from bot.services.attachments import Incoming
from bot.services.rights import Right

P = TypeVar("P", bound=CallbackData)

_LARGEST_ID = 2**63 - 1


def _plain_number(value: object) -> object:
    """Refuse what ``int`` would take but we never write: ``007``, ``+7``, ``1_0``, 20 digits."""
    if isinstance(value, str) and (not value.isascii() or str(_int(value)) != value):
        raise ValueError("not a plain number")
    return value


def _int(text: str) -> int | None:
    # Its length first: Python itself refuses to read thousands of digits.
    return int(text) if text.isdigit() and len(text) <= len(str(_LARGEST_ID)) else None


# A number in callback data, exactly as we wrote it.
Number = Annotated[int, BeforeValidator(_plain_number), Field(ge=0, le=_LARGEST_ID)]
# A day as its number in the calendar, with room for the days beside it.
Day = Annotated[Number, Field(ge=2, le=date.max.toordinal() - 1)]


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A contact card in a message; ``own`` when it is the sender's own, by Telegram's word."""

    telegram_id: int | None
    phone: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """A point in degrees; ``live`` while it moves by itself, ``forwarded`` when of somebody else.

    ``accuracy_m`` is how many metres it may be wrong by, where the phone says so.
    """

    latitude: float
    longitude: float
    accuracy_m: float | None
    live: bool
    forwarded: bool
    message_id: int


@dataclass(frozen=True, slots=True)
class SharedMedia:
    """Anything in a message beside words, contacts and places.

    ``incoming`` is ``None`` for what is not kept, such as a sticker or a round video.
    """

    incoming: Incoming | None
    caption: str


Fetch = Callable[[int], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Given:
    """What a person sent. ``text`` is empty for anything but text.

    ``fetch`` gets the bytes of a document, where the route ``takes_files``; its argument is how
    many there may be at most.
    """

    text: str = ""
    contact: SharedContact | None = None
    location: SharedLocation | None = None
    media: SharedMedia | None = None
    fetch: Fetch | None = None


PressHandler = Callable[[Context, P], Awaitable[Screen]]
KeyHandler = Callable[[Context], Awaitable[Screen]]
# No screen: the question stands in the chat already.
AnswerHandler = Callable[[Context, dict[str, Any], Given], Awaitable[Screen | None]]
DraftKey = Callable[[Mapping[str, Any]], str | None]
PromptHandler = Callable[[Context, dict[str, Any]], Awaitable[Screen]]
PackKeys = Callable[[Content], Mapping[str, KeyHandler]]
LinkHandler = Callable[[Context, str], Awaitable[Screen]]
LocationHandler = Callable[[Context, SharedLocation], Awaitable[Screen]]
MediaHandler = Callable[[Context, SharedMedia], Awaitable[Screen | None]]
TextHandler = Callable[[Context, str], Awaitable[Screen | None]]
MovementHandler = Callable[[Context, SharedLocation], Awaitable[Screen | None]]


@dataclass(frozen=True, slots=True)
class PressRoute:
    """A kind of button. ``redraw`` draws the screen of its object after a refusal.

    One that ``makes_file`` may take seconds, and the person sees that something is coming.
    """

    data: type[CallbackData]
    handler: PressHandler[Any]
    right: Right | None
    redraw: PressHandler[Any] | None
    makes_file: bool


@dataclass(frozen=True, slots=True)
class AnswerRoute:
    """A question answered by a message. ``prompt`` asks it again after a refusal.

    One that ``takes_media`` is answered by photos and their like too; one that ``takes_files`` by
    documents, whose bytes it may fetch; one that ``takes_places`` by a location. ``draft`` returns
    the key of the draft in its data: that is not lost by looking elsewhere.
    """

    handler: AnswerHandler
    prompt: PromptHandler
    right: Right | None
    takes_media: bool
    takes_files: bool
    takes_places: bool
    draft: DraftKey | None


@dataclass(frozen=True, slots=True)
class KeyRoute:
    """A key of the reply keyboard, or a command."""

    handler: KeyHandler
    right: Right | None


@dataclass(frozen=True, slots=True)
class LinkRoute:
    """A link of ours that opens the bot."""

    handler: LinkHandler
    right: Right | None


class Routes:
    """Who hears what; the ``right`` of a route is what its service will ask for, if for any.

    Args:
        home: draws the screen a person should see now, whatever happened.
        expected_now: tells which answer the person owes when no dialogue is remembered.
    """

    def __init__(self, home: KeyHandler, expected_now: Callable[[Context], str | None]) -> None:
        self.home = home
        # The same after an act whose answer was lost, with what that would have left in the chat.
        self.standing = home
        self.expected_now = expected_now
        self.presses: dict[str, PressRoute] = {}
        self.commands: dict[str, KeyRoute] = {}
        self.keys: dict[str, KeyRoute] = {}
        # Keys whose words stand in the content pack: by text, in every language.
        self.pack_keys: PackKeys = lambda _: {}
        self.answers: dict[str, AnswerRoute] = {}
        self.links: dict[str, LinkRoute] = {}
        self.on_text: TextHandler | None = None
        self.on_location: LocationHandler | None = None
        self.on_movement: MovementHandler | None = None
        self.on_media: MediaHandler | None = None

    def press(
        self,
        data: type[P],
        handler: PressHandler[P],
        *,
        right: Right | None = None,
        redraw: PressHandler[P] | None = None,
        makes_file: bool = False,
    ) -> None:
        """Route a kind of button."""
        route = PressRoute(data, handler, right, redraw, makes_file)
        _add(self.presses, data.__prefix__, route)

    def command(self, name: str, handler: KeyHandler, *, right: Right | None = None) -> None:
        """Route ``/name``."""
        _add(self.commands, name, KeyRoute(handler, right))

    def key(self, text_id: str, handler: KeyHandler, *, right: Right | None = None) -> None:
        """Route a key of the reply keyboard, by the id of its text."""
        _add(self.keys, text_id, KeyRoute(handler, right))

    def answer(
        self,
        name: str,
        handler: AnswerHandler,
        *,
        prompt: PromptHandler,
        right: Right | None = None,
        takes_media: bool = False,
        takes_files: bool = False,
        takes_places: bool = False,
        draft: DraftKey | None = None,
    ) -> None:
        """Route the message that answers a screen which ``expects`` the name."""
        route = AnswerRoute(
            handler,
            prompt,
            right,
            takes_media=takes_media or takes_files,
            takes_files=takes_files,
            takes_places=takes_places or takes_media,
            draft=draft,
        )
        _add(self.answers, name, route)

    def link(self, prefix: str, handler: LinkHandler, *, right: Right | None = None) -> None:
        """Route ``/start prefix_secret``."""
        _add(self.links, prefix, LinkRoute(handler, right))

    def text(self, unasked: TextHandler) -> None:
        """Route a text that answers no question; the handler says ``None`` to any not its own."""
        self.on_text = unasked

    def location(self, unasked: LocationHandler, moved: MovementHandler) -> None:
        """Route a location that answers no question, and a live one whenever it moves."""
        self.on_location, self.on_movement = unasked, moved

    def media(self, unasked: MediaHandler) -> None:
        """Route photos and their like that answer no question."""
        self.on_media = unasked

    def find_press(self, data: str | None) -> tuple[PressRoute, CallbackData] | None:
        """Return the route of callback data and the data parsed; ``None`` for any other text."""
        # We write codes and numbers only. Other characters would reach the database, and
        # PostgreSQL refuses some of them with an error of its own.
        if data is None or not (data.isascii() and data.isprintable()):
            return None
        route = self.presses.get(data.partition(":")[0])
        if route is None:
            return None
        try:
            press = route.data.unpack(data)
            # An empty field would pass for its default.
            return (route, press) if press.pack() == data else None
        except (ValidationError, TypeError, ValueError):
            # Anybody can send any bytes as callback data.
            return None


def _add(table: dict[str, Any], name: str, route: object) -> None:
    if name in table:
        raise ValueError(f"{name} is routed twice")
    table[name] = route
