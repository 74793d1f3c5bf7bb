"""How the answers of a visit came about: seconds, corrections, and what was taken over, by section.

A verifier sees it beside the visit; no rule reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

PAUSE: Final = 60.0
"""Seconds; whoever does nothing for longer talks, or makes tea: only so much is counted."""


class Paradata:
    """Seconds, corrections and answers taken over, by section, while a visit is filled in.

    Args:
        kept: what was noted before the visit was gone on with, as `as_json` gave it.
    """

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        self._seconds: dict[str, float] = {}
        self._corrections: dict[str, int] = {}
        self._taken_over: dict[str, int] = {}
        for section, noted in (kept or {}).items():
            self._seconds[section] = float(noted.get("seconds", 0))
            self._corrections[section] = int(noted.get("corrections", 0))
            self._taken_over[section] = int(noted.get("taken_over", 0))
        self._section: str | None = None
        self._since: datetime | None = None

    def touch(self, section: str, now: datetime) -> None:
        """Somebody did something in a section; the time since they last did belongs to that one."""
        if self._section is not None and self._since is not None:
            spent = min((now - self._since).total_seconds(), PAUSE)
            self._seconds[self._section] = self._seconds.get(self._section, 0) + max(spent, 0)
        self._section, self._since = section, now

    def correct(self, section: str) -> None:
        """An answer was changed after another question had been answered."""
        self._corrections[section] = self._corrections.get(section, 0) + 1

    def take_over(self, section: str, answers: int = 1) -> None:
        """So many answers of the visit before were confirmed."""
        self._taken_over[section] = self._taken_over.get(section, 0) + answers

    def as_json(self) -> dict[str, dict[str, int]]:
        """Section -> whole seconds; corrections and answers taken over if there were any."""
        found: dict[str, dict[str, int]] = {}
        counts = {"corrections": self._corrections, "taken_over": self._taken_over}
        for section in self._seconds.keys() | self._corrections.keys() | self._taken_over.keys():
            found[section] = {"seconds": round(self._seconds.get(section, 0))}
            for name, count in counts.items():
                if count.get(section):
                    found[section][name] = count[section]
        return dict(sorted(found.items()))
