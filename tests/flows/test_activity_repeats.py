"""Results recorded twice: by mashing, by old buttons, by people who forgot; and forged presses."""

import pytest

from tests.flows.duty import on_shift
from tests.flows.results import (
    FACT,
    PATROL,
    TALK,
    begin,
    entries_of,
    entry_of,
    question_of,
    record_patrol,
    record_talk,
)
from tests.flows.steps import shown
from tests.town import Town

pytestmark = pytest.mark.usefixtures("sound_in_the_end")


async def test_j2_twenty_presses_of_save_make_one_entry_and_say_so(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    await begin(assistant, PATROL)
    await assistant.send("Парк")
    save = assistant.data_of("activity-save-now")
    message_id = assistant.inbox[-1]["message_id"]

    async with town.at_once():
        for _ in range(20):
            await assistant.press_data(save, message_id)

    entry = await entry_of(town, assistant)
    assert entry.version == 1
    toasts = [each.text for each in town.telegram.callback_answers(assistant.id)][-20:]
    assert toasts[0] == assistant.says("activity-saved-toast", at=entry.created_at)
    again = assistant.says("activity-saved-again-toast", at=entry.created_at)
    assert toasts[1:] == [again] * 19


async def test_j2_mashing_an_answer_gives_it_once(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    pick = str(assistant.inbox[-1]["reply_markup"]).split("'actpick")[1].split("'")[0]
    message_id = assistant.inbox[-1]["message_id"]

    async with town.at_once():
        for _ in range(5):
            await assistant.press_data(f"actpick{pick}", message_id)

    assert question_of(assistant) == "С кем?"


async def test_b1_a_saved_draft_answers_an_old_save_hours_later(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    await begin(assistant, PATROL)
    await assistant.send("Парк")
    save = assistant.data_of("activity-save-now")
    await assistant.choose("activity-save-now")
    entry = await entry_of(town, assistant)
    town.clock.tick(hours=2)
    await begin(assistant, TALK)

    await assistant.press_data(save)

    assert assistant.toast == assistant.says("activity-saved-again-toast", at=entry.created_at)
    assert await entries_of(town, assistant) == [entry]
    await assistant.press_data(save)
    assert len(await entries_of(town, assistant)) == 1


async def test_a_lost_draft_is_asked_again_from_the_kind(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    pick = str(assistant.inbox[-1]["reply_markup"]).split("'actpick")[1].split("'")[0]
    await assistant.send("/cancel")

    await assistant.press_data(f"actpick{pick}")

    assert assistant.toast == assistant.says("error-activity-lost")
    assert shown(assistant, "activity-kinds") in assistant.screen


async def test_a_button_of_one_draft_does_not_touch_another(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    pick = str(assistant.inbox[-1]["reply_markup"]).split("'actpick")[1].split("'")[0]
    await assistant.send("/cancel")
    await begin(assistant, FACT)

    await assistant.press_data(f"actpick{pick}")

    assert assistant.toast == assistant.says("error-activity-lost")
    assert question_of(assistant) == "Какое правонарушение?"


async def test_the_same_result_within_a_quarter_of_an_hour_is_asked_about(town: Town) -> None:
    assistant = await on_shift(town)
    await record_talk(assistant, "10")
    first = await entry_of(town, assistant)
    town.clock.tick(minutes=14)
    await begin(assistant, TALK)
    await assistant.press("10")
    await assistant.choose("activity-save")

    asked = shown(
        assistant, "activity-same-ask", name="💬 Профилактическая беседа", at=first.created_at
    )
    assert asked in assistant.screen
    assert len(await entries_of(town, assistant)) == 1
    await assistant.choose("activity-same-yes")
    assert len(await entries_of(town, assistant)) == 1

    await begin(assistant, TALK)
    await assistant.press("10")
    await assistant.choose("activity-save")
    await assistant.choose("activity-same-no")
    assert len(await entries_of(town, assistant)) == 2


async def test_the_question_whether_a_fact_is_the_same_says_whom_to_call_first(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, FACT)
    await assistant.press("Мелкое хулиганство")
    await assistant.press("102")
    await assistant.choose("activity-save-now")
    await begin(assistant, FACT)
    await assistant.press("Мелкое хулиганство")
    await assistant.press("102")
    await assistant.choose("activity-save")

    assert assistant.says("activity-same-yes") in assistant.buttons
    assert assistant.screen.startswith(
        shown(assistant, "activity-emergency", police="102", emergency="112")
    )


async def test_the_same_result_a_quarter_of_an_hour_later_is_another(town: Town) -> None:
    assistant = await on_shift(town)
    await record_talk(assistant, "10")
    town.clock.tick(minutes=15, seconds=1)
    await begin(assistant, TALK)
    await assistant.press("10")
    await assistant.choose("activity-save")

    assert len(await entries_of(town, assistant)) == 2


async def test_a_patrol_that_overlaps_another_is_flagged_and_asked_about(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=60)
    await record_patrol(assistant)
    town.clock.tick(minutes=60)
    await begin(assistant, PATROL)
    await assistant.choose("activity-change", field="area")
    await assistant.send("Двор")
    await assistant.choose("activity-change", field="period")
    await assistant.send("15:30 – 16:30")
    await assistant.choose("activity-save")

    [first] = await entries_of(town, assistant)
    asked = shown(
        assistant,
        "activity-overlap-ask",
        name=f"🚶 {PATROL}",
        begins=first.begins_at,
        ends=first.ends_at,
    )
    assert asked in assistant.screen
    await assistant.choose("activity-overlap-save")
    assert len(await entries_of(town, assistant)) == 2
    assert shown(assistant, "entry-overlaps") in assistant.screen


async def test_e1_e5_entries_of_others_are_out_of_reach(town: Town) -> None:
    owner = await on_shift(town)
    await record_talk(owner)
    entry = await entry_of(town, owner)
    stranger = await on_shift(town, "Сабитова Гүлнар")
    coordinator = await town.coordinator()
    before = await town.dump()

    for phone in (stranger, coordinator):
        for prefix in ("entry", "entryfix", "entryundo", "entryaway", "entrylog"):
            await phone.press_data(f"{prefix}:{entry.id}")
            assert phone.toast == phone.says("error-not-found")
            assert "мошенничество" not in phone.screen
        await phone.press_data(f"entrysave:{entry.id}:1")
        assert phone.toast == phone.says("error-not-found")
        await phone.press_data(f"entries:{entry.shift_id}")
        assert phone.toast == phone.says("error-not-found")
        await phone.press_data(f"actnew:talk:0:{entry.shift_id}")
        assert phone.toast == phone.says("error-not-found")
        await phone.press_data(f"result:{entry.shift_id}")
        assert phone.toast == phone.says("error-not-found")
    assert await town.dump() == before


@pytest.mark.parametrize(
    "data",
    [
        "actnew:nothing:0:0",
        "actpick:00000000:topic:0",
        "actask:00000000:topic:99",
        "actsave:00000000:0",
        "actsave:x:99999999",
        "actsame:00000000:1",
        "entry:999",
        "attach:1:1",
        "attask:1",
        "entries:77",
        "myshift:77",
    ],
)
async def test_e1_forged_presses_change_nothing(town: Town, data: str) -> None:
    assistant = await on_shift(town)
    before = await town.dump()

    await assistant.press_data(data)

    assert assistant.toast
    assert await town.dump() == before
