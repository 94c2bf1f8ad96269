"""Terms of validity, counted in the region's calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.briefing_rules import valid_until

ZONE = ZoneInfo("Asia/Qostanay")
MOMENTS = st.integers(0, 80 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("signed", "months", "until"),
    [
        (local(2026, 3, 9, 15), 12, local(2027, 3, 9, 15)),
        (local(2026, 11, 30, 23, 59), 3, local(2027, 2, 28, 23, 59)),
        (local(2027, 11, 30), 3, local(2028, 2, 29)),
        (local(2028, 2, 29, 8), 12, local(2029, 2, 28, 8)),
        (local(2026, 12, 31), 1, local(2027, 1, 31)),
        (local(2026, 12, 31), 60, local(2031, 12, 31)),
        (local(2026, 1, 31, 1), 1, local(2026, 2, 28, 1)),
    ],
)
def test_months_are_months_of_the_calendar(signed: datetime, months: int, until: datetime) -> None:
    assert valid_until(signed.astimezone(UTC), months, ZONE) == until


def test_the_day_is_the_regions_not_that_of_the_server() -> None:
    # 31 March, 20:00 in UTC, is 1 April in Kostanay already.
    signed = datetime(2026, 3, 31, 20, tzinfo=UTC)
    assert valid_until(signed, 1, ZONE) == local(2026, 5, 1, 1)


def test_d5_the_hour_stays_the_same_when_the_zone_moves() -> None:
    signed = local(2023, 6, 1, 12)
    until = valid_until(signed.astimezone(UTC), 12, ZONE)
    assert until == local(2024, 6, 1, 12)
    assert until - signed == timedelta(days=366, hours=1)


@given(MOMENTS, st.integers(1, 60))
def test_a_pass_holds_about_as_long_as_its_months(signed: datetime, months: int) -> None:
    until = valid_until(signed, months, ZONE)

    assert timedelta(days=28 * months - 1) < until - signed < timedelta(days=31 * months + 1)
    assert until.astimezone(ZONE).time() == signed.astimezone(ZONE).time()
    assert until.utcoffset() == timedelta(0)


@given(MOMENTS.filter(lambda moment: moment.year > 2025))
def test_a_later_signature_never_ends_earlier(signed: datetime) -> None:
    assert valid_until(signed, 12, ZONE) <= valid_until(signed + timedelta(days=1), 12, ZONE)
