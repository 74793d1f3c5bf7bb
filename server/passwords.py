"""Passwords: how they are hashed and checked."""

import threading
import unicodedata
from enum import Enum

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

MINIMAL_LENGTH = 8

_AT_ONCE = 4
_PATIENCE = 1.0
"""Seconds that one waits for its turn: whoever guesses at many logins must not keep all others away."""


class PasswordsBusyError(RuntimeError):
    """Too many passwords are being checked already."""


class Verdict(Enum):
    """What a password is to an account."""

    WRONG = "wrong"
    RIGHT = "right"
    RIGHT_BUT_OLD = "right_but_old"
    """Right, but hashed with parameters of the past: hash it again."""


class Passwords:
    """Hashes and checks passwords with argon2id.

    A login that does not exist costs as much time as one that does. One check takes 64 MB, so few
    run at once.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobodys = self._hasher.hash("nobody's password")
        self._seats = threading.BoundedSemaphore(_AT_ONCE)

    def hash(self, password: str) -> str:
        """The hash to keep."""
        with self._seats:
            return self._hasher.hash(_typed(password))

    def check(self, kept: str | None, password: str) -> Verdict:
        """Judges a password against the hash of an account, or None if there is no such account.

        Raises:
            PasswordsBusyError: it is nobody's turn for too long.
        """
        if not self._seats.acquire(timeout=_PATIENCE):
            raise PasswordsBusyError
        try:
            self._hasher.verify(kept or self._nobodys, _typed(password))
        except VerificationError:
            return Verdict.WRONG
        finally:
            self._seats.release()
        if kept is None:
            return Verdict.WRONG
        old = self._hasher.check_needs_rehash(kept)
        return Verdict.RIGHT_BUT_OLD if old else Verdict.RIGHT


def _typed(password: str) -> str:
    """The same password, whichever keyboard composed its accents."""
    return unicodedata.normalize("NFC", password)
