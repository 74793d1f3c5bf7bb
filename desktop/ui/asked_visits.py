"""What is said of visits to come: what they are for, and who of the office asks for them, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.rules.dates import format_date
from desktop.ui.words import PURPOSES, word

if TYPE_CHECKING:
    from datetime import date

    from desktop.models.queries.assignments import AssignedVisit


def purpose_words(purpose: str, asked: AssignedVisit | None, due_on: date | None = None) -> str:
    """What a visit is for; if the office asks for it, who does and why.

    Where it asks for it by another day than `due_on`, the words say so.
    """
    if asked is None:
        return word(PURPOSES, purpose)
    said = [asked_words(asked), word(PURPOSES, asked.purpose)]
    if due_on is not None and asked.due_on > due_on:
        by = QCoreApplication.translate("AskedVisits", "by {day}")
        said.append(by.format(day=format_date(asked.due_on, "id", "short")))
    return " · ".join(filter(None, said))


def asked_words(asked: AssignedVisit) -> str:
    """Who asks for a visit, and why."""
    if asked.reason:
        said = QCoreApplication.translate("AskedVisits", "{who} asks: {reason}")
        return said.format(who=asker(asked), reason=asked.reason)
    return QCoreApplication.translate("AskedVisits", "{who} asks for it").format(who=asker(asked))


def asker(asked: AssignedVisit) -> str:
    """The name of who asks; the office itself has none."""
    return asked.assigner or QCoreApplication.translate("AskedVisits", "The office")
