"""Why a whole file cannot be planned, as codes; a single row's troubles are findings instead."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class FailureCode(StrEnum):
    """What is wrong with the file as a whole."""

    CANNOT_OPEN = "cannot_open"
    NOT_A_SPREADSHEET = "not_a_spreadsheet"
    PROTECTED = "protected"
    FILE_TOO_LARGE = "file_too_large"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_SCATTERED = "too_scattered"
    EMPTY = "empty"
    NO_HEADER = "no_header"


class ImportFailure(Exception):
    """No plan can be made of this file.

    Attributes:
        code: what is wrong; the screen turns it into a sentence.
        details: the parameters of that sentence, such as ``limit`` and ``found``.
    """

    def __init__(self, code: FailureCode, details: Mapping[str, object] | None = None) -> None:
        self.code = code
        self.details: Mapping[str, object] = dict(details or {})
        super().__init__(code.value, self.details)


class ImportCancelled(Exception):
    """The person stopped the reading; nothing was changed."""
