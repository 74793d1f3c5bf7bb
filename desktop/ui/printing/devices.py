"""Putting a page on something: a picture for the screen, a PDF, a printer.

A PDF is made in memory and written beside its place first, so that what stands there is always whole.
Fonts and icons are drawn without anything of the screen, so a PDF may be made on any thread.
"""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.reports.family_words import TITLE
from desktop.ui.printing.family_sheet import HEIGHT_MM, MARGIN_MM, SMALLEST, WIDTH_MM
from desktop.ui.printing.items import DPI, mm, paint

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from desktop.ui.printing.family_sheet import Sheet
    from desktop.ui.theme.icons import Icons


class Paper(StrEnum):
    """The papers to choose from; a printer may take any other."""

    A5 = "A5"
    A4 = "A4"

    @property
    def size(self) -> QPageSize:
        """The paper as Qt knows it."""
        return QPageSize(QPageSize.PageSizeId.A5 if self is Paper.A5 else QPageSize.PageSizeId.A4)

    @property
    def smallest(self) -> float:
        """The least scale of letters at which they are still easily read on it."""
        return SMALLEST if self is Paper.A5 else SMALLEST * 0.8


def picture(sheet: Sheet, icons: Icons, width: int) -> QImage:
    """The page as a picture so many pixels wide."""
    image = QImage(QSize(width, round(width * HEIGHT_MM / WIDTH_MM)), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        _draw(painter, sheet, icons, QRectF(image.rect()))
    return image


def pdf(sheet: Sheet, icons: Icons, paper: Paper) -> bytes:
    """The page as a PDF of one page."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(TITLE)
    writer.setCreator("Berdaya")
    writer.setResolution(DPI)
    writer.setPageSize(paper.size)
    writer.setPageMargins(QMarginsF())
    with QPainter(writer) as painter:
        _draw(painter, sheet, icons, QRectF(0, 0, writer.width(), writer.height()))
    buffer.close()
    return bytes(data.data())


def save_pdf(sheet: Sheet, icons: Icons, paper: Paper, path: Path) -> None:
    """Writes the PDF to a file: whole, or not at all.

    Raises:
        OSError: it could not be written; what stood there before still does.
    """
    content = pdf(sheet, icons, paper)
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def has_printer() -> bool:
    """Whether a printer is set up on this laptop."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 only when somebody prints

    return bool(QPrinterInfo.availablePrinterNames())


def ask_for_printer(paper: Paper, parent: QWidget) -> QPrinter | None:
    """Lets the user choose a printer, in the system's own dialog; None if nothing is to be printed."""
    from PySide6.QtPrintSupport import (  # noqa: PLC0415 only when somebody prints
        QPrintDialog,
        QPrinter,
        QPrinterInfo,
    )

    printer = QPrinter(QPrinterInfo.defaultPrinter(), QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(paper.size)
    printer.setDocName(TITLE)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_out(sheet: Sheet, icons: Icons, printer: QPrinter) -> bool:
    """Prints the page on whatever paper the printer has; False if the printer does not take it."""
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    layout, dpi = printer.pageLayout(), printer.resolution()
    layout.setUnits(QPageLayout.Unit.Inch)
    paper, least = QRectF(layout.fullRectPixels(dpi)), layout.minimumMargins() * dpi
    try:
        _draw(painter, sheet, icons, paper, least)
    finally:
        ended = painter.end()
    return ended


def _draw(
    painter: QPainter, sheet: Sheet, icons: Icons, paper: QRectF, least: QMarginsF | None = None
) -> None:
    """Draws the page on a whole paper: in the middle, as large as its margins leave room.

    Args:
        painter: what paints on the paper.
        sheet: the page.
        icons: the icons.
        paper: the whole paper, in the device's pixels.
        least: the margins in which the device cannot print.
    """
    margin = mm(MARGIN_MM) * min(paper.width() / mm(WIDTH_MM), paper.height() / mm(HEIGHT_MM))
    margins = QMarginsF(margin, margin, margin, margin) | (least or QMarginsF())
    room = paper.marginsRemoved(margins)
    scale = min(room.width() / sheet.width, room.height() / sheet.height)
    painter.translate(
        room.center().x() - sheet.width * scale / 2, room.center().y() - sheet.height * scale / 2
    )
    painter.scale(scale, scale)
    paint(sheet.items, painter, icons)
