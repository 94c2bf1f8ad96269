"""Applications: a coordinator of that district decides, once, and says why."""

import re

import pytest
from structlog.testing import capture_logs

from bot.handlers.applications import Approve, OpenApplication, Reject
from bot.services.states import ApplicationState, AssistantStatus, Role
from tests.phone import Phone
from tests.town import Town

NUMBER = re.compile(r"\d{2}-\d{5}-\d")


async def application_id(town: Town, phone: Phone) -> int:
    application = (await town.me(phone)).application
    assert application is not None
    return application.id


async def state_of(town: Town, phone: Phone) -> ApplicationState:
    application = (await town.me(phone)).application
    assert application is not None
    return application.state


async def number_of(town: Town, phone: Phone) -> str:
    assistant = (await town.me(phone)).assistant
    assert assistant is not None
    return assistant.service_number


async def ask_reason(coordinator: Phone) -> None:
    """Go from the menu to the question why the only application is refused."""
    await coordinator.tap("key-applications")
    await coordinator.press("Образцов Тимур")
    await coordinator.choose("application-reject")


async def apply_again(town: Town, recruit: Phone, district: str) -> None:
    await recruit.tap("key-apply")
    await recruit.press(town.house.districts.name(district, recruit.language))
    await recruit.choose("registration-send")


async def test_the_list_holds_only_the_coordinators_own_district(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    await town.applicant("rudny", "Чужаков Олег")
    await town.applicant("kostanay", "Образцов Тимур")

    await coordinator.tap("key-applications")

    assert coordinator.buttons[0].startswith("Образцов Тимур")
    assert not any("Чужаков" in button for button in coordinator.buttons)


async def test_a_coordinator_approves_from_the_notice_and_the_recruit_has_a_number(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()

    await coordinator.choose("application-approve")

    number = await number_of(town, recruit)
    assert coordinator.toast == coordinator.says("application-approved-toast", number=number)
    assert number in recruit.screen
    assert coordinator.says("application-approve") not in coordinator.buttons


async def test_a_district_without_a_coordinator_is_decided_by_the_admin(town: Town) -> None:
    admin = await town.admin()
    recruit = await town.applicant("uzunkol")

    await admin.choose("application-approve")

    assert await state_of(town, recruit) is ApplicationState.APPROVED


@pytest.mark.parametrize("press", [Approve, Reject, OpenApplication])
async def test_e1_a_foreign_application_looks_like_one_that_does_not_exist(
    town: Town, press: type[Approve | Reject | OpenApplication]
) -> None:
    await town.coordinator("rudny")
    recruit = await town.applicant("rudny", "Чужаков Олег")
    intruder = await town.coordinator("kostanay")
    before = await town.dump()

    answers = []
    for number in (await application_id(town, recruit), 999_999):
        await intruder.start()
        with capture_logs() as logs:
            await intruder.press_data(press(application_id=number).pack())
        answers.append((intruder.toast, intruder.screen, intruder.buttons, intruder.keys))
        if number != 999_999:
            refused = {line["actor_id"] for line in logs if line["event"] == "access_refused"}
            assert refused == {(await town.me(intruder)).person_id}

    assert answers[0] == answers[1]
    assert answers[0][0] == intruder.says("error-not-found")
    assert await town.dump() == before


@pytest.mark.parametrize("exists", [True, False], ids=["a draft", "nothing"])
async def test_e1_a_draft_is_nobodys_to_see_and_the_attempt_is_logged(
    town: Town, exists: bool
) -> None:
    recruit = town.phone()
    await recruit.start()
    await recruit.choose("language-name")
    stranger = await town.assistant()
    number = await application_id(town, recruit) if exists else 999_999

    with capture_logs() as logs:
        await stranger.press_data(OpenApplication(application_id=number).pack())

    assert stranger.toast == stranger.says("error-access-denied")
    assert "access_refused" in [line["event"] for line in logs]


async def test_e2_the_old_button_of_a_dismissed_coordinator_is_refused(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await town.dismiss(coordinator)

    await coordinator.choose("application-approve")

    assert coordinator.toast == coordinator.says("error-access-denied")
    assert await state_of(town, recruit) is ApplicationState.PENDING
    assert coordinator.says("key-applications") not in coordinator.keys


async def test_e2_the_old_button_of_a_coordinator_moved_elsewhere_is_refused(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    recruit = await town.applicant("kostanay")
    await town.dismiss(coordinator)
    await town.appoint(coordinator, Role.COORDINATOR, "rudny")

    await coordinator.choose("application-approve")

    assert coordinator.toast == coordinator.says("error-not-found")
    assert await state_of(town, recruit) is ApplicationState.PENDING


async def test_e2_a_reason_typed_after_the_dismissal_refuses_nobody(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)
    await town.dismiss(coordinator)

    await coordinator.send("Живёт в другой области")

    assert coordinator.says("error-access-denied") in coordinator.screen
    assert await state_of(town, recruit) is ApplicationState.PENDING


async def test_the_second_coordinator_is_told_who_decided(town: Town) -> None:
    first = await town.coordinator(name="Первова Анна")
    second = await town.coordinator(name="Второва Инна")
    recruit = await town.applicant()

    await first.choose("application-approve")
    before = await town.dump()
    await second.choose("application-approve")

    assert second.toast == second.says(
        "error-application-decided",
        state=ApplicationState.APPROVED,
        at=town.clock(),
        by="Первова Анна",
    )
    assert "Первова Анна" in second.screen
    assert await town.dump() == before
    assert await state_of(town, recruit) is ApplicationState.APPROVED


async def test_two_coordinators_at_once_give_one_number(town: Town) -> None:
    first = await town.coordinator(name="Первова Анна")
    second = await town.coordinator(name="Второва Инна")
    recruit = await town.applicant()

    async with town.at_once():
        await first.choose("application-approve")
        await second.choose("application-approve")

    number = await number_of(town, recruit)
    toasts = sorted([first.toast, second.toast], key=lambda toast: number not in toast)
    assert toasts[0] == first.says("application-approved-toast", number=number)
    assert re.search("Первова Анна|Второва Инна", toasts[1])
    assert (await town.audit_actions()).count("application.approved") == 1
    assert sum(number in message["text"] for message in recruit.inbox) == 1


async def test_approval_and_rejection_at_once_leave_one_decision(town: Town) -> None:
    first = await town.coordinator(name="Первова Анна")
    second = await town.coordinator(name="Второва Инна")
    await town.applicant()
    await ask_reason(second)

    async with town.at_once():
        await first.choose("application-approve")
        await second.send("Не пришёл на беседу")

    actions = await town.audit_actions()
    assert actions.count("application.approved") + actions.count("application.rejected") == 1


async def test_j2_mashing_approve_gives_one_number_and_one_notice(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()

    async with town.at_once():
        for _ in range(8):
            await coordinator.choose("application-approve")

    assert (await town.audit_actions()).count("application.approved") == 1
    assert sum(bool(NUMBER.search(message["text"])) for message in recruit.inbox) == 1


async def test_recruits_approved_at_once_have_numbers_of_their_own(town: Town) -> None:
    coordinators = [await town.coordinator(name=f"Первова {word}") for word in ("Анна", "Инна")]
    recruits = [await town.applicant(name=f"Образцов {word}") for word in ("Тимур", "Олег", "Ян")]
    ids = [await application_id(town, recruit) for recruit in recruits]

    async with town.at_once():
        for coordinator in coordinators:
            for number in ids:
                await coordinator.press_data(Approve(application_id=number).pack())

    assert len({await number_of(town, recruit) for recruit in recruits}) == 3


async def test_ones_own_application_is_for_others_to_decide(town: Town) -> None:
    applicant = await town.applicant("kostanay")
    await town.appoint(applicant, Role.COORDINATOR, "kostanay")

    number = await application_id(town, applicant)
    await applicant.press_data(Approve(application_id=number).pack())

    assert applicant.toast == applicant.says("error-own-application")
    assert await state_of(town, applicant) is ApplicationState.PENDING


async def test_the_only_coordinators_own_application_is_told_to_the_admin(town: Town) -> None:
    admin = await town.admin()
    coordinator = await town.coordinator("kostanay")
    await coordinator.send(coordinator.says("key-apply"))
    await coordinator.press(town.house.districts.name("kostanay", "ru"))
    await coordinator.choose("registration-send")

    assert admin.says("notice-application") in admin.screen
    assert not any(
        coordinator.says("notice-application") in message["text"] for message in coordinator.inbox
    )


async def test_an_application_withdrawn_meanwhile_is_said_to_be_withdrawn(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await recruit.tap("key-my-application")
    await recruit.choose("application-withdraw")

    await coordinator.choose("application-approve")

    assert coordinator.toast == coordinator.says("error-application-withdrawn")
    assert (await town.me(recruit)).assistant is None


async def test_withdrawal_and_approval_at_once_agree_on_one_outcome(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await recruit.tap("key-my-application")

    async with town.at_once():
        await recruit.choose("application-withdraw")
        await coordinator.choose("application-approve")

    taken_on = (await town.me(recruit)).assistant is not None
    assert taken_on == (await state_of(town, recruit) is ApplicationState.APPROVED)


async def test_the_recruit_reads_the_reason(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)

    await coordinator.send("Живёт в другой области")

    assert recruit.screen == recruit.says("notice-rejected", reason="Живёт в другой области")
    assert recruit.says("key-apply") in recruit.keys
    assert coordinator.says("application-rejected-done") in coordinator.screen


@pytest.mark.parametrize("reason", ["?", ". ", "-1", "\u200b\u200b\u200b"])
async def test_a_reason_without_words_is_asked_for_again(town: Town, reason: str) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)

    await coordinator.send(reason)

    assert coordinator.says("error-reason-short") in coordinator.screen
    assert await state_of(town, recruit) is ApplicationState.PENDING
    await coordinator.send("Живёт в другой области")
    assert await state_of(town, recruit) is ApplicationState.REJECTED


async def test_a_sticker_is_no_reason(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)

    await coordinator.do("sticker")

    assert coordinator.says("error-text-wanted") in coordinator.screen
    assert await state_of(town, recruit) is ApplicationState.PENDING


async def test_a_reason_too_long_is_refused_with_both_numbers(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)

    await coordinator.send("ә" * 501)

    assert coordinator.says("error-reason-long", limit=500, length=501) in coordinator.screen
    await coordinator.send("ә" * 500)
    assert "ә" * 500 in recruit.screen


@pytest.mark.parametrize(
    "reason",
    [
        '<a href="tg://user?id=1">клик</a> & <b',
        '=HYPERLINK("http://example.invalid")',
        "{ $name } {0.__class__} %s ${x}",
        "'; DROP TABLE people; --",
    ],
)
async def test_f1_a_reason_is_shown_to_the_letter(town: Town, reason: str) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)

    await coordinator.send(reason)

    assert reason in recruit.screen
    assert reason in coordinator.screen
    entities = recruit.inbox[-1].get("entities", [])
    assert not [each for each in entities if each["type"] in ("text_link", "text_mention")]


async def test_f12_a_reason_of_several_lines_is_one_line(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()
    await ask_reason(coordinator)

    await coordinator.send("Первая\nвторая\u202eтретья")

    assert "Первая втораятретья" in recruit.screen


async def test_after_a_rejection_the_application_goes_to_another_district(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    neighbour = await town.coordinator("rudny")
    recruit = await town.applicant("kostanay")
    await ask_reason(coordinator)
    await coordinator.send("Живёт в Рудном")

    await apply_again(town, recruit, "rudny")
    await neighbour.choose("application-approve")

    assert await state_of(town, recruit) is ApplicationState.APPROVED
    assert NUMBER.search(recruit.screen)


async def test_after_a_dismissal_the_old_number_comes_back(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.assistant(name="Образцов Тимур")
    number = await number_of(town, recruit)
    me, boss = await town.me(recruit), await town.me(coordinator)
    await town.house.services.assistants.set_status(
        boss.person_id, me.person_id, AssistantStatus.DISMISSED, "Уехал надолго"
    )
    await town.settle()

    await apply_again(town, recruit, "kostanay")
    await coordinator.choose("application-approve")

    assert await number_of(town, recruit) == number
    assistant = (await town.me(recruit)).assistant
    assert assistant is not None
    assert assistant.status is AssistantStatus.TRAINEE
    assert assistant.reason == ""


async def test_the_list_turns_its_pages_round(town: Town) -> None:
    coordinator = await town.coordinator()
    for letter in "абвгдежзи":
        await town.applicant(name=f"Образцов Т{letter}мур")
    await coordinator.tap("key-applications")
    assert coordinator.says("page-number", number=1, last=2) in coordinator.buttons

    await coordinator.press("▶")
    assert coordinator.buttons[0].startswith("Образцов Тимур")
    await coordinator.press("▶")
    assert coordinator.says("page-number", number=1, last=2) in coordinator.buttons


async def test_a_page_beyond_the_end_is_the_last_one(town: Town) -> None:
    coordinator = await town.coordinator()
    await town.applicant()

    await coordinator.press_data(f"apps:{2**63 - 1}")

    assert any(button.startswith("Образцов") for button in coordinator.buttons)
