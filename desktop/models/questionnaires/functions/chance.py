"""Chance, digests and names: `random`, `uuid`, `digest`, `base64-decode`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import random
import uuid

from desktop.models.questionnaires.calls import Call, function

_HASHES = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


@function("random", 0)
def _random(_call: Call) -> float:
    return random.random()  # noqa: S311 a question's draw, not a secret


@function("uuid", (0, 1))
def _uuid(call: Call) -> str:
    """A UUID, or so many random characters."""
    if not len(call):
        return str(uuid.uuid4())
    letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "".join(random.choices(letters, k=max(call.index(0), 0)))  # noqa: S311 (see above)


@function("digest", (2, 3))
def _digest(call: Call) -> str:
    """The digest of a text, in base64 unless it is asked for in hex; empty for an unknown algorithm."""
    name = _HASHES.get(call.text(1))
    if name is None:
        return ""
    made = hashlib.new(name, call.text(0).encode(), usedforsecurity=False).digest()
    is_hex = len(call) == 3 and call.text(2) == "hex"
    return made.hex() if is_hex else base64.b64encode(made).decode()


@function("base64-decode", 1)
def _base64_decode(call: Call) -> str:
    try:
        return base64.b64decode(call.text(0), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
