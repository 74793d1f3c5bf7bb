"""The province that the first download is measured with can be made, here of three families."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from server.database import Database
from server.tables import LOG, SYNCED
from tests.benchmarks import first_download


def test_each_row_has_its_entry_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_download, "VILLAGES", 1)
    monkeypatch.setattr(first_download, "FAMILIES", 3)
    first_download._make(tmp_path)
    database = Database.in_folder(tmp_path)
    with database.reading() as connection:
        here = LOG.c.scope.startswith(first_download.DISTRICT)
        logged = set(connection.execute(select(LOG.c.row_id).where(here)).scalars())
        stored = {
            row.id
            for table in SYNCED.values()
            for row in connection.execute(select(table).where(table.c.scope != "ref"))
        }
        families = connection.execute(select(func.count()).select_from(SYNCED["household"]))
        assert families.scalar_one() == 3
    database.close()
    assert logged == stored
