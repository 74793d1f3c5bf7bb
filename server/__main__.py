"""The `berdaya-server` command."""

import argparse
import getpass
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TypeAlias, get_args

import psycopg
from sqlalchemy.exc import DBAPIError

from desktop.models.records.base import utc_now
from desktop.models.records.people import Role
from desktop.models.rules.dates import WIB
from server import commands, decisions, logs, plan_verbs, questionnaire_verbs, serving, workers
from server.app import create_app
from server.backups.faults import of_files
from server.backups.homes import Home, home_of
from server.commands import CommandFailure, CommandFault, NewUser
from server.database import Database
from server.passwords import Passwords
from server.problems import is_database_away
from server.questionnaires.findings import RefusedWorkbook
from server.sentences import STOPPED, UNREACHABLE, Failure, sentence
from server.settings import (
    DATABASE_OPTIONS,
    PASSPHRASE_OPTION,
    SERVE_OPTIONS,
    DatabasePlace,
    Listening,
    Option,
    SettingsFailure,
    SettingsFault,
)

_REFUSED = 1
_ROLES = (Role.FACILITATOR, Role.VERIFIER, Role.PROVINCE)

_Given: TypeAlias = argparse.Namespace
_Lines: TypeAlias = Callable[[_Given, Database], list[str]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns 0, or 1 with a sentence on standard error."""
    multiprocessing.freeze_support()  # a worker of a packed program begins here
    given = _parser().parse_args(arguments)
    try:
        given.run(given)
    except get_args(Failure) as failure:
        return _refuse(sentence(failure))
    except DBAPIError as error:
        if not is_database_away(error):
            raise
        return _refuse(UNREACHABLE)
    except psycopg.OperationalError:
        return _refuse(UNREACHABLE)
    except RefusedWorkbook as refused:
        return _refuse(str(refused))
    except (EOFError, KeyboardInterrupt):
        return _refuse(STOPPED)
    return 0


def _refuse(words: str) -> int:
    print(words, file=sys.stderr)
    return _REFUSED


@contextmanager
def _opened(given: _Given) -> Iterator[Database]:
    database = DatabasePlace.read(vars(given), os.environ).open()
    try:
        yield database
    finally:
        database.close()


def _serve(given: _Given) -> None:
    logs.configure()
    listening = Listening.read(vars(given), os.environ)

    def on_listening(port: int) -> None:
        if given.port_file is not None:
            serving.write_port(given.port_file, port)
        print(f"Listening on {listening.scheme}://{listening.host}:{port}", file=sys.stderr)

    with _opened(given) as database:
        if database.is_file and listening.workers > 1:
            raise SettingsFailure(SettingsFault.WORKERS_ON_A_FILE)
        commands.make_ready(database, utc_now())
        if listening.workers == 1:
            serving.serve(create_app(database), listening, on_listening, given.until_stdin_closes)
            return
    place = DatabasePlace.read(vars(given), os.environ)
    workers.serve(place, listening, on_listening, given.until_stdin_closes)


def _migrate(given: _Given) -> None:
    with _opened(given) as database:
        _show(commands.migrate(database, utc_now()))


def _on_ready_database(lines: _Lines) -> Callable[[_Given], None]:
    """A command that needs an up-to-date database and shows lines."""

    def run(given: _Given) -> None:
        with _opened(given) as database:
            commands.make_ready(database, utc_now())
            _show(lines(given, database))

    return run


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _restored(given: _Given, database: Database) -> list[str]:
    del given
    return commands.note_restored(database, utc_now())


def _backup(given: _Given) -> None:
    with _opened(given) as database:
        commands.make_ready(database, utc_now())
    passphrase = _passphrase(given, is_new=True)
    _show(commands.back_up(_home(given), utc_now(), given.to, passphrase))


def _verify(given: _Given) -> None:
    with _opened(given) as database:
        commands.make_ready(database, utc_now())
    _show(commands.verify_backup(_home(given), given.file, _passphrase(given)))


def _restore(given: _Given) -> None:
    lines = commands.restore_backup(
        _home(given),
        utc_now(),
        given.file,
        _passphrase(given),
        replace=given.replace,
        older=given.older,
    )
    _show(lines)


def _home(given: _Given) -> Home:
    return home_of(DatabasePlace.read(vars(given), os.environ))


def _passphrase(given: _Given, *, is_new: bool = False) -> str:
    """The first line of a file, or asked for; twice, if it will seal something."""
    file = given.passphrase_file or os.environ.get(PASSPHRASE_OPTION.variable)
    if file:
        with of_files(file):
            lines = Path(file).read_text(encoding="utf-8").splitlines()
        return commands.checked_passphrase(lines[0] if lines else "")
    passphrase = commands.checked_passphrase(getpass.getpass("Passphrase: "))
    if is_new and getpass.getpass("Again: ") != passphrase:
        raise CommandFailure(CommandFault.PASSWORDS_DIFFER)
    return passphrase


def _add(given: _Given, database: Database) -> list[str]:
    role = Role(given.role)
    now, since = utc_now(), _since(given)
    user = NewUser(given.login, given.name, role, given.scope, _password(given), since or now)
    return commands.add_user(database, Passwords(), now, user)


def _close(given: _Given, database: Database) -> list[str]:
    return commands.close_user(database, utc_now(), given.login)


def _change_password(given: _Given, database: Database) -> list[str]:
    password = _password(given)
    return commands.change_password(database, Passwords(), utc_now(), given.login, password)


def _grant(given: _Given, database: Database) -> list[str]:
    now, since = utc_now(), _since(given)
    lines = commands.grant(database, since or now, given.login, given.scope)
    return lines + (decisions.let_in_granted(database, now, given.login, since) if since else [])


def _since(given: _Given) -> datetime | None:
    """The beginning of the day from which on scopes are granted; None for now."""
    if given.since is None:
        return None
    since = datetime.combine(given.since, time(), WIB).astimezone(UTC)
    if since > utc_now():
        raise CommandFailure(CommandFault.NOT_YET, given.since)
    return since


def _withdraw(given: _Given, database: Database) -> list[str]:
    return commands.withdraw(database, utc_now(), given.login, given.scope)


def _list(given: _Given, database: Database) -> list[str]:
    del given
    return commands.list_users(database, utc_now())


def _held(given: _Given, database: Database) -> list[str]:
    del given
    return decisions.listing(database)


def _show_held(given: _Given, database: Database) -> list[str]:
    return decisions.show(database, given.op)


def _release(given: _Given, database: Database) -> list[str]:
    return decisions.let_in(database, utc_now(), given.op)


def _answer(given: _Given, database: Database) -> list[str]:
    return decisions.answer(database, utc_now(), given.op, given.note)


def _password(given: _Given) -> str:
    """Asked for twice, or one line of standard input."""
    if given.password_stdin:
        return commands.checked_password(sys.stdin.readline().rstrip("\r\n"))
    password = commands.checked_password(getpass.getpass("Password: "))
    if getpass.getpass("Again: ") != password:
        raise CommandFailure(CommandFault.PASSWORDS_DIFFER)
    return password


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="berdaya-server", description="The provincial server.")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = _verb(verbs, "serve", "answer laptops", _serve)
    for option in SERVE_OPTIONS:
        _add_option(serve, option)
    serve.add_argument(
        "--port-file", type=Path, metavar="FILE", help="write the port there once listening"
    )
    serve.add_argument(
        "--until-stdin-closes",
        action="store_true",
        help="stop when standard input ends, which it does when the process that started us dies",
    )
    _verb(verbs, "migrate", "bring the database up to date", _migrate)
    _verb(
        verbs,
        "restored",
        "say that the database was put back to an earlier time by other means than restore",
        _on_ready_database(_restored),
    )
    _add_backup_verbs(verbs)
    _add_user_verbs(verbs)
    _add_quarantine_verbs(verbs)
    questionnaire_verbs.add(verbs, _verb, _on_ready_database)
    plan_verbs.add(verbs, _verb, _on_ready_database)
    return parser


def _add_backup_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = _verb(verbs, "backup", "write a backup of a running province", _backup)
    backup.add_argument("to", type=Path, metavar="FILE|DIR", help="a new file, or a folder for it")
    verify = _verb(verbs, "verify", "check a backup; what it holds is durable then", _verify)
    restore = _verb(verbs, "restore", "put a backup in place", _restore)
    for verb in (verify, restore):
        verb.add_argument("file", type=Path, metavar="FILE", help="the backup")
    for verb in (backup, verify, restore):
        _add_option(verb, PASSPHRASE_OPTION)
    restore.add_argument(
        "--replace", action="store_true", help="put a province that is there aside, and keep it"
    )
    restore.add_argument(
        "--older",
        action="store_true",
        help="even if laptops were told that a later backup is safe",
    )


def _add_user_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    user = verbs.add_parser("user", help="accounts")
    users = user.add_subparsers(required=True, metavar="COMMAND")

    add = _verb(users, "add", "make an account", _on_ready_database(_add))
    _verb(users, "close", "end an account", _on_ready_database(_close)).add_argument("login")
    change = _verb(users, "password", "give another password", _on_ready_database(_change_password))
    grant = _verb(users, "grant", "grant scopes", _on_ready_database(_grant))
    withdraw = _verb(users, "withdraw", "end grants", _on_ready_database(_withdraw))
    _verb(users, "list", "show every account", _on_ready_database(_list))

    for verb in (add, change, grant, withdraw):
        verb.add_argument("login")
    add.add_argument("--name", required=True, help="the name that stands beside what they write")
    add.add_argument("--role", required=True, choices=_ROLES)
    for verb in (add, change):
        verb.add_argument("--password-stdin", action="store_true", help="read it there, do not ask")
    for verb in (add, grant):
        verb.add_argument(
            "--since",
            type=plan_verbs.day,
            metavar="DAY",
            help="granted from that day on, if the grant was lost with a machine; else from now on",
        )
    for verb in (add, grant, withdraw):
        verb.add_argument(
            "--scope",
            nargs="+",
            metavar="CODE",
            default=[],
            required=verb is not add,
            help="codes of villages or districts",
        )


def _add_quarantine_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    group = verbs.add_parser("quarantine", help="ops that were set aside and wait for the office")
    held = group.add_subparsers(required=True, metavar="COMMAND")

    _verb(held, "list", "show what waits", _on_ready_database(_held))
    show = _verb(held, "show", "show all that an op says", _on_ready_database(_show_held))
    let_in = _verb(
        held, "release", "vouch for its author, and apply it", _on_ready_database(_release)
    )
    answer = _verb(
        held, "answer", "do not take it, and tell its author why", _on_ready_database(_answer)
    )
    for verb in (show, let_in, answer):
        verb.add_argument("op", metavar="OP", help="the beginning of its name, as list shows it")
    answer.add_argument("--note", required=True, help="what its author will read")


def _verb(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: Callable[[_Given], None],
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=summary, description=summary)
    for option in DATABASE_OPTIONS:
        _add_option(parser, option)
    parser.set_defaults(run=run)
    return parser


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    parser.add_argument(
        f"--{option.name}",
        metavar=option.metavar,
        nargs=None if option.when_bare is None else "?",
        const=option.when_bare,
        help=f"{option.help} ({option.variable})",
    )


if __name__ == "__main__":
    sys.exit(main())
