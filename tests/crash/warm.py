"""What every life would do first, done once before the fork: statements are compiled, modules loaded.

All encrypted files of a process and its forks share one dialect and its compiled statements, which
SQLAlchemy keeps for each engine; nothing else about an engine is shared, and nothing stays open.
"""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.models.records.base import utc_now
from desktop.models.records.people import Role
from server.database import Database
from tests.crash.laptops import STRETCH, Life, Owner, Worker, sign_in
from tests.crash.processes import Teller
from tests.crash.provinces import add_users
from tests.engines import compiled_once
from tests.servers import cheap_app, prepared_folder, running
from tests.simulation.province import FileHome


@contextmanager
def warmed_up() -> Iterator[None]:
    """Plays a short piece of work with a laptop and a province; forks made inside know it by heart."""
    with compiled_once():
        with tempfile.TemporaryDirectory(prefix="berdaya-warm-") as name:
            _work(Path(name))
        yield


def _work(folder: Path) -> None:
    ready = prepared_folder(folder / "province")
    users = add_users(FileHome(ready), {"siti": Role.FACILITATOR}, utc_now())
    database = Database.in_folder(ready)
    level = logging.root.manager.disable
    logging.disable()
    try:
        with running(cheap_app(database)) as address:
            owner = Owner("siti", users["siti"], Role.FACILITATOR, folder / "laptop", address)
            sign_in(owner)
            worker = Worker(Life(owner, 0, 0, folder / "never"), _Nobody())
            for doing in STRETCH:
                worker.do(doing)
            worker.close()
    finally:
        logging.disable(level)
        database.close()
    shutil.rmtree(folder / "laptop")


class _Nobody(Teller):
    """Nobody listens."""

    def __init__(self) -> None:
        super().__init__(-1)

    def tell(self, **line: object) -> None:
        del line
