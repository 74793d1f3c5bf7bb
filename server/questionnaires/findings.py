"""What is wrong or doubtful in a workbook: where, in which row and column, in a plain sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SURVEY, CHOICES, SETTINGS, WARNINGS = "survey", "choices", "settings", "warnings"
"""The sheets of a workbook."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend, or to know.

    Attributes:
        text: what it is, in a sentence.
        sheet: the sheet; empty if it is about the whole workbook.
        row: the row as the spreadsheet numbers it; None if it is about no certain one.
        name: the name of the question, group or list.
        stops: whether the workbook cannot be used with it.
    """

    text: str
    sheet: str = ""
    row: int | None = None
    name: str = ""
    stops: bool = True

    def __str__(self) -> str:
        """As one line: `survey, row 12, worried: ...`."""
        row = f"row {self.row}" if self.row is not None else ""
        place = ", ".join(filter(None, (self.sheet, row, self.name)))
        line = f"{place}: {self.text}" if place else self.text
        return line if self.stops else f"note: {line}"


class RefusedWorkbook(ValueError):
    """A workbook cannot be used; `findings` say why, with what else was noticed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))
