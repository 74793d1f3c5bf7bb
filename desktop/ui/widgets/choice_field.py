"""Fields to choose one or several answers from a list, with the number keys.

The first nine options carry a number from 1 to 9; pressing it chooses (or, among several, marks
and unmarks) that option from anywhere in the field.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QGridLayout, QRadioButton, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S2, S3
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.painting import focus_ring, rounded

NUMBER_KEYS: Final = 9
_MARK: Final = 18
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
        row_type: type["_RadioRow"] | type["_CheckRow"],
        columns: int,
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._rows: dict[str, _RadioRow | _CheckRow] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(S1)
        lines = -(-len(options) // columns)
        for index, option in enumerate(options):
            row = row_type(theme, option, index + 1 if index < NUMBER_KEYS else 0, self)
            row.clicked.connect(lambda _on=False, code=option.code: self._picked(code))
            grid.addWidget(row, index % lines, index // lines)
            self._rows[option.code] = row
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        rows = list(self._rows.values())
        for before, after in zip(rows, rows[1:], strict=False):
            QWidget.setTabOrder(before, after)
        if rows:
            self.setFocusProxy(rows[0])

    def problem(self) -> str:
        """A choice can always be read."""
        return ""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Number keys choose; Enter goes on to the next question."""
        number = event.key() - Qt.Key.Key_0
        if event.key() in _ENTER:
            self.entered.emit()
        elif 1 <= number <= min(NUMBER_KEYS, len(self._rows)) and not _with_control(event):
            row = list(self._rows.values())[number - 1]
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)
            row.click()
        else:
            super().keyPressEvent(event)

    def _picked(self, code: str) -> None:
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
        super().__init__(theme, options, _RadioRow, columns, parent)
        self._rove()

    def value(self) -> str | None:
        """The code of the chosen option, or None."""
        return next((code for code, row in self._rows.items() if row.isChecked()), None)

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
        rows = list(self._rows.values())
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
        super().__init__(theme, options, _CheckRow, columns, parent)

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


class _RowPainting(QAbstractButton):
    """Number key, mark, words and hint of one option, painted on the ground of the card."""

    _theme: Theme
    _option: Option
    _number: int

    def _prepare(self, theme: Theme, option: Option, number: int) -> None:
        self._theme, self._option, self._number = theme, option, number
        self.setText(option.text)
        self.setAccessibleName(option.text)
        self.setAccessibleDescription(option.hint)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("body", 500))
        words = metrics.horizontalAdvance(self._option.text)
        hint = QFontMetrics(self._theme.font("small")).horizontalAdvance(self._option.hint)
        return QSize(
            self._words_left() + words + (hint + S2 if hint else 0) + S3, self._theme.px(CONTROL)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(CONTROL))

    def hitButton(self, pos: QPoint, /) -> bool:
        return self.rect().contains(pos)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER or event.text() in tuple("123456789"):
            event.ignore()
        elif isinstance(self, QCheckBox) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
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
        if self._number:
            self._paint_number(painter)
        painter.setFont(theme.font("body", 500 if checked else 400))
        painter.setPen(theme.color("text" if self.isEnabled() else "muted"))
        left = self._words_left()
        words = rect.adjusted(left, 0, -S3, 0)
        text = painter.fontMetrics().elidedText(
            self._option.text, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        if self._option.hint:
            words.setLeft(left + painter.fontMetrics().horizontalAdvance(text) + S2)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._option.hint)
        if self.hasFocus():
            focus_ring(painter, rect, theme.color("focus"))

    def _paint_number(self, painter: QPainter) -> None:
        theme, side = self._theme, self._theme.px(_MARK)
        cap = QRect(S3 + side + S2, (self.height() - side) // 2, side, side)
        rounded(painter, cap, border=theme.color("line"), radius=S1)
        painter.setFont(theme.font("small", figures=True))
        painter.setPen(theme.color("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        raise NotImplementedError

    def _mark_rect(self) -> QRect:
        side = self._theme.px(_MARK)
        return QRect(S3, (self.height() - side) // 2, side, side)

    def _words_left(self) -> int:
        marks = 2 if self._number else 1
        return S3 + marks * (self._theme.px(_MARK) + S2)


class _RadioRow(_RowPainting, QRadioButton):
    """One of several: a round mark."""

    def __init__(self, theme: Theme, option: Option, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._prepare(theme, option, number)

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        role, width = ("primary", rect.width() / 3) if self.isChecked() else ("field_line", 1.5)
        color = self._theme.color("primary" if role == "primary" else "field_line")
        rounded(painter, rect, border=color, radius=rect.width() / 2, width=width)


class _CheckRow(_RowPainting, QCheckBox):
    """One of any number: a square mark."""

    def __init__(self, theme: Theme, option: Option, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._prepare(theme, option, number)

    def _paint_mark(self, painter: QPainter, rect: QRect) -> None:
        paint_check(painter, self._theme, rect, checked=self.isChecked())


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
