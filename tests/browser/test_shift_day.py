"""An assistant's day on the page: a shift with a patrol and a talk, and the digest at 20:00."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.phones import last_message, messages, phone, press, tap, write

# One sandbox serves them all: it takes longer to start than to play in.
pytestmark = pytest.mark.xdist_group("browser")

FIGURES = {"shifts": "Смены", "patrols": "Патрулирование", "people": "Охват, человек"}
PEOPLE = 20


async def figures(digest: Locator) -> dict[str, int]:
    """Return what the digest tells of the day; what it leaves out did not happen."""
    text = await digest.inner_text()
    found = {name: re.search(rf"{label}\D*(\d+)", text) for name, label in FIGURES.items()}
    return {name: int(number[1]) if number else 0 for name, number in found.items()}


async def test_a_shift_with_a_patrol_and_a_talk_stands_in_the_digest_at_20(page: Page) -> None:
    assistant, coordinator = phone(page, "assistant"), phone(page, "coordinator")
    await page.locator('[data-to="08:00"]').click()
    await expect(page.locator("[data-clock]")).to_contain_text("08:0")
    await tap(coordinator, "Сводка")
    await expect(last_message(coordinator)).to_contain_text(re.compile("Костанай.*08:0", re.DOTALL))
    before = await figures(last_message(coordinator))

    await tap(assistant, "Ауысымды бастау")
    await tap(assistant, "Геолокациясыз бастау")
    card = messages(assistant, "Ауысымда: 08:0").last
    await expect(card).to_be_visible()
    await page.locator('[data-advance="3600"]').click()
    await expect(page.locator("[data-clock]")).to_contain_text("09:0")
    await press(assistant, "Патрульдеу")
    await expect(last_message(assistant)).to_contain_text("Патрульдеу")
    await write(assistant, "Жеңіс саябағы")
    await press(assistant, "Сақтау")
    await expect(card).to_contain_text("1 нәтиже")
    await press(assistant, "Профилактикалық әңгіме")
    await expect(last_message(assistant)).to_contain_text(re.compile("тақырыпта|Неше адам"))
    if "тақырыпта" in await last_message(assistant).inner_text():
        # A first talk; later ones are about the same, with the same people.
        await press(assistant, "Интернет-алаяқтық")
        await press(assistant, "Көшедегі адамдар")
    await press(assistant, str(PEOPLE))
    await press(assistant, "Сақтау")
    await expect(card).to_contain_text("2 нәтиже")
    await tap(assistant, "Ауысымды аяқтау")
    await tap(assistant, "Геолокациясыз аяқтау")
    await expect(last_message(assistant)).to_contain_text("Ауысым аяқталды")

    # On a Monday that of the week comes with it, and on a first that of the month.
    digests = messages(coordinator, re.compile("К 20:0\\d"))
    earlier = await digests.count()
    await page.locator('[data-to="20:00"]').click()
    await expect(digests).to_have_count(earlier + 1)

    after = await figures(digests.last)
    assert {name: after[name] - before[name] for name in FIGURES} == {
        "shifts": 1,
        "patrols": 1,
        "people": PEOPLE,
    }
