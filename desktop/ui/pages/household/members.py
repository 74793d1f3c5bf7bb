"""The members of a family: who lives here, who left; and all that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.records.households import MemberStatus
from desktop.models.rules.identity import mask_number
from desktop.models.rules.members import heads, present
from desktop.ui.members.changing import MemberChanging
from desktop.ui.members.words import age_words
from desktop.ui.pages.household.facts import words
from desktop.ui.pages.household_form.person import today_of
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.rows_model import Column
from desktop.ui.words import MEMBER_STATES, RELATIONS, SEXES, word

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.models.queries.household import FamilyView
    from desktop.models.queries.members import MemberView
    from desktop.ui.desk import Desk


class MembersTab(QWidget):
    """The table of members.

    Args:
        desk: the collaborators of all pages.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._family: FamilyView | None = None
        self.changing = MemberChanging(desk, self)
        self.table: DataTable = DataTable(desk.theme, self._columns())
        self.table.setAccessibleName(self.tr("Members"))
        self.table.leave_out("national_id", "sex")
        self.table.activated_row.connect(lambda _row: self._correct())
        self.table.selected_row.connect(self._selected)
        card = Card(self.tr("Members"))
        self._head_card = self._make_head_card()
        card.add(self._head_card)
        card.add(self._buttons())
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S3, 0, 0)
        column.addWidget(card)
        self._selected(None)

    def show_family(self, family: FamilyView) -> None:
        """Shows the members of a family, and goes to the first of another one."""
        is_another = self._family is None or self._family.id != family.id
        self._family = family
        self.changing.household_id = family.id
        self.table.set_rows(family.members, keep=not is_another)
        if family.members and self.table.current_row() is None:
            self.table.select(0)
        self._selected(self.table.current_row())
        self._show_heads(family)

    def _buttons(self) -> FlowRow:
        """Above the table, in the order in which they are likely needed."""
        row = FlowRow()

        def button(name: str, text: str, run: Callable[[], object], icon: str = "") -> Button:
            made = Button(self._desk.theme, text, icon=icon)
            made.setObjectName(name)
            made.clicked.connect(run)
            row.add(made)
            return made

        button("add", self.tr("Add a member"), self.changing.add, "plus")
        button("born", self.tr("Born"), self.changing.born)
        self._edit = button("correct_member", self.tr("Correct"), self._correct, "pencil")
        self._moved = button(
            "moved_out", self.tr("Moved out"), lambda: self._left(MemberStatus.MOVED_OUT)
        )
        self._died = button("died", self.tr("Died"), lambda: self._left(MemberStatus.DIED))
        self._back = button("returned", self.tr("Lives here again"), self._returned)
        self._split = button(
            "split", self.tr("Split the family"), self.changing.split, "users-group"
        )
        return row

    def _make_head_card(self) -> QWidget:
        """What is seen where a family has no head, or several; two laptops may have chosen two."""
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        self.head_words = words("", "error")
        choose = Button(self._desk.theme, self.tr("Choose the head"), icon="user")
        choose.setObjectName("choose_head")
        choose.clicked.connect(self.changing.choose_head)
        row.addWidget(self.head_words, 1)
        row.addWidget(choose)
        strip.hide()
        return strip

    def _show_heads(self, family: FamilyView) -> None:
        count = len(heads(family.members))
        is_well = count == 1 or not present(family.members)
        several = self.tr("Several members are noted as head of the family.")
        self.head_words.setText(several if count else self.tr("Nobody is the head of the family."))
        self._head_card.setVisible(not is_well)
        self._split.setEnabled(len(present(family.members)) > 1)

    def _columns(self) -> tuple[Column, ...]:
        today = today_of(self._desk)
        return (
            Column(self.tr("Name"), "name", stretch=True, width=136),
            Column(self.tr("Relation"), self._relation, stretch=True, width=136),
            Column(self.tr("Sex"), lambda row: word(SEXES, row.sex), key="sex", width=72),
            Column(self.tr("Date of birth"), "birth_date", kind="date"),
            Column(self.tr("Age"), lambda row: age_words(row.birth_date, today()), width=96),
            Column(
                self.tr("NIK"),
                lambda row: mask_number(row.national_id or ""),
                key="national_id",
                width=176,
            ),
        )

    def _relation(self, member: MemberView) -> str:
        relation = word(RELATIONS, member.relation)
        if member.is_present:
            return relation
        status = word(MEMBER_STATES, member.status)
        return self.tr("{relation} ({status})").format(relation=relation, status=status)

    def _selected(self, member: MemberView | None) -> None:
        is_here = member is not None and member.is_present
        self._edit.setEnabled(member is not None)
        for button in (self._moved, self._died):
            button.setVisible(is_here or member is None)
            button.setEnabled(is_here)
        self._back.setVisible(member is not None and not is_here)

    def _correct(self) -> None:
        member: MemberView | None = self.table.current_row()
        if member is not None:
            self.changing.correct(member.id)

    def _left(self, status: MemberStatus) -> None:
        member: MemberView | None = self.table.current_row()
        if member is not None:
            self.changing.left(status, member.id)

    def _returned(self) -> None:
        member: MemberView | None = self.table.current_row()
        if member is not None:
            self.changing.returned(member.id)
