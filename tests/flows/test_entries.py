"""An entry after it is saved: taken back, changed, withdrawn; every version stays."""

from datetime import timedelta

import pytest

from bot.services.activity_cards import EntryCard, version_of
from bot.services.states import ActivityState
from tests.flows.duty import card_of, hours_pass, on_shift, shifts_of
from tests.flows.results import (
    ON_RECORD,
    PATROL,
    begin,
    entries_of,
    entry_of,
    history_of,
    record_patrol,
    record_talk,
)
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town


async def review(
    town: Town, entry: EntryCard, state: ActivityState, reason: str, reviewer: Phone
) -> None:
    """Decide on the entry as a coordinator will."""
    person_id = (await town.me(reviewer)).person_id
    async with town.database.transaction() as uow:
        activity = await uow.activities.lock(entry.id)
        assert activity is not None
        activity.state, activity.version = state, activity.version + 1
        activity.updated_at = town.clock()
        await uow.activities.add_version(version_of(activity, made_by=person_id, reason=reason))


async def saved(town: Town, people: str = "10") -> Phone:
    """Return the phone of somebody who has just saved a talk."""
    assistant = await on_shift(town)
    await record_talk(assistant, people)
    return assistant


async def test_an_entry_just_saved_is_taken_back_in_one_touch(town: Town) -> None:
    assistant = await saved(town)

    await assistant.choose("entry-undo")

    entry = await entry_of(town, assistant)
    assert entry.state is ActivityState.WITHDRAWN
    assert assistant.toast == assistant.says("entry-withdrawn-toast")
    assert "мошенничество" not in str(card_of(assistant)["text"])
    versions = await history_of(town, assistant, entry)
    assert [(each.version, each.state) for each in versions] == [
        (1, ActivityState.SUBMITTED),
        (2, ActivityState.WITHDRAWN),
    ]


async def test_undo_works_for_five_minutes_and_then_names_the_other_way(town: Town) -> None:
    assistant = await saved(town)
    undo = assistant.data_of("entry-undo")
    town.clock.tick(minutes=5, seconds=1)

    await assistant.press_data(undo)

    assert assistant.toast == assistant.says("error-undo-late")
    assert assistant.says("entry-withdraw") in assistant.buttons
    assert (await entry_of(town, assistant)).state is ActivityState.SUBMITTED


async def test_j2_undo_pressed_twice_takes_back_once(town: Town) -> None:
    assistant = await saved(town)
    undo = assistant.data_of("entry-undo")

    await assistant.press_data(undo)
    await assistant.press_data(undo)

    entry = await entry_of(town, assistant)
    assert entry.version == 2
    assert assistant.toast == assistant.says("error-entry-withdrawn", at=entry.updated_at)


async def test_what_was_taken_back_is_no_reason_to_ask_whether_it_is_the_same(town: Town) -> None:
    assistant = await saved(town)
    await assistant.choose("entry-undo")

    await record_talk(assistant)

    assert [each.state for each in await entries_of(town, assistant)] == [
        ActivityState.WITHDRAWN,
        ActivityState.SUBMITTED,
    ]


async def test_any_field_is_changed_and_the_version_before_is_kept(town: Town) -> None:
    assistant = await saved(town)
    town.clock.tick(minutes=10)
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="people")
    await assistant.send("12")
    await assistant.choose("activity-fill", field="note")
    await assistant.send("Во дворе")
    await assistant.choose("activity-save")

    entry = await entry_of(town, assistant)
    assert entry.state is ActivityState.SUBMITTED
    assert (entry.version, entry.people_reached) == (2, 12)
    assert entry.fields["note"] == "Во дворе"
    assert entry.begins_at == town.clock() - timedelta(minutes=10)
    first, second = await history_of(town, assistant, entry)
    assert (first.fields["people"], second.fields["people"]) == (10, 12)
    assert assistant.says("shift-results", count=1, people_total=12) in str(
        card_of(assistant)["text"]
    )

    await assistant.choose("entry-history")
    assert "было: Охват, человек: 10" in assistant.screen
    assert "было пусто: Примечание" in assistant.screen


async def test_j2_changes_saved_twice_make_one_version(town: Town) -> None:
    assistant = await saved(town)
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="people")
    await assistant.send("12")
    save = assistant.data_of("activity-save")

    async with town.at_once():
        for _ in range(5):
            await assistant.press_data(save)

    entry = await entry_of(town, assistant)
    assert entry.version == 2
    again = assistant.says("activity-saved-again-toast", at=entry.updated_at)
    assert assistant.toast == again


async def test_changes_that_change_nothing_make_no_version(town: Town) -> None:
    assistant = await saved(town)
    await assistant.choose("entry-edit")

    await assistant.choose("activity-save")

    assert assistant.toast == assistant.says("entry-same-toast")
    assert (await entry_of(town, assistant)).version == 1


async def test_an_optional_field_can_be_emptied(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    await begin(assistant, PATROL)
    await assistant.send("Парк")
    await assistant.send("Омаров")
    await assistant.choose("activity-save-now")
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="partner")
    await assistant.choose("activity-skip")
    await assistant.choose("activity-save")

    entry = await entry_of(town, assistant)
    assert entry.fields == {"area": "Парк"}
    assert entry.ends_at - entry.begins_at == timedelta(minutes=30)


async def test_a_talk_is_not_changed_to_people_on_record_without_the_officer(town: Town) -> None:
    assistant = await saved(town)
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="audience")
    await assistant.press(ON_RECORD)
    entry = await entry_of(town, assistant)

    await assistant.press_data(f"entrysave:{entry.id}:1")

    assert assistant.toast == assistant.says("error-officer-wanted", field="officer")
    assert (await entry_of(town, assistant)).version == 1
    await assistant.send("капитан Есімов")
    await assistant.choose("activity-save")
    assert (await entry_of(town, assistant)).fields["officer"] == "капитан Есімов"


async def test_changes_made_elsewhere_meanwhile_are_not_overwritten(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await saved(town)
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="people")
    await assistant.send("12")
    await review(
        town, await entry_of(town, assistant), ActivityState.HAS_ISSUES, "Где?", coordinator
    )

    await assistant.choose("activity-save")

    entry = await entry_of(town, assistant)
    assert assistant.toast == assistant.says("error-entry-changed", at=entry.updated_at)
    assert "Где?" in assistant.screen
    assert entry.people_reached == 10


@pytest.mark.parametrize(
    "state", [ActivityState.HAS_ISSUES, ActivityState.APPROVED, ActivityState.REJECTED]
)
async def test_a_change_after_a_review_asks_for_another_look(
    town: Town, state: ActivityState
) -> None:
    coordinator = await town.coordinator()
    assistant = await saved(town)
    await review(town, await entry_of(town, assistant), state, "Уточните тему", coordinator)

    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="people")
    await assistant.send("8")
    await assistant.choose("activity-save")

    entry = await entry_of(town, assistant)
    assert entry.state is ActivityState.EDITED
    assert entry.version == 3
    await assistant.choose("entry-history")
    assert "Уточните тему" in assistant.screen
    assert "Марина Примерова" in assistant.screen


async def test_a_reviewed_entry_is_not_undone_any_more(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await saved(town)
    undo = assistant.data_of("entry-undo")
    await review(town, await entry_of(town, assistant), ActivityState.APPROVED, "", coordinator)

    await assistant.press_data(undo)

    assert assistant.toast == assistant.says("error-undo-late")


async def test_an_entry_is_withdrawn_with_a_reason_that_stays(town: Town) -> None:
    assistant = await saved(town)
    entry = await entry_of(town, assistant)
    town.clock.tick(hours=1)
    await assistant.press_data(f"entry:{entry.id}")

    await assistant.choose("entry-withdraw")
    await assistant.send("x")
    assert assistant.screen.startswith(refusal(assistant, "error-reason-short"))
    await assistant.send("Это был другой день")

    assert shown(assistant, "entry-withdrawn") in assistant.screen
    entry = await entry_of(town, assistant)
    assert (entry.state, entry.reason) == (ActivityState.WITHDRAWN, "Это был другой день")
    await assistant.press_data(f"entryfix:{entry.id}")
    assert assistant.toast == assistant.says("error-entry-withdrawn", at=entry.updated_at)


async def test_a_withdrawal_not_wanted_after_all_changes_nothing(town: Town) -> None:
    assistant = await saved(town)
    entry = await entry_of(town, assistant)
    await assistant.press_data(f"entryaway:{entry.id}")

    await assistant.choose("button-back")

    assert await entry_of(town, assistant) == entry
    assert assistant.says("entry-edit") in assistant.buttons


async def test_a_cancelled_change_shows_the_entry_as_it_is(town: Town) -> None:
    assistant = await saved(town)
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="people")
    await assistant.send("12")

    await assistant.choose("button-cancel")

    assert "Охват, человек: 10" in assistant.screen
    assert (await entry_of(town, assistant)).version == 1


async def test_lost_changes_show_what_is_saved(town: Town) -> None:
    assistant = await saved(town)
    entry = await entry_of(town, assistant)
    await assistant.choose("entry-edit")
    save = assistant.data_of("activity-save")
    await assistant.send("/cancel")

    await assistant.press_data(save)

    assert assistant.toast == assistant.says("entry-unsaved-toast", at=entry.updated_at)
    assert "Охват, человек: 10" in assistant.screen


async def test_a_dismissed_assistant_changes_nothing_any_more(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await saved(town)
    entry = await entry_of(town, assistant)
    await coordinator.tap("key-assistants")
    await coordinator.press("Үлгіев Ерлан")
    await coordinator.choose("assistant-set-status", status="dismissed")
    await coordinator.send("По собственному желанию")

    await assistant.press_data(f"entryundo:{entry.id}")

    assert assistant.toast == assistant.says("error-activity-status")


async def test_a_result_left_outside_its_shift_is_flagged_and_can_still_be_edited(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    assistant = await on_shift(town)
    town.clock.tick(hours=2)
    await record_patrol(assistant)
    await hours_pass(town, 12)
    [shift] = await shifts_of(town, assistant)
    await assistant.press_data(f"shiftother:{shift.id}")
    await assistant.send("15:30")
    assert shown(assistant, "shift-outside", count=1) in assistant.screen
    await coordinator.press_data(f"dutycard:{shift.id}")
    assert shown(coordinator, "shift-outside", count=1) in coordinator.screen

    entry = await entry_of(town, assistant)
    await assistant.press_data(f"entry:{entry.id}")
    assert shown(assistant, "entry-outside") in assistant.screen
    await assistant.choose("entry-edit")
    await assistant.send("Во дворе")
    await assistant.choose("activity-save")
    assert (await entry_of(town, assistant)).fields["note"] == "Во дворе"

    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="period")
    await assistant.send("15:00 – 16:00")
    assert "15:30" in assistant.screen
    await assistant.send("15:00 – 15:30")
    await assistant.choose("activity-save")
    assert shown(assistant, "entry-outside") not in assistant.screen


async def test_a_patrol_changed_to_overlap_another_is_flagged(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=1)
    await record_patrol(assistant)
    town.clock.tick(hours=1)
    await assistant.tap("key-result")
    await assistant.press(PATROL)
    await assistant.choose("activity-save")
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="period")
    await assistant.send("15:30 – 17:00")
    await assistant.choose("activity-save")

    assert shown(assistant, "entry-overlaps") in assistant.screen
    assert [each.overlaps for each in await entries_of(town, assistant)] == [True, True]
