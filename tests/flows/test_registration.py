"""A recruit registers: seven answers from START to an application."""

import pytest

from bot.services.states import ApplicationState, AssistantStatus
from tests.phone import Phone
from tests.town import Town


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_a_recruit_applies_and_is_approved(town: Town, language: str) -> None:
    coordinator = await town.coordinator(language=language)
    recruit = town.phone(language=language)

    await recruit.start()
    await recruit.choose("language-name")
    await recruit.choose("registration-agree")
    await recruit.send("Серікова Айжан")
    await recruit.share_contact()
    await recruit.press(town.house.districts.name("kostanay", language))
    await recruit.choose("registration-send")

    assert (
        recruit.says(
            "menu-application-waiting", district=town.house.districts.name("kostanay", language)
        )
        in recruit.screen
    )
    assert "Серікова Айжан" in coordinator.screen
    assert recruit.user.phone in coordinator.screen

    await coordinator.choose("application-approve")

    me = await town.me(recruit)
    assert me.assistant is not None
    assert me.assistant.status is AssistantStatus.TRAINEE
    assert me.assistant.service_number in coordinator.toast
    assert me.assistant.service_number in recruit.screen
    assert recruit.says("key-apply") not in recruit.keys


async def test_a_recruit_is_rejected_with_a_reason_and_applies_again(town: Town) -> None:
    coordinator = await town.coordinator()
    recruit = await town.applicant()

    await coordinator.tap("key-applications")
    await coordinator.press("Образцов Тимур")
    await coordinator.choose("application-reject")
    await coordinator.send("Живёт в другой области")

    assert "Живёт в другой области" in recruit.screen
    me = await town.me(recruit)
    assert me.application is not None
    assert me.application.state is ApplicationState.REJECTED

    await recruit.tap("key-apply")
    await recruit.press("г. Костанай")
    await recruit.choose("registration-send")

    assert "Образцов Тимур" in coordinator.screen


async def test_back_leads_from_every_question_to_the_answers_given(town: Town) -> None:
    recruit = town.phone(language="ru")
    await recruit.start()
    await recruit.choose("language-name")
    await recruit.choose("registration-agree")
    assert recruit.buttons == [recruit.says("button-cancel")]
    await recruit.send("Серікова Айжан")
    await recruit.share_contact()

    await recruit.choose("button-back")
    assert "Шаг 2 из 3." in recruit.screen
    await recruit.send("8 701 000 00 00")
    assert "Шаг 2 из 3." in recruit.screen
    await recruit.share_contact()
    await recruit.press("г. Костанай")

    for change in ("registration-change-name", "registration-change-district"):
        await recruit.choose(change)
        await recruit.choose("button-back")
        assert recruit.says("registration-send") in recruit.buttons
    assert await answers(town, recruit) == ("Серікова Айжан", recruit.user.phone, "kostanay")


async def answers(town: Town, phone: Phone) -> tuple[str | None, str | None, str | None]:
    me = await town.me(phone)
    assert me.application is not None
    assert me.application.state is ApplicationState.DRAFT
    return me.full_name, me.phone, me.application.district
