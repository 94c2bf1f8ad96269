"""Fences: they mark where a shift began; a person decides what that means."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.models.shifts import Place

_EARTH_M = 6_371_000.0


@dataclass(frozen=True, slots=True)
class Point:
    """A point as a phone reports it: degrees, and metres it may be wrong by (``None``: unsaid)."""

    lat: float
    lon: float
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class Fence:
    """A circle round a point in degrees, ``radius_m`` metres wide; a site has names by language."""

    lat: float
    lon: float
    radius_m: float
    names: Mapping[str, str] | None = None


def distance_m(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Return the metres between two points in degrees, along the surface (haversine)."""
    a, b = math.radians(lat_a), math.radians(lat_b)
    across = math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    up = math.sin((b - a) / 2) ** 2
    root = min(1.0, math.sqrt(up + math.cos(a) * math.cos(b) * across))
    return 2 * _EARTH_M * math.asin(root)


class Fences:
    """The fences of each district: its own, and its sites.

    Args:
        by_district: fences by the district's code; a district without any marks nothing.
    """

    def __init__(self, by_district: Mapping[str, Sequence[Fence]]) -> None:
        self._by_district = by_district

    def judge(self, district: str, point: Point | None) -> Place:
        """Say whether the point lies in one of the district's fences.

        Inside or outside only when the phone's error cannot change the answer. Without a fence
        nothing can be said; without a point there is no place at all.
        """
        if point is None:
            return Place.NONE
        answers = {_judge(fence, point) for fence in self._by_district.get(district, ())}
        if Place.INSIDE in answers:
            return Place.INSIDE
        return Place.OUTSIDE if answers == {Place.OUTSIDE} else Place.UNKNOWN

    def site(self, district: str, point: Point | None) -> Mapping[str, str] | None:
        """Return the names of the nearest site that the point may lie in."""
        if point is None:
            return None
        sites = [
            (distance_m(fence.lat, fence.lon, point.lat, point.lon), fence)
            for fence in self._by_district.get(district, ())
            if fence.names is not None and _judge(fence, point) is not Place.OUTSIDE
        ]
        return min(sites, key=lambda near: near[0])[1].names if sites else None


def _judge(fence: Fence, point: Point) -> Place:
    away = distance_m(fence.lat, fence.lon, point.lat, point.lon)
    error = point.accuracy_m or 0.0
    if away + error <= fence.radius_m:
        return Place.INSIDE
    return Place.OUTSIDE if away - error > fence.radius_m else Place.UNKNOWN
