"""What a list would bring: new families, rejected rows and why, and those already there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from desktop.imports.candidates import Candidate
from desktop.imports.cells import correctable_text
from desktop.imports.plan import Rejected
from desktop.models.rules.identity import mask_number
from desktop.models.rules.money import format_number
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.rows_model import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.imports.matching import Unchanged
    from desktop.imports.plan import ImportPlan
    from desktop.models.rules.findings import Finding
    from desktop.ui.desk import Desk

_CELLS_SHOWN = 5
_LONG_NUMBER = re.compile(r"[0-9](?:[ .\-\u00a0]?[0-9?]){11,}")
"""Twelve digits and more, as typed: with blanks between them, or lost ones at the end."""


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
        self._tabs = [
            _Tab(self.accepted, self._nothing(self.tr("There is no new family in the list."))),
            _Tab(self.rejected, self._nothing(self.tr("No row was rejected."))),
            _Tab(self.unchanged, self._nothing(self.tr("No family of the list is there yet."))),
        ]
        for tab in self._tabs:
            self.addTab(tab, "")
            tab.table.selected_row.connect(self._explain)
        self.currentChanged.connect(self._explain)

    def show_plan(self, plan: ImportPlan) -> None:
        """Shows what a plan would do; rejected rows first if there is nothing else."""
        self.accepted.set_rows(plan.accepted)
        self.rejected.set_rows(plan.rejected)
        self.unchanged.set_rows(plan.unchanged)
        for tab in self._tabs:
            tab.show_rows_or_nothing()
        for place, (sentence, count) in enumerate(
            (
                (self.tr("New ({count})"), len(plan.accepted)),
                (self.tr("Rejected ({count})"), len(plan.rejected)),
                (self.tr("Already there ({count})"), len(plan.unchanged)),
            )
        ):
            self.setTabText(place, sentence.format(count=format_number(count)))
        self.setCurrentIndex(1 if plan.rejected and not plan.accepted else 0)
        self._explain()

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
            Column(self.tr("Row"), lambda row: row.candidate.row_number, kind="number", width=56),
            Column(self.tr("Head of family"), lambda row: row.candidate.head_name, width=176),
            Column(
                self.tr("Village"), lambda row: self._village(row.candidate.village_code), width=96
            ),
            Column(
                self.tr("Only in the list"),
                lambda row: self._why(row.remarks),
                stretch=True,
                width=240,
            ),
        )

    def _explain(self) -> None:
        """Says what there is to say of the row that is chosen in the tab that is shown."""
        row = self._tabs[self.currentIndex()].table.current_row()
        self.explained.emit(self._why(_findings(row)) if row is not None else "")

    def _nothing(self, sentence: str) -> EmptyState:
        return EmptyState(self._desk.theme, "file-spreadsheet", sentence)

    def _why(self, findings: Iterable[Finding]) -> str:
        said = " ".join(finding_sentence(each, self._desk.language) for each in findings)
        return _masked(said)

    def _village(self, code: str) -> str:
        place = self._desk.reference.regions().get(code)
        return place.name if place else code


class _Tab(QStackedWidget):
    """A table, or the sentence that there is nothing in it."""

    def __init__(self, table: DataTable, nothing: QWidget) -> None:
        super().__init__()
        self.table = table
        self._nothing = nothing
        self.addWidget(table)
        self.addWidget(nothing)

    def show_rows_or_nothing(self) -> None:
        """Shows the one or the other."""
        self.setCurrentWidget(self.table if self.table.rows() else self._nothing)


def _findings(row: Candidate | Rejected | Unchanged) -> tuple[Finding, ...]:
    if isinstance(row, Candidate):
        return row.warnings
    return row.reasons if isinstance(row, Rejected) else row.remarks


def _cells(row: Rejected) -> str:
    said = [text for cell in row.cells if (text := correctable_text(cell))]
    return " · ".join(map(_masked, said[:_CELLS_SHOWN]))


def _masked(text: str) -> str:
    return _LONG_NUMBER.sub(lambda found: mask_number(found[0]), text)
