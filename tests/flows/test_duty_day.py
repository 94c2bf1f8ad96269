"""A coordinator looks at the shifts of a day, and corrects several of them for one reason."""

from datetime import timedelta

import pytest

from bot.services.states import CorrectionState, Role, ShiftState
from tests.flows.duty import on_shift, shifts_of
from tests.flows.steps import refusal, shown
from tests.phone import Phone
from tests.town import Town

NAMES = ("Үлгіев Ерлан", "Досов Асан", "Нұсқаева Әсел")


async def worked(town: Town, *names: str, district: str = "kostanay") -> list[Phone]:
    """Let people be on duty from 15:00 to 19:00, each some minutes longer than the one before."""
    phones = [await on_shift(town, name, district) for name in names]
    town.clock.tick(hours=4)
    for phone in phones:
        await phone.tap("key-end-shift")
        await phone.tap("key-end-no-location")
        town.clock.tick(minutes=7)
    return phones


async def to_day(coordinator: Phone) -> None:
    await coordinator.tap("key-duty")
    await coordinator.choose("duty-day-open")


def chosen(phone: Phone) -> list[str]:
    return [button for button in phone.buttons if button.startswith("✅") and ":" in button]


async def test_the_shifts_of_a_day_are_three_touches_away(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    await worked(town, *NAMES[:2])
    await on_shift(town, NAMES[2])
    await worked(town, "Құпияева Сәуле", district="rudny")

    await to_day(coordinator)

    day = town.house.services.shift_records.today()
    assert shown(coordinator, "duty-day-list", day=day, count=3) == coordinator.screen
    assert "15:00 – 19:07 · Досов Асан" in coordinator.buttons
    assert any(row.startswith("🟢") and NAMES[2] in row for row in coordinator.buttons)
    assert "Құпияева" not in coordinator.describe()

    await coordinator.press("Досов Асан")
    assert coordinator.says("shift-correct") in coordinator.buttons
    await coordinator.choose("button-back")
    assert shown(coordinator, "duty-day-list", day=day, count=3) == coordinator.screen

    before = day - timedelta(days=1)
    await coordinator.choose("duty-day-beside", later=False, day=before)
    assert shown(coordinator, "duty-day-list", day=before, count=0) == coordinator.screen
    await coordinator.choose("duty-day-beside", later=True, day=day)
    assert not any("▶" in button for button in coordinator.buttons)


async def test_several_shifts_get_one_end_for_one_reason_that_everybody_reads(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    phones = await worked(town, *NAMES)
    [other_before] = await shifts_of(town, phones[2])
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.send("18:30")
    assert refusal(coordinator, "error-nothing-chosen") in coordinator.screen
    await coordinator.press(NAMES[0])
    await coordinator.press(NAMES[1])
    assert len(chosen(coordinator)) == 2

    await coordinator.send("later")
    assert refusal(coordinator, "error-shift-span") in coordinator.screen
    assert len(chosen(coordinator)) == 2
    await coordinator.send("18:30")
    assert coordinator.screen.count("15:00 – 18:30") == 2
    await coordinator.send("Мероприятие закончилось раньше")

    assert shown(coordinator, "day-fix-done", count=2, left=0) in coordinator.screen
    for phone in phones[:2]:
        [shift] = await shifts_of(town, phone)
        assert shift.credited == timedelta(hours=3, minutes=30)
        assert "Мероприятие закончилось раньше" in phone.screen
    assert (await shifts_of(town, phones[2])) == [other_before]
    async with town.database.reading() as uow:
        [history] = await uow.shift_corrections.list_of_shift(shift.id)
    assert history.state is CorrectionState.APPROVED
    assert history.old_ended_at == shift.started_at + timedelta(hours=4, minutes=7)
    assert (await town.audit_actions())[-2:] == ["shift.corrected"] * 2


async def test_the_start_may_be_another_too(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    phones = await worked(town, *NAMES[:2])
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.choose("day-fix-all")

    await coordinator.send("15:10 – 18:40")
    await coordinator.send("Сбор был в 15:10")

    for phone in phones:
        [shift] = await shifts_of(town, phone)
        assert shift.credited == timedelta(hours=3, minutes=30)


async def test_what_cannot_be_is_named_before_and_stays_and_the_others_go_on(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    first, second, third = await worked(town, *NAMES)
    await first.choose("shift-correct")
    await first.send("15:00 – 16:30")
    await first.send("Забыл нажать")
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.choose("day-fix-all")

    await coordinator.send("19:07")  # which is when the second ended

    for name, reason in (
        (NAMES[0], "error-correction-waits"),
        (NAMES[1], "error-correction-same"),
    ):
        told = shown(coordinator, "day-fix-refused", name=name, reason=coordinator.says(reason))
        assert told in coordinator.screen
    await coordinator.send("Так было")
    assert shown(coordinator, "day-fix-done", count=1, left=2) in coordinator.screen
    minutes = [(await shifts_of(town, each))[0].credited for each in (first, second, third)]
    assert minutes == [timedelta(minutes=each) for each in (240, 247, 247)]


async def test_where_no_shift_can_be_so_the_times_are_asked_again(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    phones = await worked(town, *NAMES[:2])
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.choose("day-fix-all")

    await coordinator.send("23:59")  # still to come
    [start, _] = [(await shifts_of(town, each))[0].started_at for each in phones]
    ahead = coordinator.says("error-shift-time-ahead", start=start)
    assert coordinator.screen.count(ahead) == 2
    assert len(chosen(coordinator)) == 2
    await coordinator.send("18:00")
    await coordinator.send("Так было")

    assert shown(coordinator, "day-fix-done", count=2, left=0) in coordinator.screen
    assert (await shifts_of(town, phones[0]))[0].credited == timedelta(hours=3)


async def test_a_second_press_leaves_a_shift_out_and_a_double_tap_does_not(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    phone, _ = await worked(town, *NAMES[:2])
    [shift] = await shifts_of(town, phone)
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")

    for _ in range(2):
        await coordinator.press_data(f"fixpick:{shift.local_date.toordinal()}:0:{shift.id}:1")
    assert [NAMES[0] in each for each in chosen(coordinator)] == [True]

    await coordinator.press(NAMES[0])
    assert chosen(coordinator) == []


async def test_nobody_corrects_their_own_among_others(town: Town) -> None:
    coordinator, other, _ = await worked(town, *NAMES)
    await town.appoint(coordinator, Role.COORDINATOR, "kostanay")
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.choose("day-fix-all")
    assert len(chosen(coordinator)) == 2
    [own] = await shifts_of(town, coordinator)
    day = own.local_date.toordinal()
    await coordinator.press_data(f"fixpick:{day}:0:{own.id}:1")  # forged

    await coordinator.send("18:00")
    await coordinator.send("Так было")

    assert (await shifts_of(town, coordinator))[0] == own
    assert (await shifts_of(town, other))[0].credited == timedelta(hours=3)


@pytest.mark.parametrize("lost", ["role", "district"])
async def test_e2_who_loses_the_district_before_the_reason_corrects_nothing(
    town: Town, lost: str
) -> None:
    coordinator = await town.coordinator("kostanay")
    phones = await worked(town, *NAMES[:2])
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.choose("day-fix-all")
    await coordinator.send("18:00")
    await town.dismiss(coordinator)
    if lost == "district":
        await town.appoint(coordinator, Role.COORDINATOR, "rudny")

    await coordinator.send("Так было")

    for phone in phones:
        [shift] = await shifts_of(town, phone)
        assert shift.credited >= timedelta(hours=4)


async def test_the_choice_holds_over_the_pages_of_a_long_day(town: Town) -> None:
    coordinator = await town.coordinator("kostanay")
    names = [f"Көпов Айдар{letter}" for letter in "абвгдежзик"]
    phones = await worked(town, *names)
    await to_day(coordinator)
    await coordinator.choose("duty-day-pick")
    await coordinator.press(names[0])
    await coordinator.press("▶")
    await coordinator.press(names[9])

    await coordinator.send("18:00")
    await coordinator.send("Так было")

    shifts = [(await shifts_of(town, phone))[0] for phone in phones]
    short = [shift.credited == timedelta(hours=3) for shift in shifts]
    assert [at for at, is_short in enumerate(short) if is_short] == [0, 9]
    assert all(shift.state is ShiftState.CLOSED for shift in shifts)
