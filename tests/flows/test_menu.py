"""Where a person is: /start goes on there, /cancel leaves, the language changes anywhere."""

import pytest
import sqlalchemy as sa

from bot import commands_menu
from bot.i18n import LANGUAGES
from bot.services.people import Step
from db.models.state import DialogState
from sandbox.commands import commands_for
from tests.flows.steps import NAME, QUESTIONS, answer, recruit_at, shown
from tests.phone import Phone
from tests.town import Town, open_town

COMMANDS = ["menu", "language", "check", "help", "cancel", "start"]


def question_of(phone: Phone) -> tuple[str, list[str]]:
    """Return the last message with its buttons."""
    return phone.screen, phone.buttons


async def forget_dialogues(town: Town) -> None:
    async with town.database.transaction() as uow:
        await uow.session.execute(sa.delete(DialogState))


@pytest.mark.parametrize("step", QUESTIONS)
@pytest.mark.parametrize("again", ["/start", "/menu"])
async def test_start_in_the_middle_asks_the_same_question(
    town: Town, step: Step, again: str
) -> None:
    phone = await recruit_at(town, step, "kk")
    question = question_of(phone)

    await phone.send(again)
    assert question_of(phone) == question

    await answer(phone, step)
    assert (await town.me(phone)).step is list(Step)[list(Step).index(step) + 1]


@pytest.mark.parametrize("step", QUESTIONS)
async def test_a_bot_that_lost_its_dialogues_asks_the_same_question(town: Town, step: Step) -> None:
    old = await recruit_at(town, step, "kk")
    question = question_of(old)
    await forget_dialogues(town)

    async with open_town(town.database, town.clock) as rebuilt:
        phone = rebuilt.same_person(old)
        await phone.start()
        assert question_of(phone) == question

        await answer(phone, step)
        assert (await rebuilt.me(phone)).step is list(Step)[list(Step).index(step) + 1]


@pytest.mark.parametrize("step", [Step.NAME, Step.PHONE])
async def test_an_answer_to_a_lost_dialogue_still_counts(town: Town, step: Step) -> None:
    old = await recruit_at(town, step)
    await forget_dialogues(town)

    async with open_town(town.database, town.clock) as rebuilt:
        phone = rebuilt.same_person(old)
        await answer(phone, step)  # without /start: the person never noticed anything

        me = await rebuilt.me(phone)
        assert me.full_name == NAME
        assert (me.phone is None) == (step is Step.NAME)


@pytest.mark.parametrize("step", [step for step in QUESTIONS if step is not Step.LANGUAGE])
async def test_cancel_at_any_question_opens_the_menu_and_a_new_start_is_possible(
    town: Town, step: Step
) -> None:
    phone = await recruit_at(town, step)

    await phone.send("/cancel")

    assert phone.screen.startswith(phone.says("cancelled"))
    assert phone.says("menu-guest") in phone.screen
    assert (await town.audit_actions())[-1] == "application.withdrawn"

    await phone.tap("key-apply")
    # The answers about the person are kept; those of the draft are not.
    assert (await town.me(phone)).step is (Step.DISTRICT if step is Step.CONFIRM else step)


async def test_cancel_before_a_language_asks_for_it_again(town: Town) -> None:
    phone = await recruit_at(town, Step.LANGUAGE, "kk")
    question = question_of(phone)

    await phone.send("/cancel")

    assert phone.screen == f"{phone.says('cancelled')}\n\n{question[0]}"
    assert phone.buttons == question[1]


async def test_cancel_takes_no_application_back_that_is_sent(town: Town) -> None:
    phone = await town.applicant()

    await phone.send("/cancel")

    assert "application.withdrawn" not in await town.audit_actions()
    assert phone.says("key-my-application") in phone.keys


@pytest.mark.parametrize("step", QUESTIONS)
async def test_help_in_the_middle_does_not_lose_the_question(town: Town, step: Step) -> None:
    phone = await recruit_at(town, step, "kk")

    await phone.send("/help")
    assert "102" in phone.screen
    assert "112" in phone.screen

    await answer(phone, step)
    assert (await town.me(phone)).step is not step


@pytest.mark.parametrize("language", LANGUAGES)
async def test_help_sends_nobody_to_themselves(town: Town, language: str) -> None:
    phones = {"false": await town.assistant(language=language)}
    phones["true"] = await town.coordinator(language=language)
    numbers = {"police": "102", "emergency": "112"}

    for staff, phone in phones.items():
        await phone.send("/help")
        assert phone.screen == shown(phone, "help", **numbers, staff=staff)

    assert phones["true"].screen != phones["false"].screen


async def test_an_unknown_command_is_answered_with_the_question(town: Town) -> None:
    phone = await recruit_at(town, Step.NAME)
    question = phone.screen

    for command in ("/unknown", "/", "/START@other_bot x", "/menu\nвторая строка"):
        await phone.send(command)
        assert phone.screen.endswith(question)
    assert (await town.me(phone)).full_name is None


@pytest.mark.parametrize("step", [step for step in QUESTIONS if step is not Step.LANGUAGE])
async def test_the_language_changes_in_the_middle_and_the_question_stays(
    town: Town, step: Step
) -> None:
    phone, model = await recruit_at(town, step, "ru"), await recruit_at(town, step, "kk")

    await phone.send("/language")
    await phone.press(model.says("language-name"))
    phone.language = "kk"

    assert phone.toast == phone.says("language-chosen-toast")
    assert phone.screen.replace(phone.user.phone, "") == model.screen.replace(model.user.phone, "")
    assert phone.buttons == model.buttons
    await answer(phone, step)
    assert (await town.me(phone)).step is not step


async def test_a_key_of_an_earlier_language_still_works(town: Town) -> None:
    phone = await town.assistant(language="ru")
    russian_key = phone.says("key-profile")
    await phone.tap("key-language")
    await phone.press("English")
    phone.language = "en"

    await phone.send(russian_key)

    assert shown(phone, "profile", name="Үлгіев Ерлан", phone=phone.user.phone) in phone.screen
    assert phone.says("profile-change-phone") in phone.buttons


async def test_two_phones_speak_two_languages(town: Town) -> None:
    kazakh, english = (
        await recruit_at(town, Step.NAME, "kk"),
        await recruit_at(town, Step.NAME, "en"),
    )

    assert kazakh.screen == shown(kazakh, "registration-name")
    assert english.screen == shown(english, "registration-name")
    await kazakh.send("1")
    await english.send("1")
    assert kazakh.says("error-name-letters") in kazakh.screen
    assert english.says("error-name-letters") in english.screen


async def test_a_language_nobody_speaks_is_refused(town: Town) -> None:
    phone = await recruit_at(town, Step.LANGUAGE, "kk")

    await phone.press_data("lang:de")

    assert phone.toast == phone.says("error-not-found")
    assert (await town.me(phone)).language is None


async def test_the_menu_button_lists_the_commands_in_the_language_of_the_app(town: Town) -> None:
    await commands_menu.register(town.app.bot, town.house.texts, town.house.content.region)

    shown = {code: commands_for(town.telegram.bot.commands, 1, code) for code in ("", *LANGUAGES)}

    for language in LANGUAGES:
        t = town.house.texts[language]
        assert [row["command"] for row in shown[language]] == COMMANDS
        assert [row["description"] for row in shown[language]] == [
            t.plain(f"command-{name}") for name in COMMANDS
        ]
    assert shown[""] == shown["kk"]
    assert commands_for(town.telegram.bot.commands, 1, "de") == shown["kk"]


async def test_the_bot_introduces_itself_in_every_language(town: Town) -> None:
    await commands_menu.register(town.app.bot, town.house.texts, town.house.content.region)

    bot = town.telegram.bot
    for language in LANGUAGES:
        t = town.house.texts[language]
        assert bot.descriptions[language] == t.plain(
            "bot-description", police="102", emergency="112"
        )
        assert bot.short_descriptions[language] == t.plain(
            "bot-about", police="102", emergency="112"
        )
    assert bot.descriptions[""] == bot.descriptions["kk"]


async def test_the_commands_of_a_chat_follow_the_language_chosen_in_it(town: Town) -> None:
    await commands_menu.register(town.app.bot, town.house.texts, town.house.content.region)
    phone = town.phone(language="ru")  # the app speaks Russian
    await phone.start()

    for name, language in (("English", "en"), ("Қазақша", "kk")):
        await phone.send("/language")
        await phone.press(name)
        listed = commands_for(town.telegram.bot.commands, phone.id, "ru")
        assert [row["description"] for row in listed] == [
            town.house.texts[language].plain(f"command-{name}") for name in COMMANDS
        ]
    other = commands_for(town.telegram.bot.commands, phone.id + 1, "ru")
    assert other[0]["description"] == town.house.texts["ru"].plain("command-menu")


@pytest.mark.parametrize("command", COMMANDS)
async def test_every_listed_command_is_answered(town: Town, command: str) -> None:
    phone = await town.assistant()
    before = len(phone.inbox)

    await phone.send(f"/{command}@{town.telegram.bot.username}")

    assert len(phone.inbox) > before or command == "menu"
    assert phone.says("unknown-command") not in phone.screen
