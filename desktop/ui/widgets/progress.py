"""How far long work has come: a thin line, with words below it."""

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1
from desktop.ui.widgets.painting import rounded

_LINE = 8
_TICK_MS = 40
_BUSY_PART = 0.25
_STEPS = 1000


class Progress(QWidget):
    """A line and a sentence such as `320 of 900 KB, about 2 minutes left`.

    Args:
        theme: The theme.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Line(theme)
        self._words = QLabel()
        self._words.setProperty("role", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S1)
        column.addWidget(self._bar)
        column.addWidget(self._words)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Show that `done` of `total` is through; any unit."""
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * min(done / total, 1)) if total > 0 else 0)
        self._say(text)

    def set_busy(self, text: str = "") -> None:
        """Show that work goes on whose size is not known."""
        self._bar.setRange(0, 0)
        self._say(text)

    def _say(self, text: str) -> None:
        self._words.setText(text)
        self._words.setVisible(bool(text))
        self._bar.setAccessibleName(text)


class _Line(QProgressBar):
    """The thin line; a part of it runs along while the size of the work is not known."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._phase = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._step)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, _LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _LINE)

    def showEvent(self, event: QShowEvent, /) -> None:
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent, /) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        rounded(painter, whole, fill=self._theme.color("line"), radius=_LINE / 2)
        if self.maximum() == 0:
            width = whole.width() * _BUSY_PART
            left = (whole.width() + width) * self._phase - width
            done = QRectF(left, 0, width, _LINE).intersected(whole)
        else:
            width = whole.width() * self.value() / self.maximum()
            done = QRectF(0, 0, max(width, _LINE) if self.value() else 0, _LINE)
        if not done.isEmpty():
            rounded(painter, done, fill=self._theme.color("primary"), radius=_LINE / 2)

    def _step(self) -> None:
        if self.maximum() == 0:
            self._phase = (self._phase + _TICK_MS / 1400) % 1
            self.update()
