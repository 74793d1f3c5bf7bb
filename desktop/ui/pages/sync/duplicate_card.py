"""Several records with one NIK, as people meet them: who they are, and whether they are one person."""

from __future__ import annotations

from itertools import count
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.models.operations.duplicates import DuplicateAnswer
from desktop.models.records.people import Role
from desktop.models.rules.dates import format_date
from desktop.models.rules.identity import group_digits, mask_number
from desktop.ui.pages.sync.decision_card import DecisionCard
from desktop.ui.theme.tokens import S2
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.choice_field import ChoiceField
from desktop.ui.widgets.option import Option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from desktop.models.queries.conflicts import OpenConflict
    from desktop.models.queries.duplicates import Person
    from desktop.ui.desk import Desk


_PAIR: Final = 2
"""Of two it can be asked which one stays; of more, each has to be looked at."""


class DuplicateCard(DecisionCard):
    """Who has the number; whether one record is to take the other's place, or both are right."""

    def __init__(self, desk: Desk, conflict: OpenConflict) -> None:
        super().__init__(desk, conflict)
        self.people = dict(zip(ascii_uppercase, conflict.people, strict=False))
        for letter, person in self.people.items():
            self.line(self._who(letter, person), "strong")
        self.line(self._what_to_do(), "muted")
        self._add_ways()
        self.lay_out(self._choices_of_meanings, hides_numbers=True, needs_reason=True)

    def tell_numbers(self) -> None:
        """The number is in the title."""
        number = str(self.conflict.now)
        shown = mask_number(number) if self.is_hidden else group_digits(number)
        self.set_title(self.tr("One NIK in several records: {number}").format(number=shown))

    def choose_like(self, former: DecisionCard) -> None:
        """Only of the same people in the same families: of others, an answer means something else."""
        if _homes(former.conflict) == _homes(self.conflict):
            super().choose_like(former)

    def _choices_of_meanings(self) -> ChoiceField:
        """What it may mean, for each of the records."""
        options = []
        self.values = {}
        for code, (answer, letter, text, hint) in zip(count(1), self._answers(), strict=False):
            self.values[str(code)] = (answer, self.people[letter].member_id)
            options.append(Option(str(code), text, hint))
        choice = ChoiceField(self.desk.theme, options)
        choice.setAccessibleName(self.tr("What is right?"))
        return choice

    def _answers(self) -> Iterator[tuple[DuplicateAnswer, str, str, str]]:
        """Answer, the letter of the record that it is about, its text, and what it does."""
        first = next(iter(self.people))
        if len(self.people) == 1:
            yield (
                DuplicateAnswer.SEVERAL_PEOPLE,
                first,
                self.tr("The NIK here is right"),
                self.tr("compared with the card; the other village is asked, too"),
            )
            return
        if len(self.people) == _PAIR:
            yield from self._answers_for_two()
        yield (
            DuplicateAnswer.SEVERAL_PEOPLE,
            first,
            self.tr("Different people, and each NIK is right"),
            self.tr("compared with the cards"),
        )

    def _answers_for_two(self) -> Iterator[tuple[DuplicateAnswer, str, str, str]]:
        is_one_family = len({one.household_id for one in self.people.values()}) == 1
        for letter in self.people:
            text = (
                self.tr("One person, written twice: {letter} stays")
                if is_one_family
                else self.tr("One family, written twice: {letter} stays")
            )
            hint = self.tr("what belongs to the other goes over to it")
            yield DuplicateAnswer.WRITTEN_TWICE, letter, text.format(letter=letter), hint
        leaving = reversed(self.people.values())
        for letter, other in () if is_one_family else zip(self.people, leaving, strict=True):
            text = self.tr("One person, who lives with the family of {letter} now")
            hint = (
                self.tr(
                    "in the other family {name} is noted as moved out; "
                    "it has no head then, until you say who that is"
                )
                if other.is_only_head
                else self.tr("in the other family {name} is noted as moved out")
            )
            yield (
                DuplicateAnswer.LIVES_THERE,
                letter,
                text.format(letter=letter),
                hint.format(name=other.name),
            )

    def _who(self, letter: str, person: Person) -> str:
        language = self.desk.language
        parts = [f"{letter} · {person.name}"]
        if person.family != person.name:
            parts.append(self.tr("family of {name}").format(name=person.family))
        parts.append(", ".join(filter(None, (person.hamlet, person.village))))
        if person.born is not None:
            born = format_date(person.born, language)
            parts.append(self.tr("born {day}").format(day=born))
        if person.last_visit is None:
            parts.append(self.tr("not visited yet"))
        else:
            last = format_date(person.last_visit, language)
            parts.append(
                self.tr("%n visit(s), the last on {day}", "", person.visits).format(day=last)
            )
        return " · ".join(parts)

    def _what_to_do(self) -> str:
        if len(self.people) > _PAIR:
            return self.tr(
                "There are several: open the families one by one, and correct or note what is wrong."
            )
        if len(self.people) == _PAIR:
            return self.tr("If a NIK was mistyped, open the family and correct it there.")
        if self.role() is Role.FACILITATOR:
            where = self.tr(
                "Somebody in another village has the same NIK; the district office sees who."
            )
        else:
            where = self.tr("Somebody in another district has the same NIK; the province sees who.")
        mistyped = self.tr("If the NIK was mistyped here, open the family and correct it.")
        return f"{where} {mistyped}"

    def _add_ways(self) -> None:
        """To each of the families, where a number can be corrected."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S2)
        several = len(self.people) > 1
        for letter, person in self.people.items():
            words = (
                self.tr("Open the family of {letter}") if several else self.tr("Open the family")
            )
            button = Button(self.desk.theme, words.format(letter=letter), icon="users-group")
            button.clicked.connect(
                lambda _on=False, household=person.household_id: self.desk.go(
                    "household", household_id=household, tab="members"
                )
            )
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        self.body.addLayout(row)


def _homes(conflict: OpenConflict) -> dict[UUID, UUID]:
    """Who is asked about -> their family."""
    return {one.member_id: one.household_id for one in conflict.people}
