"""First run: the language, and the connection with the office; then the first download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from desktop.models.queries.account import account
from desktop.ui.page import Page
from desktop.ui.progress_row import ProgressRow
from desktop.ui.sentences import sign_in_sentence
from desktop.ui.theme.tokens import S4, S6
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.resting import Resting
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.widgets.segmented import Segmented
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from desktop.models.queries.account import Account
    from desktop.sync.history import Run
    from desktop.sync.progress import Progress as SyncProgress
    from desktop.ui.desk import Desk

_WIDTH = 640


class WelcomePage(Page):
    """Makes this laptop known to the province."""

    section = "welcome"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._build()

    def open_with(self, **shown: Any) -> None:
        """Asks for the address of the office first."""
        super().open_with(**shown)
        self.server.setFocus()

    def connect_now(self) -> None:
        """Signs in with what was typed; the first download follows."""
        if self._rest.is_resting or not self.form.check():
            return
        server, login = self.server.value() or "", self.login.value() or ""
        password, province = self.password.value() or "", self.desk.connection
        if province is None:
            return
        address = server if "://" in server else f"https://{server}"
        self.desk.notices.clear()
        self._wait(self.tr("Signing in…"))
        self.desk.network.run(
            self,
            lambda: province.session.sign_in(address.strip(), login.strip(), password),
            lambda _user: self.desk.read(self, account, self._signed_in, self._failed),
            self._failed,
        )

    def take_over(self, page: WelcomePage) -> None:
        """Shows what was typed on the page before, which is built anew in another language."""
        for field, before in zip(self._fields, page._fields, strict=True):
            field.setText(before.text())
        # Once that page is gone; it takes the keyboard with it when it goes.
        QTimer.singleShot(0, self, self.language.setFocus)

    def _build(self) -> None:
        theme = self.desk.theme
        header = PageHeader(theme, self.tr("Welcome to Berdaya"))
        language = Segmented(theme, [Option("id", "Bahasa Indonesia"), Option("en", "English")])
        language.set_value(self.desk.language)
        language.changed.connect(lambda: self._speak(language.value()))
        self.language = language
        header.add_action(language)
        self.form = FormGrid(theme)
        self.server = TextField(placeholder="berdaya.bantenprov.go.id")
        self.login = TextField()
        self.password = TextField()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self._fields = (self.server, self.login, self.password)
        self.form.add_row(
            self.tr("Address of the office"),
            self.server,
            hint=self.tr("It stands in the letter from the office."),
            required=True,
        )
        self.form.add_row(self.tr("Your sign-in name"), self.login, required=True)
        self.form.add_row(self.tr("Password"), self.password, required=True)
        for field, after in ((self.server, self.login), (self.login, self.password)):
            field.returnPressed.connect(after.setFocus)
        self.password.returnPressed.connect(self.connect_now)
        self.connect_button = Button(theme, self.tr("Connect"), kind="primary", icon="check")
        self.connect_button.clicked.connect(self.connect_now)
        self._rest = Resting(self, self.form, self.connect_button, language)
        self.progress = ProgressRow(theme)
        self.progress.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addWidget(self.connect_button, 0, Qt.AlignmentFlag.AlignRight)
        card = Card(self.tr("Connect with your office"))
        card.add(
            _words(
                self.tr(
                    "You need a connection for this once. After that Berdaya works without one: everything is kept on this laptop, encrypted, and sent when there is a connection."
                )
            )
        )
        card.add(self.form)
        card.body.addLayout(buttons)
        trial = Card(self.tr("Only want to try it?"))
        trial.add(
            _words(
                self.tr(
                    "Practice mode has families that do not exist. Nothing that you do there reaches the office."
                )
            )
        )
        self.practice_button = Button(theme, self.tr("Practise"), icon="school")
        self.practice_button.clicked.connect(self.desk.practice_wanted)
        trial.body.addWidget(self.practice_button, 0, Qt.AlignmentFlag.AlignRight)
        body = ScrollPage()
        for widget in (card, trial):
            widget.setMaximumWidth(theme.px(_WIDTH))
            body.add(widget)
        body.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(S6, S4, S6, 0)
        column.setSpacing(S4)
        column.addWidget(header)
        column.addWidget(body, 1)

    def _speak(self, language: str | None) -> None:
        if language and language != self.desk.language:
            window = self.window()
            self.desk.settings.set("language", language)
            self.desk.restyled.emit()
            for page in window.findChildren(WelcomePage):
                if page is not self:
                    page.take_over(self)

    def _wait(self, words: str) -> None:
        self._rest.begin()
        self.progress.wait(words)

    def _failed(self, error: Exception) -> None:
        self._rest.end()
        self.progress.hide()
        sentence = sign_in_sentence(error, self.server.value() or "")
        if sentence:
            self.desk.notices.error(sentence)
        else:
            self.desk.explain(error)
        self.password.setFocus()

    def _signed_in(self, found: Account | None) -> None:
        """The first download: what the villages have so far."""
        self.desk.account = found
        province = self.desk.connection
        if province is None:
            return
        self._wait(self.tr("Receiving your villages…"))
        province.progressed.connect(self._tell)
        self.progress.stopped.connect(province.session.cancel)
        province.ended.connect(self._downloaded)
        province.sync()

    def _tell(self, progress: SyncProgress) -> None:
        if progress.download is not None:
            self.progress.tell(progress)
            return
        kilobytes = progress.bytes_down // 1024
        words = self.tr("Receiving your villages: {count} entries, {size} KB")
        self.progress.wait(words.format(count=progress.received, size=kilobytes))

    def _downloaded(self, run: Run | None) -> None:
        """Signed in is signed in: if the download broke off, it goes on by itself later."""
        province = self.desk.connection
        if province is not None:
            province.ended.disconnect(self._downloaded)
        del run
        self.desk.signed_in.emit()


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
