"""Assistants before their coordinator: found, suspended, reinstated, dismissed, moved."""

import pytest

from bot.services.states import AssistantStatus, Role
from tests.phone import Phone
from tests.town import Town

NAME = "Үлгіев Ерлан"


async def open_card(coordinator: Phone, name: str = NAME) -> None:
    await coordinator.tap("key-assistants")
    await coordinator.press(name)


async def set_status(coordinator: Phone, status: str, reason: str) -> None:
    await open_card(coordinator)
    await coordinator.choose("assistant-set-status", status=status)
    await coordinator.send(reason)


def decisions(phone: Phone) -> set[str]:
    """Return the buttons on the screen that change what an assistant is."""
    keys = {"assistant-move", "assistant-relink"}
    changes = {phone.says("assistant-set-status", status=each) for each in AssistantStatus}
    return set(phone.buttons) & (changes | {phone.says(key) for key in keys})


async def status_of(town: Town, phone: Phone) -> AssistantStatus:
    assistant = (await town.me(phone)).assistant
    assert assistant is not None
    return assistant.status


async def district_of(town: Town, phone: Phone) -> str:
    assistant = (await town.me(phone)).assistant
    assert assistant is not None
    return assistant.district


async def found(coordinator: Phone, search: str) -> list[str]:
    """Search and return the people found, without the buttons that lead elsewhere."""
    await coordinator.tap("key-assistants")
    await coordinator.send(search)
    return [button for button in coordinator.buttons if " · " in button]


async def test_suspended_with_a_reason_the_assistant_reads(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()

    await set_status(coordinator, "suspended", "Просит перерыв до мая")

    assert await status_of(town, assistant) is AssistantStatus.SUSPENDED
    assert "Просит перерыв до мая" in assistant.screen
    assert coordinator.says("assistant-status-done") in coordinator.screen
    await assistant.start()
    assert "Просит перерыв до мая" in assistant.screen


async def test_reinstated_with_a_reason(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await set_status(coordinator, "suspended", "Просит перерыв до мая")

    await set_status(coordinator, "active", "Вернулась из отпуска")

    assert await status_of(town, assistant) is AssistantStatus.ACTIVE
    assert "Вернулась из отпуска" in assistant.screen


@pytest.mark.parametrize("active", [True, False], ids=["active", "trainee"])
async def test_dismissed_with_a_reason_the_role_is_gone(town: Town, active: bool) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant(active=active)

    await set_status(coordinator, "dismissed", "Нарушил порядок")

    assert await status_of(town, assistant) is AssistantStatus.DISMISSED
    assert (await town.me(assistant)).roles == frozenset()
    assert "Нарушил порядок" in assistant.screen
    assert assistant.says("key-apply") in assistant.keys


async def test_a_dismissal_leaves_other_roles(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await town.appoint(assistant, Role.OBSERVER)

    await set_status(coordinator, "dismissed", "Уехал надолго")

    assert (await town.me(assistant)).roles == {Role.OBSERVER}


@pytest.mark.parametrize(
    ("active", "status"),
    [
        (False, "suspended"),
        (False, "active"),
        (True, "active"),
        (True, "trainee"),
        (False, "trainee"),
    ],
)
async def test_an_impossible_order_is_not_even_asked_for(
    town: Town, active: bool, status: str
) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant(active=active)
    person_id, before = (await town.me(assistant)).person_id, await town.dump()

    await coordinator.press_data(f"status:{person_id}:{status}")

    assert NAME in coordinator.screen
    assert coordinator.says("assistant-set-status", status="dismissed") in coordinator.buttons
    assert await town.dump() == before


async def test_nobody_comes_back_from_a_dismissal_by_a_button(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await set_status(coordinator, "dismissed", "Уехал надолго")
    person_id = (await town.me(assistant)).person_id

    await open_card(coordinator)
    assert not decisions(coordinator)
    await coordinator.press_data(f"status:{person_id}:active")
    await coordinator.send("Вернулась обратно")

    assert await status_of(town, assistant) is AssistantStatus.DISMISSED


async def test_the_second_coordinators_reason_comes_too_late(town: Town) -> None:
    first, second = await town.coordinator(), await town.coordinator(name="Второва Инна")
    assistant = await town.assistant()
    await open_card(second)
    await second.choose("assistant-set-status", status="suspended")
    await set_status(first, "suspended", "Просит перерыв")
    before = await town.dump()

    await second.send("Не отвечает на звонки")

    said = second.says("error-status-order", status=AssistantStatus.SUSPENDED, at=town.clock())
    assert said in second.screen
    assert await town.dump() == before
    assert await status_of(town, assistant) is AssistantStatus.SUSPENDED


async def test_two_suspensions_at_once_are_one(town: Town) -> None:
    phones = [await town.coordinator(), await town.coordinator(name="Второва Инна")]
    assistant = await town.assistant()
    for phone in phones:
        await open_card(phone)
        await phone.choose("assistant-set-status", status="suspended")

    async with town.at_once():
        for phone in phones:
            await phone.send("Просит перерыв")

    assert (await town.audit_actions()).count("assistant.suspended") == 1
    assert sum("Просит перерыв" in message["text"] for message in assistant.inbox) == 1


async def test_ones_own_card_has_no_buttons_and_forged_ones_are_refused(town: Town) -> None:
    assistant = await town.assistant()
    await town.appoint(assistant, Role.COORDINATOR, "kostanay")
    me, before = await town.me(assistant), await town.dump()

    await open_card(assistant)
    assert not decisions(assistant)
    for data in (f"move:{me.person_id}:kostanay", f"relink:{me.person_id}"):
        await assistant.press_data(data)
        assert assistant.toast == assistant.says("error-own-card")

    assert await town.dump() == before


async def test_a_reason_for_oneself_is_refused(town: Town) -> None:
    assistant = await town.assistant()
    await town.appoint(assistant, Role.COORDINATOR, "kostanay")
    me = await town.me(assistant)

    await assistant.press_data(f"status:{me.person_id}:dismissed")
    await assistant.send("Хочу уйти сама")

    assert assistant.says("error-own-card") in assistant.screen
    assert await status_of(town, assistant) is AssistantStatus.ACTIVE


async def test_an_admin_moves_and_the_role_follows(town: Town) -> None:
    admin, assistant = await town.admin(), await town.assistant()
    await open_card(admin)
    await admin.choose("assistant-move")

    await admin.press(town.house.districts.name("rudny", "ru"))

    assert admin.toast == admin.says("assistant-moved-toast")
    assert await district_of(town, assistant) == "rudny"
    held = (await town.me(assistant)).held
    assert [(each.role, each.district) for each in held] == [(Role.ASSISTANT, "rudny")]
    assert town.house.districts.name("rudny", "ru") in assistant.screen


async def test_a_coordinator_of_both_districts_moves(town: Town) -> None:
    coordinator, assistant = await town.coordinator("kostanay"), await town.assistant("kostanay")
    await town.appoint(coordinator, Role.COORDINATOR, "rudny")
    await open_card(coordinator)
    await coordinator.choose("assistant-move")
    assert len(coordinator.buttons) == 2

    await coordinator.press(town.house.districts.name("rudny", "ru"))

    assert await district_of(town, assistant) == "rudny"


async def test_a_coordinator_of_one_district_is_told_whom_to_ask(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    await open_card(coordinator)

    await coordinator.choose("assistant-move")

    assert "обратитесь к администратору" in coordinator.screen
    assert coordinator.buttons == [coordinator.says("button-back")]


async def test_e1_nobody_is_moved_into_a_foreign_district(town: Town) -> None:
    coordinator, assistant = await town.coordinator("kostanay"), await town.assistant("kostanay")
    me = await town.me(assistant)

    await coordinator.press_data(f"move:{me.person_id}:rudny")

    assert coordinator.toast == coordinator.says("error-not-found")
    assert await district_of(town, assistant) == "kostanay"


@pytest.mark.parametrize("district", ["nowhere", "kostanay"])
async def test_a_move_to_nowhere_or_to_the_same_place_is_refused(town: Town, district: str) -> None:
    admin, assistant = await town.admin(), await town.assistant("kostanay")
    me = await town.me(assistant)

    await admin.press_data(f"move:{me.person_id}:{district}")

    wanted = "error-district-unknown" if district == "nowhere" else "error-already-there"
    assert admin.toast == admin.says(wanted)


async def test_e2_the_old_coordinator_loses_whom_an_admin_moved_away(town: Town) -> None:
    coordinator, assistant = await town.coordinator("kostanay"), await town.assistant("kostanay")
    await open_card(coordinator)
    me = await town.me(assistant)
    await town.house.services.assistants.move(await town.admin_id(), me.person_id, "rudny")
    await town.settle()

    await coordinator.choose("assistant-set-status", status="suspended")

    assert coordinator.toast == coordinator.says("error-not-found")
    assert NAME not in coordinator.screen


async def test_who_was_dismissed_is_not_moved(town: Town) -> None:
    admin, assistant = await town.admin(), await town.assistant()
    await set_status(admin, "dismissed", "Уехал надолго")
    me = await town.me(assistant)

    await admin.press_data(f"move:{me.person_id}:rudny")

    assert await district_of(town, assistant) == "kostanay"
    assert (await town.me(assistant)).roles == frozenset()


@pytest.mark.parametrize("search", ["үлгі", "ҮЛГІ", "лгіев ерл", "ЕРЛАН", "  ерлан  ", "39-0000"])
async def test_f11_a_part_of_a_name_is_found_in_any_case(town: Town, search: str) -> None:
    coordinator = await town.coordinator()
    await town.assistant()

    assert any(NAME in button for button in await found(coordinator, search))


@pytest.mark.parametrize("search", ["%", "_", "%%", "Үлгіев_Ерлан", "'", '"', "' OR 1=1 --", "\\"])
async def test_f11_signs_of_a_pattern_are_letters(town: Town, search: str) -> None:
    coordinator = await town.coordinator()
    await town.assistant()

    assert await found(coordinator, search) == []
    assert search in coordinator.screen


async def test_f11_an_apostrophe_in_a_name_is_found(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant(name="О'Коннор-Ұлы Әжік")

    assert len(await found(coordinator, "о'коннор")) == 1
    assert len(await found(coordinator, "ӘЖІК")) == 1


async def test_a_search_finds_nobody_of_another_district(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    await town.assistant("rudny")

    assert await found(coordinator, "үлгі") == []


async def test_all_are_shown_again_after_a_search(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant()
    await found(coordinator, "нет такого")

    await coordinator.choose("assistants-all")

    assert any(NAME in button for button in coordinator.buttons)


async def test_the_list_is_by_name_and_turns_its_pages(town: Town) -> None:
    coordinator = await town.coordinator()
    for letter in "ИЗЖЕДГВБА":
        await town.assistant(name=f"{letter}бенов Болат")
    await coordinator.tap("key-assistants")
    shown = [button.split()[1] for button in coordinator.buttons if "Болат" in button]
    assert shown == [f"{letter}бенов" for letter in "АБВГДЕЖЗ"]

    await coordinator.press("▶")
    assert [button for button in coordinator.buttons if "Ибенов" in button]
    await coordinator.press("◀")
    assert [button for button in coordinator.buttons if "Абенов" in button]


async def test_those_dismissed_stand_last(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.assistant(name="Аянов Болат")
    await town.assistant()
    await open_card(coordinator, "Аянов Болат")
    await coordinator.choose("assistant-set-status", status="dismissed")
    await coordinator.send("Уехал надолго")

    await coordinator.tap("key-assistants")

    assert [button.split()[1] for button in coordinator.buttons[:2]] == ["Үлгіев", "Аянов"]


async def test_c5_the_card_says_that_notices_do_not_arrive(town: Town) -> None:
    coordinator, assistant = await town.coordinator(), await town.assistant()
    await assistant.do("block")

    await open_card(coordinator)

    assert coordinator.says("assistant-blocked-bot") in coordinator.screen
