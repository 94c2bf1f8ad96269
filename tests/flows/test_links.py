"""Links: whatever is opened, a person lands somewhere; each secret works once."""

import re
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.services.links import CLAIM_LIFETIME, RELINK_LIFETIME
from bot.services.people import Step
from bot.services.states import AssistantStatus, Role
from tests.phone import Phone
from tests.town import Town

LINK = re.compile(r"https://t\.me/\S+")


async def claim_link(town: Town) -> str:
    secret = await town.house.services.links.make_claim()
    assert secret is not None
    return f"claim_{secret}"


async def relink_link(coordinator: Phone, name: str = "Үлгіев Ерлан") -> str:
    """Get a link for the assistant's new account, button by button."""
    await coordinator.tap("key-assistants")
    await coordinator.press(name)
    await coordinator.choose("assistant-relink")
    found = LINK.search(coordinator.screen)
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    "payload",
    [
        "a" * 65,
        "invite_" + "a" * 500,
        "ref12345",
        "promo_summer",
        "invite",
        "invite_",
        "claim_",
        "account_",
        "_",
        "__",
        "invite_ %$#!",
        "%D0%B0",
        "INVITE_abc",
        "a b c",
    ],
)
async def test_e7_a_payload_that_is_none_of_ours_is_met_politely(town: Town, payload: str) -> None:
    phone = town.phone()

    with capture_logs() as logs:
        await phone.send(f"/start {payload}")

    assert phone.says("language-ask") in phone.screen
    assert not [line for line in logs if line["log_level"] == "error"]
    assert (await town.me(phone)).application is None


@pytest.mark.parametrize(
    ("payload", "why"),
    [
        ("invite_nosuchcode", "error-invite-unknown"),
        ("claim_nosuchsecret", "error-link-unknown"),
        ("account_nosuchsecret", "error-link-unknown"),
    ],
)
async def test_e7_a_secret_nobody_made_is_said_to_be_no_good(
    town: Town, payload: str, why: str
) -> None:
    phone = await town.coordinator()

    await phone.start(payload)

    assert phone.says(why) in phone.screen


@pytest.mark.parametrize("prefix", ["invite", "claim", "account"])
async def test_f6_a_nul_in_a_payload_is_a_refusal_and_no_failure(town: Town, prefix: str) -> None:
    phone = await town.coordinator()

    with capture_logs() as logs:
        await phone.send(f"/start {prefix}_a\x00b")

    assert not [line for line in logs if line["log_level"] == "error"]


async def test_whoever_opens_the_claim_link_is_the_first_admin(town: Town) -> None:
    phone = town.phone(language="ru")

    await phone.start(await claim_link(town))
    await phone.choose("language-name")
    await phone.choose("registration-agree")
    await phone.send("Әкімова Әлия")

    assert phone.says("key-roles") in phone.keys
    assert (await town.me(phone)).roles == {Role.ADMIN}


async def test_the_claim_is_said_to_have_worked(town: Town) -> None:
    phone = town.phone(language="kk")

    await phone.start(await claim_link(town))

    assert phone.says("claim-done") in phone.screen


async def test_a_claim_link_makes_no_second_admin(town: Town) -> None:
    first, second = town.phone(language="kk"), town.phone(language="kk")
    link = await claim_link(town)
    await first.start(link)

    await second.start(link)

    assert second.says("error-claim-used") in second.screen
    assert not (await town.me(second)).roles


async def test_of_two_who_claim_at_once_one_becomes_admin(town: Town) -> None:
    phones = [town.phone(language="kk") for _ in range(2)]
    link = await claim_link(town)

    async with town.at_once():
        for phone in phones:
            await phone.start(link)

    roles = [(await town.me(phone)).roles for phone in phones]
    assert sorted(roles, key=len) == [frozenset(), {Role.ADMIN}]


async def test_a_claim_link_is_dead_once_there_is_an_admin(town: Town) -> None:
    link = await claim_link(town)
    await town.admin()
    phone = town.phone(language="kk")

    await phone.start(link)

    assert phone.says("error-claim-used") in phone.screen
    assert not (await town.me(phone)).roles


async def test_a_fresh_claim_link_invalidates_the_one_before(town: Town) -> None:
    old, fresh = await claim_link(town), await claim_link(town)
    phone = town.phone(language="kk")

    await phone.start(old)
    assert phone.says("error-link-unknown") in phone.screen
    await phone.start(fresh)
    assert Role.ADMIN in (await town.me(phone)).roles


async def test_no_claim_link_is_made_once_there_is_an_admin(town: Town) -> None:
    await town.admin()
    assert await town.house.services.links.make_claim() is None


async def test_the_operators_claim_link_works_once_beside_an_admin_who_is_told(
    town: Town,
) -> None:
    admin = await town.admin()
    link = f"claim_{await town.house.services.links.offer_claim()}"
    await admin.start(link)
    assert admin.says("error-already-admin") in admin.screen
    phone, late = await town.assistant(name="Басқаев Болат"), town.phone(language="ru")

    await phone.start(link)
    await late.start(link)

    assert phone.says("claim-done") in phone.screen
    assert Role.ADMIN in (await town.me(phone)).roles
    assert admin.screen.startswith("⭐ Басқаев Болат: теперь администратор, по ссылке с сервера.")
    assert late.says("error-claim-used") in late.screen
    assert not (await town.me(late)).roles


async def test_the_operators_claim_link_expires(town: Town) -> None:
    await town.admin()
    phone = town.phone(language="ru")
    secret = await town.house.services.links.offer_claim()
    town.clock.advance(CLAIM_LIFETIME)

    await phone.start(f"claim_{secret}")

    assert phone.says("error-link-expired") in phone.screen
    assert not (await town.me(phone)).roles


async def test_a_secret_opens_nothing_under_another_prefix(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    link = await relink_link(coordinator)
    stranger = town.phone(language="kk")

    await stranger.open(link.replace("account_", "claim_"))

    assert stranger.says("error-link-unknown") in stranger.screen
    assert not (await town.me(stranger)).roles


async def test_the_account_named_in_the_settings_becomes_admin_before_it_writes(
    town: Town,
) -> None:
    phone = town.phone(language="ru")
    await town.house.services.links.ensure_admin(phone.id)

    await phone.start()
    await phone.choose("language-name")
    await phone.choose("registration-agree")
    await phone.send("Әкімова Әлия")

    assert phone.says("key-roles") in phone.keys
    assert phone.says("key-apply") not in phone.keys


async def test_the_settings_make_no_admin_where_there_is_one(town: Town) -> None:
    admin, other = await town.admin(), town.phone()

    await town.house.services.links.ensure_admin(other.id)
    await town.house.services.links.ensure_admin(admin.id)

    assert not (await town.me(other)).roles
    assert (await town.audit_actions()).count("grant.given") == 1


async def test_a_relink_keeps_number_role_and_history(town: Town) -> None:
    coordinator, old = await town.coordinator(), await town.assistant()
    before = await town.me(old)
    fresh = town.phone("Ерлан", "kk")

    await fresh.open(await relink_link(coordinator))

    after = await town.me(fresh)
    assert after.person_id == before.person_id
    assert after.assistant == before.assistant
    assert after.roles == before.roles
    assert (after.full_name, after.phone) == (before.full_name, before.phone)
    assert fresh.screen.startswith(old.says("relink-done"))


async def test_the_coordinator_is_told_of_the_relink(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()

    await town.phone().open(await relink_link(coordinator))

    assert coordinator.screen == "🔁 Үлгіев Ерлан теперь пишет с нового аккаунта."


async def test_the_old_account_is_told_and_greeted_as_a_newcomer(town: Town) -> None:
    coordinator, old = await town.coordinator(), await town.assistant(language="en")
    await town.phone().open(await relink_link(coordinator))
    assert old.screen.startswith("🔁 Your work in this bot has moved to another Telegram account.")

    await old.start()

    me = await town.me(old)
    assert me.step is Step.LANGUAGE
    assert me.assistant is None
    assert old.says("language-ask") in old.screen


async def test_the_old_phones_keys_open_nothing_after_the_relink(town: Town) -> None:
    coordinator, old = await town.coordinator(), await town.assistant()
    await town.phone().open(await relink_link(coordinator))

    await old.tap("key-profile")

    assert "Үлгіев" not in old.screen
    assert old.says("language-ask") in old.screen


async def test_notices_go_to_the_new_account(town: Town) -> None:
    coordinator, old = await town.coordinator(), await town.assistant()
    fresh = town.phone()
    await fresh.open(await relink_link(coordinator))
    heard = len(old.inbox)

    me, boss = await town.me(fresh), await town.me(coordinator)
    await town.house.services.assistants.set_status(
        boss.person_id, me.person_id, AssistantStatus.SUSPENDED, "Просит перерыв"
    )
    await town.settle()

    assert "Просит перерыв" in fresh.screen
    assert len(old.inbox) == heard


async def test_a_relink_works_once(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    link = await relink_link(coordinator)
    fresh, late = town.phone(), town.phone(language="kk")
    await fresh.open(link)

    await late.open(link)

    assert late.says("error-link-used") in late.screen
    assert (await town.me(late)).assistant is None


async def test_of_two_who_open_a_relink_at_once_one_is_the_assistant(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    link = await relink_link(coordinator)
    phones = [town.phone() for _ in range(2)]
    for phone in phones:
        await phone.start()

    async with town.at_once():
        for phone in phones:
            await phone.open(link)

    assert sum([(await town.me(phone)).assistant is not None for phone in phones]) == 1


async def test_a_relink_expires(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    link = await relink_link(coordinator)
    fresh = town.phone(language="kk")
    town.clock.advance(RELINK_LIFETIME)

    await fresh.open(link)

    assert fresh.says("error-link-expired") in fresh.screen
    assert (await town.me(fresh)).assistant is None


async def test_a_relink_works_until_its_last_second(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    link = await relink_link(coordinator)
    fresh = town.phone()
    town.clock.advance(RELINK_LIFETIME - timedelta(seconds=1))

    await fresh.open(link)

    assert (await town.me(fresh)).assistant is not None


async def test_a_fresh_relink_invalidates_the_one_before(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    old, new = await relink_link(coordinator), await relink_link(coordinator)
    fresh = town.phone(language="kk")

    await fresh.open(old)
    assert fresh.says("error-link-unknown") in fresh.screen
    await fresh.open(new)
    assert (await town.me(fresh)).assistant is not None


async def test_a_relink_opened_by_the_same_account_is_not_spent(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    link = await relink_link(coordinator)

    await assistant.open(link)
    assert assistant.says("error-link-same-account") in assistant.screen

    fresh = town.phone()
    await fresh.open(link)
    assert (await town.me(fresh)).assistant is not None


@pytest.mark.parametrize("who", ["coordinator", "applicant", "assistant", "admin"])
async def test_a_relink_takes_no_account_of_another_participant(town: Town, who: str) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    link = await relink_link(coordinator)
    other: Phone = await getattr(town, who)(name="Басқаев Болат")

    await other.open(link)

    assert other.says("error-link-account-taken") in other.screen
    assert (await town.me(assistant)).assistant is not None


async def test_a_relink_may_be_opened_in_the_middle_of_a_registration(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    fresh = town.phone(language="ru")
    await fresh.start()
    await fresh.choose("language-name")
    await fresh.choose("registration-agree")

    await fresh.open(await relink_link(coordinator))

    assert fresh.says("relink-done") in fresh.screen
    assert (await town.me(fresh)).step is Step.DONE
    await fresh.send("Үлгіев")
    assert (await town.me(fresh)).full_name == "Үлгіев Ерлан"


async def test_a_new_number_given_before_the_relink_is_free_to_keep_after_it(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    fresh = town.phone(language="ru")
    await fresh.start()
    await fresh.choose("language-name")
    await fresh.choose("registration-agree")
    await fresh.send("Үлгіев Ерлан")
    await fresh.share_contact()
    await fresh.open(await relink_link(coordinator))

    await fresh.tap("key-profile")
    await fresh.choose("profile-change-phone")
    await fresh.share_contact()

    assert (await town.me(fresh)).phone == fresh.user.phone


async def test_a_relink_leaves_no_unfinished_registration_behind(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    fresh = town.phone(language="ru")
    await fresh.start()
    await fresh.choose("language-name")
    newcomer = await town.me(fresh)

    await fresh.open(await relink_link(coordinator))

    left = await town.house.services.people.get(newcomer.person_id)
    assert left is not None
    assert not left.applying


async def test_e2_a_link_is_dead_once_its_coordinator_is_dismissed(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    link = await relink_link(coordinator)
    await town.dismiss(coordinator)
    fresh = town.phone(language="kk")

    await fresh.open(link)

    assert fresh.says("error-link-expired") in fresh.screen
    assert (await town.me(assistant)).assistant is not None


async def test_e2_a_link_is_dead_once_the_assistant_moved_out_of_its_makers_district(
    town: Town,
) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    link = await relink_link(coordinator)
    me = await town.me(assistant)
    await town.house.services.assistants.move(await town.admin_id(), me.person_id, "rudny")
    fresh = town.phone(language="kk")

    await fresh.open(link)

    assert fresh.says("error-link-expired") in fresh.screen


@pytest.mark.parametrize(
    ("role", "district"),
    [(Role.ADMIN, None), (Role.OBSERVER, None), (Role.COORDINATOR, "rudny")],
)
async def test_e1_no_role_moves_by_the_hand_of_who_could_not_give_it(
    town: Town, role: Role, district: str | None
) -> None:
    coordinator, target = await town.coordinator(), await town.assistant()
    link = await relink_link(coordinator)
    await town.appoint(target, role, district)
    fresh = town.phone(language="ru")

    await fresh.open(link)
    assert fresh.says("error-link-expired") in fresh.screen
    await coordinator.tap("key-assistants")
    await coordinator.press("Үлгіев Ерлан")
    assert coordinator.says("assistant-relink") not in coordinator.buttons
    assert coordinator.says("assistant-relink-by-admin") in coordinator.screen
    before = await town.dump()
    await coordinator.press_data(f"relink:{(await town.me(target)).person_id}")

    assert coordinator.toast == coordinator.says("error-access-denied")
    assert await town.dump() == before
    assert role in (await town.me(target)).roles


async def test_an_admin_moves_one_who_holds_a_role_from_the_list_of_holders(town: Town) -> None:
    admin, other = await town.admin(), await town.admin("Екінші Әкім")
    lost, fresh = await town.coordinator("rudny"), town.phone(language="ru")
    before = await town.me(lost)
    await admin.tap("key-roles")
    await admin.choose("roles-row", role="coordinator", count=1)
    await admin.press("Марина Примерова")
    await admin.choose("assistant-relink")
    found = LINK.search(admin.screen)
    assert found is not None

    await fresh.open(found[0])

    after = await town.me(fresh)
    assert (after.person_id, after.held) == (before.person_id, before.held)
    for told in (admin, other):
        assert told.screen == "🔁 Марина Примерова теперь пишет с нового аккаунта."
    assert lost.screen.startswith("🔁 Ваша работа в боте перешла на другой аккаунт Telegram.")


async def test_e1_who_is_neither_an_assistant_nor_staff_is_not_moved(town: Town) -> None:
    admin, coordinator = await town.admin(), await town.coordinator("rudny")
    staff, nobody = await town.coordinator(name="Басқаев Болат"), await town.applicant()

    for actor, target in ((admin, nobody), (coordinator, nobody), (coordinator, staff)):
        await actor.press_data(f"relink:{(await town.me(target)).person_id}")
        assert actor.toast == actor.says("error-not-found")


async def test_only_the_hash_of_a_secret_is_kept(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    secret = (await relink_link(coordinator)).partition("account_")[2]

    assert secret
    assert secret not in str(await town.dump())


async def test_a_phone_of_somebody_else_is_not_taken_over(town: Town) -> None:
    owner, other = await town.assistant(), await town.assistant(name="Басқаев Болат")
    other.user.phone, before = owner.user.phone, (await town.me(other)).phone
    await other.tap("key-profile")
    await other.choose("profile-change-phone")

    await other.share_contact()

    assert other.says("error-phone-taken") in other.screen
    assert (await town.me(other)).phone == before
    assert (await town.me(owner)).phone == owner.user.phone


async def test_of_two_who_register_one_number_at_once_one_has_it(town: Town) -> None:
    phones = [await town.assistant(name=f"Басқаев {word}") for word in ("Болат", "Нұрлан")]
    for phone in phones:
        phone.user.phone = "+77001112233"
        await phone.tap("key-profile")
        await phone.choose("profile-change-phone")

    with capture_logs() as logs:
        async with town.at_once():
            for phone in phones:
                await phone.share_contact()

    assert sum([(await town.me(phone)).phone == "+77001112233" for phone in phones]) == 1
    assert not [line for line in logs if line["log_level"] == "error"]
