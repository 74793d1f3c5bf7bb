"""Meets a disk that is really full: run with a small file system of its own as the argument."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from desktop.models.store.engine import StoreFailure
from desktop.models.store.local import Store
from tests.models.store.families import assert_consistent, new_store, record_family


def main(place: Path) -> None:
    """Fills the disk under a store; writes as JSON what became of each attempt."""
    store = new_store(place / "data")
    record_family(store, "Nur Aini")
    fill(place / "fill")
    found = {"write": outcome(lambda: record_family(store, *("Anak " * 2000).split()))}
    assert_consistent(store)
    store.close()
    fill(place / "fill")
    found["open and write"] = outcome(lambda: open_and_write(place / "data"))

    (place / "fill").unlink()
    store = Store.open(place / "data")
    assert_consistent(store)
    found["write again"] = outcome(lambda: record_family(store, "Siti"))
    assert_consistent(store)
    sys.stdout.write(json.dumps(found))


def open_and_write(folder: Path) -> None:
    """What a start of the program does at the least."""
    store = Store.open(folder)
    try:
        record_family(store, "Siti")
    finally:
        store.close()


def fill(path: Path) -> None:
    """Writes until nothing more goes in."""
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for length in (4096, 1):
        try:
            while True:
                os.write(descriptor, b"x" * length)
        except OSError:
            continue
    os.close(descriptor)


def outcome(attempt: Callable[[], object]) -> str:
    """The fault that an attempt met, or `done`."""
    try:
        attempt()
    except StoreFailure as failure:
        return failure.fault
    return "done"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
