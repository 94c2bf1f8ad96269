"""Invented histories: whatever their size and seed, they could have been."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from bot.sample.cast import Sizes, TooMuchError
from bot.services.activity_answers import Span, period
from bot.services.activity_fields import PERIOD, check
from bot.services.shift_times import local_date
from db.models import (
    Activity,
    ActivityVersion,
    Application,
    Assistant,
    BriefingPass,
    Certificate,
    Person,
    QuizAttempt,
    Shift,
    ShiftCorrection,
)
from db.models.activities import ActivityState
from db.models.people import ApplicationState, AssistantStatus
from db.models.shifts import CorrectionState, Place, ShiftState
from tests.samples import Rows, rows_of, scene

NOW = datetime(2026, 3, 9, 10, tzinfo=UTC)
# From two days before the region's clocks were set back.
MOMENTS = st.timedeltas(timedelta(), timedelta(days=1400)).map(
    lambda since: datetime(2024, 2, 26, tzinfo=UTC) + since
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Rows, Sizes, datetime]:
    days = draw(st.integers(2, 40) | st.integers(350, 420))
    assistants = draw(st.integers(1, 40))
    seed = draw(st.integers(0, 10**6))
    sizes = Sizes.of(assistants, draw(st.integers(0, assistants * 4)), days, seed)
    now = draw(MOMENTS)
    try:
        return rows_of(sizes, now), sizes, now
    except TooMuchError:
        reject()


quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@pytest.fixture(scope="module")
def month() -> Rows:
    """The month that the sandbox opens with."""
    return rows_of(Sizes.of(60), NOW)


def moments(row: dict[str, Any]) -> list[datetime]:
    """Return what happened, apart from what is still to come by its nature."""
    ahead = {"valid_until", "briefing_valid_until", "ask_at", "close_at", "starts_at", "ends_at"}
    return [each for name, each in row.items() if isinstance(each, datetime) and name not in ahead]


def must_be_apart(rows: Rows) -> None:
    shifts = defaultdict(list)
    for row in rows[Shift]:
        shifts[row["person_id"]].append(row)
    for own in shifts.values():
        for before, after in pairwise(sorted(own, key=lambda row: row["started_at"])):
            assert before["ended_at"] is not None
            assert before["ended_at"] <= after["started_at"]


@quick
@given(histories())
def test_a_persons_shifts_never_meet_and_none_is_without_a_briefing(
    history: tuple[Rows, Sizes, datetime],
) -> None:
    rows, _, now = history
    passes = {row["id"]: row for row in rows[BriefingPass]}
    must_be_apart(rows)
    for row in rows[Shift]:
        passed = passes[row["briefing_pass_id"]]
        assert (passed["person_id"], passed["valid_until"]) == (
            row["person_id"],
            row["briefing_valid_until"],
        )
        assert passed["signed_at"] <= row["started_at"] < passed["valid_until"]
        assert (row["state"] is ShiftState.OPEN) == (row["ended_at"] is None)
        assert row["started_at"] < (row["ended_at"] or now) <= now
        assert row["local_date"] == local_date(row["started_at"], scene().zone)


@quick
@given(histories())
def test_entries_lie_within_their_shift_and_their_kind_would_take_them(
    history: tuple[Rows, Sizes, datetime],
) -> None:
    rows, sizes, now = history
    shifts = {row["id"]: row for row in rows[Shift]}
    rules = scene().activity_rules
    assert len(rows[Activity]) == sizes.entries
    for row in rows[Activity]:
        shift = shifts[row["shift_id"]]
        span = Span(shift["started_at"], shift["ended_at"] or now, ended=False)
        assert span.begins_at <= row["begins_at"] <= row["ends_at"] <= span.ends_at
        assert row["ends_at"] <= row["created_at"] <= row["updated_at"] <= now
        assert row["local_date"] == local_date(row["begins_at"], scene().zone)
        values = dict(row["fields"])
        if row["begins_at"] < row["ends_at"]:
            values[PERIOD] = period(row["begins_at"], row["ends_at"])
        checked = check(rules, rules.kind(row["kind"]), values, span, moment=row["ends_at"])
        assert (checked.fields, checked.begins_at, checked.ends_at) == (
            row["fields"],
            row["begins_at"],
            row["ends_at"],
        )
        assert (checked.people_reached, checked.category) == (
            row["people_reached"],
            row["category"],
        )


@quick
@given(histories())
def test_every_version_is_there_and_the_last_is_the_entry(
    history: tuple[Rows, Sizes, datetime],
) -> None:
    rows, _, _ = history
    versions = defaultdict(list)
    for row in rows[ActivityVersion]:
        versions[row["activity_id"]].append(row)
    for row in rows[Activity]:
        own = versions.pop(row["id"])
        assert [each["version"] for each in own] == list(range(1, row["version"] + 1))
        assert own[0]["state"] is ActivityState.SUBMITTED
        assert [each["made_at"] for each in own] == sorted(each["made_at"] for each in own)
        last = own[-1]
        assert (last["state"], last["fields"], last["made_at"]) == (
            row["state"],
            row["fields"],
            row["updated_at"],
        )
    assert not versions


@quick
@given(histories())
def test_nothing_lies_in_the_future_and_nobody_is_there_twice(
    history: tuple[Rows, Sizes, datetime],
) -> None:
    rows, sizes, now = history
    late = [row for table in rows.values() for row in table if max(moments(row), default=now) > now]
    assert late == []
    assert len({row["phone"] for row in rows[Person]}) == len(rows[Person])
    assert len({row["service_number"] for row in rows[Assistant]}) == sizes.assistants
    assert all(row["telegram_id"] is None for row in rows[Person])


def test_the_same_seed_gives_the_same_rows_and_another_gives_others() -> None:
    sizes = Sizes.of(30, seed=4)

    assert rows_of(sizes, NOW) == rows_of(sizes, NOW)
    assert rows_of(sizes, NOW) != rows_of(Sizes.of(30, seed=5), NOW)


def test_a_month_has_every_state_the_model_has(month: Rows) -> None:
    assert {row["state"] for row in month[Activity]} == set(ActivityState)
    assert {row["state"] for row in month[Shift]} == set(ShiftState)
    assert {row["start_place"] for row in month[Shift]} == set(Place)
    assert {row["state"] for row in month[ShiftCorrection]} == set(CorrectionState)
    assert {row["state"] for row in month[Application]} == set(ApplicationState)
    assert {row["status"] for row in month[Assistant]} == set(AssistantStatus)
    assert {row["revoked_at"] is None for row in month[Certificate]} == {True, False}
    assert {row["district_code"] for row in month[Assistant]} == set(scene().centres)
    assert {row["kind"] for row in month[Activity]} == set(scene().activity_rules.kinds)


@pytest.mark.parametrize("hour", [0, 4, 8, 12, 16, 20, 23])
def test_at_any_hour_somebody_of_the_chief_district_is_on_duty(hour: int) -> None:
    rows = rows_of(Sizes.of(60), NOW.replace(hour=hour))
    for seed in range(3):
        must_be_apart(rows_of(Sizes.of(60, seed=10 * hour + seed), NOW.replace(hour=hour)))
    here = [row for row in rows[Shift] if row["district_code"] == scene().star]

    on_duty = [row for row in here if row["state"] is ShiftState.OPEN]
    assert len(on_duty) >= 3
    assert {Place.NONE, Place.OUTSIDE} <= {row["start_place"] for row in on_duty}
    assert len([row for row in here if row["state"] is ShiftState.UNCONFIRMED]) >= 1
    today = local_date(NOW.replace(hour=hour), scene().zone)
    worked = [row for row in here if row["local_date"] == today and row["ended_at"]]
    # From 14:00 to midnight in the region.
    assert len(worked) >= (3 if 8 <= hour <= 18 else 0)
    assert len({row["local_date"] for row in here if row["local_date"] < today}) > 20


def test_working_days_have_evening_shifts_and_weekends_are_fuller(month: Rows) -> None:
    evenings = Counter(
        row["started_at"].astimezone(scene().zone).hour >= 17
        for row in month[Shift]
        if row["local_date"].weekday() < 5
    )
    assert evenings[True] > 2 * evenings[False]
    a_day = Counter(row["local_date"].weekday() >= 5 for row in month[Shift])
    assert a_day[True] / 2 > a_day[False] / 5


def test_trainees_are_stuck_in_different_places(month: Rows) -> None:
    trainees = {
        row["person_id"]
        for row in month[Assistant]
        if row["status"] is AssistantStatus.TRAINEE and row["district_code"] == scene().star
    }
    failed = Counter(
        row["person_id"]
        for row in month[QuizAttempt]
        if row["person_id"] in trainees and row["score"] < scene().briefing.pass_mark
    )

    assert len(trainees) == 3
    assert list(failed.values()) == [scene().briefing.tries]


def test_some_briefings_end_soon_and_one_has_ended(month: Rows) -> None:
    here = {row["person_id"] for row in month[Assistant] if row["district_code"] == scene().star}
    ends = [row["valid_until"] - NOW for row in month[BriefingPass] if row["person_id"] in here]

    assert any(left < timedelta() for left in ends)
    assert any(timedelta() < left < scene().briefing.notice for left in ends)


def test_more_entries_than_anybody_would_write_are_refused() -> None:
    with pytest.raises(TooMuchError) as refused:
        rows_of(Sizes.of(10, 5000, 10), NOW)

    assert len(rows_of(Sizes.of(10, 5000, refused.value.days), NOW)[Activity]) == 5000
