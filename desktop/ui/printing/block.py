"""Filling a part of a printed page from its top: words below words, icons beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from desktop.ui.printing.items import Icon, Words, mm, set_words

if TYPE_CHECKING:
    from desktop.ui.printing.items import Item, Type


class Block:
    """A part of a page. Sizes are given at a scale of 1, and grow with it; the width does not.

    Args:
        width: of the page, in its units.
        scale: of letters, icons and distances.
    """

    def __init__(self, width: float, scale: float) -> None:
        self.width, self.scale = width, scale
        self.items: list[Item] = []
        self.height = 0.0

    def mm(self, length: float) -> float:
        """A length in units of the page, grown with the letters."""
        return mm(length) * self.scale

    def down(self, length: float) -> None:
        """Leaves room, in millimetres."""
        self.height += self.mm(length)

    def put(self, item: Item) -> None:
        """Places something; what comes next is not moved by it."""
        self.items.append(item)

    def words(
        self, text: str, type_: Type, left: float = 0, width: float = 0, most: int = 99
    ) -> Words:
        """Places words below what is there.

        Args:
            text: the words.
            type_: the letters, at a scale of 1.
            left: where they begin.
            width: of their lines; up to the edge unless told.
            most: lines.
        """
        room = width or self.width - left
        placed = set_words(text, left, self.height, room, type_.times(self.scale), most)
        self.put(placed)
        self.height = placed.rect.bottom()
        return placed

    def icon(self, name: str, side: float, beside: Type) -> None:
        """Places an icon at the left edge, in the middle of the line that comes next."""
        line = QFontMetricsF(beside.times(self.scale).font()).height()
        middle = self.height + line / 2
        length = self.mm(side)
        self.put(Icon(QRectF(0, middle - length / 2, length, length), name))

    def moved(self, left: float, top: float) -> list[Item]:
        """Its items, moved to their place."""
        return [replace(item, rect=item.rect.translated(left, top)) for item in self.items]
