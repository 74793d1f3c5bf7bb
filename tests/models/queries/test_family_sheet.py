"""What the sheet for a family is made from, as the store has it."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert

from desktop.models.operations import businesses
from desktop.models.operations.visits import DraftHead, FinishedVisit, finish
from desktop.models.queries.family_sheet import GrantStanding, Promise, SheetBasis, sheet_basis
from desktop.models.records.base import new_id
from desktop.models.records.businesses import AidForm, Business, Grant, ProgrammeYear
from desktop.models.records.decisions import StateMove
from desktop.models.records.visits import VisitOutcome
from desktop.models.reference import Reference
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import REGION
from desktop.paths import resources
from tests.models.queries.families import NOW, SUMBERJAYA, opened, register


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return opened(tmp_path / "store")


def known(store: Store, household_id: UUID) -> SheetBasis:
    reference = Reference(resources() / "reference")
    with store.reading() as connection:
        found = sheet_basis(connection, household_id, reference)
    assert found is not None
    return found


def visited(store: Store, household_id: UUID, day: date, outcome: str = "met") -> None:
    draft = DraftHead(new_id(), household_id, SUMBERJAYA, "household_visit", 1, NOW)
    with store.recording() as writer:
        finish(writer, draft, FinishedVisit(day, VisitOutcome(outcome), {}))


def granted(store: Store, household_id: UUID, states: tuple[str, ...], **fields: Any) -> None:
    grant = Grant(scope=SUMBERJAYA, household_id=household_id, amount=2_000_000, **fields)
    with store.recording() as writer:
        businesses.propose_grant(writer, grant)
        for source, target in zip(("proposed", *states), states, strict=False):
            writer.insert(
                StateMove(
                    scope=SUMBERJAYA,
                    subject_table="grant",
                    subject_id=grant.id,
                    from_state=source,
                    to_state=target,
                    user_id=writer.user_id,
                    moved_at=writer.now,
                )
            )


def test_where_the_family_lives_and_when_it_was_met(store: Store) -> None:
    family = register(store, "Siti Contoh")
    visited(store, family, date(2026, 8, 1), "nobody_home")
    before = known(store, family)
    assert (before.first_met, before.last_met, before.next_due_on) == (None, None, None)
    assert before.is_accompanied

    visited(store, family, date(2026, 9, 1))
    visited(store, family, date(2026, 11, 8))
    with store.writing() as connection:
        regency = {"level": "regency", "kind": "kabupaten", "parent": "36"}
        connection.execute(
            insert(REGION), {"code": "36.01", "name": "Kabupaten Pandeglang", **regency}
        )
    found = known(store, family)
    assert (found.village_kind, found.regency) == ("desa", "Kabupaten Pandeglang")
    assert (found.first_met, found.last_met) == (date(2026, 9, 1), date(2026, 11, 8))
    assert found.next_due_on == date(2026, 12, 8)
    assert len(found.family.visits) == 3


def test_what_was_promised_to_a_business(store: Store) -> None:
    family = register(store, "Siti Contoh")
    business = Business(scope=SUMBERJAYA, household_id=family, name="Warung Siti")
    other = Business(scope=SUMBERJAYA, household_id=register(store, "Dewi"), name="Warung Dewi")
    with store.recording() as writer:
        for each in (business, other):
            businesses.begin(writer, each)
            at = (each.id, SUMBERJAYA)
            words = {"follow_up": "Catat penjualan", "follow_up_due_on": "2026-11-30"}
            businesses.report_month(writer, at, "2026-10", {**words, "follow_up_by": "Ani"})
            businesses.report_month(writer, at, "2026-09", {"revenue": 1_000_000})

    assert known(store, family).business_promises == (
        Promise("Catat penjualan", "Ani", date(2026, 11, 30), "Warung Siti"),
    )


def test_grants_that_are_under_way(store: Store) -> None:
    family = register(store, "Siti Contoh")
    year = ProgrammeYear(scope="ref", name="UEP", year=2026, amount=2_000_000)
    with store.recording() as writer:
        writer.insert(year)
    granted(store, family, ("cancelled",))
    granted(store, family, ("verified", "approved"), form=AidForm.GOODS)
    granted(
        store,
        family,
        ("verified", "approved", "disbursed"),
        programme_year_id=year.id,
        disbursed_on=date(2026, 10, 5),
    )

    assert known(store, family).grants == (
        GrantStanding("disbursed", "UEP 2026", True, date(2026, 10, 5)),
        GrantStanding("approved", "", False, None),
    )


def test_the_phone_of_the_user_if_it_was_told(store: Store) -> None:
    family = register(store, "Siti Contoh")
    assert known(store, family).phone is None

    with store.writing() as connection:
        set_meta(connection, Meta.USER_PHONE, "+6281234567890")
    assert known(store, family).phone == "+6281234567890"


def test_a_family_that_is_not_here_has_no_sheet(store: Store) -> None:
    with store.reading() as connection:
        assert sheet_basis(connection, new_id(), Reference(resources() / "reference")) is None
