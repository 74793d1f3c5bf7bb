"""The sheets of a visit: one a section, made ahead while nothing else is done, and the finish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop.ui.pages.visit.finish import FinishSheet
from desktop.ui.pages.visit.sheet import SectionSheet, has_open_repeat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.models.questionnaires.form import Path
    from desktop.ui.pages.visit.repeats import RepeatEnd
    from desktop.ui.pages.visit.rows import QuestionRow
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

_AHEAD_MS = 20
"""A row of a coming section is made so often, so that no key waits for a whole section."""


class SheetStack(QStackedWidget):
    """Shows one sheet at a time.

    Args:
        theme: the theme.
        language: the language of the form's words.
    """

    touched = Signal()
    answered = Signal(str)
    entered = Signal(str)
    reasoned = Signal(str, str, str)
    row_wanted = Signal(str)
    row_unwanted = Signal(object)
    same_wanted = Signal()
    confirm_wanted = Signal()
    more_offered = Signal(str, list)
    made = Signal(object)
    """A sheet was begun, with nothing on it yet."""
    asked = Signal(str)
    """The finish page asks to go to a question: its path."""

    def __init__(self, theme: Theme, language: str) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self._visit: Visit | None = None
        self._sheets: dict[str, SectionSheet] = {}
        self._coming: list[str] = []
        self._is_strict = False
        self.finish: FinishSheet | None = None
        self._ahead = QTimer(self, interval=_AHEAD_MS)
        self._ahead.timeout.connect(self._make_ahead)

    def begin(self, visit: Visit | None) -> None:
        """Takes away the sheets of the visit before."""
        self._ahead.stop()
        for sheet in (*self._sheets.values(), self.finish):
            if sheet is not None:
                self._drop(sheet)
        self._sheets.clear()
        self._coming.clear()
        self._visit, self.finish, self._is_strict = visit, None, False

    def show_section(self, name: str) -> None:
        """Shows the questions of a section."""
        sheet = self._sheet(name)
        while sheet.make_row():
            pass
        self.setCurrentWidget(sheet)

    def make_ahead(self, names: Sequence[str]) -> None:
        """Makes these sections while nothing else is done."""
        if list(names) != self._coming:
            self._coming = list(names)
            self._ahead.start()

    def show_finish(self) -> FinishSheet:
        """Shows the finish as it is now; from here on missing answers are errors."""
        assert self._visit is not None  # noqa: S101 the caller has one
        self._is_strict = True
        for row in self.rows():
            row.be_strict()
        old = self.finish
        self.finish = FinishSheet(self._theme, self._language, self._visit, self._unreadable())
        self.finish.asked.connect(self.asked)
        self.addWidget(self.finish)
        self.setCurrentWidget(self.finish)
        if old is not None:
            self._drop(old)
        return self.finish

    def row(self, path: Path) -> QuestionRow | None:
        """The row of a question, once it was made."""
        found = (sheet.question(path) for sheet in self._sheets.values())
        return next((row for row in found if row is not None), None)

    def end(self, path: Path) -> RepeatEnd | None:
        """The end of a repeat, once it was made."""
        found = (sheet.ends.get(path) for sheet in self._sheets.values())
        return next((end for end in found if end is not None), None)

    def make_whole(self) -> None:
        """Makes the sheets whole that were begun, if rows may come and go in them."""
        for sheet in self._sheets.values():
            while has_open_repeat(sheet.section) and sheet.make_row():
                pass

    def arrange(self) -> None:
        """Shows the rows of repeats that there are now; `make_whole` came before they changed."""
        for sheet in self._sheets.values():
            if has_open_repeat(sheet.section):
                sheet.arrange()

    def rows(self) -> Iterable[QuestionRow]:
        """All rows that take an answer, as far as they are made."""
        return [row for sheet in self._sheets.values() for row in sheet.questions()]

    def update_rows(self, paths: Iterable[Path]) -> None:
        """Shows what became of these questions."""
        for sheet in self._sheets.values():
            sheet.update_rows(paths)

    def show_answers(self, paths: Iterable[Path]) -> None:
        """Shows answers that were not given in their fields."""
        for row in filter(None, map(self.row, paths)):
            row.show_answer()

    def bring(self, row: QuestionRow | RepeatEnd) -> None:
        """Scrolls so that a row is seen, if it stands in what is shown."""
        sheet = self.currentWidget()
        if isinstance(sheet, SectionSheet) and sheet.isAncestorOf(row):
            sheet.bring(row)

    def _sheet(self, name: str) -> SectionSheet:
        visit = self._visit
        assert visit is not None  # noqa: S101 sheets exist while a visit does
        if name not in self._sheets:
            section = visit.form.section(name)
            sheet = SectionSheet(self._theme, self._language, visit, section, self.width())
            sheet.touched.connect(self.touched)
            sheet.answered.connect(self.answered)
            sheet.entered.connect(self.entered)
            sheet.reasoned.connect(self.reasoned)
            sheet.row_wanted.connect(self.row_wanted)
            sheet.row_unwanted.connect(self.row_unwanted)
            sheet.same_wanted.connect(self.same_wanted)
            sheet.confirm_wanted.connect(self.confirm_wanted)
            sheet.more_offered.connect(self.more_offered)
            sheet.is_strict = self._is_strict
            self._sheets[name] = sheet
            self.addWidget(sheet)
            self.made.emit(sheet)
        return self._sheets[name]

    def _make_ahead(self) -> None:
        """Makes one row of the next section that is not there yet."""
        if not any(self._sheet(name).make_row() for name in self._coming):
            self._ahead.stop()

    def _unreadable(self) -> dict[Path, str]:
        """What was typed and is no answer, of questions that are asked."""
        assert self._visit is not None  # noqa: S101 the caller has one
        session = self._visit.session
        return {
            row.path: row.unreadable()
            for row in self.rows()
            if row.unreadable() and session.item(row.path).relevant
        }

    def _drop(self, sheet: SectionSheet | FinishSheet) -> None:
        self.removeWidget(sheet)
        sheet.deleteLater()
