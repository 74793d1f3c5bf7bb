"""Where an answer stands: `question`, or `repeat[uuid]/question` for one row of a repeat."""

from __future__ import annotations

import re
from uuid import UUID

from desktop.models.questionnaires.form import Path

_IN_REPEAT = re.compile(r"(?P<repeat>\w+)\[(?P<id>[0-9a-fA-F-]{36})\]/(?P<name>\w+)")


def join(name: str, repeat: str | None = None, instance: UUID | None = None) -> Path:
    """The path of a question, in an instance of a repeat if one is given."""
    return name if instance is None else f"{repeat}[{instance}]/{name}"


def split(path: Path) -> tuple[str, str | None, UUID | None]:
    """A path's question, and the repeat and instance it stands in.

    Raises:
        ValueError: the path names an instance that is no identity.
    """
    match = _IN_REPEAT.fullmatch(path)
    if match is None:
        return path, None, None
    return match["name"], match["repeat"], UUID(match["id"])
