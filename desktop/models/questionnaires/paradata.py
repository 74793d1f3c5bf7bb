"""How the answers of a visit came about: how long each section took, and how often an answer was corrected.

A verifier sees it beside the visit; no rule reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

PAUSE: Final = 60.0
"""Seconds; whoever does nothing for longer talks, or makes tea: only so much is counted."""


class Paradata:
    """Seconds and corrections by section, while a visit is filled in.

    Args:
        kept: what was noted before the visit was gone on with, as `as_json` gave it.
    """

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        self._seconds: dict[str, float] = {}
        self._corrections: dict[str, int] = {}
        for section, noted in (kept or {}).items():
            self._seconds[section] = float(noted.get("seconds", 0))
            self._corrections[section] = int(noted.get("corrections", 0))
        self._section: str | None = None
        self._since: datetime | None = None

    def touch(self, section: str, now: datetime) -> None:
        """Somebody did something in a section; the time since they last did belongs to that one."""
        if self._section is not None and self._since is not None:
            spent = min((now - self._since).total_seconds(), PAUSE)
            self._seconds[self._section] = self._seconds.get(self._section, 0) + max(spent, 0)
        self._section, self._since = section, now

    def correct(self, section: str) -> None:
        """An answer was given that is another one than before."""
        self._corrections[section] = self._corrections.get(section, 0) + 1

    def as_json(self) -> dict[str, dict[str, int]]:
        """Section -> whole seconds, and corrections if there were any."""
        found: dict[str, dict[str, int]] = {}
        for section in self._seconds.keys() | self._corrections.keys():
            found[section] = {"seconds": round(self._seconds.get(section, 0))}
            if self._corrections.get(section):
                found[section]["corrections"] = self._corrections[section]
        return dict(sorted(found.items()))
