"""What a list would bring: new families, rejected rows and why, and those already there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from desktop.imports.cells import correctable_text
from desktop.models.rules.identity import mask_number
from desktop.models.rules.money import format_number
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.rows_model import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.imports.plan import ImportPlan, Rejected
    from desktop.models.rules.findings import Finding
    from desktop.ui.desk import Desk

_CELLS_SHOWN = 5
_LONG_NUMBER = 12


class Preview(QTabWidget):
    """Three tables: new, rejected, unchanged. `explained` has all that is said of one row.

    Args:
        desk: the collaborators of all pages.
    """

    explained = Signal(str)
    """Everything that is to be said of the row the keyboard is on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        theme = desk.theme
        self.accepted = DataTable(theme, self._accepted_columns())
        self.rejected = DataTable(theme, self._rejected_columns())
        self.unchanged = DataTable(theme, self._unchanged_columns())
        for table in (self.accepted, self.rejected, self.unchanged):
            self.addTab(table, "")
        self.accepted.selected_row.connect(
            lambda row: self.explained.emit(self._why(row.warnings) if row else "")
        )
        self.rejected.selected_row.connect(
            lambda row: self.explained.emit(self._why(row.reasons) if row else "")
        )

    def show_plan(self, plan: ImportPlan) -> None:
        """Shows what a plan would do; rejected rows first if there is nothing else."""
        self.accepted.set_rows(plan.accepted)
        self.rejected.set_rows(plan.rejected)
        self.unchanged.set_rows([each.candidate for each in plan.unchanged])
        for place, (sentence, count) in enumerate(
            (
                (self.tr("New ({count})"), len(plan.accepted)),
                (self.tr("Rejected ({count})"), len(plan.rejected)),
                (self.tr("Already there ({count})"), len(plan.unchanged)),
            )
        ):
            self.setTabText(place, sentence.format(count=format_number(count)))
        self.setCurrentIndex(1 if plan.rejected and not plan.accepted else 0)

    def _accepted_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Row"), "row_number", kind="number", width=56),
            Column(self.tr("Head of family"), "head_name", stretch=True, width=136),
            Column(self.tr("NIK"), lambda row: mask_number(row.national_id or ""), width=176),
            Column(self.tr("Village"), lambda row: self._village(row.village_code), width=96),
            Column(
                self.tr("To be looked at"),
                lambda row: self._why(row.warnings),
                stretch=True,
                width=152,
            ),
        )

    def _rejected_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Row"), "row_number", kind="number", width=56),
            Column(self.tr("The row"), _cells, stretch=True, width=168),
            Column(self.tr("Why"), lambda row: self._why(row.reasons), stretch=True, width=240),
        )

    def _unchanged_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Row"), "row_number", kind="number", width=56),
            Column(self.tr("Head of family"), "head_name", stretch=True, width=168),
            Column(self.tr("Village"), lambda row: self._village(row.village_code), stretch=True),
        )

    def _why(self, findings: Iterable[Finding]) -> str:
        return " ".join(finding_sentence(each, self._desk.language) for each in findings)

    def _village(self, code: str) -> str:
        place = self._desk.reference.regions().get(code)
        return place.name if place else code


def _cells(row: Rejected) -> str:
    said = [text for cell in row.cells if (text := correctable_text(cell))]
    return " · ".join(map(_masked, said[:_CELLS_SHOWN]))


def _masked(text: str) -> str:
    return mask_number(text) if text.isdecimal() and len(text) >= _LONG_NUMBER else text
