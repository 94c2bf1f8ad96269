"""The journal of briefings: who may read it, what it holds, and its files."""

import zipfile
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest

from bot.content import Content
from bot.services.briefing_journal import Period
from sandbox.model import Json
from tests.briefings import small, with_briefings
from tests.flows.briefed import pass_all, trainee
from tests.phone import Phone
from tests.town import Town


@pytest.fixture
def content() -> Content:
    return with_briefings(small())


async def read(town: Town, phone: Phone, period: Period = Period.THIS_MONTH) -> list[str]:
    """Return the names in a part of the journal."""
    journal = town.house.services.briefing_journal
    part = await journal.read((await town.me(phone)).person_id, period)
    return [line.full_name for line in part.lines]


def document(phone: Phone) -> Json:
    """Return the last file the person was sent."""
    sent: list[Json] = [each["document"] for each in phone.inbox if "document" in each]
    return sent[-1]


def file_of(town: Town, phone: Phone) -> bytes:
    return town.telegram.files[str(document(phone)["file_id"])].data


async def open_journal(phone: Phone) -> None:
    await phone.tap("key-assistants")
    await phone.choose("journal-open")


async def test_a_coordinator_gets_the_journal_of_the_district_as_pdf_and_as_a_table(
    town: Town,
) -> None:
    coordinator = await town.coordinator()
    phone = await trainee(town)
    await pass_all(town, phone)
    elsewhere = await town.briefed_assistant("rudny", "Образцова Дана")
    assert (await town.me(elsewhere)).passed is not None

    await open_journal(coordinator)
    await coordinator.choose("journal-get", period="month", form="PDF", count=1)
    assert document(coordinator)["file_name"] == "briefings_2026-03-01_2026-03-09.pdf"
    assert file_of(town, coordinator).startswith(b"%PDF")
    assert coordinator.says("journal-get", period="year", form="XLSX", count=1) in (
        coordinator.buttons
    )

    await coordinator.choose("journal-get", period="month", form="XLSX", count=1)
    assert document(coordinator)["file_name"].endswith(".xlsx")
    with zipfile.ZipFile(BytesIO(file_of(town, coordinator))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    rules = town.house.services.briefing.rules
    for word in ("Үлгіев Ерлан", "4 / 4", "2026-1", rules.undertakings["ru"]):
        assert word in sheet
    assert "Образцова" not in sheet


async def test_an_admin_reads_the_whole_region_a_coordinator_the_districts_of_their_own(
    town: Town,
) -> None:
    admin, coordinator = await town.admin(), await town.coordinator("rudny")
    await town.briefed_assistant("kostanay", "Үлгіев Ерлан")
    await town.briefed_assistant("rudny", "Образцова Дана")

    assert await read(town, admin) == ["Үлгіев Ерлан", "Образцова Дана"]
    assert await read(town, coordinator) == ["Образцова Дана"]


async def test_a_line_goes_with_its_assistant_to_another_district(town: Town) -> None:
    here, there = await town.coordinator(), await town.coordinator("rudny")
    phone = await town.briefed_assistant()
    await town.house.services.assistants.move(
        await town.admin_id(), (await town.me(phone)).person_id, "rudny"
    )

    assert await read(town, here) == []
    assert await read(town, there) == ["Үлгіев Ерлан"]


@pytest.mark.parametrize("data", ["journal", "journalget:year:pdf", "journalget:month:xlsx"])
async def test_e11_nobody_else_gets_the_journal(town: Town, data: str) -> None:
    phone = await town.briefed_assistant()
    since = len(phone.inbox)

    await phone.press_data(data)

    assert phone.toast == phone.says("error-access-denied")
    assert not any("document" in message for message in phone.inbox[since:])


async def test_an_empty_journal_says_so_and_offers_no_file(town: Town) -> None:
    coordinator = await town.coordinator()

    await open_journal(coordinator)

    assert coordinator.screen == coordinator.says("journal-empty")
    assert coordinator.buttons == [
        coordinator.says("button-back"),
        coordinator.says("button-menu"),
    ]


async def test_d10_a_month_of_the_journal_is_a_month_in_the_region(town: Town) -> None:
    admin = await town.admin()
    # 20:00 on the last day of March in UTC is 1 April, 01:00, in Kostanay.
    town.clock.advance(datetime(2026, 3, 31, 20, tzinfo=UTC) - town.clock())
    await town.briefed_assistant()
    assert await read(town, admin, Period.THIS_MONTH) == ["Үлгіев Ерлан"]
    assert await read(town, admin, Period.LAST_MONTH) == []

    town.clock.advance(timedelta(days=30))
    assert await read(town, admin, Period.THIS_MONTH) == []
    assert await read(town, admin, Period.LAST_MONTH) == ["Үлгіев Ерлан"]
    assert await read(town, admin, Period.YEAR) == ["Үлгіев Ерлан"]


async def test_a_year_of_the_journal_is_a_year_in_the_region_and_can_be_had_after_its_end(
    town: Town,
) -> None:
    admin = await town.admin()
    # 18:59 on the last day of the year in UTC is its last minute in Kostanay.
    town.clock.advance(datetime(2026, 12, 31, 18, 59, tzinfo=UTC) - town.clock())
    await town.briefed_assistant()
    assert await read(town, admin, Period.YEAR) == ["Үлгіев Ерлан"]
    assert await read(town, admin, Period.LAST_YEAR) == []

    town.clock.advance(timedelta(minutes=1))
    assert await read(town, admin, Period.YEAR) == []
    assert await read(town, admin, Period.LAST_YEAR) == ["Үлгіев Ерлан"]

    town.clock.advance(timedelta(days=60))
    await open_journal(admin)
    assert admin.buttons[:2] == [
        admin.says("journal-get", period="lastyear", form=form, count=1) for form in ("PDF", "XLSX")
    ]
    await admin.choose("journal-get", period="lastyear", form="XLSX", count=1)
    assert document(admin)["file_name"] == "briefings_2026-01-01_2026-12-31.xlsx"


@pytest.mark.parametrize(
    ("period", "today", "days"),
    [
        (Period.THIS_MONTH, date(2026, 3, 1), (date(2026, 3, 1), date(2026, 3, 1))),
        (Period.LAST_MONTH, date(2026, 1, 31), (date(2025, 12, 1), date(2025, 12, 31))),
        (Period.LAST_MONTH, date(2028, 3, 31), (date(2028, 2, 1), date(2028, 2, 29))),
        (Period.YEAR, date(2026, 12, 31), (date(2026, 1, 1), date(2026, 12, 31))),
        (Period.LAST_YEAR, date(2026, 1, 1), (date(2025, 1, 1), date(2025, 12, 31))),
        (Period.LAST_YEAR, date(2028, 2, 29), (date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_a_period_has_the_days_of_the_calendar(
    period: Period, today: date, days: tuple[date, date]
) -> None:
    assert period.days(today) == days
