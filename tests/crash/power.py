"""Power loss, and a disk that refuses: every moment of a stretch of work, and what is left after it.

One process holds it all: a laptop with the production store and engine, and the server's application
over real HTTP, so that calls and words of both stand in one record, in their true order. The record
begins before the laptop's first start. From it the disk is built as each moment may leave it: once
without anything that was not synced, once torn by chance; laptop and province are opened there, and
must have everything that was told by then, agree, and go on with their work.

The same work is done again and again with its N-th write or sync refused, on either side.
"""

import errno
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from desktop.models.records.base import utc_now
from desktop.models.records.people import Role
from desktop.models.store.engine import StoreFailure
from desktop.models.store.local import Store
from desktop.sync.faults import SyncFault
from server.database import Database
from tests.crash import disk, mutants
from tests.crash.checks import Verdict, check_laptop, check_peace, check_province
from tests.crash.disk import Refusal, Refused
from tests.crash.laptops import (
    STRETCH,
    Life,
    Owner,
    RealClock,
    Worker,
    live,
    sign_in,
    sync,
)
from tests.crash.processes import Line, Teller, result_of, side_by_side
from tests.crash.provinces import add_users
from tests.crash.record import Disk, inodes_below, lay_out, read_calls
from tests.crash.stories import Tally
from tests.crash.told import Told
from tests.servers import cheap_app, prepared_folder, running
from tests.simulation.history import History
from tests.simulation.laptop import Laptop
from tests.simulation.province import FileHome, Province

_LOGIN = "siti"
_LIVES = 3
_GOES_ON_EVERY = 3
"""After how many looks the work goes on from what was left; it takes longer than a look."""

_MEMORY = Path("/dev/shm")  # noqa: S108 a folder of our own is made in it
_BEARABLE = frozenset({SyncFault.SERVER_BUSY, SyncFault.SERVER_FAILED})
"""What a province whose disk refuses may answer. It is mended, and the laptop tries again."""

SIDES = ("laptop", "province")
_ON_ONE_DISK = 24
_NOTHING = Refusal(Refused.WRITE, 0, errno.EIO)
"""There is no call before the first."""

Trouble = tuple[str, Refusal]
"""Whose disk refuses, and what."""


@dataclass(frozen=True)
class Sweep:
    """What is looked at: a seed, acts after the first `STRETCH`, moments and refusals at most."""

    seed: int
    acts: int
    moments: int | None = None
    refusals: int | None = None
    mutant: str | None = None


@dataclass(frozen=True)
class Record:
    """A record: of which folder, how that was before (a copy, and its inodes), whose laptop is in it."""

    calls: Path
    disk: Path
    before: Path
    inodes: dict[str, int]
    owner: Owner


def sweep(plan: Sweep, jobs: int) -> Tally:
    """All moments and all refusals of a plan."""
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="berdaya-power-") as name, mutants.active(plan.mutant):
        folder = Path(name)
        record = _prepared(folder)
        record = replace(record, owner=result_of(_work_and_record, record, plan))
        tally.counts["calls"] = sum(1 for _ in read_calls(record.calls))
        parts = [(_look_at_moments, (record, plan, part, jobs)) for part in range(jobs)]
        for part in side_by_side(parts, jobs):
            tally.join(part)
        if plan.refusals != 0:
            tasks = [
                (meet, (folder, record, troubles[at : at + _ON_ONE_DISK], plan))
                for meet, work in (
                    (_meet_at_work, _calls_of_work),
                    (_meet_at_first, _calls_of_first),
                )
                for troubles in [_refusals(result_of(work, folder, record, plan), plan.refusals)]
                for at in range(0, len(troubles), _ON_ONE_DISK)
            ]
            for one in side_by_side(tasks, jobs):
                tally.join(one)
    return tally


def _prepared(folder: Path) -> Record:
    """A province that is ready and a laptop's empty folder, twice: to work on, and as it was."""
    before, disk_ = folder / "before", folder / "disk"
    result_of(prepared_folder, before / "province")
    users = result_of(
        add_users, FileHome(before / "province"), {_LOGIN: Role.FACILITATOR}, utc_now()
    )
    (before / "laptop").mkdir()
    shutil.copytree(before, disk_)
    owner = Owner(_LOGIN, users[_LOGIN], Role.FACILITATOR, disk_ / "laptop", "")
    return Record(folder / "calls", disk_, before, inodes_below(disk_), owner)


class _Sayer(Teller):
    """Tells into the record."""

    def __init__(self) -> None:
        super().__init__(-1)

    def tell(self, **line: object) -> None:
        disk.say(json.dumps(line))


def _work_and_record(record: Record, plan: Sweep) -> Owner:
    """The stretch of work: a first start, a sign-in, a few lives that end in good order."""
    descriptor = os.open(record.calls, os.O_WRONLY | os.O_CREAT)
    disk.watch(record.disk, descriptor)
    with _serving(record.disk / "province") as address:
        owner = replace(record.owner, address=address)
        sign_in(owner)
        never = record.disk / "never"
        worker = Worker(Life(owner, plan.seed, 0, never), _Sayer())
        for doing in STRETCH:
            worker.do(doing)
        worker.close()
        for number in range(1, _LIVES):
            live(Life(owner, plan.seed, number, never, acts=plan.acts // (_LIVES - 1)), _Sayer())
    return owner


def _look_at_moments(record: Record, plan: Sweep, part: int, parts: int) -> Tally:
    """Every so manieth moment of the record, as the power cut would leave it."""
    chance = Random(f"power {plan.seed} {part}")  # noqa: S311 a story, not a secret
    tally, told, seen, looks = Tally(), list[Line](), Disk(record.before, record.inodes), 0
    calls = list(read_calls(record.calls))
    chosen = _chosen(len(calls), plan.moments)
    for number, call in enumerate(calls):
        if number in chosen and number % parts == part:
            states = {"torn": seen.torn(chance)}
            if call.kind in "fd":
                states["unsynced_lost"] = seen.without_unsynced()
            for name, state in states.items():
                looks += 1
                tally.counts[f"power_lost_{name}"] += 1
                moment = f"call {number} ({call.kind} {call.name}), {name}"
                goes_on = looks % _GOES_ON_EVERY == 0
                _look(record.owner, state, told, tally, moment, goes_on=goes_on)
        if call.kind == "s":
            told.append(json.loads(call.name))
        else:
            seen.play(call)
    return tally


def _chosen(count: int, most: int | None) -> frozenset[int]:
    """Numbers below `count`, all or so many, evenly spread."""
    if most is None or most >= count:
        return frozenset(range(count))
    return frozenset(place * count // most for place in range(most))


def _look(
    owner: Owner,
    state: dict[str, bytes],
    lines: Iterable[Line],
    tally: Tally,
    moment: str,
    *,
    goes_on: bool,
) -> None:
    """Opens laptop and province on a disk as it was left, and checks both."""
    told = Told()
    told.add(lines)
    root = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="berdaya-power-", dir=root) as name:
        folder = Path(name)
        (folder / "laptop").mkdir()
        lay_out(state, folder)
        _check(replace(owner, folder=folder / "laptop"), told, tally, moment)
        if goes_on and told.acts:
            tally.counts["gone_on"] += 1
            owner = replace(owner, folder=folder / "laptop")
            verdict = Verdict()
            verdict.check("work goes on", lambda: _go_on(owner, folder / "province"))
            tally.take(verdict, moment)


def _check(owner: Owner, told: Told, tally: Tally, moment: str) -> None:
    """The laptop beside its province."""
    history = History()
    home = FileHome(owner.folder.parent / "province")
    try:
        province = Province(home, RealClock(), history)
        laptop = owner.laptop(history)
    except Exception as broken:  # noqa: BLE001 whatever it is, it does not open
        tally.violations.append(f"{moment}: it does not open: {type(broken).__name__}: {broken}")
        return
    for verdict in (
        check_laptop(laptop, told, province, history),
        check_province(province, {owner.login: frozenset(told.confirmed)}),
    ):
        tally.take(verdict, moment)
    laptop.close()
    province.close()


def _go_on(owner: Owner, province: Path) -> None:
    """The laptop works, syncs, and agrees with the province in every row."""
    with _serving(province) as address:
        owner = replace(owner, address=address)
        lines = _Listener()
        worker = Worker(Life(owner, 0, 99, owner.folder / "never"), lines)
        for doing in ("register", "answer"):
            worker.do(doing)
        worker.close()
        with _opened(owner) as store:
            run = sync(store, owner)
        if run.fault is not None:
            raise AssertionError(f"it cannot sync: {run.fault} {run.detail}")
    verdict = _compared(owner, province)
    if verdict.violations:
        raise AssertionError(verdict.violations[0])


def _compared(owner: Owner, folder: Path) -> Verdict:
    province = Province(FileHome(folder), RealClock(), history := History())
    laptop = owner.laptop(history)
    try:
        return check_peace([laptop], province, history)
    finally:
        laptop.close()
        province.close()


class _Listener(Teller):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__(-1)
        self.lines: list[Line] = []

    def tell(self, **line: object) -> None:
        self.lines.append(line)


def _refusals(counts: dict[tuple[str, Refused], int], most: int | None) -> list[Trouble]:
    """Every N of every kind, on each side, of as many calls as some work makes."""
    troubles = []
    for (side, what), count in counts.items():
        for after in sorted(_chosen(count, most)):
            troubles.append((side, Refusal(what, after + 1, errno.EIO)))
            if what is Refused.WRITE:
                troubles.append((side, Refusal(what, after + 1, errno.ENOSPC)))
                troubles.append((side, Refusal(what, after + 1, errno.ENOSPC, forever=True)))
    return troubles


def _calls_of_work(folder: Path, record: Record, plan: Sweep) -> dict[tuple[str, Refused], int]:
    with _at_work(folder, record, plan) as (worker, _):
        disk.refuse(SIDES[0], _NOTHING)
        for doing in STRETCH:
            worker.do(doing)
        return _counted()


def _calls_of_first(folder: Path, record: Record, _: Sweep) -> dict[tuple[str, Refused], int]:
    with _fresh(folder, record) as place:
        disk.refuse(SIDES[0], _NOTHING)
        _first_starts(place)
        return _counted()


def _counted() -> dict[tuple[str, Refused], int]:
    return {(side, what): disk.count(side, what) for side in SIDES for what in Refused}


def _first_starts(place: Path) -> None:
    """The first start of a laptop's program, and a start of the server."""
    Store.open(place / "laptop").close()
    with _serving(place / "province"):
        pass


def _meet_at_first(folder: Path, record: Record, troubles: list[Trouble], _: Sweep) -> Tally:
    """Refusals at a start, each on a disk of its own; the next start finds everything in order."""
    tally = Tally()
    for side, refusal in troubles:
        when = f"first start, {side}, {refusal}"
        tally.counts[f"refused_{refusal.what.name.lower()}s_at_first"] += 1
        with _fresh(folder, record) as place:
            disk.refuse(side, refusal)
            verdict = Verdict()
            verdict.check(
                "plain failures only", lambda: _plainly(lambda: _first_starts(place), tally)
            )
            disk.mend()
            owner = replace(record.owner, folder=place / "laptop")
            verdict.check("work goes on", partial(_sign_in, owner, place / "province"))
            _check(owner, Told(), tally, when)
            tally.take(verdict, when)
    return tally


def _sign_in(owner: Owner, province: Path) -> None:
    with _serving(province) as address:
        sign_in(replace(owner, address=address))


def _plainly(work: Callable[[], object], tally: Tally) -> None:
    """Does something as far as it goes; a plain failure is counted, anything else passes through."""
    try:
        work()
    except StoreFailure as failure:
        tally.counts[f"failed_{failure.fault}"] += 1


def _meet_at_work(folder: Path, record: Record, troubles: list[Trouble], plan: Sweep) -> Tally:
    """Refusals, one after the other: plain failures only, nothing lost, and the work goes on."""
    tally, told = Tally(), Told()
    with _at_work(folder, record, plan) as (worker, listener):
        owner = worker.life.owner
        for side, refusal in troubles:
            when = f"{side}, {refusal}"
            tally.counts[f"refused_{refusal.what.name.lower()}s_of_{side}"] += 1
            disk.refuse(side, refusal)
            verdict = Verdict()
            verdict.check("plain failures only", lambda: _do_stretch(worker, tally))
            disk.mend()
            _take_told(told, listener, tally, when)
            verdict.check("work goes on", lambda: worker.do("sync"))
            if any("fault" in line for line in listener.lines):
                tally.violations.append(f"{when}: then it could not sync: {listener.lines}")
            _take_told(told, listener, tally, when)
            tally.take(verdict, when)
            found = _held_against(worker.laptop, told, owner, tally, when)
            told.settle(found)
        worker.close()
        _check(owner, told, tally, "after all refusals")
        compared = _compared(owner, owner.folder.parent / "province")
        tally.take(compared, "after all refusals")
    return tally


def _do_stretch(worker: Worker, tally: Tally) -> None:
    """Does all of it, each thing as far as it goes."""
    for doing in STRETCH:
        _plainly(partial(worker.do, doing), tally)


def _take_told(told: Told, listener: _Listener, tally: Tally, when: str) -> None:
    """Hears what was told; what a laptop could not bear is a violation."""
    told.add(listener.lines)
    listener.lines.clear()
    wrong = set(told.faults) - {fault.value for fault in _BEARABLE}
    tally.violations += [f"{when}: the laptop met {fault}" for fault in sorted(wrong)]
    tally.counts.update(f"met_{fault}" for fault in told.faults)
    told.faults.clear()


def _held_against(
    laptop: Laptop, told: Told, owner: Owner, tally: Tally, when: str
) -> frozenset[str]:
    """Checks laptop and province while they run."""
    history = History()
    province = Province(FileHome(owner.folder.parent / "province"), RealClock(), history)
    here = check_laptop(laptop, told, province, history)
    there = check_province(province, {owner.login: frozenset(told.confirmed)})
    province.close()
    tally.take(here, when)
    tally.take(there, when)
    return here.found


@contextmanager
def _at_work(folder: Path, record: Record, plan: Sweep) -> Iterator[tuple[Worker, _Listener]]:
    """A laptop that is signed in and its province, on a watched disk of their own."""
    with _fresh(folder, record) as place, _serving(place / "province") as address:
        owner = replace(record.owner, folder=place / "laptop", address=address)
        sign_in(owner)
        listener = _Listener()
        yield Worker(Life(owner, plan.seed, 0, place / "never"), listener), listener


@contextmanager
def _fresh(folder: Path, record: Record) -> Iterator[Path]:
    """A watched disk with a province that is ready and a laptop's empty folder."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        shutil.copytree(record.before, name, dirs_exist_ok=True)
        disk.watch(Path(name))
        yield Path(name)


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    """The server's application on a folder, over real HTTP in this process."""
    logging.disable()  # what it would log, the laptop meets, and is counted there
    database = Database.in_folder(folder)
    try:
        with running(cheap_app(database)) as address:
            yield address
    finally:
        database.close()


@contextmanager
def _opened(owner: Owner) -> Iterator[Store]:
    store = Store.open(owner.folder)
    try:
        yield store
    finally:
        store.close()
