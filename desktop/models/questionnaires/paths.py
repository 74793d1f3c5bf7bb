"""Where an answer stands: `question`, or `repeat[uuid]/question` for one row of a repeat.

A row itself is `repeat[uuid]`; the place behind the last row, where another one may be added, is
`repeat[]`, or `repeat[]@uuid` within a row of an outer repeat.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from desktop.models.questionnaires.form import Path

_ROW = re.compile(r"(?P<repeat>[\w-]+)\[(?P<id>[0-9a-fA-F-]{36})\]")
_END = re.compile(r"(?P<repeat>[\w-]+)\[\](?:@(?P<outer>[0-9a-fA-F-]{36}))?")
_IN_REPEAT = re.compile(r"(?P<repeat>[\w-]+)\[(?P<id>[0-9a-fA-F-]{36})\]/(?P<name>[\w-]+)")


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


def row(repeat: str, instance: UUID) -> Path:
    """The path of a row."""
    return f"{repeat}[{instance}]"


def as_row(path: Path) -> tuple[str, UUID] | None:
    """The repeat and the row that a path names; None if it names no row."""
    match = _ROW.fullmatch(path)
    return (match["repeat"], UUID(match["id"])) if match else None


def end(repeat: str, outer: UUID | None) -> Path:
    """The path of the place behind the last row of a repeat."""
    return f"{repeat}[]" if outer is None else f"{repeat}[]@{outer}"


def as_end(path: Path) -> tuple[str, UUID | None] | None:
    """The repeat, and the outer row, behind whose last row a path stands; None if it does not."""
    match = _END.fullmatch(path)
    return (match["repeat"], UUID(match["outer"]) if match["outer"] else None) if match else None
