"""What the office does once the machine was lost, and what becomes of people's work since the backup."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from server.__main__ import main
from server.commands import CommandFault
from server.database import DATABASE_NAME, KEY_NAME, Database
from server.sentences import SENTENCES
from server.tables import ASIDE, SYNCED
from tests.scenarios.laptops import Laptop
from tests.server.console import Console
from tests.server.office import Office
from tests.servers import NOON, PASSWORD, VILLAGE, add_user

OTHER = "36.01.01.2002"
SINCE = ("--since", NOON.date().isoformat())


def _laptop(office: Office, login: str, scope: str = VILLAGE) -> Laptop:
    add_user(office.database, login, scopes=[scope], now=office.laptop.clock())
    found = office.laptop
    return Laptop(office.folder / login, found.server, login, found.clock).enrol()


def _verified(office: Office, name: str) -> Path:
    path = office.folder / name
    office.run("backup", path)
    office.run("verify", path)
    return path


def _lose_and_restore(office: Office, path: Path, *words: str) -> None:
    office.stop()
    office.run("restore", path, "--replace", *words)


def _has(database: Database, family: UUID) -> bool:
    household = SYNCED["household"]
    with database.reading() as connection:
        query = select(household.c.id).where(household.c.id == family)
        return connection.execute(query).first() is not None


def test_who_was_added_after_the_backup_goes_on_once_added_again(
    office: Office, console: Console
) -> None:
    backup = _verified(office, "monday")
    rina = _laptop(office, "rina")
    family = rina.register("Nur Aini")
    rina.sync()
    rina.edit(family, hamlet="Krajan")
    _lose_and_restore(office, backup)

    name = ("--name", "Rina", "--role", "facilitator", "--scope", VILLAGE, *SINCE)
    console.run("user", "add", " Rina ", *name, "--password-stdin", typed=PASSWORD)
    rina.enrol()
    rina.sync()
    rina.close()

    assert _has(office.database, family)
    with office.database.reading() as connection:
        mine = ASIDE.c.row_id == family
        assert connection.execute(select(ASIDE.c.reason).where(mine)).all() == []


def test_what_was_written_in_a_village_given_after_the_backup_is_let_in_with_it(
    office: Office, console: Console
) -> None:
    rina = _laptop(office, "rina")
    rina.sync()
    backup = _verified(office, "monday")
    console.run("user", "grant", "rina", "--scope", OTHER, *SINCE)
    rina.sync()
    family = rina.register("Nur Aini", OTHER)
    rina.sync()
    rina.add_member(family, "Dewi", OTHER)
    _lose_and_restore(office, backup)
    rina.sync()
    assert not _has(office.database, family), "nobody knows of the grant"

    said = console.run("user", "grant", "rina", "--scope", OTHER, *SINCE)
    assert said == [f"rina was granted {OTHER}.", "3 ops that had waited for it are in the log."]
    rina.sync()
    assert rina.row(family) is not None
    assert len(rina.members_of(family)) == 2
    rina.close()


def test_a_grant_does_not_begin_tomorrow(console: Console, database: Database) -> None:
    add_user(database)
    said = console.refused("user", "grant", "siti", "--scope", OTHER, "--since", "2199-01-01")
    assert said == SENTENCES[CommandFault.NOT_YET].format(date(2199, 1, 1))


def test_a_backup_of_the_life_before_promises_nothing(office: Office) -> None:
    """The next loss is met with Wednesday's file, which this laptop had not reached again."""
    budi = _laptop(office, "budi")
    monday = _verified(office, "monday")
    family = budi.register("Nur Aini")
    budi.sync()
    tuesday = office.folder / "tuesday"
    office.run("backup", tuesday)
    _lose_and_restore(office, monday)
    wednesday = _verified(office, "wednesday")
    budi.sync()

    assert office.run("verify", tuesday)[1].startswith("0 of its ")
    budi.register("Rahmawati")
    budi.sync()
    _lose_and_restore(office, wednesday)
    budi.sync()
    budi.close()
    assert _has(office.database, family)


@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_a_folder_whose_key_is_lost_is_put_back(office: Office, content: bytes | None) -> None:
    if not office.database.is_file:
        pytest.skip("PostgreSQL has no key file")
    backup = _verified(office, "monday")
    office.stop()
    folder = Path(office.place.arguments[1])
    (folder / KEY_NAME).unlink()
    if content is not None:
        (folder / KEY_NAME).write_bytes(content)
    office.run("restore", backup, "--replace")
    assert (folder / f"{DATABASE_NAME}.before-1").exists()
    assert main(["user", "list", *office.place.arguments]) == 0
