"""PostgreSQL's own programs for copies of a database: `pg_dump` and `pg_restore`.

What they need to know of the database goes through their environment: the arguments of a process
can be read by everybody on the machine, and the address holds a password.
"""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from psycopg import conninfo, pq

from server.backups.faults import BackupFailure, BackupFault

_CHUNK = 1 << 18
_DEBIAN = Path("/usr/lib/postgresql")


def dump(url: str, snapshot: str) -> Iterator[bytes]:
    """The database in PostgreSQL's custom format, as a snapshot that was exported sees it.

    Raises:
        BackupFailure: the program is not there, or failed.
    """
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 found by us, arguments are ours
            [_program("pg_dump"), *arguments],
            env=_environment(url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101 it is a pipe
        try:
            while chunk := process.stdout.read(_CHUNK):
                yield chunk
        except BaseException:  # nobody wants the rest
            process.kill()
            raise
        _require_success("pg_dump", process, said)


def load(url: str, content: Iterable[bytes]) -> None:
    """Puts what `dump` gave into an empty database.

    Raises:
        BackupFailure: the program is not there, or failed.
    """
    arguments = ["--exit-on-error", "--no-owner", "--no-privileges"]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 found by us, arguments are ours
            [_program("pg_restore"), *arguments, f"--dbname={name_of(url)}"],
            env=_environment(url),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        ) as process,
    ):
        assert process.stdin is not None  # noqa: S101 it is a pipe
        try:
            with suppress(BrokenPipeError):  # it ended early, which its code tells
                for chunk in content:
                    process.stdin.write(chunk)
                process.stdin.close()
        except BaseException:
            process.kill()
            raise
        _require_success("pg_restore", process, said)


def name_of(url: str) -> str:
    """The name of the database; an address without one means the user's."""
    given = conninfo.conninfo_to_dict(url)
    return str(given.get("dbname") or given.get("user") or getpass.getuser())


def _program(name: str) -> str:
    """Where a program is: in PATH, or where Debian keeps it."""
    homes = sorted(_DEBIAN.glob("*/bin"), reverse=True)
    found = shutil.which(name) or next(
        filter(None, (shutil.which(name, path=str(home)) for home in homes)), None
    )
    if found is None:
        raise BackupFailure(BackupFault.NO_PROGRAM, name)
    return found


def _environment(url: str) -> dict[str, str]:
    """The environment, with the address of the database in the variables that libpq reads."""
    variables = {
        option.keyword.decode(): option.envvar.decode()
        for option in pq.Conninfo.get_defaults()
        if option.envvar
    }
    given = conninfo.conninfo_to_dict(url)
    return os.environ | {
        variables[name]: str(value) for name, value in given.items() if name in variables
    }


def _require_success(name: str, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    """Waits for the end. Only the first line is told: a later one may quote a row."""
    if process.wait() == 0:
        return
    said.seek(0)
    line = said.readline().decode(errors="replace").strip()
    raise BackupFailure(BackupFault.PROGRAM_FAILED, f"{name}: {line}")
