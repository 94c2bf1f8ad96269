"""Roles: an admin appoints and dismisses, and there is always an admin."""

import pytest

from bot.services.people import Step
from bot.services.states import Role
from tests.phone import Phone
from tests.town import Town

NAME = "Үлгіев Ерлан"


async def candidates(admin: Phone, role: str = "coordinator") -> None:
    """Go from the menu to the question who gets the role."""
    await admin.tap("key-roles")
    await admin.press(admin.says("roles-row", role=role, count=0).partition(":")[0])
    await admin.choose("role-appoint", role=role)


async def choose_district(town: Town, admin: Phone, code: str = "rudny") -> None:
    await admin.press(town.house.districts.name(code, admin.language))


async def open_holder(admin: Phone, name: str, role: str) -> None:
    await admin.tap("key-roles")
    await admin.press(admin.says("roles-row", role=role, count=0).partition(":")[0])
    await admin.press(name)


async def held(town: Town, phone: Phone) -> set[tuple[Role, str | None]]:
    return {(each.role, each.district) for each in (await town.me(phone)).held}


async def test_appointed_from_the_list(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant()
    await candidates(admin)
    await admin.press(NAME)

    await choose_district(town, admin)

    assert admin.toast == admin.says("role-appointed-toast")
    assert (Role.COORDINATOR, "rudny") in await held(town, person)


async def test_whoever_is_appointed_is_told_and_sees_the_new_keys(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant()
    await candidates(admin)
    await admin.press(NAME)
    await choose_district(town, admin)

    assert (
        person.says(
            "notice-role-given",
            role=Role.COORDINATOR,
            district=town.house.districts.name("rudny", "ru"),
        )
        in person.screen
    )
    assert person.says("key-applications") in person.keys


@pytest.mark.parametrize("typed", ["үлгі", "ЕРЛАН"])
async def test_f11_appointed_by_a_part_of_the_name(town: Town, typed: str) -> None:
    admin, person = await town.admin(), await town.assistant()
    await candidates(admin)
    await admin.send(typed)
    assert admin.buttons[0] == NAME

    await admin.press(NAME)
    await choose_district(town, admin)

    assert (Role.COORDINATOR, "rudny") in await held(town, person)


async def test_f11_a_sign_of_a_pattern_is_nobodys_name(town: Town) -> None:
    admin = await town.admin()
    await town.assistant()
    await candidates(admin)

    await admin.send("%")

    assert admin.screen == admin.says("role-candidates-found", count=0, search="%")
    assert admin.buttons == [admin.says("role-candidates-all"), admin.says("button-back")]
    await admin.choose("role-candidates-all")
    assert NAME in admin.buttons


async def test_appointed_by_the_contact_of_somebody_known(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant()
    await candidates(admin)
    await admin.share_contact(of=person)
    assert NAME in admin.screen

    await choose_district(town, admin)

    assert (Role.COORDINATOR, "rudny") in await held(town, person)
    assert (await town.me(person)).full_name == NAME


async def test_a_stranger_appointed_by_contact_has_the_menu_after_consent(town: Town) -> None:
    admin, stranger = await town.admin(), town.phone("Жаңаев", "ru")
    await candidates(admin)
    await admin.do("forward_contact", stranger.user.phone, "Жаңаев Марат", stranger.id)
    await choose_district(town, admin)
    await open_holder(admin, "Жаңаев Марат", "coordinator")
    assert town.house.bot_username in admin.screen

    await stranger.start()
    await stranger.choose("language-name")
    assert (await town.me(stranger)).step is Step.CONSENT
    await stranger.choose("registration-agree")

    assert "Жаңаев Марат" in stranger.screen
    assert stranger.says("key-applications") in stranger.keys
    assert stranger.says("key-apply") not in stranger.keys


async def test_a_contact_with_a_single_name_can_be_appointed(town: Town) -> None:
    admin, stranger = await town.admin(), town.phone("Марат", "ru")
    await candidates(admin)
    await admin.share_contact(of=stranger)
    await choose_district(town, admin)
    assert (Role.COORDINATOR, "rudny") in await held(town, stranger)

    await stranger.start()
    await stranger.choose("language-name")
    await stranger.choose("registration-agree")
    await stranger.send("Жаңаев Марат")

    assert (await town.me(stranger)).full_name == "Жаңаев Марат"
    assert stranger.says("key-applications") in stranger.keys


async def test_a_contact_without_telegram_is_said_to_be_one(town: Town) -> None:
    admin = await town.admin()
    await candidates(admin)

    await admin.do("forward_contact", "+77001234567", "Жаңаев Марат")

    assert admin.says("error-contact-no-account") in admin.screen
    assert admin.says("role-candidates", role="coordinator", count=1) in admin.screen


async def test_a_sticker_is_no_candidate(town: Town) -> None:
    admin = await town.admin()
    await candidates(admin)

    await admin.do("sticker")

    assert admin.says("error-contact-or-name") in admin.screen


async def test_appointed_twice_is_said_so(town: Town) -> None:
    admin = await town.admin()
    await town.coordinator("rudny", "Тасадиев Нұрлан")
    before = await town.dump()
    await candidates(admin)
    await admin.press("Тасадиев Нұрлан")

    await choose_district(town, admin)

    assert admin.toast == admin.says("error-already-holds")
    assert await town.dump() == before


async def test_two_appointments_at_once_are_one(town: Town) -> None:
    admins = [await town.admin(), await town.admin("Екінші Әкім")]
    person = await town.assistant()
    me = await town.me(person)

    async with town.at_once():
        for admin in admins:
            await admin.press_data(f"appoint:observer:{me.person_id}:-")

    dump = await town.dump()
    assert sum(Role.OBSERVER.value in row for row in dump["grants"]) == 1
    toasts = {admin.toast for admin in admins}
    assert toasts == {
        admins[0].says(key) for key in ("role-appointed-toast", "error-already-holds")
    }


@pytest.mark.parametrize("place", ["rudny", None])
async def test_an_observer_is_appointed_for_a_district_or_the_region(
    town: Town, place: str | None
) -> None:
    admin, person = await town.admin(), await town.assistant()
    await candidates(admin, "observer")
    await admin.press(NAME)
    region = town.house.content.region.names["ru"]

    await admin.press(town.house.districts.name(place, "ru") if place else region)

    assert (Role.OBSERVER, place) in await held(town, person)
    assert person.says("key-applications") not in person.keys


async def test_an_admin_is_appointed_for_the_region_only(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant()
    me = await town.me(person)
    await candidates(admin, "admin")
    await admin.press(NAME)
    assert len(admin.buttons) == 2

    await admin.press_data(f"appoint:admin:{me.person_id}:rudny")
    assert admin.toast == admin.says("error-role-scope")
    assert not (await town.me(person)).is_staff


async def test_nobody_becomes_an_assistant_by_appointment(town: Town) -> None:
    admin, person = await town.admin(), await town.applicant()
    me = await town.me(person)

    await admin.press_data(f"appoint:assistant:{me.person_id}:rudny")

    assert admin.toast == admin.says("error-role-scope")
    assert not (await town.me(person)).roles


async def test_the_role_of_an_assistant_is_not_taken_by_a_forged_button(town: Town) -> None:
    admin, person = await town.admin(), await town.assistant()
    grant = max(row[0] for row in (await town.dump())["grants"])

    await admin.press_data(f"dismiss:{grant}:coordinator")

    assert admin.toast == admin.says("error-not-found")
    assert (await town.me(person)).roles == {Role.ASSISTANT}


async def test_dismissed_is_told_and_loses_the_keys(town: Town) -> None:
    admin, person = await town.admin(), await town.coordinator("rudny", "Тасадиев Нұрлан")
    await open_holder(admin, "Тасадиев Нұрлан", "coordinator")

    await admin.choose("role-dismiss")

    assert admin.toast == admin.says("role-dismissed-toast")
    assert not (await town.me(person)).roles
    assert person.says("key-applications") not in person.keys


async def test_dismissed_twice_is_refused_the_second_time(town: Town) -> None:
    admins = [await town.admin(), await town.admin("Екінші Әкім")]
    await town.coordinator("rudny", "Тасадиев Нұрлан")
    for admin in admins:
        await open_holder(admin, "Тасадиев Нұрлан", "coordinator")

    await admins[0].choose("role-dismiss")
    await admins[1].choose("role-dismiss")

    assert admins[1].toast == admins[1].says("error-not-found")
    assert (await town.audit_actions()).count("grant.revoked") == 1


async def test_e10_the_last_admin_stays(town: Town) -> None:
    admin = await town.admin("Соңғы Әкім")
    await open_holder(admin, "Соңғы Әкім", "admin")

    await admin.choose("role-dismiss")

    assert admin.toast == admin.says("error-last-admin")
    assert (await town.me(admin)).roles == {Role.ADMIN}
    assert admin.says("key-roles") in admin.keys


async def test_an_admin_who_dismissed_himself_loses_the_buttons_at_once(town: Town) -> None:
    await town.admin("Бірінші Әкім")
    admin = await town.admin("Екінші Әкім")
    await open_holder(admin, "Екінші Әкім", "admin")

    await admin.choose("role-dismiss")

    assert not (await town.me(admin)).roles
    assert admin.says("key-roles") not in admin.keys
    await admin.press_data("roles")
    assert admin.toast == admin.says("error-access-denied")


async def test_e10_of_two_admins_dismissing_each_other_at_once_one_stays(town: Town) -> None:
    admins = [await town.admin("Бірінші Әкім"), await town.admin("Екінші Әкім")]
    await open_holder(admins[0], "Екінші Әкім", "admin")
    await open_holder(admins[1], "Бірінші Әкім", "admin")

    async with town.at_once():
        for admin in admins:
            await admin.choose("role-dismiss")

    assert sum([Role.ADMIN in (await town.me(admin)).roles for admin in admins]) == 1


async def test_e10_of_two_admins_leaving_at_once_one_stays(town: Town) -> None:
    admins = [await town.admin("Бірінші Әкім"), await town.admin("Екінші Әкім")]
    await open_holder(admins[0], "Бірінші Әкім", "admin")
    await open_holder(admins[1], "Екінші Әкім", "admin")

    async with town.at_once():
        for admin in admins:
            await admin.choose("role-dismiss")

    assert sum([Role.ADMIN in (await town.me(admin)).roles for admin in admins]) == 1
    assert admins[0].says("error-last-admin") in {admin.toast for admin in admins}


async def test_a_coordinator_of_two_districts_keeps_the_other(town: Town) -> None:
    admin, person = await town.admin(), await town.coordinator("rudny", "Тасадиев Нұрлан")
    await town.appoint(person, Role.COORDINATOR, "lisakovsk")
    await open_holder(
        admin, f"Тасадиев Нұрлан · {town.house.districts.name('rudny', 'ru')}", "coordinator"
    )

    await admin.choose("role-dismiss")

    assert await held(town, person) == {(Role.COORDINATOR, "lisakovsk")}
    assert person.says("key-applications") in person.keys


async def test_more_holders_than_a_screen_takes_are_turned_by_pages(town: Town) -> None:
    admin = await town.admin()
    names = [f"Үлгіев Ерлан{'а' * number}" for number in range(10)]
    for name in names:
        await town.coordinator(name=name)
    await admin.tap("key-roles")

    await admin.press(admin.says("roles-row", role="coordinator", count=0).partition(":")[0])
    first = [name for name in names if any(name + " " in f"{row} " for row in admin.buttons)]
    await admin.press("▶")
    second = [name for name in names if any(name + " " in f"{row} " for row in admin.buttons)]

    assert (len(first), len(second)) == (8, 2)
    assert not set(first) & set(second)
    assert admin.says("role-appoint", role="coordinator") in admin.buttons
