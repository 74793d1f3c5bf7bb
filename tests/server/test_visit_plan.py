"""The office asks for visits and says how often they are due, on both kinds of database."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.records.base import REF_SCOPE, as_json
from desktop.models.records.households import Household, HouseholdStatus
from desktop.models.records.people import Role
from server.commands import CommandFault
from server.database import Database
from server.queries.accounts import AccountFault
from server.queries.journal import SERVER_ID
from server.queries.merge import write_server_rows
from server.queries.visit_plan import PlanFault
from server.sentences import SENTENCES
from server.tables import CADENCE, LOG, SCOPE_HEAD, VISIT_ASSIGNMENT
from tests.server.console import Console
from tests.servers import VILLAGE, add_user

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
OTHER_VILLAGE = "36.71.01.1001"
DUE = ("--due", "2026-12-15")


def families(database: Database, count: int, village: str = VILLAGE, **fields: Any) -> list[UUID]:
    made = [Household(scope=village, **fields) for _ in range(count)]
    with database.writing() as connection:
        rows = {one.id: as_json(one) for one in made}
        write_server_rows(connection, NOW, "household", village, rows)
    return [one.id for one in made]


def assigned(database: Database) -> list[Any]:
    query = select(VISIT_ASSIGNMENT).order_by(VISIT_ASSIGNMENT.c.household_id)
    with database.reading() as connection:
        return list(connection.execute(query))


def test_a_whole_village_is_asked_for_visits(console: Console, database: Database) -> None:
    some = families(database, 3)
    families(database, 1, status=HouseholdStatus.MOVED)
    families(database, 1, OTHER_VILLAGE)
    user_id = add_user(database, "dewi", role=Role.VERIFIER)
    words = ("assign", "--village", VILLAGE, *DUE, "--purpose", "receipts", "--by", "Dewi")

    lines = console.run(*words, "--reason", " Periksa nota UEP ")

    assert lines == [f"Asked for 3 visits in {VILLAGE}, due on 2026-12-15."]
    rows = assigned(database)
    assert [row.household_id for row in rows] == sorted(some)
    assert {(row.due_on, row.purpose, row.reason, row.assigned_by) for row in rows} == {
        (date(2026, 12, 15), "receipts", "Periksa nota UEP", user_id)
    }
    with database.reading() as connection:
        entries = select(LOG).where(LOG.c.table_name == "visit_assignment").order_by(LOG.c.seq)
        told = connection.execute(entries).all()
        head = select(SCOPE_HEAD.c.head).where(SCOPE_HEAD.c.scope == VILLAGE)
        assert connection.execute(head).scalar_one() == told[-1].seq
    assert {row.scope for row in told} == {VILLAGE}
    assert {one.row_id for one in told} == {row.id for row in rows}


def test_one_family_is_asked_and_asked_again(console: Console, database: Database) -> None:
    one, other = families(database, 2)
    words = ("assign", "--village", VILLAGE, *DUE)

    for count in (1, 0):
        lines = console.run(*words, "--household", str(one))
        assert lines == [f"Asked for {count} visits in {VILLAGE}, due on 2026-12-15."]
    (row,) = assigned(database)
    assert (row.household_id, row.purpose, row.reason) == (one, None, None)
    assert row.assigned_by == SERVER_ID

    assert console.run(*words)[0].startswith("Asked for 1 "), "the other one"
    assert {row.household_id for row in assigned(database)} == {one, other}


def test_what_was_asked_for_is_taken_back(console: Console, database: Database) -> None:
    one, other = families(database, 2)
    console.run("assign", "--village", VILLAGE, *DUE)
    console.run("assign", "--village", VILLAGE, "--due", "2027-01-15")
    words = ("unassign", "--village", VILLAGE, *DUE)

    for count in (1, 0):
        lines = console.run(*words, "--household", str(other))
        assert lines == [f"Took back {count} visits in {VILLAGE} that were due on 2026-12-15."]

    open_ones = [row for row in assigned(database) if row.withdrawn_at is None]
    assert [(row.household_id, row.due_on.month) for row in open_ones] == [
        (one, 12),
        (one, 1),
        (other, 1),
    ]
    assert console.run("assign", "--village", VILLAGE, *DUE)[0].startswith("Asked for 1 ")


def test_what_is_no_visit_to_ask_for(console: Console, database: Database) -> None:
    elsewhere = families(database, 1, OTHER_VILLAGE)[0]
    families(database, 1)
    add_user(database, "siti")
    refusals = (
        (("--village", "36.01.01"), CommandFault.NOT_A_VILLAGE, "36.01.01"),
        (("--village", "36.01.01.2009"), PlanFault.NO_FAMILIES, "36.01.01.2009"),
        (
            ("--village", VILLAGE, "--household", str(elsewhere)),
            PlanFault.NOT_ACCOMPANIED,
            str(elsewhere),
        ),
        (("--village", VILLAGE, "--by", "siti"), CommandFault.NOT_THE_OFFICE, "siti"),
        (("--village", VILLAGE, "--by", "budi"), AccountFault.NO_SUCH_LOGIN, "budi"),
    )
    for words, fault, subject in refusals:
        said = console.refused("assign", *words, *DUE)
        assert said == SENTENCES[fault].format(subject)
    assert assigned(database) == []


def test_how_often_families_are_visited(console: Console, database: Database) -> None:
    shipped = "receipts_days=21\tclose_months=6\tclose_step=1\tlater_step=3"
    assert console.run("cadence", "show") == [f"shipped\t{shipped}\tholds today"]

    long_ago, changed = "2020-01-01", shipped.replace("later_step=3", "later_step=4")
    assert console.run("cadence", "set", "--holds-from", long_ago, "--later-step", "4") == [
        f"{long_ago}\t{changed}"
    ]
    far, later = "2199-01-01", changed.replace("receipts_days=21", "receipts_days=14")
    console.run("cadence", "set", "--holds-from", far, "--receipts-days", "14")

    assert console.run("cadence", "show") == [
        f"shipped\t{shipped}",
        f"{long_ago}\t{changed}\tholds today",
        f"{far}\t{later}",
    ]
    with database.reading() as connection:
        rows = connection.execute(select(CADENCE)).all()
        entries = connection.execute(select(LOG).where(LOG.c.table_name == "cadence")).all()
    assert {row.scope for row in rows} == {REF_SCOPE}
    assert {one.row_id for one in entries} == {row.id for row in rows}


def test_a_cadence_that_makes_no_sense(console: Console, database: Database) -> None:
    assert console.refused("cadence", "set") == SENTENCES[CommandFault.NO_NUMBERS]
    for option, number in (
        ("--close-step", "0"),
        ("--receipts-days", "-1"),
        ("--later-step", "99"),
    ):
        said = console.refused("cadence", "set", option, number)
        assert said == SENTENCES[CommandFault.BAD_NUMBER].format(number)
    with database.reading() as connection:
        assert connection.execute(select(CADENCE)).all() == []


@pytest.mark.parametrize("day", ["15/12/2026", "2026-13-01"])
def test_a_day_is_written_with_its_year_first(
    capsys: pytest.CaptureFixture[str], console: Console, day: str
) -> None:
    with pytest.raises(SystemExit):
        console.run("assign", "--village", VILLAGE, "--due", day)
    assert f"{day} is no day: write 2026-12-15" in capsys.readouterr().err
