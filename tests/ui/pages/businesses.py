"""Businesses of invented families, for the tests of their pages."""

from datetime import date
from uuid import UUID

from desktop.models.operations import businesses as operations
from desktop.models.operations import households
from desktop.models.records.businesses import Business, BusinessStatus, Grant, ProgrammeYear
from desktop.models.records.decisions import StateMove
from desktop.models.records.households import Household, Member, Relation
from desktop.models.store.local import Store

VILLAGE = "36.01.01.2001"
OTHER_VILLAGE = "36.01.01.2002"


def family(store: Store, head: str, scope: str = VILLAGE) -> UUID:
    household = Household(scope=scope)
    member = Member(scope=scope, household_id=household.id, name=head, relation=Relation.HEAD)
    with store.recording() as writer:
        households.register(writer, household, [member])
    return household.id


def business(
    store: Store,
    name: str = "Warung Siti",
    head: str = "Siti Contoh",
    scope: str = VILLAGE,
    started_on: date | None = date(2026, 8, 3),
    status: BusinessStatus = BusinessStatus.ACTIVE,
) -> Business:
    made = Business(
        scope=scope,
        household_id=family(store, head, scope),
        name=name,
        kbli_code="47112",
        started_on=started_on,
        status=status,
    )
    with store.recording() as writer:
        operations.begin(writer, made)
    return made


def month(store: Store, owner: Business, key: str, **figures: object) -> UUID:
    with store.recording() as writer:
        return operations.report_month(writer, (owner.id, owner.scope), key, dict(figures))  # type: ignore[arg-type]


def moved(store: Store, report_id: UUID, source: str, target: str, reason: str = "") -> None:
    """A move of the district, as sync would bring it."""
    with store.recording() as writer:
        writer.insert(
            StateMove(
                scope=VILLAGE,
                subject_table="progress_report",
                subject_id=report_id,
                from_state=source,
                to_state=target,
                user_id=writer.user_id,
                moved_at=writer.now,
                reason=reason or None,
            )
        )


def grant(store: Store, owner: Business, amount: int = 2_000_000) -> Grant:
    year = ProgrammeYear(scope="ref", name="UEP", year=2025, amount=amount, bank="Bank Banten")
    made = Grant(
        scope=owner.scope,
        household_id=owner.household_id,
        business_id=owner.id,
        programme_year_id=year.id,
        amount=amount,
    )
    with store.recording() as writer:
        writer.insert(year)
        operations.propose_grant(writer, made)
    return made
