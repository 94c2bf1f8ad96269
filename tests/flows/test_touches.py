"""The budgets of touches: taps and messages from the main menu to done, in each language."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.services.certificate_number import grouped
from bot.services.certificate_rules import CertificateKind
from bot.services.states import ApplicationState, ShiftState
from tests.flows.duty import CENTRE, card_of, shifts_of
from tests.flows.results import entries_of
from tests.flows.steps import NAME, shown
from tests.phone import Phone
from tests.town import Town

pytestmark = pytest.mark.parametrize("language", ["kk", "ru", "en"])


@contextmanager
def touches(phone: Phone, most: int) -> Iterator[None]:
    """Hold the person to so many taps and messages."""
    before = phone.touches
    yield
    assert phone.touches - before <= most


def kind(town: Town, code: str, language: str) -> str:
    [found] = [each for each in town.house.content.activities if each.code == code]
    return found.names[language]


async def begin(town: Town, phone: Phone, code: str) -> None:
    """Begin a result by its key of the main menu."""
    [text] = [key for key in phone.keys if kind(town, code, phone.language) in key]
    await phone.send(text)


async def on_shift(town: Town, language: str) -> Phone:
    assistant = await town.briefed_assistant(language=language)
    await assistant.tap("key-start-shift")
    await assistant.tap("key-start-no-location")
    town.clock.tick(minutes=40)
    return assistant


async def talk_about(town: Town, phone: Phone, people: str = "20") -> None:
    """Give every answer a first talk needs, once it is begun."""
    content = town.house.content
    await phone.press(content.topics[0].names[phone.language])
    await phone.press(content.audiences[0].names[phone.language])
    await phone.press(people)
    await phone.choose("activity-save-now")


async def test_registration_takes_seven_answers(town: Town, language: str) -> None:
    recruit = town.phone(language=language)
    await recruit.start()

    with touches(recruit, 7):
        await recruit.choose("language-name")
        await recruit.choose("registration-agree")
        await recruit.send(NAME)
        await recruit.share_contact()
        await recruit.press(town.house.districts.name("kostanay", language))
        await recruit.choose("registration-send")

    application = (await town.me(recruit)).application
    assert application is not None
    assert application.state is ApplicationState.PENDING


async def test_a_shift_takes_two_to_start_and_two_to_end(town: Town, language: str) -> None:
    assistant = await town.briefed_assistant(language=language)

    with touches(assistant, 2):
        await assistant.tap("key-start-shift")
        await assistant.do("location", *CENTRE)
    town.clock.tick(hours=2)
    with touches(assistant, 2):
        await assistant.tap("key-end-shift")
        await assistant.do("location", *CENTRE)

    [shift] = await shifts_of(town, assistant)
    assert shift.state is ShiftState.CLOSED


async def test_a_patrol_takes_four_and_later_three(town: Town, language: str) -> None:
    assistant = await on_shift(town, language)

    with touches(assistant, 4):
        await begin(town, assistant, "patrol")
        await assistant.send("Парк Победы")
        await assistant.choose("activity-save-now")
    town.clock.tick(minutes=40)
    with touches(assistant, 3):
        await begin(town, assistant, "patrol")
        await assistant.choose("activity-save")

    assert [entry.kind for entry in await entries_of(town, assistant)] == ["patrol", "patrol"]


async def test_a_talk_takes_five_and_later_four_or_five_about_something_else(
    town: Town, language: str
) -> None:
    assistant = await on_shift(town, language)
    other = town.house.content.topics[1].names[language]

    with touches(assistant, 5):
        await begin(town, assistant, "talk")
        await talk_about(town, assistant)
    town.clock.tick(minutes=30)
    with touches(assistant, 4):
        await begin(town, assistant, "talk")
        await assistant.press("50")
        await assistant.choose("activity-save")
    town.clock.tick(minutes=30)
    with touches(assistant, 5):
        await begin(town, assistant, "talk")
        await assistant.press("50")
        await assistant.choose("activity-change", field="topic")
        await assistant.press(other)
        await assistant.choose("activity-save")

    entries = await entries_of(town, assistant)
    assert [entry.people_reached for entry in entries] == [20, 50, 50]
    assert entries[2].fields["topic"] == town.house.content.topics[1].code


async def test_the_first_talk_takes_five_from_the_card_of_the_shift(
    town: Town, language: str
) -> None:
    assistant = await on_shift(town, language)
    card = card_of(assistant)

    with touches(assistant, 5):
        await assistant.press(kind(town, "talk", language))
        await talk_about(town, assistant)

    [entry] = await entries_of(town, assistant)
    assert (entry.kind, entry.people_reached) == ("talk", 20)
    assert card_of(assistant)["message_id"] == card["message_id"]


async def test_own_shifts_results_and_standing_take_two(town: Town, language: str) -> None:
    assistant = await on_shift(town, language)
    await assistant.press(kind(town, "talk", language))
    await talk_about(town, assistant)
    await assistant.send("/menu")
    [shift] = await shifts_of(town, assistant)

    with touches(assistant, 2):
        await assistant.tap("key-my-shifts")
        await assistant.press(assistant.buttons[0])
    assert shown(assistant, "shift-card-open", at=shift.started_at) in assistant.screen
    with touches(assistant, 2):
        await assistant.tap("key-my-day")
        await assistant.press(town.house.content.topics[0].names[language])
    assert assistant.says("entry-edit") in assistant.buttons
    with touches(assistant, 1):
        await assistant.send("/menu")
    assert assistant.says("assistant-status", status="active") in assistant.screen


async def test_own_certificates_take_two(town: Town, language: str) -> None:
    assistant = await town.briefed_assistant(language=language)
    person_id = (await town.me(assistant)).person_id
    issued = await town.house.services.certificates.issue(
        await town.admin_id(), person_id, CertificateKind.TRAINING, None, "press-of-a-budget"
    )

    with touches(assistant, 2):
        await assistant.tap("key-certificates")
        await assistant.press(assistant.buttons[0])

    assert grouped(issued.card.number) in assistant.screen


async def test_may_i_takes_two_in_ones_own_words(town: Town, language: str) -> None:
    assistant = await town.briefed_assistant(language=language)
    situation = town.house.content.handbook.situation("papers")
    assert situation is not None

    with touches(assistant, 2):
        await assistant.tap("key-handbook")
        await assistant.send(situation.title[language])

    assert situation.text[language].splitlines()[0] in assistant.screen
