"""Fields to choose one or several answers from a list, with the number keys.

Each option carries its number; typing it chooses (or, among several, marks and unmarks) that option
from anywhere in the field.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S2, S3
from desktop.ui.widgets.number_keys import DIGITS, ONE_DIGIT, NumberKeys
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.painting import focus_ring, rounded

PICTURE: Final = QSize(112, 84)
"""The largest that a picture of an option is shown, at 100%."""
_MARK: Final = 18
_WRAP_AT: Final = 200
_WRAP: Final = Qt.TextFlag.TextWordWrap
_DIGIT: Final = 8
"""The width that a second digit takes more."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _ChoiceBase(QWidget):
    """The rows of options, in one or more columns, and the number keys."""

    changed = Signal()
    entered = Signal()
    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        options: Sequence[Option],
        columns: int,
        parent: QWidget | None,
        *,
        exclusive: bool,
        is_numbered: bool = True,
    ) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        digits = (1 if len(options) <= ONE_DIGIT else 2) if is_numbered else 0
        count = len(options) if is_numbered else 0
        self.numbers = NumberKeys(self, count, self._choose, self._point_at)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(S1)
        lines = -(-len(options) // columns)
        for index, option in enumerate(options):
            row = _Row(theme, option, index + 1, digits, exclusive=exclusive, parent=self)
            row.clicked.connect(lambda _on=False, code=option.code: self._picked(code))
            grid.addWidget(row, index % lines, index // lines)
            self._rows[option.code] = row
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        rows = list(self._rows.values())
        for before, after in pairwise(rows):
            QWidget.setTabOrder(before, after)
        if rows:
            self.setFocusProxy(rows[0])

    def follow(self, before: QWidget) -> None:
        """Let Tab come here after a widget of the same window, wherever that stands."""
        for one, after in pairwise([before, *self._rows.values()]):
            QWidget.setTabOrder(one, after)

    def problem(self) -> str:
        """A choice can always be read."""
        return ""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Number keys choose; Enter goes on to the next question."""
        if self.numbers.read(event.text()):
            return
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def settle(self) -> None:
        """Let a digit stand for itself that waits for a second one."""
        self.numbers.settle()

    def _choose(self, number: int) -> None:
        row = list(self._rows.values())[number - 1]
        if row.isEnabled():
            self._point_at(number)
            row.click()

    def _point_at(self, number: int) -> None:
        """Put the keyboard on an option, if it is still in this field."""
        rows = list(self._rows.values())
        if rows[number - 1].isEnabled() and any(row.hasFocus() for row in rows):
            rows[number - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _picked(self, code: str) -> None:
        self.numbers.forget()
        self.changed.emit()
        self.chosen.emit(code)


class ChoiceField(_ChoiceBase):
    """One answer of several.

    Args:
        theme: The theme.
        options: The answers, in order.
        columns: In how many columns they stand.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        options: Sequence[Option],
        *,
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, options, columns, parent, exclusive=True)
        self._rove()

    def value(self) -> str | None:
        """The code of the chosen option, or None."""
        return next((code for code, row in self._rows.items() if row.isChecked()), None)

    def disable(self, code: str) -> None:
        """Show an option that cannot be chosen; its hint should say why.

        Raises:
            KeyError: No option has this code.
        """
        self._rows[code].setEnabled(False)
        self._rove()

    def set_value(self, value: str | None) -> None:
        """Choose an option by its code; None chooses nothing.

        Raises:
            KeyError: No option has this code.
        """
        chosen = self._rows[value] if value is not None else None
        for row in self._rows.values():
            row.setAutoExclusive(False)
            row.setChecked(row is chosen)
        for row in self._rows.values():
            row.setAutoExclusive(True)
        self._rove()

    def _picked(self, code: str) -> None:
        self._rove()
        super()._picked(code)

    def _rove(self) -> None:
        """Let Tab reach only the chosen row, or the first: the arrows do the rest."""
        rows = [row for row in self._rows.values() if row.isEnabled()]
        goal = next((row for row in rows if row.isChecked()), rows[0] if rows else None)
        for row in rows:
            policy = Qt.FocusPolicy.StrongFocus if row is goal else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(policy)
        if goal is not None:
            self.setFocusProxy(goal)


class MultiChoiceField(_ChoiceBase):
    """Any number of answers.

    Args:
        theme: The theme.
        options: The answers, in order.
        columns: In how many columns they stand.
        is_numbered: Whether the number keys mark them.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        options: Sequence[Option],
        *,
        columns: int = 1,
        is_numbered: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, options, columns, parent, exclusive=False, is_numbered=is_numbered)

    def value(self) -> frozenset[str]:
        """The codes of the marked options; possibly none."""
        return frozenset(code for code, row in self._rows.items() if row.isChecked())

    def set_value(self, value: frozenset[str] | None) -> None:
        """Mark exactly these options; None marks nothing.

        Raises:
            KeyError: An option's code is unknown.
        """
        wanted = value or frozenset()
        for code in wanted - self._rows.keys():
            raise KeyError(code)
        for code, row in self._rows.items():
            row.setChecked(code in wanted)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Up and down walk through the options."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        rows = list(self._rows.values())
        focused = [index for index, row in enumerate(rows) if row.hasFocus()]
        if event.key() in steps and focused:
            goal = (focused[0] + steps[Qt.Key(event.key())]) % len(rows)
            rows[goal].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class _Row(QAbstractButton):
    """One option: its mark, its number key, its words and hint, on the ground of the card.

    The mark is round where one option rules out the others, and square where it does not.
    """

    def __init__(
        self,
        theme: Theme,
        option: Option,
        number: int,
        digits: int,
        *,
        exclusive: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme, self._option, self._number, self._digits = theme, option, number, digits
        self._exclusive = exclusive
        self.setCheckable(True)
        self.setAutoExclusive(exclusive)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setText(option.text)
        self.setAccessibleName(option.text)
        self.setAccessibleDescription(option.hint)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words, hint = self._widths()
        wide = self._words_left() + words + (hint + S2 if hint else 0) + S3 + 2
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        words = min(self._widths()[0], self._theme.px(_WRAP_AT))
        return QSize(self._words_left() + words + S3 + 2, self._theme.px(CONTROL))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        room = width - self._words_left() - S3
        high = _wrapped(self._theme.font("body", 500), room, self._option.text)
        if self._option.hint and not self._is_hint_beside(room):
            high += _wrapped(self._theme.font("small"), room, self._option.hint)
        return max(high + 2 * S2, self._picture_size().height() + 2 * S1, self._theme.px(CONTROL))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if (
            event.key() in _ENTER
            or event.text() in DIGITS
            or (not self._exclusive and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down))
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        theme, rect = self._theme, self.rect()
        checked = self.isChecked()
        if checked or self.underMouse():
            rounded(painter, rect, fill=theme.color("selection" if checked else "zebra"))
        self._paint_mark(painter, self._mark_rect())
        if self._digits:
            self._paint_number(painter)
        if self._option.picture is not None:
            place = QRect(QPoint(self._picture_left(), 0), self._picture_size())
            place.moveTop((self.height() - place.height()) // 2)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, self._option.picture)
        self._paint_words(painter, rect.adjusted(self._words_left(), 0, -S3, 0))
        if self.hasFocus():
            focus_ring(painter, rect, theme.color("focus"))

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        """Paint the words, and the hint beside them or, for lack of room, below."""
        theme, option = self._theme, self._option
        font = theme.font("body", 500 if self.isChecked() else 400)
        words = QRect(room)
        beside = self._is_hint_beside(room.width())
        if option.hint and not beside:
            below = _wrapped(theme.font("small"), room.width(), option.hint)
            above = _wrapped(font, room.width(), option.text)
            top = (self.height() - above - below) // 2
            words = QRect(room.left(), top, room.width(), above)
        painter.setFont(font)
        painter.setPen(theme.color("text" if self.isEnabled() else "muted"))
        painter.drawText(words, _WRAP | Qt.AlignmentFlag.AlignVCenter, option.text)
        if beside:
            room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(option.text) + S2)
        else:
            room.setTop(words.bottom() + 1)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        side = Qt.AlignmentFlag.AlignVCenter if beside else Qt.AlignmentFlag.AlignTop
        painter.drawText(room, _WRAP | side, option.hint)

    def _widths(self) -> tuple[int, int]:
        """How wide the words and the hint are on one line."""
        words = QFontMetrics(self._theme.font("body", 500)).horizontalAdvance(self._option.text)
        hint = QFontMetrics(self._theme.font("small")).horizontalAdvance(self._option.hint)
        return words, hint

    def _is_hint_beside(self, room: int) -> bool:
        words, hint = self._widths()
        return words + S2 + hint <= room

    def _paint_number(self, painter: QPainter) -> None:
        theme, side = self._theme, self._theme.px(_MARK)
        cap = QRect(S3 + side + S2, (self.height() - side) // 2, self._cap_width(), side)
        rounded(painter, cap, border=theme.color("line"), radius=S1)
        painter.setFont(theme.font("small", figures=True))
        painter.setPen(theme.color("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        if not self._exclusive:
            paint_check(painter, self._theme, rect, checked=self.isChecked())
            return
        color = self._theme.color("primary" if self.isChecked() else "field_line")
        width = rect.width() / 3 if self.isChecked() else 1.5
        rounded(painter, rect, border=color, radius=rect.width() / 2, width=width)

    def _mark_rect(self) -> QRect:
        side = self._theme.px(_MARK)
        return QRect(S3, (self.height() - side) // 2, side, side)

    def _cap_width(self) -> int:
        return self._theme.px(_MARK + (self._digits - 1) * _DIGIT)

    def _picture_left(self) -> int:
        cap = self._cap_width() + S2 if self._digits else 0
        return S3 + self._theme.px(_MARK) + S2 + cap

    def _picture_size(self) -> QSize:
        """As it is, but no larger than there is room for in a row."""
        if self._option.picture is None:
            return QSize(0, 0)
        most = QSize(self._theme.px(PICTURE.width()), self._theme.px(PICTURE.height()))
        size = self._option.picture.size()
        fitted = size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        return fitted if fitted.width() < size.width() else size

    def _words_left(self) -> int:
        picture = self._picture_size().width()
        return self._picture_left() + (picture + S3 if picture else 0)


def _wrapped(font: QFont, width: int, text: str) -> int:
    """How high a text is when it wraps."""
    room = QRect(0, 0, max(width, 1), 10_000)
    return QFontMetrics(font).boundingRect(room, _WRAP, text).height()


def paint_check(painter: QPainter, theme: Theme, rect: QRect, *, checked: bool) -> None:
    """Paint a square mark with or without its tick."""
    if not checked:
        rounded(painter, rect, border=theme.color("field_line"), radius=S1, width=1.5)
        return
    rounded(painter, rect, fill=theme.color("primary"), radius=S1)
    side = rect.width()
    pen = QPen(theme.color("on_primary"), max(side / 9, 1.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    corners = ((0.27, 0.52), (0.44, 0.69), (0.75, 0.34))
    points = [rect.topLeft() + QPoint(round(side * x), round(side * y)) for x, y in corners]
    painter.drawPolyline(points)
    painter.restore()
