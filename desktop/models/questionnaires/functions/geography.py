"""Points on the earth: `distance` and `area` of points with spaces between their numbers.

A point is `latitude longitude [altitude [accuracy]]`, as a geopoint question holds it; a line or a shape
is points with semicolons between them. Lengths are great circles on a sphere of the earth's
equatorial radius, as in ODK.
"""

from __future__ import annotations

import math
from itertools import pairwise

from desktop.models.questionnaires.calls import Call, function
from desktop.models.questionnaires.xpath import text

_RADIUS = 6_378_100.0
"""Metres."""

Point = tuple[float, float]
"""Latitude and longitude in radians."""


@function("distance", (1, None))
def _distance(call: Call) -> float:
    """Metres along all points of the arguments."""
    points = _points(call)
    return math.nan if points is None else sum(_between(a, b) for a, b in pairwise(points))


@function("area", (1, None))
def _area(call: Call) -> float:
    """Square metres within a shape; it is closed if it is not."""
    points = _points(call)
    if points is None:
        return math.nan
    closed = [*points, *points[:1]]
    turns = ((b[1] - a[1]) * (2 + math.sin(a[0]) + math.sin(b[0])) for a, b in pairwise(closed))
    return abs(sum(turns) * _RADIUS * _RADIUS / 2)


def _points(call: Call) -> list[Point] | None:
    """The points of all arguments; None if one of them is none."""
    written = [one for value in call.values() for one in text(value).split(";") if one.strip()]
    points = [_point(one) for one in written]
    known = [point for point in points if point is not None]
    return known if len(known) == len(points) else None


def _point(written: str) -> Point | None:
    try:
        latitude, longitude = (float(part) for part in written.split()[:2])
    except ValueError:
        return None
    return math.radians(latitude), math.radians(longitude)


def _between(one: Point, other: Point) -> float:
    half_up, half_across = (other[0] - one[0]) / 2, (other[1] - one[1]) / 2
    across = math.cos(one[0]) * math.cos(other[0]) * math.sin(half_across) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, math.sin(half_up) ** 2 + across)))
