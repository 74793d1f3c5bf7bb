"""A province, its laptops and the lines between them, amid a story."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Final

from desktop.models.records.people import Role
from desktop.models.store.engine import StoreFailure
from desktop.sync.messages import covers, is_mailbox
from tests.simulation.chance import Clock
from tests.simulation.faults import Fault, Killed
from tests.simulation.history import History
from tests.simulation.invariants import check_held, check_log, check_settled, check_synced
from tests.simulation.laptop import Laptop
from tests.simulation.line import LINE_FAULTS, Letter, Line
from tests.simulation.people import VILLAGES, Person
from tests.simulation.province import OpenProvince
from tests.simulation.rules import Rule, Violation
from tests.simulation.story import Story

_ROUNDS: Final = 12
"""Within which all must be at rest when nothing goes wrong any more."""


class World:
    """The state of a run."""

    def __init__(
        self, story: Story, chance: Random, clock: Clock, blank: Path, folder: Path
    ) -> None:
        self.story = story
        self.chance = chance
        self.clock = clock
        self.history = History()
        self.laptops: list[Laptop] = []
        self.late: list[Letter] = []
        self._blank = blank
        self.folder = folder

    def begin(self, open_province: OpenProvince) -> None:
        """Makes the province, its users and their laptops."""
        self.province = open_province(self.clock, self.history)
        for number in range(self.story.plan.devices):
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

    def check(self) -> None:
        """What must hold at any time, of whatever was written since it was checked last."""
        for laptop in self.laptops:
            check_held(laptop)
        check_log(self.province)

    def befell(self, fault: Fault) -> None:
        """Counts a misfortune."""
        self.story.faults[fault.value] += 1
        self.story.trace.append(f"    {fault.value}")

    def settle(self) -> None:
        """No more misfortune: everybody syncs until nothing changes, then all is compared."""
        self.story.trace.append("settle")
        self.deliver_late()
        at_rest: dict[str, dict[str, int]] = {}
        for _ in range(_ROUNDS):
            for laptop in self.laptops:
                if at_rest.get(laptop.name) != self.province.heads():
                    self._sync_in_peace(laptop, at_rest)
            if all(at_rest.get(one.name) == self.province.heads() for one in self.laptops):
                break
        else:
            raise Violation(Rule.REST, "something always moves")
        self.check()
        for laptop in self.laptops:
            check_synced(laptop, self.province, self.history)
        check_settled(self.laptops, self.province, self.history)

    def _sync_in_peace(self, laptop: Laptop, at_rest: dict[str, dict[str, int]]) -> None:
        """A sync that has to work; with nothing to say on either side, the laptop is at rest."""
        self.clock.advance(seconds=1)
        run = laptop.sync(self.line(laptop))
        if run.fault is not None:
            raise Violation(Rule.REST, f"{laptop.name} cannot sync: {run.fault} {run.detail}")
        if not (run.sent or run.received):
            at_rest[laptop.name] = self.province.heads()

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

    def line(
        self, laptop: Laptop, rate: float = 0.0, faults: Sequence[Fault] = LINE_FAULTS
    ) -> Line:
        """A line on which these things go wrong, counted."""
        line = Line(self.province, laptop.device_id, laptop.user_id, self.chance, rate, self.befell)
        line.late, line.faults = self.late, faults
        return line

    def sync(self, laptop: Laptop, rate: float, faults: Sequence[Fault] = LINE_FAULTS) -> None:
        """A sync that may fail anywhere; the laptop starts again if it died."""
        try:
            if not laptop.is_away():
                laptop.sync(self.line(laptop, rate, faults))
        except Killed:
            self.befell(Fault.LAPTOP_KILLED)
            laptop.disk.mend()
            laptop.restart()
        except StoreFailure:
            pass  # a full disk, said in one sentence
        finally:
            laptop.disk.mend()
            self.province.disk.mend()
        check_held(laptop)
        check_synced(laptop, self.province, self.history)
