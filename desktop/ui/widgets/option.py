"""One of several things to choose from, as used by every choosing field."""

from dataclasses import dataclass

from PySide6.QtGui import QPixmap


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen.

    Attributes:
        code: What is stored.
        text: What is shown, translated.
        hint: A muted explanation beside the text.
        picture: Shown before the text, no larger than it is.
    """

    code: str
    text: str
    hint: str = ""
    picture: QPixmap | None = None
