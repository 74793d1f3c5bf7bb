"""A rounded surface that holds one thing of a page."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.tokens import CONTROL, S1, S2, S4


class Card(QFrame):
    """A surface with an optional title row; what it holds goes into `body`.

    Args:
        title: Shown above the body; without it there is no title row.
        parent: The parent widget.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(S1)
        self._head = QHBoxLayout()
        self._head.setSpacing(S2)
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setMinimumHeight(CONTROL)
        self._head.addWidget(self._title, 1)
        self._outer.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(S2)
        self._outer.addLayout(self.body, 1)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Show another title, or none."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        # The title row is as high as a button, so titles of neighbours line up.
        self._outer.setContentsMargins(S4, S2 if title else S4, S4, S4)
        self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there."""
        self.body.addWidget(widget, stretch)

    def add_action(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title row."""
        self._head.addWidget(widget)
