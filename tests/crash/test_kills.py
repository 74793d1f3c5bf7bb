"""Laptops and servers that are killed lose nothing of what they had said; a broken one is found out."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from desktop.models.store.local import DATABASE_NAME
from tests.crash.processes import BrokenChildError, Child, Teller, result_of
from tests.crash.stories import Plan, play
from tests.crash.transactions import Lock, is_half_written, locks_held
from tests.crash.warm import warmed_up
from tests.models.store.families import new_store, record_family
from tests.servers import PostgresCluster


@pytest.fixture(scope="module")
def warm() -> Iterator[None]:
    with warmed_up():
        yield


def test_the_command_kills_a_laptop_and_says_what_it_found() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--kills", "3", "--first-seed", "3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert (report["kills"], report["violations"]) == (3, 0)
    assert report["saved"] > 0
    assert report["checks"] > report["kills"]


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize(("server", "kills"), [("sqlite", 3), ("postgresql", 2)])
def test_a_server_that_is_killed_keeps_what_it_acknowledged(server: str, kills: int) -> None:
    if server == "postgresql" and PostgresCluster.find_programs() is None:
        pytest.skip("PostgreSQL is not installed")
    tally = result_of(play, Plan(seed=1, kills=kills, target="server", server=server, devices=2))
    assert not tally.violations, tally.violations
    assert tally.counts["kills"] == kills
    assert tally.counts["confirmed"] > 0


@pytest.mark.usefixtures("warm")
def test_a_laptop_that_keeps_answers_in_memory_is_found_out() -> None:
    tally = result_of(play, Plan(seed=0, kills=12, target="client", mutant="answers_in_memory"))
    assert tally.violations


def test_a_write_transaction_is_seen_from_outside(tmp_path: Path) -> None:
    new_store(tmp_path).close()
    database = tmp_path / DATABASE_NAME
    assert not locks_held(database)

    def write_for_ever(teller: Teller) -> None:
        store = new_store(tmp_path)
        with store.writing() as connection:
            connection.execute(text("UPDATE meta SET value = value"))
            teller.tell(at="inside")
            signal.pause()

    child = Child.start(write_for_ever)
    while not child.lines:
        assert child.hear(5), child.broke
    assert child.freeze()
    assert locks_held(database) == {Lock.WRITE}
    child.kill()
    assert not locks_held(database)


def test_frames_without_their_commit_are_seen(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    database = tmp_path / DATABASE_NAME
    record_family(store, "Nur Aini")
    assert not is_half_written(database)
    wal = Path(f"{database}-wal")
    whole = wal.read_bytes()
    record_family(store, "Siti", "Ayu", "Budi")
    frame = 24 + 4096
    wal.write_bytes(wal.read_bytes()[: len(whole) + 2 * frame])
    assert is_half_written(database)
    store.close()


def test_what_a_child_says_arrives_and_what_it_raises_too() -> None:
    assert result_of(len, "abc") == 3
    with pytest.raises(BrokenChildError, match="ZeroDivisionError"):
        result_of(divmod, 1, 0)


def test_a_killed_child_has_said_what_it_said() -> None:
    def talk(teller: Teller) -> None:
        number = 0
        while True:
            teller.tell(number=number)
            number += 1

    child = Child.start(talk)
    while not child.lines:
        assert child.hear(seconds=30), "it ended"
    child.kill()
    assert child.lines
    assert [line["number"] for line in child.lines] == list(range(len(child.lines)))
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)
