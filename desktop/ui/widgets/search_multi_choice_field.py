"""A field for any number of answers of a long list: a few letters find each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1
from desktop.ui.widgets.choice_field import MultiChoiceField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.search_choice_field import SearchChoiceField


class SearchMultiChoiceField(QWidget):
    """Some of many names, each found by a part of it; what is chosen stands below the line.

    Enter takes the first name that fits what was typed; with nothing typed it goes on. A name is
    taken back by unmarking it.

    Args:
        theme: The theme.
        options: The answers, in the order in which they are offered.
        refusal: What is said of words that are no name of the list.
        parent: The parent widget.
    """

    changed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        options: Sequence[Option],
        *,
        refusal: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = {option.code: option for option in options}
        self._value: frozenset[str] = frozenset()
        names = {option.code: option.text for option in options}
        self.line = SearchChoiceField(theme, names, refusal=refusal)
        self.line.entered.connect(self._enter)
        self.line.editingFinished.connect(self.settle)
        self.line.editingFinished.connect(self.left)
        # Once the completer has written the name into the line.
        self.line.completer().activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.chosen: MultiChoiceField | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S1)
        self._column.addWidget(self.line)
        self.setFocusProxy(self.line)

    def value(self) -> frozenset[str]:
        """The codes of the chosen options; possibly none."""
        return self._value

    def set_value(self, value: frozenset[str] | None) -> None:
        """Show exactly these options as chosen; None shows none.

        Raises:
            KeyError: An option's code is unknown.
        """
        wanted = value or frozenset()
        for code in wanted - self._options.keys():
            raise KeyError(code)
        self._value = wanted
        self._show()

    def problem(self) -> str:
        """Says that a name has to be chosen from the list."""
        return self.line.problem()

    def settle(self) -> None:
        """Choose a name that was typed whole, without Enter."""
        self._take()

    def setAccessibleName(self, name: str, /) -> None:
        """Give the line, which has the keyboard, the name of the question."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def _enter(self) -> None:
        if self.line.value() is not None:
            self._take()
        elif not self.line.text().strip():
            self.entered.emit()

    def _take(self) -> None:
        code = self.line.value()
        if code is None:
            return
        self.line.set_value(None)
        if code not in self._value:
            self._value |= {code}
            self._show()
            self.changed.emit()

    def _unmark(self) -> None:
        assert self.chosen is not None  # noqa: S101 one of its options was unmarked
        self._value = self.chosen.value()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """The chosen names, in the order in which they are offered."""
        if self.chosen is not None:
            self._column.removeWidget(self.chosen)
            self.chosen.hide()
            self.chosen.deleteLater()
            self.chosen = None
        if not self._value:
            return
        options = [option for code, option in self._options.items() if code in self._value]
        self.chosen = MultiChoiceField(self._theme, options, is_numbered=False)
        self.chosen.set_value(self._value)
        self.chosen.changed.connect(self._unmark)
        self.chosen.entered.connect(self.entered)
        self._column.addWidget(self.chosen)
        self.chosen.follow(self.line)
