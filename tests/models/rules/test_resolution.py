"""Who may decide what, and the ways between states."""

import pytest

from desktop.models.records.people import Role
from desktop.models.rules.resolution import deciders, may_change, may_resolve, needs_reason
from desktop.models.rules.states import LIFECYCLES, movers, way

FACILITATOR, VERIFIER, PROVINCE = Role.FACILITATOR, Role.VERIFIER, Role.PROVINCE


@pytest.mark.parametrize(
    ("kind", "source", "target", "role", "expected"),
    [
        ("visit", "verified", "verified", FACILITATOR, []),
        ("visit", "verified", "returned", VERIFIER, [("verified", "returned")]),
        ("visit", "verified", "returned", FACILITATOR, None),
        ("visit", "returned", "verified", VERIFIER, None),
        ("visit", "returned", "verified", None, [("returned", "submitted"), ("submitted", "verified")]),
        ("grant", "verified", "disbursed", PROVINCE, [("verified", "approved"), ("approved", "disbursed")]),
        ("grant", "cancelled", "proposed", None, None),
    ],
)  # fmt: skip
def test_the_way_to_a_state(
    kind: str, source: str, target: str, role: Role | None, expected: object
) -> None:
    assert way(kind, source, target, role) == expected


@pytest.mark.parametrize("kind", LIFECYCLES)
def test_every_way_is_made_of_moves_that_its_role_may_make(kind: str) -> None:
    states = {state for move in LIFECYCLES[kind].moves for state in move}
    for role in Role:
        for source in states:
            for target in states:
                steps = way(kind, source, target, role) or []
                assert all(LIFECYCLES[kind].allows(role, *step) for step in steps)
                if steps:
                    assert (steps[0][0], steps[-1][1]) == (source, target)


def test_whose_turn_it_is() -> None:
    assert movers("visit", "returned", "verified") == {FACILITATOR}
    assert movers("visit", "verified", "verified") == frozenset()
    assert movers("grant", "closed", "proposed") == frozenset()


def test_what_stands_may_be_let_stand_by_all_whose_business_it_is() -> None:
    everybody = {FACILITATOR, VERIFIER, PROVINCE}
    assert deciders("visit", "answers.rooms", 2, 2) == everybody
    assert deciders("visit", "state", "verified", "verified") == everybody
    assert deciders("programme_year", "amount", 1, 1) == {PROVINCE}


def test_another_value_is_let_stand_by_those_who_may_write_it() -> None:
    assert deciders("household", "phone", "1", "2") == {FACILITATOR, VERIFIER, PROVINCE}
    assert deciders("visit", "answers.rooms", 2, 3) == {FACILITATOR, VERIFIER}
    assert deciders("visit", "state", "verified", "returned") == {VERIFIER}
    assert deciders("programme_year", "amount", 1, 2) == {PROVINCE}
    assert not may_change(Role.PARTNER, "household", "phone")
    assert not may_resolve(FACILITATOR, "user")


def test_a_reason_is_asked_where_time_may_not_decide() -> None:
    for table, field in (
        ("member", "national_id"),
        ("family_card", "number"),
        ("progress_report", "revenue"),
        ("household", "deleted_at"),
        ("visit", "state"),
    ):
        assert needs_reason(table, field), field
    assert not needs_reason("household", "hamlet")
    assert not needs_reason("visit", "answers.rooms")
