"""A field to put answers in an order, with the number keys or the arrows."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S2
from desktop.ui.widgets.number_keys import NumberKeys
from desktop.ui.widgets.option import Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RankField(QListWidget):
    """Answers in the order that somebody gives them.

    Alt with an arrow moves the marked one up or down; a number puts it at that place. The order
    counts once it was touched, or agreed to with Enter.

    Args:
        theme: The theme.
        options: The answers, in the order in which they are offered.
        parent: The parent widget.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self, theme: Theme, options: Sequence[Option], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = {option.code: option.text for option in options}
        self._is_ranked = False
        self.numbers = NumberKeys(self, len(options), self._put_at)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill(list(self._texts))
        self.model().rowsMoved.connect(self._moved)
        self.setFixedHeight(len(options) * theme.px(CONTROL) + 2 * S2)

    def value(self) -> list[str] | None:
        """The codes in their order; None while nobody put them in one."""
        return self._codes() if self._is_ranked else None

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show an order; None shows them as they are offered."""
        self._is_ranked = value is not None
        self._fill(list(value) if value is not None else list(self._texts))

    def problem(self) -> str:
        """An order can always be read."""
        return ""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Move the marked answer; Enter agrees and goes on."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        row = self.currentRow()
        if self.numbers.read(event.text()):
            return
        if event.key() in _ENTER:
            self._rank()
            self.entered.emit()
        elif event.key() in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(row, row + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Let a digit stand for itself that waits for a second one."""
        self.numbers.settle()

    def _put_at(self, number: int) -> None:
        self._move(self.currentRow(), number - 1)

    def _codes(self) -> list[str]:
        return [str(self.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.count())]

    def _fill(self, codes: Sequence[str]) -> None:
        self.clear()
        for code in codes:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setSizeHint(QSize(0, self._theme.px(CONTROL)))
            self.addItem(item)
        self._number()
        self.setCurrentRow(0)

    def _number(self) -> None:
        for row, code in enumerate(self._codes()):
            self.item(row).setText(f"{row + 1}.  {self._texts.get(code, code)}")

    def _move(self, row: int, goal: int) -> None:
        if 0 <= row < self.count() and 0 <= goal < self.count():
            item = self.takeItem(row)
            self.insertItem(goal, item)
            self.setCurrentRow(goal)
            self._moved()

    def _moved(self) -> None:
        self._number()
        self._is_ranked = True
        self.changed.emit()

    def _rank(self) -> None:
        if not self._is_ranked:
            self._is_ranked = True
            self.changed.emit()
