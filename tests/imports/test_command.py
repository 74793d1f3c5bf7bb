"""`berdaya import`: a list into the user's own store, what it says, and how it ends."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from desktop.commands.import_list import Exit, run
from desktop.imports.plan import read_list
from desktop.models.records.base import new_id
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import HOUSEHOLD, SCOPE_GRANT
from desktop.paths import HOME_VARIABLE, Paths
from tests.imports.lists import HEADER, KK, NIK, REGIONS, SUMBERJAYA, TODAY, write
from tests.imports.lists import Store as NoFamilies
from tests.ui.conftest import app  # noqa: F401 the one application of the test run

pytestmark = pytest.mark.usefixtures("app")

GOOD = (1, NIK, "Sarman", "12/05/1985", KK)
BARE = (2, None, "Nur Aini", None, None)
BAD = (3, "12", "Udin", None, None)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a user to whom one village was granted."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    store = Store.open(Paths.of_user().data)
    user_id = new_id()
    with store.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(user_id))
        connection.execute(
            insert(SCOPE_GRANT).values(
                user_id=user_id,
                scope=SUMBERJAYA,
                role="facilitator",
                valid_from=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
    store.close()
    return tmp_path


def bring_in(home: Path, *more: str, rows: Sequence[Sequence[object]] = (GOOD, BARE)) -> int:
    path = write(home / "list.xlsx", [HEADER, *rows])
    return run([str(path), "--village", SUMBERJAYA, *more])


def families() -> int:
    store = Store.open(Paths.of_user().data)
    with store.reading() as connection:
        count = connection.execute(select(func.count()).select_from(HOUSEHOLD)).scalar_one()
    store.close()
    return int(count)


def test_a_list_is_imported_once(home: Path) -> None:
    assert bring_in(home) == Exit.DONE
    assert families() == 2
    assert bring_in(home) == Exit.DONE
    assert families() == 2


def test_a_dry_run_writes_no_family(home: Path) -> None:
    assert bring_in(home, "--dry-run") == Exit.DONE
    assert families() == 0


def test_rejected_rows_are_written_to_a_file(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rejects = home / "again.xlsx"

    assert bring_in(home, "--rejects", str(rejects), rows=(GOOD, BAD)) == Exit.WITH_REJECTED

    assert str(rejects) in capsys.readouterr().out
    again = read_list(
        rejects, today=TODAY, village_code=SUMBERJAYA, regions=REGIONS, existing=NoFamilies()
    )
    assert len(again.rejected) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["missing.xlsx"],
        ["list.xlsx", "--village", "36.01.01.2002"],
        ["list.xlsx", "--rejects", "no/such/folder/again.xlsx"],
    ],
)
def test_what_cannot_be_done_is_said(
    home: Path,
    arguments: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(home)
    write(home / "list.xlsx", [HEADER, BAD])

    assert run(arguments) == Exit.FAILED
    assert capsys.readouterr().err.strip()


def test_a_laptop_without_account_imports_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))

    assert bring_in(tmp_path) == Exit.FAILED
