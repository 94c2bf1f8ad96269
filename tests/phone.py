"""A person at a phone, joined to the real dispatcher through the local Telegram."""

from typing import TYPE_CHECKING, Any

from sandbox.model import Json, User

if TYPE_CHECKING:
    from tests.town import Town


class Phone:
    """One person's phone: what is on its screen, and what they do with it.

    Buttons and keys are pressed by their text; part of it is enough when it names only one.
    Whatever the person does, the bot has answered and sent its notices when the call returns.
    """

    def __init__(self, town: "Town", user: User, language: str) -> None:
        self._town = town
        self.user = user
        self.language = language

    @property
    def id(self) -> int:
        """The account's Telegram id."""
        return self.user.id

    @property
    def messages(self) -> list[Json]:
        """The chat as the person sees it, oldest first."""
        return self._town.telegram.chat(self.id).messages

    @property
    def inbox(self) -> list[Json]:
        """What the bot wrote, oldest first."""
        return [message for message in self.messages if not message["out"]]

    @property
    def screen(self) -> str:
        """The text of the bot's last message."""
        return self.words(self.inbox[-1]) if self.inbox else ""

    @property
    def toast(self) -> str:
        """The last notice shown over the chat after a press; empty when there was none."""
        answers = self._town.telegram.callback_answers(self.id)
        return answers[-1].text if answers else ""

    @property
    def buttons(self) -> list[str]:
        """The inline buttons of the bot's last message."""
        return [button["text"] for row in self._rows(self.inbox[-1]) for button in row]

    @property
    def keys(self) -> list[str]:
        """The keys of the keyboard below."""
        keyboard = self._town.telegram.reply_keyboard(self.id)
        return [key["text"] for row in keyboard["keyboard"] for key in row] if keyboard else []

    @property
    def touches(self) -> int:
        """How often the person has tapped or sent something so far."""
        sent = sum(1 for message in self.messages if message["out"])
        return sent + len(self._town.telegram.callback_answers(self.id))

    def says(self, key: str, **args: Any) -> str:
        """Return a text of the bot in this person's language, plain."""
        return self._town.house.texts[self.language].plain(key, **args)

    async def start(self, payload: str = "") -> None:
        """Press START, or open a link of the bot."""
        await self._do("start", payload)

    async def open(self, link: str) -> None:
        """Open a ``t.me`` link of the bot."""
        await self.start(link.partition("?start=")[2])

    async def send(self, text: str) -> None:
        """Write a message."""
        await self._do("text", text)

    async def tap(self, key: str) -> None:
        """Press a key of the keyboard below, by the id of its text."""
        text = self.says(key)
        assert text in self.keys, f"no key {text!r} on:\n{self.describe()}"
        await self.send(text)

    async def press(self, text: str) -> None:
        """Press an inline button by its text; the newest message that has it is meant."""
        for message in reversed(self.inbox):
            for row, buttons in enumerate(self._rows(message)):
                for column, button in enumerate(buttons):
                    if button["text"] == text or (text in button["text"] and len(text) > 3):
                        await self._do("press", message["message_id"], row, column)
                        return
        raise AssertionError(f"no button {text!r} on:\n{self.describe()}")

    async def choose(self, key: str, **args: Any) -> None:
        """Press an inline button by the id of its text."""
        await self.press(self.says(key, **args))

    def data_of(self, key: str, **args: Any) -> str:
        """Return what the newest inline button with this text sends, by the id of its text."""
        text = self.says(key, **args)
        for message in reversed(self.inbox):
            for button in (each for row in self._rows(message) for each in row):
                if button["text"] == text:
                    return str(button["callback_data"])
        raise AssertionError(f"no button {text!r} on:\n{self.describe()}")

    async def press_data(self, data: str, message_id: int | None = None) -> None:
        """Send callback data as a changed client could."""
        await self._do("press_data", message_id or self.inbox[-1]["message_id"], data)

    async def share_contact(self, of: "Phone | None" = None) -> None:
        """Share one's own contact, or that of another person."""
        await self._do("contact", of.id if of else None)

    async def do(self, act: str, *args: Any, **kwargs: Any) -> None:
        """Do anything else a person can: `photo`, `sticker`, `edit`, `block`, `group_text` ..."""
        await self._do(act, *args, **kwargs)

    def describe(self) -> str:
        """Return the whole screen in words, for a failing test."""
        lines = [f"[{self.user.first_name}]"]
        for message in self.messages[-6:]:
            lines.append(f"{'>' if message['out'] else '<'} {self.words(message) or '(no text)'}")
            lines += [f"    [{' | '.join(b['text'] for b in row)}]" for row in self._rows(message)]
        lines.append(f"keys: {self.keys}; toast: {self.toast!r}")
        return "\n".join(lines)

    @staticmethod
    def words(message: Json) -> str:
        """Return what a message says: its text or caption, or a rich one's lines.

        The cells of a table's row have a bar between them.
        """
        if "rich_message" in message:
            return "\n".join(
                line
                for block in message["rich_message"]["blocks"]
                for line in (
                    [" | ".join(_plain(cell["text"]) for cell in row) for row in block["cells"]]
                    if block["type"] == "table"
                    else [_plain(block["text"])]
                )
            )
        return str(message.get("text") or message.get("caption") or "")

    async def _do(self, act: str, *args: Any, **kwargs: Any) -> None:
        getattr(self._town.telegram.people, act)(self.id, *args, **kwargs)
        await self._town.settle()

    @staticmethod
    def _rows(message: Json) -> list[list[Json]]:
        rows: list[list[Json]] = message.get("reply_markup", {}).get("inline_keyboard", [])
        return rows


def _plain(text: Any) -> str:
    if isinstance(text, list):
        return "".join(map(_plain, text))
    return text if isinstance(text, str) else _plain(text["text"])
