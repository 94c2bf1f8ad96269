"""Fences say inside, outside, or that nobody can tell."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.geofence import Fence, Fences, Point, distance_m
from db.models.shifts import Place

KM = 1000.0
PARK = {"kk": "Саябақ", "ru": "Парк", "en": "Park"}
# A degree of latitude is about 111.2 km.
TOWN = Fence(53.22, 63.63, 15 * KM)
FENCES = Fences({"kostanay": [TOWN], "rudny": [TOWN, Fence(54.0, 63.63, 400.0, PARK)]})

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def north(km: float, accuracy_m: float | None = None) -> Point:
    return Point(TOWN.lat + km / 111.195, TOWN.lon, accuracy_m)


@pytest.mark.parametrize(
    ("point", "place"),
    [
        (north(0), Place.INSIDE),
        (north(14.9), Place.INSIDE),
        (north(15.1), Place.OUTSIDE),
        (north(14.5, 400), Place.INSIDE),
        (north(14.5, 600), Place.UNKNOWN),
        (north(15.5, 600), Place.UNKNOWN),
        (north(15.7, 600), Place.OUTSIDE),
        (None, Place.NONE),
    ],
)
def test_the_error_of_the_phone_is_given_to_the_person(point: Point | None, place: Place) -> None:
    assert FENCES.judge("kostanay", point) is place


def test_a_district_without_a_fence_marks_nothing() -> None:
    assert FENCES.judge("denisov", north(500)) is Place.UNKNOWN


def test_a_site_outside_the_fence_counts_as_inside_and_is_named() -> None:
    at_park = Point(54.0005, 63.63)

    assert FENCES.judge("rudny", at_park) is Place.INSIDE
    assert FENCES.site("rudny", at_park) == PARK
    assert FENCES.judge("kostanay", at_park) is Place.OUTSIDE
    assert FENCES.site("kostanay", at_park) is None


@given(degrees, degrees)
def test_a_distance_is_the_same_both_ways_and_half_the_earth_at_most(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    there, back = distance_m(*a, *b), distance_m(*b, *a)

    assert 0 <= there <= math.pi * 6_371_000 + 1
    assert there == pytest.approx(back, abs=0.01)


def test_kostanay_to_rudny_is_44_km() -> None:
    assert distance_m(53.22, 63.63, 52.96, 63.12) == pytest.approx(44.7 * KM, rel=0.02)


@given(degrees, st.floats(0, 1500))
def test_a_better_fix_never_turns_inside_into_outside(
    at: tuple[float, float], accuracy_m: float
) -> None:
    blurred = FENCES.judge("kostanay", Point(*at, accuracy_m))
    sharp = FENCES.judge("kostanay", Point(*at, 0.0))

    assert blurred in (sharp, Place.UNKNOWN)
