"""Newcomers on the way: taken by their own presses and messages to a question of registration."""

from typing import Any

from bot.i18n.markup import without_markup
from bot.services.people import Step
from tests.phone import Phone
from tests.town import Town

NAME = "Серікова Айжан"
DISTRICT = "kostanay"
QUESTIONS = tuple(step for step in Step if step is not Step.DONE)


async def recruit_at(town: Town, step: Step, language: str = "ru") -> Phone:
    """Return the phone of a newcomer whom the bot has just asked the question of the step."""
    phone = town.phone(language=language)
    await phone.start()
    for question in Step:
        if question is step:
            break
        await answer(phone, question)
    return phone


async def answer(phone: Phone, question: Step) -> None:
    """Answer the question as it should be answered."""
    if question is Step.LANGUAGE:
        await phone.choose("language-name")
    elif question is Step.CONSENT:
        await phone.choose("registration-agree")
    elif question is Step.NAME:
        await phone.send(NAME)
    elif question is Step.PHONE:
        await phone.share_contact()
    elif question is Step.DISTRICT:
        await phone.press_data(f"district:{DISTRICT}")
    elif question is Step.CONFIRM:
        await phone.choose("registration-send")


def shown(phone: Phone, key: str, /, **args: Any) -> str:
    """Return a text as it looks on the phone, its markup turned into looks."""
    return without_markup(phone._town.house.texts[phone.language](key, **args))


def refusal(phone: Phone, key: str, /, **args: Any) -> str:
    """Return the line that stands above a question asked again."""
    return phone.says("refused", reason=phone.says(key, **args))
