"""Fields for words and for whole numbers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.models.rules.money import format_number
from desktop.ui.theme.fonts import tabular


class LineField(QLineEdit):
    """The base of all fields that are one typed line."""

    changed = Signal()
    entered = Signal()

    def __init__(self, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(lambda _text: self.changed.emit())
        self.returnPressed.connect(self.entered)

    def problem(self) -> str:
        """Why what was typed cannot be read; empty if all is well."""
        return ""

    def use_figures(self) -> None:
        """Make all digits equally wide, so that numbers below each other line up."""
        self.setFont(tabular())


class TextField(LineField):
    """A line of words.

    Args:
        placeholder: An example, shown while it is empty.
        max_length: The most characters, 0 for no limit.
        parent: The parent widget.
    """

    def __init__(
        self, *, placeholder: str = "", max_length: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        if max_length:
            self.setMaxLength(max_length)

    def value(self) -> str | None:
        """The words without surrounding blanks, or None."""
        return self.text().strip() or None

    def set_value(self, value: str | None) -> None:
        """Show words; None empties."""
        self.setText(value or "")


class NumberField(LineField):
    """A whole number, with dots between thousands if it is long.

    Args:
        minimum: The least that makes sense.
        maximum: The most that makes sense.
        placeholder: An example, shown while it is empty.
        parent: The parent widget.
    """

    def __init__(
        self,
        *,
        minimum: int = 0,
        maximum: int = 1_000_000_000,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._minimum = minimum
        self._maximum = maximum
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.use_figures()

    def value(self) -> int | None:
        """The number, or None if there is none or it is out of range."""
        number = self._typed()
        if number is None or not self._minimum <= number <= self._maximum:
            return None
        return number

    def set_value(self, value: int | None) -> None:
        """Show a number; None empties."""
        self.setText("" if value is None else format_number(value))

    def problem(self) -> str:
        """Says what numbers are possible if this is none of them."""
        if not self.text().strip() or self.value() is not None:
            return ""
        lowest, highest = format_number(self._minimum), format_number(self._maximum)
        return self.tr("Write a whole number from {lowest} to {highest}").format(
            lowest=lowest, highest=highest
        )

    def _typed(self) -> int | None:
        digits = self.text().replace(".", "").replace(" ", "")
        return int(digits) if digits.removeprefix("-").isdecimal() else None


class LongTextField(QPlainTextEdit):
    """Several lines of words; Tab leaves it, Ctrl+Enter goes on to the next question.

    Args:
        lines: How many lines are seen at once.
        placeholder: An example, shown while it is empty.
        parent: The parent widget.
    """

    changed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(
        self, *, lines: int = 3, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._silent = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._tell)
        self.ensurePolished()
        self._fit()

    def value(self) -> str | None:
        """The words without surrounding blanks, or None."""
        return self.toPlainText().strip() or None

    def set_value(self, value: str | None) -> None:
        """Show words; None empties."""
        self._silent = True
        self.setPlainText(value or "")
        self._silent = False

    def problem(self) -> str:
        """Words are always well."""
        return ""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ctrl+Enter goes on; Enter alone begins a new line."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def _tell(self) -> None:
        if not self._silent:
            self.changed.emit()

    def _fit(self) -> None:
        line = QFontMetrics(self.font()).lineSpacing()
        self.setFixedHeight(line * self._lines + 2 * line)
