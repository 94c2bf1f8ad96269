"""Results of work: every field in turn, as last time, saved once."""

from datetime import timedelta

import pytest
from aiogram.fsm.storage.base import StorageKey

from sandbox.model import Json
from tests.flows.duty import CENTRE, card_of, on_shift, shifts_of
from tests.flows.results import (
    FACT,
    ON_RECORD,
    PATROL,
    TALK,
    begin,
    entries_of,
    entry_of,
    question_of,
    record_patrol,
    record_talk,
)
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town


async def test_a_patrol_begins_where_the_last_one_ended_and_in_the_same_place(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=40)

    await record_patrol(assistant)

    town.clock.tick(minutes=50)

    await assistant.tap("key-result")
    await assistant.press(PATROL)
    await assistant.choose("activity-save")

    first, second = await entries_of(town, assistant)
    assert first.ends_at - first.begins_at == timedelta(minutes=40)
    assert (second.begins_at, second.ends_at) == (first.ends_at, town.clock())
    assert first.fields == second.fields == {"area": "Парк Победы"}


async def test_a_later_talk_is_about_the_same_with_the_same_people(town: Town) -> None:
    assistant = await on_shift(town)

    await record_talk(assistant, "10")

    town.clock.tick(minutes=30)

    await assistant.tap("key-result")
    await assistant.press(TALK)
    await assistant.press("20")
    await assistant.choose("activity-save")

    first, second = await entries_of(town, assistant)
    assert (first.people_reached, second.people_reached) == (10, 20)
    assert first.begins_at == first.ends_at
    assert second.fields["topic"] == "fraud"
    assert second.fields["audience"] == "passers"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_every_kind_can_be_recorded_in_every_language(town: Town, language: str) -> None:
    assistant = await town.briefed_assistant(language=language)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    for kind in town.house.content.activities:
        town.clock.tick(minutes=16)
        await begin(assistant, kind.names[language])
        assert kind.limit[language] in assistant.screen
        for _ in range(len(kind.fields)):
            if assistant.says("activity-save") in assistant.buttons:
                break
            await answer_somehow(assistant)
        await assistant.choose("activity-save")
        if assistant.says("activity-overlap-save") in assistant.buttons:
            await assistant.choose("activity-overlap-save")
        assert shown(assistant, "activity-saved", at=town.clock()) in assistant.screen

    entries = await entries_of(town, assistant)
    assert {entry.kind for entry in entries} == {
        kind.code for kind in town.house.content.activities
    }


async def answer_somehow(phone: Phone) -> None:
    """Press the first answer offered, or write one; the fields that may stay empty stay so."""
    for key in ("activity-skip", "activity-save-now"):
        if phone.says(key) in phone.buttons and key == "activity-skip":
            await phone.choose(key)
            return
    other = {phone.says(key) for key in ("activity-save-now", "button-back", "button-cancel")}
    offered = [button for button in phone.buttons if button not in other]
    if offered:
        await phone.press(offered[0])
    else:
        await phone.send("12")


async def test_fields_come_in_turn_and_those_that_may_stay_empty_can_be_skipped(
    town: Town,
) -> None:
    assistant = await on_shift(town)

    await begin(assistant, TALK)
    asked = []
    for answer in ("Интернет-мошенничество", "Жильцы", "5"):
        asked.append(question_of(assistant))
        assert assistant.says("activity-save-now") not in assistant.buttons
        assert assistant.says("activity-skip") not in assistant.buttons
        await assistant.press(answer)
    asked.append(question_of(assistant))
    await assistant.choose("activity-skip")
    asked.append(question_of(assistant))
    await assistant.send("Обещали рассказать соседям")

    assert asked == [
        "На какую тему?",
        "С кем?",
        "Сколько человек?",
        "В какой форме?",
        "Примечание?",
    ]
    assert assistant.says("activity-save") in assistant.buttons
    await assistant.choose("activity-save")
    entry = await entry_of(town, assistant)
    assert entry.fields == {
        "topic": "fraud",
        "audience": "residents",
        "people": 5,
        "note": "Обещали рассказать соседям",
    }


async def test_back_goes_to_the_field_before_and_nothing_is_lost(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press("Наркотики")
    await assistant.press("Родители")

    await assistant.choose("button-back")
    assert question_of(assistant) == "С кем?"
    await assistant.choose("button-back")
    assert question_of(assistant) == "На какую тему?"
    await assistant.press("Кражи скота")

    assert question_of(assistant) == "Сколько человек?"
    assert "Родители" in assistant.screen
    assert "Кражи скота" in assistant.screen


async def test_a_draft_is_one_message_that_edits_itself(town: Town) -> None:
    assistant = await on_shift(town)
    before = len(assistant.inbox)

    await record_talk(assistant)

    assert len(assistant.inbox) - before == 1


async def test_a_cancelled_draft_leaves_nothing_behind(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press("Наркотики")

    await assistant.choose("button-cancel")

    assert assistant.says("cancelled") in assistant.screen
    assert assistant.says("key-result") in assistant.keys
    assert await entries_of(town, assistant) == []


async def test_a_talk_with_people_on_record_is_not_saved_without_the_officer(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press("Бытовое насилие")
    await assistant.press(ON_RECORD)
    await assistant.press("2")

    assert "при прямом участии полиции" in assistant.screen
    assert question_of(assistant) == "Какой сотрудник полиции был рядом?"
    assert assistant.says("activity-save-now") not in assistant.buttons
    assert assistant.says("activity-skip") not in assistant.buttons
    await assistant.press_data(f"actsave:{await key_of(town, assistant)}:0")
    assert assistant.toast == assistant.says("error-officer-wanted", field="officer")
    assert await entries_of(town, assistant) == []

    await assistant.send("капитан Есімов")
    await assistant.choose("activity-save-now")

    assert (await entry_of(town, assistant)).fields["officer"] == "капитан Есімов"


async def key_of(town: Town, phone: Phone) -> str:
    """Return the key of the open draft, which no button shows yet."""
    key = StorageKey(bot_id=town.app.bot.id, chat_id=phone.id, user_id=phone.id)
    data = await town.app.listening.dispatcher.storage.get_data(key)
    return str(data["draft"]["key"])


async def test_a_raid_needs_its_officer_always(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, "Участие в рейде")
    await assistant.press("«Правопорядок»")

    assert question_of(assistant) == "Какой сотрудник полиции был рядом?"
    assert assistant.says("activity-skip") not in assistant.buttons


async def test_an_audience_changed_to_people_on_record_asks_for_the_officer(town: Town) -> None:
    assistant = await on_shift(town)
    await record_talk(assistant)
    town.clock.tick(minutes=20)
    await begin(assistant, TALK)
    await assistant.press("5")

    await assistant.choose("activity-change", field="audience")
    await assistant.press(ON_RECORD)

    assert question_of(assistant) == "Какой сотрудник полиции был рядом?"


async def test_a_fact_says_102_first_and_tells_to_whom_it_is_handed(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, FACT)

    emergency = shown(assistant, "activity-emergency", police="102", emergency="112")
    assert assistant.screen.splitlines()[0] == emergency
    await assistant.press("Мелкое хулиганство")
    assert "акимат" not in assistant.buttons
    await assistant.press("102")
    await assistant.send("№ 4521")
    await assistant.choose("activity-save-now")

    entry = await entry_of(town, assistant)
    assert entry.fields == {"category": "hool", "handed_to": "102", "reference": "№ 4521"}


async def test_nothing_comes_above_the_numbers_to_call(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, FACT)
    emergency = shown(assistant, "activity-emergency", police="102", emergency="112")

    await assistant.do("sticker")
    refused = refusal(assistant, "error-attachment-kind")
    assert assistant.screen.splitlines()[:2] == [emergency, refused]

    await assistant.do("location", *CENTRE, 8 * 3600)
    told = shown(assistant, "shift-live-on")
    assert assistant.screen.splitlines()[:2] == [emergency, told]
    assert assistant.screen.count(emergency) == 1


async def test_a_fact_is_handed_to_the_akimat_only_where_the_akimat_may_act(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, FACT)
    await assistant.press("Мусор в общественном месте")
    await assistant.press("акимат")

    await assistant.choose("button-back")
    await assistant.choose("button-back")
    await assistant.press("Мелкое хулиганство")

    assert question_of(assistant) == "Кому передано?"
    assert "акимат" not in assistant.buttons


async def test_the_kinds_used_lately_stand_on_the_first_page(town: Town) -> None:
    assistant = await on_shift(town)
    await assistant.tap("key-result")
    assert not any("Розыск" in button for button in assistant.buttons)

    await begin(assistant, "Розыск пропавшего")
    await assistant.send("Берег Тобола")
    await assistant.press("ребёнок")
    await assistant.press("Да")
    await assistant.choose("activity-save-now")
    await assistant.tap("key-result")

    assert [PATROL in b or TALK in b for b in assistant.buttons[:2]] == [True, True]
    assert "Розыск" in assistant.buttons[2]


async def test_the_card_of_the_shift_logs_each_result(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=40)
    await record_patrol(assistant)
    town.clock.tick(minutes=5)
    await record_talk(assistant, "20")

    card = str(card_of(assistant)["text"])

    assert "🚶 15:00 – 15:40 Парк Победы" in card
    assert "💬 15:45 Интернет-мошенничество" in card
    assert assistant.says("shift-results", count=2, people_total=20) in card


async def test_a_result_is_recorded_from_the_card_which_stays(town: Town) -> None:
    assistant = await on_shift(town)
    card = card_of(assistant)

    await assistant.press_data(f"result:{card_id(card)}", card["message_id"])
    await assistant.press_data(f"result:{card_id(card)}", card["message_id"])

    assert card_of(assistant)["message_id"] == card["message_id"]
    menus = [m for m in assistant.inbox if m["text"] == shown(assistant, "activity-kinds")]
    assert len(menus) == 1


def card_id(card: Json) -> int:
    """Return the shift a card is of."""
    return int(str(card["reply_markup"]).split("result:")[1].split("'")[0])


async def test_f1_f5_words_come_back_as_they_were_written(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    for area in ("<b>Парк</b> & 'двор'", "=1+1", "+7701", "@двор", "{0.__class__} %s $x"):
        town.clock.tick(minutes=20)
        await begin(assistant, PATROL)
        if assistant.says("activity-save") in assistant.buttons:
            await assistant.choose("activity-change", field="area")
        await assistant.send(area)
        await assistant.press("Сохранить")

        assert f"Место: {area}" in assistant.screen
        assert (await entries_of(town, assistant))[-1].fields["area"] == area


async def test_a_kind_is_begun_from_the_card_which_stays_and_a_second_press_asks_no_more(
    town: Town,
) -> None:
    assistant = await on_shift(town)
    card = card_of(assistant)
    press = f"resultof:{card_id(card)}:talk"

    await assistant.press_data(press, card["message_id"])
    await assistant.press("Наркотики")
    before = len(assistant.inbox)
    await assistant.press_data(press, card["message_id"])

    assert card_of(assistant)["message_id"] == card["message_id"]
    assert assistant.toast == assistant.says("activity-begun-toast")
    assert len(assistant.inbox) == before
    assert question_of(assistant) == "С кем?"


async def test_a_kind_pressed_on_the_card_of_a_shift_long_over_is_refused(town: Town) -> None:
    assistant = await on_shift(town)
    press = f"resultof:{card_id(card_of(assistant))}:talk"
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    [shift] = await shifts_of(town, assistant)
    town.clock.tick(days=3)

    await assistant.press_data(press)

    assert assistant.toast == assistant.says("error-activity-late", at=shift.ended_at)
