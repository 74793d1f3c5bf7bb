"""What a laptop's program said it had saved, over all its lives, to be held against its disk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.crash.processes import Line


@dataclass
class Act:
    """One transaction as it was announced: its ops, in order, or the answer that it keeps.

    `begun` is said inside the transaction before its commit, `saved` after it has returned. An act
    that was begun and not saved may be there or not, but whole; once seen either way, so it stays.
    """

    number: str
    ops: Sequence[str] = ()
    answer: tuple[str, str, Any] | None = None
    finishes: str | None = None
    is_saved: bool = False


@dataclass
class Told:
    """All that was told, in order."""

    acts: dict[str, Act] = field(default_factory=dict)
    confirmed: set[str] = field(default_factory=set)
    """Digests of ops that the sync engine called sent."""

    faults: list[str] = field(default_factory=list)

    def add(self, lines: Iterable[Line]) -> None:
        """Takes over what a life told."""
        for line in lines:
            if "begun" in line:
                answer = line.get("answer")
                self.acts[line["begun"]] = Act(
                    line["begun"],
                    line.get("ops", ()),
                    tuple(answer) if answer else None,
                    line.get("finishes"),
                )
            elif "saved" in line:
                self.acts[line["saved"]].is_saved = True
            elif "confirmed" in line:
                self.confirmed |= set(line["confirmed"])
            elif "fault" in line:
                self.faults.append(line["fault"])

    def settle(self, found: frozenset[str]) -> None:
        """Notes what became of the acts that were begun and not saved."""
        for number in [one.number for one in self.acts.values() if not one.is_saved]:
            if number in found:
                self.acts[number].is_saved = True
            else:
                del self.acts[number]

    @property
    def saved(self) -> int:
        """How many acts were said to be saved, or were found to be."""
        return sum(act.is_saved for act in self.acts.values())

    def answers(self) -> dict[tuple[str, str], list[Act]]:
        """Draft and path -> the acts that answered it, in order."""
        given: dict[tuple[str, str], list[Act]] = defaultdict(list)
        for act in self.acts.values():
            if act.answer is not None:
                draft, path, _ = act.answer
                given[draft, path].append(act)
        return given

    def finished(self) -> dict[str, Act]:
        """Draft -> the act that finishes it."""
        return {act.finishes: act for act in self.acts.values() if act.finishes}
