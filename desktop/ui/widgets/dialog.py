"""Dialogs in the application's own words; Qt's standard buttons are never used."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S2, S3, S4, S6
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.text_field import TextField

_WIDTH = 440


class Dialog(QDialog):
    """A title, a body, and at the bottom right what can be done.

    Args:
        theme: The theme.
        title: What it is about.
        parent: The window it belongs to.
    """

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setMinimumWidth(theme.px(_WIDTH))
        self._heading = QLabel()
        self._heading.setProperty("role", "heading")
        self._heading.setWordWrap(True)
        self.set_title(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(S6, S6, S6, S4)
        column.setSpacing(S3)
        column.addWidget(self._heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(S3)
        column.addLayout(self.body, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(S2)
        self._buttons.setContentsMargins(0, S2, 0, 0)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)

    def set_title(self, title: str) -> None:
        """Say that it is about something else now."""
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._heading.setText(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a widget at the bottom left."""
        self._buttons.insertWidget(self._buttons.count() - 1, widget)

    def add_text(self, text: str) -> QLabel:
        """Add a paragraph to the body."""
        label = QLabel(text)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.body.addWidget(label)
        return label

    def add_buttons(
        self, accept: str, reject: str = "", *, danger: bool = False, deliberate: bool = False
    ) -> Button:
        """Add the buttons; Enter presses the accepting one, Esc the other.

        Args:
            accept: What is done, as a verb.
            reject: How to leave without doing it; without it there is one button.
            danger: Whether something is lost; then Enter presses the other one.
            deliberate: Whether it has to be chosen; then Enter presses the other one as well.

        Returns:
            The accepting button.
        """
        if reject:
            back = Button(self._theme, reject)
            back.clicked.connect(self.reject)
            back.setDefault(danger or deliberate)
            self._buttons.addWidget(back)
        button = Button(self._theme, accept, kind="danger" if danger else "primary")
        button.clicked.connect(self.accept)
        button.setDefault(not (danger or deliberate) or not reject)
        self._buttons.addWidget(button)
        return button


def ask(
    theme: Theme,
    parent: QWidget | None,
    title: str,
    text: str,
    yes: str,
    *,
    no: str = "",
    danger: bool = False,
) -> bool:
    """Ask a question and wait. True if the answer is `yes`; Esc is no."""
    dialog = Dialog(theme, title, parent)
    dialog.add_text(text)
    dialog.add_buttons(yes, no or _cancel(), danger=danger)
    return dialog.exec() == QDialog.DialogCode.Accepted


def tell(theme: Theme, parent: QWidget | None, title: str, text: str) -> None:
    """Say something that has to be read before going on."""
    dialog = Dialog(theme, title, parent)
    dialog.add_text(text)
    dialog.add_buttons(QCoreApplication.translate("Dialog", "Close"))
    dialog.exec()


def ask_text(
    theme: Theme,
    parent: QWidget | None,
    title: str,
    label: str,
    value: str = "",
    *,
    ok: str = "",
    check: Callable[[str], str] | None = None,
) -> str | None:
    """Ask for a line of words and wait.

    Args:
        theme: The theme.
        parent: The window it belongs to.
        title: What it is about.
        label: What is asked.
        value: What stands there at first.
        ok: The words of the accepting button.
        check: Gives the problem of an answer as a sentence, or an empty text.

    Returns:
        The words, without surrounding blanks; None if the dialog was left.
    """
    dialog = Dialog(theme, title, parent)
    form = FormGrid(theme)
    field = TextField()
    field.set_value(value)
    row = form.add_row(label, field)
    dialog.body.addWidget(form)
    accept = dialog.add_buttons(ok or QCoreApplication.translate("Dialog", "Save"), _cancel())

    def look() -> None:
        words = field.value() or ""
        problem = check(words) if check and words else ""
        row.set_error(problem)
        accept.setEnabled(bool(words) and not problem)

    field.changed.connect(look)
    look()
    field.setFocus()
    return field.value() if dialog.exec() == QDialog.DialogCode.Accepted else None


def _cancel() -> str:
    return QCoreApplication.translate("Dialog", "Cancel")
