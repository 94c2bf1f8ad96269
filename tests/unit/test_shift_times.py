"""Local dates, split days and typed times, also where the zone changes its offset."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.errors import InvalidInputError
from bot.services.shift_times import (
    LONGEST_STATED,
    ShiftRules,
    likely_ends,
    local_date,
    moment_of,
    read_end,
    read_times,
    split_at_midnight,
)

KOSTANAY = ZoneInfo("Asia/Qostanay")
KYIV = ZoneInfo("Europe/Kyiv")
# Where midnight itself is skipped when summer time begins.
HAVANA = ZoneInfo("America/Havana")
NOW = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


def local(text: str, zone: ZoneInfo = KOSTANAY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


moments = st.datetimes(datetime(2022, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.timedeltas(timedelta(), timedelta(hours=60))
zones = st.sampled_from([KOSTANAY, KYIV, HAVANA])


@given(moments, lengths, zones)
def test_the_pieces_of_the_days_add_up_to_the_whole(
    start: datetime, length: timedelta, zone: ZoneInfo
) -> None:
    pieces = split_at_midnight(start, start + length, zone)

    assert sum((piece for _, piece in pieces), timedelta()) == length
    days = [day for day, _ in pieces]
    assert days[0] == local_date(start, zone)
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    assert all(timedelta() < piece <= timedelta(hours=25) for _, piece in pieces) or not length


@given(moments, lengths)
def test_each_piece_lies_in_its_day(start: datetime, length: timedelta) -> None:
    begins = start
    for day, piece in split_at_midnight(start, start + length, KOSTANAY):
        assert local_date(begins, KOSTANAY) == day
        if piece:
            assert local_date(begins + piece - timedelta(microseconds=1), KOSTANAY) == day
        begins += piece


def test_a_shift_over_midnight_belongs_to_the_day_it_began_on() -> None:
    start, end = local("2026-03-09T21:04"), local("2026-03-10T00:25")

    assert local_date(start, KOSTANAY) == date(2026, 3, 9)
    assert split_at_midnight(start, end, KOSTANAY) == [
        (date(2026, 3, 9), timedelta(hours=2, minutes=56)),
        (date(2026, 3, 10), timedelta(minutes=25)),
    ]


def test_a_shift_over_the_end_of_a_month_is_split_there() -> None:
    pieces = split_at_midnight(local("2026-02-28T22:00"), local("2026-03-01T02:00"), KOSTANAY)

    assert pieces == [
        (date(2026, 2, 28), timedelta(hours=2)),
        (date(2026, 3, 1), timedelta(hours=2)),
    ]


def test_d5_a_shift_through_the_repeated_hour_of_1_march_2024_has_all_its_hours() -> None:
    start = datetime(2024, 2, 29, 22, 0, tzinfo=KOSTANAY).astimezone(UTC)
    end = local("2024-03-01T02:00")

    assert end - start == timedelta(hours=5)  # the clock shows four
    assert local_date(start, KOSTANAY) == date(2024, 2, 29)
    assert split_at_midnight(start, end, KOSTANAY) == [
        (date(2024, 2, 29), timedelta(hours=3)),
        (date(2024, 3, 1), timedelta(hours=2)),
    ]


def test_d5_the_day_with_the_repeated_hour_is_25_hours_long() -> None:
    start, end = local("2024-02-29T00:00"), local("2024-03-01T00:00")

    assert split_at_midnight(start, end, KOSTANAY) == [(date(2024, 2, 29), timedelta(hours=25))]


def test_d6_the_day_with_the_missing_hour_is_23_hours_long() -> None:
    start, end = local("2026-03-29T00:00", KYIV), local("2026-03-30T00:00", KYIV)

    assert split_at_midnight(start, end, KYIV) == [(date(2026, 3, 29), timedelta(hours=23))]


def test_d10_the_day_of_a_shift_is_the_regions_and_not_that_of_utc() -> None:
    assert local_date(datetime(2026, 3, 8, 20, 0, tzinfo=UTC), KOSTANAY) == date(2026, 3, 9)


def test_a_shift_that_ends_before_it_starts_is_no_shift() -> None:
    with pytest.raises(ValueError, match="before"):
        split_at_midnight(NOW, NOW - timedelta(seconds=1), KOSTANAY)


@given(st.timedeltas(timedelta(days=-30), timedelta(days=30)))
def test_a_message_is_dated_neither_in_the_future_nor_older_than_telegram_keeps_it(
    shift: timedelta,
) -> None:
    assert NOW - timedelta(days=1) <= moment_of(NOW + shift, NOW) <= NOW


def test_a_message_without_a_date_is_of_now() -> None:
    assert moment_of(None, NOW) == NOW


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("22:30", "2026-03-08T22:30"),
        (" 22.30 ", "2026-03-08T22:30"),
        ("9:05", "2026-03-09T09:05"),
        ("18:00", "2026-03-09T18:00"),  # the start itself: a whole day later
    ],
)
def test_a_typed_end_is_the_first_after_the_start(typed: str, end: str) -> None:
    start = local("2026-03-08T18:00")

    assert read_end(typed, start, start + timedelta(days=2), KOSTANAY) == local(end)


def test_a_typed_end_in_the_repeated_hour_is_the_earlier_one_after_the_start() -> None:
    start = local("2024-02-29T22:00")

    end = read_end("23:30", start, start + timedelta(days=1), KOSTANAY)

    assert end - start == timedelta(hours=1, minutes=30)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("18:00 – 22:30", "2026-03-08T18:00", "2026-03-08T22:30"),
        ("18:00-22:30", "2026-03-08T18:00", "2026-03-08T22:30"),
        ("18.00 22.30", "2026-03-08T18:00", "2026-03-08T22:30"),
        ("23:50 – 01:10", "2026-03-08T23:50", "2026-03-09T01:10"),
        ("0:10 — 1:10", "2026-03-09T00:10", "2026-03-09T01:10"),
    ],
)
def test_a_typed_span_begins_nearest_to_the_present_start(typed: str, start: str, end: str) -> None:
    began = local("2026-03-08T21:00")

    assert read_times(typed).around(began, began + timedelta(days=2), KOSTANAY) == (
        local(start),
        local(end),
    )


def test_the_minute_the_shift_began_in_is_its_start() -> None:
    began = local("2026-03-08T21:00:40")

    start, end = read_times("21:00 – 22:00").around(began, began + timedelta(hours=2), KOSTANAY)

    assert (start, end) == (began, local("2026-03-08T22:00"))


def test_where_only_the_end_is_typed_the_start_stays() -> None:
    began = local("2026-03-08T21:00")

    span = read_times("1:10").around(began, began + timedelta(days=2), KOSTANAY)

    assert span == (began, local("2026-03-09T01:10"))
    with pytest.raises(InvalidInputError):
        read_times("1:10").around(began, began + timedelta(hours=4), KOSTANAY)


@pytest.mark.parametrize(
    "typed",
    ["", "18", "1800", "18:60", "24:00", "18:00 –", "1٨:00", "18:00 – 22:30 – 23:00", "-1:00"],
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        read_end(typed, NOW, NOW + timedelta(days=1), KOSTANAY)
    with pytest.raises(InvalidInputError):
        read_times(typed)


@given(moments, st.timedeltas(timedelta(), timedelta(hours=40)), st.lists(lengths, max_size=2))
def test_likely_ends_lie_between_start_and_now_in_whole_minutes(
    start: datetime, lasted: timedelta, signs: list[timedelta]
) -> None:
    latest = start + lasted
    ends = likely_ends(start, [start + each for each in signs], latest, ShiftRules())

    assert ends == sorted(set(ends))
    assert len(ends) <= 4
    for end in ends:
        assert start < end <= min(latest, start + LONGEST_STATED)
        assert (end - start) % timedelta(minutes=1) == timedelta()


def test_the_last_sign_of_work_is_among_the_likely_ends() -> None:
    sign = NOW + timedelta(hours=1, minutes=47)

    assert sign in likely_ends(NOW, [sign], NOW + timedelta(hours=7), ShiftRules())
