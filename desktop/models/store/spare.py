"""A folder for a copy that is needed for a moment, and what a killed program left of one before."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_LEFT_AFTER = 24 * 3600
"""Seconds: nobody copies for so long, so nobody is at it any more."""


@contextmanager
def spare_folder(near: Path, purpose: str) -> Iterator[Path]:
    """An empty folder beside other files of one's own, gone afterwards.

    Args:
        near: where it is made; other people's files may lie there, too.
        purpose: a word of its name; older ones of that name are removed.
    """
    prefix = f".berdaya-{purpose}-"
    for left in near.glob(f"{prefix}*"):
        if left.is_dir() and time.time() - left.stat().st_mtime > _LEFT_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=prefix, dir=near) as spare:
        yield Path(spare)
