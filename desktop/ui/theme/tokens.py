"""Design tokens: every colour, distance and text size of the application, as data.

Nothing else in the user interface names a colour by value. The pairs of colours that are used as
text on a ground are listed in `TEXT_PAIRS`; a test holds each to the contrast of WCAG AA (4.5:1).
"""

from dataclasses import dataclass
from typing import Final, Literal

Role = Literal[
    "background",
    "surface",
    "zebra",
    "line",
    "field_line",
    "text",
    "muted",
    "primary",
    "primary_hover",
    "on_primary",
    "side",
    "side_text",
    "side_muted",
    "side_selected",
    "selection",
    "warning",
    "warning_soft",
    "accent",
    "focus",
    "danger",
    "danger_hover",
    "danger_soft",
    "on_danger",
]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one mode, each as `#rrggbb`.

    `field_line` outlines what can be filled in, so it stands out more (3:1) than `line`, which
    only separates. `focus` is the amber ring around whatever has the keyboard.
    """

    background: str
    surface: str
    zebra: str
    line: str
    field_line: str
    text: str
    muted: str
    primary: str
    primary_hover: str
    on_primary: str
    side: str
    side_text: str
    side_muted: str
    side_selected: str
    selection: str
    warning: str
    warning_soft: str
    accent: str
    focus: str
    danger: str
    danger_hover: str
    danger_soft: str
    on_danger: str

    def hex(self, role: Role) -> str:
        """The colour of a role as `#rrggbb`."""
        value: str = getattr(self, role)
        return value


LIGHT: Final = Tokens(
    background="#f4f6f4",
    surface="#ffffff",
    zebra="#fafbfa",
    line="#d9dfda",
    field_line="#86948b",
    text="#1b2620",
    muted="#5d6b63",
    primary="#1f6f4a",
    primary_hover="#185a3b",
    on_primary="#ffffff",
    side="#173d2c",
    side_text="#e4eee8",
    side_muted="#b4c8bd",
    side_selected="#3a594b",
    selection="#e3f1e9",
    warning="#b45309",
    warning_soft="#fef6e7",
    accent="#d97706",
    focus="#cc6d04",
    danger="#b3261e",
    danger_hover="#8f1d17",
    danger_soft="#fdeeec",
    on_danger="#ffffff",
)

DARK: Final = Tokens(
    background="#121815",
    surface="#1b2320",
    zebra="#1f2824",
    line="#323d37",
    field_line="#6f7f77",
    text="#e6ede9",
    muted="#9fb0a7",
    primary="#4cba85",
    primary_hover="#6acb9b",
    on_primary="#0b1711",
    side="#0d1310",
    side_text="#dbe5df",
    side_muted="#9fb0a7",
    side_selected="#2b3430",
    selection="#234034",
    warning="#fbbf24",
    warning_soft="#33291a",
    accent="#f59e0b",
    focus="#f59e0b",
    danger="#ff8f85",
    danger_hover="#ffa89f",
    danger_soft="#3a2322",
    on_danger="#2a0906",
)

TEXT_PAIRS: Final[tuple[tuple[Role, Role], ...]] = (
    ("text", "background"),
    ("text", "surface"),
    ("text", "zebra"),
    ("text", "selection"),
    ("text", "warning_soft"),
    ("text", "danger_soft"),
    ("muted", "background"),
    ("muted", "surface"),
    ("muted", "zebra"),
    ("muted", "selection"),
    ("muted", "warning_soft"),
    ("muted", "danger_soft"),
    ("primary", "background"),
    ("primary", "surface"),
    ("primary", "zebra"),
    ("primary", "selection"),
    ("warning", "background"),
    ("warning", "surface"),
    ("warning", "zebra"),
    ("warning", "warning_soft"),
    ("danger", "background"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("side_text", "side"),
    ("side_text", "side_selected"),
    ("side_muted", "side"),
)
"""Every (text, ground) pair in use: at least 4.5:1."""

SHAPE_PAIRS: Final[tuple[tuple[Role, Role], ...]] = (
    ("field_line", "surface"),
    ("focus", "surface"),
    ("focus", "background"),
    ("focus", "side"),
    ("primary", "surface"),
    ("warning", "selection"),
    ("accent", "surface"),
)
"""Every (shape, ground) pair that carries meaning without text: at least 3:1."""

TextSize = Literal["small", "body", "heading", "title"]
TEXT_SIZES: Final[dict[TextSize, int]] = {"small": 12, "body": 14, "heading": 16, "title": 22}
"""Text sizes in pixels at 100%."""

S1: Final = 4
S2: Final = 8
S3: Final = 12
S4: Final = 16
S6: Final = 24
S8: Final = 32
"""Distances, in steps of 4 pixels."""

RADIUS: Final = 8
"""The one radius of cards, fields, buttons and menu items."""

CONTROL: Final = 36
"""The height of everything that can be touched, and of a table row, at 100%."""

SIDE_WIDTH: Final = 208
"""The width of the side bar at 100%."""
