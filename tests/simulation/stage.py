"""Where runs are played: a folder in memory, blank disks, and provinces of either kind."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.engines import compiled_once
from tests.servers import PostgresCluster, prepared_folder, prepared_postgres
from tests.simulation.chance import Clock
from tests.simulation.history import History
from tests.simulation.laptop import blank_disk
from tests.simulation.play import play
from tests.simulation.province import FileHome, PostgresHome, Province
from tests.simulation.story import Plan, Story

_MEMORY = Path("/dev/shm")  # noqa: S108 a folder of our own is made in it


@dataclass(frozen=True)
class Stage:
    """Plays plans, one after the other."""

    folder: Path
    ready: Path
    blank: Path
    cluster: PostgresCluster | None = None
    template: str = ""

    def play(self, plan: Plan) -> Story:
        """Plays one; its files are gone afterwards."""
        with ExitStack() as after:
            folder = Path(tempfile.mkdtemp(dir=self.folder))
            after.callback(shutil.rmtree, folder, ignore_errors=True)

            def open_province(clock: Clock, history: History) -> Province:
                if self.cluster is not None:
                    home = PostgresHome(self.cluster, self.cluster.create(self.template))
                    after.callback(home.leave)
                    return Province(home, clock, history)
                shutil.copytree(self.ready, folder / "province")
                return Province(FileHome(folder / "province"), clock, history)

            return play(plan, open_province, self.blank, folder)


@contextmanager
def stage(*, postgresql: bool = False) -> Iterator[Stage]:
    """A stage, built and taken down.

    Raises:
        SystemExit: PostgreSQL was asked for and is not installed.
    """
    with ExitStack() as after:
        after.enter_context(compiled_once())
        root = _MEMORY if _MEMORY.is_dir() else None
        folder = Path(after.enter_context(tempfile.TemporaryDirectory(dir=root)))
        ready, blank = prepared_folder(folder / "ready"), blank_disk(folder / "blank")
        if not postgresql:
            yield Stage(folder, ready, blank)
            return
        programs = PostgresCluster.find_programs()
        if programs is None:
            raise SystemExit("PostgreSQL is not installed")
        cluster = PostgresCluster(programs)
        cluster.start()
        after.callback(cluster.stop)
        yield Stage(folder, ready, blank, cluster, prepared_postgres(cluster))
