"""Dialogs about one member: who is new, was born or is corrected, who left, who is the head."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from desktop.models.records.households import MemberStatus, Relation
from desktop.models.rules.members import likely_head, needs_head, present, relations_under, staying
from desktop.ui.members.words import relation_words
from desktop.ui.pages.household_form.person import PersonFields, go_to_first_problem, today_of
from desktop.ui.theme.tokens import S6
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.words import RELATIONS, options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desktop.models.queries.members import MemberView
    from desktop.models.records.base import Fields
    from desktop.ui.desk import Desk
    from desktop.ui.widgets.form_grid import FormRow

WIDTH = 640


class FormDialog(Dialog):
    """A dialog with a form, as high as its rows, as far as the screen allows.

    Args:
        desk: the collaborators of all pages.
        title: what it is about.
        parent: the window it belongs to.
        explanation: what it does, in plain words.
    """

    def __init__(self, desk: Desk, title: str, parent: QWidget, explanation: str = "") -> None:
        super().__init__(desk.theme, title, parent)
        self.desk = desk
        if explanation:
            self.add_text(explanation)
        self.form = FormGrid(desk.theme)
        self.page = ScrollPage()
        self.page.add(self.form)
        self.page.body.addStretch(1)
        self.body.addWidget(self.page, 1)

    def fit(self) -> None:
        """Takes the height of the rows that are seen; it scrolls only where the screen ends."""
        self.ensurePolished()
        width = self._theme.px(WIDTH)
        page = max(self.page.sizeHint().height(), self.page.minimumSizeHint().height())
        layout = self.layout()
        whole = self.sizeHint().height()
        if layout is not None and layout.hasHeightForWidth():
            whole = layout.totalHeightForWidth(width)
        around = whole - page
        rows = self.form.heightForWidth(width - 2 * S6)
        room = self.screen().availableGeometry().height() - around
        self.resize(width, around + min(rows, room))


class MemberDialog(FormDialog):
    """Asks for a member: new, just born, or to be corrected.

    Args:
        desk: the collaborators of all pages.
        member: the member; None for a new one.
        parent: the window it belongs to.
        is_born: whether the new one is a child that was born.
    """

    def __init__(
        self, desk: Desk, member: MemberView | None, parent: QWidget, *, is_born: bool = False
    ) -> None:
        new = QCoreApplication.translate("MemberDialog", "New member")
        born = QCoreApplication.translate("MemberDialog", "A child was born")
        super().__init__(desk, member.name if member else born if is_born else new, parent)
        self.person = PersonFields(desk, self.form, is_born=is_born)
        self.relation = ComboField(desk.theme, options(RELATIONS))
        relation_row = self.form.add_row(self.tr("Relation"), self.relation, required=True)
        self._rows = (*self.person.rows, relation_row)
        self.person.show_member(member)
        self.relation.set_value(member.relation if member else None)
        if is_born:
            self.person.birth_date.set_value(today_of(desk)())
            self.person.look()
            self.relation.set_value(Relation.CHILD.value)
            relation_row.set_hint(self.tr("To the head of the family; a grandchild is Other."))
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self.fit()
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


class LeavingDialog(FormDialog):
    """Asks who left and when, and who is the head then, if it was the head.

    Args:
        desk: the collaborators of all pages.
        members: of the family.
        status: how they left: moved out, or died.
        member: who left, as far as that is known.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        desk: Desk,
        members: Sequence[MemberView],
        status: MemberStatus,
        member: MemberView | None,
        parent: QWidget,
    ) -> None:
        titles = {
            MemberStatus.MOVED_OUT: QCoreApplication.translate("LeavingDialog", "Moved out"),
            MemberStatus.DIED: QCoreApplication.translate("LeavingDialog", "Died"),
        }
        super().__init__(desk, titles[status], parent)
        self._members, self._status = members, status
        self.today = today_of(desk)
        here = [Option(str(one.id), one.name) for one in present(members)]
        self.who = ComboField(desk.theme, here, placeholder=self.tr("Choose a member"))
        self.day = DateField(self.today, latest=self.today)
        self.day.set_value(self.today())
        self.head = HeadChoice(desk, self.form, self.tr("New head of family"))
        self._who_row = self.form.add_row(self.tr("Who"), self.who, required=True)
        self._day_row = self.form.add_row(self.tr("When"), self.day, required=True)
        self.head.add_row()
        self._consequence = self.add_text("")
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self.who.changed.connect(self._chosen)
        self.who.set_value(str(member.id) if member is not None else None)
        self._chosen()
        (self.who if member is None else self.day).setFocus()

    def member_id(self) -> UUID | None:
        """Who left."""
        chosen = self.who.value()
        return UUID(chosen) if chosen else None

    def new_head(self) -> UUID | None:
        """Who is the head then, if that has to be said."""
        return self.head.chosen()

    def accept(self) -> None:
        """Closes if it was said who and when, and who is the head then."""
        rows = [self._who_row, self._day_row, *self.head.rows_to_check()]
        is_whole = [row.check() for row in rows]
        if not all(is_whole):
            go_to_first_problem(rows)
            return
        super().accept()

    def _chosen(self) -> None:
        """Says what follows, and asks for a new head where one is needed."""
        gone = self.member_id()
        leaving = [] if gone is None else [gone]
        is_head_needed = gone is not None and needs_head(self._members, leaving)
        rest = staying(self._members, leaving)
        likely = likely_head(self._members, leaving, self.today()) if is_head_needed else None
        self.head.offer(rest if is_head_needed else [], likely)
        self._consequence.setText(self._words(is_last=gone is not None and not rest))
        self.fit()

    def _words(self, *, is_last: bool) -> str:
        if is_last:
            return self.tr(
                "Nobody lives in this family then. It stays recorded, and is not visited until "
                "somebody is added. If others live there, add them first."
            )
        if self._status is MemberStatus.MOVED_OUT:
            return self.tr(
                "What was recorded of them stays with this family. If they have a family of their "
                "own now that is to be accompanied, use Split the family on the family's page "
                "instead."
            )
        return self.tr("What was recorded of them stays with this family.")


class HeadChoice:
    """A row that asks for the new head, seen only where one is needed, with what follows from it.

    Args:
        desk: the collaborators of all pages.
        form: where the row is.
        label: what is asked.
    """

    def __init__(self, desk: Desk, form: FormGrid, label: str) -> None:
        self._form, self._label = form, label
        self._offered: Sequence[MemberView] = ()
        self.field = ComboField(desk.theme, [])
        self.field.changed.connect(self._tell)

    def add_row(self) -> None:
        """Puts the row at the end of the form."""
        self.row = self._form.add_row(self._label, self.field, required=True)
        self.row.set_visible(False)

    def offer(self, members: Sequence[MemberView], likely: MemberView | None) -> None:
        """Offers these members; none of them: nothing is asked."""
        kept = self.field.value()
        self._offered = members
        self.field.set_options([Option(str(one.id), one.name) for one in members])
        names = {str(one.id) for one in members}
        suggested = str(likely.id) if likely is not None else None
        self.field.set_value(kept if kept in names else suggested)
        self.row.set_visible(bool(members))
        self._tell()

    def chosen(self) -> UUID | None:
        """Who is the head then; None where nothing is asked."""
        value = self.field.value() if self._offered else None
        return UUID(value) if value else None

    def rows_to_check(self) -> list[FormRow]:
        """The row, if it is seen."""
        return [self.row] if self._offered else []

    def _tell(self) -> None:
        head = self.chosen()
        words = ""
        if head is not None:
            relations = relations_under(self._offered, head)
            relations.pop(head, None)
            words = relation_words(self._offered, relations)
        said = QCoreApplication.translate("LeavingDialog", "To them: {relations}")
        self.row.set_hint(said.format(relations=words) if words else "")


class HeadDialog(FormDialog):
    """Asks who is the head of a family.

    Args:
        desk: the collaborators of all pages.
        members: of the family.
        parent: the window it belongs to.
    """

    def __init__(self, desk: Desk, members: Sequence[MemberView], parent: QWidget) -> None:
        title = QCoreApplication.translate("HeadDialog", "Who is the head of the family?")
        super().__init__(desk, title, parent)
        self.head = HeadChoice(desk, self.form, self.tr("Head of family"))
        self.head.add_row()
        self.head.offer(present(members), likely_head(members, (), today_of(desk)()))
        self.add_text(
            self.tr("What the others are to the head follows; correct it where it differs.")
        )
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self.fit()
        self.head.field.setFocus()

    def accept(self) -> None:
        """Closes if somebody was chosen."""
        if self.form.check():
            super().accept()
