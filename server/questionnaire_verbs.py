"""The words of the office's commands about questionnaires: what can be said, and who does it."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from desktop.models.records.base import utc_now
from server.backups.faults import of_files
from server.database import Database
from server.questionnaires import command as questionnaires
from server.questionnaires.export import Style

_Given: TypeAlias = argparse.Namespace
_Run: TypeAlias = Callable[[_Given], None]
_OnReady: TypeAlias = Callable[[Callable[[_Given, Database], list[str]]], _Run]
_MakeVerb: TypeAlias = Callable[..., argparse.ArgumentParser]


def add(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    verb: _MakeVerb,
    on_ready_database: _OnReady,
) -> None:
    """Adds `questionnaire`.

    Args:
        verbs: where it is added.
        verb: makes one: where, its name, what it is for, what it does.
        on_ready_database: makes a command of what gives the lines to show.
    """
    group = verbs.add_parser("questionnaire", help="what is asked at visits")
    of_them = group.add_subparsers(required=True, metavar="COMMAND")

    summary = "say whether a workbook (XLSForm) can be used, and what is wrong in which row"
    check = of_them.add_parser("check", help=summary, description=summary)
    check.set_defaults(run=_check)
    summary = "open a workbook as a facilitator would see it, with a family that does not exist"
    attempt = of_them.add_parser("try", help=summary, description=summary)
    attempt.set_defaults(run=_try)
    publish = verb(of_them, "add", "publish a workbook", on_ready_database(_publish))
    for one in (check, attempt, publish):
        one.add_argument("file", type=Path, metavar="FILE.xlsx", help="the workbook")
    verb(of_them, "list", "show what was published", on_ready_database(_list))
    export = verb(
        of_them,
        "export",
        "write what was recorded, as tables: visits, and each repeat of its own",
        on_ready_database(_export),
    )
    export.add_argument("name", metavar="NAME", help="its form_id")
    export.add_argument(
        "target",
        type=Path,
        metavar="DIR|FILE.xlsx|FILE.geojson",
        help="where to; a folder gets CSV",
    )
    export.add_argument("--labels", choices=("id", "en"), help="words in place of names and codes")
    export.add_argument("--split", action="store_true", help="a column for each of several choices")
    withdraw = verb(
        of_them,
        "withdraw",
        "let no visit begin with a version any more",
        on_ready_database(_withdraw),
    )
    withdraw.add_argument("name", metavar="NAME", help="its form_id")
    withdraw.add_argument("version", type=int, metavar="VERSION")


def _check(given: _Given) -> None:
    with of_files(given.file):
        lines = questionnaires.check(given.file)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _try(given: _Given) -> None:
    with of_files(given.file):
        questionnaires.attempt(given.file)


def _publish(given: _Given, database: Database) -> list[str]:
    with of_files(given.file):
        return questionnaires.publish(database, utc_now(), given.file)


def _list(given: _Given, database: Database) -> list[str]:
    del given
    return questionnaires.listing(database)


def _export(given: _Given, database: Database) -> list[str]:
    style = Style(given.labels, given.split)
    with of_files(given.target):
        return questionnaires.export(database, given.name, given.target, style)


def _withdraw(given: _Given, database: Database) -> list[str]:
    return questionnaires.withdraw(database, utc_now(), given.name, given.version)
