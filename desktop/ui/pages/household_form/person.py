"""The part of a form that is about one person; the NIK is checked while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from desktop.models.rules.dates import to_wib
from desktop.models.rules.findings import Severity
from desktop.models.rules.identity import (
    Sex,
    check_family_card_number,
    check_national_id,
    group_digits,
    group_phone,
    national_id_facts,
    normalise_number,
)
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.members.words import age_words
from desktop.ui.widgets.choice_field import ChoiceField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.text_field import TextField
from desktop.ui.words import SEXES, options

if TYPE_CHECKING:
    from desktop.models.queries.members import MemberView
    from desktop.models.records.base import Fields
    from desktop.models.rules.findings import Finding
    from desktop.ui.desk import Desk
    from desktop.ui.widgets.form_grid import FormGrid, FormRow

SIXTEEN = 16


def today_of(desk: Desk) -> Callable[[], date]:
    """Tells the day where the families live, by the clock of the store."""
    return lambda: to_wib(desk.store.clock()).date()


class NumberText(TextField):
    """A field for an identity number, shown in groups of four as on the card."""

    def value(self) -> str | None:
        """The digits alone, or None."""
        return normalise_number(self.text()) or None

    def set_value(self, value: str | None) -> None:
        """Show a number in groups; None empties."""
        self.setText(group_digits(value) if value else "")


class PhoneText(TextField):
    """A field for a mobile phone, shown in the groups in which people read it out."""

    def set_value(self, value: str | None) -> None:
        """Show a number in groups; None empties."""
        self.setText(group_phone(value) if value else "")


class NameText(TextField):
    """A field for a person's name."""

    def problem(self) -> str:
        """A name has a letter, in whatever script."""
        name = self.value()
        if name is None or any(letter.isalpha() for letter in name):
            return ""
        return self.tr("Write a name, with letters")


class PlainNumberText(TextField):
    """A field for the short number of a neighbourhood, whose zeros in front are kept."""

    def problem(self) -> str:
        """It has digits only; the field is no longer than they may be."""
        number = self.value()
        if number is None or (number.isascii() and number.isdecimal()):
            return ""
        return self.tr("Write digits only, such as 002")


def go_to_first_problem(rows: Iterable[FormRow]) -> bool:
    """Brings the keyboard to the first row that says what is wrong. True if there is one."""
    wrong = next((row.field for row in rows if row.field.property("problem")), None)
    if wrong is not None:
        wrong.setFocus(Qt.FocusReason.OtherFocusReason)
    return wrong is not None


def look_at_card(desk: Desk, row: FormRow, field: NumberText, today: date) -> bool:
    """Says below the number of a family card what the check found; True if it can be saved."""
    number = field.value()
    found = []
    if number is not None:
        known = desk.reference.regions().known_area
        found = check_family_card_number(number, today=today, is_known_area=known)
    wrong = [finding_sentence(x, desk.language) for x in found if x.severity is Severity.ERROR]
    odd = [finding_sentence(x, desk.language) for x in found if x.severity is Severity.WARNING]
    row.set_error("\n".join(wrong))
    row.set_hint("\n".join(odd))
    return not wrong


class PersonFields(QObject):
    """Name, NIK, sex, birth and occupation, as rows of a form.

    Args:
        desk: the collaborators of all pages.
        form: where the rows are added.
        is_born: whether it is a child that was born: its day is known, it has no occupation.
    """

    def __init__(self, desk: Desk, form: FormGrid, *, is_born: bool = False) -> None:
        super().__init__(form)
        self._desk = desk
        self.today = today_of(desk)
        self.name = NameText(max_length=120)
        self.national_id = NumberText()
        self.national_id.use_figures()
        self.sex = ChoiceField(desk.theme, options(SEXES), columns=2)
        self.birth_date = DateField(self.today, latest=self.today)
        self.birth_place = TextField(max_length=80)
        self.occupation = TextField(max_length=80)
        self.name_row = form.add_row(self.tr("Name"), self.name, required=True)
        self.number_row = form.add_row(self.tr("NIK"), self.national_id)
        self.sex_row = form.add_row(self.tr("Sex"), self.sex)
        self.birth_row = form.add_row(self.tr("Date of birth"), self.birth_date, required=is_born)
        self.rows: tuple[FormRow, ...] = (
            self.name_row,
            self.number_row,
            self.sex_row,
            self.birth_row,
            form.add_row(self.tr("Place of birth"), self.birth_place),
        )
        if not is_born:
            self.rows += (form.add_row(self.tr("Occupation"), self.occupation),)
        self.national_id.changed.connect(self._number_typed)
        self.national_id.editingFinished.connect(self.look)
        self.sex.changed.connect(self.look)
        self.birth_date.changed.connect(self.look)
        self.look()

    def show_member(self, member: MemberView | None) -> None:
        """Fills the fields, or empties them."""
        self.name.set_value(member.name if member else None)
        self.national_id.set_value(member.national_id if member else None)
        self.sex.set_value(member.sex if member else None)
        self.birth_date.set_value(member.birth_date if member else None)
        self.birth_place.set_value(member.birth_place if member else None)
        self.occupation.set_value(member.occupation if member else None)
        self.look()

    def findings(self) -> list[Finding]:
        """What is wrong with, or remarkable about, the NIK as it stands."""
        number = self.national_id.value()
        if number is None:
            return []
        sex = self.sex.value()
        return check_national_id(
            number,
            today=self.today(),
            birth_date=self.birth_date.value(),
            sex=Sex(sex) if sex else None,
            is_known_area=self._desk.reference.regions().known_area,
        )

    def check(self) -> bool:
        """Shows every row's problem. True if the person can be saved."""
        is_whole = [row.check() for row in self.rows]
        return self.look() and all(is_whole)

    def look(self) -> bool:
        """Says below the NIK what the check found; True if nothing stops it from being saved."""
        found = self.findings()
        self.birth_row.set_hint(age_words(self.birth_date.value(), self.today()))
        errors = [each for each in found if each.severity is Severity.ERROR]
        language = self._desk.language
        self.number_row.set_error("\n".join(finding_sentence(each, language) for each in errors))
        hints = [finding_sentence(each, language) for each in found if each not in errors]
        if self.national_id.value() is None:
            hints = [self.tr("May stay empty until the card is seen.")]
        self.number_row.set_hint("\n".join(hints))
        return not errors

    def fields(self) -> Fields:
        """The answers as fields of a member."""
        born = self.birth_date.value()
        return {
            "name": self.name.value(),
            "national_id": self.national_id.value(),
            "sex": self.sex.value(),
            "birth_date": born.isoformat() if born else None,
            "birth_place": self.birth_place.value(),
            "occupation": self.occupation.value(),
        }

    def _number_typed(self) -> None:
        """While it is being typed a number is only too short; whole, it tells birth and sex."""
        number = self.national_id.value() or ""
        if len(number) < SIXTEEN:
            self.number_row.set_error("")
            hint = self.tr("{count} of 16 digits").format(count=len(number))
            self.number_row.set_hint(hint if number else "")
            return
        if self.look():
            facts = national_id_facts(number, today=self.today())
            if self.birth_date.value() is None and not self.birth_date.text():
                self.birth_date.set_value(facts.birth_date)
            if self.sex.value() is None:
                self.sex.set_value(facts.sex.value)
            self.look()
