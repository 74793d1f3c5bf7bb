"""Writing months and grants: what is refused, what follows, who may move what."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from desktop.models.operations import businesses as operations
from desktop.models.operations.businesses import MonthClosedError
from desktop.models.operations.decisions import ForbiddenMoveError
from desktop.models.records.base import Fields, new_id
from desktop.models.records.businesses import Business, Grant, progress_report_id
from desktop.models.records.households import Household
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.store.rows import read_row

VILLAGE = "36.01.01.2001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "data")
    with opened.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(new_id()))
    yield opened
    opened.close()


@pytest.fixture
def business(store: Store) -> Business:
    household = Household(scope=VILLAGE)
    made = Business(scope=VILLAGE, household_id=household.id, name="Warung Contoh")
    with store.recording() as writer:
        writer.insert(household)
        operations.begin(writer, made)
    return made


def report(store: Store, business: Business, month: str, **figures: object) -> None:
    with store.recording() as writer:
        operations.report_month(writer, (business.id, VILLAGE), month, dict(figures))  # type: ignore[arg-type]


def submit(store: Store, business: Business, month: str, state: str = "draft") -> None:
    with store.recording() as writer:
        report_id = progress_report_id(business.id, month)
        operations.submit_month(writer, report_id, VILLAGE, state)


def fields(store: Store, business: Business, month: str) -> Fields:
    with store.reading() as connection:
        found = read_row(connection, "progress_report", progress_report_id(business.id, month))
    assert found is not None
    return found[1]


def status(store: Store, business: Business) -> object:
    with store.reading() as connection:
        found = read_row(connection, "business", business.id)
    assert found is not None
    return found[1]["status"]


def test_a_month_grows_cell_by_cell(store: Store, business: Business) -> None:
    report(store, business, "2026-10", revenue=1_000_000)
    report(store, business, "2026-10", expenses=400_000)
    report(store, business, "2026-10", revenue=None)
    written = fields(store, business, "2026-10")
    assert (written.get("revenue"), written["expenses"]) == (None, 400_000)


@pytest.mark.parametrize("figures", [{"revenue": -1}, {"status": "thriving"}, {"debt": 0.5}])
def test_what_cannot_be_is_refused_new_and_later(
    store: Store, business: Business, figures: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        report(store, business, "2026-10", **figures)
    report(store, business, "2026-10", revenue=1)
    with pytest.raises(ValidationError):
        report(store, business, "2026-10", **figures)
    assert fields(store, business, "2026-10")["revenue"] == 1


def test_a_month_that_was_handed_in_is_not_changed(store: Store, business: Business) -> None:
    report(store, business, "2026-10", revenue=1)
    submit(store, business, "2026-10")
    with pytest.raises(MonthClosedError):
        report(store, business, "2026-10", revenue=2)
    assert fields(store, business, "2026-10")["revenue"] == 1


def test_a_month_is_handed_in_once(store: Store, business: Business) -> None:
    report(store, business, "2026-10", revenue=1)
    submit(store, business, "2026-10")
    with pytest.raises(ForbiddenMoveError):
        submit(store, business, "2026-10", "submitted")


def test_the_newest_month_says_how_the_business_is_doing(store: Store, business: Business) -> None:
    report(store, business, "2026-10", status="declining")
    assert status(store, business) == "declining"
    report(store, business, "2026-09", status="paused")
    assert status(store, business) == "declining", "an older month is history"
    report(store, business, "2026-11", status="active")
    assert status(store, business) == "active"


def test_a_facilitator_moves_a_grant_only_as_far_as_the_rules_say(
    store: Store, business: Business
) -> None:
    grant = Grant(scope=VILLAGE, household_id=business.household_id, amount=2_000_000)
    with store.recording() as writer:
        operations.propose_grant(writer, grant)
    with store.recording() as writer:
        operations.move_grant(writer, (grant.id, VILLAGE), ("returned", "proposed"))
    with pytest.raises(ForbiddenMoveError), store.recording() as writer:
        operations.move_grant(writer, (grant.id, VILLAGE), ("proposed", "approved"))
