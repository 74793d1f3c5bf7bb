"""Synchronisation: what waits, what the province said, and which of two values is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.models.operations import decisions
from desktop.models.queries.sending import OpenConflict, Outgoing, open_conflicts, outgoing
from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.models.rules.money import format_number
from desktop.sync.history import Run, recent_runs
from desktop.sync.status import Status, status
from desktop.ui.downloading import Downloading
from desktop.ui.page import Page
from desktop.ui.pages.sync.conflict_card import ConflictCard
from desktop.ui.sentences import SYNC, short_sentence, translated
from desktop.ui.theme.tokens import S3, S4
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.resting import Resting
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from desktop.models.store.writer import Writer
    from desktop.sync.engine import Progress as SyncProgress
    from desktop.ui.desk import Desk

_TABLE_HEIGHT = 240

_TABLES = {
    "household": QT_TRANSLATE_NOOP("SyncPage", "Family"),
    "family_card": QT_TRANSLATE_NOOP("SyncPage", "Family card"),
    "member": QT_TRANSLATE_NOOP("SyncPage", "Member"),
    "visit": QT_TRANSLATE_NOOP("SyncPage", "Visit"),
    "visit_member": QT_TRANSLATE_NOOP("SyncPage", "Visit, about a member"),
    "business": QT_TRANSLATE_NOOP("SyncPage", "Business"),
    "grant": QT_TRANSLATE_NOOP("SyncPage", "Grant"),
    "progress_report": QT_TRANSLATE_NOOP("SyncPage", "Month of a business"),
    "state_move": QT_TRANSLATE_NOOP("SyncPage", "Handing in"),
    "conflict": QT_TRANSLATE_NOOP("SyncPage", "Decision"),
}

_REASONS = {
    "scope_not_granted": QT_TRANSLATE_NOOP(
        "SyncPage", "This village was not assigned to you then."
    ),
    "forbidden": QT_TRANSLATE_NOOP("SyncPage", "Your role may not change this."),
    "forbidden_transition": QT_TRANSLATE_NOOP("SyncPage", "Your role may not decide this."),
    "invalid": QT_TRANSLATE_NOOP("SyncPage", "The office does not accept this value."),
}
_OTHER_REASON = QT_TRANSLATE_NOOP("SyncPage", "The office is looking at it.")


class SyncPage(Page):
    """What waits, what was confirmed, and what has to be decided."""

    tables: ClassVar[frozenset[str]] = frozenset(_TABLES)
    section = "sync"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._build()
        province = desk.connection
        if province is not None:
            province.progressed.connect(self._tell_progress)
            province.ended.connect(self._ended)
            province.told.connect(self._show_status)
            self.progress.stopped.connect(province.session.cancel)

    def open_with(self, **shown: Any) -> None:
        """Shows how things stand; the keyboard is on the one button."""
        super().open_with(**shown)
        self.sync_button.setFocus()

    def refresh(self) -> None:
        """Looks up what waits and what was."""
        self.desk.read(self, self._look, self._show)

    @staticmethod
    def _look(
        connection: Connection,
    ) -> tuple[Status, list[Outgoing], list[OpenConflict], list[Run]]:
        return (
            status(connection),
            outgoing(connection),
            open_conflicts(connection),
            recent_runs(connection, 30),
        )

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, self.tr("Sync with the province"))
        self.sync_button = Button(theme, self.tr("Sync now"), kind="primary", icon="refresh")
        self.sync_button.setObjectName("sync_now")
        self.sync_button.clicked.connect(self._sync)
        self._rest = Resting(self, self.sync_button)
        self.header.add_action(self.sync_button)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = Downloading(theme)
        self.progress.hide()
        state = Card(self.tr("How things stand"))
        state.add(self.summary)
        state.add(self.progress)
        self.conflicts = QVBoxLayout()
        self.conflicts.setSpacing(S3)
        self._conflict_holder = QWidget()
        self._conflict_holder.setLayout(self.conflicts)
        self.conflicts.setContentsMargins(0, 0, 0, 0)
        self._conflict_holder.hide()
        self._body = ScrollPage()
        for widget in (state, self._conflict_holder):
            self._body.add(widget)
        self.waiting_card, self.history_card = self._waiting_card(), self._history_card()
        for card in (self.waiting_card, self.history_card):
            card.setMinimumHeight(theme.px(_TABLE_HEIGHT))
            self._body.add(card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(self.header)
        column.addWidget(self._body, 1)

    def _waiting_card(self) -> Card:
        theme = self.desk.theme
        card = Card(self.tr("Waiting on this laptop"))
        self.waiting = DataTable(
            theme,
            [
                Column(self.tr("What"), lambda one: self._table_word(one.table), width=168),
                Column(self.tr("Family"), lambda one: one.family, width=168),
                Column(self.tr("Since"), lambda one: self._moment(one.since), width=132),
                Column(self.tr("How it is"), self._how_it_is, stretch=True),
            ],
        )
        self.waiting.setAccessibleName(self.tr("Waiting on this laptop"))
        self.nothing = QLabel(self.tr("The province has everything that you recorded."))
        self.nothing.setProperty("role", "muted")
        self.nothing.setWordWrap(True)
        card.add(self.waiting, 1)
        card.add(self.nothing)
        return card

    def _history_card(self) -> Card:
        card = Card(self.tr("The last times"))
        self.history = DataTable(
            self.desk.theme,
            [
                Column(self.tr("When"), lambda run: self._moment(run.started_at), width=200),
                Column(self.tr("Sent"), lambda run: run.sent, kind="number", width=100),
                Column(self.tr("Received"), lambda run: run.received, kind="number", width=100),
                Column(self.tr("KB"), _kilobytes, kind="number", width=100),
                Column(self.tr("How it went"), self._how_it_went, stretch=True),
            ],
        )
        self.history.setAccessibleName(self.tr("The last times"))
        card.add(self.history, 1)
        return card

    def _show(self, found: tuple[Status, list[Outgoing], list[OpenConflict], list[Run]]) -> None:
        now, waiting, conflicts, runs = found
        self._show_status(now)
        self._show_waiting(waiting)
        self.history.set_rows(runs)
        self._show_conflicts(conflicts)

    def _show_waiting(self, waiting: list[Outgoing]) -> None:
        """A table; one line if there is nothing, so that the last times are seen at once."""
        self.waiting.set_rows(waiting)
        self.waiting.setVisible(bool(waiting))
        self.nothing.setVisible(not waiting)
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
        if now.confirmed_at is None:
            sentences.append(self.tr("The province has not confirmed anything yet."))
        else:
            moment = self._moment(now.confirmed_at)
            sentences.append(
                self.tr("The province last confirmed everything on {moment}.").format(moment=moment)
            )
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
        self.header.set_subtitle(now.server or "")

    def _show_conflicts(self, conflicts: list[OpenConflict]) -> None:
        while (item := self.conflicts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for conflict in conflicts:
            card = ConflictCard(self.desk, conflict)
            card.decided.connect(self._decide)
            self.conflicts.addWidget(card)
        # Hidden while it is empty: the space between two cards would be there twice.
        self._conflict_holder.setVisible(bool(conflicts))

    def _decide(self, conflict: OpenConflict, value: Any, reason: str) -> None:
        def operation(writer: Writer) -> None:
            subject = (conflict.table, conflict.row_id)
            decisions.resolve(
                writer,
                conflict.id,
                subject,
                conflict.field,
                value,
                reason or None,
            )

        self.desk.write(self, operation)

    def _sync(self) -> None:
        province = self.desk.connection
        if province is not None:
            self.desk.notices.clear()
            self._rest.begin()
            province.sync()
            self.progress.show()
            self.progress.set_busy(self.tr("Asking the province…"))

    def _tell_progress(self, progress: SyncProgress) -> None:
        self.progress.show()
        if progress.download is not None:
            self.progress.set_download(progress.download)
            return
        words = self.tr("{up} KB sent, {down} KB received, {waiting} still waiting")
        self.progress.set_busy(
            words.format(
                up=format_number(progress.bytes_up // 1024),
                down=format_number(progress.bytes_down // 1024),
                waiting=format_number(progress.waiting),
            )
        )

    def _ended(self, run: Run | None) -> None:
        self.progress.hide()
        self._rest.end()
        if run is not None and run.fault is not None and self.isVisible():
            self.desk.notices.warning(translated(SYNC[run.fault]), is_of_page=True)
        self.refresh()

    def _table_word(self, table: str) -> str:
        return self.tr(str(_TABLES.get(table, table)))

    def _how_it_is(self, one: Outgoing) -> str:
        if one.reason is None:
            return self.tr("Waiting to be sent")
        return self.tr(str(_REASONS.get(one.reason, _OTHER_REASON)))

    def _how_it_went(self, run: Run) -> str:
        if run.fault is None:
            return self.tr("Everything confirmed")
        return short_sentence(run.fault)

    def _moment(self, moment: datetime) -> str:
        language = self.desk.language
        day = format_date(to_wib(moment).date(), language, "short")
        return f"{day} {format_time(moment, language)}"


def _kilobytes(run: Run) -> int:
    return -(-(run.traffic.bytes_up + run.traffic.bytes_down) // 1024)
