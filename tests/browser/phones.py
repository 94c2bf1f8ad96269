"""The phones of the page, handled as a person does."""

import re
from re import Pattern

from playwright.async_api import Locator, Page


def phone(page: Page, note: str) -> Locator:
    """Return the phone of the person with this note, such as `recruit`."""
    return page.locator("[data-person]", has_text=re.compile(note)).first


def last_message(phone: Locator) -> Locator:
    """Return the newest message in the chat."""
    return phone.locator(".message").last


def messages(phone: Locator, text: str | Pattern[str]) -> Locator:
    """Return the messages in the chat with the text, the newest last."""
    return phone.locator(".message", has_text=text)


async def press(within: Locator, text: str) -> None:
    """Press the newest inline button with the text, on a phone or under one message."""
    await within.locator("button.inline", has_text=text).last.click()


async def tap(phone: Locator, text: str) -> None:
    """Press a key of the keyboard below."""
    await phone.locator("button.reply", has_text=text).click()


async def write(phone: Locator, text: str) -> None:
    """Write a message."""
    await phone.locator("textarea.composer").fill(text)
    await phone.locator("button.send").click()
