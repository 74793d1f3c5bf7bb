"""The office's commands: accounts, migration, backups, and the note that one was restored.

Each returns the lines to show; failures are raised as codes and worded in `__main__`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from desktop.models.records.base import REF_SCOPE
from desktop.models.records.people import Role
from server.backups import backup
from server.backups.faults import BackupFailure, BackupFault
from server.backups.homes import Home
from server.backups.sealed import SHORTEST_PASSPHRASE, Manifest
from server.database import SCHEMA, Database
from server.faults import Failure
from server.passwords import MINIMAL_LENGTH, Passwords
from server.queries import accounts, incarnations, schema, tokens

_REGION = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")


class CommandFault(StrEnum):
    """Why a command was not done."""

    SHORT_PASSWORD = "short_password"  # noqa: S105 a name, not a secret
    PASSWORDS_DIFFER = "passwords_differ"
    NOT_A_SCOPE = "not_a_scope"
    EMPTY_LOGIN = "empty_login"
    NOT_YET = "not_yet"
    NOT_HELD = "not_held"
    SEVERAL_HELD = "several_held"
    EMPTY_NOTE = "empty_note"
    NOT_A_VILLAGE = "not_a_village"
    NOT_THE_OFFICE = "not_the_office"
    NO_NUMBERS = "no_numbers"
    BAD_NUMBER = "bad_number"
    NO_DESKTOP = "no_desktop"
    SCHEMA_BEHIND = "schema_behind"
    SCHEMA_NEWER = "schema_newer"


class CommandFailure(Failure[CommandFault]):
    """A command was not done; `subject` is what is at fault."""


def make_ready(database: Database, now: datetime) -> None:
    """Migrates a file of our own; of PostgreSQL it only checks that it is up to date.

    Raises:
        CommandFailure: its schema is behind, or of a newer program.
    """
    if database.is_file:
        schema.prepare(database, now)
        return
    with database.reading() as connection:
        found = schema.schema_of(connection)
    if found < SCHEMA:
        raise CommandFailure(CommandFault.SCHEMA_BEHIND)
    if found > SCHEMA:
        raise CommandFailure(CommandFault.SCHEMA_NEWER)


@dataclass(frozen=True)
class NewUser:
    """What the office says of a new user."""

    login: str
    name: str
    role: Role
    scopes: Sequence[str]
    password: str
    since: datetime
    """From when on the scopes are granted: an account may have been lost with a machine."""


def add_user(database: Database, passwords: Passwords, now: datetime, user: NewUser) -> list[str]:
    """Makes an account and grants it scopes."""
    scopes = [_checked_scope(scope) for scope in user.scopes]
    if not user.login.strip() or not user.name.strip():
        raise CommandFailure(CommandFault.EMPTY_LOGIN)
    password_hash = passwords.hash(checked_password(user.password))
    new = accounts.NewAccount(user.login, user.name.strip(), user.role, password_hash)
    with database.writing() as connection:
        account = accounts.add(connection, new, now)
        for scope in scopes:
            accounts.grant(connection, account, scope, user.since)
    return [f"{account.login} was added."]


def close_user(database: Database, now: datetime, login: str) -> list[str]:
    """Closes an account."""
    with database.writing() as connection:
        account = accounts.named(connection, login)
        accounts.close(connection, account, now)
    return [f"{account.login} was closed."]


def change_password(
    database: Database, passwords: Passwords, now: datetime, login: str, password: str
) -> list[str]:
    """Gives an account another password; whoever is signed in must sign in again."""
    password_hash = passwords.hash(checked_password(password))
    with database.writing() as connection:
        account = accounts.named(connection, login)
        accounts.set_password(connection, account.user_id, password_hash)
        tokens.revoke_all(connection, account.user_id, now)
    return [f"{account.login} has a new password."]


def grant(database: Database, since: datetime, login: str, scopes: Iterable[str]) -> list[str]:
    """Grants scopes from a moment on."""
    granted = [_checked_scope(scope) for scope in scopes]
    with database.writing() as connection:
        account = accounts.named(connection, login)
        for scope in granted:
            accounts.grant(connection, account, scope, since)
    return [f"{account.login} was granted {', '.join(granted)}."]


def withdraw(database: Database, now: datetime, login: str, scopes: Iterable[str]) -> list[str]:
    """Ends grants; all of them or none."""
    withdrawn = list(scopes)
    with database.writing() as connection:
        account = accounts.named(connection, login)
        for scope in withdrawn:
            accounts.withdraw(connection, account, scope, now)
    return [f"{', '.join(withdrawn)} was withdrawn from {account.login}."]


def list_users(database: Database, now: datetime) -> list[str]:
    """One line an account: login, role, state, name, scopes; separated by tabs."""
    with database.reading() as connection:
        return [
            "\t".join(
                (
                    account.login,
                    account.role,
                    "closed" if account.closed_at else "open",
                    account.name,
                    " ".join(accounts.granted_scopes(connection, account.user_id, now)),
                )
            )
            for account in accounts.listing(connection)
        ]


def migrate(database: Database, now: datetime) -> list[str]:
    """Brings the schema up to date."""
    schema.prepare(database, now)
    return [f"The database has schema {SCHEMA}."]


def note_restored(database: Database, now: datetime) -> list[str]:
    """Begins a new incarnation."""
    with database.writing() as connection:
        begun = incarnations.begin(connection, now)
    return [f"Incarnation {begun.number} has begun; laptops send again what the backup lacks."]


def back_up(home: Home, now: datetime, to: Path, passphrase: str) -> list[str]:
    """Writes a backup."""
    taken = backup.take(home, to, passphrase, now)
    return [
        f"{taken.path} holds {_told(taken.manifest)}.",
        "Verify it, and laptops may rely on it.",
    ]


def verify_backup(home: Home, path: Path, passphrase: str) -> list[str]:
    """Verifies a backup and notes what is durable."""
    done = backup.verify(home, path, passphrase)
    return [
        f"{path} is whole: {_told(done.manifest)}.",
        f"{done.durable} of its {done.logs} device logs are durable as far as it holds them.",
    ]


def restore_backup(
    home: Home, now: datetime, path: Path, passphrase: str, *, replace: bool, older: bool
) -> list[str]:
    """Puts a backup in place."""
    done = backup.restore(home, path, passphrase, now, replace=replace, older=older)
    lines = [
        f"{path} is in place: {_told(done.manifest)}.",
        f"Incarnation {done.incarnation} has begun; laptops send again what the backup lacks.",
    ]
    if done.kept:
        lines.append(f"What was there is kept as {done.kept}.")
    return [
        *lines,
        "Accounts and grants are as they were then: close, withdraw and give again what was since.",
    ]


def checked_passphrase(passphrase: str) -> str:
    """The passphrase itself.

    Raises:
        BackupFailure: it is too short.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupFailure(BackupFault.SHORT_PASSPHRASE)
    return passphrase


def _told(manifest: Manifest) -> str:
    entries = sum(manifest.heads.values())
    return f"{entries} entries in {len(manifest.heads)} scopes, as of {manifest.created}"


def checked_password(password: str) -> str:
    """The password itself.

    Raises:
        CommandFailure: it is too short.
    """
    if len(password) < MINIMAL_LENGTH:
        raise CommandFailure(CommandFault.SHORT_PASSWORD)
    return password


def _checked_scope(scope: str) -> str:
    if scope != REF_SCOPE and not _REGION.fullmatch(scope):
        raise CommandFailure(CommandFault.NOT_A_SCOPE, scope)
    return scope
