"""What a business is, and the grant it grew from, at the head of its page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.queries.businesses import BusinessView, GrantView
from desktop.models.queries.transport import Receipt
from desktop.models.records.people import Role
from desktop.models.rules.dates import Language, format_date
from desktop.models.rules.money import format_rupiah
from desktop.models.rules.states import LIFECYCLES
from desktop.ui.pages.business.words import grant_state_text, status_text
from desktop.ui.receipts import show_receipt, transport_state
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S3, S6
from desktop.ui.widgets.badge import Tag, TransportMark
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_row import FlowRow

EDITABLE = frozenset({"proposed", "returned"})
"""A grant in one of these states is still a proposal."""


class FactsCard(Card):
    """Kind, status, transport, and the grants with what can be done about each.

    Args:
        theme: The theme.
        language: Of dates.
        kinds: Code -> name of the kinds of business.
        parent: The parent widget.
    """

    edit_pressed = Signal()
    grant_pressed = Signal(object)
    """A grant (None: a new one) is to be written."""
    move_pressed = Signal(object, str)
    """A grant is to go to a state."""

    def __init__(
        self,
        theme: Theme,
        language: str,
        kinds: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._language = cast("Language", language)
        self._kinds = kinds
        self._shown: QWidget | None = None

    def show_business(self, business: BusinessView, receipt: Receipt | None) -> None:
        """Shows a business anew."""
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self._business_row(business, receipt))
        for grant in business.grants:
            column.addWidget(self._grant_row(grant))
            if grant.returned_because:
                column.addWidget(
                    self._line(
                        self.tr("The district: {words}").format(words=grant.returned_because),
                        "warning",
                    )
                )
        if not business.grants:
            column.addWidget(self._no_grant_row())
        self.add(self._shown)

    def _business_row(self, business: BusinessView, receipt: Receipt | None) -> QWidget:
        kind = self._kinds.get(business.kbli_code or "", business.kbli_code)
        facts = [
            (self.tr("Kind"), kind or self.tr("not known yet")),
            (self.tr("Status"), status_text(business.status)),
            (self.tr("Since"), self._day(business.started_on)),
            (self.tr("NIB"), business.business_id_number or self.tr("none")),
        ]
        edit = self._button(self.tr("Correct"), self.edit_pressed.emit)
        marks: list[tuple[str, QWidget]] = []
        if receipt is not None:
            mark = TransportMark(self._theme, transport_state(receipt))
            show_receipt(mark, receipt, self._language)
            marks.append((self.tr("Transport"), mark))
        return self._row(facts, marks, [edit])

    def _grant_row(self, grant: GrantView) -> QWidget:
        facts = [
            (self.tr("Grant"), format_rupiah(grant.amount)),
            (self.tr("Programme"), grant.programme or self.tr("not known yet")),
            (self.tr("Bank"), grant.bank or self.tr("not known yet")),
            (self.tr("Proposed"), self._day(grant.proposed_on)),
            (self.tr("Disbursed"), self._day(grant.disbursed_on)),
        ]
        is_returned = grant.state == "returned"
        state = Tag(
            self._theme,
            grant_state_text(grant.state),
            role="warning" if is_returned else "text",
            ground="warning_soft" if is_returned else "selection",
            icon="arrow-back-up" if is_returned else "coin",
        )
        buttons = [
            self._button(text, self._mover(grant, target)) for target, text in self._moves(grant)
        ]
        if grant.state in EDITABLE:
            correct = self._button(self.tr("Correct"), lambda: self.grant_pressed.emit(grant))
            buttons.append(correct)
        return self._row(facts, [(self.tr("State"), state)], buttons)

    def _no_grant_row(self) -> QWidget:
        propose = self._button(self.tr("Propose a grant"), lambda: self.grant_pressed.emit(None))
        return self._row([(self.tr("Grant"), self.tr("none yet"))], [], [propose])

    def _moves(self, grant: GrantView) -> list[tuple[str, str]]:
        """Where a facilitator may take it from here, and the words for it."""
        words = {
            "proposed": self.tr("Propose again"),
            "accounted": self.tr("Record accounts handed in"),
        }
        lifecycle = LIFECYCLES["grant"]
        return [
            (target, text)
            for target, text in words.items()
            if lifecycle.allows(Role.FACILITATOR, grant.state, target)
        ]

    def _mover(self, grant: GrantView, target: str) -> Callable[[], object]:
        return lambda: self.move_pressed.emit(grant, target)

    def _row(
        self,
        facts: Sequence[tuple[str, str]],
        marks: Sequence[tuple[str, QWidget]],
        buttons: Sequence[QWidget],
    ) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(S3)
        flow = FlowRow(S6)
        for name, value in facts:
            flow.add(self._fact(name, self._line(value, "strong", wrap=False)))
        for name, mark in marks:
            flow.add(self._fact(name, mark))
        line.addWidget(flow, 1)
        for button in buttons:
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _fact(self, name: str, value: QWidget) -> QWidget:
        fact = QWidget()
        column = QVBoxLayout(fact)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S1 // 2)
        column.addWidget(self._line(name, "small", wrap=False))
        column.addWidget(value, 1)
        return fact

    def _line(self, text: str, role: str, *, wrap: bool = True) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        label.setWordWrap(wrap)
        return label

    def _button(self, text: str, pressed: Callable[[], object]) -> Button:
        button = Button(self._theme, text, kind="quiet")
        button.clicked.connect(lambda _checked: pressed())
        return button

    def _day(self, day: date | None) -> str:
        return format_date(day, self._language) if day else self.tr("not known yet")
