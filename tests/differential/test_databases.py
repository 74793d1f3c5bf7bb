"""SQLite against PostgreSQL: whatever laptops send, both answer the same and keep the same.

A Hypothesis state machine plays laptops that write, send, send again, fork, leave gaps and are put
back, with rows good and bad, and an office that grants and withdraws; straight into the queries, and
by real HTTP. `BERDAYA_EXAMPLES=500` plays as many stories of each kind, drawn anew every time.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop.models.ops import Op
from desktop.models.records.base import Fields, format_time, natural_id
from desktop.models.records.people import Role
from desktop.sync.messages import Answer
from server.queries.exchange import Asking
from server.tables import CONFLICT
from tests.differential.devices import Device
from tests.differential.provinces import (
    COMPARED,
    Makers,
    Pair,
    Province,
    Speak,
    directly,
    makers,
    over_http,
)
from tests.servers import PostgresCluster

_EXAMPLES = int(os.environ.get("BERDAYA_EXAMPLES", "0"))
_VILLAGES = ("36.01.01.2001", "36.01.01.2002")
_PEOPLE = (
    ("siti", Role.FACILITATOR, (_VILLAGES[0],)),
    ("budi", Role.FACILITATOR, _VILLAGES),
    ("ratna", Role.VERIFIER, ("36.01.01",)),
)
_DEVICES = st.integers(0, len(_PEOPLE) - 1)
_INDEX = st.integers(0, 40)
_WORDS = st.sampled_from(["Krajan", "Wetan", "Kulon", "Lor", "Ümläut 🏡", ""])
_EDITS: dict[str, st.SearchStrategy[Fields]] = {
    "household": st.fixed_dictionaries(
        {},
        optional={
            "hamlet": _WORDS,
            "note": _WORDS | st.none(),
            "welfare_decile": st.integers(0, 12) | st.just("three") | st.just(2**80),
            "status": st.sampled_from(["active", "moved", "unheard of"]),
            "solar_panel": _WORDS | st.floats(allow_nan=False, allow_infinity=False),
            "extra": st.just({"a": 1}),
        },
    ),
    "member": st.fixed_dictionaries(
        {}, optional={"name": _WORDS, "occupation": _WORDS, "birth_date": st.just("2019-02-30")}
    ),
    "visit": st.dictionaries(
        st.sampled_from(["answers.water", "answers.children", "answers"]),
        _WORDS | st.integers(-(2**53), 2**53) | st.booleans(),
    ),
}
_ODD: tuple[dict[str, Any], ...] = (
    {"table": "99", "fields": {"name": "a table of a newer version"}},
    {"scope": "36.09.09.2009"},
    {"scope": "ref"},
    {"scope": "not a scope"},
    {"user_id": natural_id("user", "nobody")},
    {"at": -1},
    {"at": 33_000_000_000_000},
    {"fields": {"hamlet": "x" * 70_000, "status": "active"}},
    {"fields": {"hamlet": "nul\x00", "status": "active"}},
    {"fields": {}},
    {"table": "user", "scope": "ref", "fields": {"name": "Boss", "role": "province"}},
    {"incarnation": "never", "base": 7},
)
"""What is wrong with an op that nobody's program writes."""

_BASES = st.integers(-3, 1)
"""What is added to the cursor to make an op's base."""

_MOVES = (("draft", "submitted"), ("submitted", "verified"), ("submitted", "returned"), ("x", "y"))


def _doing(name: str, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(name), st.fixed_dictionaries(given))


_DOINGS = st.one_of(
    _doing("register", village=st.sampled_from(_VILLAGES), hamlet=_WORDS),
    _doing("add_member", index=_INDEX, is_known=st.booleans()),
    _doing("register_later", index=_INDEX, village=st.sampled_from(_VILLAGES)),
    *(
        _doing("edit", table=st.just(table), index=_INDEX, fields=fields, base=_BASES)
        for table, fields in _EDITS.items()
    ),
    _doing("delete", index=_INDEX, base=_BASES),
    _doing("visit", index=_INDEX, children=st.integers(0, 9)),
    _doing("move", index=_INDEX, move=st.sampled_from(_MOVES), base=_BASES),
    _doing("resolve", index=_INDEX, value=_WORDS),
    _doing("write_nonsense", odd=st.integers(0, len(_ODD) - 1)),
)
"""One thing that somebody does: the name of a method below, and what it is given."""

_POSTINGS = st.none() | st.fixed_dictionaries(
    {
        "again": st.integers(0, 3),
        "gap": st.sampled_from([0, 0, 0, 0, 0, 1]),
        "is_heard": st.sampled_from([True, True, True, False]),
        "skew": st.sampled_from([0, 0, 0, 0, 60, -63_000_000]),
        "in_full": st.booleans(),
    }
)
"""How a batch is sent."""


class Laptops(RuleBasedStateMachine):
    """What may happen; everything that comes of it is compared."""

    speak: Speak
    makers: Makers

    def __init__(self) -> None:
        super().__init__()
        self._after = ExitStack()
        self.pair: Pair = self._after.enter_context(self.makers.pair())
        self.known: list[tuple[str, UUID, str]] = []
        self.made = 0
        self.sent: dict[int, int] = {}
        self.devices = [self._device(*person) for person in _PEOPLE]
        self.pair.clock.advance(seconds=60)

    def teardown(self) -> None:
        """Everything that both keep is equal."""
        try:
            for table in COMPARED:
                self.pair.rows(table)
        finally:
            self._after.close()

    @rule(who=_DEVICES, doings=st.lists(_DOINGS, min_size=1, max_size=6), posting=_POSTINGS)
    def work(
        self, who: int, doings: list[tuple[str, dict[str, Any]]], posting: dict[str, Any] | None
    ) -> None:
        """Some ops of one laptop, sent soon or with later ones."""
        for name, given in doings:
            getattr(self, name)(who, **given)
        if posting is not None:
            self.send(who, **posting)

    def register(self, who: int, village: str, hamlet: str) -> None:
        family = self._new("household", village)
        self._write(who, "household", family, village, {"hamlet": hamlet, "status": "active"})
        self._child(who, family, village, "Nur Aini")

    def add_member(self, who: int, index: int, is_known: bool) -> None:
        """Of a family that is known, or of one that comes later or never."""
        family, scope = self._pick("household", index)
        self._child(who, family if is_known else self._later(index), scope, "Siti")

    def register_later(self, who: int, index: int, village: str) -> None:
        """The family of which members may wait already."""
        self._write(who, "household", self._later(index), village, {"status": "active"})

    def edit(self, who: int, table: str, index: int, fields: Fields, base: int) -> None:
        row_id, scope = self._pick(table, index)
        self._write(who, table, row_id, scope, fields, base)

    def delete(self, who: int, index: int, base: int) -> None:
        table = ("household", "member", "visit")[index % 3]
        row_id, scope = self._pick(table, index)
        self._write(who, table, row_id, scope, {"deleted_at": self._now()}, base)

    def visit(self, who: int, index: int, children: int) -> None:
        family, scope = self._pick("household", index)
        visit = self._new("visit", scope)
        fields: Fields = {
            "household_id": str(family),
            "facilitator_id": str(self.devices[who].user_id),
            "visited_on": "2026-11-20",
            "questionnaire": "household_visit",
            "questionnaire_version": 1,
            "started_at": self._now(),
            "finished_at": self._now(),
            "outcome": "met",
            "answers.children": children,
        }
        self._write(who, "visit", visit, scope, fields)

    def move(self, who: int, index: int, move: tuple[str, str], base: int) -> None:
        visit, scope = self._pick("visit", index)
        fields: Fields = {
            "subject_table": "visit",
            "subject_id": str(visit),
            "from_state": move[0],
            "to_state": move[1],
            "user_id": str(self.devices[who].user_id),
            "moved_at": self._now(),
        }
        self._write(who, "state_move", self._new("state_move", scope), scope, fields, base)

    def resolve(self, who: int, index: int, value: str) -> None:
        found = self.pair.rows(CONFLICT)
        if found:
            one = found[index % len(found)]
            fields: Fields = {
                "resolved_value": value,
                "resolved_by": str(self.devices[who].user_id),
                "resolved_at": self._now(),
            }
            self._write(who, "conflict", one["id"], one["scope"], fields)

    def write_nonsense(self, who: int, odd: int) -> None:
        device = self.devices[who]
        op = {
            "table": "household",
            "row_id": self._new("nonsense", ""),
            "scope": _VILLAGES[0],
            "base": 0,
            "incarnation": device.incarnation,
            "at": self._milliseconds(),
            "user_id": device.user_id,
            "fields": {"status": "active"},
        }
        device.write(Op(**{**op, **_ODD[odd]}))

    def send(
        self, who: int, again: int, gap: int, is_heard: bool, skew: int, in_full: bool
    ) -> None:
        """What waits, some of it for the second time, or with a gap before it."""
        device = self.devices[who]
        first = max(self.sent.get(who, 0) + 1 - again + gap, 1)
        count = max(len(device.ops) - first + 1, 0)
        answer = self._ask(who, (first, count), room=100_000, skew=skew, in_full=in_full)
        if is_heard:
            self._hear(who, answer)

    @rule(who=_DEVICES, room=st.sampled_from([1, 300, 5_000, 1 << 30]), in_full=st.booleans())
    def pull(self, who: int, room: int, in_full: bool) -> None:
        self._hear(who, self._ask(who, (1, 0), room=room, skew=0, in_full=in_full))

    @rule(
        who=_DEVICES,
        count=st.integers(1, 4),
        doings=st.lists(_DOINGS, max_size=6),
        posting=_POSTINGS,
    )
    def work_on_an_older_disk(
        self,
        who: int,
        count: int,
        doings: list[tuple[str, dict[str, Any]]],
        posting: dict[str, Any] | None,
    ) -> None:
        """It was put back: what is written now takes places of which the province knows others."""
        self.devices[who].put_back(count)
        self.work(who, doings, posting)

    @rule(who=_DEVICES, village=st.sampled_from((*_VILLAGES, "36.01.01")), give=st.booleans())
    def change_grant(self, who: int, village: str, give: bool) -> None:
        self.pair.clock.advance(seconds=1)  # nobody is granted a scope twice in a moment
        self.pair.change_grant(_PEOPLE[who][0], village, give=give)

    @rule(seconds=st.sampled_from([1, 3_600, 86_400 * 90]))
    def wait(self, seconds: int) -> None:
        self.pair.clock.advance(seconds=seconds)

    @rule()
    def begin_incarnation(self) -> None:
        self.pair.begin_incarnation()

    def _device(self, login: str, role: Role, scopes: tuple[str, ...]) -> Device:
        user_id = self.pair.add_user(login, role, scopes)
        device_id = UUID(bytes=login.encode().ljust(16), version=4)  # the same in every run
        self.pair.enrol(device_id, login, user_id)
        return Device(device_id, user_id, seed=login.encode().ljust(32))

    def _ask(
        self, who: int, stretch: tuple[int, int], *, room: int, skew: int, in_full: bool
    ) -> Answer:
        device = self.devices[who]
        now = self._milliseconds() + skew * 1000
        request = device.request(now, room, stretch=stretch, in_full=in_full)
        began = self.pair.clock()
        asking = Asking(device.device_id, device.user_id, began, began)
        speak = type(self).speak

        def ask(province: Province) -> Answer:
            return speak(province, asking, request)

        return self.pair.same(ask)

    def _hear(self, who: int, answer: Answer) -> None:
        device = self.devices[who]
        device.hear(answer)
        known = 0 if answer.fork else answer.received or 0
        known = known if answer.expected is None else answer.expected - 1
        self.sent[who] = min(known, len(device.ops))

    def _write(
        self, who: int, table: str, row_id: UUID, scope: str, fields: Fields, base: int = 0
    ) -> None:
        device = self.devices[who]
        seq = max(device.cursors.get(scope, 0) + base, 0)
        at = self._milliseconds()
        device.write(Op(table, row_id, scope, seq, device.incarnation, at, device.user_id, fields))

    def _child(self, who: int, family: UUID, scope: str, name: str) -> None:
        fields: Fields = {
            "household_id": str(family),
            "name": name,
            "relation": "head",
            "status": "present",
        }
        self._write(who, "member", self._new("member", scope), scope, fields)

    def _new(self, table: str, scope: str) -> UUID:
        self.made += 1
        row_id = natural_id(table, self.made)
        self.known.append((table, row_id, scope))
        return row_id

    def _pick(self, table: str, index: int) -> tuple[UUID, str]:
        found = [(row_id, scope) for name, row_id, scope in self.known if name == table]
        return found[index % len(found)] if found else (self._later(index), _VILLAGES[0])

    def _later(self, index: int) -> UUID:
        return natural_id("household", "later", index % 3)

    def _milliseconds(self) -> int:
        return int(self.pair.clock().timestamp() * 1000)

    def _now(self) -> str:
        return format_time(self.pair.clock())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("differential")


@pytest.fixture(scope="module", params=[(directly, 10), (over_http, 4)], ids=["queries", "http"])
def machine(
    request: pytest.FixtureRequest, postgres: PostgresCluster, folder: Path
) -> Iterator[tuple[type[Laptops], int]]:
    speak, examples = request.param
    with makers(folder / speak.__name__, postgres, served=speak is over_http) as made:
        kind = type("Played", (Laptops,), {"speak": staticmethod(speak), "makers": made})
        yield kind, examples


def test_both_databases_do_the_same(machine: tuple[type[Laptops], int]) -> None:
    kind, examples = machine
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=_EXAMPLES or examples,
            stateful_step_count=100 if _EXAMPLES else 30,
            derandomize=not _EXAMPLES,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=list(Phase) if _EXAMPLES else [Phase.generate],
        ),
    )
