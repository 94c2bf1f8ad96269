"""Consent: to which text, in which language; a new text asks again."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from bot.content import load_content
from bot.services.people import Step
from db.models import Consent
from tests.phone import Phone
from tests.town import CONTENT, Town, open_town


async def kept(town: Town) -> list[Consent]:
    async with town.database.reading() as uow:
        return list(await uow.session.scalars(sa.select(Consent).order_by(Consent.id)))


async def agree(phone: Phone) -> None:
    await phone.start()
    await phone.choose("language-name")
    await phone.choose("registration-agree")


async def test_the_words_that_were_shown_are_kept_by_their_hash(town: Town) -> None:
    recruit = town.phone(language="kk")

    await agree(recruit)

    consent = town.house.content.consent
    [row] = await kept(town)
    assert (row.version, row.language) == (consent.version, "kk")
    assert row.text_sha256 == hashlib.sha256(consent.text["kk"].encode()).hexdigest()


async def test_the_language_of_the_text_counts_not_the_one_chosen_meanwhile(town: Town) -> None:
    recruit = town.phone(language="ru")
    await recruit.start()
    await recruit.choose("language-name")
    shown = recruit.data_of("registration-agree")
    await recruit.send("/language")
    await recruit.press("English")

    await recruit.press_data(shown)

    [row] = await kept(town)
    assert row.language == "ru"


@asynccontextmanager
async def with_a_newer_text(town: Town) -> AsyncIterator[Town]:
    """Open the bot anew on the same database, with a text nobody has agreed to."""
    content = load_content(CONTENT)
    newer = content.model_copy(
        update={"consent": content.consent.model_copy(update={"version": "newer"})}
    )
    async with open_town(town.database, town.clock, content=newer) as later:
        yield later


async def test_a_new_text_is_agreed_to_anew(town: Town) -> None:
    coordinator = await town.coordinator()

    async with with_a_newer_text(town) as later:
        again = later.same_person(coordinator)
        await again.start()
        assert again.says("registration-agree") in again.buttons
        await again.choose("registration-agree")

        assert again.says("key-applications") in again.keys
        older = town.house.content.consent.version
        assert [row.version for row in await kept(later)] == [older, "newer"]


async def test_an_assistant_is_asked_anew_once_and_told_why(town: Town) -> None:
    assistant = await town.briefed_assistant()

    async with with_a_newer_text(town) as later:
        again = later.same_person(assistant)
        await again.start()
        assert again.says("registration-consent-again") in again.screen
        await again.choose("registration-agree")
        assert again.says("key-start-shift") in again.keys

        await again.start()
        assert again.says("registration-agree") not in again.buttons
        assert [row.version for row in await kept(later)][1:] == ["newer"]


@pytest.mark.parametrize("role", ["assistant", "coordinator"])
async def test_who_puts_a_new_text_off_has_the_menu_and_all_that_is_theirs(
    town: Town, role: str
) -> None:
    phone = await (town.briefed_assistant() if role == "assistant" else town.coordinator())

    async with with_a_newer_text(town) as later:
        again = later.same_person(phone)
        await again.start()
        await again.choose("registration-not-now")
        assert again.says("key-profile") in again.keys
        if role == "assistant":
            await again.tap("key-start-shift")
            await again.tap("key-start-no-location")
            assert (await later.me(again)).shift is not None

        await again.start()
        assert again.says("registration-agree") in again.buttons


async def test_a_recruit_asked_anew_goes_on_where_they_were(town: Town) -> None:
    recruit = town.phone(language="kk")
    await agree(recruit)
    await recruit.send("Үлгіев Ерлан")

    async with with_a_newer_text(town) as later:
        again = later.same_person(recruit)
        await again.start()
        assert again.says("registration-consent-again") in again.screen
        await again.choose("registration-agree")
        assert (await later.me(again)).step is Step.PHONE
        assert "Үлгіев Ерлан" in again.screen


async def test_nobody_is_told_of_a_newer_text_who_never_read_an_older_one(town: Town) -> None:
    recruit = town.phone(language="kk")
    await recruit.start()
    await recruit.choose("language-name")

    assert recruit.says("registration-agree") in recruit.buttons
    assert recruit.says("registration-consent-again") not in recruit.screen


async def test_a_button_of_an_older_text_shows_the_text_in_force(town: Town) -> None:
    recruit = town.phone()
    await recruit.start()
    await recruit.choose("language-name")

    await recruit.press_data("agree:0:ru")

    assert recruit.toast == recruit.says("error-consent-changed")
    assert recruit.says("registration-agree") in recruit.buttons
    assert await kept(town) == []
