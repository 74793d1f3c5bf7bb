"""The theme: light or dark, how large the text is, and what follows from both."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.ui.theme.fonts import Weight, load_fonts, make_font
from desktop.ui.theme.icons import Icons
from desktop.ui.theme.style import style_sheet
from desktop.ui.theme.tokens import DARK, LIGHT, TEXT_SIZES, Role, TextSize, Tokens

Mode = Literal["light", "dark", "system"]

_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


class Theme(QObject):
    """Colours, fonts, sizes and icons; handed to every widget that draws.

    Args:
        resources: The folder that holds `fonts/` and `icons/`.
        parent: The owner.
    """

    changed = Signal()
    """The colours or sizes are others now; what caches them draws anew."""

    def __init__(self, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens = LIGHT
        self._scale = 1.0
        self._mode: Mode = "light"
        self._app: QApplication | None = None
        self._fonts_folder = resources / "fonts"
        self._fonts: dict[tuple[TextSize, Weight, bool], QFont] = {}
        self.icons = Icons(resources / "icons", lambda: self._tokens)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    @property
    def scale(self) -> float:
        """Text size, 1.0 to 1.5."""
        return self._scale

    def apply(self, app: QApplication, mode: Mode = "light", scale: float = 1.0) -> None:
        """Dress the whole application; may be called again at any time.

        Args:
            app: The application.
            mode: `system` follows the desktop's own choice, also when that changes later.
            scale: Text size; held between 1.0 and 1.5.
        """
        self._mode = mode
        self._scale = min(max(scale, 1.0), 1.5)
        if self._app is None:
            self._app = app
            load_fonts(self._fonts_folder)
            app.setStyle("Fusion")
            app.styleHints().colorSchemeChanged.connect(self._follow_system)
        app.styleHints().setColorScheme(_SCHEMES[mode])
        self._dress(app)

    def px(self, pixels: int) -> int:
        """A distance that grows with the text, for what must hold text."""
        return round(pixels * self._scale)

    def color(self, role: Role) -> QColor:
        """The colour of a role."""
        return QColor(self._tokens.hex(role))

    def font(
        self, size: TextSize = "body", weight: Weight = 400, *, figures: bool = False
    ) -> QFont:
        """A font of the type scale; `figures` makes all digits equally wide."""
        key = (size, weight, figures)
        if key not in self._fonts:
            self._fonts[key] = make_font(self.px(TEXT_SIZES[size]), weight, figures=figures)
        return self._fonts[key]

    def _follow_system(self) -> None:
        if self._app is not None and self._mode == "system":
            self._dress(self._app)

    def _dress(self, app: QApplication) -> None:
        self._tokens = DARK if self._is_dark(app) else LIGHT
        self._fonts.clear()
        app.setPalette(_palette(self._tokens))
        app.setFont(self.font())
        app.setStyleSheet(style_sheet(self._tokens, self._scale))
        self.changed.emit()

    def _is_dark(self, app: QApplication) -> bool:
        if self._mode == "system":
            return app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(tokens.surface), QColor(tokens.background))
    colours = {
        role.Window: tokens.background,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.zebra,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.primary,
        role.HighlightedText: tokens.on_primary,
        role.Accent: tokens.primary,
        role.Link: tokens.primary,
        role.LinkVisited: tokens.primary,
        role.Light: tokens.surface,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.field_line,
        role.Shadow: tokens.field_line,
    }
    for name, colour in colours.items():
        palette.setColor(name, QColor(colour))
    for name in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(tokens.muted))
    return palette
