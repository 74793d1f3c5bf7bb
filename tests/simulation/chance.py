"""One source of chance for a whole run, so that a seed always tells the same story.

Ids, salts and names of incarnations come from it while it is in force; the production code asks for
them as it always does.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from random import Random
from types import SimpleNamespace
from unittest import mock
from uuid import UUID

from desktop.models.records import base
from tests.servers import NOON


class Clock:
    """The true time of a run; it goes on only when it is told to.

    Attributes:
        skew: how wrong the clock is of the machine that is at work.
    """

    def __init__(self) -> None:
        self.now = NOON
        self.skew = timedelta()

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@contextmanager
def one_chance(chance: Random, clock: Clock) -> Iterator[None]:
    """Lets all ids and secrets come from `chance` and `clock`."""

    def uuid7() -> UUID:
        moment = int((clock() + clock.skew).timestamp() * 1000)
        return UUID(
            int=moment << 80
            | 7 << 76
            | chance.getrandbits(12) << 64
            | 2 << 62
            | chance.getrandbits(62)
        )

    with (
        mock.patch.object(base, "uuid_utils", SimpleNamespace(uuid7=uuid7)),
        mock.patch.object(secrets, "token_bytes", chance.randbytes),
        mock.patch.object(secrets, "token_hex", lambda size: chance.randbytes(size).hex()),
    ):
        yield
