"""Changing who belongs to a family: each change is asked for in a dialog and written at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.operations import households
from desktop.models.operations.splitting import split_family
from desktop.models.queries.members import people_of
from desktop.models.records.base import new_id
from desktop.models.records.households import Member
from desktop.ui.members.dialogs import HeadDialog, LeavingDialog, MemberDialog
from desktop.ui.members.split import SplitDialog
from desktop.ui.notices import Action
from desktop.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from desktop.models.queries.members import MemberView, People
    from desktop.models.records.households import MemberStatus
    from desktop.models.store.writer import Writer
    from desktop.ui.desk import Desk

_ACCEPTED = Dialog.DialogCode.Accepted


class MemberChanging(QObject):
    """What can be done with the members of one family.

    The family is looked up anew before each dialog: sync may have brought something meanwhile.

    Args:
        desk: the collaborators of all pages.
        window: what the dialogs stand over.
        household_id: the family; None until there is one.
    """

    changed = Signal()
    """A change was written."""

    def __init__(self, desk: Desk, window: QWidget, household_id: UUID | None = None) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self.household_id = household_id

    def add(self) -> None:
        """Somebody belongs to the family who was not recorded."""
        self._ask(lambda people: self._add(people, is_born=False))

    def born(self) -> None:
        """A child was born."""
        self._ask(lambda people: self._add(people, is_born=True))

    def correct(self, member_id: UUID) -> None:
        """Something about a member is recorded wrongly."""
        self._ask(lambda people: self._correct(people, member_id))

    def left(self, status: MemberStatus, member_id: UUID | None = None) -> None:
        """A member moved out or died."""
        self._ask(lambda people: self._leave(people, status, member_id))

    def returned(self, member_id: UUID) -> None:
        """A member lives with the family after all, or again."""
        self._write(lambda writer: households.member_returned(writer, member_id))

    def choose_head(self) -> None:
        """It is to be said who is the head."""
        self._ask(self._choose_head)

    def split(self) -> None:
        """Some members have a family of their own now."""
        self._ask(self._split)

    def _ask(self, then: Callable[[People], None]) -> None:
        """Looks up the family, and goes on with it if it is still here."""
        household_id = self.household_id
        if household_id is None:
            return

        def go_on(people: People | None) -> None:
            if people is not None:
                then(people)

        self._desk.read(self, lambda connection: people_of(connection, household_id), go_on)

    def _write(
        self, operation: Callable[[Writer], object], done: Callable[[object], None] | None = None
    ) -> None:
        def tell(result: object) -> None:
            if done is not None:
                done(result)
            self.changed.emit()

        self._desk.write(self, operation, tell)

    def _add(self, people: People, *, is_born: bool) -> None:
        dialog = MemberDialog(self._desk, None, self._window, is_born=is_born)
        if dialog.exec() != _ACCEPTED:
            return
        stated = {name: value for name, value in dialog.fields().items() if value is not None}
        belongs = {"id": new_id(), "scope": people.scope, "household_id": people.household_id}
        member = Member.model_validate({**belongs, **stated})
        self._write(lambda writer: households.add_member(writer, member))

    def _correct(self, people: People, member_id: UUID) -> None:
        member = _find(people, member_id)
        if member is None:
            return
        dialog = MemberDialog(self._desk, member, self._window)
        shown = dialog.fields()
        if dialog.exec() == _ACCEPTED:
            fields = dialog.fields()
            self._write(lambda writer: households.edit_member(writer, member_id, fields, shown))

    def _leave(self, people: People, status: MemberStatus, member_id: UUID | None) -> None:
        member = None if member_id is None else _find(people, member_id)
        dialog = LeavingDialog(self._desk, people.members, status, member, self._window)
        if dialog.exec() != _ACCEPTED:
            return
        gone, day, head = dialog.member_id(), dialog.day.value(), dialog.new_head()
        if gone is not None and day is not None:
            self._write(lambda writer: households.member_left(writer, gone, status, day, head))

    def _choose_head(self, people: People) -> None:
        dialog = HeadDialog(self._desk, people.members, self._window)
        head = dialog.head.chosen() if dialog.exec() == _ACCEPTED else None
        if head is not None:
            self._write(lambda writer: households.choose_head(writer, head))

    def _split(self, people: People) -> None:
        dialog = SplitDialog(self._desk, people, self._window)
        if dialog.exec() != _ACCEPTED:
            return
        wanted = dialog.split()

        def say(household_id: object) -> None:
            see = Action(
                self.tr("See the new family"),
                lambda: self._desk.go("household", household_id=household_id),
            )
            self._desk.notices.info(
                self.tr("The new family is saved on this laptop."), action=see, stays=True
            )

        self._write(lambda writer: split_family(writer, people.household_id, wanted), say)


def _find(people: People, member_id: UUID) -> MemberView | None:
    return next((one for one in people.members if one.id == member_id), None)
