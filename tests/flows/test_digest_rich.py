"""A digest is a rich message with a real table; where Telegram takes none, it is a plain text."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.services.states import Place
from db.models.people import Person
from sandbox import ApiError, SandboxClock
from sandbox.methods import PLAYED
from sandbox.methods.editing import edit_text
from sandbox.model import Json, Request
from tests.flows.digest_days import Days
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

NAME = "Үлгіев & <b>Ерлан"

if TYPE_CHECKING:
    from sandbox.telegram import Telegram


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


@pytest.fixture(params=[(404, "Not Found: method not found"), (400, "Bad Request: no tables")])
def server_without_rich_messages(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Play a server that knows no rich messages, or refuses this one."""

    def refuse(_: "Telegram", __: Request) -> Json:
        raise ApiError(*request.param)

    def edit(telegram: "Telegram", call: Request) -> object:
        if "rich_message" in call.params:
            raise ApiError(400, "Bad Request: message text is empty")
        return edit_text(telegram, call)

    monkeypatch.setitem(PLAYED, "sendRichMessage", refuse)
    monkeypatch.setitem(PLAYED, "editMessageText", edit)


async def an_evening(town: Town, days: Days, clock: SandboxClock) -> Phone:
    """Return the coordinator's phone after the digest of a Tuesday with one thing to settle."""
    clock.tick(days=1)
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    person_id = (await town.me(assistant)).person_id
    async with town.database.transaction() as uow:
        person = await uow.session.get(Person, person_id)
        assert person is not None
        person.full_name = NAME  # no registration lets it in
    await days.shift(assistant, clock() - timedelta(hours=3), place=Place.NONE)
    await days.shift(assistant, clock(), hours=None)
    clock.to("20:00")
    await days.run()
    return coordinator


async def test_the_figures_stand_in_a_table_with_the_mean_beside_them(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await an_evening(town, days, clock)

    message = coordinator.inbox[-1]
    heading, table, duty, left = message["rich_message"]["blocks"]
    assert "text" not in message
    assert (heading["type"], table["type"]) == ("heading", "table")
    head, shifts, _ = table["cells"]
    assert all(cell["is_header"] for cell in head)
    assert [cell["text"] for cell in head[1:]] == [
        coordinator.says("digest-column-by", at=clock()),
        coordinator.says("digest-column-eve"),
        coordinator.says("digest-column-before", kind="daily"),
    ]
    assert [cell["text"] for cell in shifts] == [coordinator.says("digest-shifts"), "2", "0", "0"]
    assert [cell["align"] for cell in shifts] == ["left", "right", "right", "right"]
    assert duty["text"] == shown(coordinator, "digest-duty", names=NAME)
    assert left["type"] == "paragraph"
    assert message["reply_markup"]["inline_keyboard"]


async def test_it_stays_one_rich_message_while_it_shrinks(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await an_evening(town, days, clock)
    count = len(coordinator.inbox)

    await coordinator.press(NAME)

    assert len(coordinator.inbox) == count
    assert "rich_message" in coordinator.inbox[-1]
    assert coordinator.says("digest-settled") in coordinator.screen


@pytest.mark.usefixtures("server_without_rich_messages")
async def test_a_server_that_takes_no_rich_message_gets_the_text(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await an_evening(town, days, clock)

    lines = coordinator.inbox[-1]["text"].splitlines()
    shifts = coordinator.says("digest-shifts")
    told = shown(coordinator, "digest-line", label=shifts, value="2", eve="0", before="0")
    assert told in lines
    assert shown(coordinator, "digest-brackets-eve", partial=True, at=clock()) in lines
    assert shown(coordinator, "digest-duty", names=NAME) in lines
    assert sum(text.startswith("📊") for text in map(coordinator.words, coordinator.inbox)) == 1

    count = len(coordinator.inbox)
    await coordinator.press(NAME)
    assert len(coordinator.inbox) == count
    assert coordinator.inbox[-1]["text"].endswith(coordinator.says("digest-settled"))


@pytest.mark.usefixtures("server_without_rich_messages")
@pytest.mark.parametrize("busy", [False, True])
async def test_the_text_of_a_day_has_as_many_categories_as_fit_a_small_phone(
    town: Town, days: Days, clock: SandboxClock, busy: bool
) -> None:
    clock.tick(days=1)
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    shift = await days.shift(assistant, clock() - timedelta(hours=3))
    categories = town.house.content.fact_categories[:7]
    for category in (*categories, categories[0]):
        await days.result(assistant, shift, clock(), "fact", category=category.code)
    for kind in ("patrol", "talk", "leaflet") if busy else ():
        await days.result(assistant, shift, clock(), kind, people=3)

    clock.to("20:00")
    await days.run()

    lines = coordinator.inbox[-1]["text"].splitlines()
    most, rest = (
        shown(coordinator, "digest-line", label=label, value=value, eve="0", before="0")
        for label, value in (
            (f"▫ {categories[0].names['ru']}", "2"),
            (coordinator.says("digest-categories-rest"), "6" if busy else "3"),
        )
    )
    assert len(lines) == 12
    assert lines[6] == f"{most} {rest}" if busy else (lines[4], lines[8]) == (most, rest)


@pytest.mark.usefixtures("server_without_rich_messages")
async def test_the_text_of_a_week_says_what_stands_in_brackets(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=9))
    clock.to("20:00")

    await days.run()

    lines = coordinator.inbox[-2]["text"].splitlines()
    shifts = coordinator.says("digest-shifts")
    assert shown(coordinator, "digest-line-long", label=shifts, value="0", before="1") in lines
    assert lines[-1] == coordinator.says("digest-brackets", kind="weekly")


async def test_b1_a_press_repeated_draws_the_table_again(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await an_evening(town, days, clock)
    began = clock() - timedelta(hours=8)
    press = coordinator.data_of("digest-place-row", name=NAME, place="none", at=began)
    await coordinator.press_data(press)
    await coordinator.press_data(press)

    assert coordinator.says("digest-settled") in coordinator.screen
    assert "rich_message" in coordinator.inbox[-1]
