"""What an empty page says: what will be here, and the first step."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S3, S4
from desktop.ui.widgets.button import Button

_ICON = 40
_WIDTH = 360


class EmptyState(QWidget):
    """An icon, a sentence, and a button for the first step.

    Args:
        theme: The theme.
        icon: Name of an icon.
        sentence: What will be here.
        action: The words of the button; without them there is none.
        parent: The parent widget.
    """

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        action: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._picture = QLabel()
        self._words = QLabel(sentence)
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S4, S4, S4)
        column.setSpacing(S3)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, alignment=centre)
        column.addWidget(self._words, alignment=centre)
        if action:
            button = Button(theme, action)
            button.clicked.connect(self.pressed)
            column.addWidget(button, alignment=centre)
            self.setFocusProxy(button)
        column.addStretch(1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def set_sentence(self, sentence: str) -> None:
        """Say something else, such as that a search found nothing."""
        self._words.setText(sentence)
        self._restyle()

    def _restyle(self) -> None:
        side = self._theme.px(_ICON)
        self._picture.setFixedSize(QSize(side, side))
        self._picture.setPixmap(self._theme.icons.pixmap(self._icon_name, "muted", side))
        words = self._theme.px(_WIDTH)
        self._words.setFixedWidth(words)
        self._words.ensurePolished()
        self._words.setMinimumHeight(max(self._words.heightForWidth(words), 0))
