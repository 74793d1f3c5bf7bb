"""The device log: what an op's bytes are, and that the chain and the ratchet give nothing else."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ops import LogHead, Op, StampedOp, genesis, ratchet, stamp

DEVICE = UUID("019376f0-0000-7000-8000-0000000000d1")
SEED = bytes(range(32))
OP = Op(
    table="household",
    row_id=UUID("019376f0-0000-7000-8000-0000000000c1"),
    scope="36.01.01.2001",
    base=7,
    incarnation="a1",
    at=1_795_237_500_000,
    user_id=UUID("019376f0-0000-7000-8000-0000000000a1"),
    fields={"note": "Rumah dekat sungai, ±2 m", "hamlet": "Krajan", "welfare_decile": 2},
)
FIELDS = st.dictionaries(
    st.sampled_from(["hamlet", "note", "rt", "answers.floor"]),
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    max_size=4,
)
OPS = st.lists(
    st.builds(
        lambda base, at, fields: replace(OP, base=base, at=at, fields=fields),
        st.integers(0, 99),
        st.integers(0, 10**13),
        FIELDS,
    ),
    max_size=8,
)


def log(ops: list[tuple[Op, bytes | None]], head: LogHead | None = None) -> list[StampedOp]:
    return [one for one, _ in stamp(head or LogHead.fresh(DEVICE, 1, SEED), ops)]


def fresh(ops: list[Op]) -> list[tuple[Op, bytes | None]]:
    return [(op, None) for op in ops]


def test_an_op_s_bytes_are_those_that_every_version_digests() -> None:
    assert OP.canonical.decode() == (
        '[3,"019376f00000700080000000000000c1","36.01.01.2001",7,"a1",1795237500000,'
        '"019376f00000700080000000000000a1",'
        '{"hamlet":"Krajan","note":"Rumah dekat sungai, ±2 m","welfare_decile":2}]'
    )


def test_the_chain_is_the_one_that_every_version_computes() -> None:
    (first, second) = log(fresh([OP, OP]))
    salt = hashlib.sha256(b"salt" + SEED).digest()[:16]
    digest = hashlib.sha256(salt + OP.canonical).digest()
    begin = hashlib.sha256(b"berdaya log" + DEVICE.bytes + b"\0\0\0\1").digest()
    chained = hashlib.sha256(begin + digest).digest()
    assert genesis(DEVICE, 1) == begin
    assert (first.salt, first.digest, first.hash) == (salt, digest, chained)
    next_key = hashlib.sha256(b"next" + SEED).digest()
    assert second.salt == hashlib.sha256(b"salt" + next_key).digest()[:16]
    assert second.digest != first.digest, "the same op twice needs two capture ids"
    assert second.hash == hashlib.sha256(chained + second.digest).digest()


@given(OPS)
def test_the_same_ops_give_the_same_log(ops: list[Op]) -> None:
    assert log(fresh(ops)) == log(fresh(ops))
    assert [one.dseq for one in log(fresh(ops))] == list(range(1, len(ops) + 1))


@given(OPS, st.integers(0, 8))
def test_it_does_not_matter_in_how_many_writes_a_log_was_made(ops: list[Op], cut: int) -> None:
    head = LogHead.fresh(DEVICE, 1, SEED)
    parts: list[StampedOp] = []
    for some in (ops[:cut], ops[cut:]):
        for one, after in stamp(head, fresh(some)):
            parts.append(one)
            head = after
    assert parts == log(fresh(ops))


@given(OPS)
def test_an_op_that_is_stamped_again_keeps_its_capture_id(ops: list[Op]) -> None:
    before = log(fresh(ops))
    after = log([(one.op, one.salt) for one in before], LogHead.fresh(DEVICE, 2, bytes(32)))
    assert [one.digest for one in after] == [one.digest for one in before]
    assert not {one.hash for one in after} & {one.hash for one in before}


@given(OPS, st.integers(0, 8))
def test_the_ratchet_turns_for_ops_that_bring_their_salt(ops: list[Op], at: int) -> None:
    kept = [(op, bytes(16) if place == at else None) for place, op in enumerate(ops)]
    for place, (one, own) in enumerate(zip(log(kept), log(fresh(ops)), strict=True)):
        assert (one.salt == own.salt) is (place != at)


def test_a_salt_tells_nothing_of_the_key() -> None:
    salt, key = ratchet(SEED)
    assert len(salt) == 16
    assert salt not in key


CHANGED: dict[str, Callable[[Op], Op]] = {
    "table": lambda op: replace(op, table="member"),
    "row": lambda op: replace(op, row_id=DEVICE),
    "scope": lambda op: replace(op, scope="36.01.01.2002"),
    "base": lambda op: replace(op, base=8),
    "incarnation": lambda op: replace(op, incarnation="b2"),
    "time": lambda op: replace(op, at=op.at + 1),
    "user": lambda op: replace(op, user_id=DEVICE),
    "a value": lambda op: replace(op, fields=op.fields | {"hamlet": "Wetan"}),
    "a type": lambda op: replace(op, fields=op.fields | {"welfare_decile": 2.0}),
    "a truth": lambda op: replace(op, fields=op.fields | {"welfare_decile": True}),
    "a null": lambda op: replace(op, fields=op.fields | {"rt": None}),
    "a name": lambda op: replace(op, fields={"hamlet2": "Krajan"}),
}


@pytest.mark.parametrize("what", CHANGED)
def test_whatever_is_changed_shows_in_the_digest_and_in_every_hash_after_it(what: str) -> None:
    changed = CHANGED[what](OP)
    assert changed.digest(b"") != OP.digest(b"")
    before, after = log(fresh([OP, OP])), log(fresh([changed, OP]))
    assert before[1].digest == after[1].digest
    assert before[1].hash != after[1].hash


def test_the_order_in_which_fields_were_set_does_not_show() -> None:
    turned: dict[str, Any] = dict(reversed(OP.fields.items()))
    assert replace(OP, fields=turned).digest(b"") == OP.digest(b"")


def test_two_devices_and_two_epochs_begin_differently() -> None:
    begins = {genesis(DEVICE, 1), genesis(DEVICE, 2), genesis(OP.row_id, 1)}
    assert len(begins) == 3
