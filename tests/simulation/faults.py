"""What can go wrong, by name; and a disk that dies or fills up on order."""

import operator
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, event


class Fault(StrEnum):
    """Every kind of misfortune; a run counts how often each befell somebody."""

    LOST_REQUEST = "lost_request"
    LOST_ANSWER = "lost_answer"
    DOUBLED_REQUEST = "doubled_request"
    REORDERED_REQUEST = "reordered_request"
    CUT_REQUEST = "cut_request"
    CUT_ANSWER = "cut_answer"
    SMALL_PAGES = "small_pages"
    FIRST_DOWNLOAD = "first_download"
    CUT_DOWNLOAD = "cut_download"
    LAPTOP_KILLED = "laptop_killed"
    SERVER_KILLED = "server_killed"
    LAPTOP_DISK_FULL = "laptop_disk_full"
    SERVER_DISK_FULL = "server_disk_full"
    CLOCK_TWO_YEARS_OFF = "clock_two_years_off"
    CLONED_LAPTOP = "cloned_laptop"
    RESTORED_LAPTOP = "restored_laptop"
    RESTORED_SERVER = "restored_server"
    SCOPE_GRANTED = "scope_granted"
    SCOPE_WITHDRAWN = "scope_withdrawn"
    NINETY_DAYS = "ninety_days"
    NEWER_VERSION = "newer_version"
    OLD_VERSION = "old_version"


_LIMITED = "pages are limited"


class Killed(BaseException):
    """The process is gone, at a commit: what was not committed never was."""


class Disk:
    """The disk under one database: kills whoever commits, or lets no file grow, when told to.

    Attributes:
        known: what was read from it since something was written last; empty after each write.
        can_fill: whether it can be made full; the disk of a PostgreSQL server is not ours.
    """

    def __init__(self, engine: Engine) -> None:
        self.known: dict[object, Any] = {}
        self._commits_left: int | None = None
        self._is_full = False
        event.listen(engine, "commit", self._before_commit)
        self.can_fill = engine.dialect.name == "sqlite"
        if self.can_fill:
            event.listen(engine, "checkout", self._measure)

    def kill_at(self, writes: int) -> None:
        """The process dies at the commit after so many that go well; reading harms nobody."""
        self._commits_left = writes

    def fill(self) -> None:
        """From now on no file can grow."""
        self._is_full = True

    def mend(self) -> None:
        """All is well again."""
        self._is_full = False
        self._commits_left = None

    def _before_commit(self, connection: Connection) -> None:
        if not _may_write(connection):
            return
        if self._commits_left is not None:
            self._commits_left -= 1
            if self._commits_left < 0:
                raise Killed
        self.known.clear()

    def _measure(self, connection: Any, record: Any, *_: object) -> None:
        """Before a connection is used: as many pages as the file has, or as many as it likes."""
        if not (self._is_full or record.info.get(_LIMITED)):
            return
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        limit = pages if self._is_full else 0xFFFFFFFE
        connection.execute(f"PRAGMA max_page_count = {operator.index(limit)}").fetchone()
        record.info[_LIMITED] = self._is_full


def _may_write(connection: Connection) -> bool:
    options = connection.get_execution_options()
    if connection.dialect.name == "sqlite":
        return bool(options.get("berdaya_write"))
    return not options.get("postgresql_readonly")
