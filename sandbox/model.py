"""What the local Telegram knows: people, chats, files, pressed buttons, calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]

# What a stored message has beside the fields of the Bot API.
MARKS = frozenset({"out", "edited", "fixed"})


@dataclass
class User:
    """A person with a phone. `started` and `blocked` are about the bot."""

    id: int
    first_name: str
    last_name: str = ""
    language_code: str = "kk"
    username: str | None = None
    phone: str = ""
    note: str = ""
    started: bool = False
    blocked: bool = False

    def to_api(self) -> Json:
        """Return the person as a Bot API `User`."""
        answer: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            answer["last_name"] = self.last_name
        if self.username:
            answer["username"] = self.username
        if self.language_code:
            answer["language_code"] = self.language_code
        return answer


@dataclass
class ReplyKeyboard:
    """The keyboard under a person's input field. `hidden` is a one-time keyboard after its use."""

    markup: Json
    hidden: bool = False


@dataclass
class CallbackAnswer:
    """What a person saw after pressing a button; `n` grows by one with every answer in a chat."""

    n: int
    text: str
    show_alert: bool
    url: str | None


@dataclass
class Chat:
    """One chat of the bot. Messages are Bot API `Message` objects, oldest first.

    Each message also has `out` (a person wrote it) and `edited`, and `fixed` when it can never be
    edited; `for_bot` leaves these marks out.
    """

    id: int
    type: str
    title: str = ""
    member_ids: list[int] = field(default_factory=list)
    bot_is_member: bool = True
    messages: list[Json] = field(default_factory=list)
    reply_keyboard: ReplyKeyboard | None = None
    callback_answers: list[CallbackAnswer] = field(default_factory=list)
    action: str = ""
    action_until: datetime | None = None
    menu_button: Json | None = None

    def find(self, message_id: int) -> Json | None:
        """Return the message with this id, or None."""
        for message in reversed(self.messages):
            if message["message_id"] == message_id:
                return message
        return None


@dataclass
class StoredFile:
    """A file on the local Telegram. `path` is what `getFile` returns; sizes are pixels."""

    file_id: str
    unique_id: str
    kind: str
    name: str
    mime_type: str
    data: bytes
    path: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class UploadedFile:
    """A file part of a request."""

    name: str
    data: bytes
    mime_type: str = "application/octet-stream"


@dataclass
class Query:
    """A pressed button that waits for `answerCallbackQuery`."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    at: datetime
    answered: bool = False


@dataclass(frozen=True)
class ApiCall:
    """One call the bot made. `params` are as checked, `error` is None when it succeeded."""

    method: str
    params: Mapping[str, Any]
    ok: bool
    error: Exception | None
    at: datetime


@dataclass(frozen=True)
class Request:
    """A checked call on its way to the method that does it."""

    params: Json
    files: Mapping[str, UploadedFile]


@dataclass
class BotProfile:
    """What the bot says of itself; texts by language code, "" for every other language."""

    id: int
    username: str
    first_name: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})
    commands: dict[str, list[Json]] = field(default_factory=dict)

    def to_api(self) -> Json:
        """Return the bot as a Bot API `User`."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.names.get("") or self.first_name,
            "username": self.username,
        }


def for_bot(message: Json) -> Json:
    """Return a message as the Bot API gives it, without the marks meant for the phones' page."""
    return {key: value for key, value in message.items() if key not in MARKS}
