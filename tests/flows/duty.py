"""Duty in the stories: places of the town, shifts as they are on record, the hands of the clock."""

from bot.services.shift_cards import ShiftCard
from sandbox.model import Json
from tests.phone import Phone
from tests.town import Town

# The middle of Kostanay, and a village some 100 km away.
CENTRE = (53.22, 63.63)
FAR = (52.36, 64.12)


async def shifts_of(town: Town, phone: Phone) -> list[ShiftCard]:
    """Return the person's shifts, the latest first."""
    person_id = (await town.me(phone)).person_id
    records = town.house.services.shift_records
    lines = (await records.own(person_id, 0)).items
    return [await records.own_card(person_id, line.id) for line in lines]


def card_of(phone: Phone) -> Json:
    """Return the message that is the card of the person's latest shift."""
    marks = [
        phone.says("key-end-shift"),
        phone.says("shift-correct"),
        phone.says("shift-end-other"),
    ]
    return next(
        message
        for message in reversed(phone.inbox)
        if any(mark in str(message.get("reply_markup")) for mark in marks)
        and "inline_keyboard" in message["reply_markup"]
    )


async def on_shift(town: Town, name: str = "Үлгіев Ерлан", district: str = "kostanay") -> Phone:
    """Return the phone of an assistant who has just started a shift without a place."""
    phone = await town.briefed_assistant(district, name)
    await phone.tap("key-start-shift")
    await phone.tap("key-start-no-location")
    return phone


async def hours_pass(town: Town, hours: int) -> None:
    """Let the clock run, and the timetable every hour."""
    for _ in range(hours):
        town.clock.tick(hours=1)
        await town.house.services.shift_reminders.run_due()
        await town.settle()


async def starting(town: Town, language: str = "ru") -> tuple[Phone, Json]:
    """Return an assistant who has sent a place to start a shift, and the update of it."""
    assistant = await town.briefed_assistant(language=language)
    await assistant.tap("key-start-shift")
    with town.held_back():
        await assistant.do("location", *CENTRE)
    [update] = town.telegram.take_updates()
    return assistant, update
