"""What people do with their phones; each act becomes an update for the bot."""

import re
from typing import TYPE_CHECKING

from sandbox import markup
from sandbox.errors import PersonError
from sandbox.files import content_of
from sandbox.group import reaches_the_bot, shared_group, tell_membership
from sandbox.html import utf16_length
from sandbox.methods.sending import copied
from sandbox.model import Chat, Json, UploadedFile, User, for_bot
from sandbox.samples import SAMPLES

if TYPE_CHECKING:
    from sandbox.telegram import Telegram

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class People:
    """Acts of people. Each names who acts and returns the message that came of it, if any."""

    def __init__(self, telegram: "Telegram") -> None:
        self._tg = telegram

    def start(self, user_id: int, payload: str = "") -> Json:
        """Press START, or open a link of the bot with a payload.

        Raises:
            PersonError: a link cannot carry this payload.
        """
        if not _PAYLOAD.fullmatch(payload):
            raise PersonError("a payload is up to 64 of A-Z, a-z, 0-9, _ and -")
        if self._user(user_id).blocked:
            self.unblock(user_id)
        return self.text(user_id, f"/start {payload}".strip())

    def text(self, user_id: int, text: str, reply_to: int | None = None) -> Json:
        """Write to the bot; a text equal to a button of the keyboard is a press of it.

        Raises:
            PersonError: empty, too long for one message, or a reply to nothing.
        """
        plain = _typed(text)
        content = markup.plain_text(plain)
        chat = self._chat(user_id)
        if reply_to is not None:
            original = self._message(chat, reply_to)
            content["reply_to_message"] = {
                k: v for k, v in for_bot(original).items() if k != "reply_to_message"
            }
        return self._write(user_id, content)

    def edit(self, user_id: int, message_id: int, text: str) -> Json:
        """Change one's own text.

        Raises:
            PersonError: not one's own text, or an empty one.
        """
        plain = _typed(text)
        message = self._message(self._chat(user_id), message_id)
        if not message["out"] or "text" not in message:
            raise PersonError("only an own text can be edited")
        message.pop("entities", None)
        message |= {**markup.plain_text(plain), "edit_date": self._tg.now(), "edited": True}
        self._tg.updates.put("edited_message", for_bot(message))
        self._tg.changes.bump()
        return message

    def press(self, user_id: int, message_id: int, row: int, column: int) -> str:
        """Press an inline button with data; return the id of the query.

        Raises:
            PersonError: there is no such button, or it is a link.
        """
        message = self._message(self._chat(user_id), message_id)
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
            raise PersonError("the message has no such button")
        data = rows[row][column].get("callback_data")
        if data is None:
            raise PersonError("the button sends nothing to the bot")
        return self.press_data(user_id, message_id, data)

    def press_data(self, user_id: int, message_id: int, data: str) -> str:
        """Send a callback as a changed client could, with any data; return the id of the query.

        A message that is gone arrives as inaccessible.
        """
        user, chat = self._user(user_id), self._chat(user_id)
        message = chat.find(message_id)
        query = self._tg.open_query(user, chat, message_id)
        inaccessible = {"chat": self._tg.chat_to_api(chat), "message_id": message_id, "date": 0}
        update = {
            "id": query.id,
            "from": user.to_api(),
            "message": for_bot(message) if message else inaccessible,
            "chat_instance": str(chat.id),
            "data": data,
        }
        self._tg.updates.put("callback_query", update)
        self._tg.changes.bump()
        return query.id

    def contact(self, user_id: int, of: int | None = None) -> Json:
        """Share one's own contact, or the contact of another person known here."""
        owner = self._user(user_id if of is None else of)
        return self._share(user_id, owner.phone, owner.first_name, owner.last_name, owner.id)

    def forward_contact(
        self, user_id: int, phone_number: str, first_name: str, contact_user_id: int | None = None
    ) -> Json:
        """Share a contact out of the address book; one without Telegram has no user id."""
        return self._share(user_id, phone_number, first_name, "", contact_user_id)

    def location(
        self,
        user_id: int,
        latitude: float,
        longitude: float,
        live_period: int | None = None,
        *,
        accuracy_m: float | None = None,
    ) -> Json:
        """Share a point, or for `live_period` seconds a moving one; it may be wrong by metres."""
        location: Json = {"latitude": latitude, "longitude": longitude}
        if accuracy_m is not None:
            location["horizontal_accuracy"] = accuracy_m
        if live_period is not None:
            location["live_period"] = live_period
        return self._write(user_id, {"location": location})

    def move(
        self,
        user_id: int,
        message_id: int,
        latitude: float,
        longitude: float,
        *,
        accuracy_m: float | None = None,
    ) -> Json:
        """Go on with a live location.

        Raises:
            PersonError: the message is no live location of one's own.
        """
        message = self._message(self._chat(user_id), message_id)
        if not message["out"] or "live_period" not in message.get("location", {}):
            raise PersonError("the message is no live location")
        message["location"] |= {"latitude": latitude, "longitude": longitude}
        if accuracy_m is not None:
            message["location"]["horizontal_accuracy"] = accuracy_m
        message["edit_date"] = self._tg.now()
        self._tg.updates.put("edited_message", for_bot(message))
        self._tg.changes.bump()
        return message

    def photo(self, user_id: int, file: UploadedFile | None = None, caption: str = "") -> Json:
        """Send a picture, the sample one by default."""
        return self._send_file(user_id, "photo", file, caption)

    def album(self, user_id: int, count: int, caption: str = "") -> list[Json]:
        """Send so many pictures together; the caption stands under the first."""
        album = {"media_group_id": str(self._tg.next_message_id)}
        return [
            self._send_file(user_id, "photo", None, "" if place else caption, album)
            for place in range(count)
        ]

    def document(self, user_id: int, file: UploadedFile | None = None, caption: str = "") -> Json:
        """Send a file, the sample one by default."""
        return self._send_file(user_id, "document", file, caption)

    def sticker(self, user_id: int, file: UploadedFile | None = None) -> Json:
        """Send a sticker."""
        return self._send_file(user_id, "sticker", file)

    def voice(self, user_id: int, file: UploadedFile | None = None) -> Json:
        """Send a voice message."""
        return self._send_file(user_id, "voice", file)

    def video_note(self, user_id: int, file: UploadedFile | None = None) -> Json:
        """Send a round video."""
        return self._send_file(user_id, "video_note", file)

    def forward(self, user_id: int, message_id: int, from_user: int) -> Json:
        """Forward a message out of the private chat of a person known here."""
        source = self._message(self._chat(from_user), message_id)
        origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
        return self._write(user_id, {"forward_origin": origin, **copied(source)})

    def block(self, user_id: int) -> None:
        """Block the bot."""
        self._set_blocked(user_id, blocked=True)

    def unblock(self, user_id: int) -> None:
        """Let the bot write again."""
        self._set_blocked(user_id, blocked=False)

    def group_text(self, user_id: int, text: str) -> Json:
        """Write in the shared group; its first use makes the group and takes the bot in."""
        user = self._user(user_id)
        content = markup.plain_text(_typed(text))
        group = shared_group(self._tg, user)
        message = self._tg.post(group, user, content)
        if reaches_the_bot(self._tg, group, message):
            self._tg.updates.put("message", for_bot(message))
        return message

    def _user(self, user_id: int) -> User:
        user = self._tg.users.get(user_id)
        if user is None:
            raise PersonError(f"there is no person {user_id}")
        return user

    def _chat(self, user_id: int) -> Chat:
        return self._tg.chats[self._user(user_id).id]

    def _message(self, chat: Chat, message_id: int) -> Json:
        message = chat.find(message_id)
        if message is None:
            raise PersonError(f"there is no message {message_id} in the chat")
        return message

    def _write(self, user_id: int, content: Json) -> Json:
        user, chat = self._user(user_id), self._chat(user_id)
        if user.blocked:
            raise PersonError("the bot is blocked: unblock it first")
        user.started = True
        _use_keyboard(chat, content)
        message = self._tg.post(chat, user, content)
        self._tg.updates.put("message", for_bot(message))
        return message

    def _share(
        self, user_id: int, phone: str, first_name: str, last_name: str, owner_id: int | None
    ) -> Json:
        contact: Json = {"phone_number": phone, "first_name": first_name}
        if last_name:
            contact["last_name"] = last_name
        if owner_id is not None:
            contact["user_id"] = owner_id
        return self._write(user_id, {"contact": contact})

    def _send_file(
        self,
        user_id: int,
        kind: str,
        file: UploadedFile | None,
        caption: str = "",
        album: Json | None = None,
    ) -> Json:
        stored = self._tg.files.keep(kind, file or SAMPLES[kind])
        words = {"caption": caption} if caption else {}
        return self._write(user_id, {**content_of(stored), **words, **(album or {})})

    def _set_blocked(self, user_id: int, *, blocked: bool) -> None:
        user = self._user(user_id)
        if user.blocked == blocked:
            return
        user.blocked = blocked
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        tell_membership(self._tg, user, self._chat(user_id), *statuses)


def _typed(text: str) -> str:
    """Return what a phone makes of a typed text.

    Raises:
        PersonError: it is empty, too long for one message, or no Unicode.
    """
    plain = text.strip()
    if not plain or utf16_length(plain) > markup.TEXT_LIMIT or not markup.is_unicode(plain):
        raise PersonError("a message has 1 to 4096 characters")
    return plain


def _use_keyboard(chat: Chat, content: Json) -> None:
    """Hide a one-time keyboard when what was sent is one of its buttons."""
    keyboard = chat.reply_keyboard
    if keyboard is None or not keyboard.markup.get("one_time_keyboard"):
        return
    for button in (button for row in keyboard.markup["keyboard"] for button in row):
        asked = [kind for kind in ("contact", "location") if button.get(f"request_{kind}")]
        if any(kind in content for kind in asked) or content.get("text") == button["text"]:
            keyboard.hidden = True
