"""A field for one answer of a long list: a few letters find it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL
from desktop.ui.widgets.text_field import LineField

_POPUP: Final = """
QListView {{
  background: {surface}; color: {text}; border: 1px solid {field_line}; outline: 0; padding: 4px;
}}
QListView::item {{ min-height: {row}px; padding: 0 8px; }}
QListView::item:selected {{ background: {selection}; color: {text}; }}
"""


class SearchChoiceField(LineField):
    """One of many names, found by a part of it; its value is the code.

    Enter takes the first name that fits what was typed.

    Args:
        theme: The theme.
        names: Code -> name, in the order in which they are offered.
        refusal: What is said of words that are no name of the list.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        names: Mapping[str, str],
        *,
        refusal: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder="", parent=parent)
        self._names = _told_apart(names)
        self._codes = {name.casefold(): code for code, name in self._names.items()}
        self._refusal = refusal
        self.setPlaceholderText(self.tr("Type to search"))
        completer = QCompleter(list(self._names.values()), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: self.changed.emit())
        found = QListView()
        found.setStyleSheet(_POPUP.format(**_look(theme)))
        completer.setPopup(found)
        self.setCompleter(completer)

    def value(self) -> str | None:
        """The code, or None."""
        words = self.text().strip()
        return self._codes.get(words.casefold(), words if words in self._names else None)

    def set_value(self, value: str | None) -> None:
        """Shows the name of a code, or the code itself if this version does not know it."""
        if value is not None and value not in self._names:
            self._names[value] = value
        self.setText(self._names[value] if value else "")

    def problem(self) -> str:
        """Says that a name has to be chosen from the list."""
        return "" if not self.text().strip() or self.value() is not None else self._refusal

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter takes the first name that fits."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.problem():
            first = self.completer().currentCompletion()
            if first:
                self.setText(first)
                self.changed.emit()
        super().keyPressEvent(event)


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names; those that several codes have, with their code."""
    count = Counter(name.casefold() for name in names.values())
    return {
        code: name if count[name.casefold()] == 1 else f"{name} ({code})"
        for code, name in names.items()
    }


def _look(theme: Theme) -> dict[str, Any]:
    roles = ("surface", "text", "field_line", "selection")
    return {role: getattr(theme.tokens, role) for role in roles} | {"row": theme.px(CONTROL - 4)}
