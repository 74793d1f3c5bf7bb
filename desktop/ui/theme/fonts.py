"""The Inter typeface: loading it, and fonts built from it.

The desktop font systems disagree on what the family of a medium weight is called (`Inter` with
weight 500, or `Inter Medium`), so a font always names both.
"""

from pathlib import Path
from typing import Final, Literal

from PySide6.QtGui import QFont, QFontDatabase

Weight = Literal[400, 500, 600, 700]

FAMILIES: Final[dict[Weight, tuple[str, ...]]] = {
    400: ("Inter",),
    500: ("Inter Medium", "Inter"),
    600: ("Inter SemiBold", "Inter"),
    700: ("Inter",),
}
_TABULAR = "tnum"


def load_fonts(folder: Path) -> None:
    """Register the four weights of Inter found in `folder`.

    Raises:
        FileNotFoundError: A font file is missing or is not a font; the installation is damaged.
    """
    for weight in FAMILIES:
        path = folder / f"inter-latin-{weight}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)


def make_font(pixels: int, weight: Weight = 400, *, figures: bool = False) -> QFont:
    """Inter in `pixels`; with `figures` every digit is equally wide, for columns of numbers."""
    font = QFont(list(FAMILIES[weight]))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    if figures:
        font.setFeature(QFont.Tag(_TABULAR), 1)
    return font


def tabular() -> QFont:
    """A font that says nothing but: all digits equally wide. The rest a widget inherits."""
    font = QFont()
    font.setFeature(QFont.Tag(_TABULAR), 1)
    return font
