"""Consent: to which text, in which language; a new text asks again."""

import hashlib

import sqlalchemy as sa

from bot.content import load_content
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


async def test_a_new_text_is_agreed_to_anew(town: Town) -> None:
    coordinator = await town.coordinator()
    content = load_content(CONTENT)
    newer = content.model_copy(
        update={"consent": content.consent.model_copy(update={"version": "2"})}
    )

    async with open_town(town.database, town.clock, content=newer) as later:
        again = later.same_person(coordinator)
        await again.start()
        assert again.says("registration-agree") in again.buttons
        await again.choose("registration-agree")

        assert again.says("key-applications") in again.keys
        assert [row.version for row in await kept(later)] == ["1", "2"]


async def test_a_button_of_an_older_text_shows_the_text_in_force(town: Town) -> None:
    recruit = town.phone()
    await recruit.start()
    await recruit.choose("language-name")

    await recruit.press_data("agree:0:ru")

    assert recruit.toast == recruit.says("error-consent-changed")
    assert recruit.says("registration-agree") in recruit.buttons
    assert await kept(town) == []
