"""A province in which people have worked, and what its office does with backups of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from server.__main__ import main
from server.database import Database
from server.tables import DEVICE_EPOCH, LOG
from tests.scenarios.laptops import Laptop
from tests.servers import Place

PASSPHRASE = "kata sandi cadangan"


@dataclass
class Office:
    """A province in which people have worked, and the office's commands on it."""

    place: Place
    database: Database
    laptop: Laptop
    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def file(self) -> Path:
        return self.folder / "province.backup"

    @property
    def passphrase(self) -> tuple[str, str]:
        return ("--passphrase-file", str(self.folder / "passphrase"))

    def run(self, *words: str | Path) -> list[str]:
        code, said = self._run(words)
        assert (code, said.err) == (0, "")
        return list(said.out.splitlines())

    def refused(self, *words: str | Path) -> str:
        code, said = self._run(words)
        assert (code, said.out) == (1, "")
        return str(said.err).strip()

    def _run(self, words: tuple[str | Path, ...]) -> tuple[int, Any]:
        code = main([*map(str, words), *self.passphrase, *self.place.arguments])
        return code, self.capsys.readouterr()

    def work(self, name: str) -> UUID:
        family = self.laptop.register(name, hamlet="Krajan")
        self.laptop.sync()
        return family

    def durable(self) -> int:
        with self.database.reading() as connection:
            return int(connection.execute(select(DEVICE_EPOCH.c.durable_dseq)).scalar_one())

    def entries(self) -> int:
        with self.database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(LOG)).scalar_one())

    def stop(self) -> None:
        """Everybody lets go of the database, as a server that is stopped does."""
        self.database.close()
