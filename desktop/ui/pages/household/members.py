"""The members of a family: who lives here, who left; adding and correcting them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.operations import households
from desktop.models.records.base import new_id
from desktop.models.records.households import Member, MemberStatus
from desktop.models.rules.identity import mask_number
from desktop.ui.pages.household_form.person import (
    PersonFields,
    go_to_first_problem,
    today_of,
)
from desktop.ui.theme.tokens import S3, S6
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.words import (
    LEAVING,
    MEMBER_STATES,
    RELATIONS,
    SEXES,
    options,
    word,
)

if TYPE_CHECKING:
    from desktop.models.queries.household import FamilyView, MemberView
    from desktop.models.records.base import Fields
    from desktop.ui.desk import Desk

_WIDTH = 640


class MembersTab(QWidget):
    """The table of members.

    Args:
        desk: the collaborators of all pages.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._family: FamilyView | None = None
        theme = desk.theme
        add = Button(theme, self.tr("Add a member"), icon="plus")
        add.clicked.connect(self._add)
        self._edit = Button(theme, self.tr("Correct"), icon="pencil")
        self._edit.clicked.connect(lambda: self._correct(self.table.current_row()))
        self._left = Button(theme, self.tr("Left the family"))
        self._left.clicked.connect(self._leave)
        self.table: DataTable = DataTable(theme, self._columns())
        self.table.setAccessibleName(self.tr("Members"))
        self.table.activated_row.connect(self._correct)
        self.table.selected_row.connect(self._selected)
        card = Card(self.tr("Members"))
        for button in (self._left, self._edit, add):
            card.add_action(button)
        card.add(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S3, 0, 0)
        column.addWidget(card)
        self._selected(None)

    def show_family(self, family: FamilyView) -> None:
        """Shows the members of a family, and goes to the first of another one."""
        is_another = self._family is None or self._family.id != family.id
        self._family = family
        self.table.set_rows(family.members, keep=not is_another)
        if family.members and self.table.current_row() is None:
            self.table.select(0)
        self._selected(self.table.current_row())

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Name"), "name", stretch=True, width=136),
            Column(self.tr("Relation"), self._relation, stretch=True, width=136),
            Column(self.tr("Sex"), lambda row: word(SEXES, row.sex), width=72),
            Column(self.tr("Date of birth"), "birth_date", kind="date"),
            Column(self.tr("NIK"), lambda row: mask_number(row.national_id or ""), width=176),
        )

    def _relation(self, member: MemberView) -> str:
        relation = word(RELATIONS, member.relation)
        if member.is_present:
            return relation
        status = word(MEMBER_STATES, member.status)
        return self.tr("{relation} ({status})").format(relation=relation, status=status)

    def _selected(self, member: MemberView | None) -> None:
        self._edit.setEnabled(member is not None)
        self._left.setEnabled(member is not None and member.is_present)

    def _add(self) -> None:
        family = self._family
        dialog = MemberDialog(self._desk, None, self)
        if family is None or dialog.exec() != Dialog.DialogCode.Accepted:
            return
        stated = {name: value for name, value in dialog.fields().items() if value is not None}
        member = Member.model_validate(
            {"id": new_id(), "scope": family.scope, "household_id": family.id, **stated}
        )
        self._desk.write(self, lambda writer: households.add_member(writer, member))

    def _correct(self, member: MemberView | None) -> None:
        if member is None:
            return
        dialog = MemberDialog(self._desk, member, self)
        if dialog.exec() != Dialog.DialogCode.Accepted:
            return
        fields = dialog.fields()
        self._desk.write(self, lambda writer: households.edit_member(writer, member.id, fields))

    def _leave(self) -> None:
        member: MemberView | None = self.table.current_row()
        if member is None:
            return
        dialog = LeavingDialog(self._desk, member, self)
        if dialog.exec() != Dialog.DialogCode.Accepted:
            return
        status, day = dialog.status.value(), dialog.day.value()
        if status and day:
            how = MemberStatus(status)
            self._desk.write(
                self, lambda writer: households.member_left(writer, member.id, how, day)
            )


class MemberDialog(Dialog):
    """Asks for a member, new or to be corrected.

    Args:
        desk: the collaborators of all pages.
        member: the member; None for a new one.
        parent: the window it belongs to.
    """

    def __init__(self, desk: Desk, member: MemberView | None, parent: QWidget) -> None:
        new = QCoreApplication.translate("MemberDialog", "New member")
        super().__init__(desk.theme, member.name if member else new, parent)
        self.form = FormGrid(desk.theme)
        self.person = PersonFields(desk, self.form)
        self.relation = ComboField(desk.theme, options(RELATIONS))
        relation_row = self.form.add_row(self.tr("Relation"), self.relation, required=True)
        self._rows = (*self.person.rows, relation_row)
        self.person.show_member(member)
        self.relation.set_value(member.relation if member else None)
        self._page = ScrollPage()
        self._page.add(self.form)
        self._page.body.addStretch(1)
        self.body.addWidget(self._page, 1)
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self._fit()
        self.person.name.setFocus()

    def fields(self) -> Fields:
        """The answers as fields of a member."""
        return {**self.person.fields(), "relation": self.relation.value()}

    def accept(self) -> None:
        """Closes if everything can be saved."""
        for row in self._rows:
            row.check()
        self.person.check()
        if not go_to_first_problem(self._rows):
            super().accept()

    def _fit(self) -> None:
        """As high as its rows are, as far as the screen allows; it scrolls only beyond that."""
        self.ensurePolished()
        width = self._theme.px(_WIDTH)
        around = self.sizeHint().height() - self._page.sizeHint().height()
        rows = self.form.heightForWidth(width - 2 * S6)
        room = self.screen().availableGeometry().height() - around
        self.resize(width, around + min(rows, room))


class LeavingDialog(Dialog):
    """Asks how and when a member left.

    Args:
        desk: the collaborators of all pages.
        member: the member.
        parent: the window it belongs to.
    """

    def __init__(self, desk: Desk, member: MemberView, parent: QWidget) -> None:
        super().__init__(desk.theme, member.name, parent)
        self.today = today_of(desk)
        self.form = FormGrid(desk.theme)
        self.status = ComboField(desk.theme, options(LEAVING))
        self.day = DateField(self.today, latest=self.today)
        self.day.set_value(self.today())
        self.form.add_row(self.tr("What happened"), self.status, required=True)
        self.form.add_row(self.tr("When"), self.day, required=True)
        self.body.addWidget(self.form)
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self.status.setFocus()

    def accept(self) -> None:
        """Closes if it was said how and when."""
        if self.form.check():
            super().accept()
