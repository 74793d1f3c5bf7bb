"""Passwords: how they are hashed and checked, and how guessing is slowed down."""

import math
import threading
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

MINIMAL_LENGTH = 8

_FREE_ATTEMPTS = 5
_LONGEST_WAIT = 60
_FORGOTTEN_AFTER = timedelta(minutes=15)
_CROWD = 1_000
_AT_ONCE = 4


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
        """Judges a password against the hash of an account, or None if there is no such account."""
        with self._seats:
            try:
                self._hasher.verify(kept or self._nobodys, _typed(password))
            except VerificationError:
                return Verdict.WRONG
        if kept is None:
            return Verdict.WRONG
        old = self._hasher.check_needs_rehash(kept)
        return Verdict.RIGHT_BUT_OLD if old else Verdict.RIGHT


@dataclass(slots=True)
class _Attempts:
    count: int
    blocked_until: datetime


class Throttle:
    """Slows down repeated failures of one login from one address: 1, 2, 4 ... at most 60 seconds.

    Another address is not held up, so nobody can lock a facilitator out; nor does anyone wait for
    more than a minute. Kept in memory: a restart forgives.
    """

    def __init__(self) -> None:
        self._attempts: dict[tuple[str, str], _Attempts] = {}
        self._lock = threading.Lock()

    def admit(self, login: str, address: str, now: datetime) -> int:
        """Counts an attempt as failed until `forgive`; returns the seconds to wait, 0 to go on.

        Counting first means that many attempts at the same moment are no way around it.
        """
        with self._lock:
            self._forget(now)
            attempts = self._attempts.setdefault((login, address), _Attempts(0, now))
            if now < attempts.blocked_until:
                return math.ceil((attempts.blocked_until - now).total_seconds())
            attempts.count += 1
            attempts.blocked_until = now + timedelta(seconds=_wait_after(attempts.count))
            return 0

    def forgive(self, login: str, address: str) -> None:
        """The attempt succeeded: all before it are forgotten."""
        with self._lock:
            self._attempts.pop((login, address), None)

    def _forget(self, now: datetime) -> None:
        if len(self._attempts) < _CROWD:
            return
        self._attempts = {
            key: attempts
            for key, attempts in self._attempts.items()
            if now - attempts.blocked_until < _FORGOTTEN_AFTER
        }


def _wait_after(failures: int) -> int:
    if failures < _FREE_ATTEMPTS:
        return 0
    return int(min(_LONGEST_WAIT, 2 ** min(failures - _FREE_ATTEMPTS, 6)))


def _typed(password: str) -> str:
    """The same password, whichever keyboard composed its accents."""
    return unicodedata.normalize("NFC", password)
