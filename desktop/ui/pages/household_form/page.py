"""A family being registered, or corrected: where it lives, its card, its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop.models.operations import households
from desktop.models.queries.account import granted_villages
from desktop.models.queries.household import FamilyView, Likeness, family, likenesses
from desktop.models.records.households import Household, Member, Relation
from desktop.models.rules.identity import (
    Sex,
    check_phone,
    normalise_phone,
)
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.page import Page
from desktop.ui.pages.household_form.person import (
    NumberText,
    PersonFields,
    PhoneText,
    PlainNumberText,
    go_to_first_problem,
    look_at_card,
)
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.dialog import ask
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.scroll_page import Columns, ScrollPage
from desktop.ui.widgets.text_field import LongTextField, TextField

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import Connection

    from desktop.models.records.base import Fields
    from desktop.models.store.writer import Writer
    from desktop.ui.desk import Desk

_NARROWEST = 900


@dataclass(frozen=True)
class _Loaded:
    villages: list[tuple[str, str]]
    family: FamilyView | None


class HouseholdFormPage(Page):
    """Asks for a family."""

    tables: ClassVar[frozenset[str]] = frozenset()
    section = "households"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._household_id: UUID | None = None
        self._family: FamilyView | None = None
        self._shown: tuple[Fields, Fields] = ({}, {})
        self._is_dirty = False
        self._is_saving = False
        self._build()

    def open_with(self, *, household_id: UUID | None = None, **shown: Any) -> None:
        """Takes the family to correct; without one a new family is registered."""
        super().open_with(**shown)
        self._household_id = household_id
        is_new = household_id is None
        self.header.set_title(self.tr("New family") if is_new else self.tr("Correct the family"))

    def refresh(self) -> None:
        """Loads the family and the villages, and fills the form."""
        household_id, reference = self._household_id, self.desk.reference

        def query(connection: Connection) -> _Loaded:
            found = family(connection, household_id, reference) if household_id else None
            return _Loaded(granted_villages(connection), found)

        self.desk.read(self, query, self._fill)

    def may_leave(self) -> bool:
        """Asks before what was typed is thrown away."""
        if not self._is_dirty:
            return True
        if ask(
            self.desk.theme,
            self,
            self.tr("Leave without saving?"),
            self.tr("What you typed on this page has not been saved."),
            self.tr("Leave without saving"),
            no=self.tr("Stay here"),
            danger=True,
        ):
            self._is_dirty = False
            return True
        return False

    def save(self) -> None:
        """Checks everything, then whether the family may be there already, then writes it."""
        if self._is_saving or not self._check():
            return
        self._set_saving(True)
        if self._household_id is not None:
            self._write()
            return
        scope, name = self.village.value() or "", self.person.name.value() or ""
        number = self.person.national_id.value()
        self.desk.read(
            self,
            lambda connection: likenesses(connection, scope, name, number),
            self._consider,
            self._not_saved,
        )

    def _check(self) -> bool:
        """Shows every problem and goes to the first. True if there is none."""
        for row in self._place_rows:
            row.check()
        self.person.check()
        self._look_at_card()
        self._look_at_phone()
        return not go_to_first_problem((*self._place_rows, *self.person.rows))

    def _set_saving(self, is_saving: bool) -> None:
        """While it is being saved, saving again would register the family twice."""
        self._is_saving = is_saving
        self.save_button.setEnabled(not is_saving)

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, self.tr("New family"), back=True)
        self.header.back_pressed.connect(self.desk.back)
        self.save_button = Button(theme, self.tr("Save"), kind="primary", icon="check")
        self.save_button.clicked.connect(self.save)
        page = ScrollPage()
        columns = Columns(theme, _NARROWEST)
        columns.add(self._place_card())
        columns.add(self._head_card())
        page.add(columns)
        self.hint = QLabel(
            self.tr("A family may be saved without NIK and KK; they can be added later.")
        )
        self.hint.setProperty("role", "muted")
        self.hint.setWordWrap(True)
        page.add(self.hint)
        page.body.addStretch(1)
        self.header.add_action(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self.header)
        column.addWidget(page, 1)
        self._listen()

    def _place_card(self) -> Card:
        card = Card(self.tr("Where the family lives"))
        self.place = FormGrid(self.desk.theme)
        self.village = ComboField(self.desk.theme, placeholder=self.tr("Choose a village"))
        self.hamlet = TextField(max_length=80)
        self.rt = PlainNumberText(max_length=3)
        self.rw = PlainNumberText(max_length=3)
        self.address = TextField(max_length=200)
        self.phone = PhoneText(max_length=24)
        self.card_number = NumberText(max_length=24)
        self.note = LongTextField(lines=2)
        for field in (self.rt, self.rw, self.phone, self.card_number):
            field.use_figures()
        add = self.place.add_row
        self.village_row = add(self.tr("Village"), self.village, required=True)
        above = (
            self.village_row,
            add(self.tr("Hamlet"), self.hamlet),
            add(self.tr("RT"), self.rt),
            add(self.tr("RW"), self.rw),
            add(self.tr("Address"), self.address),
        )
        self.phone_row = add(self.tr("Phone"), self.phone)
        self.card_row = add(self.tr("Family card (KK)"), self.card_number)
        self._place_rows = (*above, self.phone_row, self.card_row, add(self.tr("Note"), self.note))
        card.add(self.place)
        card.body.addStretch(1)
        return card

    def _head_card(self) -> Card:
        card = Card(self.tr("Head of family"))
        self.head = FormGrid(self.desk.theme)
        self.person = PersonFields(self.desk, self.head)
        card.add(self.head)
        card.body.addStretch(1)
        return card

    def _listen(self) -> None:
        self.phone.editingFinished.connect(self._look_at_phone)
        self.card_number.editingFinished.connect(self._look_at_card)
        person = self.person
        for field in (
            *(self.village, self.hamlet, self.rt, self.rw, self.address, self.phone),
            *(self.card_number, self.note, person.name, person.national_id, person.sex),
            *(person.birth_date, person.birth_place, person.occupation),
        ):
            field.changed.connect(self._touched)
        self.village.changed.connect(self._tell_of_moving)

    def _touched(self) -> None:
        self._is_dirty = True

    def _fill(self, loaded: _Loaded) -> None:
        options = [Option(code, name) for code, name in loaded.villages]
        found = self._family = loaded.family
        if found is not None and found.scope not in {option.code for option in options}:
            options.append(Option(found.scope, found.village))
        self.village.set_options(options)
        only = options[0].code if len(options) == 1 else None
        self.village.set_value((found.going_to or found.scope) if found else only)
        self.village.setEnabled(found is None or len(options) > 1)
        self._tell_of_moving()
        self.hamlet.set_value(found.hamlet if found else None)
        self.rt.set_value(found.rt if found else None)
        self.rw.set_value(found.rw if found else None)
        self.address.set_value(found.address if found else None)
        self.phone.set_value(found.phone if found else None)
        self.card_number.set_value(found.family_card if found else None)
        self.note.set_value(found.note if found else None)
        self.person.show_member(found.head if found else None)
        self._look_at_card()
        self._look_at_phone()
        self._shown = self._place_fields(), self.person.fields()
        self._is_dirty = False
        (self.hamlet if self.village.value() else self.village).setFocus()

    def _tell_of_moving(self) -> None:
        """What choosing another village does to a family that is recorded."""
        found, village = self._family, self.village.value()
        hint = ""
        if found is not None and not self.village.isEnabled():
            hint = self.tr("To a village that is not yours, the district office moves it.")
        elif found is not None and village not in (None, found.scope):
            hint = self.tr(
                "It moves there with all its records once the province has it; until then it is "
                "shown where it was."
            )
        self.village_row.set_hint(hint)

    def _look_at_card(self) -> bool:
        return look_at_card(self.desk, self.card_row, self.card_number, self.person.today())

    def _look_at_phone(self) -> bool:
        found = check_phone(self.phone.value() or "")
        language = self.desk.language
        self.phone_row.set_error("\n".join(finding_sentence(each, language) for each in found))
        return not found

    def _consider(self, alike: list[Likeness]) -> None:
        if alike:
            sentences = [
                self.tr("{name} in {hamlet} has the same NIK.")
                if each.is_same_number
                else self.tr("{name} in {hamlet} has a similar name.")
                for each in alike[:5]
            ]
            lines = [
                sentence.format(name=each.name, hamlet=each.hamlet or self.tr("the village"))
                for sentence, each in zip(sentences, alike, strict=False)
            ]
            if not ask(
                self.desk.theme,
                self,
                self.tr("Is this family recorded already?"),
                "\n".join(lines),
                self.tr("It is another family: save"),
                no=self.tr("Look again"),
            ):
                self._set_saving(False)
                return
        self._write()

    def _write(self) -> None:
        """Takes what is on the screen now; the writing itself happens off the window's thread."""
        self._set_saving(False)  # should this fail to be made, it can be saved again
        found = self._family
        operation = self._registration() if found is None else self._correction(found)
        self._set_saving(True)
        self.desk.write(self, operation, self._saved, self._not_saved)

    def _saved(self, household_id: UUID) -> None:
        self._set_saving(False)
        self._is_dirty = False
        self.desk.notices.info(self.tr("The family is saved on this laptop."))
        is_new = self._household_id is None
        self.desk.back()
        if is_new:
            self.desk.go("household", household_id=household_id)

    def _not_saved(self, error: Exception) -> None:
        self._set_saving(False)
        self.desk.explain(error)

    def _place_fields(self) -> dict[str, Any]:
        rt, rw = self.rt.value(), self.rw.value()
        return {
            "hamlet": self.hamlet.value(),
            "rt": rt.zfill(3) if rt else None,
            "rw": rw.zfill(3) if rw else None,
            "address": self.address.value(),
            "phone": normalise_phone(self.phone.value() or ""),
            "note": self.note.value(),
        }

    def _registration(self) -> Callable[[Writer], UUID]:
        scope, number = self.village.value() or "", self.card_number.value()
        household = Household(
            scope=scope, registered_on=self.person.today(), **self._place_fields()
        )
        head = self._head_member(scope, household.id)

        def register(writer: Writer) -> UUID:
            households.register(writer, household, [head], number)
            return household.id

        return register

    def _correction(self, found: FamilyView) -> Callable[[Writer], UUID]:
        place, person, number = self._place_fields(), self.person.fields(), self.card_number.value()
        place_shown, person_shown = self._shown
        new_head = self._head_member(found.scope, found.id)
        village = self.village.value() or found.scope

        def correct(writer: Writer) -> UUID:
            households.edit(writer, found.id, place, place_shown)
            if found.head is None:
                households.add_member(writer, new_head)
            else:
                households.edit_member(writer, found.head.id, person, person_shown)
            if number and number != found.family_card:
                households.record_family_card(writer, found.id, found.scope, number)
            if village != (found.going_to or found.scope):
                households.relocate(writer, found.id, village)
            return found.id

        return correct

    def _head_member(self, scope: str, household_id: UUID) -> Member:
        sex = self.person.sex.value()
        return Member(
            scope=scope,
            household_id=household_id,
            relation=Relation.HEAD,
            name=self.person.name.value() or "",
            national_id=self.person.national_id.value(),
            sex=Sex(sex) if sex else None,
            birth_date=self.person.birth_date.value(),
            birth_place=self.person.birth_place.value(),
            occupation=self.person.occupation.value(),
        )
