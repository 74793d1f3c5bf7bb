"""Splitting a family: who founds a family of their own, what each is in it, and where it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.operations.splitting import Split
from desktop.models.records.households import Relation
from desktop.models.rules.dates import format_date
from desktop.models.rules.members import (
    SplitProblem,
    heads,
    likely_head,
    needs_head,
    present,
    split_problem,
    staying,
)
from desktop.ui.members.dialogs import FormDialog, HeadChoice
from desktop.ui.members.words import age_words
from desktop.ui.pages.household_form.person import (
    NumberText,
    PlainNumberText,
    go_to_first_problem,
    look_at_card,
    today_of,
)
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import TextField
from desktop.ui.words import RELATIONS, word

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from desktop.models.queries.members import MemberView, People
    from desktop.ui.desk import Desk
    from desktop.ui.widgets.form_grid import FormRow

_STAYS = "stays"


class SplitDialog(FormDialog):
    """Asks how a family is split.

    Args:
        desk: the collaborators of all pages.
        people: the family, and who belongs to it.
        parent: the window it belongs to.
    """

    def __init__(self, desk: Desk, people: People, parent: QWidget) -> None:
        title = QCoreApplication.translate("SplitDialog", "Split the family")
        super().__init__(desk, title, parent, self._explanation())
        self.people, self.today = people, today_of(desk)
        self.parts: dict[UUID, ComboField] = {}
        for member in present(people.members):
            self._add_member(member)
        self.head = HeadChoice(desk, self.form, self.tr("New head of the old family"))
        self.head.add_row()
        self._add_place()
        self._wrong = self.add_text("")
        self._wrong.setProperty("role", "error")
        self.add_buttons(self.tr("Split the family"), self.tr("Cancel"))
        self._chosen()
        next(iter(self.parts.values())).setFocus()

    def split(self) -> Split:
        """How the family is split."""
        members = self.people.members
        old = next((one.name for one in heads(members) or members), "")
        note = self.tr("Split from the family of {name} on {day}")
        day = format_date(self.today(), "id", "short")
        rt, rw = self.rt.value(), self.rw.value()
        return Split(
            self._going(),
            self.head.chosen(),
            self.card.value(),
            {
                "hamlet": self.hamlet.value(),
                "rt": rt.zfill(3) if rt else None,
                "rw": rw.zfill(3) if rw else None,
                "address": self.address.value(),
                "note": note.format(name=old, day=day),
            },
        )

    def accept(self) -> None:
        """Closes if a family can be split like that; else says what is missing."""
        problem = split_problem(self.people.members, self._going(), self.head.chosen())
        self._say(problem)
        for row in self._place_rows:
            row.check()
        self._look_at_card()
        if problem is not None:
            next(iter(self.parts.values())).setFocus()
        elif not go_to_first_problem(self._place_rows):
            super().accept()

    @staticmethod
    def _explanation() -> str:
        return QCoreApplication.translate(
            "SplitDialog",
            "Choose who has a family of their own now, and what each is in it. The new family is "
            "in the same village and is visited by itself from now on. Earlier visits, businesses "
            "and grants stay with the old family, where those who go are noted as moved out.",
        )

    def _add_member(self, member: MemberView) -> None:
        goes = self.tr("Goes: {relation}")
        choices = [Option(_STAYS, self.tr("Stays in the old family"))]
        choices += [
            Option(one, goes.format(relation=word(RELATIONS, one))) for one in map(str, Relation)
        ]
        field = ComboField(self.desk.theme, choices)
        field.set_value(_STAYS)
        field.changed.connect(self._chosen)
        row = self.form.add_row(member.name, field)
        about = (word(RELATIONS, member.relation), age_words(member.birth_date, self.today()))
        row.set_hint(", ".join(filter(None, about)))
        self.parts[member.id] = field

    def _add_place(self) -> None:
        people = self.people
        self.hamlet, self.address = TextField(max_length=80), TextField(max_length=200)
        self.rt, self.rw = PlainNumberText(max_length=3), PlainNumberText(max_length=3)
        self.card = NumberText(max_length=24)
        for field, value in (
            (self.hamlet, people.hamlet),
            (self.rt, people.rt),
            (self.rw, people.rw),
            (self.address, people.address),
        ):
            field.set_value(value)
        for number in (self.rt, self.rw, self.card):
            number.use_figures()
        add = self.form.add_row
        place: tuple[FormRow, ...] = (
            add(self.tr("Hamlet"), self.hamlet),
            add(self.tr("RT"), self.rt),
            add(self.tr("RW"), self.rw),
            add(self.tr("Address"), self.address),
        )
        self.card_row = add(self.tr("New family card (KK)"), self.card)
        self._place_rows = (*place, self.card_row)
        self.card.editingFinished.connect(self._look_at_card)
        self._look_at_card()

    def _look_at_card(self) -> None:
        look_at_card(self.desk, self.card_row, self.card, self.today())
        if self.card.value() is None:
            self.card_row.set_hint(self.tr("May stay empty until the new card is there."))

    def _going(self) -> dict[UUID, Relation]:
        return {
            one: Relation(str(field.value()))
            for one, field in self.parts.items()
            if field.value() != _STAYS
        }

    def _chosen(self) -> None:
        """Asks for a new head of the old family where its head goes."""
        going = self._going()
        members = self.people.members
        is_head_needed = bool(going) and needs_head(members, going)
        likely = likely_head(members, going, self.today()) if is_head_needed else None
        self.head.offer(staying(members, going) if is_head_needed else [], likely)
        self._say(None)
        self.fit()

    def _say(self, problem: SplitProblem | None) -> None:
        sentences = {
            SplitProblem.NOBODY_GOES: self.tr("Choose who has a family of their own now."),
            SplitProblem.NOBODY_STAYS: self.tr(
                "Somebody has to stay. If all of them moved, correct where the family lives."
            ),
            SplitProblem.NO_HEAD: self.tr("Choose who is the head of the new family."),
            SplitProblem.SEVERAL_HEADS: self.tr("Only one can be the head of the new family."),
            SplitProblem.NO_HEAD_LEFT: self.tr("Choose who is the head of the old family now."),
            SplitProblem.NOT_HERE: self.tr("Somebody of them does not live here any more."),
        }
        self._wrong.setText(sentences[problem] if problem else "")
        self._wrong.setVisible(problem is not None)
