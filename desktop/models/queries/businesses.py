"""What the screens show of businesses: the list, one business with its grants, its ledger."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from desktop.models.records.businesses import progress_report_id
from desktop.models.records.people import Role
from desktop.models.rules.dates import month_key, months_until, previous_month
from desktop.models.rules.ledger import MonthFigures, profit
from desktop.models.rules.states import LIFECYCLES
from desktop.models.tables import (
    BUSINESS,
    GRANT,
    PROGRAMME_YEAR,
    PROGRESS_REPORT,
    REGION,
    SEARCH,
    STATE_MOVE,
)

TREND_MONTHS = 6
LEDGER_MONTHS = 13
"""The months of the last year and the one that is running."""


@dataclass(frozen=True)
class ListedBusiness:
    """A business in the list.

    Attributes:
        family: name of the head of the family; empty if the family is not on this laptop.
        village: name of the village.
        scope: code of the village.
        last_month: the newest month with figures, such as "2026-07".
        last_profit: of that month, in rupiah.
        trend: profits of the last six ended months, oldest first; None where there is none.
        missing: how many of those months have no figures, from its start on.
    """

    id: UUID
    name: str
    family: str
    village: str
    scope: str
    kbli_code: str | None
    status: str
    last_month: str | None
    last_profit: int | None
    trend: tuple[int | None, ...]
    missing: int


@dataclass(frozen=True)
class GrantView:
    """A grant as a screen shows it; `returned_because` is the last reason it was returned for."""

    id: UUID
    scope: str
    state: str
    amount: int
    programme_year_id: UUID | None
    programme: str
    bank: str | None
    proposed_on: date | None
    disbursed_on: date | None
    returned_because: str | None


@dataclass(frozen=True)
class BusinessView:
    """A business as its page shows it."""

    id: UUID
    scope: str
    household_id: UUID
    name: str
    family: str
    village: str
    kbli_code: str | None
    business_id_number: str | None
    started_on: date | None
    status: str
    grants: tuple[GrantView, ...]


@dataclass(frozen=True)
class LedgerMonth:
    """A month of a ledger, whether anything was written in it or not; amounts in rupiah.

    Attributes:
        report_id: id that the month's report has or would have.
        exists: whether it has one.
        state: of the report; `draft` if there is none.
        returned_because: the verifier's words, while the month is returned.
        previous: the month before.
    """

    month: str
    report_id: UUID
    exists: bool = False
    state: str = "draft"
    revenue: int | None = None
    expenses: int | None = None
    stock: int | None = None
    savings: int | None = None
    debt: int | None = None
    instalment: int | None = None
    family_workers: int | None = None
    hired_workers: int | None = None
    status: str | None = None
    constraint: str | None = None
    follow_up: str | None = None
    follow_up_by: str | None = None
    follow_up_due_on: date | None = None
    returned_because: str | None = None
    previous: MonthFigures | None = None

    @property
    def profit(self) -> int | None:
        """Revenue less expenses; None while one is not answered."""
        return profit(self.revenue, self.expenses)

    @property
    def figures(self) -> MonthFigures:
        """What the rules look at."""
        return MonthFigures(
            revenue=self.revenue,
            expenses=self.expenses,
            assets=self.stock,
            savings=self.savings,
            debt=self.debt,
            instalment=self.instalment,
        )

    @property
    def is_open(self) -> bool:
        """Whether the facilitator may write in it: as long as it is still to be handed in."""
        return LIFECYCLES["progress_report"].allows(Role.FACILITATOR, self.state, "submitted")


@dataclass(frozen=True)
class ProgrammeYearView:
    """A programme-year that a grant may be of."""

    id: UUID
    name: str
    year: int
    amount: int
    bank: str | None


def businesses(connection: Connection, today: date) -> list[ListedBusiness]:
    """All businesses on this laptop, by family and name."""
    ended = months_until(previous_month(month_key(today)), TREND_MONTHS)
    profits = _profits(connection)
    query = _with_family(BUSINESS.c.deleted_at.is_(None))
    return [
        _listed(row, profits[row.id], ended)
        for row in connection.execute(query.order_by(SEARCH.c.head_name, BUSINESS.c.name))
    ]


def business(connection: Connection, business_id: UUID) -> BusinessView | None:
    """One business; None if it is not there, or was deleted."""
    query = _with_family(BUSINESS.c.id == business_id, BUSINESS.c.deleted_at.is_(None))
    row = connection.execute(query).first()
    if row is None:
        return None
    return BusinessView(
        id=row.id,
        scope=row.scope,
        household_id=row.household_id,
        name=row.name,
        family=row.family or "",
        village=row.village or "",
        kbli_code=row.kbli_code,
        business_id_number=row.business_id_number,
        started_on=row.started_on,
        status=row.status,
        grants=tuple(_grants(connection, row.household_id, business_id)),
    )


def ledger(
    connection: Connection, business_id: UUID, today: date, months: int = LEDGER_MONTHS
) -> list[LedgerMonth]:
    """The last months of a business, oldest first, the running one last.

    Months before it was started are left out, unless something was written in them.
    """
    keys = months_until(month_key(today), months)
    reports = _reports(connection, business_id, (previous_month(keys[0]), *keys))
    shown = [reports.get(key) or _blank(business_id, key) for key in keys]
    started = connection.execute(
        select(BUSINESS.c.started_on).where(BUSINESS.c.id == business_id)
    ).scalar()
    begins = min(
        [month_key(started) if started else keys[0], *reports, keys[-1]],
    )
    return [
        replace(row, previous=reports[before].figures if before in reports else None)
        for row in shown
        if row.month >= begins and (before := previous_month(row.month))
    ]


def programme_years(connection: Connection) -> list[ProgrammeYearView]:
    """The programme-years, newest first."""
    table = PROGRAMME_YEAR
    query = select(table).where(table.c.deleted_at.is_(None))
    return [
        ProgrammeYearView(row.id, row.name, row.year, row.amount, row.bank)
        for row in connection.execute(query.order_by(table.c.year.desc(), table.c.name))
    ]


def scope_of_household(connection: Connection, household_id: UUID) -> tuple[str, str]:
    """Village code and head's name of a family, for a new business of it.

    Raises:
        LookupError: the family is not on this laptop.
    """
    query = select(SEARCH.c.scope, SEARCH.c.head_name).where(SEARCH.c.household_id == household_id)
    row = connection.execute(query).first()
    if row is None:
        raise LookupError(f"household {household_id}")
    return row.scope, row.head_name


def _with_family(*conditions: Any) -> Any:
    return (
        select(
            BUSINESS,
            SEARCH.c.head_name.label("family"),
            func.coalesce(REGION.c.name, BUSINESS.c.scope).label("village"),
        )
        .join(SEARCH, SEARCH.c.household_id == BUSINESS.c.household_id, isouter=True)
        .join(REGION, REGION.c.code == BUSINESS.c.scope, isouter=True)
        .where(*conditions)
    )


def _profits(connection: Connection) -> defaultdict[UUID, dict[str, int | None]]:
    """Business -> month -> profit, of every month that has figures."""
    table = PROGRESS_REPORT
    query = select(table.c.business_id, table.c.month, table.c.revenue, table.c.expenses).where(
        table.c.deleted_at.is_(None), table.c.revenue.is_not(None) | table.c.expenses.is_not(None)
    )
    found: defaultdict[UUID, dict[str, int | None]] = defaultdict(dict)
    for business_id, month, revenue, expenses in connection.execute(query):
        found[business_id][month] = profit(revenue, expenses)
    return found


def _listed(row: Any, profits: dict[str, int | None], ended: Sequence[str]) -> ListedBusiness:
    last = max(profits, default=None)
    begun = month_key(row.started_on) if row.started_on else min(profits, default=ended[0])
    expected = [] if row.status == "closed" else [month for month in ended if month >= begun]
    return ListedBusiness(
        id=row.id,
        name=row.name,
        family=row.family or "",
        village=row.village or "",
        scope=row.scope,
        kbli_code=row.kbli_code,
        status=row.status,
        last_month=last,
        last_profit=profits[last] if last else None,
        trend=tuple(profits.get(month) for month in ended),
        missing=sum(month not in profits for month in expected),
    )


def _grants(connection: Connection, household_id: UUID, business_id: UUID) -> Iterable[GrantView]:
    """The family's grants that are of this business or of none, newest first."""
    query = (
        select(GRANT, PROGRAMME_YEAR.c.name.label("programme"), PROGRAMME_YEAR.c.year)
        .join(PROGRAMME_YEAR, PROGRAMME_YEAR.c.id == GRANT.c.programme_year_id, isouter=True)
        .where(
            GRANT.c.household_id == household_id,
            GRANT.c.business_id.is_(None) | (GRANT.c.business_id == business_id),
            GRANT.c.deleted_at.is_(None),
        )
    )
    rows = connection.execute(query.order_by(GRANT.c.id.desc())).all()
    reasons = _reasons(connection, "grant", [row.id for row in rows if row.state == "returned"])
    for row in rows:
        yield GrantView(
            id=row.id,
            scope=row.scope,
            state=row.state,
            amount=row.amount,
            programme_year_id=row.programme_year_id,
            programme=f"{row.programme} {row.year}" if row.programme else "",
            bank=row.bank,
            proposed_on=row.proposed_on,
            disbursed_on=row.disbursed_on,
            returned_because=reasons.get(row.id),
        )


def _reports(
    connection: Connection, business_id: UUID, months: Sequence[str]
) -> dict[str, LedgerMonth]:
    table = PROGRESS_REPORT
    query = select(table).where(
        table.c.business_id == business_id, table.c.month.in_(months), table.c.deleted_at.is_(None)
    )
    rows = connection.execute(query).all()
    returned = [row.id for row in rows if row.state == "returned"]
    reasons = _reasons(connection, "progress_report", returned)
    return {
        row.month: LedgerMonth(
            month=row.month,
            report_id=row.id,
            exists=True,
            returned_because=reasons.get(row.id),
            **{name: getattr(row, name) for name in _COPIED},
        )
        for row in rows
    }


def _blank(business_id: UUID, month: str) -> LedgerMonth:
    return LedgerMonth(month, progress_report_id(business_id, month))


def _reasons(connection: Connection, name: str, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The words with which records were returned last."""
    query = select(STATE_MOVE.c.subject_id, STATE_MOVE.c.reason).where(
        STATE_MOVE.c.subject_table == name,
        STATE_MOVE.c.subject_id.in_(ids),
        STATE_MOVE.c.to_state == "returned",
        STATE_MOVE.c.reason.is_not(None),
    )
    rows = connection.execute(query.order_by(STATE_MOVE.c.moved_at))
    return {row.subject_id: row.reason for row in rows}


_COPIED = (
    "state",
    "revenue",
    "expenses",
    "stock",
    "savings",
    "debt",
    "instalment",
    "family_workers",
    "hired_workers",
    "status",
    "constraint",
    "follow_up",
    "follow_up_by",
    "follow_up_due_on",
)
