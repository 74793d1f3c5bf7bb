"""What is shown when the data on this laptop cannot be opened: why, and what can be done.

Where only a backup helps, it can be restored here: no other page is open without data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.backup_work import BackupWork
from desktop.ui.page import Page
from desktop.ui.theme.tokens import S4
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.ui.desk import Desk


class RestoreCard(BackupWork):
    """Puts a backup in place of data that cannot be opened.

    Args:
        desk: the collaborators of all pages.
        folder: where that data lies.
        trouble: what opens that data again, which waits meanwhile.
    """

    def __init__(self, desk: Desk, folder: Path, trouble: QWidget) -> None:
        super().__init__(desk, folder, resting=(trouble,))
        self.set_title(self.tr("If there is a backup"))
        words = self.tr(
            "Take the USB stick or the file with the newest backup. What lies on this laptop now is "
            "put aside in a folder beside it, not thrown away. What the province already has comes "
            "back when you connect."
        )
        self._lay_out(words, self._restore)


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
        self._column = column

    def open_with(
        self, *, sentence: str = "", restore_to: Path | None = None, **shown: Any
    ) -> None:
        """Shows the sentence that says why, and what restores a backup if that would help."""
        super().open_with(**shown)
        trouble = EmptyState(self.desk.theme, "alert-triangle", sentence, self.tr("Try again"))
        trouble.pressed.connect(self.desk.reopen)
        self._card.add(trouble, 1)
        if restore_to is not None:
            self._column.addWidget(RestoreCard(self.desk, restore_to, trouble))
        trouble.setFocus()
