"""Results outside an open shift: added later, refused with the way, or none of theirs."""

from datetime import timedelta

from bot.services.states import ActivityState
from tests.flows.duty import hours_pass, on_shift
from tests.flows.results import (
    PATROL,
    TALK,
    begin,
    entries_of,
    entry_of,
)
from tests.flows.steps import refusal, shown
from tests.town import Town


async def test_a_result_is_added_to_an_ended_shift_until_the_next_noon(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=2)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    ended = town.clock()
    town.clock.tick(hours=18)

    await assistant.tap("key-my-shifts")
    await assistant.press("15:00")
    await assistant.choose("day-all-entries")
    await assistant.choose("key-result")
    await assistant.press(PATROL)
    assert shown(assistant, "activity-late", at=ended) in assistant.screen
    await assistant.send("Парк")
    await assistant.choose("activity-save-now")

    entry = await entry_of(town, assistant)
    assert (entry.begins_at, entry.ends_at) == (ended - timedelta(hours=2), ended)
    town.clock.tick(hours=1)
    await assistant.choose("entry-another")
    assert assistant.toast == assistant.says("error-activity-late", at=ended)


async def test_without_a_shift_the_bot_says_what_to_do_first(town: Town) -> None:
    assistant = await town.briefed_assistant()

    await assistant.send(assistant.says("key-result"))

    assert refusal(assistant, "error-activity-no-shift") in assistant.screen
    assert assistant.says("key-start-shift") in assistant.keys


async def test_a_suspended_assistant_records_nothing(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press("Наркотики")
    await assistant.press("Родители")
    await assistant.press("5")
    save = assistant.data_of("activity-save-now")
    await coordinator.tap("key-assistants")
    await coordinator.press("Үлгіев Ерлан")
    await coordinator.choose("assistant-set-status", status="suspended")
    await coordinator.send("Просит перерыв")

    await assistant.press_data(save)

    assert assistant.toast == assistant.says("error-activity-status")
    assert await entries_of(town, assistant) == []


async def test_a_draft_of_a_shift_that_closed_by_itself_is_still_saved(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press("Наркотики")
    await assistant.press("Родители")
    await assistant.press("5")
    save = assistant.data_of("activity-save-now")
    await hours_pass(town, 13)

    await assistant.press_data(save)

    entry = await entry_of(town, assistant)
    assert entry.state is ActivityState.SUBMITTED
