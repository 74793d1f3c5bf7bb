"""Home: what the day brings, each row one Enter away, and a small picture of the months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.queries.home import MonthOfVisits, Task, TaskKind, Today, today_view
from desktop.models.rules.dates import format_date, format_month, to_wib
from desktop.models.rules.money import format_number
from desktop.ui.asked_visits import purpose_words
from desktop.ui.page import Page
from desktop.ui.pages.home.marks import KIND, TaskDelegate
from desktop.ui.theme.tokens import S2, S4
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.mini_bars import Bar, MiniBars
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import Columns, ScrollPage
from desktop.ui.words import field_word, short_month

if TYPE_CHECKING:
    from datetime import date

    from desktop.models.queries.due import DueInVillage
    from desktop.ui.desk import Desk

_TASKS_HEIGHT = 280
_KIND_WIDTH = 176
"""What the longest kind of task needs, at 100%."""

_KINDS = {
    TaskKind.DRAFT: QT_TRANSLATE_NOOP("HomePage", "Finish the visit"),
    TaskKind.RETURNED: QT_TRANSLATE_NOOP("HomePage", "Returned, please correct"),
    TaskKind.CONFLICT: QT_TRANSLATE_NOOP("HomePage", "Two different values"),
    TaskKind.OVERDUE: QT_TRANSLATE_NOOP("HomePage", "Visit is overdue"),
    TaskKind.FOLLOW_UP: QT_TRANSLATE_NOOP("HomePage", "Follow up the business"),
    TaskKind.DUE: QT_TRANSLATE_NOOP("HomePage", "Visit is due"),
}
_ASKED = {
    TaskKind.OVERDUE: QT_TRANSLATE_NOOP("HomePage", "Assigned visit, overdue"),
    TaskKind.DUE: QT_TRANSLATE_NOOP("HomePage", "Assigned visit"),
}
"""The same where the office asks for the visit."""
_MOST_VILLAGES = 3


class _Figure(QWidget):
    """A number, and what it counts."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._number, self._words = QLabel(), QLabel()
        self._number.setFont(desk.theme.font("title", 600, figures=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S2)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignBaseline)

    def show_count(self, count: int, words: str) -> None:
        self._number.setText(format_number(count))
        self._words.setText(words)


class HomePage(Page):
    """What the day brings."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("household", "member", "visit", "business", "progress_report", "conflict"),
            *("state_move", "grant", "visit_assignment", "cadence"),
        }
    )
    section = "home"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._conflicts: list[Task] = []
        self._build()
        QShortcut(QKeySequence(QKeySequence.StandardKey.New), self, self._begin)

    def open_with(self, **shown: Any) -> None:
        """Shows the day."""
        super().open_with(**shown)
        self.table.setFocus()

    def refresh(self) -> None:
        """Looks up what the day brings."""
        today = self._today()
        self.desk.read(self, lambda connection: today_view(connection, today), self._show)

    def _today(self) -> date:
        return to_wib(self.desk.store.clock()).date()

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, self.tr("Home"))
        self.to_decide = Button(theme, self.tr("%n to decide", "", 0), icon="alert-triangle")
        self.to_decide.setObjectName("to_decide")
        self.to_decide.clicked.connect(self._decide)
        self.to_decide.hide()
        self.header.add_action(self.to_decide)
        start = Button(theme, self.tr("Visit a family"), kind="primary", icon="map-pin")
        start.setToolTip(self.tr("Ctrl+N"))
        start.clicked.connect(self._begin)
        self.header.add_action(start)
        self.table = DataTable(
            theme,
            [
                Column(self.tr("What to do"), self._kind, key=KIND, width=_KIND_WIDTH),
                Column(self.tr("Family"), "head_name", width=152),
                Column(self.tr("Village"), "village", width=168),
                Column(self.tr("Day"), self._day, key="day", kind="date", width=96),
                Column(self.tr("Note"), self._note, key="note", width=120, stretch=True),
            ],
        )
        self.table.setItemDelegate(TaskDelegate(theme, self.table.rows_model(), self.table))
        self.table.setAccessibleName(self.tr("What to do"))
        self.table.activated_row.connect(self._open)
        self.tasks = Card(self.tr("Today"))
        self.tasks.add(self.table, 1)
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.tasks.add(self.said)
        self.table.selected_row.connect(self._show_said)
        self.nothing = EmptyState(
            theme,
            "circle-check",
            self.tr("Nothing is waiting today. New visits and follow-ups will stand here."),
            self.tr("See the families"),
        )
        self.nothing.pressed.connect(lambda: self.desk.go("households"))
        self.tasks.add(self.nothing, 1)
        self.tasks.setMinimumHeight(theme.px(_TASKS_HEIGHT))
        self.bars = MiniBars(theme, self.tr("Visits by month"))
        picture = Card()
        picture.add(self.bars, 1)
        self.figures = Card(self.tr("In your villages"))
        self.counts = [_Figure(desk=self.desk) for _ in range(3)]
        for figure in self.counts:
            self.figures.add(figure)
        self.by_village = [QLabel() for _ in range(_MOST_VILLAGES)]
        for line in self.by_village:
            line.setProperty("role", "muted")
            line.setWordWrap(True)
            self.figures.add(line)
        self.figures.body.addStretch(1)
        bottom = Columns(theme, 760)
        bottom.add(picture, 3)
        bottom.add(self.figures, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(self.header)
        body = ScrollPage()
        body.add(self.tasks, 1)
        body.add(bottom)
        picture.setMinimumHeight(theme.px(220))
        column.addWidget(body, 1)

    def _show(self, today: Today) -> None:
        day = format_date(self._today(), self.desk.language, "long")
        self.header.set_subtitle(day)
        has_one_village = len({task.village for task in today.tasks}) < 2
        self.table.leave_out(*(("village", "note") if has_one_village else ("note", "village")))
        self.table.set_rows(today.tasks)
        self.table.setVisible(bool(today.tasks))
        self.nothing.setVisible(not today.tasks)
        self._show_said(self.table.current_row())
        if today.tasks and self.table.current_row() is None:
            self.table.select(0)
        self._conflicts = [task for task in today.tasks if task.kind is TaskKind.CONFLICT]
        self.to_decide.setVisible(bool(self._conflicts))
        self.to_decide.setText(self.tr("%n to decide", "", len(self._conflicts)))
        self.bars.set_data(
            [self._bar(month) for month in today.months],
            target=today.planned or None,
            target_text=self.tr("Planned this month: {count}").format(count=today.planned),
        )
        figures = (
            (today.families, self.tr("families", "", today.families)),
            (today.businesses, self.tr("businesses", "", today.businesses)),
            (today.total, self.tr("things to do", "", today.total)),
        )
        for figure, (count, words) in zip(self.counts, figures, strict=True):
            figure.show_count(count, words)
        self._show_villages(today.villages)

    def _show_villages(self, villages: list[DueInVillage]) -> None:
        """How many visits are due in each, where somebody has only a few villages."""
        shown = villages if len(villages) <= _MOST_VILLAGES else []
        for place, line in enumerate(self.by_village):
            line.setVisible(place < len(shown))
            if place < len(shown):
                one = shown[place]
                words = self.tr("{village}: {due} due, {overdue} of them overdue")
                if not one.overdue:
                    words = self.tr("{village}: {due} due")
                line.setText(words.format(village=one.village, due=one.due, overdue=one.overdue))

    def _show_said(self, task: Task | None) -> None:
        """What somebody wrote about the task, whole: the column may have no room for it."""
        is_said = task is not None and bool(task.words or task.asked)
        self.said.setText(self._note(task) if task is not None and is_said else "")
        self.said.setVisible(is_said)

    def _bar(self, month: MonthOfVisits) -> Bar:
        return Bar(format_month(month.month, self.desk.language).split()[0][:3], month.done)

    def _kind(self, task: Task) -> str:
        words = _KINDS[task.kind] if task.asked is None else _ASKED[task.kind]
        return self.tr(str(words))

    def _day(self, task: Task) -> date | str | None:
        """The day that matters, or the month if it is a month that was returned."""
        return short_month(task.month, self.desk.language) if task.month else task.on

    def _note(self, task: Task) -> str:
        """What somebody wrote, what the visit is for, or what has to be decided."""
        if task.field is not None:
            return field_word(*task.field)
        if task.purpose:
            return purpose_words(task.purpose, task.asked, task.on)
        if task.business and task.words:
            note = self.tr("{business}: {words}")
            return note.format(business=task.business, words=task.words)
        return task.business or task.words

    def _decide(self) -> None:
        self._open(self._conflicts[0])

    def _begin(self) -> None:
        self.desk.go("households", find=True)

    def _open(self, task: Task) -> None:
        if task.business_id is not None:
            self.desk.go("business", business_id=task.business_id)
        elif task.kind is TaskKind.CONFLICT:
            self.desk.go("sync", conflict_id=task.subject_id)
        elif task.kind in (TaskKind.DRAFT, TaskKind.OVERDUE, TaskKind.DUE):
            self.desk.go("visit", household_id=task.household_id)
        else:
            self.desk.go("household", household_id=task.household_id)
