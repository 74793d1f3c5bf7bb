"""What is shown when the data on this laptop cannot be opened: why, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from desktop.ui.page import Page
from desktop.ui.theme.tokens import S4
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class TroublePage(Page):
    """Says why the data cannot be opened; nothing was changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(PageHeader(desk.theme, self.tr("Berdaya cannot open its data")))
        self._card = Card()
        column.addWidget(self._card, 1)

    def open_with(self, *, sentence: str = "", **shown: Any) -> None:
        """Shows the sentence that says why."""
        super().open_with(**shown)
        trouble = EmptyState(self.desk.theme, "alert-triangle", sentence, self.tr("Try again"))
        trouble.pressed.connect(self.desk.reopen)
        self._card.add(trouble, 1)
