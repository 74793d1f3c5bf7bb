"""A story: a province, laptops at work, and one of them killed again and again; checked each time."""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

from desktop.models.records.base import utc_now
from desktop.models.records.people import Role
from desktop.models.store.local import DATABASE_NAME
from desktop.sync.faults import SyncFault
from tests.crash import mutants
from tests.crash.checks import Verdict, look_at_all, look_at_laptop, look_at_province
from tests.crash.laptops import Life, Owner, live, sign_in, sync
from tests.crash.processes import Child, result_of
from tests.crash.provinces import (
    Death,
    FileSite,
    PostgresSite,
    Server,
    Site,
    add_users,
    owner_of,
)
from tests.crash.told import Told
from tests.crash.transactions import Lock, is_half_written, locks_held
from tests.servers import PostgresCluster
from tests.simulation.history import History

_BEARABLE = frozenset(
    {SyncFault.OFFLINE, SyncFault.CUT_OFF, SyncFault.TIMEOUT, SyncFault.SERVER_BUSY}
)
"""What a laptop may meet while its province dies: it tries again by itself, and that is all it takes."""

_PEOPLE = {
    "siti": Role.FACILITATOR,
    "budi": Role.FACILITATOR,
    "dewi": Role.VERIFIER,
    "ratna": Role.FACILITATOR,
}
_COLLEAGUES_PAUSE = 0.05
_LOAD_PAUSE = 0.03
"""Seconds between two acts of a colleague, and of those who load a server that is to be killed."""

_ROUNDS = 12
_PATIENCE = 300.0
_A_LOOK = 0.0005
"""Seconds between two looks at whether a transaction is open."""


@dataclass(frozen=True)
class Plan:
    """A story: its seed, how many kills, whose, and on what the province runs."""

    seed: int
    kills: int
    target: str
    server: str = "sqlite"
    mutant: str | None = None
    devices: int = 4
    as_command: bool = False
    """Whether the server is started once with an interpreter of its own, and not only forked."""


@dataclass
class Tally:
    """How stories went. `counts` is what the command's JSON line says."""

    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def join(self, other: "Tally") -> None:
        """Adds another's."""
        self.counts.update(other.counts)
        self.violations += other.violations

    def take(self, verdict: Verdict, when: str) -> None:
        """Adds what a check found."""
        self.counts["checks"] += verdict.checks
        self.violations += [f"{when}: {one}" for one in verdict.violations]

    def locked(self, locks: frozenset[Lock]) -> None:
        """Counts a kill, and what it broke into."""
        self.counts["kills"] += 1
        self.counts["inside_transaction"] += Lock.WRITE in locks
        self.counts["inside_checkpoint"] += Lock.CHECKPOINT in locks

    def heard(self, told: Told) -> None:
        """Counts what a laptop told in all, and what it could not bear."""
        self.counts["saved"] += told.saved
        self.counts["confirmed"] += len(told.confirmed)
        self.counts.update(f"met_{fault}" for fault in told.faults)
        wrong = sorted(set(told.faults) - {fault.value for fault in _BEARABLE})
        self.violations += [f"a laptop met {fault}, which needs a person" for fault in wrong]


def play(plan: Plan) -> Tally:
    """Plays a story to its end."""
    tally = Tally()
    with mutants.active(plan.mutant), _stage(plan) as stage:
        chance = Random(f"{plan.target} {plan.seed}")  # noqa: S311 a story, not a secret
        story = _Story(plan, stage, chance, tally)
        if plan.target == "client":
            story.kill_laptop()
        else:
            story.kill_server()
    return tally


@dataclass
class Stage:
    """A server that runs, and owners of laptops that are signed in."""

    folder: Path
    server: Server
    owners: list[Owner]

    @property
    def stop(self) -> Path:
        """Laptops work until this file is there."""
        return self.folder / "stop"


@contextmanager
def _stage(plan: Plan) -> Iterator[Stage]:
    devices = plan.devices if plan.target == "server" else 2
    logins = dict(list(_PEOPLE.items())[:devices])
    with ExitStack() as after:
        folder = Path(after.enter_context(tempfile.TemporaryDirectory(prefix="berdaya-crash-")))
        site = site_of(plan.server, folder / "province")
        after.callback(site.leave)
        users = result_of(add_users, site.home, logins, utc_now())
        server = Server(site, folder / "server.log")
        server.start(as_command=plan.as_command)
        after.callback(server.kill)
        server.await_listening()
        owners = [owner_of(server, folder, login, users[login], logins[login]) for login in users]
        for owner in owners:
            result_of(sign_in, owner)
        yield Stage(folder, server, owners)


def site_of(server: str, folder: Path) -> Site:
    """A place for a province's data."""
    if server == "sqlite":
        return FileSite(folder)
    programs = PostgresCluster.find_programs()
    assert programs is not None, "whoever asks for PostgreSQL sees that it is there"
    return PostgresSite(programs)


class _Story:
    """One story while it is played."""

    def __init__(self, plan: Plan, stage: Stage, chance: Random, tally: Tally) -> None:
        self._plan = plan
        self._stage = stage
        self._chance = chance
        self._tally = tally
        self._told = {owner.login: Told() for owner in stage.owners}

    def kill_laptop(self) -> None:
        """The first laptop's program dies; a colleague works on in the same village."""
        owner, colleague = self._stage.owners
        other = self._begin(colleague, 0, _COLLEAGUES_PAUSE)
        database = owner.folder / DATABASE_NAME
        for number in range(self._plan.kills):
            child = self._begin(owner, number)
            self._wait(partial(locks_held, database), child)
            if child.freeze():
                self._tally.locked(locks_held(database))
            child.kill()
            self._hear(child, owner, number)
            self._tally.counts["half_written"] += is_half_written(database)
            told, home = self._told[owner.login], self._stage.server.site.home
            verdict = result_of(look_at_laptop, owner, told, home)
            told.settle(verdict.found)
            self._tally.take(verdict, self._when(number))
            self._hear(other, colleague, number)
            if self._tally.violations:
                break
        self._end([(other, colleague)])

    def kill_server(self) -> None:
        """The province dies; its laptops work on and know nothing but that it is not reached."""
        owners, server = self._stage.owners, self._stage.server
        lives = [(self._begin(owner, 0, _LOAD_PAUSE), owner) for owner in owners]
        for number in range(self._plan.kills):
            if self._chance.random() < 0.8:  # else it may die while it starts
                self._await_load(lives, number)
            neighbours = server.site.neighbours
            death = self._chance.choice([*neighbours, *[Death.SERVER] * max(len(neighbours), 1)])
            self._wait(server.site.locks)
            server.freeze()
            self._tally.locked(server.site.locks())
            self._tally.counts[f"killed_{death}"] += 1
            for child, owner in lives:
                self._hear(child, owner, number)
            if death is Death.SERVER:
                server.kill()
            else:
                neighbours[death]()
            if server.site.file is not None:
                self._tally.counts["half_written"] += is_half_written(server.site.file)
            confirmed = {login: frozenset(told.confirmed) for login, told in self._told.items()}
            verdict = result_of(look_at_province, server.site.home, confirmed)
            self._tally.take(verdict, self._when(number))
            if death is Death.SERVER:
                server.start()
            else:
                server.thaw()
            if self._tally.violations:
                break
        server.await_listening()
        self._end(lives)

    def _begin(self, owner: Owner, number: int, pause: float = 0.0) -> Child:
        life = Life(owner, self._plan.seed, number, self._stage.stop, pause)
        return Child.start(partial(live, life))

    def _wait(self, locks: Callable[[], frozenset[Lock]], child: Child | None = None) -> None:
        """Any moment: of a while, or soon after a transaction was seen, or after a sync began."""
        aim = self._chance.choice(("any", "transaction", "transaction", "sync"))
        self._tally.counts[f"aimed_at_{aim}"] += 1
        time.sleep(self._chance.uniform(0, 0.6))  # these are the moments, not waits for something
        until = time.monotonic() + 1
        if aim == "transaction":
            while Lock.WRITE not in locks() and time.monotonic() < until:
                time.sleep(_A_LOOK)
            time.sleep(self._chance.uniform(0, self._chance.choice((0, 0.003, 0.03, 0.1))))
        if aim == "sync" and child is not None:
            child.hear()
            heard = len(child.lines)
            while time.monotonic() < until and child.hear(0.05):
                if any(line.get("at") == "sync" for line in child.lines[heard:]):
                    break
            time.sleep(self._chance.uniform(0, 0.04))

    def _await_load(self, lives: list[tuple[Child, Owner]], number: int) -> None:
        """Waits until somebody is told again that the province has something."""
        until = time.monotonic() + _PATIENCE
        before = self._confirmed()
        while self._confirmed() == before:
            if time.monotonic() > until:
                raise TimeoutError("no laptop sends anything")
            for child, owner in lives:
                child.hear(0.02)
                self._hear(child, owner, number)

    def _confirmed(self) -> int:
        return sum(len(told.confirmed) for told in self._told.values())

    def _hear(self, child: Child, owner: Owner, number: int) -> None:
        if not child.is_gone:
            child.hear()
        self._told[owner.login].add(child.lines)
        if child.broke:
            self._tally.violations.append(f"{self._when(number)}: {owner.login}: {child.broke}")
        child.lines.clear()

    def _end(self, lives: list[tuple[Child, Owner]]) -> None:
        """The laptops stop working, sync to the end, and everything is compared."""
        self._stage.stop.touch()
        for child, owner in lives:
            child.wait()
            self._hear(child, owner, self._plan.kills)
        for told in self._told.values():
            self._tally.heard(told)
        if not self._tally.violations:
            result_of(_sync_to_the_end, self._stage.owners)
            verdict = result_of(look_at_all, self._stage.owners, self._stage.server.site.home)
            self._tally.take(verdict, self._when(self._plan.kills))

    def _when(self, number: int) -> str:
        return f"seed {self._plan.seed}, kill {number}"


def _sync_to_the_end(owners: list[Owner]) -> None:
    laptops = [owner.laptop(History()) for owner in owners]
    for round_ in range(_ROUNDS):
        moved = False
        for laptop, owner in zip(laptops, owners, strict=True):
            run = sync(laptop.store, owner)
            if run.fault is not None:
                raise RuntimeError(f"{owner.login} cannot sync: {run.fault} {run.detail}")
            moved |= bool(run.sent or run.received)
        if not moved and round_:
            break
    else:
        raise RuntimeError("the laptops do not come to rest")
    for laptop in laptops:
        laptop.close()
