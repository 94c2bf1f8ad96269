"""One's own day: everything of one's own within two touches."""

from datetime import timedelta

import pytest

from bot.services.certificate_rules import CertificateKind
from bot.services.states import ActivityState
from tests.flows.duty import hours_pass, on_shift, shifts_of
from tests.flows.results import PATROL, entries_of, record_patrol, record_talk
from tests.flows.steps import shown
from tests.flows.test_entries import review
from tests.phone import Phone
from tests.town import Town


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_day_without_a_shift_says_so(town: Town, language: str) -> None:
    assistant = await town.briefed_assistant(language=language)

    await assistant.tap("key-my-day")

    assert assistant.says("day-no-shift") in assistant.screen
    empty = shown(assistant, "day-this-month", count=0, worked=timedelta())
    assert empty in assistant.screen


async def full_day(town: Town) -> Phone:
    """Return the phone of somebody on shift since 15:00 with a patrol and a talk; it is 16:20."""
    assistant = await on_shift(town)
    town.clock.tick(hours=1)
    await record_patrol(assistant)
    town.clock.tick(minutes=20)
    await record_talk(assistant, "20")
    return assistant


async def test_the_day_sums_up_the_shift_and_the_month(town: Town) -> None:
    assistant = await full_day(town)

    await assistant.tap("key-my-day")

    assert (
        assistant.says("day-on-shift", at=town.clock() - timedelta(minutes=80)) in assistant.screen
    )
    assert shown(assistant, "day-entries", count=2, people_total=20) in assistant.screen
    assert "🚶 1 · 💬 1 · охват: 20" in assistant.screen
    assert assistant.says("day-state", state="submitted", count=2) in assistant.screen
    me = await town.me(assistant)
    assert me.passed is not None
    assert assistant.says("day-briefing", until=me.passed.valid_until) in assistant.screen
    assert len(assistant.screen.splitlines()) <= 12


async def test_each_entry_of_the_day_is_two_touches_away(town: Town) -> None:
    assistant = await full_day(town)

    await assistant.tap("key-my-day")
    await assistant.press("Парк Победы")

    assert shown(assistant, "activity-title", name=f"🚶 {PATROL}") in assistant.screen
    assert assistant.says("entry-edit") in assistant.buttons


async def test_hours_are_shown_to_the_minute_and_unconfirmed_ones_are_none(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=2, minutes=17, seconds=59)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    town.clock.tick(hours=1)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    await hours_pass(town, 14)

    await assistant.tap("key-my-day")

    worked = timedelta(hours=2, minutes=17, seconds=59)
    assert shown(assistant, "day-this-month", count=2, worked=worked) in assistant.screen
    assert "2 ч 17 мин" in assistant.screen
    assert assistant.says("day-month-unconfirmed", count=1) in assistant.screen


async def test_a_shift_over_the_end_of_the_month_is_split_at_midnight(town: Town) -> None:
    town.clock.tick(days=22, hours=6)  # 31 March, 21:00 in Kostanay
    assistant = await on_shift(town)
    town.clock.tick(hours=5)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    await assistant.tap("key-my-day")

    april = shown(assistant, "day-this-month", count=0, worked=timedelta(hours=2))
    march = shown(assistant, "day-last-month", count=1, worked=timedelta(hours=3))
    assert april in assistant.screen
    assert march in assistant.screen


async def test_the_shift_of_the_evening_is_shown_after_midnight(town: Town) -> None:
    town.clock.tick(hours=6)  # 21:00 in Kostanay
    assistant = await on_shift(town)
    town.clock.tick(hours=2)
    await record_patrol(assistant)
    town.clock.tick(hours=2)

    await assistant.tap("key-my-day")

    assert shown(assistant, "day-entries", count=1, people_total=0) in assistant.screen
    assert any("Парк Победы" in button for button in assistant.buttons)


async def test_a_returned_entry_shows_why_and_is_mended(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await full_day(town)
    patrol, _ = await entries_of(town, assistant)
    await review(town, patrol, ActivityState.HAS_ISSUES, "Укажите улицу", coordinator)

    await assistant.tap("key-my-day")
    await assistant.choose("day-returned", count=1)
    await assistant.press("Парк Победы")
    assert shown(assistant, "entry-reason", reason="Укажите улицу") in assistant.screen
    await assistant.choose("entry-edit")
    await assistant.choose("activity-change", field="area")
    await assistant.send("Парк Победы, ул. Абая")
    await assistant.choose("activity-save")

    assert (await entries_of(town, assistant))[0].state is ActivityState.EDITED
    await assistant.tap("key-my-day")
    assert assistant.says("day-returned", count=1) not in assistant.buttons


async def test_a_returned_list_that_is_empty_by_now_says_so(town: Town) -> None:
    assistant = await full_day(town)

    await assistant.press_data("returned:0")

    assert assistant.says("entries-returned", count=0) in assistant.screen


async def test_withdrawn_and_rejected_entries_count_no_more_than_on_the_card(town: Town) -> None:
    coordinator = await town.coordinator()
    assistant = await full_day(town)
    patrol, _ = await entries_of(town, assistant)
    await assistant.choose("entry-undo")
    await review(town, patrol, ActivityState.REJECTED, "Не было", coordinator)

    await assistant.tap("key-my-day")

    assert shown(assistant, "day-entries", count=0, people_total=0) in assistant.screen
    assert f"🚶 {1}" not in assistant.screen
    assert "охват: 20" not in assistant.screen
    [shift] = await shifts_of(town, assistant)
    assert (shift.entries, shift.people_reached) == (0, 0)


async def test_certificates_are_one_touch_from_the_day(town: Town) -> None:
    assistant = await town.briefed_assistant()
    person_id = (await town.me(assistant)).person_id
    await town.house.services.certificates.issue(
        await town.admin_id(), person_id, CertificateKind.TRAINING, None, "press-of-a-day"
    )
    await town.settle()

    await assistant.tap("key-my-day")
    await assistant.choose("day-certificates", count=1)

    assert shown(assistant, "certificates-own", count=1) in assistant.screen


async def test_own_shifts_lead_to_their_entries(town: Town) -> None:
    assistant = await full_day(town)

    await assistant.tap("key-my-day")
    await assistant.choose("day-my-shifts")
    await assistant.press("15:00")
    await assistant.choose("day-all-entries")
    await assistant.press("Интернет-мошенничество")

    assert "Охват, человек: 20" in assistant.screen
    await assistant.choose("button-back")
    assert any("Парк Победы" in button for button in assistant.buttons)


async def test_the_hours_of_the_month_come_as_a_picture(town: Town) -> None:
    assistant = await on_shift(town)
    town.clock.tick(hours=3)
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")

    await assistant.tap("key-my-day")
    await assistant.choose("day-hours")

    assert "photo" in assistant.inbox[-2]
    assert shown(assistant, "day-title", day=town.clock().date()) in assistant.screen


async def test_e1_the_day_of_others_is_out_of_reach(town: Town) -> None:
    await full_day(town)
    stranger = await town.briefed_assistant(name="Сабитова Гүлнар")

    await stranger.press_data("day")

    assert stranger.says("day-no-shift") in stranger.screen
