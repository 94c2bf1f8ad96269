"""How tall a message may be: a screen fits a small phone."""

import html
import re
import textwrap
from collections.abc import Iterable

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType

from bot.screens import Screen
from sandbox.session import SandboxSession
from sandbox.telegram import Telegram

# Lines as the bot writes them, empty ones too. How a phone wraps a long one is not counted:
# nobody knows how wide it is.
MOST_LINES = 12
# Of a text that is known beforehand the wrapping is counted: so many letters stand in a line.
LETTERS = 38


def wrapped_height(text: str) -> int:
    """Return how many lines a text of Telegram HTML takes on a small phone, empty ones too."""
    words = html.unescape(re.sub(r"</?[a-z][^>]*>", "", text))
    return sum(len(textwrap.wrap(line, LETTERS)) or 1 for line in words.split("\n"))


def too_tall(screens: Iterable[tuple[str, Screen]]) -> dict[str, int]:
    """Return the heights of those screens that do not fit a small phone, by name."""
    heights = {name: wrapped_height(screen.text) for name, screen in screens}
    assert heights
    return {name: height for name, height in heights.items() if height > MOST_LINES}


class MeasuringSession(SandboxSession):
    """Notes the texts and captions that came to stand in a chat and do not fit a small phone.

    A rich message has neither: the rows of its table are not measured, only the text in its place.
    """

    def __init__(self, telegram: Telegram) -> None:
        super().__init__(telegram)
        self._too_tall: list[str] = []

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's signature
    ) -> TelegramType:
        """Do one call."""
        result = await super().make_request(bot, method, timeout)
        # The answer to a press has a text too, but stands in no chat.
        if hasattr(method, "chat_id"):
            text = getattr(method, "text", None) or getattr(method, "caption", None) or ""
            if len(text.split("\n")) > MOST_LINES:
                self._too_tall.append(text)
        return result

    def check(self) -> None:
        """Fail the story if a message of it was too tall."""
        found = "\n\n".join(self._too_tall)
        assert not found, f"more than {MOST_LINES} lines:\n{found}"
