"""A province that is served from one folder or another: from today's, or from a backup."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.database import Database
from server.queries import incarnations
from tests.scenarios.conftest import Province
from tests.servers import cheap_app, running


@contextmanager
def served(province: Province, folder: Path, *, restored: bool = False) -> Iterator[None]:
    """Serves the database of a folder to the laptops there are, and closes it."""
    province.database.close()
    province.database = Database.in_folder(folder)
    if restored:
        with province.database.writing() as connection:
            incarnations.begin(connection, province.clock())
    with running(cheap_app(province.database, province.clock)) as province.address:
        for laptop in province.laptops:
            laptop.server = province.address
        yield
    province.database.close()


def backup_of(folder: Path) -> Path:
    return Path(shutil.copytree(folder, folder.with_name("backup")))
