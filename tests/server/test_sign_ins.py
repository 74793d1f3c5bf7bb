"""The brake on guessing passwords, which all workers of a server share."""

import pytest
from sqlalchemy import func, select

from server.database import Database
from server.queries import sign_ins
from server.tables import SIGN_IN_FAILURE
from tests.conftest import MakeServer
from tests.server.laptop import problem, sign_in
from tests.servers import Clock, Place, add_user


def _admit(database: Database, clock: Clock, login: str = "siti", address: str = "10.0.0.1") -> int:
    with database.writing() as connection:
        return sign_ins.admit(connection, login, address, clock())


def test_waits_double_up_to_a_minute(database: Database) -> None:
    clock = Clock()
    for _ in range(4):
        assert _admit(database, clock) == 0
    for wait in (1, 2, 4, 8, 16, 32, 60, 60):
        assert _admit(database, clock) == 0, f"before the wait of {wait} s"
        assert _admit(database, clock) == wait
        clock.advance(wait)


def test_an_attempt_that_began_before_another_is_not_held_up_by_it(database: Database) -> None:
    """Of two at the same moment the first to read the clock may be the last to be counted."""
    clock, later = Clock(), Clock()
    later.advance(1)
    assert _admit(database, later) == 0
    assert _admit(database, clock) == 0


def test_nobody_can_lock_a_facilitator_out_from_elsewhere(database: Database) -> None:
    clock = Clock()
    for _ in range(5):
        _admit(database, clock)
    assert _admit(database, clock) > 0
    assert _admit(database, clock, address="10.0.0.2") == 0


def test_who_signs_in_is_forgiven(database: Database) -> None:
    clock = Clock()
    for _ in range(5):
        _admit(database, clock)
    with database.writing() as connection:
        sign_ins.forgive(connection, "siti", "10.0.0.1", clock())
    assert _admit(database, clock) == 0


def test_old_failures_are_forgotten(database: Database) -> None:
    clock = Clock()
    for number in range(20):
        _admit(database, clock, f"user{number}")
    clock.advance(16 * 60)
    _admit(database, clock)
    with database.reading() as connection:
        kept = connection.execute(select(func.count()).select_from(SIGN_IN_FAILURE)).scalar_one()
    assert kept == 2, "of the login, and of its address"


@pytest.mark.parametrize("attempts", [6])
def test_guessing_at_two_workers_is_slowed_down_like_at_one(
    database_place: Place, make_server: MakeServer, attempts: int
) -> None:
    """Two applications with databases of their own, as two workers have them."""
    clock = Clock()
    databases = [database_place.open(), database_place.open()]
    add_user(databases[0])
    workers = [make_server(one, clock) for one in databases]
    answers = [sign_in(workers[number % 2], password="tebakan salah") for number in range(attempts)]
    assert [problem(answer)[0] for answer in answers] == [401] * 5 + [429]
    for one in databases:
        one.close()


def test_one_password_for_many_logins_is_slowed_down_too(database: Database) -> None:
    clock = Clock()
    waits = [_admit(database, clock, f"user{number}") for number in range(60)]
    assert waits[:49] == [0] * 49
    assert max(waits) > 0
    assert _admit(database, clock, "siti", "10.0.0.2") == 0


def test_an_office_behind_one_address_is_not_held_up_by_signing_in(database: Database) -> None:
    clock = Clock()
    for number in range(200):
        assert _admit(database, clock, f"user{number}") == 0
        with database.writing() as connection:
            sign_ins.forgive(connection, f"user{number}", "10.0.0.1", clock())


def test_one_who_goes_on_trying_holds_up_nobody_else_of_the_office(database: Database) -> None:
    clock = Clock()
    refused = sum(_admit(database, clock) > 0 for _ in range(60))
    assert refused == 55
    assert _admit(database, clock, "budi") == 0


def test_who_signs_in_does_not_hold_up_the_others_at_a_guessed_address(database: Database) -> None:
    clock = Clock()
    for number in range(60):
        _admit(database, clock, f"user{number}")
        clock.advance(10)
    clock.advance(60)
    assert _admit(database, clock, "siti") == 0
    with database.writing() as connection:
        sign_ins.forgive(connection, "siti", "10.0.0.1", clock())
    assert _admit(database, clock, "budi") == 0


def test_an_attempt_that_was_not_looked_at_does_not_count(database: Database) -> None:
    clock = Clock()
    for _ in range(20):
        assert _admit(database, clock) == 0
        with database.writing() as connection:
            sign_ins.take_back(connection, "siti", "10.0.0.1", clock())
