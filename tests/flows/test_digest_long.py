"""What the digests of a week and of a month say, and the files that come with them."""

import re
import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.charts import HEIGHT, WIDTH
from bot.handlers.digest_presses import OpenToday
from bot.services.states import DigestKind, ShiftState
from sandbox import ApiError, SandboxClock, Telegram
from sandbox.methods import PLAYED
from sandbox.model import Json, Request
from tests.flows.digest_days import Days
from tests.flows.digest_reading import (
    MARCH,
    WEEK,
    book_of,
    heading,
    hours,
    line,
    photo_of,
    said,
    sheet,
    to_first,
)
from tests.town import Town

MONDAY = date(2026, 3, 9)


@pytest.fixture
def days(town: Town) -> Days:
    return Days(town)


async def test_the_week_that_ended_is_told_on_monday_beside_the_week_before(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    monday = datetime(2026, 3, 9, tzinfo=clock.zone)
    today = await days.shift(assistant, monday, hours=1)
    await days.result(assistant, today, monday, people=99)
    sunday_night = monday - timedelta(minutes=30)
    late = await days.shift(assistant, sunday_night, hours=2.5)
    await days.result(assistant, late, sunday_night, "talk", people=12)
    wednesday = monday - timedelta(days=4.5)
    shift = await days.shift(assistant, wednesday, hours=3)
    for _ in range(3):
        await days.result(assistant, shift, wednesday)
    first_of_both = monday - timedelta(days=14)
    before = await days.shift(assistant, first_of_both, hours=4)
    await days.result(assistant, before, first_of_both, "talk", people=30)
    too_old = first_of_both - timedelta(minutes=1)
    await days.result(assistant, await days.shift(assistant, too_old, hours=9), too_old)

    clock.to("20:00")
    await days.run()

    chart, table, weekly, daily = coordinator.inbox[-4:]
    lines = coordinator.words(weekly).splitlines()
    kinds = {each.code: each for each in town.house.content.activities}
    named = {code: f"{kind.emoji} {kind.names['ru']}" for code, kind in kinds.items()}
    duration = town.house.texts["ru"].duration
    assert lines == [
        heading(coordinator, "weekly", WEEK),
        line(
            coordinator.says("digest-column-figure"),
            coordinator.says("digest-column-count", kind="weekly"),
            coordinator.says("digest-column-before", kind="weekly"),
        ),
        line(coordinator.says("digest-shifts"), "2", "1"),
        line(
            coordinator.says("digest-hours"),
            # What lies after midnight is of the next week, as that of the shift too old is of
            # the week before.
            duration(timedelta(hours=3.5)),
            duration(timedelta(hours=13) - timedelta(minutes=1)),
        ),
        line(named["patrol"], "3", "0"),
        line(named["talk"], "1", "1"),
        line(coordinator.says("digest-people"), "12", "30"),
    ]
    assert "photo" in chart
    assert table["document"]["file_name"] == "kostanay_2026-03-02_2026-03-08.xlsx"
    heads, *by_day, _ = sheet(book_of(town, coordinator), 2)
    assert heads[0] == coordinator.says("digest-sheet-day")
    assert [row[1] for row in by_day] == ["0", "0", "1", "0", "0", "0", "1"]
    assert heading(coordinator, "daily", {"first": MONDAY, "last": MONDAY}) in (
        coordinator.words(daily)
    )


async def test_the_week_comes_with_its_chart_as_a_picture_that_makes_no_sound(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=5), hours=3)

    clock.to("20:00")
    await days.run()

    photo = photo_of(coordinator)
    assert coordinator.words(photo).startswith("📈")
    file = town.telegram.files[photo["photo"][-1]["file_id"]]
    assert Image.open(BytesIO(file.data)).size == (WIDTH, HEIGHT)
    (call,) = [each for each in town.telegram.api_calls if each.method == "sendPhoto"]
    assert call.params["disable_notification"]


async def test_the_month_that_ended_is_told_on_the_first_with_a_chart_and_a_table(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    first = await town.briefed_assistant()
    second = await town.briefed_assistant(name="Образцова Дана")
    elsewhere = await town.briefed_assistant("rudny", "Құпияева Сәуле")
    numbers = []
    for phone in (first, second):
        standing = (await town.me(phone)).assistant
        assert standing is not None
        numbers.append(standing.service_number)
    now = clock()
    shift = await days.shift(first, now - timedelta(days=1), hours=2)
    await days.result(first, shift, now - timedelta(days=1))
    seen = await days.result(first, shift, now - timedelta(days=1), "fact", category="litter")
    other = await days.shift(second, now - timedelta(days=1), hours=1.5)
    await days.result(second, other, now, "fact", category="litter", same_as=seen)
    await days.result(second, other, now - timedelta(days=1), "talk", people=20)
    await days.shift(second, now, hours=12, state=ShiftState.UNCONFIRMED)
    await days.shift(elsewhere, now, hours=7)
    february = await days.shift(first, now - timedelta(days=9), hours=8)
    await days.result(first, february, now - timedelta(days=9), "talk", people=5)

    await to_first(town, 4)
    await days.run()

    chart, table, digest, _ = coordinator.inbox[-4:]
    assert "photo" in chart
    assert table["document"]["file_name"] == "kostanay_2026-03-01_2026-03-31.xlsx"
    lines = coordinator.words(digest).splitlines()
    assert lines[0] == heading(coordinator, "monthly", MARCH)
    assert line(coordinator.says("digest-shifts"), "3", "1") in lines
    assert line(coordinator.says("digest-people"), "20", "5") in lines
    book = book_of(town, coordinator)
    heads, *people, total = sheet(book, 1)
    assert heads == [
        coordinator.says("journal-column-service"),
        coordinator.says("digest-sheet-shifts"),
        coordinator.says("digest-sheet-hours"),
        *(kind.names["ru"] for kind in town.house.content.counted),
        "Выявленный факт",
        coordinator.says("digest-sheet-people"),
        coordinator.says("digest-sheet-other"),
    ]
    assert [[row[0], row[1], hours(row[2]), *row[3:]] for row in people] == [
        [numbers[0], "1", 2.0, "1", "0", "1", "0", "0"],
        [numbers[1], "2", 1.5, "0", "1", "0", "20", "0"],
    ]
    assert [total[0], total[1], hours(total[2]), *total[3:]] == [
        *(coordinator.says("digest-sheet-total"), "3", 3.5),
        *("1", "1", "1", "20", "0"),
    ]
    _, *by_day, day_total = sheet(book, 2)
    assert len(by_day) == 31
    assert [row[1] for row in by_day if row[1] != "0"] == ["2", "1"]
    assert day_total == total
    assert sheet(book, 3)[1:] == [[_category(town, "litter"), "1", "0"]]


async def test_a_shift_over_the_end_of_the_month_is_split_as_in_ones_own_day(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    midnight = datetime(2026, 4, 1, tzinfo=clock.zone)
    await days.shift(assistant, midnight - timedelta(hours=2), hours=5)
    await to_first(town, 4)
    await days.run()

    own = await town.house.services.my_day.look((await town.me(assistant)).person_id)
    march, april = own.last_month.worked, own.this_month.worked
    assert (march, april) == (timedelta(hours=2), timedelta(hours=3))
    worked, says = town.house.texts["ru"].duration, coordinator.says
    monthly, daily = map(coordinator.words, coordinator.inbox[-2:])
    assert line(says("digest-hours"), worked(march), worked(timedelta())) in monthly
    assert line(says("digest-hours"), worked(april), worked(march), worked(march / 7)) in daily
    assert line(says("digest-shifts"), "0", "1", "0,1") in daily
    book = book_of(town, coordinator)
    for number in (1, 2):
        assert hours(sheet(book, number)[-1][2]) == 2.0


async def test_of_a_month_the_most_frequent_categories_are_told_and_all_are_in_the_table(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    codes = [each.code for each in town.house.content.fact_categories[:7]]
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    shift = await days.shift(assistant, clock())
    for code in codes:
        for _ in range(2 if code == codes[6] else 1):
            await days.result(assistant, shift, clock(), "fact", category=code)

    await to_first(town, 4)
    await days.run()

    table, digest, _ = coordinator.inbox[-3:]
    lines = coordinator.words(digest).splitlines()
    told = [each for each in lines if each.startswith("▫")]
    assert len(told) == 6
    assert told[0] == line(f"▫ {_category(town, codes[6])}", "2", "0")
    assert told[5] == line(coordinator.says("digest-categories-rest"), "2", "0")
    assert table["document"]
    in_table = {row[0]: row[1] for row in sheet(book_of(town, coordinator), 3)[1:]}
    assert in_table == {_category(town, code): "2" if code == codes[6] else "1" for code in codes}


def _category(town: Town, code: str) -> str:
    return next(e.names["ru"] for e in town.house.content.fact_categories if e.code == code)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
async def test_the_table_speaks_the_coordinator_s_language(
    town: Town, days: Days, clock: SandboxClock, language: str
) -> None:
    coordinator = await town.coordinator(language=language)
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock())

    await to_first(town, 4)
    await days.run()

    heads = sheet(book_of(town, coordinator), 1)[0]
    assert heads[1] == coordinator.says("digest-sheet-shifts")
    assert heads[3] == town.house.content.counted[0].names[language]
    assert heading(coordinator, "monthly", MARCH) in said(coordinator)


async def test_e11_the_table_holds_no_name_and_no_phone(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock())

    await to_first(town, 4)
    await days.run()

    with zipfile.ZipFile(BytesIO(book_of(town, coordinator))) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for secret in ("Үлгіев", "Ерлан", assistant.user.phone.removeprefix("+"), str(assistant.id)):
        assert secret not in everything
    assert not re.search(r"\d{11}", "".join(cell for row in sheet(book_of(town, coordinator), 1)
        for cell in row if not cell.startswith("0.")))  # fmt: skip


async def test_a_week_that_came_to_nothing_after_a_busy_one_is_no_silence(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=9))
    clock.to("20:00")

    await days.run()

    weekly = coordinator.words(coordinator.inbox[-2])
    assert line(coordinator.says("digest-shifts"), "0", "1") in weekly
    assert not any("photo" in each for each in coordinator.inbox)


async def test_figures_stay_as_they_were_when_the_week_was_made(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=5), hours=3)
    clock.to("20:00")
    await town.house.services.digest_making.run_due()
    (weekly,) = [each for each in await days.digests() if each.kind is DigestKind.WEEKLY]

    kept: dict[str, Any] = weekly.figures
    number = (await town.me(assistant)).assistant
    assert number is not None
    assert kept["days"] == [["2026-03-04", 1, 3 * 3_600_000, {}]]
    assert kept["assistants"] == [[number.service_number, 1, 3 * 3_600_000, {}]]


async def test_the_week_leads_to_what_waits_today(
    town: Town, days: Days, clock: SandboxClock
) -> None:
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await town.applicant()
    await days.shift(assistant, clock() - timedelta(days=5))
    clock.to("20:00")
    await days.run()
    weekly = coordinator.inbox[-2]
    button = weekly["reply_markup"]["inline_keyboard"][0][0]

    assert button["text"] == coordinator.says("digest-today-row", count=1)
    await coordinator.press_data(button["callback_data"], weekly["message_id"])
    assert button["callback_data"] == OpenToday(district="kostanay").pack()
    assert coordinator.says("digest-recruit-row", name="Образцов Тимур") in [
        each["text"]
        for message in coordinator.inbox
        for row in message.get("reply_markup", {}).get("inline_keyboard", [])
        for each in row
    ]


async def test_c9_a_picture_that_telegram_dislikes_comes_as_a_file(
    town: Town, days: Days, clock: SandboxClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Telegram, __: Request) -> Json:
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")

    monkeypatch.setitem(PLAYED, "sendPhoto", refuse)
    coordinator = await town.coordinator()
    assistant = await town.briefed_assistant()
    await days.shift(assistant, clock() - timedelta(days=5))
    clock.to("20:00")

    await days.run()

    drawn, table = (each["document"] for each in coordinator.inbox if "document" in each)
    assert town.telegram.files[drawn["file_id"]].data.startswith(b"\x89PNG")
    assert table["file_name"].endswith(".xlsx")
    assert [each[0] for each in said(coordinator)] == ["📈", "📎", "📊", "📊"]
