"""A whole run from one seed: a province, its laptops, what people do, and what befalls them."""

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final
from unittest import mock

from desktop.models.records.people import Role
from desktop.models.store.engine import StoreFailure
from desktop.sync.engine import Pace
from desktop.sync.messages import covers, is_mailbox
from server.queries import snapshots
from tests.simulation.chance import Clock, one_chance
from tests.simulation.faults import Fault, Killed
from tests.simulation.history import History
from tests.simulation.invariants import (
    Violation,
    check_held,
    check_log,
    check_settled,
    check_synced,
)
from tests.simulation.laptop import Laptop
from tests.simulation.line import Letter, Line
from tests.simulation.people import VILLAGES, Person, write_newer
from tests.simulation.province import OpenProvince

_ROUNDS: Final = 12
_MOST_CLONES: Final = 3
_LONG_LOG: Final = 4
"""Entries from which on a scope is first fetched as a snapshot: few, so that it happens often."""


@dataclass(frozen=True)
class Plan:
    """What is played: which seed, how many steps, on how many laptops."""

    seed: int
    steps: int
    devices: int


@dataclass
class Story:
    """How a run went."""

    seed: int
    steps: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    violation: str | None = None
    trace: list[str] = field(default_factory=list)


def play(plan: Plan, open_province: OpenProvince, blank: Path, folder: Path) -> Story:
    """Plays a plan in an empty folder; what was broken, or broke off, is in the story.

    Args:
        plan: what is played.
        open_province: makes the province of this run.
        blank: the folder of a store that nobody has used yet.
        folder: where the laptops' disks are made.
    """
    story = Story(plan.seed)
    chance, clock = Random(f"berdaya {plan.seed}"), Clock()  # noqa: S311 a story, not a secret
    with one_chance(chance, clock), mock.patch.object(snapshots, "OFFER_FROM", _LONG_LOG):
        world = World(plan, chance, clock, story, blank, folder)
        try:
            world.begin(open_province)
            world.run()
        except Exception as broken:  # noqa: BLE001 whatever it is, the story must be told
            story.violation = f"{type(broken).__name__}: {broken}"
        finally:
            world.end()
    return story


class World:
    """The state of a run."""

    def __init__(
        self, plan: Plan, chance: Random, clock: Clock, story: Story, blank: Path, folder: Path
    ) -> None:
        self.plan = plan
        self.chance = chance
        self.clock = clock
        self.story = story
        self.history = History()
        self.laptops: list[Laptop] = []
        self.late: list[Letter] = []
        self._blank = blank
        self.folder = folder

    def begin(self, open_province: OpenProvince) -> None:
        """Makes the province, its users and their laptops."""
        self.province = open_province(self.clock, self.history)
        for number in range(self.plan.devices):
            is_verifier = number % 4 == 3
            role = Role.VERIFIER if is_verifier else Role.FACILITATOR
            scopes = (
                ["36.01.01"]
                if is_verifier
                else self.chance.sample(VILLAGES, self.chance.randint(1, 2))
            )
            login = f"user{number}"
            user_id = self.province.add_user(login, role, scopes)
            folder = self.folder / login
            shutil.copytree(self._blank, folder)
            laptop = Laptop(login, folder, (login, user_id, role), self.clock, self.history)
            self.laptops.append(laptop)
            self.province.enrol(laptop.become_known(), user_id)

    def end(self) -> None:
        """Closes everything."""
        for laptop in self.laptops:
            laptop.close()
        if hasattr(self, "province"):
            self.province.close()

    def run(self) -> None:
        """All steps, and then peace."""
        for laptop in self.laptops:
            laptop.sync(self.line(laptop))  # it learns its grants
        names = list(STEPS)
        weights = [STEPS[name][0] for name in names]
        for step in range(self.plan.steps):
            self.clock.advance(seconds=self.chance.randint(1, 600))
            laptop = self.chance.choice(self.laptops)
            name = self.chance.choices(names, weights)[0]
            self.story.trace.append(f"{step} {laptop.name} {name}")
            STEPS[name][1](self, laptop)
            check_held(laptop)
            check_log(self.province)
            self.story.steps = step + 1
        self.settle()

    def befell(self, fault: Fault) -> None:
        """Counts a misfortune."""
        self.story.faults[fault.value] += 1
        self.story.trace.append(f"    {fault.value}")

    def settle(self) -> None:
        """No more misfortune: everybody syncs until nothing changes, then all is compared."""
        self.story.trace.append("settle")
        self.deliver_late()
        for round_ in range(_ROUNDS):
            moved = False
            for laptop in self.laptops:
                self.clock.advance(seconds=1)
                run = laptop.sync(self.line(laptop))
                if run.fault is not None:
                    raise Violation(f"{laptop.name} cannot sync: {run.fault} {run.detail}")
                moved |= bool(run.sent or run.received)
            if not moved and round_:
                break
        else:
            raise Violation("the laptops do not come to rest")
        check_log(self.province)
        check_settled(self.laptops, self.province, self.history)
        for laptop in self.laptops:
            check_synced(laptop, self.province, self.history)

    def deliver_late(self) -> None:
        """Requests that were on their way for long arrive now; nobody hears the answers."""
        for letter in self.late:
            with suppress(Exception):  # whatever the province thinks of it
                letter.deliver(self.province)
        self.late.clear()

    def person(self, laptop: Laptop) -> Person:
        """Who sits in front of a laptop: they see what was granted when it last heard."""
        held = {cursor.scope for cursor in laptop.cursors() if not cursor.withdrawn}
        scopes = {scope for scope in held if scope != "ref" and not is_mailbox(scope)}
        granted = self.province.granted(laptop.user_id)
        villages = {village for village in VILLAGES if any(covers(one, village) for one in granted)}
        seen = scopes | (villages if self.chance.random() < 0.9 else set())
        return Person(laptop, frozenset(seen), self.chance)

    def line(self, laptop: Laptop, rate: float = 0.0) -> Line:
        """A line on which things go wrong, counted."""
        line = Line(self.province, laptop.device_id, laptop.user_id, self.chance, rate, self.befell)
        line.late = self.late
        return line

    def sync(self, laptop: Laptop, rate: float) -> None:
        """A sync that may fail anywhere; the laptop starts again if it died."""
        try:
            if not laptop.is_away():
                laptop.sync(self.line(laptop, rate))
        except Killed:
            self.befell(Fault.LAPTOP_KILLED)
            laptop.disk.mend()
            laptop.restart()
        except StoreFailure:
            pass  # a full disk, said in one sentence
        finally:
            laptop.disk.mend()
            self.province.disk.mend()
        check_synced(laptop, self.province, self.history)


def _act(world: World, laptop: Laptop) -> None:
    world.story.trace[-1] += f" {world.person(laptop).act()}"


def _sync(world: World, laptop: Laptop) -> None:
    world.sync(laptop, rate=0.0)


def _sync_badly(world: World, laptop: Laptop) -> None:
    world.sync(laptop, rate=0.4)


def _sync_small(world: World, laptop: Laptop) -> None:
    world.befell(Fault.SMALL_PAGES)
    chance = world.chance
    laptop.pace = Pace(chance.choice((1, 2, 5)), chance.choice((1, 300, 2_000)), fast_seconds=-1)
    world.sync(laptop, rate=0.15)
    laptop.pace = Pace()


def _kill_laptop(world: World, laptop: Laptop) -> None:
    laptop.disk.kill_at(world.chance.randrange(8))
    world.sync(laptop, rate=0.1)


def _kill_while_recording(world: World, laptop: Laptop) -> None:
    person = world.person(laptop)
    laptop.disk.kill_at(world.chance.randrange(4))
    try:
        world.story.trace[-1] += f" {person.act()}"
    except Killed:
        world.befell(Fault.LAPTOP_KILLED)
        laptop.disk.mend()
        laptop.restart()
        laptop.note_captured()
    laptop.disk.mend()


def _kill_server(world: World, laptop: Laptop) -> None:
    world.province.disk.kill_at(world.chance.randrange(5))
    world.sync(laptop, rate=0.1)


def _fill_laptop(world: World, laptop: Laptop) -> None:
    world.befell(Fault.LAPTOP_DISK_FULL)
    laptop.disk.fill()
    with suppress(StoreFailure):  # said in one sentence
        world.person(laptop).act()
    world.sync(laptop, rate=0.0)


def _fill_server(world: World, laptop: Laptop) -> None:
    world.befell(Fault.SERVER_DISK_FULL)
    world.province.disk.fill()
    world.sync(laptop, rate=0.0)


def _deliver_late(world: World, _laptop: Laptop) -> None:
    world.deliver_late()


def _set_clock(world: World, laptop: Laptop) -> None:
    world.befell(Fault.WRONG_CLOCK)
    laptop.skew = timedelta(days=world.chance.choice((-730, -1, 0, 0, 1, 730)))


def _clone(world: World, laptop: Laptop) -> None:
    clones = sum("+" in one.name for one in world.laptops)
    if clones < _MOST_CLONES:
        world.befell(Fault.CLONED_LAPTOP)
        name = f"{laptop.name}+{clones}"
        world.laptops.append(laptop.clone(name, world.folder / name))


def _save_disk(world: World, laptop: Laptop) -> None:
    laptop.save_disk(laptop.folder.with_name(f"{laptop.folder.name}-saved"))


def _restore_laptop(world: World, laptop: Laptop) -> None:
    if laptop.put_disk_back():
        world.befell(Fault.RESTORED_LAPTOP)


def _back_up_server(world: World, _laptop: Laptop) -> None:
    world.province.verify()  # the last one, with what came since: laptops may let go of the rest
    world.province.back_up()
    world.province.verify()


def _restore_server(world: World, _laptop: Laptop) -> None:
    if world.province.restore():
        world.befell(Fault.RESTORED_SERVER)
        for laptop in world.laptops:  # a backup is older than who was enrolled since
            world.province.enrol(laptop.device_id, laptop.user_id)


def _grant(world: World, laptop: Laptop) -> None:
    world.befell(Fault.SCOPE_GRANTED)
    world.province.grant(laptop.login, world.chance.choice(VILLAGES))


def _withdraw(world: World, laptop: Laptop) -> None:
    held = sorted(world.province.granted(laptop.user_id))
    if held:
        world.befell(Fault.SCOPE_WITHDRAWN)
        world.province.withdraw(laptop.login, world.chance.choice(held))


def _decide(world: World, _laptop: Laptop) -> None:
    world.province.decide(world.chance)


def _go_away(world: World, laptop: Laptop) -> None:
    if not laptop.is_away():
        world.befell(Fault.NINETY_DAYS)
        laptop.away_until = world.clock() + timedelta(days=90)


def _come_back(world: World, laptop: Laptop) -> None:
    if laptop.is_away():
        world.clock.advance(days=90)
        world.sync(laptop, rate=0.2)


def _write_newer(world: World, laptop: Laptop) -> None:
    world.befell(Fault.NEWER_VERSION)
    write_newer(world.person(laptop))


STEPS: dict[str, tuple[float, Callable[[World, Laptop], None]]] = {
    "act": (40, _act),
    "sync": (12, _sync),
    "sync_badly": (12, _sync_badly),
    "sync_small": (4, _sync_small),
    "kill_laptop": (3, _kill_laptop),
    "kill_while_recording": (2, _kill_while_recording),
    "kill_server": (3, _kill_server),
    "fill_laptop": (1, _fill_laptop),
    "fill_server": (1, _fill_server),
    "deliver_late": (2, _deliver_late),
    "set_clock": (1.5, _set_clock),
    "clone": (1, _clone),
    "save_disk": (1.5, _save_disk),
    "restore_laptop": (1.5, _restore_laptop),
    "back_up_server": (1, _back_up_server),
    "restore_server": (0.8, _restore_server),
    "grant": (1, _grant),
    "withdraw": (0.8, _withdraw),
    "decide": (1, _decide),
    "go_away": (0.8, _go_away),
    "come_back": (0.8, _come_back),
    "write_newer": (1, _write_newer),
}
"""What may happen in a step, and how often."""
