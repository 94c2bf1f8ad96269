"""Every story is told on a small phone: what does not fit it fails the story.

Here are those that fill a screen. That it fits is asked of every story; these ask what is left out.
"""

from datetime import timedelta

import pytest

from bot.handlers.shift_presses import OpenDuty
from bot.services.states import Role, ShiftState
from db.database import Database
from sandbox import SandboxClock
from tests.flows.digest_days import Days
from tests.flows.duty import card_of, on_shift, shifts_of
from tests.flows.results import FACT, begin, record_talk
from tests.flows.steps import refusal, shown
from tests.flows.test_roster import plan
from tests.flows.test_tracks import STEP, share, walk
from tests.height import MOST_LINES
from tests.phone import Phone
from tests.town import Town, open_town


async def tell(database: Database, clock: SandboxClock, lines: int) -> None:
    async with open_town(database, clock) as town:
        phone = town.phone()
        await phone.start()
        await town.app.bot.send_message(phone.id, "\n".join("x" * lines))


async def test_a_message_of_more_lines_than_a_small_phone_shows_fails_the_story(
    database: Database, clock: SandboxClock
) -> None:
    await tell(database, clock, MOST_LINES)

    with pytest.raises(AssertionError, match="more than 12 lines"):
        await tell(database, clock, MOST_LINES + 1)


async def full_shift(town: Town) -> Phone:
    """Return the phone of somebody on shift with a track and six results, one outside its time."""
    assistant = await on_shift(town)
    await walk(town, assistant, await share(assistant), [STEP, 2 * STEP])
    [shift] = await shifts_of(town, assistant)
    for minutes in range(-5, 1):
        at = town.clock() + timedelta(minutes=minutes)
        await Days(town).result(assistant, shift.id, at)
    return assistant


async def test_the_card_of_a_full_shift_says_how_many_results_more_there_are(town: Town) -> None:
    assistant = await full_shift(town)

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    card = str(card_of(assistant)["text"]).splitlines()
    assert shown(assistant, "shift-results", count=6, people_total=0) in card
    assert shown(assistant, "shift-results-more", count=2) in card
    assert sum("🚶" in each for each in card) == 4


async def test_a_fact_with_everything_filled_fits_below_a_refusal(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, FACT)
    await assistant.press("Мелкое хулиганство")
    await assistant.do("photo")
    await assistant.press("102")
    for answer in ("№ 4521", "Парк", "Во дворе"):
        await assistant.send(answer)
    asked = assistant.screen.splitlines()

    await assistant.do("sticker")

    lines = assistant.screen.splitlines()
    assert lines[1] == refusal(assistant, "error-attachment-kind")
    assert [each for each in lines if each in asked and each] == [each for each in asked if each]
    assert len(lines) == 12


async def test_the_latest_versions_of_an_entry_stand_first_and_the_rest_are_counted(
    town: Town,
) -> None:
    assistant = await on_shift(town)
    await record_talk(assistant, "10")
    for people in ("11", "12", "13", "14"):
        town.clock.tick(minutes=1)
        await assistant.choose("entry-edit")
        for field, answer in (("Охват", people), ("Примечание", f"Во дворе {people}")):
            await assistant.press(field)
            await assistant.send(answer)
        await assistant.choose("activity-save")

    await assistant.choose("entry-history")

    lines = assistant.screen.splitlines()
    assert [each.split()[0] for each in lines if each[:1].isdigit()] == ["5.", "4.", "3."]
    assert lines[-1] == assistant.says("entry-versions-more", count=2)


async def test_all_there_can_be_in_a_day_fits(town: Town) -> None:
    days, now = Days(town), town.clock()
    assistant = await on_shift(town)
    for ago in (timedelta(days=2), timedelta(days=20)):
        await days.shift(assistant, now - ago, state=ShiftState.UNCONFIRMED)
        worked = await days.shift(assistant, now - ago + timedelta(hours=3))
        await days.result(assistant, worked, now - ago + timedelta(hours=4))
    [shift, *_] = await shifts_of(town, assistant)
    await days.result(assistant, shift.id, now)
    await plan(town, assistant, "18:00 - 22:00", ahead=1)
    await town.settle()

    await assistant.tap("key-my-day")

    lines = assistant.screen.splitlines()
    assert lines.count(assistant.says("day-month-unconfirmed", count=1)) == 2
    assert len(lines) == 12


async def test_of_many_duties_the_next_ones_are_listed(town: Town) -> None:
    assistant = await town.briefed_assistant()
    for ahead in range(1, 14):
        await plan(town, assistant, "18:00 - 22:00", ahead=ahead)
    await town.settle()

    await assistant.tap("key-my-day")
    await assistant.choose("day-duties", count=13)

    assert assistant.screen.splitlines()[-1] == assistant.says("own-duties-more", count=3)


async def test_of_many_roles_the_menu_tells_some(town: Town) -> None:
    coordinator = await town.coordinator()
    for district in [each.code for each in town.house.districts.open if each.code != "kostanay"]:
        await town.appoint(coordinator, Role.COORDINATOR, district)
    count = len(town.house.districts.open)

    await coordinator.start()

    assert coordinator.says("menu-roles-more", count=count - 4) in coordinator.screen


async def test_what_stands_beside_a_full_shift_takes_the_room_of_results(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await full_shift(town)
    town.clock.tick(hours=7)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    [shift] = await shifts_of(town, assistant)
    assert shift.too_long

    await assistant.choose("shift-correct")
    await assistant.send("15:00 - 17:00")
    await assistant.send("Забыл нажать")
    assert assistant.screen.startswith(assistant.says("correction-sent"))
    assert shown(assistant, "shift-results-more", count=5) in assistant.screen

    await coordinator.press_data(OpenDuty(shift_id=shift.id).pack())
    assert shown(coordinator, "shift-results", count=6, people_total=0) in coordinator.screen
    assert coordinator.screen.count("🚶") == 0

    await coordinator.choose("duty-request")
    await coordinator.choose("application-approve")
