"""The writer: a row and its op together, only what differs, the province's word kept once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import Connection, func, insert, select, text

from desktop.models.changes import Changes
from desktop.models.records.base import Fields, format_time, new_id
from desktop.models.records.decisions import StateMove
from desktop.models.records.fields import flatten
from desktop.models.records.households import Household, Member, MemberStatus, Relation
from desktop.models.records.visits import Visit
from desktop.models.rules.names import normalise_name
from desktop.models.store.derived import forget_households, refresh_derived
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.store.rows import read_row, write_rows
from desktop.models.store.writer import Writer
from desktop.models.tables import (
    CURSOR,
    HOUSEHOLD,
    MEMBER,
    OUTBOX,
    SEARCH,
    SHADOW,
    STATE_MOVE,
    VISIT,
)
from tests.models.store.families import USER, assert_chained, new_store
from tests.servers import VILLAGE

NOW = datetime(2026, 11, 21, 3, 5, tzinfo=UTC)
PULLED = 41
NAMES = ["Nur Aini", "Siti", "Budi Santoso", "Ahmad"]

Edit = tuple[int, Fields]

HOUSEHOLD_FIELDS: st.SearchStrategy[Fields] = st.fixed_dictionaries(
    {},
    optional={
        "hamlet": st.sampled_from([None, "Krajan", "Wetan"]),
        "welfare_decile": st.sampled_from([None, 1, 2]),
        "status": st.sampled_from(["active", "moved"]),
        "deleted_at": st.sampled_from([None, format_time(NOW)]),
        "new_in_2027": st.sampled_from([None, "x", ["y"]]),
    },
)
MEMBER_FIELDS: st.SearchStrategy[Fields] = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(NAMES),
        "status": st.sampled_from(["present", "died"]),
        "relation": st.sampled_from(["head", "child"]),
        "deleted_at": st.sampled_from([None, format_time(NOW)]),
    },
)
EDITS = st.lists(
    st.tuples(st.integers(0, 3), HOUSEHOLD_FIELDS) | st.tuples(st.integers(4, 7), MEMBER_FIELDS),
    max_size=4,
)
WRITES = st.lists(EDITS, max_size=5)
"""Writes one after the other, each of some edits of rows 0 to 7."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = new_store(tmp_path_factory.mktemp("writer"))
    yield opened
    opened.close()


@contextmanager
def trial(store: Store) -> Iterator[Connection]:
    """A write that never was."""
    with store.engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


class Families:
    """Four households with a member each. The first two came from the province."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        set_meta(connection, Meta.INCARNATION, "a1")
        connection.execute(insert(CURSOR).values(scope=VILLAGE, seq=PULLED))
        self.rows: list[tuple[str, UUID]] = []
        self.told: dict[UUID, Fields] = {}
        self.expected: dict[UUID, Fields] = {}
        self.ops: list[tuple[UUID, Fields]] = []
        households = [Household(scope=VILLAGE, hamlet="Krajan") for _ in range(4)]
        members = [
            Member(scope=VILLAGE, household_id=one.id, name=name, relation=Relation.HEAD)
            for one, name in zip(households, NAMES, strict=True)
        ]
        writer = self.writer()
        for place, record in enumerate(chain(households, members)):
            name = "household" if place < 4 else "member"
            flat = flatten(name, record.model_dump() | {"extra": {}})
            self.rows.append((name, record.id))
            self.expected[record.id] = flat
            if place % 4 < 2:
                write_rows(connection, name, {record.id: (VILLAGE, flat)})
                self.told[record.id] = flat
                writer.changes.add(name, record.id)
            else:
                writer.insert(record)
                self.ops.append((record.id, flat))
        writer.finish()
        refresh_derived(connection, writer.changes)

    def writer(self) -> Writer:
        return Writer(self.connection, USER, NOW)

    def write(self, edits: list[Edit]) -> None:
        """One write, and what it must come to."""
        writer = self.writer()
        for place, fields in edits:
            name, row_id = self.rows[place]
            before = self.expected[row_id]
            differing = {key: value for key, value in fields.items() if before.get(key) != value}
            assert writer.update(name, row_id, fields) is bool(differing)
            if differing:
                self.ops.append((row_id, differing))
                after = before | differing
                self.expected[row_id] = {
                    key: value for key, value in after.items() if value is not None
                }
        writer.finish()


@settings(deadline=None)
@given(writes=WRITES)
def test_a_row_and_its_ops_say_the_same_and_nothing_twice(
    store: Store, writes: list[list[Edit]]
) -> None:
    with trial(store) as connection:
        families = Families(connection)
        for edits in writes:
            families.write(edits)

        ops = connection.execute(select(OUTBOX).order_by(OUTBOX.c.dseq)).all()
        assert [(op.row_id, op.fields) for op in ops] == families.ops
        assert {(op.base, op.incarnation, op.user_id) for op in ops} == {(PULLED, "a1", USER)}
        assert {(op.state, op.overlay) for op in ops} == {("waiting", True)}
        assert_chained(connection)
        for name, row_id in families.rows:
            found = read_row(connection, name, row_id)
            assert found == (VILLAGE, families.expected[row_id])


@settings(deadline=None)
@given(writes=WRITES)
def test_the_province_s_word_is_kept_once_and_as_it_was(
    store: Store, writes: list[list[Edit]]
) -> None:
    with trial(store) as connection:
        families = Families(connection)
        for edits in writes:
            families.write(edits)
        edited = {row_id for row_id, _ in families.ops}
        shadows = {row.row_id: row.fields for row in connection.execute(select(SHADOW))}
        assert shadows == {
            row_id: flat for row_id, flat in families.told.items() if row_id in edited
        }


@settings(deadline=None)
@given(writes=WRITES)
def test_the_list_of_families_is_what_it_would_be_if_it_were_made_anew(
    store: Store, writes: list[list[Edit]]
) -> None:
    with trial(store) as connection:
        families = Families(connection)
        for edits in writes:
            families.write(edits)
        shown = listing(connection)

        ids = [row_id for name, row_id in families.rows if name == "household"]
        forget_households(connection, ids)
        assert listing(connection) == {}
        refresh_derived(connection, Changes({"household": set(ids)}))
        assert shown == listing(connection)
        assert set(shown) == {
            row_id for row_id in ids if "deleted_at" not in families.expected[row_id]
        }


def listing(connection: Connection) -> dict[UUID, tuple[Any, ...]]:
    """Each family of the list: what it shows, and by which names it is found."""
    found: dict[UUID, tuple[Any, ...]] = {}
    hits = {
        name: set(
            connection.execute(
                text("SELECT rowid FROM search_index WHERE search_index MATCH :words"),
                {"words": f'words:"{normalise_name(name)}"'},
            ).scalars()
        )
        for name in NAMES
    }
    for row in connection.execute(select(SEARCH)):
        by = tuple(name for name in NAMES if row.id in hits[name])
        found[row.household_id] = (row.head_name, row.hamlet, row.member_count, by)
        living = (
            MEMBER.c.household_id == row.household_id,
            MEMBER.c.deleted_at.is_(None),
        )
        present = (*living, MEMBER.c.status == MemberStatus.PRESENT)
        count = connection.execute(select(func.count()).where(*present)).scalar_one()
        names = set(connection.execute(select(MEMBER.c.name).where(*living)).scalars())
        assert row.member_count == count
        assert set(by) == names
    numbers = {row.id for row in connection.execute(select(SEARCH.c.id))}
    assert set().union(*hits.values()) <= numbers, "a family is found that is not in the list"
    return found


MOVES = st.permutations(
    [("draft", "submitted"), ("submitted", "returned"), ("submitted", "verified")]
)


@settings(deadline=None)
@given(arrival=MOVES, waiting=st.booleans())
def test_a_state_is_folded_in_the_order_of_the_log_and_what_waits_comes_last(
    store: Store, arrival: list[tuple[str, str]], waiting: bool
) -> None:
    with trial(store) as connection:
        visit = visit_of(connection)
        places = [(9, ("draft", "submitted")), (12, ("submitted", "returned"))]
        places.append((None if waiting else 10, ("submitted", "verified")))  # type: ignore[arg-type]
        for move in arrival:
            (seq,) = [seq for seq, kind in places if kind == move]
            append_move(connection, visit, move, seq)
        refresh_derived(connection, Changes({"visit": {visit}}))
        state = connection.execute(select(VISIT.c.state).where(VISIT.c.id == visit)).scalar_one()
        assert state == ("returned" if waiting else "verified")


def test_moves_on_their_way_count_in_the_order_of_their_ops_whatever_the_clock_said(
    store: Store,
) -> None:
    with trial(store) as connection:
        visit = visit_of(connection)
        earlier, later = new_id(), new_id()  # the clock was set back between the two moves
        for move_id, states in (
            (later, ("draft", "submitted")),
            (earlier, ("submitted", "verified")),
        ):
            writer = Writer(connection, USER, NOW)
            writer.insert(move_of(visit, states, move_id))
            writer.finish()
        state = connection.execute(select(VISIT.c.state).where(VISIT.c.id == visit)).scalar_one()
        assert state == "verified"


def visit_of(connection: Connection) -> UUID:
    family = Household(scope=VILLAGE)
    visit = Visit(
        scope=VILLAGE,
        household_id=family.id,
        facilitator_id=USER,
        visited_on=NOW.date(),
        questionnaire="household_visit",
        questionnaire_version=1,
        started_at=NOW,
        finished_at=NOW,
    )
    writer = Writer(connection, USER, NOW)
    writer.insert(family)
    writer.insert(visit)
    writer.finish()
    return visit.id


def append_move(
    connection: Connection, visit: UUID, move: tuple[str, str], seq: int | None
) -> None:
    record = move_of(visit, move, new_id())
    connection.execute(insert(STATE_MOVE).values(**record.model_dump(), extra={}, seq=seq))


def move_of(visit: UUID, move: tuple[str, str], move_id: UUID) -> StateMove:
    return StateMove(
        id=move_id,
        scope=VILLAGE,
        subject_table="visit",
        subject_id=visit,
        from_state=move[0],
        to_state=move[1],
        user_id=USER,
        moved_at=NOW,
    )


def test_an_edit_of_a_row_that_is_not_there_writes_nothing(store: Store) -> None:
    with trial(store) as connection:
        writer = Writer(connection, USER, NOW)
        with pytest.raises(LookupError):
            writer.update("household", new_id(), {"hamlet": "Krajan"})
        writer.finish()
        assert connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one() == 0


def test_a_record_that_was_filled_with_what_it_does_not_allow_is_not_kept(store: Store) -> None:
    household = Household(scope=VILLAGE)
    household.welfare_decile = 11
    with trial(store) as connection:
        with pytest.raises(ValidationError):
            Writer(connection, USER, NOW).insert(household)
        assert connection.execute(select(func.count()).select_from(HOUSEHOLD)).scalar_one() == 0


def test_a_deleted_row_is_marked_and_stays(store: Store) -> None:
    with trial(store) as connection:
        families = Families(connection)
        name, row_id = families.rows[0]
        writer = families.writer()
        assert writer.delete(name, row_id)
        assert not writer.delete(name, row_id), "a second delete is no change"
        writer.finish()
        found = read_row(connection, name, row_id)
        assert found is not None
        assert found[1]["deleted_at"] == format_time(NOW)
