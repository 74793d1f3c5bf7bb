"""What can be told to the benchmarks of sync."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FACILITATORS: Final = 1_552
"""So many work in the programme."""


@dataclass(frozen=True)
class Options:
    """Kinds of database, and how many facilitators come back on Monday morning."""

    kinds: Sequence[str]
    facilitators: int = FACILITATORS
