"""No statement makes a gap in a scope's log, moves its head elsewhere, or takes an entry out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from server.database import Database
from tests.servers import VILLAGE

_ENTRY = text(
    "INSERT INTO log (scope, seq, kind, table_name, row_id, fields, device_id, epoch, dseq,"
    " user_id, base, incarnation, at, corrected_at, received_at, app, transport)"
    " VALUES (:scope, :seq, 'put', 'household', :id, :fields, :id, 1, 1, :id, 0, '', 1, 1, 1,"
    " 'raw', 'raw')"
)


def add(connection: Connection, *seqs: int, scope: str = VILLAGE) -> None:
    for seq in seqs:
        values = {"scope": scope, "seq": seq, "id": uuid4().hex, "fields": json.dumps({})}
        connection.execute(_ENTRY, values)


def move(connection: Connection, head: int, scope: str = VILLAGE) -> None:
    connection.execute(
        text("UPDATE scope_head SET head = :head WHERE scope = :scope"),
        {"head": head, "scope": scope},
    )


def places(database: Database) -> tuple[int, list[int]]:
    """The head of the village, and the entries."""
    with database.reading() as connection:
        head = connection.execute(text("SELECT head FROM scope_head")).scalar_one()
        seqs = connection.execute(text("SELECT seq FROM log ORDER BY seq")).scalars().all()
    return int(head), list(seqs)


@pytest.fixture
def three(database: Database) -> Database:
    """A log of three entries."""
    with database.writing() as connection:
        connection.execute(
            text("INSERT INTO scope_head (scope, head) VALUES (:scope, 0)"), {"scope": VILLAGE}
        )
        add(connection, 1, 2, 3)
        move(connection, 3)
    return database


@contextmanager
def refused(database: Database) -> Iterator[Connection]:
    """A transaction that cannot be committed, and leaves the log of three entries as it was."""
    with (
        pytest.raises(IntegrityError, match=r"log: |scope_head: "),
        database.writing() as connection,
    ):
        yield connection
    assert places(database) == (3, [1, 2, 3])


def test_an_entry_and_its_head_come_together(three: Database) -> None:
    with three.writing() as connection:
        add(connection, 4, 5)
        move(connection, 5)
    with three.writing() as connection:
        add(connection, 6, 7)
        move(connection, 7)
    assert places(three) == (7, [1, 2, 3, 4, 5, 6, 7])


def test_a_head_may_move_twice_in_a_transaction(three: Database) -> None:
    with three.writing() as connection:
        add(connection, 4)
        move(connection, 4)
        add(connection, 5, 6)
        move(connection, 6)
    assert places(three) == (6, [1, 2, 3, 4, 5, 6])


@pytest.mark.parametrize("seqs", [(5,), (4, 6), (0,), (-1,)])
@pytest.mark.parametrize("head", [None, 4, 5, 6])
def test_a_gap_is_refused(three: Database, seqs: tuple[int, ...], head: int | None) -> None:
    with refused(three) as connection:
        add(connection, *seqs)
        if head is not None:
            move(connection, head)


def test_an_entry_in_a_scope_without_a_head_is_refused(three: Database) -> None:
    with refused(three) as connection:
        add(connection, 1, scope="36.01.01.2002")


def test_an_entry_whose_head_stays_behind(three: Database) -> None:
    """PostgreSQL refuses it at the commit; on SQLite the head goes with the entry by itself."""
    if three.is_file:
        with three.writing() as connection:
            add(connection, 4)
        assert places(three) == (4, [1, 2, 3, 4])
        return
    with refused(three) as connection:
        add(connection, 4)


@pytest.mark.parametrize("head", [0, 1, 2, 4, 100, -1])
def test_a_head_is_neither_lowered_nor_raised(three: Database, head: int) -> None:
    with refused(three) as connection:
        move(connection, head)


def test_a_new_head_begins_at_nothing(three: Database) -> None:
    with refused(three) as connection:
        connection.execute(text("INSERT INTO scope_head (scope, head) VALUES ('36.01', 2)"))


def test_what_a_later_entry_makes_good_counts_at_the_commit(three: Database) -> None:
    """Entries out of order: PostgreSQL looks at the whole transaction, SQLite at each statement."""
    if three.is_file:
        with refused(three) as connection:
            add(connection, 5, 4)
        return
    with three.writing() as connection:
        add(connection, 5, 4)
        move(connection, 5)
    assert places(three) == (5, [1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log",
        "DELETE FROM log WHERE seq = 3",
        "UPDATE log SET seq = 4 WHERE seq = 3",
        "UPDATE log SET fields = '{}' WHERE seq = 2",
        "DELETE FROM scope_head",
        "UPDATE scope_head SET scope = '36.02'",
    ],
)
def test_nothing_is_taken_out_or_changed(three: Database, statement: str) -> None:
    with refused(three) as connection:
        connection.execute(text(statement))


def test_nothing_is_truncated(three: Database) -> None:
    if three.is_file:
        pytest.skip("SQLite knows no TRUNCATE")
    for table in ("log", "scope_head"):
        with refused(three) as connection:
            connection.execute(text(f"TRUNCATE {table}"))


def test_nothing_is_replaced(three: Database) -> None:
    """SQLite's REPLACE takes rows out without a word to triggers of deletion."""
    if not three.is_file:
        pytest.skip("PostgreSQL knows no REPLACE")
    columns = (
        "kind, table_name, row_id, fields, device_id, epoch, dseq, user_id, base, incarnation,"
        " at, corrected_at, received_at, app, transport"
    )
    copied = (
        f"INSERT OR REPLACE INTO log (scope, seq, {columns})"  # noqa: S608 constants of ours
        f" SELECT scope, {{seq}}, {columns} FROM log WHERE seq = 2"
    )
    for statement in (
        copied.format(seq=2),
        copied.format(seq=4),  # the same op of a device
        "INSERT OR REPLACE INTO scope_head SELECT scope, 1 FROM scope_head",
        "INSERT OR REPLACE INTO scope_head SELECT scope, 0 FROM scope_head",
    ):
        with refused(three) as connection:
            connection.execute(text(statement))


def test_two_writers_who_do_not_lock_the_head_make_no_gap(three: Database) -> None:
    """The second does not see the first one's entry and adds the one after: it is refused."""
    if three.is_file:
        pytest.skip("SQLite has one writer at a time")
    with three.engine.connect() as first, three.engine.connect() as second:
        add(first, 4)
        add(second, 5)
        with pytest.raises(DBAPIError, match="no head at"):
            second.commit()
        move(first, 4)
        first.commit()
    assert places(three) == (4, [1, 2, 3, 4])
