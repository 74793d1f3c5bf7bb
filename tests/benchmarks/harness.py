"""What every benchmark shares: its result, its target, and how figures are taken from samples."""

import gc
import json
import operator
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

_OF: Final[dict[str, Callable[["Result"], float]]] = {
    "value": operator.attrgetter("value"),
    "ratio": operator.attrgetter("ratio"),
}


@dataclass(frozen=True)
class Target:
    """A figure that may not be exceeded: the `value` itself, or its `ratio` to the floor."""

    of: str
    most: float

    def words(self, unit: str) -> str:
        """The target as a person reads it."""
        return f"ratio <= {self.most:g}" if self.of == "ratio" else f"<= {self.most:g} {unit}"


@dataclass(frozen=True)
class Result:
    """What a benchmark found; value and floor in the same unit, from the same run."""

    name: str
    value: float
    floor: float
    unit: str
    target: Target

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor

    @property
    def ok(self) -> bool:
        """Whether the target is met."""
        return _OF[self.target.of](self) <= self.target.most

    def as_json(self) -> str:
        """One line for a program."""
        fields = asdict(self) | {
            "value": round(self.value, 3),
            "floor": round(self.floor, 3),
            "ratio": round(self.ratio, 3),
            "target": self.target.words(self.unit),
            "ok": self.ok,
        }
        order = ("name", "value", "unit", "floor", "ratio", "target", "ok")
        return json.dumps({name: fields[name] for name in order})

    def as_line(self) -> str:
        """One line for a person."""
        figures = (
            f"{self.value:9.1f} {self.unit:3} floor {self.floor:8.1f}  ratio {self.ratio:6.2f}"
        )
        verdict = "ok" if self.ok else "MISSED"
        return f"{self.name:13}{figures}  target {self.target.words(self.unit):14} {verdict}"


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
