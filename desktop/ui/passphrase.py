"""The dialogs that ask for the passphrase of a backup."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.models.rules.money import format_number
from desktop.models.store.backup import SHORTEST_PASSPHRASE
from desktop.models.store.backup_file import BackupInfo
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.text_field import TextField


class NewPassphraseDialog(Dialog):
    """Asks twice for a new passphrase."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("NewPassphraseDialog", "Save a backup")
        super().__init__(theme, title, parent)
        self.add_text(
            self.tr(
                "Whoever has this passphrase can read the backup. Nobody can open it without, "
                "not even the office. A short sentence that you will remember is best."
            )
        )
        self.first, self.second = _secret_field(), _secret_field()
        form = FormGrid(theme)
        self._first_row = form.add_row(self.tr("Passphrase"), self.first)
        self._second_row = form.add_row(self.tr("Once more"), self.second)
        self.body.addWidget(form)
        self.add_buttons(self.tr("Choose the place"), self.tr("Cancel"))
        self.first.setFocus()

    def passphrase(self) -> str:
        """What was typed."""
        return self.first.text()

    def accept(self) -> None:
        """Closes it once both are the same and long enough."""
        short = len(self.first.text()) < SHORTEST_PASSPHRASE
        other = self.first.text() != self.second.text()
        self._first_row.set_error(
            self.tr("At least {count} characters").format(count=SHORTEST_PASSPHRASE)
            if short
            else ""
        )
        self._second_row.set_error(
            self.tr("The two are not the same") if other and not short else ""
        )
        if short or other:
            (self.first if short else self.second).setFocus()
            self.adjustSize()
            return
        super().accept()


class RestoreDialog(Dialog):
    """Says what will happen, and asks for the passphrase.

    Args:
        theme: The theme.
        info: What the backup says about itself.
        parent: The window it belongs to.
    """

    def __init__(self, theme: Theme, info: BackupInfo, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("RestoreDialog", "Restore a backup")
        super().__init__(theme, title, parent)
        when = to_wib(info.created_at)
        self.add_text(
            self.tr(
                "This backup is of {day}, {time}. Families in it: {families}. "
                "Visits: {visits}. Months of businesses: {months}. Photos and files: {files}."
            ).format(
                day=format_date(when.date(), "id", "short"),
                time=format_time(when),
                files=format_number(info.files.count if info.files else 0),
                **_counts(info.counts),
            )
        )
        self.add_text(
            self.tr(
                "What is on this laptop now is replaced by the backup. It is not thrown away: it "
                "is put aside in a folder beside it. What the province already has comes back "
                "when you connect. What you wrote after the backup and did not send will be "
                "missing here."
            )
        )
        self.secret = _secret_field()
        form = FormGrid(theme)
        form.add_row(self.tr("Passphrase"), self.secret, required=True)
        self._form = form
        self.body.addWidget(form)
        restore = self.add_buttons(self.tr("Restore"), self.tr("Cancel"), danger=True)
        # Nobody types a passphrase to cancel; without one nothing is restored.
        restore.setDefault(True)
        self.secret.setFocus()

    def passphrase(self) -> str:
        """What was typed."""
        return self.secret.text()

    def accept(self) -> None:
        """Closes it once something was typed."""
        if self._form.check():
            super().accept()
        else:
            self.adjustSize()


def _counts(counts: Mapping[str, int]) -> dict[str, str]:
    names = {"families": "household", "visits": "visit", "months": "progress_report"}
    return {word: format_number(counts.get(table, 0)) for word, table in names.items()}


def _secret_field() -> TextField:
    field = TextField(max_length=256)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
