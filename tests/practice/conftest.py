"""A practice province and what was written into it, made once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from desktop.models.store.local import Store
from desktop.practice.compare import Place
from desktop.practice.province import Province
from desktop.practice.seed import PASSWORD, SITI, fill
from desktop.practice.year import Year
from desktop.sync.session import Session

RESOURCES = Path(__file__).parents[2] / "resources"
TODAY = date(2026, 11, 21)
VERSION = "0.1.0"


@dataclass
class Filled:
    """A province that runs, what was written, and a laptop that has downloaded all of it."""

    province: Province
    year: Year
    laptop: Path

    def place(self, data: Path | None = None) -> Place:
        return Place.laptop("siti", data or self.laptop)

    @property
    def server(self) -> Place:
        return Place.server(self.province.data)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp("practice")
    province = Province(folder / "province")
    province.start()
    year = fill(province, RESOURCES, VERSION, families=12)
    store = Store.open(folder / "laptop")
    session = Session(store, VERSION)
    session.sign_in(province.address, SITI.login, PASSWORD)
    session.sync()
    store.close()
    yield Filled(province, year, folder / "laptop")
    province.stop()
