"""Invitations: they fill in the district, and are spent by sending only."""

import re
from collections.abc import Callable

import pytest

from bot.services.people import Step
from bot.services.states import ApplicationState, Role
from tests.phone import Phone
from tests.town import Town, open_town, without

LINK = re.compile(r"https://t\.me/\S+")


async def make_invite(coordinator: Phone, people: int = 1, days: int = 1) -> str:
    """Make an invitation button by button, as a coordinator of one district, and copy its link."""
    await coordinator.tap("key-invites")
    await coordinator.choose("invites-new")
    await coordinator.choose("invite-days", days=days)
    await coordinator.choose("invite-people", count=people)
    found = LINK.search(coordinator.screen)
    assert found is not None
    return found[0]


async def register(recruit: Phone) -> None:
    """Answer everything up to the last look at the application."""
    await recruit.choose("language-name")
    await recruit.choose("registration-agree")
    await recruit.send("Серікова Айжан")
    await recruit.share_contact()


async def uses(town: Town) -> list[int]:
    invites = await town.house.services.invites.good(await town.admin_id())
    return [invite.uses for invite in invites]


async def by_invite(town: Town, phone: Phone) -> bool:
    application = (await town.me(phone)).application
    assert application is not None
    assert application.state is ApplicationState.PENDING
    return application.by_invite


async def test_an_invitation_fills_in_the_district(town: Town) -> None:
    coordinator, recruit = await town.coordinator("rudny"), town.phone(language="ru")
    await recruit.open(await make_invite(coordinator))

    await register(recruit)

    assert (await town.me(recruit)).step is Step.CONFIRM
    assert town.house.districts.name("rudny", "ru") in recruit.screen


async def test_an_invited_recruit_is_marked_so(town: Town) -> None:
    coordinator, recruit = await town.coordinator("rudny"), town.phone(language="ru")
    await recruit.open(await make_invite(coordinator))
    await register(recruit)

    await recruit.choose("registration-send")

    assert coordinator.says("application-by-invite") in coordinator.screen


async def test_a_coordinator_of_two_districts_chooses_one(town: Town) -> None:
    coordinator = await town.coordinator("rudny")
    await town.appoint(coordinator, Role.COORDINATOR, "lisakovsk")
    await coordinator.tap("key-invites")

    await coordinator.choose("invites-new")

    names = [town.house.districts.name(code, "ru") for code in ("lisakovsk", "rudny")]
    assert coordinator.buttons[:2] == names


async def test_an_invitation_is_spent_by_sending_only(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), town.phone(language="ru")
    await recruit.open(await make_invite(coordinator, people=10))
    await register(recruit)
    assert await uses(town) == [0]

    await recruit.choose("registration-send")

    assert await uses(town) == [1]


async def test_another_district_lets_the_invitation_go(town: Town) -> None:
    coordinator, recruit = await town.coordinator("rudny"), town.phone(language="ru")
    await recruit.open(await make_invite(coordinator, people=10))
    await register(recruit)
    await recruit.choose("registration-change-district")
    await recruit.press(town.house.districts.name("lisakovsk", "ru"))

    await recruit.choose("registration-send")

    assert await uses(town) == [0]
    assert not await by_invite(town, recruit)


async def test_opening_an_invitation_twice_is_one_application(town: Town) -> None:
    coordinator, recruit = await town.coordinator(), town.phone(language="ru")
    link = await make_invite(coordinator, people=10)
    await recruit.open(link)
    await recruit.open(link)
    await register(recruit)
    await recruit.choose("registration-send")

    assert await uses(town) == [1]


@pytest.mark.parametrize("days", [1, 7, 30])
async def test_an_invitation_expires_to_the_second(town: Town, days: int) -> None:
    coordinator = await town.coordinator()
    link = await make_invite(coordinator, days=days)
    in_time, late = town.phone(language="kk"), town.phone(language="kk")

    town.clock.tick(days=days, seconds=-1)
    await in_time.open(link)
    town.clock.tick(seconds=1)
    await late.open(link)

    assert in_time.says("error-invite-expired") not in in_time.screen
    assert late.says("error-invite-expired") in late.screen
    assert (await town.me(late)).application is None


async def test_an_invitation_that_expires_on_the_way_takes_only_its_mark(town: Town) -> None:
    coordinator, recruit = await town.coordinator("rudny"), town.phone(language="ru")
    await recruit.open(await make_invite(coordinator))
    await register(recruit)
    town.clock.tick(days=2)

    await recruit.choose("registration-send")

    assert not await by_invite(town, recruit)
    assert coordinator.says("notice-application") in coordinator.screen


async def test_an_invitation_used_up_is_said_to_be(town: Town) -> None:
    coordinator, first = await town.coordinator(), town.phone(language="ru")
    link = await make_invite(coordinator)
    await first.open(link)
    await register(first)
    await first.choose("registration-send")
    late = town.phone(language="kk")

    await late.open(link)

    assert late.says("error-invite-used-up") in late.screen
    assert late.says("language-ask") in late.screen


async def test_of_two_racing_for_the_last_use_both_apply_and_one_is_invited(town: Town) -> None:
    coordinator = await town.coordinator()
    link = await make_invite(coordinator)
    recruits = [town.phone(language="ru") for _ in range(2)]
    for recruit in recruits:
        await recruit.open(link)
        await register(recruit)

    async with town.at_once():
        for recruit in recruits:
            await recruit.choose("registration-send")

    assert sorted([await by_invite(town, recruit) for recruit in recruits]) == [False, True]


async def test_an_invitation_withdrawn_opens_nothing(town: Town) -> None:
    coordinator = await town.coordinator()
    link = await make_invite(coordinator)
    await coordinator.choose("invite-withdraw")
    assert coordinator.toast == coordinator.says("invite-withdrawn-toast")
    recruit = town.phone(language="kk")

    await recruit.open(link)

    assert recruit.says("error-invite-expired") in recruit.screen
    assert (await town.me(recruit)).application is None


async def test_e2_an_invitation_ends_with_its_makers_right(town: Town) -> None:
    coordinator, other = await town.coordinator(), await town.coordinator(name="Второва Инна")
    link = await make_invite(coordinator, people=10)
    begun, late = town.phone(language="ru"), town.phone(language="ru")
    await begun.open(link)
    await register(begun)
    await town.dismiss(coordinator)

    await late.open(link)
    await begun.choose("registration-send")

    assert late.says("error-invite-maker") in late.screen
    assert (await town.me(late)).application is None
    assert not await by_invite(town, begun)
    await other.tap("key-invites")
    assert not [button for button in other.buttons if "/" in button]


async def test_an_invitation_withdrawn_twice_says_when_it_was(town: Town) -> None:
    first, second = await town.coordinator(), await town.coordinator(name="Второва Инна")
    await make_invite(first)
    for phone in (first, second):
        await phone.tap("key-invites")
        await phone.press("0/1 · г. Костанай")
    at = town.clock()
    await first.choose("invite-withdraw")
    town.clock.tick(hours=1)

    await second.choose("invite-withdraw")

    assert second.toast == second.says("error-invite-withdrawn", at=at)


@pytest.mark.parametrize("mangle", [str.swapcase, lambda code: code[:-1], lambda code: code + "A"])
async def test_a_mangled_invitation_is_unknown(town: Town, mangle: Callable[[str], str]) -> None:
    coordinator, recruit = await town.coordinator(), town.phone(language="kk")
    link = await make_invite(coordinator)
    base, _, code = link.partition("invite_")

    await recruit.open(f"{base}invite_{mangle(code)}")

    assert recruit.says("error-invite-unknown") in recruit.screen


async def test_an_assistant_has_no_use_for_an_invitation(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    link = await make_invite(coordinator)

    await assistant.open(link)

    assert assistant.says("error-already-assistant") in assistant.screen
    assert await uses(town) == [0]


async def test_who_waits_already_has_no_use_for_an_invitation(town: Town) -> None:
    coordinator, applicant = await town.coordinator("rudny"), await town.applicant("kostanay")
    link = await make_invite(coordinator)

    await applicant.open(link)

    assert applicant.says("error-application-waiting") in applicant.screen
    application = (await town.me(applicant)).application
    assert application is not None
    assert application.district == "kostanay"


async def test_an_invitation_into_a_closed_district_opens_nothing(town: Town) -> None:
    coordinator = await town.coordinator("rudny")
    link = await make_invite(coordinator)
    async with open_town(town.database, town.clock, content=without("rudny")) as later:
        later.same_person(coordinator)
        recruit = later.phone(language="kk")

        await recruit.open(link)

        assert recruit.says("error-district-unknown") in recruit.screen
        assert (await later.me(recruit)).application is None


async def test_a_draft_for_a_district_closed_meanwhile_asks_for_another(town: Town) -> None:
    coordinator, before = await town.coordinator("rudny"), town.phone(language="ru")
    await before.open(await make_invite(coordinator))
    await register(before)
    async with open_town(town.database, town.clock, content=without("rudny")) as later:
        recruit = later.same_person(before)
        await recruit.start()
        await recruit.choose("registration-send")
        assert recruit.toast == recruit.says("error-district-unknown")

        await recruit.choose("registration-change-district")
        await recruit.press(later.house.districts.name("lisakovsk", "ru"))
        await recruit.choose("registration-send")

        assert not await by_invite(later, recruit)


async def test_the_list_holds_what_still_works(town: Town) -> None:
    coordinator = await town.coordinator()
    await make_invite(coordinator, days=1)
    await make_invite(coordinator, days=7, people=50)
    town.clock.tick(days=1)

    await coordinator.tap("key-invites")

    assert [button for button in coordinator.buttons if "/" in button] == [
        f"0/50 · {town.house.districts.name('kostanay', 'ru')}"
    ]


@pytest.mark.parametrize(
    "data", ["mkinv:kostanay:365:1:abcdefghijk", "mkinv:kostanay:1:7000000:abcdefghijk"]
)
async def test_terms_that_were_not_offered_make_no_invitation(town: Town, data: str) -> None:
    coordinator = await town.coordinator()

    await coordinator.press_data(data)

    assert coordinator.toast == coordinator.says("error-invite-terms")
    assert await uses(town) == []


async def test_a_button_pressed_twice_makes_one_invitation(town: Town) -> None:
    coordinator = await town.coordinator()
    await coordinator.tap("key-invites")
    await coordinator.choose("invites-new")
    await coordinator.choose("invite-days", days=7)
    data = coordinator.data_of("invite-people", count=10)

    await coordinator.press_data(data)
    first = coordinator.screen
    await coordinator.press_data(data)

    assert coordinator.screen == first
    assert await uses(town) == [0]
