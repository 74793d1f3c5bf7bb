"""What every field of a form has in common."""

from typing import Any, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget


class Field(Protocol):
    """A widget that holds one answer.

    `changed` tells that the user (not the program) changed the answer; `entered` that Enter was
    pressed and the next question may come.
    """

    @property
    def changed(self) -> SignalInstance:
        """Emitted without arguments at every change by the user."""

    @property
    def entered(self) -> SignalInstance:
        """Emitted without arguments when Enter was pressed."""

    def value(self) -> Any:
        """The answer, or None if there is none or it cannot be read."""

    def set_value(self, value: Any) -> None:
        """Show an answer without emitting `changed`; None empties."""

    def problem(self) -> str:
        """Why what was typed cannot be read, as a sentence; empty if all is well."""


def mark_problem(widget: QWidget, has_problem: bool) -> None:
    """Outline a field as wrong or as well again."""
    if bool(widget.property("problem")) != has_problem:
        widget.setProperty("problem", has_problem)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
