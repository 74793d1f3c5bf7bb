"""The file of a backup: a manifest in plain sight, and the database sealed with a passphrase.

`magic | length | manifest | hash of the manifest | pieces`. A piece is its length (4 bytes) and its
AES-GCM text; the last one is empty. Each is bound to its place and to the manifest, so nothing can
be changed, swapped or cut off unseen. The key of the pieces is made from a data key and a salt of
this file; the data key lies in the manifest, wrapped by the passphrase (scrypt). The backup of a
database file carries that database's own data key, so that the key file need not be kept apart.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.models.store.keys import (
    DataKey,
    KeyFailure,
    KeyFault,
    lock_with_passphrase,
    unlock_with_passphrase,
)
from server.backups.faults import BackupFailure, BackupFault, of_files

FORMAT = 1
MAGIC = b"BERDAYA PROVINCE\r\n"
"""A program that takes the file for text changes the line end, and shows."""

SHORTEST_PASSPHRASE = 8
_PIECE = 1 << 20
_LONGEST_PIECE = 1 << 24
_LONGEST_MANIFEST = 1 << 26
_HASH_BYTES = 32


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself.

    Attributes:
        created: ISO time in UTC.
        kind: `sqlite` or `postgresql`.
        schema: of the database.
        incarnation: name of the life that it was taken in.
        heads: scope -> last entry of its log.
        counts: table -> rows.
    """

    created: str
    kind: str
    schema: int
    incarnation: str
    heads: dict[str, int]
    counts: dict[str, int]


@dataclass(frozen=True)
class Sealed:
    """A backup that the passphrase has opened."""

    manifest: Manifest
    key: DataKey
    path: Path
    _seal: "_Seal"
    _body_at: int

    def body(self) -> Iterator[bytes]:
        """The database, piece by piece.

        Raises:
            BackupFailure: it is damaged or cut off.
        """
        with of_files(self.path), self.path.open("rb") as file:
            file.seek(self._body_at)
            number = 0
            while True:
                piece = self._seal.open(number, _read_piece(file, self.path), self.path)
                if not piece:
                    return
                yield piece
                number += 1


def write(
    path: Path, manifest: Manifest, key: DataKey, passphrase: str, body: Iterable[bytes]
) -> None:
    """Writes a backup, whole or not at all.

    Raises:
        BackupFailure: there is a file of that name, or the place cannot take it.
    """
    draft = path.with_name(f"{path.name}.part")
    salt = secrets.token_bytes(16)
    wrapped = lock_with_passphrase(key, passphrase)
    header = json.dumps(
        {"format": FORMAT, **asdict(manifest), "salt": salt.hex(), "key": wrapped}
    ).encode()
    seal = _Seal(key, salt, header)
    with of_files(path):
        refuse_existing(path)
        try:
            with draft.open("wb") as file:
                file.write(MAGIC + len(header).to_bytes(4) + header)
                file.write(hashlib.sha256(header).digest())
                number = 0
                for number, piece in enumerate(_pieces(body), 1):
                    _write_piece(file, seal.close(number - 1, piece))
                _write_piece(file, seal.close(number, b""))
                file.flush()
                os.fsync(file.fileno())
            refuse_existing(path)
            draft.replace(path)
            settle(path.parent)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def open_sealed(path: Path, passphrase: str) -> Sealed:
    """Reads the manifest and unlocks the body.

    Raises:
        BackupFailure: it is no backup, damaged, of a newer version, or the passphrase is another.
    """
    with of_files(path), path.open("rb") as file:
        header = _read_header(file, path)
        body_at = file.tell()
    content = json.loads(header)
    if content.pop("format") > FORMAT:
        raise BackupFailure(BackupFault.NEWER, path)
    salt, wrapped = bytes.fromhex(content.pop("salt")), content.pop("key")
    key = _unlock(wrapped, passphrase, path)
    return Sealed(Manifest(**content), key, path, _Seal(key, salt, header), body_at)


def refuse_existing(path: Path) -> None:
    """A backup never takes the place of another.

    Raises:
        BackupFailure: there is a file of that name.
    """
    if path.exists():
        raise BackupFailure(BackupFault.EXISTS, path)


def settle(folder: Path) -> None:
    """Brings a rename to the disk; Windows does so by itself and cannot be asked."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class _Seal:
    """Seals and opens the pieces of one file."""

    def __init__(self, key: DataKey, salt: bytes, header: bytes) -> None:
        self._cipher = AESGCM(hmac.digest(key.secret, salt, "sha256"))
        self._bound = hashlib.sha256(header).digest()

    def close(self, number: int, piece: bytes) -> bytes:
        return self._cipher.encrypt(number.to_bytes(12), piece, self._bound)

    def open(self, number: int, piece: bytes, path: Path) -> bytes:
        try:
            return self._cipher.decrypt(number.to_bytes(12), piece, self._bound)
        except InvalidTag as error:
            raise BackupFailure(BackupFault.DAMAGED, path) from error


def _pieces(body: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, none of them empty."""
    gathered = bytearray()
    for some in body:
        gathered += some
        while len(gathered) >= _PIECE:
            yield bytes(gathered[:_PIECE])
            del gathered[:_PIECE]
    if gathered:
        yield bytes(gathered)


def _write_piece(file: IO[bytes], piece: bytes) -> None:
    file.write(len(piece).to_bytes(4) + piece)


def _read_piece(file: IO[bytes], path: Path) -> bytes:
    length = int.from_bytes(_exactly(file, 4, path))
    if length > _LONGEST_PIECE:
        raise BackupFailure(BackupFault.DAMAGED, path)
    return _exactly(file, length, path)


def _read_header(file: IO[bytes], path: Path) -> bytes:
    start = file.read(len(MAGIC))
    if not start or start != MAGIC[: len(start)]:
        raise BackupFailure(BackupFault.FOREIGN, path)
    length = int.from_bytes(_exactly(file, 4, path))
    if length > _LONGEST_MANIFEST:
        raise BackupFailure(BackupFault.DAMAGED, path)
    header = _exactly(file, length, path)
    if hashlib.sha256(header).digest() != _exactly(file, _HASH_BYTES, path):
        raise BackupFailure(BackupFault.DAMAGED, path)
    return header


def _exactly(file: IO[bytes], count: int, path: Path) -> bytes:
    found = file.read(count)
    if len(found) < count:
        raise BackupFailure(BackupFault.CUT_OFF, path)
    return found


def _unlock(wrapped: dict[str, Any], passphrase: str, path: Path) -> DataKey:
    try:
        return unlock_with_passphrase(wrapped, passphrase)
    except KeyFailure as failure:
        is_wrong = failure.fault is KeyFault.WRONG_SECRET
        fault = BackupFault.WRONG_PASSPHRASE if is_wrong else BackupFault.DAMAGED
        raise BackupFailure(fault, path) from failure
