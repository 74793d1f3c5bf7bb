"""What a restore takes along from the data that it puts aside: what no backup has and no province gives.

That is whom this laptop trusts, and the photos and files that came after the backup: their records
come back from the province, they themselves are nowhere else.
"""

import shutil
from datetime import timedelta
from pathlib import Path

from desktop.models.records.base import utc_now
from desktop.models.store.blobs import NAME as BLOBS_NAME
from desktop.models.store.blobs import Blobs
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.keys import KeyFailure, read_key_file
from desktop.models.store.local import AUTHORITY_NAME, KEY_NAME

AWAITED = timedelta(days=90)
"""So long files that were taken along wait for a connection, with which their records come back."""

_NOT_OF_THE_FILE = frozenset({StoreFault.DISK_FULL, StoreFault.LOCKED})
"""What a file of files is not at fault for: it can be read once this is mended."""


def take_along(folder: Path, fresh: Path) -> bool:
    """Adds to a restored store what it lacks of the one that it is to replace.

    Args:
        folder: the data that is put aside; nobody has it open.
        fresh: the restored store, which nobody has open either.

    Returns:
        Whether all of it could be read. What could not is no reason against a restore: it lies
        aside with the rest.

    Raises:
        StoreFailure: there is no room for it, or somebody has it open.
        OSError: the certificate cannot be copied.
    """
    _take_certificate(folder, fresh)
    return not (folder / BLOBS_NAME).exists() or _take_files(folder, fresh)


def _take_certificate(folder: Path, fresh: Path) -> None:
    """It is no part of a backup, whose header anybody could write anew."""
    certificate = folder / AUTHORITY_NAME
    if certificate.exists():
        shutil.copy2(certificate, fresh)


def _take_files(folder: Path, fresh: Path) -> bool:
    target = Blobs.open(fresh, read_key_file(fresh / KEY_NAME))
    try:
        return _copy_files(folder, target)
    except KeyFailure:
        return False
    except StoreFailure as failure:
        if failure.path != folder / BLOBS_NAME or failure.fault in _NOT_OF_THE_FILE:
            raise
        return False
    finally:
        target.close()


def _copy_files(folder: Path, target: Blobs) -> bool:
    source = Blobs.open(folder, read_key_file(folder / KEY_NAME))
    try:
        return source.copy_to(target, unnamed_since=utc_now() + AWAITED).is_whole
    finally:
        source.close()
