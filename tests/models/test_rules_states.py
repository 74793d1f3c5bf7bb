"""States: what moves where and who may say so; and that the first move to arrive stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.records.people import Role
from desktop.models.rules.states import LIFECYCLES, current_state

S, V, R = "submitted", "verified", "returned"

FOLDS: list[tuple[str, list[tuple[str, str]], str]] = [
    ("visit", [], "draft"),
    ("visit", [("draft", S)], S),
    ("visit", [("draft", S), (S, R), (R, S), (S, V)], V),
    # Two verifiers decided without knowing of each other: who arrived first stands.
    ("visit", [("draft", S), (S, V), (S, R)], V),
    ("visit", [("draft", S), (S, R), (S, V)], R),
    # A move that arrived before the one it builds on does not count.
    ("visit", [(S, V), ("draft", S)], S),
    ("visit", [("draft", S), ("draft", S)], S),
    ("grant", [("proposed", V), (V, "approved"), (V, "cancelled")], "approved"),
    ("grant", [("proposed", R), (R, "proposed"), ("proposed", "cancelled")], "cancelled"),
]


@pytest.mark.parametrize(("kind", "moves", "state"), FOLDS)
def test_where_a_record_stands(kind: str, moves: list[tuple[str, str]], state: str) -> None:
    assert current_state(kind, moves) == state


@pytest.mark.parametrize("kind", LIFECYCLES)
@given(data=st.data())
def test_only_moves_from_where_it_is_count(kind: str, data: st.DataObject) -> None:
    moves = data.draw(st.lists(st.sampled_from(list(LIFECYCLES[kind].moves)), max_size=12))
    state = LIFECYCLES[kind].initial
    for place, (source, target) in enumerate(moves):
        counted = current_state(kind, moves[: place + 1])
        assert counted == (target if source == state else state)
        state = counted


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_every_state_can_be_reached_and_nobody_moves_to_nowhere(kind: str) -> None:
    lifecycle = LIFECYCLES[kind]
    reached = {lifecycle.initial}
    for _ in lifecycle.moves:
        reached |= {target for source, target in lifecycle.moves if source in reached}
    assert reached == {state for move in lifecycle.moves for state in move}
    assert all(lifecycle.moves.values()), "a move that no role may make"


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_who_records_never_verifies(kind: str) -> None:
    lifecycle = LIFECYCLES[kind]
    for source, target in lifecycle.moves:
        if target in {V, "approved", "disbursed", "closed", "cancelled"}:
            assert not lifecycle.allows(Role.FACILITATOR, source, target)
        assert not lifecycle.allows(Role.PARTNER, source, target)
