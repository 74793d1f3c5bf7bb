"""The office's commands about the plan of visits: asking for visits, and how often families are visited.

Each function returns the lines to show.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from desktop.models.records.base import REF_SCOPE
from desktop.models.records.questionnaires import Cadence
from desktop.models.rules.authority import may_add
from desktop.models.rules.cadence import newest_holding, rhythm_of
from desktop.models.rules.dates import to_wib
from server.commands import CommandFailure, CommandFault
from server.database import Database
from server.queries import accounts, visit_plan
from server.queries.journal import SERVER_ID
from server.queries.visit_plan import Asked

_VILLAGE = re.compile(r"\d\d\.\d\d\.\d\d\.\d{4}")
_RANGES = {
    "receipts_days": range(1, 367),
    "close_months": range(61),
    "close_step": range(1, 25),
    "later_step": range(1, 25),
}
"""What makes sense of each number of a cadence."""


@dataclass(frozen=True)
class Request:
    """What the office says of the visits that it asks for, or takes back.

    `login` is the account in whose name it asks; without one it asks itself.
    """

    village: str
    due_on: date
    households: Collection[UUID] = ()
    purpose: str | None = None
    reason: str | None = None
    login: str | None = None


def assign(database: Database, now: datetime, asked: Request) -> list[str]:
    """Asks for visits."""
    village = _checked_village(asked.village)
    with database.writing() as connection:
        by = SERVER_ID
        if asked.login is not None:
            account = accounts.named(connection, asked.login)
            if not may_add(account.role, "visit_assignment"):
                raise CommandFailure(CommandFault.NOT_THE_OFFICE, account.login)
            by = account.user_id
        said = Asked(asked.due_on, asked.purpose, (asked.reason or "").strip() or None, by)
        count = visit_plan.assign(connection, village, said, now, asked.households)
    return [f"Asked for {count} visits in {village}, due on {asked.due_on}."]


def withdraw(database: Database, now: datetime, asked: Request) -> list[str]:
    """Takes back what was asked for by a day."""
    village = _checked_village(asked.village)
    with database.writing() as connection:
        count = visit_plan.withdraw(connection, village, asked.due_on, now, asked.households)
    return [f"Took back {count} visits in {village} that were due on {asked.due_on}."]


def set_cadence(
    database: Database, now: datetime, holds_from: date | None, numbers: dict[str, int]
) -> list[str]:
    """Publishes how often families are visited; numbers that are not given stay as they are."""
    day = holds_from or to_wib(now).date()
    if not numbers:
        raise CommandFailure(CommandFault.NO_NUMBERS)
    for name, number in numbers.items():
        if number not in _RANGES[name]:
            raise CommandFailure(CommandFault.BAD_NUMBER, str(number))
    with database.writing() as connection:
        rhythm = rhythm_of(newest_holding(visit_plan.cadences(connection), day))
        known = {name: getattr(rhythm, name) for name in _RANGES}
        cadence = Cadence(scope=REF_SCOPE, holds_from=day, **(known | numbers))
        visit_plan.publish(connection, cadence, now)
    return [_line(day.isoformat(), cadence)]


def show_cadence(database: Database, now: datetime) -> list[str]:
    """One line for each, from when it holds; what holds today is marked."""
    with database.reading() as connection:
        known = visit_plan.cadences(connection)
    today = newest_holding(known, to_wib(now).date())
    lines = [_line("shipped", rhythm_of(None), is_in_force=today is None)]
    lines += [_line(one.holds_from.isoformat(), one, is_in_force=one is today) for one in known]
    return lines


def _line(since: str, numbers: object, *, is_in_force: bool = False) -> str:
    said = [f"{name}={getattr(numbers, name)}" for name in _RANGES]
    return "\t".join([since, *said, *(["holds today"] if is_in_force else [])])


def _checked_village(code: str) -> str:
    if not _VILLAGE.fullmatch(code):
        raise CommandFailure(CommandFault.NOT_A_VILLAGE, code)
    return code
