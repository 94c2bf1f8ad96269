"""The content pack loses a district while people live in it, and gets it back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from bot.services.states import Role
from tests.phone import Phone
from tests.town import Town, open_town, without

NAME = "Үлгіев Ерлан"


@asynccontextmanager
async def after_closing(town: Town, *codes: str) -> AsyncIterator[Town]:
    """Start the bot again on the same database, with a pack that lacks the districts."""
    async with open_town(town.database, town.clock, content=without(*codes)) as later:
        yield later


async def offered(phone: Phone) -> list[str]:
    """Return the districts a newcomer may choose from, asked as such."""
    await phone.start()
    await phone.choose("language-name")
    await phone.choose("registration-agree")
    await phone.send("Серікова Айжан")
    await phone.share_contact()
    return phone.buttons


async def place_of(town: Town, phone: Phone) -> str:
    assistant = (await town.me(phone)).assistant
    assert assistant is not None
    return assistant.district


async def test_people_stay_where_they_are(town: Town) -> None:
    assistant = await town.assistant("rudny")
    async with after_closing(town, "rudny") as later:
        phone = later.same_person(assistant)
        await phone.start()

        assert await place_of(later, phone) == "rudny"
        assert "г. Рудный" in phone.screen
        assert (await later.me(phone)).roles == {Role.ASSISTANT}


async def test_a_closed_district_is_not_offered_any_more(town: Town) -> None:
    names = await offered(town.phone(language="ru"))
    assert "г. Рудный" in names

    async with after_closing(town, "rudny") as later:
        for phone in town.phones:
            later.same_person(phone)
        names = await offered(later.phone(language="ru"))

    assert "г. Рудный" not in names
    assert "г. Лисаковск" in names


async def test_the_log_says_how_many_are_to_be_moved(town: Town) -> None:
    for name in ("Үлгіев Ерлан", "Басқаев Болат"):
        await town.assistant("rudny", name)
    await town.assistant("lisakovsk", "Қалғанов Асан")

    with capture_logs() as logs:
        async with after_closing(town, "rudny", "uzunkol"):
            pass

    warned = [line for line in logs if line["event"] == "district_closed_with_people"]
    assert [(line["district"], line["assistants"]) for line in warned] == [("rudny", 2)]
    assert warned[0]["log_level"] == "warning"


async def test_the_log_goes_on_warning_until_everybody_is_moved(town: Town) -> None:
    assistant = await town.assistant("rudny")
    async with after_closing(town, "rudny"):
        pass
    for moved in (False, True):
        if moved:
            me = await town.me(assistant)
            await town.house.services.assistants.move(
                await town.admin_id(), me.person_id, "lisakovsk"
            )
        with capture_logs() as logs:
            async with after_closing(town, "rudny"):
                pass
        events = [line["event"] for line in logs]
        assert ("district_closed_with_people" in events) != moved


@pytest.mark.parametrize("who", ["admin", "coordinator"])
async def test_people_of_a_closed_district_can_be_moved(town: Town, who: str) -> None:
    assistant = await town.assistant("rudny")
    if who == "admin":
        boss = await town.admin()
    else:
        boss = await town.coordinator("rudny")
        await town.appoint(boss, Role.COORDINATOR, "lisakovsk")
    async with after_closing(town, "rudny") as later:
        phone, moved = later.same_person(boss), later.same_person(assistant)
        await moved.start()
        await phone.start()
        await phone.tap("key-assistants")
        await phone.press(NAME)
        await phone.choose("assistant-move")
        assert "г. Рудный" not in phone.buttons

        await phone.press("г. Лисаковск")

        assert await place_of(later, moved) == "lisakovsk"
        assert "г. Лисаковск" in moved.screen


async def test_nobody_is_moved_into_a_closed_district(town: Town) -> None:
    assistant, admin = await town.assistant("lisakovsk"), await town.admin()
    async with after_closing(town, "rudny") as later:
        phone = later.same_person(admin)
        person_id = (await later.me(later.same_person(assistant))).person_id
        await phone.start()

        await phone.press_data(f"move:{person_id}:rudny")

        assert phone.toast == phone.says("error-district-unknown")


async def test_an_application_into_a_closed_district_is_still_decided(town: Town) -> None:
    coordinator, recruit = await town.coordinator("rudny"), await town.applicant("rudny")
    async with after_closing(town, "rudny") as later:
        phone, applicant = later.same_person(coordinator), later.same_person(recruit)
        await phone.start()
        await phone.tap("key-applications")
        await phone.press("Образцов Тимур")
        await phone.choose("application-approve")

        assert await place_of(later, applicant) == "rudny"


async def test_no_role_and_no_invitation_is_given_for_a_closed_district(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant("rudny")
    async with after_closing(town, "rudny") as later:
        phone = later.same_person(admin)
        person_id = (await later.me(later.same_person(person))).person_id
        await phone.start()
        for data in (f"appoint:coordinator:{person_id}:rudny", "mkinv:rudny:7:10:abcdefghijk"):
            await phone.press_data(data)
            assert phone.toast == phone.says("error-district-unknown")


async def test_a_coordinator_of_a_closed_district_has_none_to_invite_into(town: Town) -> None:
    coordinator = await town.coordinator("rudny")
    async with after_closing(town, "rudny") as later:
        phone = later.same_person(coordinator)
        await phone.start()
        await phone.tap("key-invites")
        await phone.choose("invites-new")

        assert phone.buttons == [phone.says("button-back")]


async def test_a_district_that_came_back_is_open_again(town: Town) -> None:
    assistant = await town.assistant("rudny")
    async with after_closing(town, "rudny"):
        pass
    with capture_logs() as logs:
        async with open_town(town.database, town.clock) as later:
            phone = later.same_person(assistant)
            names = await offered(later.phone(language="ru"))

            assert "г. Рудный" in names
            assert await place_of(later, phone) == "rudny"
    assert not [line for line in logs if line["event"] == "district_closed_with_people"]


async def test_closing_and_reopening_are_in_the_journal_once(town: Town) -> None:
    for closed in ("rudny", "rudny", "uzunkol"):
        async with after_closing(town, closed):
            pass

    acts = [act for act in await town.audit_actions() if act.startswith("district.")]
    assert acts == ["district.closed", "district.reopened", "district.closed"]
