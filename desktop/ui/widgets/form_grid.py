"""A form: labels at the left on the base line of their fields, words of help below a field."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S2, S4
from desktop.ui.widgets.field import Field, mark_problem


class FormGrid(QWidget):
    """Rows of a label and a field.

    Args:
        theme: The theme.
        label_width: The width of the labels at 100%; longer ones wrap.
        parent: The parent widget.
    """

    def __init__(
        self, theme: Theme, *, label_width: int = 136, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label_width = label_width
        self._rows: list[FormRow] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(S4)
        self._grid.setVerticalSpacing(S2)
        self._grid.setColumnStretch(1, 1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def add_row(
        self, label: str, field: QWidget, *, hint: str = "", required: bool = False
    ) -> "FormRow":
        """Add a row at the end.

        Args:
            label: What is asked.
            field: A field of this package, or any other widget.
            hint: A muted line below the field.
            required: Whether it has to be answered; says so to the eye and to screen readers.
        """
        row = FormRow(self._theme, label, field, hint, required=required, parent=self)
        index = len(self._rows)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(row.label, index, 0, top)
        self._grid.addWidget(row.side, index, 1, top)
        self._rows.append(row)
        return row

    def check(self) -> bool:
        """Show every row's problem; go to the first one. True if there is none."""
        wrong = [row for row in self._rows if not row.check()]
        if wrong:
            wrong[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _restyle(self) -> None:
        self._grid.setColumnMinimumWidth(0, self._theme.px(self._label_width))


class FormRow(QObject):
    """One row of a form: its label, its field, and the lines below the field."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        field: QWidget,
        hint: str,
        *,
        required: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._required = required
        self.field = field
        self.label = QLabel(f"{label} *" if required else label)
        self.label.setWordWrap(True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setBuddy(field)
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S1 // 2)
        column.addWidget(field)
        self._previous, self._hint = _line("small"), _line("small")
        self._error = _line("error")
        for line in (self._error, self._previous, self._hint):
            column.addWidget(line)
        field.setAccessibleName(label)
        self.set_hint(hint)
        self._restyle()
        theme.changed.connect(self._restyle)
        for name in ("editingFinished", "left"):
            signal = getattr(field, name, None)
            if signal is not None:
                signal.connect(self._finished)
        changed = getattr(field, "changed", None)
        if changed is not None:
            changed.connect(self._forgive)

    def set_error(self, text: str) -> None:
        """Say what is wrong with the answer; empty if nothing is."""
        _say(self._error, text)
        mark_problem(self.field, bool(text))
        self._describe()

    def set_hint(self, text: str) -> None:
        """Show a muted line of help."""
        _say(self._hint, text)
        self._describe()

    def set_previous(self, text: str) -> None:
        """Show what was said last time."""
        _say(self._previous, text)
        self._describe()

    def set_visible(self, visible: bool) -> None:
        """Show or hide the whole row."""
        self.label.setVisible(visible)
        self.side.setVisible(visible)

    def check(self) -> bool:
        """Show the field's own problem, or that an answer is missing. True if there is none."""
        problem = self._problem()
        if not problem and self._required and self._is_empty():
            problem = self.tr("This has to be answered")
        self.set_error(problem)
        return not problem

    def _problem(self) -> str:
        problem = getattr(self.field, "problem", None)
        return str(problem()) if problem else ""

    def _is_empty(self) -> bool:
        field: Field = self.field  # type: ignore[assignment]
        value = field.value()
        return value is None or value == frozenset()

    def _finished(self) -> None:
        self.set_error(self._problem())

    def _forgive(self) -> None:
        if self._error.text() and not self._problem():
            self.set_error("")

    def _describe(self) -> None:
        lines = [line.text() for line in (self._error, self._previous, self._hint)]
        required = self.tr("Has to be answered") if self._required else ""
        self.field.setAccessibleDescription(". ".join(x for x in (required, *lines) if x))

    def _restyle(self) -> None:
        """A label is as high as a field and its words stand in the middle: one base line."""
        line = self.label.fontMetrics().lineSpacing()
        pad = (self._theme.px(CONTROL) - line) // 2
        self.label.setContentsMargins(0, pad, 0, 0)


def _line(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setContentsMargins(0, S1 // 2, 0, S1 // 2)
    label.hide()
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
