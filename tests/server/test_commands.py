"""The office's commands, on both kinds of database."""

from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.models.records.people import Role
from server.__main__ import main
from server.commands import CommandFault
from server.database import SCHEMA, Database
from server.passwords import Verdict
from server.queries import accounts, incarnations
from server.queries.accounts import AccountFault
from server.sentences import SENTENCES
from server.settings import SettingsFault
from server.tables import LOG, USER
from tests.server.console import Console
from tests.servers import FAST_PASSWORDS, PASSWORD, VILLAGE, PostgresCluster, add_user

OTHER_VILLAGE = "36.71.01.1001"


def _add(login: str = "siti", scope: str = VILLAGE) -> list[str]:
    role = ["--role", "facilitator", "--scope", scope]
    return ["user", "add", login, "--name", "Siti Pendamping", *role, "--password-stdin"]


def test_an_account_from_its_beginning_to_its_end(console: Console) -> None:
    assert console.run(*_add("Siti"), typed=f"{PASSWORD}\n") == ["siti was added."]
    console.run("user", "grant", "siti", "--scope", OTHER_VILLAGE)
    line = f"siti\tfacilitator\topen\tSiti Pendamping\t{VILLAGE} {OTHER_VILLAGE}"
    assert console.run("user", "list") == [line]
    console.run("user", "withdraw", "siti", "--scope", VILLAGE)
    assert console.run("user", "list")[0].endswith(f"\t{OTHER_VILLAGE}")
    console.run("user", "close", "siti")
    assert console.run("user", "list") == ["siti\tfacilitator\tclosed\tSiti Pendamping\t"]


def test_adding_a_user_writes_the_synced_row_and_its_log_entry(
    console: Console, database: Database
) -> None:
    console.run(*_add(), typed=PASSWORD)
    with database.reading() as connection:
        account = accounts.named(connection, "siti")
        user = connection.execute(select(USER)).one()
        entry = connection.execute(select(LOG).where(LOG.c.row_id == account.user_id)).one()
    assert (user.id, user.scope, user.name) == (account.user_id, "ref", "Siti Pendamping")
    assert (account.role, user.role) == (Role.FACILITATOR, "facilitator")
    assert entry.fields == {"name": "Siti Pendamping", "role": "facilitator"}
    assert FAST_PASSWORDS.check(account.password_hash, PASSWORD) is not Verdict.WRONG


def test_another_password(console: Console, database: Database) -> None:
    add_user(database)
    console.run("user", "password", "siti", "--password-stdin", typed="kata baru 123\n")
    with database.reading() as connection:
        kept = accounts.named(connection, "siti").password_hash
    assert FAST_PASSWORDS.check(kept, "kata baru 123") is not Verdict.WRONG
    assert FAST_PASSWORDS.check(kept, PASSWORD) is Verdict.WRONG


def test_what_accounts_refuse(console: Console, database: Database) -> None:
    add_user(database)
    refusals = (
        (_add("siti"), PASSWORD, AccountFault.LOGIN_TAKEN, "siti"),
        (_add("budi"), "seven77", CommandFault.SHORT_PASSWORD, ""),
        (_add("budi", "Pandeglang"), PASSWORD, CommandFault.NOT_A_SCOPE, "Pandeglang"),
        (_add(" "), PASSWORD, CommandFault.EMPTY_LOGIN, ""),
        (["user", "close", "budi"], "", AccountFault.NO_SUCH_LOGIN, "budi"),
        (
            ["user", "withdraw", "siti", "--scope", OTHER_VILLAGE],
            "",
            AccountFault.NOT_GRANTED,
            OTHER_VILLAGE,
        ),
    )
    for words, typed, fault, subject in refusals:
        assert console.refused(*words, typed=typed) == SENTENCES[fault].format(subject)
    assert len(console.run("user", "list")) == 1


def test_a_restored_database_begins_a_new_incarnation(console: Console, database: Database) -> None:
    with database.reading() as connection:
        before = incarnations.current(connection)
    console.run("restored")
    with database.reading() as connection:
        after = incarnations.current(connection)
    assert before is not None
    assert after is not None
    assert after.number == before.number + 1
    assert after.name != before.name


def test_migrating_a_ready_database_changes_nothing(console: Console, database: Database) -> None:
    with database.reading() as connection:
        before = incarnations.current(connection)
    assert console.run("migrate") == [f"The database has schema {SCHEMA}."]
    with database.reading() as connection:
        assert incarnations.current(connection) == before


def test_an_older_postgresql_database_is_not_used_before_it_is_migrated(
    postgres: PostgresCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    name = postgres.create()
    place = ("--database", postgres.url(name))
    assert main(["serve", *place]) == 1
    assert capsys.readouterr().err.strip() == SENTENCES[CommandFault.SCHEMA_BEHIND]
    assert main(["migrate", *place]) == 0
    assert main(["user", "list", *place]) == 0
    postgres.drop(name)


def test_a_data_folder_is_made_ready_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["user", "list", "--data", str(tmp_path / "new")]) == 0
    assert capsys.readouterr().out == ""


def test_a_database_that_is_away_is_told_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = f"postgresql://postgres@/none?host={tmp_path}"
    assert main(["user", "list", "--database", nowhere]) == 1
    assert capsys.readouterr().err.strip() == "The database cannot be reached."


def test_every_fault_has_a_sentence() -> None:
    for faults in (SettingsFault, CommandFault, AccountFault):
        assert set(faults) <= set(SENTENCES)


def test_an_op_goes_by_the_beginning_of_its_name(console: Console) -> None:
    assert console.run("quarantine", "list") == []
    for words in (("show", "0f"), ("release", "0f"), ("answer", "0f", "--note", "sudah ada")):
        assert console.refused("quarantine", *words) == SENTENCES[CommandFault.NOT_HELD].format(
            "0f"
        )
    empty = console.refused("quarantine", "answer", "0f", "--note", " ")
    assert empty == SENTENCES[CommandFault.EMPTY_NOTE]
