"""What the office decides of ops that were set aside: looking at them, letting them in, answering.

Each function returns the lines to show. An op goes by the first letters of its digest, as `list` shows them.
"""

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from desktop.models.records.base import format_time
from desktop.sync.messages import OpOutcome, Outcome, QuarantineReason
from server.commands import CommandFailure, CommandFault
from server.database import Database
from server.queries import accounts, duplicates, quarantine
from server.queries.merge import release, release_waiting

_NAME = 10
"""Letters of a digest that tell one op from all others that wait."""


def listing(database: Database) -> list[str]:
    """One line an op: name, when it came, login, table, scope, reason; separated by tabs."""
    with database.reading() as connection:
        return [
            "\t".join(
                (
                    _name(row),
                    _time(row.received_at),
                    row.login or str(row.user_id),
                    row.table_name,
                    row.scope,
                    f"{row.reason} {row.detail}".strip(),
                )
            )
            for row in quarantine.listing(connection)
        ]


def show(database: Database, name: str) -> list[str]:
    """All that an op says."""
    with database.reading() as connection:
        row = _held(connection, name)
    about = {
        "op": _name(row),
        "author": row.login or str(row.user_id),
        "written": f"{_time(row.at)} by the laptop's clock, {_time(row.corrected_at)} by ours",
        "received": _time(row.received_at),
        "set aside": f"{row.reason} {row.detail}".strip(),
        "row": f"{row.table_name} {row.row_id} in {row.scope}",
    }
    fields = {key: json.dumps(value, ensure_ascii=False) for key, value in row.fields.items()}
    return [f"{key}: {value}" for key, value in (about | fields).items()]


def let_in(database: Database, now: datetime, name: str) -> list[str]:
    """Applies an op on the office's word that its author might write it."""

    def work(connection: Connection) -> tuple[Any, OpOutcome | None]:
        row = _held(connection, name)
        return row, release(connection, row)

    row, outcome = database.write(work)
    _settle_duplicates(database, now)
    if outcome is None:
        raise CommandFailure(CommandFault.NOT_HELD, name)
    if outcome.outcome is Outcome.QUARANTINED:
        return [f"{_name(row)} still waits: {outcome.reason}."]
    return [f"{_name(row)} is in the log of {row.scope}; what waited for it came with it."]


def let_in_granted(database: Database, now: datetime, login: str, since: datetime) -> list[str]:
    """Lets in what an author wrote since a day from which on its scope has been granted now."""
    begins = int(since.timestamp() * 1000)
    with database.reading() as connection:
        author = accounts.named(connection, login).user_id
        held = [
            row
            for row in quarantine.listing(connection)
            if (row.user_id, row.reason) == (author, QuarantineReason.SCOPE_NOT_GRANTED)
            and row.corrected_at >= begins
        ]
    for row in held:
        database.write(partial(release, row=row, vouches=False))
    _settle_duplicates(database, now)
    with database.reading() as connection:
        left = {row.digest for row in quarantine.listing(connection)}
    count = sum(row.digest not in left for row in held)
    return [f"{count} ops that had waited for it are in the log."] if count else []


def answer(database: Database, now: datetime, name: str, note: str) -> list[str]:
    """Does not take an op, and tells its laptop why."""
    if not note.strip():
        raise CommandFailure(CommandFault.EMPTY_NOTE)
    at = int(now.timestamp() * 1000)

    def work(connection: Connection) -> tuple[Any, int]:
        row = _held(connection, name)
        return row, quarantine.answer(connection, row, note.strip(), at)

    row, count = database.write(work)
    return [f"{_name(row)} was answered, and {count - 1} that depend on it."]


def _settle_duplicates(database: Database, now: datetime) -> None:
    at = int(now.timestamp() * 1000)
    database.write(lambda connection: duplicates.settle(connection, at, release_waiting))


def _held(connection: Connection, name: str) -> Any:
    """The op that a name stands for; copies of a disk may have brought it several times."""
    held = quarantine.listing(connection)
    found = {row.digest: row for row in reversed(held) if row.digest.hex().startswith(name)}
    if len(found) != 1:
        fault = CommandFault.SEVERAL_HELD if found else CommandFault.NOT_HELD
        raise CommandFailure(fault, name)
    return next(iter(found.values()))


def _name(row: Any) -> str:
    return str(row.digest.hex()[:_NAME])


def _time(milliseconds: int) -> str:
    return format_time(datetime.fromtimestamp(milliseconds / 1000, UTC))
