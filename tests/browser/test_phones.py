"""The phones' page, played as a newcomer would: by pressing what is on the screen."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.browser.keyboard import enter, tab_to
from tests.browser.phones import last_message, messages, phone, press, tap, write

# One sandbox serves them all: it takes longer to start than to play in.
pytestmark = pytest.mark.xdist_group("browser")


async def test_a_recruit_applies_and_the_coordinator_approves(page: Page) -> None:
    recruit, coordinator = phone(page, "recruit"), phone(page, "coordinator")

    await recruit.locator("button.start").click()
    await press(recruit, "Русский")
    await press(recruit, "соглас")
    await write(recruit, "Серікова Айжан")
    await tap(recruit, "Отправить мой номер")
    await press(recruit, "г. Костанай")
    await press(recruit, "Отправить заявку")
    await expect(last_message(recruit)).to_contain_text("на рассмотрении")

    # In the evening a digest may come after it, with a button for her too.
    application = messages(coordinator, re.compile("Новая заявка.*Серікова Айжан", re.DOTALL))
    await press(application.last, "Одобрить")

    await expect(last_message(recruit)).to_contain_text(re.compile(r"39-\d{5}-\d"))


async def test_the_clock_moves_forward_for_the_bot_too(page: Page) -> None:
    clock = page.locator("[data-clock]")
    await page.locator('[data-to="20:00"]').click()
    await expect(clock).to_contain_text("20:0")

    coordinator = phone(page, "coordinator")
    await tap(coordinator, "Заявки")
    await expect(last_message(coordinator)).to_contain_text("20:0")


async def test_the_page_fits_a_small_phone(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})

    width = await page.evaluate("document.documentElement.scrollWidth")

    assert width <= 390
    await expect(page.locator("[data-person]").first).to_be_visible()


async def test_a_notice_goes_at_the_next_press(page: Page) -> None:
    admin = phone(page, "admin")
    toast = admin.locator(".overlay > .toast")
    await tap(admin, "Language")
    await press(admin, "English")
    await expect(toast).to_be_visible()

    await admin.locator("textarea.composer").click()

    assert await toast.count() == 0


async def test_on_a_small_phone_tab_goes_from_the_controls_into_what_they_open(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await enter(page, "Controls")

    await page.keyboard.press("Tab")
    if await page.evaluate("document.activeElement.className") == "offset":
        await page.keyboard.press("Tab")  # the clock was moved: it can be put back

    assert await page.evaluate("document.activeElement.dataset.advance") == "900"
    fold = await page.get_by_role("button", name="Controls").bounding_box()
    clock = await page.locator("[data-clock]").bounding_box()
    assert fold
    assert clock
    assert fold["x"] > clock["x"] + clock["width"]


async def test_by_keyboard_alone_in_the_dark_on_a_small_phone_one_applies(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.emulate_media(color_scheme="dark")
    await enter(page, "Controls")
    await enter(page, "Add a person")
    await page.get_by_role("dialog").wait_for()
    await page.keyboard.press("Enter")

    await enter(page, "START")
    await enter(page, "Қазақша")
    await enter(page, "Келісемін")
    await tab_to(page, "Message")
    await page.keyboard.type("Үлгіева Мадина")
    await page.keyboard.press("Enter")
    await enter(page, "Нөмірімді жіберу")
    await enter(page, "Қостанай қаласы")
    await enter(page, "Өтінімді жіберу")

    shown = page.locator("[data-person]:visible")
    await expect(last_message(shown)).to_contain_text("қаралуда")
    ink = await shown.evaluate("phone => getComputedStyle(phone).color")
    assert min(map(int, re.findall(r"\d+", ink))) > 192, "dark letters in the dark"
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
