"""A module of several pages: turning them, going on after a restart, finishing it in time."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content import Content
from bot.content.briefing import Picture
from bot.services.briefing_course import Reading, Ready
from db.database import Database
from sandbox import SandboxClock
from sandbox.samples import SAMPLES
from tests.briefings import READING_S, small, with_briefings
from tests.flows.briefed import callback_data, state, trainee
from tests.phone import Phone
from tests.town import Town, open_town


@pytest.fixture
def content() -> Content:
    return with_briefings(small(pages=(2, 1, 3)))


FIRST = "1 из 3. Тема модуля 1 · 1/2\n\nТекст 1"
SECOND = "1 из 3. Тема модуля 1 · 2/2\n\nТекст 1, стр. 2"
NEXT_MODULE = "2 из 3. Тема модуля 2\n\nТекст 2"


async def reading(town: Town) -> Phone:
    """Return the phone of a trainee at the first page."""
    phone = await trainee(town)
    await phone.tap("key-briefing")
    await phone.choose("briefing-begin")
    return phone


async def finish(town: Town, phone: Phone, pages: int) -> None:
    """Turn all pages of a module in the time it takes to read it."""
    town.clock.advance(timedelta(seconds=READING_S))
    for _ in range(pages):
        await phone.choose("briefing-next")


async def test_next_leads_through_the_pages_and_then_to_the_next_module(town: Town) -> None:
    phone = await reading(town)
    assert phone.screen == FIRST
    count = len(phone.inbox)

    await phone.choose("briefing-next")
    assert phone.screen == SECOND
    assert await state(town, phone) == Reading(1)

    town.clock.advance(timedelta(seconds=READING_S))
    await phone.choose("briefing-next")
    assert phone.screen == NEXT_MODULE
    assert await state(town, phone) == Reading(2)

    await finish(town, phone, 1)
    await finish(town, phone, 3)
    assert await state(town, phone) == Ready(2, None)
    assert phone.says("quiz-start") in phone.buttons
    assert len(phone.inbox) == count


async def test_back_leads_to_the_page_before_and_to_the_last_one_of_the_module_before(
    town: Town,
) -> None:
    phone = await reading(town)
    assert phone.says("button-back") not in phone.buttons
    await finish(town, phone, 2)

    await phone.choose("button-back")
    assert phone.screen == SECOND
    await phone.choose("button-back")
    assert phone.screen == FIRST
    assert phone.says("button-back") not in phone.buttons

    await phone.choose("briefing-next")
    await phone.choose("briefing-next")
    assert phone.screen == NEXT_MODULE
    assert await state(town, phone) == Reading(2)


async def test_a_module_too_fast_finished_stays_at_its_last_page(town: Town) -> None:
    phone = await reading(town)
    await phone.choose("briefing-next")
    town.clock.advance(timedelta(seconds=READING_S - 1))

    await phone.choose("briefing-next")

    assert phone.toast == phone.says("error-briefing-too-fast", seconds=1)
    assert phone.screen == SECOND
    assert await state(town, phone) == Reading(1)


async def test_the_time_at_all_pages_of_a_module_counts(town: Town) -> None:
    phone = await reading(town)
    town.clock.advance(timedelta(seconds=READING_S - 1))
    await phone.choose("briefing-next")
    town.clock.advance(timedelta(seconds=1))

    await phone.choose("briefing-next")

    assert phone.screen == NEXT_MODULE


async def test_turning_to_and_fro_takes_no_time_away(town: Town) -> None:
    phone = await reading(town)
    for _ in range(2):
        town.clock.advance(timedelta(seconds=2))
        await phone.choose("briefing-next")
        await phone.choose("button-back")
    town.clock.advance(timedelta(seconds=1))
    await phone.choose("briefing-next")

    await phone.choose("briefing-next")

    assert phone.screen == NEXT_MODULE


async def test_reading_goes_on_after_a_restart_between_two_pages(
    town: Town, content: Content
) -> None:
    phone = await reading(town)
    await phone.choose("briefing-next")
    next_page, message_id = callback_data(phone, "Дальше"), phone.inbox[-1]["message_id"]
    town.clock.advance(timedelta(seconds=READING_S))

    async with open_town(town.database, town.clock, content=content) as again:
        same = again.same_person(phone)
        await same.start()
        await same.tap("key-briefing")
        assert same.screen == FIRST
        await same.choose("briefing-next")
        assert same.screen == SECOND
        await same.press_data(next_page, message_id)
        assert same.screen == NEXT_MODULE


@pytest.mark.parametrize(
    ("data", "waited", "screen"),
    [
        ("brshow:2026-1:1", 0, FIRST),
        ("brnext:2026-1:1", 0, SECOND),
        ("brnext:2026-1:1", READING_S, NEXT_MODULE),
    ],
)
async def test_a_button_that_names_no_page_goes_on_working(
    town: Town, data: str, waited: int, screen: str
) -> None:
    phone = await reading(town)
    town.clock.advance(timedelta(seconds=waited))

    await phone.press_data(data)

    assert phone.screen == screen


@pytest.mark.parametrize("data", ["brpage:2026-1:1:3", "brpage:2026-1:2:1", "brpage:2026-1:3:2"])
async def test_a_forged_page_shows_where_the_person_is(town: Town, data: str) -> None:
    phone = await reading(town)
    town.clock.advance(timedelta(minutes=5))
    before = await town.dump()

    await phone.press_data(data)

    assert phone.screen == FIRST
    assert await town.dump() == before


async def test_a_picture_comes_with_the_first_page_only(
    database: Database, clock: SandboxClock, tmp_path: Path
) -> None:
    file = tmp_path / "03-card.png"
    file.write_bytes(SAMPLES["photo"].data)
    briefing = small(pages=(1, 1, 3))
    *before, last = briefing.modules
    last = last.model_copy(update={"picture": Picture(path=file, sha256="0" * 64)})
    shown = with_briefings(briefing.model_copy(update={"modules": (*before, last)}))
    async with open_town(database, clock, content=shown) as town:
        phone = await reading(town)
        await finish(town, phone, 1)
        assert pictures(phone) == 0
        await finish(town, phone, 1)
        assert pictures(phone) == 1

        for key in ("briefing-next", "briefing-next", "button-back", "button-back", "button-back"):
            await phone.choose(key)
        await phone.choose("briefing-next")

        assert phone.screen.startswith("3 из 3. Тема модуля 3 · 1/3")
        assert pictures(phone) == 1


def pictures(phone: Phone) -> int:
    return sum("photo" in message for message in phone.inbox)
