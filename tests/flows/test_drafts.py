"""A draft of a result is not lost by looking elsewhere, nor is a question by another message."""

import re
from datetime import timedelta

from bot.services.states import AttachmentKind
from tests.flows.duty import CENTRE, hours_pass, on_shift, shifts_of
from tests.flows.results import PATROL, TALK, begin, entries_of, question_of
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

TALK_KEY, PATROL_KEY = "💬 Профилактическая беседа", "🚶 Патрулирование"
TOPIC, REACHED = "Интернет-мошенничество", "Охват, человек: 12"


async def talk_begun(town: Town) -> Phone:
    """Return somebody on shift who has said what a talk was about, and is asked how many heard."""
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press(TOPIC)
    await assistant.press("Прохожие")
    return assistant


def drafts_in(phone: Phone) -> list[int]:
    """Return the messages of the chat that have a draft's buttons."""
    return [
        message["message_id"]
        for message in phone.inbox
        if "actstop:" in str(message.get("reply_markup"))
    ]


def tags_in(phone: Phone) -> set[str]:
    """Return the drafts that buttons of the chat are of; one may be shown by two messages."""
    return set(
        re.findall(r"actstop:(\w+)", str([each.get("reply_markup") for each in phone.inbox]))
    )


async def test_an_answer_to_the_bots_own_question_leaves_the_draft_open(town: Town) -> None:
    assistant = await talk_begun(town)
    await hours_pass(town, 6)

    await assistant.choose("shift-stay")
    await assistant.send("12")

    assert REACHED in assistant.screen
    assert len(tags_in(assistant)) == 1
    assert len(drafts_in(assistant)) == 1 or town.repeats


async def test_a_key_of_the_menu_leaves_the_draft_where_it_is(town: Town) -> None:
    assistant = await talk_begun(town)
    [draft] = drafts_in(assistant)

    await assistant.tap("key-my-day")
    assert drafts_in(assistant) == [draft]
    await assistant.send("12")

    assert REACHED in assistant.screen


async def test_the_menu_names_the_draft_and_the_list_of_kinds_goes_on_with_it(town: Town) -> None:
    assistant = await talk_begun(town)
    asked = question_of(assistant)

    await assistant.send("/menu")
    assert shown(assistant, "menu-draft", name=TALK_KEY) in assistant.screen
    await assistant.tap("key-result")
    await assistant.choose("activity-go-on", name=TALK_KEY)

    assert len(drafts_in(assistant)) == 1
    assert TOPIC in assistant.screen
    assert question_of(assistant) == asked


async def test_a_kind_begun_twice_is_one_draft(town: Town) -> None:
    assistant = await on_shift(town)
    await begin(assistant, TALK)
    await assistant.press(TOPIC)
    asked = question_of(assistant)

    await assistant.send(TALK_KEY)

    assert question_of(assistant) == asked
    assert TOPIC in assistant.screen
    assert len(drafts_in(assistant)) == 1


async def test_another_kind_comes_first_and_the_earlier_draft_is_open_after_it(town: Town) -> None:
    assistant = await talk_begun(town)
    town.clock.tick(minutes=30)
    await assistant.send(PATROL_KEY)
    await assistant.send("Центр")
    await assistant.choose("activity-save-now")
    assert [entry.kind for entry in await entries_of(town, assistant)] == ["patrol"]

    await assistant.send("12")

    assert REACHED in assistant.screen
    assert TOPIC in assistant.screen


async def test_a_shift_ends_in_the_middle_of_a_draft_and_the_draft_goes_on(town: Town) -> None:
    assistant = await talk_begun(town)

    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    await assistant.send("12")

    assert (await shifts_of(town, assistant))[0].ended_at is not None
    assert REACHED in assistant.screen


async def test_a_draft_given_up_stays_given_up(town: Town) -> None:
    assistant = await talk_begun(town)
    await assistant.tap("key-my-day")

    await assistant.send("/cancel")
    assert shown(assistant, "menu-draft", name=TALK_KEY) not in assistant.screen
    assert drafts_in(assistant) == []
    await assistant.send("12")

    assert shown(assistant, "unknown-input") in assistant.screen


async def test_a_saved_draft_does_not_come_back(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(minutes=30)
    await begin(assistant, PATROL)
    await assistant.send("Центр")
    await assistant.choose("activity-save-now")

    await assistant.send("/menu")

    assert shown(assistant, "menu-draft", name=PATROL_KEY) not in assistant.screen


async def test_a_reason_is_still_asked_for_after_a_button_of_another_message(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    applicant = await town.applicant("kostanay", "Образцов Тимур")
    await coordinator.tap("key-applications")
    await coordinator.press("Образцов")
    await coordinator.choose("application-reject")
    assistant = await on_shift(town)
    await hours_pass(town, 12)  # a notice with buttons comes meanwhile
    end = (await shifts_of(town, assistant))[0].started_at + timedelta(hours=4)

    await coordinator.choose("shift-end-at", at=end, length=timedelta(hours=4))
    await coordinator.send("Неполные данные")

    assert "Неполные данные" in applicant.screen
    assert (await shifts_of(town, assistant))[0].credited == timedelta(hours=4)


async def test_the_menu_ends_a_question_that_is_no_draft(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    applicant = await town.applicant("kostanay", "Образцов Тимур")
    await coordinator.tap("key-applications")
    await coordinator.press("Образцов")
    await coordinator.choose("application-reject")

    await coordinator.send("/menu")
    await coordinator.send("Неполные данные")

    assert shown(coordinator, "unknown-input") in coordinator.screen
    assert "Неполные данные" not in applicant.screen


async def test_a_place_is_kept_whatever_is_being_asked(town: Town) -> None:
    assistant = await on_shift(town)
    await assistant.tap("key-result")

    await assistant.do("location", *CENTRE)
    assert shown(assistant, "attachment-ask", kind=AttachmentKind.LOCATION) in assistant.screen

    await assistant.tap("key-handbook")
    await assistant.do("location", *CENTRE, live_period=3600)
    assert shown(assistant, "shift-live-on") in assistant.screen
    await assistant.send("обыск")
    assert "досмотр – дело полиции" in assistant.screen.lower()
