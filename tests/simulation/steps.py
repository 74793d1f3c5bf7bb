"""What people do, and what befalls them: the steps of which a run is made."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

from desktop.models.records.people import Role
from desktop.models.store.engine import StoreFailure
from desktop.sync.engine import Pace
from desktop.sync.messages import covers
from tests.simulation.faults import Fault, Killed
from tests.simulation.laptop import OLD_APP, TODAY, Laptop
from tests.simulation.people import VILLAGES, Person, write_newer
from tests.simulation.world import World

_MOST_CLONES: Final = 3


def _act(world: World, laptop: Laptop) -> None:
    world.story.trace[-1] += f" {world.person(laptop).act()}"


def _sync(world: World, laptop: Laptop) -> None:
    world.sync(laptop, rate=0.0)


def _sync_badly(world: World, laptop: Laptop) -> None:
    world.sync(laptop, rate=0.4)


def _sync_small(world: World, laptop: Laptop) -> None:
    """Little at a time, on a line that breaks off; others write before it is tried again."""
    world.befell(Fault.SMALL_PAGES)
    chance = world.chance
    laptop.pace = Pace(chance.choice((1, 2, 5)), chance.choice((1, 300, 2_000)), fast_seconds=-1)
    world.sync(laptop, rate=0.15)
    if chance.random() < 0.5:
        world.sync(chance.choice(world.laptops), rate=0.0)
        world.sync(laptop, rate=0.15)
    laptop.pace = Pace()


def _kill_laptop(world: World, laptop: Laptop) -> None:
    laptop.disk.kill_at(world.chance.randrange(6))
    world.sync(laptop, rate=0.1)


def _kill_while_recording(world: World, laptop: Laptop) -> None:
    person = world.person(laptop)
    laptop.disk.kill_at(world.chance.randrange(2))
    try:
        world.story.trace[-1] += f" {person.act()}"
    except Killed:
        world.befell(Fault.LAPTOP_KILLED)
        laptop.disk.mend()
        laptop.restart()
        laptop.note_captured()
    laptop.disk.mend()


def _kill_server(world: World, laptop: Laptop) -> None:
    world.province.disk.kill_at(world.chance.randrange(3))
    world.sync(laptop, rate=0.1)


def _fill_laptop(world: World, laptop: Laptop) -> None:
    world.befell(Fault.LAPTOP_DISK_FULL)
    laptop.disk.fill()
    with suppress(StoreFailure):  # said in one sentence
        world.person(laptop).act()
    world.sync(laptop, rate=0.0)


def _fill_server(world: World, laptop: Laptop) -> None:
    if world.province.disk.can_fill:
        world.befell(Fault.SERVER_DISK_FULL)
        world.province.disk.fill()
    world.sync(laptop, rate=0.0)


def _deliver_late(world: World, _laptop: Laptop) -> None:
    world.deliver_late()


def _verify(world: World, laptop: Laptop) -> None:
    """What one submits another decides, perhaps by the clock of another year."""
    verifiers = [one for one in world.laptops if one.role is Role.VERIFIER]
    if laptop.role is Role.VERIFIER or not verifiers:
        return
    world.person(laptop).do("visit")
    world.sync(laptop, rate=0.0)
    verifier = world.chance.choice(verifiers)
    world.sync(verifier, rate=0.0)
    world.person(verifier).do("move")
    world.sync(verifier, rate=0.0)


def _correct_what_is_moved(world: World, laptop: Laptop) -> None:
    """Figures are corrected by one while another hands the month in, or verifies it."""
    person, other = world.person(laptop), world.chance.choice(world.laptops)
    person.do("open_business")
    person.do("report_month")
    world.sync(laptop, rate=0.0)
    world.sync(other, rate=0.0)
    world.person(other).do("move")
    person.do("report_month")
    world.sync(other, rate=0.0)
    world.sync(laptop, rate=0.0)


def _leave_form_open(world: World, laptop: Laptop) -> None:
    """A form shows a family while a sync brings what somebody else wrote of it."""
    person, other = world.person(laptop), world.chance.choice(world.laptops)
    family = person.pick("household")
    if family is None:
        return
    world.sync(laptop, rate=0.0)
    world.sync(other, rate=0.0)
    if not laptop.rows({"household": [family]}):
        return
    shown = person.open_form(family)
    if other.rows({"household": [family]}):
        world.person(other).save_form(family, world.person(other).open_form(family))
    world.sync(other, rate=0.0)
    world.sync(laptop, rate=0.2)
    if laptop.rows({"household": [family]}):
        person.save_form(family, shown)


def _set_clock(world: World, laptop: Laptop) -> None:
    days = world.chance.choice((-730, -1, 0, 0, 1, 730))
    if abs(days) > 700:
        world.befell(Fault.CLOCK_TWO_YEARS_OFF)
    laptop.skew = timedelta(days=days)


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


def _restore_server_after_fork(world: World, laptop: Laptop) -> None:
    """A disk put back leaves its log for a new one; the province forgets that it was told to."""
    person = world.person(laptop)
    family = person.pick("household")
    if family is None or laptop.is_away():
        return
    person.change("household", family, note="one")
    world.sync(laptop, rate=1.0, faults=(Fault.LOST_ANSWER,))
    _back_up_server(world, laptop)
    _save_disk(world, laptop)
    person.change("household", family, address="two")
    world.sync(laptop, rate=0.0)
    _restore_laptop(world, laptop)
    person.change("household", family, note="three")
    world.sync(laptop, rate=0.0)
    _restore_server(world, laptop)


def _fork_twice(world: World, laptop: Laptop) -> None:
    """A disk put back forks; it is put back once more, and forks again with the same op."""
    person = world.person(laptop)
    family = person.pick("household")
    if family is None or laptop.is_away():
        return
    _leave_log(world, laptop, person, family)
    _restore_laptop(world, laptop)
    world.sync(laptop, rate=0.0)


def _leave_log(world: World, laptop: Laptop, person: Person, family: UUID) -> None:
    """A disk put back sends another op than the one that it lost; it was saved before it was told so."""
    _save_disk(world, laptop)
    person.change("household", family, note="one")
    world.sync(laptop, rate=0.0)
    _restore_laptop(world, laptop)
    person.change("household", family, address="two")
    _save_disk(world, laptop)
    world.sync(laptop, rate=0.0)


def _fork_by_halves(world: World, laptop: Laptop) -> None:
    """A disk put back has as many ops as the province knows of, but not the same, and tells them slowly."""
    person = world.person(laptop)
    family = person.pick("household")
    if family is None or laptop.is_away():
        return
    for number in "123":
        person.change("household", family, rt=f"00{number}")
    _save_disk(world, laptop)
    person.change("household", family, note="one")
    person.change("household", family, rw="001")
    world.sync(laptop, rate=0.0)
    _restore_laptop(world, laptop)
    person.change("household", family, address="two")
    _sync_in_part(world, laptop)
    if laptop.rows({"household": [family]}):  # it may have left meanwhile
        person.change("household", family, note="three")
    world.sync(laptop, rate=0.0)


def _fork_by_copies(world: World, laptop: Laptop) -> None:
    """A disk put back twice is told of its own op by the log that it left, and writes before it sends it."""
    person = world.person(laptop)
    family = person.pick("household")
    if family is None or laptop.is_away():
        return
    for number in "45":
        person.change("household", family, rt=f"00{number}")
    _leave_log(world, laptop, person, family)
    _back_up_server(world, laptop)
    _restore_laptop(world, laptop)
    person.change("household", family, note="three")
    laptop.pace = Pace(1, 2_000, fast_seconds=-1)
    world.sync(laptop, rate=0.1, faults=(Fault.LOST_REQUEST,))
    laptop.pace = Pace()


def _restore_server_amid_a_move(world: World, laptop: Laptop) -> None:
    """A province is put back when a laptop had heard of families' coming, and not of their leaving."""
    wide = [one for one in world.laptops if one.role is Role.VERIFIER and one is not laptop]
    if laptop.role is not Role.VERIFIER or not wide:
        return
    other = world.chance.choice(wide)
    world.sync(laptop, rate=0.0)
    world.sync(other, rate=0.0)
    _back_up_server(world, laptop)
    person = world.person(laptop)
    for _ in range(3):
        person.do("relocate")
    world.sync(laptop, rate=0.0)
    _sync_in_part(world, other)
    _restore_server(world, laptop)
    _sync_in_part(world, other)
    world.sync(other, rate=0.0)


def _sync_in_part(world: World, laptop: Laptop) -> None:
    """An op and some entries at a time, until the line breaks off."""
    laptop.pace = Pace(1, 300, fast_seconds=-1)
    world.sync(laptop, rate=0.3, faults=(Fault.LOST_REQUEST,))
    laptop.pace = Pace()


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


def _withdraw_while_ops_wait(world: World, laptop: Laptop) -> None:
    """A scope is taken from somebody who still has work in it, and the line breaks off."""
    person = world.person(laptop)
    for _ in range(4):
        person.act()
    waiting = {op.scope for op in laptop.outbox() if op.state == "waiting"}
    for held in sorted(world.province.granted(laptop.user_id)):
        if any(covers(held, scope) for scope in waiting):
            world.befell(Fault.SCOPE_WITHDRAWN)
            world.province.withdraw(laptop.login, held)
    laptop.pace = Pace(1, 300, fast_seconds=-1)
    world.sync(laptop, rate=0.2)
    laptop.pace = Pace()


def _go_away(world: World, laptop: Laptop) -> None:
    if not laptop.is_away():
        world.befell(Fault.NINETY_DAYS)
        laptop.away_until = world.clock() + timedelta(days=90)


def _come_back(world: World, laptop: Laptop) -> None:
    if laptop.is_away():
        world.clock.advance(days=90)
        world.sync(laptop, rate=0.2)


def _write_old(world: World, laptop: Laptop) -> None:
    """A program of years ago records and sends, amid rows of newer ones."""
    world.befell(Fault.OLD_VERSION)
    world.story.trace[-1] += f" {world.person(laptop).act()}"
    laptop.app = OLD_APP
    world.sync(laptop, rate=0.1)
    laptop.app = TODAY


def _write_newer(world: World, laptop: Laptop) -> None:
    world.befell(Fault.NEWER_VERSION)
    write_newer(world.person(laptop))


STEPS: dict[str, tuple[float, Callable[[World, Laptop], None]]] = {
    "act": (40, _act),
    "sync": (12, _sync),
    "sync_badly": (12, _sync_badly),
    "verify": (1, _verify),
    "correct_what_is_moved": (0.5, _correct_what_is_moved),
    "sync_small": (4, _sync_small),
    "kill_laptop": (3, _kill_laptop),
    "kill_while_recording": (2, _kill_while_recording),
    "kill_server": (3, _kill_server),
    "fill_laptop": (1, _fill_laptop),
    "fill_server": (1, _fill_server),
    "deliver_late": (2, _deliver_late),
    "leave_form_open": (0.5, _leave_form_open),
    "set_clock": (1.5, _set_clock),
    "clone": (1, _clone),
    "save_disk": (1.5, _save_disk),
    "restore_laptop": (1.5, _restore_laptop),
    "back_up_server": (1, _back_up_server),
    "restore_server": (0.8, _restore_server),
    "restore_server_after_fork": (0.3, _restore_server_after_fork),
    "restore_server_amid_a_move": (0.5, _restore_server_amid_a_move),
    "fork_twice": (0.3, _fork_twice),
    "fork_by_halves": (0.3, _fork_by_halves),
    "fork_by_copies": (0.3, _fork_by_copies),
    "grant": (1, _grant),
    "withdraw": (0.8, _withdraw),
    "decide": (1, _decide),
    "withdraw_while_ops_wait": (0.4, _withdraw_while_ops_wait),
    "go_away": (0.8, _go_away),
    "come_back": (0.8, _come_back),
    "write_newer": (1, _write_newer),
    "write_old": (1, _write_old),
}
"""What may happen in a step, and how often."""
