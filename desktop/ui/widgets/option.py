"""One of several things to choose from, as used by every choosing field."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be chosen.

    Attributes:
        code: What is stored.
        text: What is shown, translated.
        hint: A muted explanation beside the text.
    """

    code: str
    text: str
    hint: str = ""
