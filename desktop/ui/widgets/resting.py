"""Widgets that rest while work is under way, without the keyboard running off to a neighbour."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class Resting:
    """Disables widgets and enables them again; the keyboard waits on what holds them meanwhile.

    Qt gives the keyboard to the next widget when the one that has it is disabled, and never back.

    Args:
        holder: What holds them all.
        widgets: What rests.
    """

    def __init__(self, holder: QWidget, *widgets: QWidget) -> None:
        self._holder = holder
        self._widgets = widgets
        self._had_keyboard: QWidget | None = None

    @property
    def is_resting(self) -> bool:
        """Whether work is under way."""
        return not self._widgets[0].isEnabled()

    def begin(self) -> None:
        """Disables them."""
        now = self._holder.window().focusWidget()
        if any(now is widget or widget.isAncestorOf(now) for widget in self._widgets if now):
            self._had_keyboard = now
            self._holder.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in self._widgets:
            widget.setEnabled(False)

    def end(self) -> None:
        """Enables them; whichever had the keyboard has it again, unless it went elsewhere."""
        for widget in self._widgets:
            widget.setEnabled(True)
        now, before = self._holder.window().focusWidget(), self._had_keyboard
        self._had_keyboard = None
        if before is not None and now in (None, self._holder):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
