"""Points on the map: read as people write and paste them, kept as ODK writes them.

Kept is `latitude longitude altitude accuracy` in degrees and metres, the last two 0 where nobody knows.
"""

import re
from enum import StrEnum
from typing import Final

_NUMBER: Final = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_PLAIN: Final = re.compile(
    rf"\(?\s*(?P<lat>{_NUMBER})\s*(?:[,;]\s*|\s+)(?P<lon>{_NUMBER})"
    rf"(?:[\s,;]+(?P<alt>{_NUMBER.replace('1,3', '1,5')}))?(?:[\s,;]+(?P<acc>\d+(?:[.,]\d+)?))?\s*\)?"
)
_SEXAGESIMAL: Final = re.compile(
    r"""(?P<deg>\d{1,3})\s*[°d]\s*(?:(?P<min>\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?
    (?:(?P<sec>\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|''|′′)\s*)?(?P<side>[NSEWUTB]|LS|LU|BT|BB)""",
    re.VERBOSE | re.IGNORECASE,
)
_SIDES: Final = {"N": 1, "S": -1, "E": 1, "W": -1, "U": 1, "LU": 1, "LS": -1, "T": 1, "BT": 1} | {
    "B": -1,
    "BB": -1,
}
"""English and Indonesian words for the four sides, with the sign of the number."""
_UP_AND_DOWN: Final = frozenset({"N", "S", "U", "LU", "LS"})


class PointProblem(StrEnum):
    """Why a text is no point."""

    NOT_A_POINT = "not_a_point"
    OFF_THE_EARTH = "off_the_earth"


class PointError(ValueError):
    """A text is no point; `code` says why."""

    def __init__(self, code: PointProblem) -> None:
        super().__init__(code.value)
        self.code = code


def parse_point(typed: str) -> str:
    """Reads `-6.12, 106.15`, `-6,12 106,15`, `(-6.12,106.15)` or `6°07'12"LS 106°09'E`.

    Returns:
        `latitude longitude altitude accuracy`.

    Raises:
        PointError: it is none of these, or lies nowhere on the earth.
    """
    sides = list(_SEXAGESIMAL.finditer(typed))
    if len(sides) == 2:
        degrees = {side["side"].upper() in _UP_AND_DOWN: _degrees(side) for side in sides}
        if len(degrees) != 2:
            raise PointError(PointProblem.NOT_A_POINT)
        return point_text(degrees[True], degrees[False])
    match = _PLAIN.fullmatch(typed.strip())
    if match is None:
        raise PointError(PointProblem.NOT_A_POINT)
    return point_text(*(_number(match[name]) for name in ("lat", "lon", "alt", "acc")))


def point_text(latitude: float, longitude: float, altitude: float = 0, accuracy: float = 0) -> str:
    """A point as it is kept.

    Raises:
        PointError: there is no such place.
    """
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise PointError(PointProblem.OFF_THE_EARTH)
    return " ".join(
        f"{round(part, 7):g}" if part == int(part) else f"{round(part, 7)}"
        for part in (latitude, longitude, altitude, accuracy)
    )


def _degrees(side: re.Match[str]) -> float:
    minutes = _number(side["min"]) + _number(side["sec"]) / 60
    return _SIDES[side["side"].upper()] * (int(side["deg"]) + minutes / 60)


def _number(written: str | None) -> float:
    return float(written.replace(",", ".")) if written else 0.0
