"""The drill: a province's machine is lost with a day of work, and yesterday's backup is put back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from server.__main__ import main
from server.tables import LOG
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import Clock, Place, PostgresCluster, cheap_app, running
from tests.simulation.laptop import blank_disk

VILLAGES = ("36.01.01.2001", "36.01.01.2002", "36.02.01.2001")
LAPTOPS = 20


class Drill:
    """A province that can be lost, its laptops, and a note of every op that anybody made."""

    def __init__(self, place: Place, folder: Path, cluster: PostgresCluster | None) -> None:
        self.place = place
        self.folder = folder
        self.cluster = cluster
        self.province = Province(place.open(), "", Clock(), folder / "laptops")
        self.made: dict[bytes, UUID] = {}
        (folder / "passphrase").write_text("kata sandi cadangan")

    @contextmanager
    def open(self) -> Iterator[None]:
        """The server runs, and the laptops know where."""
        province = self.province
        with running(cheap_app(province.database, province.clock)) as province.address:
            for laptop in province.laptops:
                laptop.server = province.address
            yield

    def command(self, *words: str | Path) -> None:
        """A command of the office, on this province."""
        passphrase = ("--passphrase-file", str(self.folder / "passphrase"))
        assert main([*map(str, words), *passphrase, *self.place.arguments]) == 0, words

    def lose(self) -> None:
        """The machine is gone with everything on it."""
        database = self.province.database
        database.close()
        if self.cluster is None:
            shutil.rmtree(self.place.arguments[1])
        else:
            self.cluster.drop(str(database.engine.url.database))

    def hire(self) -> list[Laptop]:
        """Twenty facilitators in three villages."""
        blank = blank_disk(self.folder / "blank")
        for number in range(LAPTOPS):
            login = f"user{number:02}"
            self.province.user(login, [VILLAGES[number % len(VILLAGES)]])
            shutil.copytree(blank, self.province.folder / f"{login}-{number}")
        self.province.clock.advance(1)
        return [self.province.another_laptop(f"user{number:02}") for number in range(LAPTOPS)]

    def work(self, chance: Random) -> None:
        """Everybody's day: a new family, a word on somebody's; all is sent by the evening."""
        for number, laptop in enumerate(self.province.laptops):
            village = VILLAGES[number % len(VILLAGES)]
            laptop.register(f"Keluarga {chance.random()}", village, hamlet="Krajan")
            families = [
                row_id for row_id, row in laptop.everything().items() if row[0] == "household"
            ]
            family = chance.choice(sorted(families))
            laptop.edit(family, note=f"{laptop.login} {chance.random()}", rt=f"{number:03}")
            self.province.clock.advance(60)
            self.made |= {bytes(op.digest): op.user_id for op in laptop.outbox()}
            laptop.sync()

    def in_log(self) -> list[tuple[bytes, UUID]]:
        """Digest and author of each op in the scope logs."""
        with self.province.database.reading() as connection:
            ops = select(LOG.c.digest, LOG.c.user_id).where(LOG.c.digest.is_not(None))
            return [(bytes(row.digest), row.user_id) for row in connection.execute(ops)]


@pytest.fixture
def drill(database_place: Place, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drill]:
    is_file = "--data" in database_place.arguments
    cluster = None if is_file else request.getfixturevalue("postgres")
    made = Drill(database_place, tmp_path, cluster)
    yield made
    for laptop in made.province.laptops:
        laptop.close()
    made.province.database.close()


def _kept(laptop: Laptop) -> set[bytes]:
    return {bytes(op.digest) for op in laptop.outbox()}


def test_nothing_of_twenty_laptops_is_lost_with_the_machine(drill: Drill) -> None:
    province, chance = drill.province, Random(36)  # noqa: S311 a story, not a secret
    backup = drill.folder / "evening.backup"
    with drill.open():
        laptops = drill.hire()
        drill.work(chance)
        drill.command("backup", backup)
        yesterday = dict(drill.made)
        drill.command("verify", backup)
        drill.work(chance)
        for laptop in laptops:
            laptop.sync()
        kept = set().union(*map(_kept, laptops))
        let_go = drill.made.keys() - kept
        assert len(let_go) > len(yesterday) / 2, "most of what is durable is forgotten"
        assert let_go <= yesterday.keys(), "nothing later than the backup is"
    drill.lose()
    drill.command("restore", backup)
    province.database = drill.place.open()
    assert let_go <= {digest for digest, _ in drill.in_log()}, "what was let go of is in the backup"
    chance.shuffle(laptops)
    with drill.open():
        for laptop in laptops:
            laptop.sync()
        province.settle(*laptops)
    assert sorted(drill.in_log()) == sorted(drill.made.items())
    assert province.aside() == []
    province.assert_dense()
