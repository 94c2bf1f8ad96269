"""The sandbox's clock: fixed or real, and moved only forward."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox import SandboxClock
from tests.sandbox.doors import MOMENT


def test_a_fixed_clock_stands_until_it_is_moved(clock: SandboxClock) -> None:
    clock.tick(hours=1, minutes=21, seconds=3)
    clock.advance(timedelta(days=1))

    assert clock() == MOMENT + timedelta(days=1, hours=1, minutes=21, seconds=3)
    assert clock().tzinfo is UTC
    assert clock.offset == clock() - MOMENT


def test_whoever_waits_by_another_clock_hears_of_each_leap(clock: SandboxClock) -> None:
    heard: list[datetime] = []
    clock.on_leap = lambda: heard.append(clock())

    clock.tick(hours=1)
    clock.to("20:00")
    clock.reset()

    assert [each.isoformat() for each in heard] == [
        "2026-11-22T11:00:00+00:00",
        "2026-11-22T15:00:00+00:00",
    ]


def test_the_local_time_is_the_regions(clock: SandboxClock) -> None:
    assert clock.local().isoformat() == "2026-11-22T15:00:00+05:00"


@pytest.mark.parametrize(
    ("moment", "reached"),
    [
        ("20:00", "2026-11-22T20:00:00+05:00"),
        ("08:00", "2026-11-23T08:00:00+05:00"),
        ("15:00", "2026-11-23T15:00:00+05:00"),
    ],
)
def test_it_goes_to_the_next_such_local_moment(
    clock: SandboxClock, moment: str, reached: str
) -> None:
    clock.to(moment)

    assert clock.local().isoformat() == reached


@pytest.mark.parametrize("moment", ["25:00", "noon", ""])
def test_other_texts_are_no_moment(clock: SandboxClock, moment: str) -> None:
    with pytest.raises(ValueError, match="time data"):
        clock.to(moment)


def test_it_does_not_go_back_except_to_its_base(clock: SandboxClock) -> None:
    with pytest.raises(ValueError, match="only forward"):
        clock.tick(minutes=-1)
    clock.tick(minutes=5)

    clock.reset()

    assert clock() == MOMENT


def test_a_base_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        SandboxClock(base=datetime(2026, 11, 22))  # noqa: DTZ001  the fault under test


def test_a_running_clock_runs() -> None:
    clock = SandboxClock()

    assert abs(clock() - datetime.now(UTC)) < timedelta(seconds=5)
