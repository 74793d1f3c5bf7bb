"""What the sheet for a family tells beside its page: the office, when is next, promises, grants."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.queries.household import FamilyView, family
from desktop.models.records.visits import VisitOutcome
from desktop.models.reference import Reference
from desktop.models.store.meta import Meta, get_meta
from desktop.models.tables import BUSINESS, GRANT, PROGRAMME_YEAR, PROGRESS_REPORT, REGION, SEARCH

_OVER: Final = ("closed", "cancelled")
"""States of a grant after which nothing more comes of it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that was said to be done.

    Attributes:
        what: in the words of whoever wrote it down.
        by: who does it: a code of the questionnaire, or a name.
        due_on: until when, if that was said.
        business: the name of the business it is about, if it is about one.
    """

    what: str
    by: str = ""
    due_on: date | None = None
    business: str = ""


@dataclass(frozen=True, slots=True)
class GrantStanding:
    """How far a grant has come, without what it is worth."""

    state: str
    programme: str
    is_cash: bool
    disbursed_on: date | None


@dataclass(frozen=True, slots=True)
class SheetBasis:
    """All that is known of a family, as far as its sheet may tell it.

    Attributes:
        family: as its page shows it.
        village_kind: `desa` or `kelurahan`; empty if it is not known.
        regency: its name, such as "Kabupaten Lebak"; empty if it is not known.
        is_accompanied: whether the family is to be visited again.
        next_due_on: until when; None before the first visit.
        first_met: the day of the first visit.
        last_met: the day of the last one.
        business_promises: of its businesses, the newest month first.
        grants: that are under way, the newest first.
        phone: of the user of this laptop, if it was told.
    """

    family: FamilyView
    village_kind: str
    regency: str
    is_accompanied: bool
    next_due_on: date | None
    first_met: date | None
    last_met: date | None
    business_promises: tuple[Promise, ...]
    grants: tuple[GrantStanding, ...]
    phone: str | None


def sheet_basis(
    connection: Connection, household_id: UUID, reference: Reference
) -> SheetBasis | None:
    """What the sheet of a family is made from; None if the family is not on this laptop."""
    found = family(connection, household_id, reference)
    if found is None:
        return None
    due = connection.execute(
        select(SEARCH.c.next_due_on).where(SEARCH.c.household_id == household_id)
    ).scalar()
    met = [visit.visited_on for visit in found.visits if visit.outcome != VisitOutcome.NOBODY_HOME]
    kind, regency = _place(connection, found.scope)
    return SheetBasis(
        family=found,
        village_kind=kind,
        regency=regency,
        is_accompanied=due is not None,
        next_due_on=date.fromisoformat(due) if due else None,
        first_met=min(met, default=None),
        last_met=max(met, default=None),
        business_promises=_business_promises(connection, household_id),
        grants=_grants(connection, household_id),
        phone=get_meta(connection, Meta.USER_PHONE),
    )


def _place(connection: Connection, scope: str) -> tuple[str, str]:
    """What the village is called by law, and the name of its regency."""
    regency = ".".join(scope.split(".")[:2])
    rows = connection.execute(
        select(REGION.c.code, REGION.c.kind, REGION.c.name).where(
            REGION.c.code.in_((scope, regency))
        )
    )
    found = {row.code: row for row in rows}
    return (
        str(found[scope].kind) if scope in found else "",
        found[regency].name if regency in found else "",
    )


def _business_promises(connection: Connection, household_id: UUID) -> tuple[Promise, ...]:
    report = PROGRESS_REPORT
    query = (
        select(
            report.c.follow_up, report.c.follow_up_by, report.c.follow_up_due_on, BUSINESS.c.name
        )
        .join(BUSINESS, BUSINESS.c.id == report.c.business_id)
        .where(
            BUSINESS.c.household_id == household_id,
            BUSINESS.c.deleted_at.is_(None),
            report.c.deleted_at.is_(None),
            report.c.follow_up.is_not(None),
        )
        .order_by(report.c.month.desc(), BUSINESS.c.name)
    )
    return tuple(
        Promise(row.follow_up, row.follow_up_by or "", row.follow_up_due_on, row.name)
        for row in connection.execute(query)
    )


def _grants(connection: Connection, household_id: UUID) -> tuple[GrantStanding, ...]:
    year = PROGRAMME_YEAR
    query = (
        select(GRANT.c.state, GRANT.c.form, GRANT.c.disbursed_on, year.c.name, year.c.year)
        .join(year, year.c.id == GRANT.c.programme_year_id, isouter=True)
        .where(
            GRANT.c.household_id == household_id,
            GRANT.c.deleted_at.is_(None),
            GRANT.c.state.not_in(_OVER),
        )
        .order_by(GRANT.c.id.desc())
    )
    return tuple(
        GrantStanding(
            state=row.state,
            programme=f"{row.name} {row.year}" if row.name else "",
            is_cash=row.form == "cash",
            disbursed_on=row.disbursed_on,
        )
        for row in connection.execute(query)
    )
