"""A live location becomes a track while the shift is open, and only then."""

from collections.abc import Sequence

import pytest

from tests.flows.duty import card_of, on_shift, shifts_of
from tests.flows.steps import shown
from tests.phone import Phone
from tests.town import Town

LAT, LON = 53.22, 63.63
# A thousandth of a degree of latitude is about 111 m.
STEP = 0.001


async def share(phone: Phone) -> int:
    """Share a live location; return the number of its message."""
    await phone.do("location", LAT, LON, 8 * 3600)
    return next(
        int(message["message_id"]) for message in reversed(phone.messages) if message["out"]
    )


async def walk(
    town: Town, phone: Phone, message_id: int, steps: Sequence[float], every_s: float = 60
) -> None:
    for step in steps:
        town.clock.tick(seconds=every_s)
        await phone.do("move", message_id, LAT + step, LON)


async def length_m(town: Town, phone: Phone) -> float:
    return (await shifts_of(town, phone))[0].track_m


async def test_a_walk_of_a_kilometre_stands_on_the_card(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)
    assert shown(assistant, "shift-live-on") in assistant.screen

    await walk(town, assistant, live, [STEP * number for number in range(1, 10)])

    assert await length_m(town, assistant) == pytest.approx(1001, rel=0.01)
    assert shown(assistant, "shift-track", length=1.0) in str(card_of(assistant)["text"])


async def test_a_moving_location_is_answered_by_no_message(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)
    since = len(assistant.inbox)

    await walk(town, assistant, live, [STEP * number for number in range(1, 5)])

    assert len(assistant.inbox) == since


async def test_points_closer_than_30_seconds_are_left_out(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)

    await walk(town, assistant, live, [STEP, 2 * STEP, 3 * STEP], every_s=10)

    async with town.database.reading() as uow:
        last = await uow.track_points.find_last((await shifts_of(town, assistant))[0].id)
    assert last is not None
    assert last.lat == pytest.approx(LAT + 3 * STEP)
    assert await length_m(town, assistant) == pytest.approx(333.6, rel=0.01)


async def test_a_jump_faster_than_any_car_is_left_out(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)

    await walk(town, assistant, live, [0.5, STEP])

    assert await length_m(town, assistant) == pytest.approx(111.2, rel=0.01)


async def test_a_blurred_point_is_left_out(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)
    town.clock.tick(minutes=1)

    await assistant.do("move", live, LAT + STEP, LON, accuracy_m=201)

    assert await length_m(town, assistant) == 0


async def test_a_phone_that_lies_still_walks_nowhere(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)

    await walk(town, assistant, live, [0.00005 * (number % 2) for number in range(20)])

    assert await length_m(town, assistant) == 0


async def test_nothing_is_kept_after_the_end(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)
    await walk(town, assistant, live, [STEP])
    await assistant.tap("key-end-shift")
    await assistant.tap("key-end-no-location")
    before = await town.dump()

    await walk(town, assistant, live, [2 * STEP, 3 * STEP])

    assert await town.dump() == before


async def test_a_live_location_may_begin_the_shift(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    live = await share(assistant)

    await walk(town, assistant, live, [STEP])

    assert await length_m(town, assistant) == pytest.approx(111.2, rel=0.01)


async def test_the_last_point_is_among_the_likely_ends(town: Town) -> None:
    assistant = await on_shift(town)
    live = await share(assistant)
    await walk(town, assistant, live, [STEP] * 3, every_s=60 * 25)
    town.clock.tick(hours=5)

    [shift] = await shifts_of(town, assistant)

    assert 75 in [int((end - shift.started_at).total_seconds() // 60) for end in shift.ends]


async def test_h9_positions_are_deleted_after_their_term_and_lengths_stay(town: Town) -> None:
    assistant = await town.briefed_assistant()
    await assistant.tap("key-start-shift")
    live = await share(assistant)
    await walk(town, assistant, live, [STEP])
    await assistant.tap("key-end-shift")
    await assistant.do("location", LAT, LON)

    town.clock.tick(days=89)
    await town.house.services.retention.run_due()
    assert str(LAT) in str(await town.dump())

    town.clock.tick(days=2)
    await town.house.services.retention.run_due()

    dump = await town.dump()
    assert dump["track_points"] == []
    assert str(LAT) not in str(dump["shifts"])
    assert await length_m(town, assistant) == pytest.approx(111.2, rel=0.01)
