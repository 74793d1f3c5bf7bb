"""Backups: taken while laptops work, verified for what they promise, and put back whole."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from desktop.models.store.engine import StoreFault
from server.__main__ import main
from server.backups.faults import BackupFault
from server.backups.homes import FileHome, home_of
from server.backups.sealed import open_sealed
from server.database import DATABASE_NAME, KEY_NAME, Database
from server.queries import incarnations, verification
from server.queries.verification import CopyFault
from server.sentences import SENTENCES
from server.settings import DatabasePlace
from server.tables import LOG, SYNCED
from tests.scenarios.laptops import Laptop
from tests.server.office import PASSPHRASE, Office
from tests.servers import (
    VILLAGE,
    PostgresCluster,
    prepared_folder,
    prepared_postgres,
)


def test_a_backup_says_when_it_was_taken_and_how_far_it_goes(office: Office) -> None:
    lines = office.run("backup", office.file)
    assert lines[0].startswith(f"{office.file} holds 3 entries in 2 scopes, as of 20")
    manifest = open_sealed(office.file, PASSPHRASE).manifest
    with office.database.reading() as connection:
        life = incarnations.current(connection)
    assert life is not None
    assert manifest.heads == {VILLAGE: 2, "ref": 1}
    assert (manifest.incarnation, manifest.counts["household"]) == (life.name, 1)
    assert manifest.counts["aside"] == 2


def test_nobody_s_name_is_readable_in_it(office: Office) -> None:
    office.run("backup", office.file)
    content = office.file.read_bytes()
    for word in (b"Nur Aini", b"Krajan", b"siti", b"SQLite format", b"PGDMP"):
        assert word not in content


def test_a_folder_gets_a_file_named_by_its_time(office: Office) -> None:
    (office.folder / "backups").mkdir()
    office.run("backup", office.folder / "backups")
    (file,) = (office.folder / "backups").iterdir()
    assert file.name.startswith("berdaya-20")
    assert file.suffix == ".backup"


def test_a_verified_backup_makes_durable_what_it_holds_and_no_more(office: Office) -> None:
    office.run("backup", office.file)
    assert office.durable() == 0, "nobody has looked at it yet"
    before = len(office.laptop.outbox())
    office.work("Budi")
    lines = office.run("verify", office.file)
    assert lines[1] == "1 of its 1 device logs are durable as far as it holds them."
    assert office.durable() == before
    assert len(office.laptop.outbox()) > before


def test_verifying_leaves_nothing_behind(office: Office) -> None:
    office.run("backup", office.file)
    home = home_of(_place_of(office))
    before = _beside(office)
    office.run("verify", office.file)
    assert _beside(office) == before
    assert home.exists()


def test_a_province_is_put_back(office: Office) -> None:
    family = office.work("Budi")
    office.run("backup", office.file)
    office.work("Rahmawati")
    with office.database.reading() as connection:
        life = incarnations.current(connection)
    office.stop()
    lines = office.run("restore", office.file, "--replace")
    assert lines[1].startswith("Incarnation 2 has begun")
    assert office.entries() == 5
    with office.database.reading() as connection:
        assert incarnations.current(connection) != life
        household = SYNCED["household"]
        found = select(household.c.hamlet).where(household.c.id == family)
        assert connection.execute(found).scalar_one() == "Krajan"
    office.laptop.sync()
    office.laptop.assert_whole()
    assert office.entries() == 7, "the laptop sent again what the backup lacked"


def test_what_was_there_is_kept(office: Office) -> None:
    office.run("backup", office.file)
    office.work("Rahmawati")
    office.stop()
    lines = office.run("restore", office.file, "--replace")
    kept = lines[2].removeprefix("What was there is kept as ").rstrip(".")
    with _kept(office, kept) as database, database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(LOG)).scalar_one() == 5


def test_a_lost_machine_needs_the_file_and_the_passphrase_only(
    office: Office, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    office.run("backup", office.file)
    if office.database.is_file:
        new = ("--data", str(tmp_path / "new machine"))
    else:
        cluster: PostgresCluster = request.getfixturevalue("postgres")
        new = ("--database", cluster.url(f"{cluster.create()}_new"))
    code = main(["restore", str(office.file), *office.passphrase, *new])
    assert code == 0, office.capsys.readouterr().err
    assert main(["user", "list", *new]) == 0
    assert "siti\tfacilitator" in office.capsys.readouterr().out


def test_a_province_is_not_overwritten_unless_told_so(office: Office) -> None:
    office.run("backup", office.file)
    office.stop()
    assert office.refused("restore", office.file) == SENTENCES[BackupFault.NOT_EMPTY]
    assert office.entries() == 3


def test_a_province_in_use_is_not_replaced(office: Office) -> None:
    office.run("backup", office.file)
    with office.database.reading():
        said = office.refused("restore", office.file, "--replace")
    name = office.folder / "server" if office.database.is_file else _name(office)
    assert said == SENTENCES[BackupFault.IN_USE].format(name)
    assert office.entries() == 3
    assert office.durable() == 0


def test_a_backup_older_than_what_laptops_were_told_is_safe(office: Office) -> None:
    old, new = office.folder / "old.backup", office.folder / "new.backup"
    office.run("backup", old)
    office.work("Budi")
    office.run("backup", new)
    office.run("verify", new)
    office.stop()
    said = office.refused("restore", old, "--replace")
    assert said == SENTENCES[BackupFault.OLDER_THAN_PROMISED].format(old)
    office.run("restore", new, "--replace")
    office.stop()
    assert office.refused("restore", old, "--replace") == said, "it was verified before it was told"
    office.run("restore", old, "--replace", "--older")
    assert office.entries() == 3


def test_logs_of_a_life_that_was_put_back_are_not_durable(office: Office) -> None:
    """The laptop made other ops in the same places of its log than the backup has."""
    early, late = office.folder / "early.backup", office.folder / "late.backup"
    office.run("backup", early)
    disk = Path(shutil.copytree(office.laptop.folder, office.folder / "disk"))
    office.work("Budi")
    office.run("backup", late)
    office.stop()
    office.run("restore", early, "--replace")
    held = office.durable()
    office.laptop.close()
    shutil.rmtree(office.laptop.folder)
    shutil.copytree(disk, office.laptop.folder)
    office.laptop = Laptop(office.laptop.folder, office.laptop.server, "siti", office.laptop.clock)
    office.work("Orang lain")
    assert office.run("verify", late)[1].startswith("0 of its 1 device logs")
    assert office.durable() == held, "what was restored, and nothing of Budi"
    assert office.run("verify", early)[1].startswith("0 of its 1 device logs")
    office.run("backup", office.file)
    assert office.run("verify", office.file)[1].startswith("1 of its 1 device logs")


def test_a_backup_of_another_province_says_nothing(
    office: Office, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if office.database.is_file:
        other = ("--data", str(prepared_folder(tmp_path / "other")))
    else:
        cluster: PostgresCluster = request.getfixturevalue("postgres")
        other = ("--database", cluster.url(prepared_postgres(cluster)))
    office.run("backup", office.file)
    assert main(["verify", str(office.file), *office.passphrase, *other]) == 1
    said = office.capsys.readouterr().err.strip()
    assert said == SENTENCES[BackupFault.OTHER_PROVINCE].format(office.file)


def _edit(statement: str) -> Callable[[Database], None]:
    """Somebody changes what lies there; on the log itself only with the guards taken down."""

    def run(database: Database) -> None:
        with database.writing() as connection:
            if database.is_file:
                guards = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
                for name in connection.execute(guards).scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                for table in ("log", "scope_head"):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            connection.execute(text(statement))

    return run


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE household SET hamlet = 'Wetan'", CopyFault.ROW_DIFFERS),
        ("DELETE FROM member", CopyFault.ROW_DIFFERS),
        ("UPDATE household SET scope = '36.01.01.2002'", CopyFault.ROW_DIFFERS),
        ("DELETE FROM log WHERE seq = 1 AND scope <> 'ref'", CopyFault.LOG_NOT_DENSE),
        ("UPDATE scope_head SET head = head + 1", CopyFault.LOG_NOT_DENSE),
        ("UPDATE log SET fields = '{}' WHERE dseq = 1", CopyFault.CHAIN_BROKEN),
        ("DELETE FROM aside", CopyFault.CHAIN_BROKEN),
        ('UPDATE aside SET fields = \'{"hamlet": "Wetan"}\'', CopyFault.CHAIN_BROKEN),
        ("UPDATE device_epoch SET dseq = dseq + 1", CopyFault.CHAIN_BROKEN),
        ('UPDATE log SET effective = \'{"hamlet": "W"}\' WHERE dseq = 1', CopyFault.ROW_DIFFERS),
    ],
)
def test_what_a_database_lost_is_found_in_its_backup(
    office: Office, statement: str, fault: CopyFault
) -> None:
    _edit(statement)(office.database)
    office.run("backup", office.file)
    said = office.refused("verify", office.file)
    beginning, _, end = SENTENCES[fault].partition("{}")
    assert said.startswith(beginning)
    assert said.endswith(end)
    assert office.durable() == 0


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        (lambda whole: b"", BackupFault.FOREIGN),
        (lambda whole: b"something else" + whole, BackupFault.FOREIGN),
        (lambda whole: whole[:10], BackupFault.CUT_OFF),
        (lambda whole: whole[:-1], BackupFault.CUT_OFF),
        (lambda whole: whole[:-20], BackupFault.CUT_OFF),  # the last piece is missing
        (lambda whole: whole[:30] + b"!" + whole[31:], BackupFault.DAMAGED),
        (lambda whole: whole[:-100] + b"!" + whole[-99:], BackupFault.DAMAGED),
    ],
)
def test_a_damaged_file_is_told(
    office: Office, harm: Callable[[bytes], bytes], fault: BackupFault
) -> None:
    office.run("backup", office.file)
    office.file.write_bytes(harm(office.file.read_bytes()))
    for command in ("verify", "restore"):
        more = ("--replace",) if command == "restore" else ()
        said = office.refused(command, office.file, *more)
        assert said == SENTENCES[fault].format(office.file)
    assert office.durable() == 0
    assert office.entries() == 3


def test_another_passphrase_opens_nothing(office: Office) -> None:
    office.run("backup", office.file)
    (office.folder / "passphrase").write_text("another passphrase")
    said = office.refused("verify", office.file)
    assert said == SENTENCES[BackupFault.WRONG_PASSPHRASE].format(office.file)
    (office.folder / "passphrase").write_text("short")
    said = office.refused("backup", office.folder / "more.backup")
    assert said == SENTENCES[BackupFault.SHORT_PASSPHRASE]


def test_a_backup_never_takes_another_s_place(office: Office) -> None:
    office.file.write_bytes(b"yesterday's")
    assert office.refused("backup", office.file) == SENTENCES[BackupFault.EXISTS].format(
        office.file
    )
    assert office.file.read_bytes() == b"yesterday's"
    nowhere = office.folder / "nowhere" / "province.backup"
    said = office.refused("backup", nowhere)
    assert said == SENTENCES[BackupFault.PLACE_UNUSABLE].format(nowhere)


def test_a_backup_of_the_other_kind(
    office: Office, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if not office.database.is_file:
        pytest.skip("asked once, of a file's backup")
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    url = cluster.url(prepared_postgres(cluster))
    office.run("backup", office.file)
    assert main(["verify", str(office.file), *office.passphrase, "--database", url]) == 1
    said = office.capsys.readouterr().err.strip()
    assert said == SENTENCES[BackupFault.OTHER_KIND].format(office.file)


def test_without_postgresql_s_programs(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    if office.database.is_file:
        pytest.skip("a file needs no programs")
    monkeypatch.setattr("server.backups.programs.shutil.which", lambda *_, **__: None)
    said = office.refused("backup", office.file)
    assert said == SENTENCES[BackupFault.NO_PROGRAM].format("pg_dump")
    assert list(office.folder.glob("*.part")) == []


def test_every_fault_has_a_sentence() -> None:
    for faults in (BackupFault, CopyFault, StoreFault):
        assert set(faults) <= set(SENTENCES)


def _place_of(office: Office) -> DatabasePlace:
    option, value = office.place.arguments
    return DatabasePlace(folder=Path(value)) if option == "--data" else DatabasePlace(url=value)


def _name(office: Office) -> str:
    return str(office.database.engine.url.database)


def _beside(office: Office) -> list[str]:
    if office.database.is_file:
        return sorted(str(path) for path in office.folder.rglob("*") if "wal" not in path.name)
    with office.database.reading() as connection:
        names = text("SELECT datname FROM pg_database ORDER BY datname")
        return [str(name) for name in connection.execute(names).scalars()]


class _kept:  # noqa: N801 a context, like a function
    """The database that was put aside, opened."""

    def __init__(self, office: Office, name: str) -> None:
        self._office, self._name = office, name

    def __enter__(self) -> Database:
        place = _place_of(self._office)
        if place.folder is None:
            assert place.url is not None
            address = place.url.replace(f"/{_name(self._office)}?", f"/{self._name}?")
            self.database = Database.at(address)
            return self.database
        number = self._name.rpartition("-")[2]
        folder = self._office.folder / f"kept {uuid4().hex}"
        folder.mkdir()
        for name in ("server.db", "server.key"):
            shutil.copy(place.folder / f"{name}.before-{number}", folder / name)
        self.database = FileHome(folder).open()
        return self.database

    def __exit__(self, *_: object) -> None:
        self.database.close()


def test_what_a_killed_verification_leaves_has_no_key_beside_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run("backup", office.file)
    seen: list[str] = []
    right = verification.check

    def look(*given: Any) -> None:
        seen.extend(path.name for path in office.file.parent.glob(".berdaya-scratch-*/*"))
        right(*given)

    monkeypatch.setattr(verification, "check", look)
    office.run("verify", office.file)
    assert KEY_NAME not in seen
    assert (DATABASE_NAME in seen) is office.database.is_file
