"""A district's list of families: chosen, looked at before anything is done, then imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.imports.failures import ImportCancelled, ImportFailure
from desktop.imports.rejects import write_rejected
from desktop.models.queries.account import granted_villages
from desktop.models.rules.money import format_number
from desktop.ui.import_sentences import failure_sentence, finding_sentence
from desktop.ui.page import Page
from desktop.ui.pages.importing.preview import Preview
from desktop.ui.pages.importing.reading import ListReading, ListWriting
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from desktop.imports.plan import ImportPlan
    from desktop.ui.desk import Desk

_STATED = "stated"
_KINDS = "*.xlsx *.xls *.ods *.csv"


class ImportPage(Page):
    """Imports a list."""

    tables: ClassVar[frozenset[str]] = frozenset()
    section = "households"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._path: Path | None = None
        self._plan: ImportPlan | None = None
        self._work: ListReading | ListWriting | None = None
        self.setAcceptDrops(True)
        self._build()
        self._show_state()

    def open_with(self, *, path: Path | None = None, **shown: Any) -> None:
        """Takes a file to read, if there is one already."""
        super().open_with(**shown)
        if path is not None:
            self.choose(path)

    def refresh(self) -> None:
        """Loads the villages a list may be for."""
        self.desk.read(self, granted_villages, self._show_villages)
        self.choose_button.setFocus()

    def may_leave(self) -> bool:
        """Not while families are being written; reading is simply given up."""
        if isinstance(self._work, ListWriting):
            self.desk.notices.warning(
                self.tr("The import is under way. Stop it first."), is_of_page=True
            )
            return False
        if self._work is not None:
            self._work.stop()
        return True

    def choose(self, path: Path) -> None:
        """Reads a file, for the village that is chosen."""
        self._path = path
        village = self.village.value()
        reading = ListReading(self.desk, self)
        reading.progressed.connect(self._tell_reading)
        reading.planned.connect(self._planned)
        reading.failed.connect(self._failed)
        self._begin(reading, self.tr("Reading {file}").format(file=path.name))
        reading.start(path, None if village == _STATED else village)

    def bring_in(self) -> None:
        """Writes the new families."""
        if self._plan is None or not self._plan.accepted:
            return
        writing = ListWriting(self.desk, self._plan.accepted, self)
        writing.progressed.connect(self._tell_writing)
        writing.finished.connect(self._written)
        writing.failed.connect(self._failed)
        self._begin(writing, self.tr("Importing"))
        writing.start()

    def save_rejected(self, path: Path) -> None:
        """Writes the rejected rows, with the reasons, to a file that can be corrected."""
        if self._plan is None:
            return
        language = self.desk.language
        try:
            write_rejected(path, self._plan, lambda found: finding_sentence(found, language))
        except OSError:
            sentence = self.tr("The file {file} cannot be written. Is it open elsewhere?")
            self.desk.notices.error(sentence.format(file=path.name))
            return
        sentence = self.tr(
            "The rejected rows are in {file}. Correct them there and import that file."
        )
        self.desk.notices.info(sentence.format(file=path.name))

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Takes one file."""
        if event.mimeData().hasUrls() and self._work is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Reads the file that was dropped."""
        self.choose(Path(event.mimeData().urls()[0].toLocalFile()))

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, self.tr("Import a list"), back=True)
        self.header.back_pressed.connect(self.desk.back)
        self.save_button = Button(theme, self.tr("Save the rejected rows"), icon="download")
        self.save_button.clicked.connect(self._ask_where)
        self.import_button = Button(theme, self.tr("Import"), kind="primary", icon="upload")
        self.import_button.clicked.connect(self.bring_in)
        self.header.add_action(self.save_button)
        self.header.add_action(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self.header)
        column.addWidget(self._source_card())
        column.addWidget(self._result_card(), 1)

    def _source_card(self) -> Card:
        theme = self.desk.theme
        card = Card()
        form = FormGrid(theme, label_width=160)
        self.village = ComboField(theme, [self._stated()])
        self.village.set_value(_STATED)
        self.village.changed.connect(self._village_changed)
        self.choose_button = Button(theme, self.tr("Choose a file"), icon="file-spreadsheet")
        self.choose_button.clicked.connect(self._ask_which)
        form.add_row(self.tr("The list is for"), self.village)
        self.file_row = form.add_row(
            self.tr("File"),
            _at_left(self.choose_button),
            hint=self.tr("XLSX, XLS, ODS or CSV. You can also drop it on this page."),
        )
        card.add(form)
        return card

    def _result_card(self) -> Card:
        theme = self.desk.theme
        self.empty = EmptyState(
            theme,
            "file-spreadsheet",
            self.tr("You will see here what the list would bring, before anything is done."),
        )
        self.preview = Preview(self.desk)
        working = QWidget()
        column = QVBoxLayout(working)
        column.addStretch(1)
        self.progress = Progress(theme)
        self.stop_button = Button(theme, self.tr("Stop"))
        self.stop_button.clicked.connect(self._stop)
        column.addWidget(self.progress)
        column.addWidget(self.stop_button)
        column.addStretch(1)
        self.working = working
        self.stack = QStackedWidget()
        for widget in (self.empty, self.preview, working):
            self.stack.addWidget(widget)
        self.summary = QLabel()
        self.summary.setProperty("role", "small")
        self.summary.setWordWrap(True)
        card = Card()
        card.add(self.stack, 1)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.preview.explained.connect(self._explain)
        card.add(self.why)
        card.add(self.summary)
        return card

    def _explain(self, sentences: str) -> None:
        self.why.setText(sentences)
        self.why.setVisible(bool(sentences))

    def _stated(self) -> Option:
        return Option(_STATED, self.tr("The villages named in its rows"))

    def _show_villages(self, villages: list[tuple[str, str]]) -> None:
        self.village.set_options([self._stated(), *(Option(*each) for each in villages)])

    def _village_changed(self) -> None:
        if self._path is not None:
            self.choose(self._path)

    def _ask_which(self) -> None:
        kinds = self.tr("Lists ({kinds})").format(kinds=_KINDS)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a list"), "", kinds)
        if chosen:
            self.choose(Path(chosen))

    def _ask_where(self) -> None:
        if self._path is None:
            return
        proposed = self._path.with_name(f"{self._path.stem}-rejected.xlsx")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the rejected rows"), str(proposed), "*.xlsx"
        )
        if chosen:
            self.save_rejected(Path(chosen))

    def _begin(self, work: ListReading | ListWriting, sentence: str) -> None:
        if self._work is not None:
            self._work.stop()
        self._work = work
        self.progress.set_busy(sentence)
        self._show_state()

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _end(self) -> bool:
        """Whether what has ended is what is being waited for."""
        if self.sender() is not self._work:
            return False
        self._work = None
        return True

    def _planned(self, plan: ImportPlan) -> None:
        if not self._end():
            return
        self._plan = plan
        self.preview.show_plan(plan)
        self._show_state()
        self.import_button.setFocus()

    def _written(self, count: int) -> None:
        if not self._end():
            return
        sentence = self.tr("Families imported: {count}. They are saved on this laptop.")
        self.desk.notices.info(sentence.format(count=format_number(count)))
        if self._path is not None:
            self.choose(self._path)

    def _failed(self, error: Exception) -> None:
        if not self._end():
            return
        if isinstance(error, ImportFailure):
            self.desk.notices.warning(failure_sentence(error), is_of_page=True)
        elif not isinstance(error, ImportCancelled):
            self.desk.explain(error)
        self._plan = None
        self._show_state()

    def _tell_reading(self, done: int, total: int) -> None:
        sentence = self.tr("{done} of {total} rows are read.")
        self.progress.set_progress(done, total, _counted(sentence, done, total))

    def _tell_writing(self, done: int, total: int) -> None:
        sentence = self.tr("{done} of {total} families are imported.")
        self.progress.set_progress(done, total, _counted(sentence, done, total))

    def _show_state(self) -> None:
        plan, is_idle = self._plan, self._work is None
        self.import_button.setEnabled(is_idle and plan is not None and bool(plan.accepted))
        self.save_button.setEnabled(is_idle and plan is not None and bool(plan.rejected))
        self.choose_button.setEnabled(is_idle)
        self.village.setEnabled(is_idle)
        self.file_row.set_hint(self._hint())
        if not is_idle:
            self.stack.setCurrentWidget(self.working)
            self.stop_button.setFocus()
        else:
            self.stack.setCurrentWidget(self.preview if plan is not None else self.empty)
        self.summary.setText(self._summary(plan) if plan is not None and is_idle else "")
        self.summary.setVisible(bool(self.summary.text()))

    def _hint(self) -> str:
        if self._path is not None:
            return self._path.name
        return self.tr("XLSX, XLS, ODS or CSV. You can also drop it on this page.")

    def _summary(self, plan: ImportPlan) -> str:
        lines = []
        remarked = sum(bool(each.remarks) for each in plan.unchanged)
        if remarked:
            sentence = self.tr(
                "Of families that are already there, the list knows more than is recorded: {count}. "
                "Nothing of it is taken over; “Already there” says what it is."
            )
            lines.append(sentence.format(count=format_number(remarked)))
        if plan.skipped.total():
            count = format_number(plan.skipped.total())
            lines.append(self.tr("Rows that are no families: {count}.").format(count=count))
        if plan.unknown_columns:
            titles = ", ".join(plan.unknown_columns)
            lines.append(self.tr("Columns kept as they are: {titles}.").format(titles=titles))
        if plan.sheets_without_header:
            names = ", ".join(plan.sheets_without_header)
            lines.append(self.tr("Sheets without a list: {names}.").format(names=names))
        return " ".join(lines)


def _at_left(widget: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    holder.setFocusProxy(widget)
    return holder


def _counted(sentence: str, done: int, total: int) -> str:
    return sentence.format(done=format_number(done), total=format_number(total))
