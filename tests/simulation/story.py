"""What is asked for, and what came of it: the plan of a run, and its story."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """What is played: which seed, how many steps, on how many laptops; which steps more often, or never."""

    seed: int
    steps: int
    devices: int
    often: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


@dataclass
class Story:
    """How a run went."""

    plan: Plan
    steps: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    violation: str | None = None
    broken: list[str] = field(default_factory=list)
    """The rules that did not hold."""

    trace: list[str] = field(default_factory=list)
