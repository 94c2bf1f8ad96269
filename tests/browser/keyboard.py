"""The page without a mouse: Tab to a control, Enter."""

from playwright.async_api import Page

_MOST_TABS = 80
_FOCUSED = """() => {
    const focused = document.activeElement;
    if (!focused.matches("button, textarea")) return "";
    return focused.innerText || focused.placeholder || focused.ariaLabel || "";
}"""


async def tab_to(page: Page, text: str) -> None:
    """Go on until the control with the text has the focus.

    Raises:
        AssertionError: no such control is met on the way round.
    """
    for _ in range(_MOST_TABS):
        await page.keyboard.press("Tab")
        if text in await page.evaluate(_FOCUSED):
            return
    raise AssertionError(f"no control {text!r} is met by Tab")


async def enter(page: Page, text: str) -> None:
    """Wait for the control with the text, go there and press it."""
    await page.get_by_role("button", name=text).locator("visible=true").last.wait_for()
    await tab_to(page, text)
    await page.keyboard.press("Enter")
