"""What tests let other processes do to a store: write without end, hold its lock, be nobody."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2

from desktop.models.store.engine import StoreFailure
from desktop.models.store.keys import read_key_file
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, Store
from desktop.models.store.meta import Meta, set_meta
from tests.models.store.families import Family, begin_visit, finish_visit

NOBODY = 65534


@contextmanager
def child(work: Callable[..., None], *arguments: Any) -> Iterator[tuple[Any, Connection]]:
    """A process that does some work, and our end of the pipe it was given; killed at the end."""
    posix = sys.platform != "win32"
    context: Any = multiprocessing.get_context("forkserver" if posix else "spawn")
    if posix:  # imports cost half a second, and are done once for all children
        context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def write_visits(pipe: Connection, folder: Path, family: Family) -> None:
    """Writes visits until it is killed; says what it has saved only when it is saved."""
    store = Store.open(folder)
    pipe.send(("ready", None))
    while True:
        draft = begin_visit(store, family, floor="earth", rooms=2)
        pipe.send(("draft", draft))
        finish_visit(store, family, draft)
        pipe.send(("visit", draft))


def hold_lock(pipe: Connection, folder: Path, locking_mode: str) -> None:
    """Holds the write lock of a store until it is told to let go."""
    key = read_key_file(folder / KEY_NAME).secret.hex()
    holder = sqlcipher3.dbapi2.connect(str(folder / DATABASE_NAME), isolation_level=None)
    holder.execute(f"PRAGMA key = \"x'{key}'\"")
    holder.execute(f"PRAGMA locking_mode = {locking_mode}")
    holder.execute("BEGIN EXCLUSIVE")
    pipe.send("held")
    pipe.recv()
    holder.rollback()
    holder.close()
    pipe.send("released")


def use_as_nobody(pipe: Connection, folder: Path) -> None:
    """Opens a store and writes to it as a user without privileges; tells the fault of each.

    What is imported at first use is imported before: nobody may not read where it lies.
    """
    import_module("cryptography.hazmat.primitives.keywrap")
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        store = Store.open(folder)
    except StoreFailure as failure:
        pipe.send((failure.fault, None))
        return
    try:
        with store.writing() as connection:
            set_meta(connection, Meta.SERVER, "https://berdaya.example")
    except StoreFailure as failure:
        pipe.send((None, failure.fault))
    else:
        pipe.send((None, None))
