"""Why a backup could not be made, looked at, or put in place."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from server.faults import Failure


class BackupFault(StrEnum):
    """The environment's fault, or the file's."""

    EXISTS = "exists"
    DISK_FULL = "disk_full"
    PLACE_UNUSABLE = "place_unusable"
    SHORT_PASSPHRASE = "short_passphrase"  # noqa: S105 a name, not a secret
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 a name, not a secret
    FOREIGN = "foreign"
    NEWER = "newer"
    CUT_OFF = "cut_off"
    DAMAGED = "damaged"
    OTHER_KIND = "other_kind"
    OTHER_PROVINCE = "other_province"
    NO_PROGRAM = "no_program"
    PROGRAM_FAILED = "program_failed"
    NOT_PERMITTED = "not_permitted"
    NOT_EMPTY = "not_empty"
    IN_USE = "in_use"
    OLDER_THAN_PROMISED = "older_than_promised"


class BackupFailure(Failure[BackupFault]):
    """It was not done, and what was there is as it was; `subject` is what is at fault."""


@contextmanager
def of_files(subject: object) -> Iterator[None]:
    """Turns what a disk did into a `BackupFailure`."""
    try:
        yield
    except OSError as error:
        is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        fault = BackupFault.DISK_FULL if is_full else BackupFault.PLACE_UNUSABLE
        raise BackupFailure(fault, subject) from error
