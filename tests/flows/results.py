"""Results in the stories: recorded by presses, looked at through the services."""

from bot.services.activity_cards import EntryCard, VersionCard
from tests.flows.duty import shifts_of
from tests.phone import Phone
from tests.town import Town

PATROL, TALK, FACT = "Патрулирование", "Профилактическая беседа", "Выявленный факт"
ON_RECORD = "Семьи и лица, состоящие на учёте"


async def entries_of(town: Town, phone: Phone) -> list[EntryCard]:
    """Return all entries of the person's latest shift, in order of time."""
    person_id = (await town.me(phone)).person_id
    [shift, *_] = await shifts_of(town, phone)
    entries = town.house.services.entries
    return [
        await entries.card(person_id, line.id)
        for line in await entries.of_shift(person_id, shift.id)
    ]


async def entry_of(town: Town, phone: Phone) -> EntryCard:
    """Return the only entry of the person's latest shift."""
    [entry] = await entries_of(town, phone)
    return entry


async def history_of(town: Town, phone: Phone, entry: EntryCard) -> list[VersionCard]:
    """Return every version of the entry."""
    person_id = (await town.me(phone)).person_id
    return await town.house.services.entries.history(person_id, entry.id)


async def begin(phone: Phone, kind: str) -> None:
    """Begin a draft from the main menu."""
    await phone.tap("key-result")
    if not any(kind in button for button in phone.buttons):
        await phone.choose("activity-more")
    await phone.press(kind)


async def record_patrol(phone: Phone, area: str = "Парк Победы") -> None:
    """Record the first patrol of a person, since the start of the shift until now."""
    await begin(phone, PATROL)
    await phone.send(area)
    await phone.choose("activity-save-now")


async def record_talk(phone: Phone, people: str = "10") -> None:
    """Record the first talk of a person."""
    await begin(phone, TALK)
    await phone.press("Интернет-мошенничество")
    await phone.press("Прохожие")
    await phone.press(people)
    await phone.choose("activity-save-now")


def question_of(phone: Phone) -> str:
    """Return what the draft asks."""
    return phone.screen.splitlines()[-1].partition("?")[0] + "?"
