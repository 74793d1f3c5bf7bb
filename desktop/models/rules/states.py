"""Which state follows which, for visits, monthly reports and grants, and which role may say so.

The table is a proposal of ours (version 1); the office changes it here and nowhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.models.records.people import Role

VERSION = 1

_FACILITATOR = frozenset({Role.FACILITATOR})
_VERIFIER = frozenset({Role.VERIFIER})
_PROVINCE = frozenset({Role.PROVINCE})


@dataclass(frozen=True)
class Lifecycle:
    """States of one kind of record: where it starts, and who may move it from where to where."""

    initial: str
    moves: Mapping[tuple[str, str], frozenset[Role]]

    def allows(self, role: Role, from_state: str, to_state: str) -> bool:
        """Whether a role may make this move."""
        return role in self.moves.get((from_state, to_state), frozenset())


_RECORDED = Lifecycle(
    initial="draft",
    moves={
        ("draft", "submitted"): _FACILITATOR,
        ("returned", "submitted"): _FACILITATOR,
        ("submitted", "returned"): _VERIFIER,
        ("submitted", "verified"): _VERIFIER,
        ("verified", "returned"): _VERIFIER,
    },
)

LIFECYCLES: Mapping[str, Lifecycle] = {
    "visit": _RECORDED,
    "progress_report": _RECORDED,
    "grant": Lifecycle(
        initial="proposed",
        moves={
            ("proposed", "verified"): _VERIFIER,
            ("proposed", "returned"): _VERIFIER,
            ("returned", "proposed"): _FACILITATOR,
            ("verified", "approved"): _PROVINCE,
            ("verified", "returned"): _PROVINCE,
            ("approved", "disbursed"): _PROVINCE,
            ("disbursed", "accounted"): _FACILITATOR | _VERIFIER,
            ("accounted", "monitored"): _VERIFIER,
            ("monitored", "closed"): _PROVINCE,
            ("proposed", "cancelled"): _VERIFIER | _PROVINCE,
            ("verified", "cancelled"): _PROVINCE,
            ("approved", "cancelled"): _PROVINCE,
        },
    ),
}


def current_state(kind: str, moves: Iterable[tuple[str, str]]) -> str:
    """Where a record stands after its moves, given in the order of the server's log.

    A move from a state that the record is no longer in does not count: two people may have moved
    it without knowing of each other, and the first to arrive stands.
    """
    state = LIFECYCLES[kind].initial
    for from_state, to_state in moves:
        if from_state == state:
            state = to_state
    return state


def way(
    kind: str, source: str, target: str, role: Role | None = None
) -> list[tuple[str, str]] | None:
    """The fewest moves from one state to another: none if it is there already, None if no way leads.

    Args:
        kind: the table of the record.
        source: the state it is in.
        target: the state it is to be in.
        role: who has to be allowed to make all of them; None for anybody.
    """
    ways: dict[str, list[tuple[str, str]]] = {source: []}
    reached = [source]
    for state in reached:
        for move, roles in LIFECYCLES[kind].moves.items():
            if move[0] == state and move[1] not in ways and (role is None or role in roles):
                ways[move[1]] = [*ways[state], move]
                reached.append(move[1])
    return ways.get(target)


def movers(kind: str, source: str, target: str) -> frozenset[Role]:
    """The roles that may make the first move on the way from one state to another."""
    moves = way(kind, source, target)
    return LIFECYCLES[kind].moves[moves[0]] if moves else frozenset()
