"""Families for tests of queries: a store with a few invented ones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from desktop.models.operations import households
from desktop.models.queries.households import FamilyRow
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, Relation
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import REGION

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SUMBERJAYA = "36.01.01.2001"
KERTAJAYA = "36.01.01.2002"
VILLAGES = {SUMBERJAYA: "Sumberjaya", KERTAJAYA: "Kertajaya"}


def opened(folder: Path) -> Store:
    """An empty store with two villages and a user."""
    store = Store.open(folder, lambda: NOW)
    with store.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(new_id()))
        connection.execute(
            insert(REGION),
            [
                {"code": code, "name": name, "level": "village", "kind": "desa", "parent": None}
                for code, name in VILLAGES.items()
            ],
        )
    return store


def register(
    store: Store,
    name: str,
    *others: str,
    scope: str = SUMBERJAYA,
    hamlet: str | None = None,
    phone: str | None = None,
    national_id: str | None = None,
    card: str | None = None,
) -> UUID:
    """Registers a family by the names of its head and of others."""
    household = Household(scope=scope, hamlet=hamlet, phone=phone)
    members = [
        Member(
            scope=scope,
            household_id=household.id,
            name=each,
            relation=Relation.CHILD if place else Relation.HEAD,
            national_id=None if place else national_id,
        )
        for place, each in enumerate((name, *others))
    ]
    with store.recording() as writer:
        households.register(writer, household, members, card)
    return household.id


def names(rows: Sequence[FamilyRow]) -> list[str]:
    """Heads of the rows that were found."""
    return [row.head_name for row in rows]
