"""A photo is kept the right way up, small, and without anything that a camera wrote beside it."""

import struct
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.photos import (
    LONG_SIDE,
    MOST_KEPT,
    THUMBNAIL_SIDE,
    Photo,
    prepare_drawing,
    prepare_photo,
    thumbnail_of_photo,
)
from tests.models.attachments.pictures import (
    EXIF,
    QUARTERS,
    SECRET,
    camera,
    corners,
    encoded,
    noise,
    opened,
    quarters,
)

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that is held so lays the pixels down."""

PLACE = {1: "S", 2: (6.0, 18.0, 31.0), 3: "E", 4: (106.0, 6.0, 21.1), 5: b"\0", 6: 21.0, 31: 4.5}


def prepared(content: bytes) -> Photo:
    return prepare_photo(content, NOW)


def fault_of(content: bytes) -> AttachmentFault:
    with pytest.raises(AttachmentFailure) as caught:
        prepared(content)
    return caught.value.fault


def markers(jpeg: bytes) -> set[int]:
    """The segments of a JPEG before its pixels."""
    found, at = set(), 2
    while jpeg[at + 1] != 0xDA:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return found


def assert_bare(jpeg: bytes) -> None:
    """Nothing but what a JPEG needs: no application's words, no comment."""
    assert markers(jpeg) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert SECRET.encode() not in jpeg
    assert not opened(jpeg).getexif()
    assert set(opened(jpeg).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_the_right_way_up(orientation: int) -> None:
    upright = quarters()
    laid = upright.transpose(UNDO[orientation]) if orientation in UNDO else upright
    photo = prepared(encoded(laid, exif=camera(orientation=orientation)))

    assert (photo.width, photo.height) == opened(photo.body).size == (400, 300)
    assert corners(opened(photo.body)) == QUARTERS
    assert corners(opened(photo.thumbnail)) == QUARTERS


def test_a_large_photo_is_the_right_way_up_too() -> None:
    laid = quarters(4000, 3000).transpose(UNDO[6])
    photo = prepared(encoded(laid, exif=camera(orientation=6)))

    assert (photo.width, photo.height) == (1600, 1200)
    assert corners(opened(photo.body)) == QUARTERS


def test_an_orientation_that_does_not_exist_is_none() -> None:
    photo = prepared(encoded(quarters(), exif=camera(orientation=9)))
    assert corners(opened(photo.body)) == QUARTERS


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_of_the_camera_is_left(kind: str) -> None:
    exif = camera(orientation=1, taken={0x9286: b"ASCII\0\0\0" + SECRET.encode()}, place=PLACE)
    options = {"comment": SECRET.encode()} if kind == "JPEG" else {}
    content = encoded(
        quarters(), kind, exif=exif, dpi=(300, 300), icc_profile=SECRET.encode() * 9, **options
    )
    assert SECRET.encode() in content

    photo = prepared(content)

    assert_bare(photo.body)
    assert_bare(photo.thumbnail)
    assert photo.location == "-6.308611 106.105861 21.0 4.5", "it is read before"


def test_a_large_noisy_photo_is_small_enough() -> None:
    photo = prepared(encoded(noise(2400, 1800), quality=95))
    assert len(photo.body) <= MOST_KEPT
    assert max(opened(photo.body).size) == max(photo.width, photo.height) <= LONG_SIDE


def test_a_photo_takes_the_size_that_it_needs() -> None:
    photo = prepared(encoded(quarters(4032, 3024)))
    assert (photo.width, photo.height) == (1600, 1200)
    assert opened(photo.thumbnail).size == (256, 192)
    small = prepared(encoded(quarters(200, 100)))
    assert (small.width, small.height) == (200, 100)
    assert max(opened(small.thumbnail).size) <= THUMBNAIL_SIDE


def test_the_same_photo_is_the_same_file() -> None:
    content = encoded(quarters(2000, 1500))
    assert prepared(content).body == prepared(content).body


def test_a_drawing_on_nothing_stands_on_white() -> None:
    clear = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    clear.paste((200, 30, 30, 255), (0, 0, 100, 100))
    photo = opened(prepared(encoded(clear, "PNG")).body)
    assert min(photo.getpixel((150, 50))) > 245  # type: ignore[arg-type]
    red = photo.getpixel((50, 50))
    assert isinstance(red, tuple)
    assert (red[0] > 180, red[1] < 60) == (True, True)


def test_a_palette_with_a_hole_stands_on_white() -> None:
    image = quarters().convert("P", dither=Image.Dither.NONE)
    hole = image.getpixel((100, 75))
    photo = opened(prepared(encoded(image, "PNG", transparency=hole)).body)
    assert min(photo.getpixel((100, 75))) > 245  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["L", "1", "LA", "P", "CMYK"])
def test_pictures_of_every_kind_are_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    photo = prepared(encoded(quarters().convert(mode), kind))
    image = opened(photo.body)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (400, 300))
    if mode in ("P", "CMYK"):
        assert corners(image) == QUARTERS


def test_sixteen_bits_keep_their_shades() -> None:
    grey = Image.new("I;16", (200, 100), 0x8000)
    pixel = opened(prepared(encoded(grey, "PNG")).body).getpixel((50, 50))
    assert pixel == (128, 128, 128)


def test_sixteen_bits_a_colour_are_taken() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = b"".join(b"\0" + struct.pack(">HHH", 0xC800, 0x1E00, 0x1E00) * 64 for _ in range(64))
    content = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 16, 2, 0, 0, 0))
    content += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    red = opened(prepared(content).body).getpixel((32, 32))
    assert isinstance(red, tuple)
    assert (red[0] > 190, red[1] < 60) == (True, True)


def test_what_the_clipboard_gives_is_taken() -> None:
    assert corners(opened(prepared(encoded(quarters(), "BMP")).body)) == QUARTERS


def test_a_photo_in_two_parts_is_taken() -> None:
    content = encoded(quarters(), "MPO", save_all=True, append_images=[quarters(80, 60)])
    assert corners(opened(prepared(content).body)) == QUARTERS


def png_head(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and has next to nothing to show."""
    image = bytearray(encoded(Image.new("1", (64, 64)), "PNG"))
    image[16:24] = struct.pack(">II", width, height)
    image[29:33] = struct.pack(">I", zlib.crc32(image[12:29]))
    return bytes(image)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", AttachmentFault.EMPTY),
        (b"Daftar keluarga", AttachmentFault.NOT_A_PICTURE),
        (b"BMKG: hujan lebat besok pagi", AttachmentFault.NOT_A_PICTURE),
        (b"%PDF-1.7 " + bytes(500), AttachmentFault.NOT_A_PICTURE),
        (b"\0\0\0\x18ftypheic" + bytes(500), AttachmentFault.HEIC),
        (b"\0\0\0\x18ftypmif1" + bytes(500), AttachmentFault.HEIC),
        (b"\0\0\0\x18ftypavif" + bytes(500), AttachmentFault.UNSUPPORTED),
        (b"\0\0\0\x18ftypisom" + bytes(500), AttachmentFault.NOT_A_PICTURE),
        (encoded(quarters(), "GIF"), AttachmentFault.UNSUPPORTED),
        (encoded(quarters(), "TIFF"), AttachmentFault.UNSUPPORTED),
        (encoded(quarters(), "WEBP"), AttachmentFault.UNSUPPORTED),
        (encoded(quarters(31, 400)), AttachmentFault.TOO_SMALL),
        (encoded(quarters(2000, 100)), AttachmentFault.TOO_SMALL),
        (encoded(quarters())[:3000], AttachmentFault.DAMAGED),
        (encoded(noise(300, 300), "PNG")[:-5000], AttachmentFault.DAMAGED),
        (encoded(noise(300, 300), "BMP")[:-5000], AttachmentFault.DAMAGED),
        (b"\xff\xd8\xff", AttachmentFault.DAMAGED),
        (png_head(40_000, 40_000), AttachmentFault.TOO_LARGE),
        (png_head(2_000_000_000, 2_000_000_000), AttachmentFault.TOO_LARGE),
        (png_head(0, 0), AttachmentFault.DAMAGED),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, fault: AttachmentFault) -> None:
    assert fault_of(content) is fault


@pytest.mark.parametrize("tenth", range(1, 10))
def test_a_photo_cut_off_anywhere_is_refused(tenth: int) -> None:
    content = encoded(noise(400, 300))
    assert fault_of(content[: len(content) * tenth // 10]) is AttachmentFault.DAMAGED


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows tells no peak of a process that is over"
)
def test_twelve_megapixels_cost_only_what_is_needed(tmp_path: Path) -> None:
    (tmp_path / "photo").write_bytes(encoded(noise(800, 600).resize((4000, 3000)), quality=90))
    command = [sys.executable, "-m", "tests.models.attachments.memory", str(tmp_path / "photo")]
    said = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 ours
    assert int(said.stdout) < 64


def test_a_progressive_jpeg_is_held_whole_so_it_may_be_less_large() -> None:
    content = encoded(Image.new("L", (8000, 7000)), progressive=True)
    assert fault_of(content) is AttachmentFault.TOO_LARGE
    assert max(opened(prepared(encoded(Image.new("L", (8000, 7000)))).body).size) == LONG_SIDE


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("seed", range(150))
def test_damage_of_any_kind_gives_a_photo_or_a_plain_fault(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 which damage, not which secret
    kind = chance.choice(["JPEG", "PNG", "BMP"])
    options = {} if kind == "BMP" else {"exif": camera(orientation=6, place=PLACE)}
    content = bytearray(encoded(quarters(120, 90), kind, **options))
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(min(len(content), 600))] = chance.randrange(256)
    try:
        photo = prepared(bytes(content))
    except AttachmentFailure:
        return
    assert_bare(photo.body)


def test_a_small_picture_is_made_again() -> None:
    photo = prepared(encoded(quarters(2000, 1000)))
    assert corners(opened(thumbnail_of_photo(photo.body))) == QUARTERS
    assert_bare(thumbnail_of_photo(photo.body))


def test_a_drawing_is_kept_without_loss_and_bare() -> None:
    ink = Image.new("RGB", (600, 200), "white")
    ink.paste((0, 0, 0), (100, 90, 500, 110))
    content = encoded(ink, "PNG", dpi=(300, 300), exif=camera())

    drawn = prepare_drawing(content)

    image = opened(drawn.body)
    assert (image.format, image.mode, image.size) == ("PNG", "L", (600, 200))
    assert {image.getpixel((300, 100)), image.getpixel((300, 20))} == {0, 255}
    assert not image.info
    assert SECRET.encode() not in drawn.body
    assert len(drawn.body) < 2000
    assert_bare(drawn.thumbnail)


def test_the_exif_of_the_test_is_read_by_others() -> None:
    """The camera of these tests writes what others read: otherwise nothing was proven above."""
    exif = opened(encoded(quarters(), exif=camera(place=PLACE))).getexif()
    assert exif.get_ifd(EXIF)[0x9003] == "2026:05:24 13:05:09"
