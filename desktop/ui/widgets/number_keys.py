"""Numbers of options, typed: one digit, or two where there are more than nine."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

DIGITS: Final = tuple("0123456789")
ONE_DIGIT: Final = 9
"""So many options have a number of one digit."""
_TOGETHER_MS: Final = 450
"""For so long a digit that can begin a longer number waits for the second one."""


class NumberKeys(QObject):
    """Reads digits as numbers of options.

    Args:
        owner: whose keys they are.
        count: how many options there are.
        chosen: is told the number, from 1 to `count`, once it is clear which it is.
        pointed_at: is told the number that a digit says which waits for a second one.
    """

    def __init__(
        self,
        owner: QObject,
        count: int,
        chosen: Callable[[int], None],
        pointed_at: Callable[[int], None] = lambda _number: None,
    ) -> None:
        super().__init__(owner)
        self._count, self._chosen, self._pointed_at = count, chosen, pointed_at
        self._first = 0
        self._pause: QTimer | None = None

    def read(self, typed: str) -> bool:
        """Takes the text of a key; tells whether it says a number.

        Any key that says none makes clear that a digit before it stands for itself.
        """
        if typed not in DIGITS:
            self.settle()
            return False
        both = self._first * 10 + int(typed)
        if self._first and both <= self._count:
            self._first = 0
            self._chosen(both)
            return True
        self.settle()
        if not 0 < int(typed) <= self._count:
            return False
        if int(typed) * 10 <= self._count:
            self._wait_for_more(int(typed))
        else:
            self._chosen(int(typed))
        return True

    def settle(self) -> None:
        """A digit that waits for a second one stands for itself."""
        first, self._first = self._first, 0
        if first:
            self._chosen(first)

    def forget(self) -> None:
        """Something else was chosen while a digit waited."""
        self._first = 0

    def _wait_for_more(self, first: int) -> None:
        self._first = first
        self._pointed_at(first)
        if self._pause is None:
            self._pause = QTimer(self, singleShot=True, interval=_TOGETHER_MS)
            self._pause.timeout.connect(self.settle)
        self._pause.start()
