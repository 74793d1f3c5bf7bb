"""A conflict as people meet it: who wrote what, when, what it was before; choose, and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.models.rules.identity import group_phone
from desktop.ui.theme.tokens import S2
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.choice_field import ChoiceField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import TextField
from desktop.ui.words import FIELDS, word

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.models.queries.sending import OpenConflict
    from desktop.ui.desk import Desk

_KEPT, _OTHER = "kept", "other"


class ConflictCard(Card):
    """Two values of one field, to choose from.

    Args:
        desk: the collaborators of all pages.
        conflict: the two values.
    """

    decided = Signal(object, object, str)
    """The conflict, the value that was chosen, and why."""

    def __init__(self, desk: Desk, conflict: OpenConflict) -> None:
        super().__init__("")
        self._desk = desk
        self._conflict = conflict
        self.setObjectName("conflict_card")
        self.set_title(
            self.tr("{family}: which is right?").format(
                family=conflict.family or self.tr("A record")
            )
        )
        name = word(FIELDS, f"{conflict.table}.{conflict.field}")
        before = self.tr("{field}, before: {value}").format(
            field=name, value=self._value(conflict.before)
        )
        label = QLabel(before)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.add(label)
        self.choice = ChoiceField(
            desk.theme,
            [
                self._option(_KEPT, conflict.kept, conflict.kept_by, conflict.kept_at),
                self._option(_OTHER, conflict.other, conflict.other_by, conflict.other_at),
            ],
        )
        self.reason = TextField(placeholder=self.tr("Why (for whoever looks at it later)"))
        self.reason.setAccessibleName(self.tr("Why"))
        self.button = Button(desk.theme, self.tr("This is right"), icon="check")
        self.button.setEnabled(False)  # a decision is made, not come upon
        self.choice.changed.connect(lambda: self.button.setEnabled(True))
        self.button.clicked.connect(self._decide)
        self.reason.returnPressed.connect(self._decide)
        self.add(self.choice)
        self.add(self.reason)
        self.body.addSpacing(S2)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)

    def _option(self, code: str, value: Any, author: str, at: datetime) -> Option:
        local = to_wib(at)
        day = format_date(local.date(), self._desk.language, "medium")
        who = author or self.tr("Somebody")
        hint = self.tr("{who}, {day} at {time}").format(
            who=who, day=day, time=format_time(at, self._desk.language)
        )
        return Option(code, self._value(value), hint)

    def _value(self, value: Any) -> str:
        if value is None:
            return self.tr("(empty)")
        return group_phone(value) if self._conflict.field == "phone" else str(value)

    def _decide(self) -> None:
        conflict = self._conflict
        if self.choice.value() is None:
            self.choice.setFocus()
            return
        value = conflict.other if self.choice.value() == _OTHER else conflict.kept
        self.decided.emit(conflict, value, self.reason.value() or "")
