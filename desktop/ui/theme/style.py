"""The style sheet, built from the tokens.

Only what Qt draws itself is dressed here; widgets that paint themselves take their colours from
the theme. Sizes that hold text grow with the text; distances and corners do not.
"""

from typing import Final

from PySide6.QtGui import QFontMetrics

from desktop.ui.theme.fonts import FAMILIES, Weight, make_font
from desktop.ui.theme.tokens import CONTROL, RADIUS, S1, S2, S3, S4, TEXT_SIZES, TextSize, Tokens

_BASE: Final = """
QToolTip {{ border: 1px solid {line}; padding: 4px 8px; background: {text}; color: {surface}; }}
ScrollPage, ScrollPage > QWidget > QWidget#scrolled {{ background: transparent; border: 0; }}
QLabel {{ background: transparent; }}
QLabel[role="title"] {{ {title_600} }}
QLabel[role="heading"] {{ {heading_600} }}
QLabel[role="strong"] {{ {body_600} }}
QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="small"] {{ {small_400} color: {muted}; }}
QLabel[role="error"] {{ {small_500} color: {danger}; }}
QLabel[role="warning"] {{ {small_500} color: {warning}; }}
Card {{ background: {surface}; border: 1px solid {line}; border-radius: {radius}px; }}
QDialog {{ background: {surface}; }}
"""

_BUTTONS: Final = """
QPushButton, IconButton {{
  {body_500} min-height: {inner}px; padding: 0 {s4}px; border-radius: {radius}px;
  border: 1px solid {line}; background: {surface}; color: {text};
}}
QPushButton:hover, IconButton:hover {{ background: {selection}; }}
QPushButton:pressed, IconButton:pressed {{ background: {line}; }}
QPushButton:focus, IconButton:focus {{
  border: 2px solid {focus}; padding: 0 {s4_less}px; min-height: {inner_less}px;
}}
QPushButton:disabled, IconButton:disabled {{ color: {muted}; background: {background}; }}
QPushButton[kind="primary"] {{
  {body_600} background: {primary}; border-color: {primary}; color: {on_primary};
}}
QPushButton[kind="primary"]:hover {{ background: {primary_hover}; }}
QPushButton[kind="danger"] {{
  {body_600} background: {danger}; border-color: {danger}; color: {on_danger};
}}
QPushButton[kind="danger"]:hover {{ background: {danger_hover}; }}
QPushButton[kind="primary"]:focus, QPushButton[kind="danger"]:focus {{ border-color: {focus}; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {{
  background: {background}; border-color: {line}; color: {muted};
}}
QPushButton[kind="quiet"], IconButton {{
  background: transparent; border-color: transparent; color: {primary}; padding: 0 {s2}px;
}}
QPushButton[kind="quiet"]:hover, IconButton:hover {{ background: {selection}; }}
QPushButton[kind="quiet"]:focus, IconButton:focus {{
  border-color: {focus}; padding: 0 {s2_less}px;
}}
QPushButton[kind="quiet"]:disabled {{ color: {muted}; }}
IconButton {{ padding: 0; min-width: {inner}px; }}
IconButton:focus {{ padding: 0; min-width: {inner_less}px; }}
"""

_FIELDS: Final = """
QLineEdit, QPlainTextEdit, QComboBox {{
  background: {surface}; color: {text}; border: 1px solid {field_line};
  border-radius: {radius}px; padding: 0 {s3_less}px; min-height: {inner}px;
  selection-background-color: {primary}; selection-color: {on_primary};
}}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {muted}; }}
QLineEdit {{ padding-bottom: {odd}px; min-height: {line_inner}px; }}
QLineEdit:focus {{ padding-bottom: {odd}px; min-height: {line_inner_less}px; }}
QPlainTextEdit {{ padding: {lines_pad}px {s2_less}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
  border: 2px solid {focus}; padding: 0 {s3_least}px; min-height: {inner_less}px;
}}
QPlainTextEdit:focus {{ padding: {lines_pad_less}px {s2_least}px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only {{
  background: {background}; border-color: {line};
}}
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {{
  border-color: {danger}; background: {danger_soft};
}}
QLineEdit[problem="true"]:focus, QComboBox[problem="true"]:focus {{ border-color: {focus}; }}
QLineEdit[cell="true"], QLineEdit[cell="true"]:focus {{
  border: 2px solid {focus}; border-radius: 0; padding: 0 {s2}px; min-height: 0;
}}
QComboBox::drop-down {{ border: 0; width: {chevron}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
  background: {surface}; border: 1px solid {field_line}; outline: 0; padding: {s1}px;
  selection-background-color: {selection}; selection-color: {text};
}}
QComboBox QAbstractItemView::item {{ min-height: {inner_less}px; padding: 0 {s2}px; }}
"""

_VIEWS: Final = """
QTableView {{ background: {surface}; border: 0; gridline-color: {line}; outline: 0; }}
QHeaderView, QTableCornerButton::section {{ background: {surface}; border: 0; }}
QMenu {{ background: {surface}; border: 1px solid {line}; padding: {s1}px; }}
QMenu::item {{ padding: {s2}px {s4}px; border-radius: {s1}px; }}
QMenu::item:selected {{ background: {selection}; color: {text}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {s1}px; }}
QTabWidget::pane {{ border: 0; }}
QTabBar::tab {{
  {body_500} color: {muted}; background: transparent; padding: 0 {s3}px; min-height: {inner_less}px;
  border: 2px solid transparent; border-bottom: 2px solid {line};
}}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:selected {{ color: {primary}; border-bottom-color: {primary}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {focus}; border-radius: {radius}px; }}
QSplitter::handle {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QScrollBar {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {field_line}; border-radius: 3px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: {s8}px; }}
QScrollBar::handle:horizontal {{ min-width: {s8}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def style_sheet(tokens: Tokens, scale: float) -> str:
    """The style sheet of the application.

    Args:
        tokens: The colours.
        scale: Text size, 1.0 to 1.5.
    """
    control = round(CONTROL * scale)
    line_height = QFontMetrics(make_font(round(TEXT_SIZES["body"] * scale))).height()
    # A line of text puts its words half a pixel low where labels and boxes put theirs high.
    odd = (control - line_height) % 2
    lines_pad = (control - line_height) // 2 - 5
    names = {field: getattr(tokens, field) for field in Tokens.__dataclass_fields__} | {
        f"{size}_{weight}": _type(size, weight, scale) for size in TEXT_SIZES for weight in FAMILIES
    }
    sizes = {
        "radius": RADIUS,
        "inner": control - 2,
        "line_inner": control - 2 - odd,
        "line_inner_less": control - 4 - odd,
        "odd": odd,
        "inner_less": control - 4,
        "s1": S1,
        "s2": S2,
        "s2_less": S2 - 1,
        "s2_least": S2 - 2,
        "s3": S3,
        "s3_less": S3 - 3,
        "s3_least": S3 - 4,
        "s4": S4,
        "s4_less": S4 - 1,
        "s8": 2 * S4,
        "chevron": round(32 * scale),
        "lines_pad": lines_pad,
        "lines_pad_less": lines_pad - 1,
    }
    return (_BASE + _BUTTONS + _FIELDS + _VIEWS).format(**names, **sizes)


def _type(size: TextSize, weight: Weight, scale: float) -> str:
    families = ", ".join(f'"{name}"' for name in FAMILIES[weight])
    pixels = round(TEXT_SIZES[size] * scale)
    return f"font-family: {families}; font-size: {pixels}px; font-weight: {weight};"
