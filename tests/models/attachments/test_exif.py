"""When and where a photo was taken, as cameras write it, and as they write it wrongly."""

from datetime import UTC, datetime
from typing import Any

import pytest

from desktop.models.attachments.photos import Photo, prepare_photo
from tests.models.attachments.pictures import OFFSET, TAKEN, camera, encoded, quarters

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATITUDE, LONGITUDE = (6.0, 18.0, 30.0), (106.0, 6.0, 36.0)


def photo_of(**written: Any) -> Photo:
    return prepare_photo(encoded(quarters(80, 60), exif=camera(**written)), NOW)


def place(**changes: Any) -> dict[int, Any]:
    named = {"north_south": 1, "latitude": 2, "east_west": 3, "longitude": 4}
    named |= {"below": 5, "altitude": 6, "accuracy": 31}
    tags = {1: "S", 2: LATITUDE, 3: "E", 4: LONGITUDE}
    tags |= {named[name]: value for name, value in changes.items()}
    return {tag: value for tag, value in tags.items() if value is not None}


@pytest.mark.parametrize(
    ("north_south", "east_west", "location"),
    [
        ("N", "E", "6.308333 106.110000 0.0 0.0"),
        ("S", "E", "-6.308333 106.110000 0.0 0.0"),
        ("N", "W", "6.308333 -106.110000 0.0 0.0"),
        ("S", "W", "-6.308333 -106.110000 0.0 0.0"),
    ],
)
def test_all_four_quarters_of_the_earth(north_south: str, east_west: str, location: str) -> None:
    written = place(north_south=north_south, east_west=east_west)
    assert photo_of(place=written).location == location


@pytest.mark.parametrize(
    ("below", "altitude", "said"), [(b"\0", 21.5, "21.5"), (b"\1", 3.0, "-3.0"), (None, 8.0, "8.0")]
)
def test_height_over_the_sea_and_below(below: bytes | None, altitude: float, said: str) -> None:
    location = photo_of(place=place(below=below, altitude=altitude, accuracy=4.2)).location
    assert location == f"-6.308333 106.110000 {said} 4.2"


@pytest.mark.parametrize(
    "changes",
    [
        {"latitude": (0.0, 0.0, 0.0), "longitude": (0.0, 0.0, 0.0)},
        {"latitude": (95.0, 0.0, 0.0)},
        {"longitude": (181.0, 0.0, 0.0)},
        {"latitude": (6.0, 18.0)},
        {"north_south": None},
        {"longitude": None},
    ],
)
def test_a_place_that_is_none_is_not_said(changes: dict[str, Any]) -> None:
    assert photo_of(place=place(**changes)).location is None


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ({}, datetime(2026, 5, 24, 6, 5, 9, tzinfo=UTC)),
        ({OFFSET: "+07:00"}, datetime(2026, 5, 24, 6, 5, 9, tzinfo=UTC)),
        ({OFFSET: "+09:00"}, datetime(2026, 5, 24, 4, 5, 9, tzinfo=UTC)),
        ({OFFSET: "-03:30"}, datetime(2026, 5, 24, 16, 35, 9, tzinfo=UTC)),
        ({OFFSET: "Z"}, datetime(2026, 5, 24, 13, 5, 9, tzinfo=UTC)),
        ({OFFSET: "   :  "}, datetime(2026, 5, 24, 6, 5, 9, tzinfo=UTC)),
        ({TAKEN: "2026-05-24 13:05:60"}, datetime(2026, 5, 24, 6, 5, 59, tzinfo=UTC)),
    ],
)
def test_the_moment_goes_by_the_offset_else_by_the_clock_of_banten(
    written: dict[int, str], moment: datetime
) -> None:
    assert photo_of(taken=written).taken_at == moment


@pytest.mark.parametrize(
    "said",
    [
        "0000:00:00 00:00:00",
        "2026:13:40 10:00:00",
        "    :  :     :  :  ",
        "kemarin",
        "1970:01:01 00:00:00",
        "2031:01:01 00:00:00",
    ],
)
def test_a_moment_that_cannot_be_is_not_said(said: str) -> None:
    assert photo_of(taken={TAKEN: said}).taken_at is None


def test_a_photo_without_a_word_is_a_photo() -> None:
    photo = prepare_photo(encoded(quarters(80, 60)), NOW)
    assert (photo.taken_at, photo.location) == (None, None)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_words_that_are_rubbish_are_as_good_as_none() -> None:
    for rubbish in (
        b"Exif\0\0rubbish",
        b"Exif\0\0II*\0\xff\xff\xff\xff",
        b"Exif\0\0MM\0*\0\0\0\x08\xff",
    ):
        photo = prepare_photo(encoded(quarters(80, 60), exif=rubbish), NOW)
        assert (photo.width, photo.taken_at, photo.location) == (80, None, None)
