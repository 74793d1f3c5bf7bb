"""The data key: random, and kept wrapped in a key file beside the database.

The file is versioned and names its protector, so that a PIN or a secret of the operating system
later only wraps the same key again; the database is never re-encrypted for it. Version 1 knows the
protector `user-file`: the wrapping key lies in the same file, which only this user may read.
"""

import base64
import getpass
import hashlib
import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

VERSION = 1
KEY_BYTES = 32


class KeyFault(StrEnum):
    """Why a key could not be had."""

    MISSING = "missing"
    DAMAGED = "damaged"
    NEWER = "newer"
    WRONG_SECRET = "wrong_secret"  # noqa: S105 a name, not a secret


class KeyFailure(Exception):
    """The key file does not give its key; `fault` says why."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class DataKey:
    """The key that encrypts a database; as bytes only, never in a message or a log."""

    secret: bytes

    @classmethod
    def random(cls) -> "DataKey":
        """A fresh key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def __repr__(self) -> str:
        return "DataKey(…)"


def create_key_file(path: Path, key: DataKey | None = None) -> DataKey:
    """Makes the file of a key, a fresh one unless told. The file must not exist yet."""
    key = key or DataKey.random()
    wrapping = secrets.token_bytes(KEY_BYTES)
    protector = {"kind": "user-file", "wrapping_key": _text(wrapping)}
    write_key_file(path, {"protector": protector, "wrapped": _text(_wrap(wrapping, key))})
    return key


def write_key_file(path: Path, content: dict[str, Any]) -> None:
    """Writes a key file whole or not at all, readable by this user only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"berdaya_key": VERSION, **content}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    _for_this_user_only(draft)
    draft.replace(path)


def read_key_file(path: Path) -> DataKey:
    """The key in a key file.

    Raises:
        KeyFailure: it is missing, damaged, or of a newer version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version = content["berdaya_key"]
        if version > VERSION:
            raise KeyFailure(KeyFault.NEWER)
        wrapping = base64.b64decode(content["protector"]["wrapping_key"])
        return _unwrap(wrapping, base64.b64decode(content["wrapped"]))
    except FileNotFoundError:
        raise KeyFailure(KeyFault.MISSING) from None
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFailure(KeyFault.DAMAGED) from error


def lock_with_passphrase(key: DataKey, passphrase: str) -> dict[str, Any]:
    """The key wrapped by a passphrase (scrypt, 64 MB), to travel with a backup file."""
    salt = secrets.token_bytes(16)
    cost = {"n": 1 << 16, "r": 8, "p": 1}
    wrapping = _stretch(passphrase, salt, cost)
    protector = {"kind": "passphrase", "salt": _text(salt), **cost}
    return {"protector": protector, "wrapped": _text(_wrap(wrapping, key))}


def unlock_with_passphrase(content: dict[str, Any], passphrase: str) -> DataKey:
    """The key that `lock_with_passphrase` wrapped.

    Raises:
        KeyFailure: the passphrase is another one, or the content is damaged.
    """
    try:
        protector = content["protector"]
        cost = {name: min(int(protector[name]), 1 << 17) for name in ("n", "r", "p")}
        wrapping = _stretch(passphrase, base64.b64decode(protector["salt"]), cost)
        wrapped = base64.b64decode(content["wrapped"])
    except (ValueError, KeyError, TypeError) as error:
        raise KeyFailure(KeyFault.DAMAGED) from error
    try:
        return _unwrap(wrapping, wrapped)
    except KeyFailure:
        raise KeyFailure(KeyFault.WRONG_SECRET) from None


def _stretch(passphrase: str, salt: bytes, cost: dict[str, int]) -> bytes:
    memory = 256 * cost["n"] * cost["r"]
    return hashlib.scrypt(passphrase.encode(), salt=salt, maxmem=memory, dklen=KEY_BYTES, **cost)


def _wrap(wrapping: bytes, key: DataKey) -> bytes:
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap  # noqa: PLC0415 start-up

    return aes_key_wrap(wrapping, key.secret)


def _unwrap(wrapping: bytes, wrapped: bytes) -> DataKey:
    from cryptography.hazmat.primitives.keywrap import (  # noqa: PLC0415 start-up
        InvalidUnwrap,
        aes_key_unwrap,
    )

    try:
        return DataKey(aes_key_unwrap(wrapping, wrapped))
    except InvalidUnwrap:
        raise KeyFailure(KeyFault.DAMAGED) from None


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _for_this_user_only(path: Path) -> None:
    """On Windows a mode of 0600 means nothing: the access list has to say it."""
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603 a fixed program of the system, on our own file
            [
                str(Path(os.environ["SystemRoot"], "System32", "icacls.exe")),  # noqa: SIM112
                str(path),
                "/inheritance:r",
                "/grant:r",
                f"{getpass.getuser()}:F",
            ],
            check=True,
            capture_output=True,
        )
