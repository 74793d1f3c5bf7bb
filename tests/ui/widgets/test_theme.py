"""Colours hold their contrast, icons exist and are tinted, figures are equally wide."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import DARK, LIGHT, SHAPE_PAIRS, TEXT_PAIRS, Role, Tokens

MODES = {"light": LIGHT, "dark": DARK}
ROOT = Path(__file__).parents[3]
ICON_FOLDER = ROOT / "resources" / "icons"


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(mode: str, text: Role, ground: Role) -> None:
    tokens: Tokens = MODES[mode]
    assert contrast(tokens.hex(text), tokens.hex(ground)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_can_be_seen(mode: str, shape: Role, ground: Role) -> None:
    tokens: Tokens = MODES[mode]
    assert contrast(tokens.hex(shape), tokens.hex(ground)) >= 3


def test_figures_are_equally_wide(theme: Theme) -> None:
    font = theme.font(figures=True)
    assert QFontInfo(font).family() == "Inter"
    metrics = QFontMetricsF(font)
    assert len({metrics.horizontalAdvance(digit * 4) for digit in "0123456789"}) == 1
    plain = QFontMetricsF(theme.font())
    assert plain.horizontalAdvance("1111") != plain.horizontalAdvance("0000")


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_each_weight_is_inter_itself(theme: Theme, weight: int) -> None:
    found = QFontInfo(theme.font(weight=weight))  # type: ignore[arg-type]
    assert found.family().startswith("Inter")
    assert found.weight() == weight


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_text_grows(app: QApplication, theme: Theme, scale: float) -> None:
    theme.apply(app, "light", scale)
    assert theme.font().pixelSize() == round(14 * scale)
    assert theme.px(36) == 36 * scale


def test_the_scale_has_bounds(app: QApplication, theme: Theme) -> None:
    theme.apply(app, "light", 7)
    assert theme.scale == 1.5


def test_modes_change_everything_at_once(app: QApplication, theme: Theme) -> None:
    changes: list[str] = []
    theme.changed.connect(lambda: changes.append(theme.tokens.background))
    theme.apply(app, "dark")
    assert changes == [DARK.background]
    assert app.palette().window().color().name() == DARK.background
    assert DARK.surface in app.styleSheet()


def test_the_system_decides_if_asked(app: QApplication, theme: Theme) -> None:
    theme.apply(app, "system")
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert theme.tokens is (DARK if is_dark else LIGHT)


def test_icons_take_the_colour_of_their_role(app: QApplication, theme: Theme) -> None:
    for mode in ("light", "dark"):
        theme.apply(app, mode)
        image = theme.icons.pixmap("home", "primary", 24, 1).toImage()
        opaque = {
            image.pixelColor(x, y).name()
            for x in range(24)
            for y in range(24)
            if image.pixelColor(x, y).alpha() == 255
        }
        assert opaque == {theme.tokens.primary}


def test_an_unknown_icon_is_said(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icons.pixmap("no-such-icon")


def test_the_style_sheet_names_only_colours_of_the_tokens(app: QApplication, theme: Theme) -> None:
    used = set(re.findall(r"#[0-9a-f]{6}", app.styleSheet()))
    assert used <= {theme.tokens.hex(role) for role in Role.__args__}  # type: ignore[attr-defined]


def test_every_icon_named_in_the_widgets_exists() -> None:
    named = set()
    for source in (ROOT / "desktop" / "ui" / "widgets").glob("*.py"):
        named |= set(re.findall(r'"((?:[a-z]+-)+[a-z0-9]+)"', source.read_text(encoding="utf-8")))
    missing = {name for name in named if not (ICON_FOLDER / f"{name}.svg").exists()}
    assert missing == set()
