"""A coordinator says how the digest is to come."""

from datetime import timedelta

import pytest
from aiogram.filters.callback_data import CallbackData

from bot.handlers.digest_presses import SetDigest
from bot.handlers.digest_settings import (
    AskTime,
    ComeAt,
    ComeMonthly,
    ComeOn,
    ComeQuietly,
    ComeWeekly,
)
from bot.services.digest_days import Wishes
from tests.flows.digest_days import Days
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town

HERE = "kostanay"


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


@pytest.fixture(autouse=True)
def tuesday(town: Town) -> None:
    town.clock.tick(days=1)


async def wishes(town: Town, phone: Phone) -> Wishes:
    me = await town.me(phone)
    return await town.house.services.digest_settings.wishes(me.person_id, HERE)


async def open_settings(phone: Phone) -> None:
    await phone.tap("key-digest")
    await phone.choose("digest-set-open")


async def test_another_time_is_three_touches_away_and_holds_today(town: Town, days: Days) -> None:
    coordinator = await town.coordinator()

    await open_settings(coordinator)
    await coordinator.choose("digest-set-time", at="18:00", chosen=False)

    assert coordinator.says("digest-set-time", at="18:00", chosen=True) in coordinator.buttons
    town.clock.to("18:00")
    await days.run()
    assert len(await days.notices()) == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_any_time_may_be_written(town: Town, days: Days, language: str) -> None:
    coordinator = await town.coordinator(language=language)
    await open_settings(coordinator)
    await coordinator.choose("digest-set-other", at="20:00", chosen=False)
    await coordinator.send("25:00")
    assert refusal(coordinator, "error-shift-time") in coordinator.screen

    await coordinator.send("7:05")

    assert coordinator.says("digest-set-other", at="07:05", chosen=True) in coordinator.buttons
    town.clock.to("07:05")
    await days.run()
    assert len(await days.notices()) == 1


async def test_a_day_left_out_has_no_digest(town: Town, days: Days) -> None:
    coordinator = await town.coordinator()

    await open_settings(coordinator)
    await coordinator.choose("digest-set-day", day="d2", chosen=True)

    town.clock.to("20:00")  # of a Tuesday
    await days.run()
    assert await days.notices() == []
    town.clock.tick(days=1)
    await days.run()
    assert len(await days.notices()) == 1


async def test_without_any_day_week_and_month_the_screen_says_that_no_digest_comes(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    await open_settings(coordinator)

    for number in range(1, 8):
        await coordinator.choose("digest-set-day", day=f"d{number}", chosen=True)
    assert coordinator.says("digest-set-weekly", chosen=True) in coordinator.buttons
    await coordinator.choose("digest-set-weekly", chosen=True)
    await coordinator.choose("digest-set-monthly", chosen=True)

    district = town.house.districts.name(HERE, "ru")
    assert coordinator.screen == shown(
        coordinator, "digest-set-never", district=district, at="20:00"
    )


async def test_a_quiet_digest_makes_no_sound(town: Town, days: Days) -> None:
    coordinator = await town.coordinator()
    await town.applicant()
    await open_settings(coordinator)
    await coordinator.choose("digest-set-quiet", chosen=False)
    before = len(town.telegram.api_calls)

    town.clock.to("20:00")
    await days.run()

    (sent,) = [call.params for call in town.telegram.api_calls[before:] if "chat_id" in call.params]
    assert sent["disable_notification"]


@pytest.mark.parametrize(
    ("press", "wanted"),
    [
        (ComeOn(district=HERE, weekday=1, on=0), Wishes(days=0b1111101)),
        (ComeQuietly(district=HERE, on=1), Wishes(quiet=True)),
        (ComeWeekly(district=HERE, on=0), Wishes(weekly=False)),
        (ComeMonthly(district=HERE, on=0), Wishes(monthly=False)),
        (ComeMonthly(district=HERE, on=1), Wishes()),
    ],
)
async def test_b1_a_press_delivered_twice_is_as_one(
    town: Town, press: CallbackData, wanted: Wishes
) -> None:
    coordinator = await town.coordinator()

    await coordinator.press_data(press.pack())
    await coordinator.press_data(press.pack())

    assert await wishes(town, coordinator) == wanted


@pytest.mark.parametrize(
    "press",
    [
        ComeAt(district=HERE, at_minute=24 * 60),
        ComeOn(district=HERE, weekday=7, on=1),
    ],
)
async def test_e8_a_wish_that_no_button_offers_is_refused(
    town: Town, press: ComeAt | ComeOn
) -> None:
    coordinator = await town.coordinator()

    await coordinator.press_data(press.pack())

    assert coordinator.toast == coordinator.says("error-not-found")
    assert await wishes(town, coordinator) == Wishes()


async def test_only_a_coordinator_of_the_district_says_how_its_digest_comes(town: Town) -> None:
    stranger = await town.coordinator("rudny")
    admin = await town.admin()
    dismissed = await town.coordinator(name="Тасадиев Нұрлан")
    await town.dismiss(dismissed)
    town.clock.advance(timedelta(minutes=1))
    before = await town.dump()

    for phone, why in (
        (stranger, "error-not-found"),
        (admin, "error-access-denied"),
        (dismissed, "error-access-denied"),
    ):
        for press in (
            SetDigest(district=HERE),
            ComeAt(district=HERE, at_minute=18 * 60),
            AskTime(district=HERE),
            ComeOn(district=HERE, weekday=0, on=0),
            ComeQuietly(district=HERE, on=1),
            ComeWeekly(district=HERE, on=0),
            ComeMonthly(district=HERE, on=0),
        ):
            await phone.press_data(press.pack())
            assert phone.toast == phone.says(why), press
    assert await town.dump() == before
