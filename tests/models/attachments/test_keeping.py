"""What is offered becomes a file that is kept and a manifest, or is refused with the reason."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from desktop.models.attachments import files
from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.keeping import keep_file_of, small_picture
from desktop.models.attachments.manifest import Manifest
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import new_id
from desktop.models.store.blobs import BlobFailure, BlobFault, Blobs
from desktop.models.store.keys import DataKey
from tests.models.attachments.pictures import QUARTERS as UPRIGHT
from tests.models.attachments.pictures import SECRET, camera, corners, encoded, opened, quarters

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PHOTO, SIGNATURE, AUDIO, FILE = AttachmentKind


@pytest.fixture
def blobs(tmp_path: Path) -> Iterator[Blobs]:
    opened_ = Blobs.open(tmp_path, DataKey.random())
    yield opened_
    opened_.close()


def fault_of(blobs: Blobs, kind: AttachmentKind, source: Path | bytes) -> AttachmentFault:
    with pytest.raises(AttachmentFailure) as caught:
        keep_file_of(blobs, kind, source, NOW)
    assert blobs.stock() == (0, 0), "nothing is kept of what is refused"
    return caught.value.fault


def test_a_photo_is_kept_with_its_small_picture(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(encoded(quarters(), exif=camera(orientation=1)))

    manifest = keep_file_of(blobs, PHOTO, path, NOW)

    body = blobs.get(manifest.sha256)
    assert (manifest.size, manifest.media_type) == (len(body), "image/jpeg")
    assert (manifest.width, manifest.height) == (400, 300)
    assert manifest.taken_at == datetime(2026, 5, 24, 6, 5, 9, tzinfo=UTC)
    assert manifest.name is None, "the camera's number says nothing"
    assert corners(opened(small_picture(blobs, manifest.sha256))) == UPRIGHT


def test_the_ending_of_a_name_decides_nothing(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(encoded(quarters(), "PNG"))
    assert keep_file_of(blobs, PHOTO, path, NOW).media_type == "image/jpeg"


def test_words_that_are_called_a_photo_are_none(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_text("bukan foto")
    assert fault_of(blobs, PHOTO, path) is AttachmentFault.NOT_A_PICTURE


def test_a_file_that_cannot_be_read_is_a_plain_fault(blobs: Blobs, tmp_path: Path) -> None:
    assert fault_of(blobs, PHOTO, tmp_path / "gone.jpg") is AttachmentFault.UNREADABLE
    assert fault_of(blobs, PHOTO, tmp_path) is AttachmentFault.UNREADABLE


def test_an_empty_and_a_huge_file_are_refused(
    blobs: Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, huge = tmp_path / "empty.jpg", tmp_path / "huge.pdf"
    empty.write_bytes(b"")
    huge.write_bytes(b"%PDF" * 30)
    monkeypatch.setattr(files, "MOST_BYTES", 100)
    assert fault_of(blobs, PHOTO, empty) is AttachmentFault.EMPTY
    assert fault_of(blobs, FILE, huge) is AttachmentFault.FILE_TOO_LARGE
    assert fault_of(blobs, FILE, huge.read_bytes()) is AttachmentFault.FILE_TOO_LARGE


def test_a_signature_is_small_and_without_loss(blobs: Blobs) -> None:
    ink = Image.new("L", (600, 200), 255)
    ink.paste(0, (100, 90, 500, 110))
    manifest = keep_file_of(blobs, SIGNATURE, encoded(ink, "PNG"), NOW)
    assert (manifest.kind, manifest.media_type) == (SIGNATURE, "image/png")
    assert manifest.size < 2000
    assert small_picture(blobs, manifest.sha256)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("catatan.ogg", b"OggS" + bytes(60), "audio/ogg"),
        ("catatan.mp3", b"ID3" + bytes(60), "audio/mpeg"),
        ("catatan", b"\xff\xfb\x90" + bytes(60), "audio/mpeg"),
        ("catatan.wav", b"RIFF\0\0\0\0WAVE" + bytes(60), "audio/wav"),
        ("catatan.M4A", b"\0\0\0\x18ftypisom" + bytes(60), "audio/mp4"),
        ("catatan.amr", b"#!AMR\n" + bytes(60), "audio/amr"),
    ],
)
def test_sounds_are_known_by_their_content(
    blobs: Blobs, tmp_path: Path, name: str, content: bytes, media_type: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    manifest = keep_file_of(blobs, AUDIO, path, NOW)
    assert (manifest.media_type, manifest.name) == (media_type, name)
    assert blobs.get(manifest.sha256) == content


@pytest.mark.parametrize(
    ("name", "content"), [("lagu.mp3", b"bukan lagu"), ("film.mp4", b"\0\0\0\x18ftypisom")]
)
def test_what_is_no_sound_is_refused(
    blobs: Blobs, tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert fault_of(blobs, AUDIO, path) is AttachmentFault.NO_SOUND


@pytest.mark.parametrize(
    ("name", "content"), [("nota.pdf", b"MZ\x90\0"), ("nota.pdf.exe", b"x"), ("nota.JS", b"x")]
)
def test_a_program_is_refused(blobs: Blobs, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert fault_of(blobs, FILE, path) is AttachmentFault.PROGRAM


def test_a_document_keeps_its_name(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / f"{'nota ' * 30}.pdf"
    path.write_bytes(b"%PDF-1.7 nota")
    manifest = keep_file_of(blobs, FILE, path, NOW)
    assert manifest.media_type == "application/pdf"
    assert manifest.name is not None
    assert (len(manifest.name), manifest.name[-4:]) == (120, ".pdf")


def test_a_picture_in_the_place_of_a_file_gives_nothing_away(blobs: Blobs, tmp_path: Path) -> None:
    path = tmp_path / "nota.png"
    path.write_bytes(encoded(quarters(), "PNG", exif=camera()))
    manifest = keep_file_of(blobs, FILE, path, NOW)
    assert (manifest.kind, manifest.media_type, manifest.name) == (FILE, "image/jpeg", "nota.jpg")
    assert SECRET.encode() not in blobs.get(manifest.sha256)


def test_a_small_picture_that_is_missing_is_made_anew(blobs: Blobs) -> None:
    digest = blobs.put(encoded(quarters()))
    assert blobs.thumbnail(digest) is None
    made = small_picture(blobs, digest)
    assert blobs.thumbnail(digest) == made

    for wrong, fault in (("0" * 64, BlobFault.MISSING), (blobs.put(b"x"), BlobFault.DAMAGED)):
        with pytest.raises(BlobFailure) as caught:
            small_picture(blobs, wrong)
        assert caught.value.fault is fault


def test_a_manifest_is_kept_as_json_and_becomes_a_record() -> None:
    manifest = Manifest(
        kind=PHOTO,
        media_type="image/jpeg",
        sha256="a" * 64,
        size=120,
        taken_at=NOW,
        location="-6.3 106.1 0.0 0.0",
    ).with_caption("Dapur")
    content = manifest.as_json()
    assert content["taken_at"] == "2026-11-21T03:00:00.000Z"
    assert "width" not in content
    assert Manifest.from_json(content) == manifest

    row_id, family, visit = new_id(), new_id(), new_id()
    record = manifest.record(row_id, "36.01.01.2001", family, visit_id=visit, question="kitchen")
    assert (record.id, record.household_id, record.visit_id) == (row_id, family, visit)
    assert (record.caption, record.question, record.taken_at) == ("Dapur", "kitchen", NOW)
