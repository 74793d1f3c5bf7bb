"""A province in a folder of its own, which a scenario serves and puts back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.database import Database
from tests.scenarios.conftest import Province
from tests.servers import Clock, prepared_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared_folder(tmp_path / "province")


@pytest.fixture
def province(folder: Path, tmp_path: Path) -> Iterator[Province]:
    made = Province(Database.in_folder(folder), "", Clock(), tmp_path / "laptops")
    yield made
    for laptop in made.laptops:
        laptop.close()
    made.database.close()
