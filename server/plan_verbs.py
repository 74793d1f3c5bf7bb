"""The words of the office's commands about the plan of visits: what can be said, and who does it."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import TypeAlias
from uuid import UUID

from desktop.models.records.base import utc_now
from desktop.models.records.visits import Purpose
from server import visit_plan
from server.database import Database

_Given: TypeAlias = argparse.Namespace
_Run: TypeAlias = Callable[[_Given], None]
_OnReady: TypeAlias = Callable[[Callable[[_Given, Database], list[str]]], _Run]
_MakeVerb: TypeAlias = Callable[..., argparse.ArgumentParser]

_NUMBERS = {
    "receipts_days": "days from the payment of a grant to the visit that looks at its receipts",
    "close_months": "months after the first visit in which a family is visited often",
    "close_step": "months from one visit to the next within that time",
    "later_step": "months from one visit to the next after it",
}


def add(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]",
    verb: _MakeVerb,
    on_ready_database: _OnReady,
) -> None:
    """Adds `assign`, `unassign` and `cadence`.

    Args:
        verbs: where they are added.
        verb: makes one: where, its name, what it is for, what it does.
        on_ready_database: makes a command of what gives the lines to show.
    """
    assign = verb(verbs, "assign", "ask facilitators for visits", on_ready_database(_assign))
    unassign = verb(
        verbs, "unassign", "take back visits that were asked for", on_ready_database(_unassign)
    )
    for one in (assign, unassign):
        one.add_argument("--village", required=True, metavar="CODE", help="where the families live")
        one.add_argument("--due", required=True, type=day, metavar="DAY", help="by when")
        one.add_argument(
            "--household",
            action="append",
            type=UUID,
            default=[],
            metavar="UUID",
            help="this family, and others if given again; without any, all that are accompanied",
        )
    assign.add_argument("--reason", help="what the facilitator reads")
    assign.add_argument("--purpose", choices=[one.value for one in Purpose], help="what it is for")
    assign.add_argument("--by", metavar="LOGIN", help="the officer who asks; else the office does")

    group = verbs.add_parser("cadence", help="how often families are visited")
    cadence = group.add_subparsers(required=True, metavar="COMMAND")
    verb(cadence, "show", "show what holds, and from when", on_ready_database(_show_cadence))
    change = verb(cadence, "set", "let another one hold", on_ready_database(_set_cadence))
    change.add_argument("--holds-from", type=day, metavar="DAY", help="today, if not given")
    for name, words in _NUMBERS.items():
        change.add_argument(f"--{name.replace('_', '-')}", type=int, metavar="N", help=words)


def _assign(given: _Given, database: Database) -> list[str]:
    asked = visit_plan.Request(
        given.village, given.due, given.household, given.purpose, given.reason, given.by
    )
    return visit_plan.assign(database, utc_now(), asked)


def _unassign(given: _Given, database: Database) -> list[str]:
    asked = visit_plan.Request(given.village, given.due, given.household)
    return visit_plan.withdraw(database, utc_now(), asked)


def _set_cadence(given: _Given, database: Database) -> list[str]:
    numbers = {name: value for name in _NUMBERS if (value := getattr(given, name)) is not None}
    return visit_plan.set_cadence(database, utc_now(), given.holds_from, numbers)


def _show_cadence(given: _Given, database: Database) -> list[str]:
    del given
    return visit_plan.show_cadence(database, utc_now())


def day(text: str) -> date:
    """A day as it is given on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no day: write 2026-12-15") from error
