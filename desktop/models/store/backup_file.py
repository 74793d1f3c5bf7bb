"""The file of a backup: what it says about itself, its parts, and how it is written and read.

It is `magic | length | header | hash of the header | database | files`. The header is JSON in plain
sight: when, by which version, how many rows, size and hash of both parts, and the store's key
wrapped by the passphrase. Both parts are encrypted files of their own. Backups of format 1 were
written when there were no files yet.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from desktop.models.store.local import SCHEMA

FORMAT = 2
MAGIC = b"BERDAYA BACKUP\r\n"
"""A program that takes the file for text changes the line end, and shows."""

_LONGEST_HEADER = 1 << 20
_HASH_BYTES = 32
_CHUNK = 1 << 18

Progress = Callable[[int, int], object]
"""Takes how much is done, and of how much; called on the thread that works."""


class BackupFault(StrEnum):
    """Why a backup could not be written or restored."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    PLACE_GONE = "place_gone"
    NOT_VERIFIED = "not_verified"
    FOREIGN = "foreign"
    NEWER = "newer"
    CUT_OFF = "cut_off"
    DAMAGED = "damaged"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 a name, not a secret
    IN_USE = "in_use"


class BackupFailure(Exception):
    """The backup could not be written or restored; what was there before is as it was."""

    def __init__(self, fault: BackupFault, path: Path | None = None) -> None:
        super().__init__(f"{fault}: {path}")
        self.fault = fault
        self.path = path


@dataclass(frozen=True)
class FilesInfo:
    """What a backup says of the files of records (photos, signatures, sound).

    Attributes:
        count: how many there are.
        is_whole: whether those are all that the laptop had; not if some were damaged.
        size: bytes of this part.
        sha256: of this part, in hexadecimal.
    """

    count: int
    is_whole: bool
    size: int
    sha256: str


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says about itself.

    Attributes:
        created: ISO time in UTC.
        app: version of the program that wrote it.
        schema: of the database.
        counts: rows by table.
        newest_op: epoch and number of the device log's head.
        size: bytes of the database.
        sha256: of the database, in hexadecimal.
        files: of the files of records; None if there never was one.
    """

    created: str
    app: str
    schema: int
    counts: dict[str, int]
    newest_op: tuple[int, int]
    size: int
    sha256: str
    files: FilesInfo | None = None

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.created)

    @property
    def body_size(self) -> int:
        """Bytes of all parts."""
        return self.size + (self.files.size if self.files else 0)


@dataclass(frozen=True)
class Header:
    """What stands before the parts: what the backup says, its wrapped key, and where they begin."""

    info: BackupInfo
    key: dict[str, Any]
    body_at: int


def write_file(path: Path, info: BackupInfo, key: dict[str, Any], parts: Sequence[Path]) -> None:
    """Writes a backup whole, to the disk."""
    header = json.dumps({"format": FORMAT, **asdict(info), "key": key}).encode()
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(4, "big"))
        file.write(header + hashlib.sha256(header).digest())
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())


def read_header(file: IO[bytes], path: Path) -> Header:
    """Reads up to the first part.

    Raises:
        BackupFailure: it is no backup, cut off, damaged, or of a newer version.
    """
    size = path.stat().st_size
    start = file.read(len(MAGIC) + 4)
    if start[: len(MAGIC)] != MAGIC[: len(start)] or not start:
        raise BackupFailure(BackupFault.FOREIGN, path)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    body_at = len(start) + length + _HASH_BYTES
    if len(start) < len(MAGIC) + 4 or size < body_at <= _LONGEST_HEADER:
        raise BackupFailure(BackupFault.CUT_OFF, path)
    header = file.read(length) if length < _LONGEST_HEADER else b""
    if hashlib.sha256(header).digest() != file.read(_HASH_BYTES):
        raise BackupFailure(BackupFault.DAMAGED, path)
    content = json.loads(header)
    if content.pop("format") > FORMAT or content["schema"] > SCHEMA:
        raise BackupFailure(BackupFault.NEWER, path)
    key, files = content.pop("key"), content.pop("files", None)
    info = BackupInfo(
        **{**content, "newest_op": tuple(content["newest_op"])},
        files=FilesInfo(**files) if files else None,
    )
    if size < body_at + info.body_size:
        raise BackupFailure(BackupFault.CUT_OFF, path)
    return Header(info, key, body_at)


def copy_part(source: IO[bytes], target: Path, size: int, progress: Callable[[int], object]) -> str:
    """Copies the part that comes next to the disk; gives its hash.

    Args:
        source: the backup, read up to the part.
        target: the file that is written.
        size: of the part.
        progress: told how many bytes are copied.
    """
    digest, left = hashlib.sha256(), size
    with target.open("wb") as file:
        while left and (chunk := source.read(min(_CHUNK, left))):
            digest.update(chunk)
            file.write(chunk)
            left -= len(chunk)
            progress(size - left)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(folder: Path) -> None:
    """Brings a rename to the disk; Windows does so by itself and cannot be asked."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_PLACE_FAULTS = {
    errno.ENOSPC: BackupFault.DISK_FULL,
    errno.EDQUOT: BackupFault.DISK_FULL,
    errno.EFBIG: BackupFault.DISK_FULL,
    errno.EROFS: BackupFault.READ_ONLY,
    errno.EACCES: BackupFault.READ_ONLY,
    errno.EPERM: BackupFault.READ_ONLY,
}


@contextmanager
def faults_of_place(path: Path) -> Iterator[None]:
    """Turns what a disk or a stick did into a `BackupFailure`; what it did otherwise, it is gone."""
    try:
        yield
    except OSError as error:
        fault = _PLACE_FAULTS.get(error.errno or 0, BackupFault.PLACE_GONE)
        raise BackupFailure(fault, path) from error
