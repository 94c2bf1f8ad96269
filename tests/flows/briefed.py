"""Assistants on the way through the briefing: taken by their own presses."""

from datetime import timedelta

from bot.services.briefing_course import Asked, CourseState
from tests.phone import Phone
from tests.town import Town


async def state(town: Town, phone: Phone) -> CourseState:
    """Return where the person stands."""
    return await town.house.services.briefing.state((await town.me(phone)).person_id)


async def asked(town: Town, phone: Phone) -> Asked:
    """Return the question on the person's screen."""
    now = await state(town, phone)
    assert isinstance(now, Asked), phone.describe()
    return now


async def trainee(town: Town, district: str = "kostanay", name: str = "Үлгіев Ерлан") -> Phone:
    """Return the phone of a trainee at the main menu."""
    return await town.assistant(district, name, active=False)


async def read_all(town: Town, phone: Phone) -> None:
    """Open the briefing, begin it and read every module for as long as it takes."""
    await phone.tap("key-briefing")
    if phone.says("briefing-begin") in phone.buttons:
        await phone.choose("briefing-begin")
    while phone.says("briefing-next") in phone.buttons:
        town.clock.advance(timedelta(seconds=60))
        await phone.choose("briefing-next")


async def answer(town: Town, phone: Phone, *, right: bool) -> Asked:
    """Answer the question on the screen; return it."""
    question = await asked(town, phone)
    place = town.house.content.current_briefing.question(question.code).right_option
    shown = question.order.index(place)
    option = shown if right else (shown + 1) % len(question.order)
    await phone.press(str(option + 1))
    return question


async def answer_all(town: Town, phone: Phone, *, wrong: int = 0) -> None:
    """Begin the quiz and answer every question, the first few wrongly."""
    again = phone.says("quiz-again") in phone.buttons
    await phone.choose("quiz-again" if again else "quiz-start")
    for number in range(town.house.content.current_briefing.questions_drawn):
        await answer(town, phone, right=number >= wrong)
        for key in ("quiz-next", "quiz-result"):
            if phone.says(key) in phone.buttons:
                await phone.choose(key)


async def pass_all(town: Town, phone: Phone) -> None:
    """Read, answer and sign."""
    await read_all(town, phone)
    await answer_all(town, phone)
    await phone.choose("briefing-sign")


def callback_data(phone: Phone, text: str) -> str:
    """Return the callback data of the newest button with this text."""
    for message in reversed(phone.inbox):
        for row in phone._rows(message):
            for button in row:
                if text in button["text"]:
                    return str(button["callback_data"])
    raise AssertionError(f"no button {text!r} on:\n{phone.describe()}")
