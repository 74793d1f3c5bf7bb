"""What must hold after each kill, on the laptop's disk and in the province; and once all is settled."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.models.store.drafts import visit_of
from desktop.models.store.engine import check_integrity
from desktop.models.store.local import Store
from desktop.models.tables import DEVICE_LOG, DRAFT, VISIT
from desktop.sync import push
from server.tables import DEVICE_EPOCH
from tests.crash.laptops import Owner, RealClock, answers_of, op_name
from tests.crash.told import Told
from tests.models.store.families import assert_chained
from tests.simulation.history import History
from tests.simulation.invariants import check_held, check_log, check_settled, check_synced
from tests.simulation.laptop import Laptop
from tests.simulation.model import replay
from tests.simulation.province import Home, Province


class Violation(AssertionError):
    """Something that must hold after a kill does not."""


@dataclass
class Verdict:
    """What was found: checks made, violations, and the acts whose writes are on the disk."""

    checks: int = 0
    violations: list[str] = field(default_factory=list)
    found: frozenset[str] = frozenset()

    def check(self, what: str, hold: Callable[[], object]) -> None:
        """Makes one check; what it raises is a violation."""
        self.checks += 1
        try:
            hold()
        except Exception as broken:  # noqa: BLE001 a check that breaks off has not held
            self.violations.append(f"{what}: {type(broken).__name__}: {broken}"[:600])


def look_at_laptop(owner: Owner, told: Told, home: Home) -> Verdict:
    """After a kill of the laptop's program: its disk, against what it had told and the province.

    To be done in a process of its own that ends without closing: a file that is closed in good order
    is tidied up, and the next life would never find what the kill left.
    """
    province = Province(home, RealClock(), history := History())
    return check_laptop(owner.laptop(history), told, province, history)


def look_at_province(home: Home, confirmed: Mapping[str, frozenset[str]]) -> Verdict:
    """After a kill of the server: its database, against what any laptop calls sent. See above."""
    return check_province(Province(home, RealClock(), History()), confirmed)


def look_at_all(owners: Sequence[Owner], home: Home) -> Verdict:
    """Once everybody has synced to the end: every row of every laptop and of the province."""
    province = Province(home, RealClock(), history := History())
    return check_peace([owner.laptop(history) for owner in owners], province, history)


def check_laptop(laptop: Laptop, told: Told, province: Province, history: History) -> Verdict:
    """What must hold on a laptop whose program broke off."""
    verdict = Verdict()
    verdict.check("the file is sound", lambda: _check_file(laptop.store))
    verdict.check("the device log is a chain", lambda: _check_chain(laptop.store))
    verdict.check("what was saved is there", lambda: _check_saved(laptop, told, verdict))
    verdict.check("answers are there", lambda: _check_answers(laptop, told, verdict))
    verdict.check("what was confirmed stays so", lambda: _check_confirmed(laptop, told))
    verdict.check("rows show what was written", lambda: check_held(laptop))
    verdict.check("rows are the log's prefix", lambda: check_synced(laptop, province, history))
    return verdict


def check_province(province: Province, confirmed: Mapping[str, frozenset[str]]) -> Verdict:
    """What must hold in a province whose server broke off."""
    verdict = Verdict()
    if province.database.is_file:
        verdict.check("the file is sound", lambda: _check_database(province))
    verdict.check("the logs are dense", lambda: check_log(province))
    verdict.check("device logs are whole", lambda: _check_received(province))
    verdict.check("rows are the log's replay", lambda: _check_rows(province))
    verdict.check("what was confirmed is there once", lambda: _check_kept(province, confirmed))
    return verdict


def check_peace(laptops: list[Laptop], province: Province, history: History) -> Verdict:
    """What must hold when everybody has heard everything."""
    verdict = Verdict()
    for laptop in laptops:
        laptop.note_captured()
        verdict.check("the file is sound", partial(_check_file, laptop.store))
        verdict.check("rows show what was written", partial(check_held, laptop))
    verdict.check("the logs are dense", lambda: check_log(province))
    verdict.check("all agree", lambda: check_settled([*laptops], province, history))
    return verdict


def _check_file(store: Store) -> None:
    with store.reading() as connection:
        if not check_integrity(connection):
            raise Violation("a page, an index or a foreign key is broken")


def _check_database(province: Province) -> None:
    with province.database.reading() as connection:
        if not check_integrity(connection):
            raise Violation("a page, an index or a foreign key is broken")


def _check_chain(store: Store) -> None:
    """Hashes and salts are those of the ops; nothing that was sent was lost and made another log."""
    with store.reading() as connection:
        assert_chained(connection)
        epochs = connection.execute(select(DEVICE_LOG.c.epoch)).scalars().all()
    if epochs != [1]:
        raise Violation(f"the log was forked: {epochs}")


def _check_saved(laptop: Laptop, told: Told, verdict: Verdict) -> None:
    """The outbox is the acts that were saved, in their order, each whole, and nothing else."""
    there = [op_name(push._op(row)) for row in laptop.outbox()]
    place, found = 0, set()
    for act in told.acts.values():
        if not act.ops:
            continue
        if there[place : place + len(act.ops)] == list(act.ops):
            place += len(act.ops)
            found.add(act.number)
        elif act.is_saved:
            raise Violation(f"act {act.number} was saved and is not there, or not whole")
    verdict.found = frozenset(found)
    if place < len(there):
        raise Violation(f"{len(there) - place} ops that belong to no act that was told")


def _check_answers(laptop: Laptop, told: Told, verdict: Verdict) -> None:
    """Each answer is in its draft, or in the visit that the draft became."""
    finished = {draft for draft, act in told.finished().items() if act.number in verdict.found}
    found = set()
    with laptop.store.reading() as connection:
        drafts = {str(one) for one in connection.execute(select(DRAFT.c.id)).scalars()}
        for (draft, path), acts in told.answers().items():
            is_visit = draft in finished
            if is_visit == (draft in drafts) and any(act.is_saved for act in acts):
                raise Violation(f"draft {draft} is there with its visit, or neither is")
            value = _answers(connection, draft, is_visit=is_visit).get(path)
            last = max((place for place, act in enumerate(acts) if act.is_saved), default=None)
            possible = acts if last is None else acts[last:]
            holding = {act.number for act in possible if act.answer and act.answer[2] == value}
            if not holding and not (last is None and value is None):
                raise Violation(f"{path} of {draft} is {value!r}, not {acts[-1].answer}")
            found |= holding
    verdict.found |= found


def _answers(connection: Any, draft: str, *, is_visit: bool) -> dict[str, Any]:
    if not is_visit:
        return answers_of(connection, UUID(draft))
    visit = visit_of(connection, UUID(draft))
    assert visit is not None, f"the visit of {draft} was saved and is not there"
    query = select(VISIT.c.answers).where(VISIT.c.id == visit.id)
    return dict(connection.execute(query).scalar_one())


def _check_confirmed(laptop: Laptop, told: Told) -> None:
    sent = {bytes(row.digest).hex() for row in laptop.outbox() if row.state != "waiting"}
    if missing := told.confirmed - sent:
        raise Violation(f"{len(missing)} ops were called sent and wait again")


def _check_received(province: Province) -> None:
    """Every device's log is received without a gap, each op in one place, up to where it stands."""
    places: dict[tuple[UUID, int], dict[int, bytes]] = defaultdict(dict)
    digests: Counter[bytes] = Counter()
    for row in (*province.log(), *province.aside()):
        if row.dseq is not None:
            here = places[row.device_id, row.epoch]
            if row.dseq in here:
                raise Violation(f"op {row.dseq} of {row.device_id} is there twice")
            here[row.dseq] = bytes(row.hash)
            digests[bytes(row.digest)] += 1
    if twice := [digest for digest, count in digests.items() if count > 1]:
        raise Violation(f"{len(twice)} ops are there more than once")
    for log in province._rows(select(DEVICE_EPOCH)):
        here = places.pop((log.device_id, log.epoch), {})
        if sorted(here) != list(range(1, log.dseq + 1)):
            raise Violation(f"{log.dseq} ops were received, {len(here)} are there")
        if here and here[log.dseq] != bytes(log.hash):
            raise Violation("the last op is not the one where the log stands")
    if places:
        raise Violation(f"ops of logs that nobody began: {sorted(map(str, places))}")


def _check_rows(province: Province) -> None:
    rows = {
        row_id: (name, {key: value for key, value in fields.items() if value is not None})
        for row_id, (name, _, fields) in province.everything().items()
    }
    told = {key[1]: (key[0], fields) for key, (_, fields) in replay(province.log()).items()}
    if wrong := [one for one in rows.keys() | told.keys() if rows.get(one) != told.get(one)]:
        one = wrong[0]
        raise Violation(f"{len(wrong)} rows: {rows.get(one)} is in the log {told.get(one)}")


def _check_kept(province: Province, confirmed: Mapping[str, Iterable[str]]) -> None:
    here = Counter(
        bytes(row.digest).hex() for row in (*province.log(), *province.aside()) if row.digest
    )
    for login, digests in confirmed.items():
        if wrong := [one for one in digests if here[one] != 1]:
            times = sorted({here[one] for one in wrong})
            raise Violation(f"{len(wrong)} ops that {login} calls sent are there {times} times")
