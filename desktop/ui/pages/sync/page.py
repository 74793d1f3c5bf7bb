"""Synchronisation: what goes and waits, what the province said, and which of two values is right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QCoreApplication, QPoint, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout

from desktop.models.queries.conflicts import OpenConflict, open_conflicts
from desktop.models.queries.sending import Outgoing, outgoing
from desktop.models.rules.dates import format_date, format_month, to_wib
from desktop.models.rules.money import format_number
from desktop.sync.diagnostics import as_text, diagnostics
from desktop.sync.faults import SyncFault
from desktop.sync.history import Run, recent_runs
from desktop.sync.status import Status, status
from desktop.ui.page import Page
from desktop.ui.pages.sync.questions import Questions
from desktop.ui.pages.sync.sign_in import SignInDialog
from desktop.ui.pages.sync.values import read_forms
from desktop.ui.progress_row import ProgressRow
from desktop.ui.receipts import moment_words, reason_sentence
from desktop.ui.sentences import SYNC, short_sentence, translated
from desktop.ui.theme.tokens import S3, S4
from desktop.ui.widgets.badge import TransportState
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.resting import Resting
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.words import RECORDS, word

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

    from desktop.ui.desk import Desk
    from desktop.ui.pages.sync.decision_card import DecisionCard

_TABLE_HEIGHT = 240
_WAITING_ROWS = 200
_RUNS = 30


@dataclass(frozen=True)
class _Shown:
    """All that the page shows, as of one moment."""

    now: Status
    waiting: list[Outgoing]
    conflicts: list[OpenConflict]
    runs: list[Run]


class SyncPage(Page):
    """What goes, what waits, what was confirmed, and what has to be decided."""

    tables: ClassVar[frozenset[str]] = frozenset(RECORDS)
    section = "sync"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: UUID | None = None
        self._is_opened = False
        self._server = ""
        self._build()
        province = desk.connection
        if province is not None:
            province.began.connect(self._began)
            province.progressed.connect(self.going.tell)
            province.ended.connect(self._ended)
            province.told.connect(self._show_status)
            if province.is_syncing:
                self._began()

    def open_with(self, *, conflict_id: UUID | None = None, **shown: Any) -> None:
        """Shows how things stand.

        Args:
            conflict_id: the conflict to go to; without it the keyboard is on the one button.
            shown: nothing else.
        """
        super().open_with(**shown)
        self._wanted = conflict_id
        self._is_opened = True

    def refresh(self) -> None:
        """Looks up what waits and what was."""
        forms = self.desk.forms

        def look(connection: Connection) -> _Shown:
            conflicts = open_conflicts(connection)
            read_forms(connection, conflicts, forms)
            return _Shown(
                status(connection),
                outgoing(connection, _WAITING_ROWS),
                conflicts,
                recent_runs(connection, _RUNS),
            )

        self.desk.read(self, look, self._show)

    def save_diagnostics(self, path: Path) -> None:
        """Writes the diagnostics file."""
        store, version = self.desk.store, QCoreApplication.applicationVersion()
        self._diagnostics_rest.begin()

        def task() -> None:
            path.write_text(as_text(diagnostics(store, version)), encoding="utf-8")

        self.desk.database.run(self, task, lambda _: self._saved(path), self._not_saved)

    # What it consists of.

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, self.tr("Sync with the province"))
        self.sync_button = Button(theme, self.tr("Sync now"), kind="primary", icon="refresh")
        self.sync_button.setObjectName("sync_now")
        self.sync_button.clicked.connect(self._sync)
        self._rest = Resting(self, self.sync_button)
        self.header.add_action(self.sync_button)
        self._body = ScrollPage()
        self._body.add(self._state_card())
        self.questions = Questions(self.desk)
        self.questions.grew.connect(self._bring)
        self.questions.decided.connect(self._go_on)
        self.questions.failed.connect(self.refresh)
        self._body.add(self.questions)
        self.waiting_card, self.history_card = self._waiting_card(), self._history_card()
        for card in (self.waiting_card, self.history_card):
            card.setMinimumHeight(theme.px(_TABLE_HEIGHT))
            self._body.add(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(self.header)
        column.addWidget(self._body, 1)

    def _state_card(self) -> Card:
        theme = self.desk.theme
        card = Card(self.tr("How things stand"))
        self.summary, self.failure = QLabel(), QLabel()
        for label in (self.summary, self.failure):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            card.add(label)
        self.failure.setProperty("role", "warning")
        self.failure.hide()
        self.sign_in_button = Button(theme, self.tr("Sign in again"), icon="lock")
        self.sign_in_button.clicked.connect(self._sign_in)
        self.sign_in_button.hide()
        card.body.addWidget(self.sign_in_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.going = ProgressRow(theme)
        self.going.stopped.connect(self._stop)
        self.going.hide()
        card.add(self.going)
        return card

    def _waiting_card(self) -> Card:
        card = Card(self.tr("Waiting on this laptop"))
        self.waiting = DataTable(
            self.desk.theme,
            [
                Column(self.tr("What"), self._what, width=200),
                Column(self.tr("Family"), lambda one: one.about.family, width=168),
                Column(self.tr("Since"), lambda one: self._moment(one.since), width=136),
                Column(
                    self.tr("Transport"),
                    lambda one: _state(one).value,
                    key="transport",
                    kind="transport",
                    width=152,
                ),
                Column(self.tr("Why"), self._why, width=120, stretch=True),
            ],
        )
        self.waiting.setAccessibleName(self.tr("Waiting on this laptop"))
        self.waiting.wrap_words()
        self.waiting.activated_row.connect(self._open)
        self.nothing = QLabel()
        self.nothing.setProperty("role", "muted")
        self.nothing.setWordWrap(True)
        self.more = QLabel()
        self.more.setProperty("role", "small")
        card.add(self.waiting, 1)
        card.add(self.nothing)
        card.add(self.more)
        return card

    def _history_card(self) -> Card:
        theme = self.desk.theme
        card = Card(self.tr("The last times"))
        self.diagnostics_button = Button(
            theme, self.tr("Save a diagnostics file"), kind="quiet", icon="file-text"
        )
        self.diagnostics_button.setToolTip(
            self.tr("For the office, if something does not work. It holds nobody's data.")
        )
        self.diagnostics_button.clicked.connect(self._ask_where)
        self._diagnostics_rest = Resting(self, self.diagnostics_button)
        card.add_action(self.diagnostics_button)
        self.history = DataTable(
            theme,
            [
                Column(self.tr("When"), lambda run: self._moment(run.ended_at), width=160),
                Column(self.tr("Sent"), lambda run: run.sent, kind="number", width=88),
                Column(self.tr("Received"), lambda run: run.received, kind="number", width=88),
                Column(
                    self.tr("KB sent"),
                    lambda run: _kilobytes(run.traffic.bytes_up),
                    kind="number",
                    width=104,
                ),
                Column(
                    self.tr("KB received"),
                    lambda run: _kilobytes(run.traffic.bytes_down),
                    kind="number",
                    width=104,
                ),
                Column(self.tr("How it went"), self._how_it_went, width=120, stretch=True),
            ],
        )
        self.history.setAccessibleName(self.tr("The last times"))
        card.add(self.history, 1)
        return card

    # What is shown.

    def _show(self, shown: _Shown) -> None:
        self._show_status(shown.now)
        self._show_failure(shown.runs)
        self._show_waiting(shown.waiting, shown.now)
        self.history.set_rows(shown.runs)
        self.questions.ask(shown.conflicts)
        if self._is_opened:
            self._is_opened = False
            self._go_on(self.questions.about(self._wanted))

    def _go_on(self, card: DecisionCard | None) -> None:
        """Brings a card into view, with the keyboard on its first option; without one, on the button."""
        if card is None:
            self._body.verticalScrollBar().setValue(0)
            self.sync_button.setFocus()
            return

        def go() -> None:
            self._bring(card)
            card.choice.setFocus(Qt.FocusReason.TabFocusReason)

        QTimer.singleShot(0, card, go)  # once it is laid out

    def _bring(self, card: DecisionCard) -> None:
        """Scrolls to a whole card, once it has its height; of a high one, to its beginning."""

        def scroll() -> None:
            self._body.ensureWidgetVisible(card, 0, S3)
            if card.height() > self._body.viewport().height():
                bar = self._body.verticalScrollBar()
                bar.setValue(bar.value() + card.mapTo(self._body, QPoint()).y())

        QTimer.singleShot(0, card, scroll)

    def _show_waiting(self, waiting: list[Outgoing], now: Status) -> None:
        """A table; one line if there is nothing, so that the last times are seen at once."""
        self.waiting.set_rows(waiting)
        self.waiting.setVisible(bool(waiting))
        self.nothing.setVisible(not waiting)
        self.nothing.setText(self._what_is_there(now.files_here))
        self.more.setVisible(len(waiting) == _WAITING_ROWS)
        self.more.setText(
            self.tr("The first {shown}; {all} wait in all.").format(
                shown=_WAITING_ROWS, all=format_number(now.waiting_records)
            )
        )
        self.waiting_card.setMinimumHeight(self.desk.theme.px(_TABLE_HEIGHT) if waiting else 0)
        self._body.body.setStretchFactor(self.waiting_card, 1 if waiting else 0)

    def _show_status(self, now: Status) -> None:
        sentences = []
        if now.waiting_records:
            sentences.append(
                self.tr(
                    "%n record(s) are safe on this laptop and wait to be sent.",
                    "",
                    now.waiting_records,
                )
            )
        sentences.append(self._what_was_confirmed(now))
        if now.quarantined:
            sentences.append(
                self.tr(
                    "%n change(s) were set aside, to be looked at by the office.",
                    "",
                    now.quarantined,
                )
            )
        if now.is_clock_wrong:
            sentences.append(
                self.tr(
                    "The date or time of this laptop is not the province's. Nothing is lost by it, "
                    "but please set it right."
                )
            )
        used = format_number(now.bytes_this_month // 1024)
        sentences.append(self.tr("Data used this month: {size} KB.").format(size=used))
        self.summary.setText("\n".join(sentences))
        self._server = now.server or ""
        self.header.set_subtitle(self._server)

    def _show_failure(self, runs: list[Run]) -> None:
        """What was in the way the last time, until a time goes well."""
        last = runs[0] if runs else None
        fault = last.fault if last is not None else None
        is_failure = fault is not None and fault is not SyncFault.STOPPED
        self.failure.setVisible(is_failure)
        self.sign_in_button.setVisible(fault is SyncFault.NOT_SIGNED_IN)
        if last is not None and fault is not None:
            words = self.tr("On {moment}: {sentence}")
            self.failure.setText(
                words.format(moment=self._moment(last.ended_at), sentence=translated(SYNC[fault]))
            )

    # What is done.

    def _open(self, one: Outgoing) -> None:
        """Goes to the record."""
        about = one.about
        if one.record in ("business", "grant", "progress_report") and about.business_id is not None:
            self.desk.go("business", business_id=about.business_id)
        elif about.household_id is not None:
            tab = {"member": "members", "visit": "visits", "visit_member": "visits"}
            self.desk.go(
                "household", household_id=about.household_id, tab=tab.get(one.record, "summary")
            )

    def _sync(self) -> None:
        province = self.desk.connection
        if province is not None:
            self.desk.notices.clear()
            self._body.verticalScrollBar().setValue(0)  # how far it is stands there
            province.sync()

    def _stop(self) -> None:
        if self.desk.connection is not None:
            self.desk.connection.cancel()

    def _began(self) -> None:
        self.failure.hide()
        self.sign_in_button.hide()
        self._rest.begin()
        self.going.begin()

    def _ended(self, run: Run | None) -> None:
        self.going.hide()
        self._rest.end()
        del run
        self.refresh()

    def _sign_in(self) -> None:
        province = self.desk.connection
        if province is None:
            return
        dialog = SignInDialog(self.desk, self._server, self.window())
        if dialog.exec():
            province.sync()

    def _ask_where(self) -> None:
        day = to_wib(self.desk.store.clock()).date()
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        name, _kind = QFileDialog.getSaveFileName(
            self.window(),
            self.tr("Save a diagnostics file"),
            str(folder / f"Berdaya diagnosa {day.isoformat()}.txt"),
            self.tr("Text (*.txt)"),
        )
        if name:
            path = Path(name)
            self.save_diagnostics(path if path.suffix else path.with_suffix(".txt"))

    def _saved(self, path: Path) -> None:
        self._diagnostics_rest.end()
        words = self.tr("The diagnostics file is saved: {name}. It holds nobody's data.")
        self.desk.notices.info(words.format(name=path.name), str(path))

    def _not_saved(self, error: Exception) -> None:
        self._diagnostics_rest.end()
        if isinstance(error, OSError):
            self.desk.notices.error(
                self.tr("The file could not be saved there. Please choose another folder.")
            )
        else:
            self.desk.explain(error)

    # Words.

    def _what(self, one: Outgoing) -> str:
        """What it is, and which one."""
        about, language = one.about, self.desk.language
        which = about.name
        if about.month:
            which = f"{which}, {format_month(about.month, language)}"
        elif about.on is not None:
            which = format_date(about.on, language, "short")
        what = word(RECORDS, one.table)
        return f"{what}: {which}" if which else what

    def _what_is_there(self, files_here: int) -> str:
        """What the province has while nothing waits: files are not sent yet."""
        if files_here:
            return self.tr(
                "The province has everything that you recorded but %n photo(s) and file(s): "
                "they are only on this laptop.",
                "",
                files_here,
            )
        return self.tr("The province has everything that you recorded.")

    def _what_was_confirmed(self, now: Status) -> str:
        if now.confirmed_at is None:
            return self.tr("The province has not confirmed anything yet.")
        words = (
            self.tr("The province last confirmed everything but photos and files on {moment}.")
            if now.files_here
            else self.tr("The province last confirmed everything on {moment}.")
        )
        return words.format(moment=self._moment(now.confirmed_at))

    def _why(self, one: Outgoing) -> str:
        if one.answer is not None:
            return self.tr("The office does not take it: {words}").format(words=one.answer)
        return "" if one.reason is None else reason_sentence(one.reason)

    def _how_it_went(self, run: Run) -> str:
        return self.tr("Records confirmed") if run.fault is None else short_sentence(run.fault)

    def _moment(self, moment: Any) -> str:
        return moment_words(moment, self.desk.language)


def _state(one: Outgoing) -> TransportState:
    return TransportState.WAITING if one.reason is None else TransportState.SET_ASIDE


def _kilobytes(size: int) -> int:
    return -(-size // 1024)
