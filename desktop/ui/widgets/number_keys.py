"""Numbers of options, typed: one digit, or two where there are more than nine."""

from typing import Final, NamedTuple

from PySide6.QtCore import QDeadlineTimer

DIGITS: Final = tuple("0123456789")
ONE_DIGIT: Final = 9
"""So many options have a number of one digit."""
_TOGETHER_MS: Final = 600
"""A second digit belongs to the first one if it comes so soon after it."""


class Number(NamedTuple):
    """What was typed: the number of an option, and that of the one it was taken for at first."""

    value: int
    instead_of: int = 0


class NumberKeys:
    """Reads digits as numbers of options.

    The first digit counts at once, as it does everywhere; the second one corrects it.
    """

    def __init__(self) -> None:
        self._first = 0
        self._until = QDeadlineTimer(0)

    def read(self, typed: str, count: int) -> Number | None:
        """What a key says.

        Args:
            typed: the text of the key.
            count: how many options there are.

        Returns:
            The number, from 1 to `count`; None if the key says none.
        """
        if typed not in DIGITS:
            self.forget()
            return None
        first = 0 if self._until.hasExpired() else self._first
        both = first * 10 + int(typed)
        self.forget()
        if first and ONE_DIGIT < both <= count:
            return Number(both, instead_of=first)
        if not 0 < int(typed) <= count:
            return None
        self._first, self._until = int(typed), QDeadlineTimer(_TOGETHER_MS)
        return Number(int(typed))

    def forget(self) -> None:
        """The next digit begins a new number."""
        self._first = 0
