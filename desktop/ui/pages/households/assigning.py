"""Asking for visits: a dialog for one or several families, and what is said once it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.operations import assignments
from desktop.models.operations.assignments import Assignment
from desktop.models.records.people import Role
from desktop.models.rules.authority import may_add
from desktop.models.rules.dates import to_wib
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import LongTextField
from desktop.ui.words import PURPOSES, options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk

_WIDTH = 520
_DAYS = 14
"""By when a visit is asked for, unless another day is chosen."""
_NAMED = 3
"""So many families are named; of the others only the number is told."""
_AS_DUE = ""


def role_of(desk: Desk) -> Role:
    """What who records on this laptop is to the programme."""
    account = desk.account
    return Role(account.role) if account is not None and account.role else Role.FACILITATOR


def may_assign(desk: Desk) -> bool:
    """Whether who records on this laptop may ask for visits."""
    return may_add(role_of(desk), "visit_assignment")


class AssignDialog(Dialog):
    """Asks by when a visit is wanted, what for, and why.

    Args:
        desk: the collaborators of all pages.
        names: of the families' heads.
        parent: the window it belongs to.
    """

    def __init__(self, desk: Desk, names: Sequence[str], parent: QWidget) -> None:
        title = QCoreApplication.translate("AssignDialog", "Assign a visit")
        super().__init__(desk.theme, title, parent)
        self._today = to_wib(desk.store.clock()).date()
        self.setMinimumWidth(desk.theme.px(_WIDTH))
        self.add_text(self._of_whom(names))
        self.due_on = DateField(lambda: self._today, earliest=lambda: self._today)
        self.due_on.set_value(self._today + timedelta(days=_DAYS))
        as_due = Option(_AS_DUE, self.tr("As it falls due"))
        self.purpose = ComboField(desk.theme, [as_due, *options(PURPOSES)])
        self.purpose.set_value(_AS_DUE)
        self.reason = LongTextField(lines=3)
        self.form = FormGrid(desk.theme)
        self.form.add_row(self.tr("Visit by"), self.due_on, required=True)
        self.form.add_row(self.tr("What for"), self.purpose)
        self.form.add_row(
            self.tr("Reason"), self.reason, hint=self.tr("The facilitator reads this.")
        )
        self.body.addWidget(self.form)
        self.add_buttons(self.tr("Assign"), self.tr("Cancel"))
        self.due_on.setFocus()
        self.due_on.selectAll()

    def accept(self) -> None:
        """Closes if it was said by when."""
        if self.form.check():
            super().accept()

    def asked(self) -> Assignment | None:
        """What is asked for; None without a day."""
        day: date | None = self.due_on.value()
        if day is None:
            return None
        return Assignment(day, self.purpose.value() or None, self.reason.value())

    def _of_whom(self, names: Sequence[str]) -> str:
        named = ", ".join(names[:_NAMED])
        rest = len(names) - _NAMED
        if rest <= 0:
            return named
        return self.tr("{names} and {count} more").format(names=named, count=rest)


def ask_for_visits(desk: Desk, owner: QWidget, families: Sequence[tuple[UUID, str]]) -> None:
    """Shows the dialog for families (id, name of the head), and writes what was asked for."""
    dialog = AssignDialog(desk, [name for _, name in families], owner)
    asked = dialog.asked() if dialog.exec() == Dialog.DialogCode.Accepted else None
    if asked is None:
        return
    role, ids = role_of(desk), [household_id for household_id, _ in families]

    def say(assigned: list[UUID]) -> None:
        done = QCoreApplication.translate(
            "AssignDialog", "Visits assigned: {count}. Facilitators see it after syncing."
        )
        left_out = QCoreApplication.translate(
            "AssignDialog",
            "Left out: {count}. The same is asked of them already, or they are not accompanied"
            " any more.",
        )
        missing = len(ids) - len(assigned)
        more = left_out.format(count=missing) if missing else ""
        desk.notices.info(done.format(count=len(assigned)), more)

    desk.write(owner, lambda writer: assignments.assign(writer, role, ids, asked), say)
