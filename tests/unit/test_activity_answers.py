"""Answers about results: what is read from people's words, and what may be kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import load_content
from bot.pack import activity_rules
from bot.services.activity_answers import (
    LARGEST_COUNT,
    Span,
    check_period,
    moments_of,
    period,
    read_answer,
    read_count,
    read_length,
    read_period,
)
from bot.services.activity_fields import check, signature
from bot.services.activity_shift import taken_until
from bot.services.errors import InvalidInputError

ZONE = ZoneInfo("Asia/Qostanay")
RULES = activity_rules(load_content(Path("content/kostanay")))
# From 21:00 to 01:30 of the next day in Kostanay.
NIGHT = Span(
    datetime(2026, 3, 9, 16, 0, 20, tzinfo=UTC), datetime(2026, 3, 9, 20, 30, 40, tzinfo=UTC), False
)


def refused(typed: str, span: Span = NIGHT) -> str:
    with pytest.raises(InvalidInputError) as refusal:
        read_period(typed, span, ZONE)
    return refusal.value.message


def local(typed: str, span: Span = NIGHT) -> str:
    begins, ends = read_period(typed, span, ZONE)
    return f"{begins.astimezone(ZONE):%d %H:%M:%S} {ends.astimezone(ZONE):%d %H:%M:%S}"


@pytest.mark.parametrize(
    ("typed", "number"), [("1", 1), (" 12 ", 12), ("5000", 5000), ("+7", 7), ("0012", 12)]
)
def test_a_bare_number_is_read(typed: str, number: int) -> None:
    assert read_count(typed) == number


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("-1", "error-count-range"),
        ("0", "error-count-range"),
        ("5001", "error-count-range"),
        ("1000000000", "error-count-range"),
        ("9" * 4000, "error-count-range"),
        ("много", "error-count-form"),
        ("12 человек", "error-count-form"),
        ("12,5", "error-count-form"),
        ("1_0", "error-count-form"),
        ("١٢", "error-count-form"),
        ("", "error-count-form"),
        ("-", "error-count-form"),
    ],
)
def test_what_is_no_believable_number_is_refused_with_the_reason(typed: str, why: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        read_count(typed)
    assert refusal.value.message == why
    assert refusal.value.values == {"limit": LARGEST_COUNT}


@given(st.text(max_size=40))
def test_whatever_is_typed_gives_a_number_within_the_limits_or_a_refusal(typed: str) -> None:
    try:
        number = read_count(typed)
    except InvalidInputError:
        return
    assert 1 <= number <= LARGEST_COUNT


@pytest.mark.parametrize(
    ("typed", "minutes"), [("2", 120), ("1:30", 90), ("1,5", 90), ("0.5", 30), ("24", 1440)]
)
def test_a_length_is_read_in_hours(typed: str, minutes: int) -> None:
    assert read_length(typed) == minutes


@pytest.mark.parametrize("typed", ["0", "0:10", "25", "24:01", "два", "-1", "1:5", "", "1.55"])
def test_a_length_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInputError, match="error-hours-form"):
        read_length(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("21:30 – 22:10", "09 21:30:00 09 22:10:00"),
        ("21.30-22.10", "09 21:30:00 09 22:10:00"),
        ("21:30 22:10", "09 21:30:00 09 22:10:00"),
        ("23:50 – 00:20", "09 23:50:00 10 00:20:00"),
        ("0:10 - 1:00", "10 00:10:00 10 01:00:00"),
        ("22:00", "09 22:00:00 10 01:30:40"),
        # The minutes in which the shift began and ended belong to it.
        ("21:00 – 22:00", "09 21:00:20 09 22:00:00"),
        ("23:00 – 01:30", "09 23:00:00 10 01:30:40"),
    ],
)
def test_a_period_is_read_within_a_shift_over_midnight(typed: str, expected: str) -> None:
    assert local(typed) == expected


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("22:10 – 21:30", "error-period-order"),
        ("22:10 – 22:10", "error-period-order"),
        ("20:00 – 22:00", "error-period-before-shift"),
        ("22:00 – 01:31", "error-period-ahead"),
        ("02:00 – 03:00", "error-period-ahead"),
        ("25:00 – 26:00", "error-period-form"),
        ("21:5 – 22:10", "error-period-form"),
        ("вечером", "error-period-form"),
        ("", "error-period-form"),
        ("21:00 – 22:00 – 23:00", "error-period-form"),
    ],
)
def test_a_period_that_cannot_have_been_is_refused_with_the_reason(typed: str, why: str) -> None:
    assert refused(typed) == why


def test_a_period_after_a_shift_that_ended_says_when_it_ended() -> None:
    assert refused("22:00 – 02:00", Span(NIGHT.begins_at, NIGHT.ends_at, True)) == (
        "error-period-after-shift"
    )


@given(
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 7 * 24 * 60),
    st.integers(0, 20 * 60),
)
def test_whatever_times_are_typed_the_period_lies_within_the_shift(
    begins: int, ends: int, start: int, length: int
) -> None:
    # The last days of the old offset, so that the change of 1 March 2024 is among them.
    started_at = datetime(2024, 2, 27, tzinfo=UTC) + timedelta(minutes=start)
    span = Span(started_at, started_at + timedelta(minutes=length), False)
    typed = f"{begins // 60}:{begins % 60:02} - {ends // 60}:{ends % 60:02}"
    try:
        first, last = read_period(typed, span, ZONE)
    except InvalidInputError:
        return
    assert span.begins_at <= first < last <= span.ends_at
    assert [f"{each.astimezone(ZONE):%H:%M}" for each in (first, last)] == [
        f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (begins, ends)
    ]


@given(st.integers(1, 20 * 60), st.data())
def test_every_period_of_a_shift_under_a_day_can_be_typed(length: int, data: st.DataObject) -> None:
    started_at = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    span = Span(started_at, started_at + timedelta(minutes=length), False)
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first + 1, length))
    moments = [started_at + timedelta(minutes=each) for each in (first, last)]
    typed = " - ".join(f"{each.astimezone(ZONE):%H:%M}" for each in moments)

    assert list(read_period(typed, span, ZONE)) == moments


def test_a_period_comes_back_from_an_answer() -> None:
    moments = (NIGHT.begins_at, NIGHT.ends_at)
    assert moments_of(period(*moments)) == moments
    with pytest.raises(InvalidInputError):
        moments_of("21:00")


def test_f6_words_are_cleaned_once_at_the_door() -> None:
    area = RULES.kind("patrol").field("area")
    assert area is not None

    assert read_answer(area, "  Парк\n Победы\t\u202e!\x00 ", NIGHT, ZONE) == "Парк Победы !"


@pytest.mark.parametrize(
    ("name", "length", "limit"), [("area", 4096, 120), ("area", 121, 120), ("note", 501, 500)]
)
def test_words_over_the_limit_are_refused_with_their_length(
    name: str, length: int, limit: int
) -> None:
    field = RULES.kind("patrol").field(name)
    assert field is not None

    with pytest.raises(InvalidInputError) as refusal:
        read_answer(field, "ә" * length, NIGHT, ZONE)

    assert refusal.value.message == "error-words-long"
    assert refusal.value.values == {"limit": limit, "length": length}


def test_a_choice_is_not_typed() -> None:
    topic = RULES.kind("talk").field("topic")
    assert topic is not None
    with pytest.raises(InvalidInputError, match="error-choose-button"):
        read_answer(topic, "fraud", NIGHT, ZONE)


TALK = {"topic": "fraud", "audience": "parents", "people": 10}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "error-field-missing"),
        ({**TALK, "audience": "on-record"}, "error-officer-wanted"),
        ({**TALK, "topic": "nothing"}, "error-field-value"),
        ({**TALK, "people": 0}, "error-count-range"),
        ({**TALK, "people": True}, "error-field-value"),
        ({**TALK, "people": "10"}, "error-field-value"),
        ({**TALK, "format": 1}, "error-field-value"),
        ({**TALK, "note": "ә" * 501}, "error-words-long"),
    ],
)
def test_answers_that_may_not_be_kept_are_refused(values: dict[str, object], why: str) -> None:
    with pytest.raises(InvalidInputError, match=why):
        check(RULES, RULES.kind("talk"), values, NIGHT, moment=NIGHT.ends_at)


def test_answers_that_no_field_asks_for_are_not_kept() -> None:
    checked = check(
        RULES,
        RULES.kind("talk"),
        {**TALK, "name": "Серікова", "period": period(NIGHT.begins_at, NIGHT.ends_at)},
        NIGHT,
        moment=NIGHT.ends_at,
    )

    assert checked.fields == TALK
    assert checked.people_reached == 10
    assert checked.begins_at == checked.ends_at == NIGHT.ends_at


@pytest.mark.parametrize("audience", sorted(RULES.on_record))
def test_the_officer_named_makes_a_talk_with_people_on_record_possible(audience: str) -> None:
    values = {**TALK, "audience": audience, "officer": "капитан Есімов"}
    checked = check(RULES, RULES.kind("talk"), values, NIGHT, moment=NIGHT.ends_at)
    assert checked.fields["officer"] == "капитан Есімов"


def test_every_kind_with_an_officer_always_cannot_be_saved_without_one() -> None:
    always = [kind for kind in RULES.kinds.values() if kind.officer == "always"]
    assert always
    for kind in always:
        assert "officer" in RULES.missing(kind, {})


def test_a_period_kept_too_long_in_a_draft_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="error-period-before-shift"):
        check_period(NIGHT.begins_at - timedelta(seconds=1), NIGHT.ends_at, NIGHT)


def test_two_results_are_alike_by_their_place_or_topic_in_any_case() -> None:
    assert signature({"area": "Парк"}) == signature({"area": "ПАРК", "note": "x"})
    assert signature({"topic": "fraud"}) != signature({"topic": "drugs"})


@pytest.mark.parametrize(
    ("ended", "until"),
    [
        ("2026-03-09 23:10", "2026-03-10 12:00"),
        ("2026-03-10 02:00", "2026-03-10 12:00"),
        ("2026-03-10 11:59", "2026-03-10 12:00"),
        ("2026-03-10 12:00", "2026-03-11 12:00"),
        ("2024-02-29 23:30", "2024-03-01 12:00"),
    ],
)
def test_an_ended_shift_takes_results_until_the_next_noon(ended: str, until: str) -> None:
    moment = datetime.strptime(f"{ended}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
    noon = taken_until(moment.astimezone(UTC), ZONE).astimezone(ZONE)
    assert f"{noon:%Y-%m-%d %H:%M}" == until
