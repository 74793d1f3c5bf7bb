"""A visit that the office asks for, on the family's page: who asks, by when and why; to do or take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.models.operations import assignments
from desktop.models.rules.dates import format_date, to_wib
from desktop.ui.asked_visits import asked_words
from desktop.ui.pages.household.facts import words
from desktop.ui.pages.households.assigning import may_assign, role_of
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.dialog import ask
from desktop.ui.words import PURPOSES, word

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from desktop.models.queries.assignments import AssignedVisit
    from desktop.ui.desk import Desk


class AskedCard(Card):
    """A visit that is asked for.

    Args:
        desk: the collaborators of all pages.
        asked: the visit.
        begins: emitted if it is to be made now.
    """

    def __init__(self, desk: Desk, asked: AssignedVisit, begins: SignalInstance) -> None:
        super().__init__()
        self._desk, self._asked = desk, asked
        is_late = asked.due_on < to_wib(desk.store.clock()).date()
        title = (
            self.tr("A visit is asked for, and overdue")
            if is_late
            else self.tr("A visit is asked for")
        )
        self.set_title(title)
        day = format_date(asked.due_on, desk.language)
        what = word(PURPOSES, asked.purpose)
        by = self.tr("By {day}: {what}") if what else self.tr("By {day}")
        self.add(words(by.format(day=day, what=what)))
        self.add(words(asked_words(asked), "muted"))
        if may_assign(desk):
            back = Button(desk.theme, self.tr("Take back"))
            back.setObjectName("take_back")
            back.clicked.connect(self._take_back)
            self.add_action(back)
        else:
            begin = Button(desk.theme, self.tr("Begin the visit"), icon="map-pin")
            begin.clicked.connect(begins)
            self.add_action(begin)

    def _take_back(self) -> None:
        if not ask(
            self._desk.theme,
            self,
            self.tr("Take back the visit?"),
            self.tr("The facilitator will not be asked for it any more."),
            self.tr("Take back"),
        ):
            return
        role, assignment_id = role_of(self._desk), self._asked.id
        self._desk.write(self, lambda writer: assignments.withdraw(writer, role, [assignment_id]))
