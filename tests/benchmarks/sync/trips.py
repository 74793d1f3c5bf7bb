"""One sync of a real laptop over a line, and what it cost."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from desktop.models.records.base import utc_now
from desktop.models.store.meta import Meta, get_meta
from desktop.sync.client import Client
from desktop.sync.engine import Pace
from tests.benchmarks.sync.line import AT_ONCE, Line, Link, Traffic, line_to
from tests.benchmarks.sync.province import Province
from tests.scenarios.laptops import Laptop
from tests.servers import add_user

KILO: Final = 1000


@dataclass(frozen=True)
class Trip:
    """What a sync cost: what passed, and the seconds until the laptop had written it all."""

    traffic: Traffic
    seconds: float

    def details(self) -> dict[str, float]:
        """Its figures beside the one that is measured, by name."""
        passed = self.traffic
        return {
            "requests": passed.requests,
            "kB up": passed.bodies_up / KILO,
            "kB down": passed.bodies_down / KILO,
            "kB of heads": (passed.heads_up + passed.heads_down) / KILO,
            "s": round(self.seconds, 2),
        }


def trip(laptop: Laptop, line: Line, *, connected: bool = False) -> Trip:
    """Syncs once, as after the start of the program: nothing is known of the line yet.

    Args:
        laptop: who syncs.
        line: over what.
        connected: whether the connection is open already, as it is just after another request.
    """
    with laptop.store.reading() as connection:
        token = get_meta(connection, Meta.TOKEN)
    laptop.pace = Pace()
    with closing(Client(line.address, token)) as client:
        if connected and not client.is_reachable():
            raise RuntimeError("the province does not answer")
        before, begun = line.traffic(), perf_counter()
        run = laptop.try_sync(client)
        seconds = perf_counter() - begun
    if run.fault is not None:
        raise RuntimeError(f"the sync failed: {run.fault} {run.detail}")
    return Trip(line.traffic().since(before), seconds)


@contextmanager
def laptops(province: Province, *logins: str, scope: str) -> Iterator[list[Laptop]]:
    """Laptops of new users who were granted a scope, signed in and up to date."""
    with TemporaryDirectory(prefix="berdaya-laptops-") as folder, ExitStack() as open_stores:
        made = []
        for login in logins:
            add_user(province.database, login, name=login, scopes=(scope,), now=utc_now())
            laptop = Laptop(Path(folder) / login, province.address, login).enrol()
            open_stores.callback(laptop.close)
            made.append(laptop)
        for laptop in made:
            laptop.sync()
        yield made


@contextmanager
def line(province: Province, link: Link = AT_ONCE) -> Iterator[Line]:
    """A line to a province."""
    with line_to(province.address, link) as opened:
        yield opened
