"""The way between a laptop and the province: the real messages, in bytes, and what befalls them."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from desktop.models.store.engine import StoreFailure
from desktop.sync import messages, wire
from desktop.sync.download import SnapshotGone
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.history import Traffic
from desktop.sync.messages import covers
from desktop.sync.snapshot import Snapshot
from server.problems import Problem
from tests.simulation.faults import Fault, Killed
from tests.simulation.province import Province
from tests.simulation.rules import Rule, Violation

LINE_FAULTS = (
    Fault.LOST_REQUEST,
    Fault.LOST_ANSWER,
    Fault.DOUBLED_REQUEST,
    Fault.REORDERED_REQUEST,
    Fault.CUT_REQUEST,
    Fault.CUT_ANSWER,
)
_CHUNK = 500


@dataclass
class Line:
    """Stands where the client stands: one session with the province.

    Attributes:
        province: the other end.
        device_id: which laptop is at this end.
        user_id: who works on it.
        chance: decides what goes wrong.
        rate: how often something does, 0 to 1.
        faults: what may.
        befell: told of every misfortune.
        late: requests that are still on their way, for whoever delivers them.
    """

    province: Province
    device_id: UUID
    user_id: UUID
    chance: Random
    rate: float = 0.0
    befell: Callable[[Fault], None] = lambda _: None
    faults: Sequence[Fault] = LINE_FAULTS
    late: list["Letter"] = field(default_factory=list)
    traffic: Traffic = field(default_factory=Traffic)

    def exchange(self, request: messages.Request) -> tuple[messages.Answer, float]:
        """One round trip."""
        body, folded = wire.encode(wire.request_to_json(request))
        letter = Letter(self.device_id, self.user_id, body, folded)
        self.traffic.requests += 1
        self.traffic.bytes_up += len(body)
        seconds = self.chance.choice((0.1, 0.1, 5.0))
        fault = self.chance.choice(self.faults) if self.chance.random() < self.rate else None
        if fault is None:
            return self._read(*self._deliver(letter)), seconds
        self.befell(fault)
        return self._suffer(fault, letter), seconds

    def snapshot_of(self, scope: str) -> Snapshot:
        """Asks for a snapshot, which may be made first."""
        if self.chance.random() < self.rate:
            self.befell(Fault.LOST_ANSWER)
            raise SyncFailure(SyncFault.OFFLINE)
        found = self._province_s(lambda: self.province.snapshot_of(self.user_id, scope))
        if found is None:
            raise SnapshotGone
        return Snapshot(**vars(found))

    def fetch(self, name: str, begins: int) -> Generator[bytes, None, None]:
        """The bytes of a snapshot; the line may break off after any of them."""
        whole = self._province_s(lambda: self.province.bytes_of(self.user_id, name, begins))
        if whole is None:
            raise SnapshotGone
        is_cut = self.chance.random() < self.rate
        come = self.chance.randrange(len(whole)) if is_cut and whole else len(whole)
        for first in range(0, come, _CHUNK):
            yield whole[first : min(first + _CHUNK, come)]
        if is_cut:
            self.befell(Fault.CUT_DOWNLOAD)
            raise SyncFailure(SyncFault.CUT_OFF)
        self.befell(Fault.FIRST_DOWNLOAD)

    def _province_s(self, answer: Callable[[], Any]) -> Any:
        """What the province answers, unless it dies over it."""
        try:
            return answer()
        except Killed:
            self.befell(Fault.SERVER_KILLED)
            self.province.restart()
            raise SyncFailure(SyncFault.OFFLINE) from None
        except StoreFailure:
            raise SyncFailure(SyncFault.SERVER_FAILED) from None

    def _suffer(self, fault: Fault, letter: "Letter") -> messages.Answer:
        if fault is Fault.LOST_REQUEST:
            raise SyncFailure(SyncFault.OFFLINE)
        if fault is Fault.REORDERED_REQUEST:
            self.late.append(letter)
            raise SyncFailure(SyncFault.TIMEOUT)
        if fault is Fault.CUT_REQUEST:
            cut = letter.body[: self.chance.randrange(len(letter.body))]
            self._deliver(Letter(self.device_id, self.user_id, cut, letter.folded))
            raise AssertionError("the province took half a request")
        content, folded = self._deliver(letter)
        if fault is Fault.DOUBLED_REQUEST:
            content, folded = self._deliver(letter)
        if fault is Fault.CUT_ANSWER:
            content = content[: self.chance.randrange(len(content))]
        if fault is Fault.LOST_ANSWER:
            raise SyncFailure(SyncFault.CUT_OFF)
        return self._read(content, folded)

    def _deliver(self, letter: "Letter") -> tuple[bytes, bool]:
        try:
            return letter.deliver(self.province)
        except Killed:
            self.befell(Fault.SERVER_KILLED)
            self.province.restart()
            raise SyncFailure(SyncFault.OFFLINE) from None
        except StoreFailure:
            raise SyncFailure(SyncFault.SERVER_FAILED) from None
        except Problem as problem:
            raise SyncFailure(SyncFault.REFUSED, type(problem).__name__) from problem

    def _read(self, content: bytes, folded: bool) -> messages.Answer:
        try:
            answer = wire.answer_from_json(wire.decode(content, gzipped=folded))
        except wire.WireError as error:
            raise SyncFailure(SyncFault.CUT_OFF) from error
        self.traffic.bytes_down += len(content)
        self._refuse_leak(answer)
        return answer

    def _refuse_leak(self, answer: messages.Answer) -> None:
        letters = messages.mailbox(self.device_id)
        granted = self.province.granted(self.user_id) | {"ref", letters}
        told = [page.scope for page in answer.pages] + [offer.scope for offer in answer.offers]
        for one in told:
            if not any(covers(scope, one) for scope in granted):
                raise Violation(Rule.NO_LEAK, f"{one} for one who holds {sorted(granted)}")
        for page in answer.pages:
            left: set[UUID] = set()
            for entry in reversed(page.entries):
                if entry.remove:
                    left.add(entry.row_id)
                elif entry.row_id in left and entry.own is None:
                    raise Violation(Rule.NO_LEAK, f"{entry.row_id}, which had left {page.scope}")


@dataclass(frozen=True)
class Letter:
    """A request on its way."""

    device_id: UUID
    user_id: UUID
    body: bytes
    folded: bool

    def deliver(self, province: Province) -> tuple[bytes, bool]:
        """Hands it over; returns the answer."""
        return province.answer(self.device_id, self.user_id, self.body, gzipped=self.folded)
