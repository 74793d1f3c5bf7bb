"""The forms of a business and of its grant."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.queries.businesses import BusinessView, GrantView, ProgrammeYearView
from desktop.models.records.businesses import BusinessStatus
from desktop.models.rules.identity import check_business_id_number, normalise_number
from desktop.models.rules.money import format_rupiah
from desktop.ui.pages.business.words import status_text
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.search_choice_field import SearchChoiceField
from desktop.ui.widgets.text_field import TextField

KBLI_VERSION = "2020"
Fields = dict[str, Any]


class BusinessNumberField(TextField):
    """A NIB, written with or without blanks."""

    def value(self) -> str | None:
        """Thirteen digits, or None."""
        words = super().value()
        return normalise_number(words) if words and not self.problem() else None

    def problem(self) -> str:
        """Says that it has thirteen digits."""
        words = super().value()
        if not words or not check_business_id_number(normalise_number(words)):
            return ""
        return self.tr("A NIB has 13 digits")


class BusinessForm(QWidget):
    """What a business is: name, kind, start, NIB.

    Args:
        theme: The theme.
        kinds: Code -> name of the kinds of business.
        parent: The parent widget.
    """

    def __init__(
        self, theme: Theme, kinds: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid = FormGrid(theme)
        self.name = TextField(max_length=120)
        self.kind = SearchChoiceField(
            theme,
            dict(sorted(kinds.items(), key=lambda kind: kind[1])),
            refusal=self.tr("Choose a kind from the list, or leave it empty"),
        )
        self.started = DateField()
        self.number = BusinessNumberField(max_length=24)
        statuses = [Option(status.value, status_text(status)) for status in BusinessStatus]
        self.status = ComboField(theme, statuses)
        self.status.set_value(BusinessStatus.ACTIVE)
        self._grid.add_row(self.tr("Name"), self.name, required=True)
        self._grid.add_row(self.tr("Kind"), self.kind, hint=self.tr("A few letters find it."))
        self._grid.add_row(self.tr("Started on"), self.started)
        self._grid.add_row(self.tr("NIB"), self.number, hint=self.tr("13 digits, if it has one."))
        self._grid.add_row(self.tr("Status"), self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._grid)
        self.setFocusProxy(self.name)

    def fill(self, business: BusinessView) -> None:
        """Shows a business."""
        self.name.set_value(business.name)
        self.kind.set_value(business.kbli_code)
        self.started.set_value(business.started_on)
        self.number.set_value(business.business_id_number)
        self.status.set_value(business.status)

    def clear(self) -> None:
        """Empties everything."""
        for field in (self.name, self.kind, self.started, self.number):
            field.set_value(None)
        self.status.set_value(BusinessStatus.ACTIVE)

    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        fields = (self.name, self.kind, self.started, self.number)
        return not any(field.text().strip() for field in fields)

    def check(self) -> bool:
        """Shows what is wrong; True if nothing is."""
        return self._grid.check()

    def fields(self) -> Fields:
        """The fields of the record, as an op carries them."""
        started, kind = self.started.value(), self.kind.value()
        return {
            "name": self.name.value(),
            "kbli_code": kind,
            "kbli_version": KBLI_VERSION if kind else None,
            "started_on": started.isoformat() if started else None,
            "business_id_number": self.number.value(),
            "status": self.status.value(),
        }


class BusinessDialog(Dialog):
    """Corrects a business."""

    def __init__(
        self, theme: Theme, business: BusinessView, kinds: Mapping[str, str], parent: QWidget
    ) -> None:
        title = QCoreApplication.translate("BusinessDialog", "Correct the business")
        super().__init__(theme, title, parent)
        self._form = BusinessForm(theme, kinds)
        self._form.fill(business)
        self.body.addWidget(self._form)
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self._form.setFocus()

    def accept(self) -> None:
        """Closes it, once everything can be read."""
        if self._form.check():
            super().accept()
        else:
            self.adjustSize()

    def fields(self) -> Fields:
        """The fields of the record."""
        return self._form.fields()


class GrantDialog(Dialog):
    """Proposes a grant, or corrects the proposal.

    Args:
        theme: The theme.
        years: The programme-years to choose from.
        grant: The grant that is corrected; None for a new one.
        parent: The window it belongs to.
    """

    def __init__(
        self,
        theme: Theme,
        years: Sequence[ProgrammeYearView],
        grant: GrantView | None,
        parent: QWidget,
    ) -> None:
        super().__init__(theme, QCoreApplication.translate("GrantDialog", "Grant"), parent)
        self._years = {str(year.id): year for year in years}
        self._form = FormGrid(theme)
        self.year = ComboField(
            theme,
            [
                Option(code, f"{year.name} {year.year} ({format_rupiah(year.amount)})")
                for code, year in self._years.items()
            ],
        )
        self.amount = MoneyField()
        self.bank = TextField(max_length=60)
        self.proposed, self.disbursed = DateField(), DateField()
        self._form.add_row(self.tr("Programme"), self.year)
        self._form.add_row(self.tr("Amount"), self.amount, required=True)
        self._form.add_row(self.tr("Bank"), self.bank)
        self._form.add_row(self.tr("Proposed on"), self.proposed)
        self._form.add_row(self.tr("Disbursed on"), self.disbursed)
        self.body.addWidget(self._form)
        self.add_buttons(self.tr("Save"), self.tr("Cancel"))
        self.year.changed.connect(self._take_over)
        if grant is not None:
            self._fill(grant)
        self.year.setFocus()

    def accept(self) -> None:
        """Closes it, once everything can be read."""
        if self._form.check():
            super().accept()
        else:
            self.adjustSize()

    def fields(self) -> Fields:
        """The fields of the record, as an op carries them."""
        proposed, disbursed = self.proposed.value(), self.disbursed.value()
        return {
            "programme_year_id": self.year.value(),
            "amount": self.amount.value(),
            "bank": self.bank.value(),
            "proposed_on": proposed.isoformat() if proposed else None,
            "disbursed_on": disbursed.isoformat() if disbursed else None,
        }

    def _fill(self, grant: GrantView) -> None:
        year = str(grant.programme_year_id)
        self.year.set_value(year if year in self._years else None)
        self.amount.set_value(grant.amount)
        self.bank.set_value(grant.bank)
        self.proposed.set_value(grant.proposed_on)
        self.disbursed.set_value(grant.disbursed_on)

    def _take_over(self) -> None:
        """Writes the programme's amount and bank, which are nearly always the grant's."""
        year = self._years.get(self.year.value() or "")
        if year is not None:
            self.amount.set_value(year.amount)
            self.bank.set_value(year.bank or self.bank.value())
