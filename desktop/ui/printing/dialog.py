"""The dialog that shows a family's sheet before it is printed, or saved as a PDF."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.rules.identity import check_phone, group_phone, normalise_phone
from desktop.models.store.meta import Meta, set_meta
from desktop.reports.family_sheet import Choices, StepKind, file_name
from desktop.ui.import_sentences import finding_sentence
from desktop.ui.printing.devices import Paper, ask_for_printer, has_printer, print_out, save_pdf
from desktop.ui.printing.family_sheet import lay_out
from desktop.ui.printing.preview import PagePreview
from desktop.ui.sentences import sentence_for
from desktop.ui.theme.tokens import S4, S6
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.resting import Resting
from desktop.ui.widgets.segmented import Segmented
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.reports.family_sheet import FamilySheet
    from desktop.ui.desk import Desk

_LABEL, _SIDE = 120, 404
_SUFFIX: Final = ".pdf"
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALLOWED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


class FamilySheetDialog(Dialog):
    """The picture of the page, what can be chosen, and printing or saving it.

    Args:
        desk: the collaborators of all pages.
        compose: makes the sheet from what was chosen.
        phone: of the user, as it was told before.
        asks_phone: whether it is the user who is to be asked by the family.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        desk: Desk,
        compose: Callable[[Choices], FamilySheet],
        phone: str | None,
        *,
        asks_phone: bool,
        parent: QWidget | None = None,
    ) -> None:
        title = QCoreApplication.translate("FamilySheetDialog", "Print for the family")
        super().__init__(desk.theme, title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._compose, self._known_phone = desk, compose, phone
        self.preview = PagePreview(desk.theme)
        self._build_choices(asks_phone=asks_phone)
        self._build_buttons()
        self._lay_out()
        self.phone.set_value(group_phone(phone) if phone else "")
        self.paper.set_value(desk.settings["paper"])
        self._compose_anew()
        self.resize(self.sizeHint())
        self.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_now(self) -> None:
        """Asks for a printer and prints; without one it says how else the family gets its sheet."""
        self._keep_choices()
        if not has_printer():
            self._say(
                self.tr(
                    "No printer is set up on this laptop. Save the sheet as a PDF; it can be "
                    "printed wherever there is one."
                ),
                "warning",
            )
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        printer = ask_for_printer(self._paper(), self)
        if printer is None:
            return
        if print_out(self._page, self._desk.theme.icons, printer):
            self._say(self.tr("The sheet was given to the printer."))
        else:
            self._say(
                self.tr(
                    "The printer did not take the sheet. Please look whether it is switched on, "
                    "or save the sheet as a PDF."
                ),
                "warning",
            )

    def save_to(self, path: Path) -> None:
        """Writes the PDF, away from the window's thread."""
        page, icons, paper = self._page, self._desk.theme.icons, self._paper()
        self._rest.begin()
        self._say(self.tr("The PDF is being written."))
        self._desk.database.run(
            self,
            lambda: save_pdf(page, icons, paper, path),
            lambda _nothing: self._saved(path),
            self._not_saved,
        )

    def _build_choices(self, *, asks_phone: bool) -> None:
        theme = self._desk.theme
        self.paper = Segmented(theme, [Option(paper.value, paper.value) for paper in Paper])
        self.paper.changed.connect(self._choose_paper)
        self.told = Segmented(
            theme, [Option("words", self.tr("In words")), Option("day", self.tr("Only the day"))]
        )
        self.told.changed.connect(self._compose_anew)
        self.phone = _PhoneField(self._desk.language)
        self.phone.changed.connect(self._compose_anew)
        self._form = FormGrid(theme, label_width=_LABEL)
        self._form.add_row(
            self.tr("Paper"), self.paper, hint=self.tr("On A4 everything is larger.")
        )
        self._told_row = self._form.add_row(
            self.tr("What is to be done"),
            self.told,
            hint=self.tr("The sheet may lie where neighbours read it."),
        )
        self._phone_row = self._form.add_row(
            self.tr("Your phone"),
            self.phone,
            hint=self.tr("Without one there is a line on which it can be written by hand."),
        )
        self._phone_row.set_visible(asks_phone)

    def _build_buttons(self) -> None:
        theme = self._desk.theme
        close = Button(theme, self.tr("Close"))
        close.clicked.connect(self.reject)
        self.save_button = Button(theme, self.tr("Save PDF"), icon="download")
        self.save_button.setToolTip(self.tr("Ctrl+S"))
        self.save_button.clicked.connect(self._ask_where)
        self.print_button = Button(theme, self.tr("Print"), kind="primary", icon="printer")
        self.print_button.setToolTip(self.tr("Ctrl+P"))
        self.print_button.clicked.connect(self.print_now)
        self.print_button.setDefault(True)
        for button in (close, self.save_button, self.print_button):
            self._buttons.addWidget(button)
        self._rest = Resting(self, self.save_button, self.print_button)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_button.click)
        QShortcut(QKeySequence.StandardKey.Save, self, self.save_button.click)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.hide()
        side = QWidget()
        side.setFixedWidth(theme.px(_SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S4)
        column.addWidget(self._form)
        column.addWidget(self.message)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(S6)
        row.addWidget(self.preview, 1)
        row.addWidget(side)
        self.body.addLayout(row, 1)

    # --- what the sheet says ---------------------------------------------------------------

    def _choices(self) -> Choices:
        return Choices(normalise_phone(self.phone.text()), self.told.value() == "words")

    def _compose_anew(self) -> None:
        self.sheet = self._compose(self._choices())
        self._page = lay_out(self.sheet, self._paper().smallest)
        self._told_row.set_visible(any(step.kind is StepKind.PROMISE for step in self.sheet.steps))
        self.preview.show_sheet(self._page, " ".join(filter(None, self.sheet.words())))

    def _paper(self) -> Paper:
        return Paper(self.paper.value())

    def _choose_paper(self) -> None:
        """The choice holds for the next sheet, too."""
        self._compose_anew()
        try:
            self._desk.settings.set("paper", self.paper.value())
        except OSError as error:
            self._say(sentence_for(error), "warning")

    def _keep_choices(self) -> None:
        """Keeps the phone for the next sheet; it lies encrypted on this laptop and is not sent."""
        phone = self._choices().phone
        if phone != self._known_phone:
            self._known_phone = phone
            self._desk.keep(
                self._desk, lambda connection: set_meta(connection, Meta.USER_PHONE, phone)
            )

    # --- saving ----------------------------------------------------------------------------

    def _ask_where(self) -> None:
        self._keep_choices()
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        proposed = Path(QStandardPaths.writableLocation(documents)) / file_name(self.sheet)
        name, _kind = QFileDialog.getSaveFileName(
            self, self.tr("Save PDF"), str(proposed), f"PDF (*{_SUFFIX})"
        )
        if name:
            path = Path(name)
            is_pdf = path.suffix.casefold() == _SUFFIX
            self.save_to(path if is_pdf else path.with_name(path.name + _SUFFIX))

    def _saved(self, path: Path) -> None:
        self._rest.end()
        self._say(self.tr("Saved: {path}").format(path=path))

    def _not_saved(self, error: Exception) -> None:
        self._rest.end()
        self._say(self._why_not_saved(error), "warning")
        if not isinstance(error, OSError):
            self._desk.explain(error)

    def _why_not_saved(self, error: Exception) -> str:
        if not isinstance(error, OSError):
            return sentence_for(error)
        if error.errno in _NO_ROOM:
            return self.tr(
                "There is not enough room, so the PDF was not saved. Please choose another place."
            )
        if error.errno in _NOT_ALLOWED:
            return self.tr(
                "The PDF could not be saved there. Perhaps it is open in another program, or "
                "Berdaya may not write there. Please choose another place."
            )
        return self.tr(
            "The place cannot be reached, so the PDF was not saved. Perhaps the USB stick was "
            "taken out."
        )

    def _say(self, words: str, role: str = "strong") -> None:
        self.message.setProperty("role", role)
        self.message.style().unpolish(self.message)
        self.message.style().polish(self.message)
        self.message.setText(words)
        self.message.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.message, words))


class _PhoneField(TextField):
    """A mobile phone."""

    def __init__(self, language: str) -> None:
        super().__init__(placeholder="0812 3456 7890", max_length=24)
        self._language = language

    def problem(self) -> str:
        """Why it is none; having none is no problem."""
        found = check_phone(self.text())
        return "\n".join(finding_sentence(each, self._language) for each in found)
