"""What the day brings: drafts, visits due, records returned, follow-ups, conflicts; and the month."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from desktop.models.queries.assignments import AssignedVisit
from desktop.models.queries.conflicts import open_conflicts
from desktop.models.queries.due import (
    DueInVillage,
    DueVisit,
    active_count,
    asked_later_count,
    due_by_village,
    due_count,
    due_visits,
)
from desktop.models.queries.visits import drafts
from desktop.models.rules.dates import month_key, month_start, months_until, shift_month
from desktop.models.tables import (
    BUSINESS,
    PROGRESS_REPORT,
    REGION,
    SEARCH,
    STATE_MOVE,
    VISIT,
)

_VILLAGE = func.coalesce(REGION.c.name, SEARCH.c.scope, "").label("village")
_FOLLOW_UP_DAYS = 7
_MONTHS = 6
_MOST_DUE = 100
_MOST_BY_VILLAGE = 2_000
"""As many visits as one person might have; of more, nobody wants to know where each is."""


class TaskKind(StrEnum):
    """Why something is on the list, the most pressing first."""

    DRAFT = "draft"
    RETURNED = "returned"
    CONFLICT = "conflict"
    OVERDUE = "overdue"
    FOLLOW_UP = "follow_up"
    DUE = "due"


_BY_VILLAGE = frozenset({TaskKind.OVERDUE, TaskKind.DUE})
"""Whoever goes to a village looks at all that is due there."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do.

    Attributes:
        kind: why it is on the list.
        household_id: the family it is about.
        head_name: its name.
        village: where it lives.
        on: the day that matters: due, begun, visited.
        month: the month that was returned ("2026-08"), where it is about one.
        words: what somebody wrote about it.
        subject_id: the record, where it is not the family itself.
        business_id: the business, where it is about one.
        business: its name.
        field: the table and field that were written differently, where that has to be decided.
        purpose: what the visit is for, where one is due; a code of `Purpose`.
        asked: the visit that the office asks for, where it does.
    """

    kind: TaskKind
    household_id: UUID
    head_name: str
    village: str
    on: date | None = None
    words: str = ""
    subject_id: UUID | None = None
    business_id: UUID | None = None
    business: str = ""
    month: str = ""
    field: tuple[str, str] | None = None
    purpose: str = ""
    asked: AssignedVisit | None = None


@dataclass(frozen=True, slots=True)
class MonthOfVisits:
    """How many visits were made in a month ("2026-07")."""

    month: str
    done: int


@dataclass(frozen=True, slots=True)
class Today:
    """The home page: what is to do, and how the months went; `planned` is for this month.

    `tasks` are the most pressing ones, visits by village; `total` is how many there are in all.
    `villages` says how many visits are due in each, if they are few enough to be counted by village.
    """

    tasks: list[Task]
    total: int
    months: list[MonthOfVisits]
    planned: int
    families: int
    businesses: int
    villages: list[DueInVillage]


def today_view(connection: Connection, today: date) -> Today:
    """What the day brings."""
    due = due_visits(connection, today, _MOST_DUE)
    due_in_all = due_count(connection, today)
    tasks = [*_drafts(connection), *_returned(connection), *_conflicts(connection)]
    tasks += map(_to_visit, due)
    tasks += _follow_ups(connection, today)
    order = list(TaskKind)
    tasks.sort(
        key=lambda task: (
            order.index(task.kind),
            task.village if task.kind in _BY_VILLAGE else "",
            _since(task, today),
            task.head_name,
        )
    )
    months = _months(connection, today)
    return Today(
        tasks=tasks,
        total=len(tasks) - len(due) + due_in_all + asked_later_count(connection, today),
        months=months,
        planned=months[-1].done + due_in_all,
        families=active_count(connection),
        businesses=_count(connection, select(func.count()).where(BUSINESS.c.deleted_at.is_(None))),
        villages=due_by_village(connection, today) if due_in_all <= _MOST_BY_VILLAGE else [],
    )


def _to_visit(visit: DueVisit) -> Task:
    return Task(
        TaskKind.OVERDUE if visit.is_overdue else TaskKind.DUE,
        visit.household_id,
        visit.head_name,
        visit.village,
        visit.due_on,
        purpose=visit.purpose,
        asked=visit.asked,
    )


def _since(task: Task, today: date) -> date:
    """By what the tasks of a kind are in order."""
    return task.on or (month_start(task.month) if task.month else today)


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())


def _drafts(connection: Connection) -> list[Task]:
    return [
        Task(
            TaskKind.DRAFT,
            draft.household_id,
            draft.head_name,
            draft.village,
            draft.touched_at.date(),
            subject_id=draft.id,
        )
        for draft in drafts(connection)
    ]


def _returned(connection: Connection) -> list[Task]:
    """Visits and months that the district gave back, with its words."""
    reason = _words_of_return()
    visits = _named(
        select(
            VISIT.c.id,
            VISIT.c.household_id,
            SEARCH.c.head_name,
            _VILLAGE,
            VISIT.c.visited_on.label("day"),
            reason(VISIT.c.id),
        ).where(VISIT.c.state == "returned"),
        VISIT,
    )
    tasks = [
        Task(
            TaskKind.RETURNED,
            row.household_id,
            row.head_name or "",
            row.village or "",
            row.day,
            row.words or "",
            row.id,
        )
        for row in connection.execute(visits)
    ]
    months = _named(
        select(
            PROGRESS_REPORT.c.id,
            PROGRESS_REPORT.c.business_id,
            PROGRESS_REPORT.c.month,
            BUSINESS.c.household_id,
            BUSINESS.c.name.label("business"),
            SEARCH.c.head_name,
            _VILLAGE,
            reason(PROGRESS_REPORT.c.id),
        )
        .join(BUSINESS, BUSINESS.c.id == PROGRESS_REPORT.c.business_id)
        .where(PROGRESS_REPORT.c.state == "returned"),
        BUSINESS,
    )
    tasks += [
        Task(
            TaskKind.RETURNED,
            row.household_id,
            row.head_name or "",
            row.village or "",
            words=row.words or "",
            subject_id=row.id,
            business_id=row.business_id,
            business=row.business,
            month=row.month,
        )
        for row in connection.execute(months)
    ]
    return tasks


def _words_of_return() -> Any:
    def words(subject: Any) -> Any:
        return (
            select(STATE_MOVE.c.reason)
            .where(STATE_MOVE.c.subject_id == subject, STATE_MOVE.c.to_state == "returned")
            .order_by(STATE_MOVE.c.moved_at.desc())
            .limit(1)
            .scalar_subquery()
            .label("words")
        )

    return words


def _conflicts(connection: Connection) -> list[Task]:
    """What somebody has to decide, of whatever is recorded of a family."""
    found = open_conflicts(connection)
    names = select(REGION.c.code, REGION.c.name).where(
        REGION.c.code.in_({one.scope for one in found})
    )
    villages = {row.code: row.name for row in connection.execute(names)} if found else {}
    return [
        Task(
            TaskKind.CONFLICT,
            one.about.household_id or one.row_id,
            one.about.family,
            villages.get(one.scope, one.scope),
            one.since.date(),
            subject_id=one.ids[0],
            field=(one.table, one.field),
        )
        for one in found
    ]


def _follow_ups(connection: Connection, today: date) -> list[Task]:
    """What was promised to a business, and is due by a week from now."""
    query = _named(
        select(
            PROGRESS_REPORT.c.follow_up,
            PROGRESS_REPORT.c.follow_up_due_on,
            PROGRESS_REPORT.c.business_id,
            BUSINESS.c.household_id,
            BUSINESS.c.name.label("business"),
            SEARCH.c.head_name,
            _VILLAGE,
        )
        .join(BUSINESS, BUSINESS.c.id == PROGRESS_REPORT.c.business_id)
        .where(
            PROGRESS_REPORT.c.follow_up_due_on.is_not(None),
            PROGRESS_REPORT.c.follow_up_due_on <= today + timedelta(days=_FOLLOW_UP_DAYS),
            PROGRESS_REPORT.c.follow_up_due_on >= today - timedelta(days=90),
        ),
        BUSINESS,
    )
    return [
        Task(
            TaskKind.FOLLOW_UP,
            row.household_id,
            row.head_name or "",
            row.village or "",
            row.follow_up_due_on,
            row.follow_up or "",
            business_id=row.business_id,
            business=row.business,
        )
        for row in connection.execute(query)
    ]


def _named(query: Select[Any], table: Any) -> Select[Any]:
    return query.join(SEARCH, SEARCH.c.household_id == table.c.household_id, isouter=True).join(
        REGION, REGION.c.code == table.c.scope, isouter=True
    )


def _months(connection: Connection, today: date) -> list[MonthOfVisits]:
    """Each month is a range of the index by day, so that no visit itself is read."""
    keys = months_until(month_key(today), _MONTHS)
    first_days = [date.fromisoformat(f"{key}-01") for key in (*keys, shift_month(keys[-1], 1))]
    day = VISIT.c.visited_on
    visits = select(func.count()).where(VISIT.c.deleted_at.is_(None))
    counts = [
        visits.where(day >= first, day < end).scalar_subquery()
        for first, end in pairwise(first_days)
    ]
    done = connection.execute(select(*counts)).one()
    return [MonthOfVisits(key, count) for key, count in zip(keys, done, strict=True)]
