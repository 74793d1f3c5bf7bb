"""A desk with a store, as the tests of pages have it, and pictures of pages in black and white."""

from PySide6.QtGui import QImage

from tests.ui.pages.conftest import desk, store  # noqa: F401 fixtures

DARK = 128


def black_share(image: QImage, left: float, top: float, width: float, height: float) -> float:
    """How much of a part of a picture is black, once every pixel is black or white."""
    place = (round(left), round(top), round(width), round(height))
    part = image.copy(*place).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = range(part.height())
    dark = sum(part.pixelColor(x, y).red() < DARK for y in rows for x in range(part.width()))
    return dark / (part.width() * part.height())
