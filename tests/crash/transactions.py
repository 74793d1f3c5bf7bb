"""Was somebody inside a write transaction? Read from the file locks of SQLite, or from PostgreSQL.

SQLite in WAL mode holds locks on bytes of the `-shm` file: byte 120 from BEGIN IMMEDIATE until the
COMMIT or ROLLBACK is done (and while a WAL is recovered, which needs the same right), byte 121 during
a checkpoint. Whoever is about to be killed is first stopped with SIGSTOP, so that what the kernel
says of these locks is still true when SIGKILL comes: nothing is guessed, and nothing is asked of
the program itself.
"""

import fcntl
import os
import struct
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

_FLOCK = "hhqqi"
_WAL_HEADER = 32
_FRAME_HEADER = 24


class Lock(StrEnum):
    """What a stopped process was in the middle of."""

    WRITE = "write"
    CHECKPOINT = "checkpoint"


_BYTES = {Lock.WRITE: 120, Lock.CHECKPOINT: 121}


def locks_held(database: Path) -> frozenset[Lock]:
    """The locks that some other process holds on an SQLite file in WAL mode."""
    with suppress(FileNotFoundError):  # nobody has it open
        descriptor = os.open(f"{database}-shm", os.O_RDONLY)
        try:
            return frozenset(lock for lock in Lock if _is_held(descriptor, _BYTES[lock]))
        finally:
            os.close(descriptor)
    return frozenset()


def _is_held(descriptor: int, byte: int) -> bool:
    asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, byte, 1, 0)
    (kind, *_) = struct.unpack(_FLOCK, fcntl.fcntl(descriptor, fcntl.F_GETLK, asked))
    return int(kind) != fcntl.F_UNLCK


def is_half_written(database: Path) -> bool:
    """Whether the WAL holds valid frames of a transaction whose commit frame never came."""
    try:
        wal = Path(f"{database}-wal").read_bytes()
    except FileNotFoundError:
        return False
    if len(wal) < _WAL_HEADER:
        return False
    magic, _, page_size = struct.unpack_from(">III", wal)
    salts, checksum = wal[16:24], struct.unpack_from(">II", wal, 24)
    words = ">" if magic & 1 else "<"
    step = _FRAME_HEADER + page_size
    after = _WAL_HEADER
    for start in range(_WAL_HEADER, len(wal) - step + 1, step):
        if wal[start + 8 : start + 16] != salts:
            break  # left from before the WAL was begun anew
        if struct.unpack_from(">I", wal, start + 4)[0]:  # a commit frame: the chain holds up to it
            checksum, after = struct.unpack_from(">II", wal, start + 16), start + step
    frame = wal[after : after + step]
    if len(frame) < step or frame[8:16] != salts:
        return False
    summed = _sum(frame[:8] + frame[_FRAME_HEADER:], checksum, words)
    return summed == struct.unpack_from(">II", frame, 16)


def _sum(content: bytes, checksum: tuple[int, ...], words: str) -> tuple[int, int]:
    """SQLite's WAL checksum, going on from an earlier one."""
    one, two = checksum
    for x, y in struct.iter_unpack(f"{words}II", content):
        one = (one + x + two) & 0xFFFFFFFF
        two = (two + y + one) & 0xFFFFFFFF
    return one, two
