"""When a digest is due: by the local clock, whatever the zone does to it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.digest_days import LATEST, Span, Wishes, due_at, due_now, span_of
from bot.services.digest_detail import Detail, Tally
from bot.services.digest_figures import Figures
from bot.services.states import DigestKind

QOSTANAY, BERLIN = ZoneInfo("Asia/Qostanay"), ZoneInfo("Europe/Berlin")
EVENING = 20 * 60


def days_due(wishes: Wishes, since: datetime, hours: int, zone: ZoneInfo) -> list[date]:
    """Return the days of daily digests that fall due while the clock goes on by minutes."""
    found: dict[date, None] = {}
    for minute in range(hours * 60):
        for kind, day, _ in due_now(wishes, since + timedelta(minutes=minute), zone):
            if kind is DigestKind.DAILY:
                found[day] = None
    return list(found)


def test_d5_the_day_of_25_hours_of_qostanay_has_one_digest_at_its_evening() -> None:
    eve = due_at(date(2024, 2, 29), EVENING, QOSTANAY)
    after = due_at(date(2024, 3, 1), EVENING, QOSTANAY)

    assert eve == datetime(2024, 2, 29, 14, tzinfo=UTC)
    assert after - eve == timedelta(hours=25)


def test_d5_a_time_that_comes_twice_is_due_at_the_first() -> None:
    # On 1 March 2024 at 00:00 the clocks of Qostanay went back to 23:00 of the day before.
    last_day = date(2024, 2, 29)
    moment = due_at(last_day, 23 * 60 + 30, QOSTANAY)

    assert moment == datetime(2024, 2, 29, 17, 30, tzinfo=UTC)
    wishes = Wishes(23 * 60 + 30)
    since = datetime(2024, 2, 29, 17, tzinfo=UTC)
    again = [day for day in days_due(wishes, since, 3, QOSTANAY) if day == last_day]
    assert again == [last_day]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_d6_with_summer_time_each_evening_has_one_digest(day: date, hours: int) -> None:
    eve = due_at(day - timedelta(days=1), EVENING, BERLIN)

    assert due_at(day, EVENING, BERLIN) - eve == timedelta(hours=hours)


def test_d6_a_time_that_is_skipped_is_due_an_hour_later_by_the_clock() -> None:
    moment = due_at(date(2026, 3, 29), 2 * 60 + 30, BERLIN)

    assert moment.astimezone(BERLIN).hour == 3
    since = datetime(2026, 3, 29, tzinfo=UTC)
    assert days_due(Wishes(150), since, 12, BERLIN).count(date(2026, 3, 29)) == 1


def test_d10_the_day_is_the_region_s_and_not_that_of_utc() -> None:
    just_after_midnight = datetime(2026, 3, 9, 19, 30, tzinfo=UTC)

    due = list(due_now(Wishes(at_minute=0), just_after_midnight, QOSTANAY))

    assert [each[:2] for each in due] == [
        (DigestKind.WEEKLY, date(2026, 3, 9)),
        (DigestKind.DAILY, date(2026, 3, 9)),
        (DigestKind.DAILY, date(2026, 3, 10)),
    ]


MOMENTS = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from([QOSTANAY, BERLIN, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Almaty")])
WISHES = st.builds(
    Wishes,
    at_minute=st.integers(0, 1439),
    days=st.integers(0, 127),
    weekly=st.booleans(),
    monthly=st.booleans(),
)


@given(now=MOMENTS, wishes=WISHES, zone=ZONES)
def test_what_is_due_has_come_lately_and_is_wanted(
    now: datetime, wishes: Wishes, zone: ZoneInfo
) -> None:
    for kind, day, moment in due_now(wishes, now, zone):
        assert timedelta() <= now - moment < timedelta(days=2, hours=2)
        assert wishes.want(kind, day)
        if kind is DigestKind.DAILY:
            assert wishes.days >> day.weekday() & 1
        if kind is DigestKind.WEEKLY:
            assert wishes.weekly
            assert day.weekday() == 0
        if kind is DigestKind.MONTHLY:
            assert wishes.monthly
            assert day.day == 1


@given(
    now=MOMENTS,
    wishes=WISHES,
    zone=ZONES,
    pauses=st.lists(st.integers(1, 36 * 60), min_size=1, max_size=60),
)
def test_d2_d8_whenever_it_is_asked_each_key_is_due_at_one_moment_and_none_is_left_out(
    now: datetime, wishes: Wishes, zone: ZoneInfo, pauses: list[int]
) -> None:
    """Ask after pauses as a process would that is up and down; compare with the calendar."""
    made: dict[tuple[DigestKind, date], datetime] = {}
    asked = [now]
    for minutes in pauses:
        asked.append(asked[-1] + timedelta(minutes=minutes))
    # Once more the other way round, as a clock that steps back would.
    for moment in (*asked, *reversed(asked)):
        for kind, day, at in due_now(wishes, moment, zone):
            assert made.setdefault((kind, day), at) == at

    day = asked[0].astimezone(zone).date() + timedelta(days=1)
    while (at := due_at(day, wishes.at_minute, zone)) <= asked[-1]:
        in_time = any(at <= moment <= at + LATEST for moment in asked)
        for kind in DigestKind:
            if in_time and wishes.want(kind, day):
                assert (kind, day) in made
        day += timedelta(days=1)


@given(day=st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_weeks_and_months_follow_each_other_without_gap_or_overlap(day: date) -> None:
    one = timedelta(days=1)
    week, month = (span_of(kind, day) for kind in (DigestKind.WEEKLY, DigestKind.MONTHLY))

    assert len(week.days) == 7
    assert (week.first.weekday(), week.last.weekday()) == (0, 6)
    assert week.last < day <= week.last + 7 * one
    assert span_of(DigestKind.WEEKLY, week.first) == Span(
        week.since - 7 * one, week.since, week.first - one
    )
    assert (month.first.day, (month.last + one).day) == (1, 1)
    assert month.last + one == day.replace(day=1)
    before = span_of(DigestKind.MONTHLY, month.first)
    assert (before.first, before.last) == (month.since, month.first - one)


@pytest.mark.parametrize(
    ("day", "since", "first", "last"),
    [
        (date(2024, 3, 1), date(2024, 1, 1), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2026, 3, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 2, 28)),
        (date(2026, 1, 1), date(2025, 11, 1), date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_month_ends_where_the_calendar_says(
    day: date, since: date, first: date, last: date
) -> None:
    assert span_of(DigestKind.MONTHLY, day) == Span(since, first, last)


def test_d5_the_month_of_the_zone_change_is_due_on_the_first_of_march_2024() -> None:
    evening = due_at(date(2024, 3, 1), EVENING, QOSTANAY)

    due = [each[:2] for each in due_now(Wishes(days=0), evening, QOSTANAY)]

    assert due == [(DigestKind.MONTHLY, date(2024, 3, 1))]
    assert not list(due_now(Wishes(days=0), evening - timedelta(minutes=1), QOSTANAY))


def test_no_wish_at_all_is_nothing() -> None:
    nothing = Wishes(days=0, weekly=False, monthly=False)

    assert nothing.nothing
    assert not Wishes(days=0).nothing
    for kind in DigestKind:
        assert not nothing.want(kind, date(2026, 6, 1))


def test_a_detail_has_every_day_of_its_span() -> None:
    span = span_of(DigestKind.WEEKLY, date(2026, 3, 9))
    kept = {"days": [["2026-03-04", 2, 60_000, {"talk": [1, 5]}]]}

    detail = Detail.of_json(kept, span)

    assert [day for day, _ in detail.days] == span.days
    assert sum((tally for _, tally in detail.days), Tally()) == Tally(2, 60_000, {"talk": (1, 5)})


def test_a_skipped_digest_keeps_a_day_without_anything() -> None:
    assert Figures.of_json({}).nothing
