"""Names and values below each other, to be read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S2, S4


class Facts(QWidget):
    """A muted name at the left, its value at the right, on one base line.

    Args:
        theme: The theme.
        label_width: The width of the names at 100%; longer ones wrap.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(S4)
        self._grid.setVerticalSpacing(S2)
        self._grid.setColumnMinimumWidth(0, theme.px(label_width))
        self._grid.setColumnStretch(1, 1)
        self._label_width = theme.px(label_width)

    def add(self, name: str, value: str) -> None:
        """Add a line at the end."""
        label = words(name, "muted")
        label.setFixedWidth(self._label_width)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words(value), row, 1, Qt.AlignmentFlag.AlignTop)


def words(text: str, role: str = "") -> QLabel:
    """Plain words that wrap and can be copied."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
