"""Photos are put while the power may go: `python -m tests.crash.photos FOLDER`, with the layer loaded.

One process puts some and says of each that it is kept; then every moment of the record is looked at, as
the power cut would leave the disk. Prints how many looks there were, and what was missing.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from random import Random

from desktop.models.store.blobs import BlobFailure
from desktop.models.store.engine import StoreFailure
from desktop.models.store.local import Store
from tests.crash import disk
from tests.crash.processes import result_of
from tests.crash.record import Disk, inodes_below, lay_out, read_calls

_PHOTOS = 4
_SIZE = 30_000
_EVERY = 2
"""A look takes some hundredths of a second."""

_MEMORY = Path("/dev/shm")  # noqa: S108 a folder of our own is made in it


def main(folder: Path) -> None:
    """Puts photos below a folder, and looks at each moment."""
    place, before = folder / "disk", folder / "before"
    for each in (place, before):
        (each / "laptop").mkdir(parents=True)
    inodes = inodes_below(place)
    result_of(_put, place, folder / "calls")
    looks, lost = _look_at_moments(folder / "calls", Disk(before, inodes))
    sys.stdout.write(json.dumps({"looks": looks, "lost": lost}))


def _put(place: Path, record: Path) -> None:
    disk.watch(place, os.open(record, os.O_WRONLY | os.O_CREAT))
    store = Store.open(place / "laptop")
    for number in range(_PHOTOS):
        content = Random(number).randbytes(_SIZE)  # noqa: S311 something to keep, not a secret
        disk.say(store.blobs.put(content, b"small"))
    store.close()


def _look_at_moments(record: Path, seen: Disk) -> tuple[int, list[str]]:
    chance = Random("photos")  # noqa: S311 which pages, not which secret
    kept: list[str] = []
    lost: list[str] = []
    looks = 0
    for number, call in enumerate(read_calls(record)):
        if call.kind == "s":
            kept.append(call.name)
            continue
        seen.play(call)
        if kept and number % _EVERY == 0:
            for state in (seen.without_unsynced(), seen.torn(chance)):
                looks += 1
                lost += [f"call {number}: {why}" for why in _missing(state, kept)]
    return looks, lost


def _missing(state: dict[str, bytes], kept: list[str]) -> list[str]:
    """What is not there of what was said to be kept, on a disk as the power cut left it."""
    root = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="berdaya-photos-", dir=root) as name:
        lay_out(state, Path(name))
        try:
            store = Store.open(Path(name) / "laptop")
        except StoreFailure as failure:
            return [str(failure)]
        try:
            for digest in kept:
                store.blobs.get(digest)
        except (StoreFailure, BlobFailure) as failure:
            return [str(failure)]
        finally:
            store.close()
    return []


if __name__ == "__main__":
    main(Path(sys.argv[1]))
