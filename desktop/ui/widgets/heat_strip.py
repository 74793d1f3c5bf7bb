"""The eight factors of a family over its visits: a column a visit, a row a factor."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S2, S3, Role
from desktop.ui.widgets.painting import rounded

_ROW: Final = 28
_CELL: Final = 52
_ICON: Final = 18
_GLYPHS: Final = {"deprived": "x", "not_deprived": "check", "unknown": ""}
_ROLES: Final[dict[str, tuple[Role, Role]]] = {
    "deprived": ("warning", "warning_soft"),
    "not_deprived": ("primary", "selection"),
}


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the eight: its key, its words, its icon."""

    key: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One visit: its date in words, and for each factor the result.

    The results are `deprived`, `not_deprived` or `unknown`; a factor that is absent is unknown.
    Those `carried` were not asked of at this visit, and stand as they were found before.
    """

    label: str
    results: Mapping[str, str]
    carried: Container[str] = frozenset()


def eight_factors() -> tuple[Factor, ...]:
    """The eight factors with their words in the language of the application."""
    translate = QCoreApplication.translate
    return (
        Factor("food", translate("Factor", "Food"), "bowl"),
        Factor("non_food", translate("Factor", "Other needs"), "shirt"),
        Factor("water", translate("Factor", "Clean water"), "droplet"),
        Factor("sanitation", translate("Factor", "Sanitation"), "bath"),
        Factor("health", translate("Factor", "Health"), "heartbeat"),
        Factor("education", translate("Factor", "Education"), "school"),
        Factor("information", translate("Factor", "Information"), "message"),
        Factor("housing", translate("Factor", "Housing"), "home-2"),
    )


def result_text(result: str) -> str:
    """The words for a result, in the language of the application."""
    translate = QCoreApplication.translate
    texts = {
        "deprived": translate("Factor", "Lacking"),
        "not_deprived": translate("Factor", "Met"),
        "unknown": translate("Factor", "Not known yet"),
    }
    return texts[result]


class HeatStrip(QWidget):
    """What is lacking, by factor and visit; below it what the marks mean.

    A cross on amber is a lack, a tick on green is none, a question mark in dashes is not known: three
    shapes, so no colour has to be told apart. Without a ground the mark is that of a visit before.
    Visits that do not fit are left out, oldest first.

    Args:
        theme: The theme.
        factors: The rows; the eight factors unless told.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        factors: Sequence[Factor] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._factors = tuple(factors or eight_factors())
        self._visits: tuple[HeatColumn, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Eight factors over the visits"))
        theme.changed.connect(self.updateGeometry)

    def set_visits(self, visits: Sequence[HeatColumn]) -> None:
        """Show these visits, oldest first."""
        self._visits = tuple(visits)
        self.setAccessibleDescription(self._spoken())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row a factor, a column a visit, the dates above, the meaning of the marks below."""
        height = self._theme.px(_ROW)
        rows = len(self._factors) + 1
        width = self._label_width() + max(len(self._visits), 1) * self._cell_width()
        legend = len(self._legend()) * height + S1
        return QSize(max(width, self._legend_width()), rows * (height + S1) + legend)

    def minimumSizeHint(self) -> QSize:
        """At least the newest visit is seen, and what the marks mean."""
        width = max(self._label_width() + self._cell_width(), self._legend_width())
        return QSize(width, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint dates, rows and legend."""
        painter = QPainter(self)
        left, cell = self._label_width(), self._cell_width()
        fitting = max((self.width() - left) // cell, 1)
        visits = self._visits[-fitting:]
        step = self._theme.px(_ROW) + S1
        for column, visit in enumerate(visits):
            head = QRect(left + column * cell, 0, cell - S1, self._theme.px(_ROW))
            newest = column == len(visits) - 1
            painter.setFont(self._theme.font("small", 600 if newest else 400))
            painter.setPen(self._theme.color("text" if newest else "muted"))
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, visit.label)
        for row, factor in enumerate(self._factors, start=1):
            self._paint_label(painter, factor, QRect(0, row * step, left, self._theme.px(_ROW)))
            for column, visit in enumerate(visits):
                place = QRect(left + column * cell, row * step, cell - S1, self._theme.px(_ROW))
                result = visit.results.get(factor.key, "unknown")
                self._paint_result(painter, place, result, is_carried=factor.key in visit.carried)
        self._paint_legend(painter, (len(self._factors) + 1) * step)

    def _paint_label(self, painter: QPainter, factor: Factor, place: QRect) -> None:
        theme = self._theme
        side = theme.px(_ICON)
        icon = QRect(place.topLeft(), QSize(side, place.height()))
        theme.icons.paint(painter, icon, factor.icon, "muted")
        painter.setFont(theme.font())
        painter.setPen(theme.color("text"))
        words = place.adjusted(side + S2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, factor.text)

    def _paint_result(
        self, painter: QPainter, place: QRect, result: str, *, is_carried: bool = False
    ) -> None:
        theme = self._theme
        if result not in _ROLES:
            pen = QPen(theme.color("field_line"), 1, Qt.PenStyle.DashLine)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), S1, S1)
            painter.setPen(theme.color("muted"))
            painter.setFont(theme.font("small", 600))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "?")
            painter.restore()
            return
        role, ground = _ROLES[result]
        border = theme.color(role) if result == "deprived" else None
        if not is_carried:
            rounded(painter, place, fill=theme.color(ground), border=border, radius=S1)
        side = theme.px(16)
        middle = QRect(0, 0, side, side)
        middle.moveCenter(place.center())
        theme.icons.paint(painter, middle, _GLYPHS[result], role)

    def _paint_legend(self, painter: QPainter, top: int) -> None:
        theme, height = self._theme, self._theme.px(_ROW)
        painter.setFont(theme.font("small"))
        for number, line in enumerate(self._legend()):
            left, upper = 0, top + number * height
            for words, result in line:
                size = QSize(theme.px(28), theme.px(20))
                mark = QRect(QPoint(left, upper + (height - size.height()) // 2), size)
                is_carried = not result
                self._paint_result(painter, mark, result or "not_deprived", is_carried=is_carried)
                painter.setPen(theme.color("muted"))
                width = painter.fontMetrics().horizontalAdvance(words)
                room = QRect(mark.right() + S2, upper, width + S1, height)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
                left = room.right() + S3

    def _label_width(self) -> int:
        metrics = QFontMetrics(self._theme.font())
        widest = max(metrics.horizontalAdvance(factor.text) for factor in self._factors)
        return widest + self._theme.px(_ICON) + S2 + S3

    def _cell_width(self) -> int:
        metrics = QFontMetrics(self._theme.font("small", 600))
        labels = (metrics.horizontalAdvance(visit.label) + S3 for visit in self._visits)
        return max(self._theme.px(_CELL), *labels, 0)

    def _legend_width(self) -> int:
        metrics = QFontMetrics(self._theme.font("small"))
        mark = self._theme.px(28) + S2 + S1 + S3
        lines = self._legend()
        return max(
            sum(mark + metrics.horizontalAdvance(words) for words, _ in one) for one in lines
        )

    def _legend(self) -> list[list[tuple[str, str]]]:
        """Lines of words and the result whose mark they explain; without one, a mark that was carried."""
        lines = [[(result_text(result), result) for result in _GLYPHS]]
        keys = [factor.key for factor in self._factors]
        if any(key in visit.carried for visit in self._visits for key in keys):
            lines.append([(self.tr("As before, not asked again"), "")])
        return lines

    def _spoken(self) -> str:
        """The newest visit in words."""
        if not self._visits:
            return ""
        newest = self._visits[-1]
        words = []
        for factor in self._factors:
            said = result_text(newest.results.get(factor.key, "unknown"))
            if factor.key in newest.carried:
                said = f"{said} ({self.tr('As before, not asked again')})"
            words.append(f"{factor.text}: {said}")
        return f"{newest.label}. " + "; ".join(words)
