"""A rounded surface that holds one thing of a page."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.tokens import S2, S3, S4


class Card(QFrame):
    """A surface with an optional title row; what it holds goes into `body`.

    Args:
        title: Shown above the body; without it there is no title row.
        parent: The parent widget.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(S4, S4, S4, S4)
        outer.setSpacing(S3)
        self._head = QHBoxLayout()
        self._head.setSpacing(S2)
        self._title = QLabel(title)
        self._title.setProperty("role", "heading")
        self._title.setVisible(bool(title))
        self._head.addWidget(self._title, 1)
        outer.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(S2)
        outer.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def set_title(self, title: str) -> None:
        """Show another title, or none."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there."""
        self.body.addWidget(widget, stretch)

    def add_action(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title row."""
        self._head.addWidget(widget)
