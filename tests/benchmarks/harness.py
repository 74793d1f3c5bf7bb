"""What every benchmark shares: its result, its target, and how figures are taken from samples."""

import gc
import json
import operator
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Final

_OF: Final[dict[str, Callable[["Result"], float]]] = {
    "value": operator.attrgetter("value"),
    "ratio": operator.attrgetter("ratio"),
}


@dataclass(frozen=True)
class Target:
    """Bounds of a figure: of the `value` itself, or of its `ratio` to the floor; maybe none."""

    of: str = "value"
    most: float = inf
    least: float = -inf

    def holds(self, result: "Result") -> bool:
        """Whether a result is within."""
        return self.least <= _OF[self.of](result) <= self.most

    def words(self, unit: str) -> str:
        """The target as a person reads it."""
        name, after = ("ratio ", "") if self.of == "ratio" else ("", f" {unit}".rstrip())
        bounds = [f"{name}<= {self.most:g}{after}"] if self.most < inf else []
        bounds += [f"{name}>= {self.least:g}{after}"] if self.least > -inf else []
        return ", ".join(bounds) or "none"


@dataclass(frozen=True)
class Result:
    """What a benchmark found; value and floor in the same unit, from the same run.

    `details` holds figures without a target that belong to it, by name with their unit.
    """

    name: str
    value: float
    floor: float
    unit: str
    target: Target
    details: Mapping[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor

    @property
    def ok(self) -> bool:
        """Whether the target is met."""
        return self.target.holds(self)

    def as_json(self) -> str:
        """One line for a program."""
        fields = {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "floor": round(self.floor, 3),
            "ratio": round(self.ratio, 3),
            "target": self.target.words(self.unit),
            "ok": self.ok,
        }
        if self.details:
            fields["details"] = {name: round(value, 3) for name, value in self.details.items()}
        return json.dumps(fields)

    def as_line(self, width: int = 13) -> str:
        """One line for a person, its name in so many characters."""
        unit = f"{self.unit:{max(3, width - 26)}}"
        figures = f"{self.value:9.1f} {unit} floor {self.floor:8.1f}  ratio {self.ratio:6.2f}"
        details = "".join(f"  {name} {value:,.10g}" for name, value in self.details.items())
        verdict = "ok" if self.ok else "MISSED"
        line = f"{self.name:{width}}{figures}  target {self.target.words(self.unit):14} {verdict}"
        return f"{line} {details}".rstrip()


def median(samples: Sequence[float]) -> float:
    """The one in the middle."""
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """What 95 of 100 do not exceed."""
    return statistics.quantiles(samples, n=100, method="inclusive")[94]


def alternately(times: int, *samplers: Callable[[], float]) -> list[list[float]]:
    """Samples of each in turn, the order reversed every time, so that a busy machine hits all."""
    found: list[list[float]] = [[] for _ in samplers]
    places = list(range(len(samplers)))
    for _ in range(times):
        for place in places:
            found[place].append(samplers[place]())
        places.reverse()
    return found


@contextmanager
def copy_of(home: Path) -> Iterator[Path]:
    """A copy that may be written, gone afterwards; on the disk of the original."""
    with tempfile.TemporaryDirectory(prefix="berdaya-copy-", dir=home.parent) as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        yield copy


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leaves what was made so far out of garbage collection, as if the process were a fresh one."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def environment(home: Path) -> dict[str, str]:
    """The environment of a program under test: no screen, its own data, its modules compiled."""
    dropped = ("BERDAYA_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return kept | {"QT_QPA_PLATFORM": "offscreen", "BERDAYA_HOME": str(home)}


def say(words: str) -> None:
    """Tells whoever waits; standard output is for results alone."""
    print(words, file=sys.stderr, flush=True)
