"""Signing in again, when the province no longer knows this laptop's session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit

from desktop.ui.sentences import sentence_for, sign_in_sentence
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.resting import Resting
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.ui.desk import Desk


class SignInDialog(Dialog):
    """Name and password, once more; what is recorded here stays as it is.

    Args:
        desk: the collaborators of all pages.
        server: the province's address.
        parent: the window it belongs to.
    """

    def __init__(self, desk: Desk, server: str, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("SignInDialog", "Sign in again")
        super().__init__(desk.theme, title, parent)
        self._desk, self._server = desk, server
        self.add_text(
            self.tr(
                "The province asks who you are. Everything that you recorded is safe on this "
                "laptop and is sent afterwards."
            )
        )
        form = FormGrid(desk.theme)
        self.login = TextField(max_length=120)
        self.password = TextField(max_length=200)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        form.add_row(self.tr("Your sign-in name"), self.login, required=True)
        self._password_row = form.add_row(self.tr("Password"), self.password, required=True)
        self._form = form
        self.body.addWidget(form)
        self._button = self.add_buttons(self.tr("Sign in"), self.tr("Cancel"))
        self._rest = Resting(self, self._button)
        self.login.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Asks the province; the dialog stays until it agrees."""
        province = self._desk.connection
        if province is None or not self._form.check():
            return
        login, password = self.login.value() or "", self.password.text()
        self._rest.begin()
        self._desk.network.run(
            self,
            lambda: province.session.sign_in(self._server, login, password),
            lambda _who: super(SignInDialog, self).accept(),
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self._rest.end()
        self._password_row.set_error(sign_in_sentence(error, self._server) or sentence_for(error))
        self.adjustSize()
