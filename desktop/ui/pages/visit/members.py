"""Above the questions about members: buttons for who came, left or was born meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.records.households import MemberStatus
from desktop.ui.members.changing import MemberChanging
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.flow_row import FlowRow

if TYPE_CHECKING:
    from uuid import UUID

    from desktop.ui.desk import Desk


class MemberChanges(QWidget):
    """A row of buttons that change who belongs to a family, each with a dialog.

    Args:
        desk: the collaborators of all pages.
        household_id: the family.
        parent: the widget it stands in.
    """

    changed = Signal()
    """A change was written: the members are others now."""

    def __init__(self, desk: Desk, household_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Who belongs to the family"))
        changing = MemberChanging(desk, self, household_id)
        changing.changed.connect(self.changed)
        row = FlowRow()
        for name, text, icon, run in (
            ("add", self.tr("Add a member"), "plus", changing.add),
            ("moved_out", self.tr("Moved out"), "", lambda: changing.left(MemberStatus.MOVED_OUT)),
            ("died", self.tr("Died"), "", lambda: changing.left(MemberStatus.DIED)),
            ("born", self.tr("Born"), "", changing.born),
            ("split", self.tr("Split the family"), "users-group", changing.split),
        ):
            button = Button(desk.theme, text, icon=icon)
            button.setObjectName(name)
            button.clicked.connect(run)
            row.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
