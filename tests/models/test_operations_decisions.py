"""Deciding a conflict: what is written, in one transaction, and what is refused whole."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations.decisions import ForbiddenMoveError, decide
from desktop.models.records.base import Json
from desktop.models.records.fields import InvalidFieldError
from desktop.models.records.people import Role
from desktop.models.store.local import Store
from desktop.models.tables import CONFLICT, OUTBOX, VISIT
from tests.models.conflicts import conflict, person, write
from tests.models.store.families import begin_visit, finish_visit, new_store, record_family
from tests.servers import VILLAGE

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = new_store(tmp_path, lambda: NOW)
    yield made
    made.close()


def opened(store: Store, subject: tuple[str, UUID], field: str, kept: Json, other: Json) -> UUID:
    budi = person(store, "Budi Contoh")
    writes = (write(kept, budi, NOW), write(other, budi, NOW))
    return conflict(store, (*subject, VILLAGE), field, writes)


def ops(store: Store) -> list[tuple[str, dict[str, Any]]]:
    """What was captured, after everything that was captured before."""
    with store.reading() as connection:
        rows = connection.execute(select(OUTBOX).order_by(OUTBOX.c.dseq))
        return [(row.table_name, row.fields) for row in rows]


def test_a_decision_is_an_edit_and_the_record_of_it(store: Store) -> None:
    family = record_family(store, "Nur Aini")
    one = opened(store, ("household", family.id), "hamlet", "Krajan", "Kulon")
    before = len(ops(store))
    with store.recording() as writer:
        decide(
            writer, [one], ("household", family.id, VILLAGE), "hamlet", "Kulon", reason="kata RT"
        )

    edit, record = ops(store)[before:]
    assert edit == ("household", {"hamlet": "Kulon"})
    assert record[0] == "conflict"
    assert (record[1]["resolved_value"], record[1]["reason"]) == ("Kulon", "kata RT")


@pytest.mark.parametrize(("stands", "field"), [("Krajan", "hamlet"), (None, "note")])
def test_what_stands_is_said_to_stand(store: Store, stands: Json, field: str) -> None:
    """No edit, but a word that another decision can differ from, even where it is nothing."""
    family = record_family(store, "Nur Aini")
    one = opened(store, ("household", family.id), field, stands, "Kulon")
    before = len(ops(store))
    with store.recording() as writer:
        decide(writer, [one], ("household", family.id, VILLAGE), field, stands)

    (record,) = ops(store)[before:]
    assert "resolved_value" in record[1]
    assert record[1]["resolved_value"] == stands


def test_a_value_that_the_record_does_not_allow_leaves_everything_as_it_was(store: Store) -> None:
    family = record_family(store, "Nur Aini")
    one = opened(store, ("household", family.id), "welfare_decile", 3, 2)
    before = ops(store)
    with pytest.raises(InvalidFieldError), store.recording() as writer:
        decide(writer, [one], ("household", family.id, VILLAGE), "welfare_decile", 11)
    assert ops(store) == before


def test_a_state_is_reached_by_the_moves_that_a_role_may_make(store: Store) -> None:
    family = record_family(store, "Nur Aini")
    visit_id = finish_visit(store, family, begin_visit(store, family, rooms=2))
    one = opened(store, ("visit", visit_id), "state", "submitted", "returned")
    subject, before = ("visit", visit_id, VILLAGE), ops(store)
    with pytest.raises(ForbiddenMoveError), store.recording() as writer:
        decide(writer, [one], subject, "state", "returned", Role.FACILITATOR)
    assert ops(store) == before

    with store.recording() as writer:
        decide(writer, [one], subject, "state", "returned", Role.VERIFIER, "periksa lagi")
    move, record = ops(store)[len(before) :]
    assert (move[0], move[1]["from_state"], move[1]["to_state"], move[1]["reason"]) == (
        "state_move",
        "submitted",
        "returned",
        "periksa lagi",
    )
    assert record[1]["resolved_value"] == "returned"
    with store.reading() as connection:
        assert connection.execute(select(VISIT.c.state)).scalar_one() == "returned"
        assert connection.execute(select(CONFLICT.c.resolved_at)).scalar_one() is not None
