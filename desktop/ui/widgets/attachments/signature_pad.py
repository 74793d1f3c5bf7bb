"""A pad to sign on with a finger, a pen or the mouse; who cannot sign has a witness instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QIODevice,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.records.attachments import AttachmentKind
from desktop.ui.sentences import sentence_for
from desktop.ui.theme.tokens import S2, S4
from desktop.ui.widgets.attachments.field import AttachmentField
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.painting import focus_ring, rounded

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent

    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.attachments.keeper import Keeper, Kept

PAUSE_MS = 900
"""After so long a pause the signature is taken to be whole."""

_PAD = QSize(480, 160)
_KEPT = QSize(720, 240)
"""In pixels: some kilobytes, and sharp on paper."""

_PEN = 0.008
"""The width of the pen, as a part of the pad's width."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class SignaturePad(AttachmentField):
    """A signature, kept as black strokes on white. Its value is the id by which the keeper knows it.

    It is kept a moment after the pen was lifted, or at once when the field is left. With the
    keyboard one goes on without signing: the question is answered by a witness then.

    Args:
        theme: the theme.
        keeper: keeps the signature.
        parent: the parent widget.
    """

    def __init__(self, theme: Theme, keeper: Keeper, parent: QWidget | None = None) -> None:
        main, kind = QWidget(), AttachmentKind.SIGNATURE
        clear = Button(theme, QCoreApplication.translate("SignaturePad", "Clear"), icon="trash")
        super().__init__(theme, keeper, kind, main, resting=clear, parent=parent)
        self.pad, self.clear = _Pad(theme), clear
        self._hint = QLabel(
            self.tr("Sign with a finger, a pen or the mouse. Enter goes on without.")
        )
        self._hint.setProperty("role", "small")
        self._hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(S2)
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.clear)
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        column.addWidget(self.pad)
        column.addLayout(foot)
        main.setMaximumWidth(theme.px(_PAD.width()))
        self._strokes_kept = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self.pad.begun.connect(self._pause.stop)
        self.pad.drawn.connect(self._drawn)
        self.pad.left.connect(self.keep)
        self.pad.entered.connect(self._go_on)
        self.pad.cleared.connect(self._clear)
        self.clear.clicked.connect(self._clear)
        self.setFocusProxy(self.pad)
        self._show(None)

    def set_value(self, value: str | None) -> None:
        """Shows a signature that was kept; None empties."""
        if value != self.value():
            self.pad.empty()
        super().set_value(value)

    def keep(self) -> None:
        """Keeps what was drawn, if it is not kept yet."""
        self._pause.stop()
        if self.pad.has_new_strokes and not self.is_busy:
            self._strokes_kept = self.pad.points
            self.offer(self.pad.picture())

    def problem(self) -> str:
        """That what was drawn is not kept yet."""
        return self._busy_words() if self.pad.has_new_strokes else super().problem()

    def hideEvent(self, event: QHideEvent, /) -> None:
        """Keeps what was drawn before it is out of sight."""
        self.keep()
        super().hideEvent(event)

    def _drawn(self) -> None:
        self.clear.setEnabled(True)
        self._pause.start()

    def _go_on(self) -> None:
        self.keep()
        self.entered.emit()

    def _clear(self) -> None:
        """Empties the pad; what was kept can be taken back."""
        if self.is_busy:
            return
        self._pause.stop()
        self.pad.empty()
        self.clear.setEnabled(False)
        self.remove()
        self.pad.setFocus()

    def _take(self, kept: Kept) -> None:
        """What is on the pad was kept, but for what was drawn since; nothing has to be loaded."""
        self.pad.settle(self._strokes_kept)
        super()._take(kept)
        if self.pad.has_new_strokes:
            self._pause.start()

    def _replaced(self, attachment_id: str) -> None:
        """The same signature went on: there is nothing to take back."""

    def _show(self, kept: Kept | None) -> None:
        self.clear.setEnabled(kept is not None)
        if kept is None:
            self.pad.empty()
        elif not self.pad.is_settled:  # it was not drawn here
            self._load(kept.id)
        self._speak()

    def _load(self, attachment_id: str) -> None:
        def show(picture: QImage) -> None:
            if self._value == attachment_id:
                self.pad.show_picture(picture)

        self._keeper.picture(self, attachment_id, show, self._not_loaded)

    def _not_loaded(self, error: Exception) -> None:
        self._say(sentence_for(error))

    def _speak(self) -> None:
        words = self.tr("Signed") if self._value else self.tr("Not signed")
        self.pad.setAccessibleName(self._spoken(words))
        self.pad.setAccessibleDescription(self._hint.text())
        self.clear.setAccessibleName(self._spoken(self.clear.text()))

    def _busy_words(self) -> str:
        return self.tr("The signature is being kept.")


class _Pad(QWidget):
    """White paper in any light; strokes of a black pen, or a signature that was kept before."""

    begun = Signal()
    """The pen touches the paper."""
    drawn = Signal()
    """The pen was lifted."""
    left = Signal()
    entered = Signal()
    cleared = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._strokes: list[list[QPointF]] = []
        self._picture: QPixmap | None = None
        self.has_new_strokes = False
        self.is_settled = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFixedHeight(theme.px(_PAD.height()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def empty(self) -> None:
        """Fresh paper."""
        self._strokes, self._picture = [], None
        self.has_new_strokes = self.is_settled = False
        self.update()

    @property
    def points(self) -> int:
        """How many points all strokes have."""
        return sum(map(len, self._strokes))

    def settle(self, points: int = 0) -> None:
        """So many points were kept; those that came later were not."""
        self.has_new_strokes, self.is_settled = self.points > points, True

    def show_picture(self, picture: QImage) -> None:
        """Shows a signature that was kept before."""
        self._strokes, self._picture = [], QPixmap.fromImage(picture)
        self.settle()
        self.update()

    def picture(self) -> bytes:
        """The strokes as a picture."""
        image = QImage(_KEPT, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        self._draw(painter, QRect(0, 0, _KEPT.width(), _KEPT.height()))
        painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(content.data())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_PAD.width()), self._theme.px(_PAD.height()))

    def mousePressEvent(self, event: QMouseEvent, /) -> None:
        """A stroke begins; a signature that was kept before is cleared first, never drawn over."""
        if event.button() != Qt.MouseButton.LeftButton or self._picture is not None:
            return
        self.begun.emit()
        self._strokes.append([self._place(event)])
        self.has_new_strokes = True
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent, /) -> None:
        if self._is_drawing(event):
            self._strokes[-1].append(self._place(event))
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.has_new_strokes:
            self.drawn.emit()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.key() in _REMOVE:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        border = self._theme.color("field_line")
        rounded(painter, self.rect(), fill=Qt.GlobalColor.white, border=border)  # type: ignore[arg-type]
        line = self.height() * 3 // 4
        painter.setPen(QPen(Qt.GlobalColor.lightGray, 1))
        painter.drawLine(S4, line, self.width() - S4, line)
        if self._picture is not None:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self._paper(self.rect()), self._picture)
        else:
            self._draw(painter, self.rect())
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme.color("focus"))

    def _is_drawing(self, event: QMouseEvent) -> bool:
        is_down = bool(event.buttons() & Qt.MouseButton.LeftButton)
        return is_down and bool(self._strokes) and self._picture is None

    def _place(self, event: QMouseEvent) -> QPointF:
        """A point of the paper, from 0 to 1 over its width."""
        paper = self._paper(self.rect())
        scale = 1 / paper.width()
        return QPointF(
            (event.position().x() - paper.x()) * scale, (event.position().y() - paper.y()) * scale
        )

    @staticmethod
    def _paper(rect: QRect) -> QRect:
        """The part of a surface that has the shape of what is kept."""
        size = _KEPT.scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
        paper = QRect(rect.topLeft(), size)
        paper.moveCenter(rect.center())
        return paper

    def _draw(self, painter: QPainter, rect: QRect) -> None:
        paper = self._paper(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(paper.topLeft())
        painter.scale(paper.width(), paper.width())
        caps, joins = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(Qt.GlobalColor.black, _PEN, Qt.PenStyle.SolidLine, caps, joins))
        for stroke in self._strokes:
            path = QPainterPath(stroke[0])
            for point in stroke[1:] or [stroke[0] + QPointF(_PEN / 10, 0)]:  # a dot is seen, too
                path.lineTo(point)
            painter.drawPath(path)
        painter.restore()
