"""The settings: how the program looks, who works on this laptop, the backup, and about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout

from desktop.models.rules.dates import Language, format_date, format_time, to_wib
from desktop.models.store.meta import Meta, get_meta
from desktop.ui.page import Page
from desktop.ui.pages.settings.backup_card import BackupCard
from desktop.ui.theme.tokens import CONTROL, S3
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.scroll_page import Columns, ScrollPage
from desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.ui.desk import Desk
    from desktop.ui.theme.theme import Theme

_NARROWEST = 760


@dataclass(frozen=True)
class _Connected:
    """To whom this laptop belongs, and where it sends."""

    name: str
    server: str
    confirmed: str | None


class SettingsPage(Page):
    """Everything that can be set; a change takes effect at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choices = {
            "language": Segmented(
                desk.theme, [Option("id", "Bahasa Indonesia"), Option("en", "English")]
            ),
            "text_size": Segmented(
                desk.theme, [Option(str(size), f"{size}%") for size in (100, 125, 150)]
            ),
            "appearance": Segmented(
                desk.theme,
                [
                    Option("light", self.tr("Light")),
                    Option("dark", self.tr("Dark")),
                    Option("system", self.tr("As the laptop")),
                ],
            ),
        }
        theme = desk.theme
        self._name, self._server, self._confirmed = _value(theme), _value(theme), _value(theme)
        self.backup = BackupCard(desk)
        self._build()

    def refresh(self) -> None:
        """Shows the settings as they are."""
        for name, choice in self._choices.items():
            choice.set_value(str(self.desk.settings[name]))
        self.desk.read(self, _connected, self._show)
        if self.focusWidget() is None:
            self.focus_on("language")

    def focus_on(self, name: str) -> None:
        """Puts the keyboard on a setting."""
        self._choices[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        body = ScrollPage()
        top = Columns(self.desk.theme, _NARROWEST)
        top.add(self._look_card())
        top.add(self._account_card())
        body.add(top)
        body.add(self.backup)
        body.add(self._about_card())
        body.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(PageHeader(self.desk.theme, self.tr("Settings")))
        column.addWidget(body, 1)

    def _look_card(self) -> Card:
        card = Card(self.tr("How it looks"))
        form = FormGrid(self.desk.theme, label_width=104)
        titles = {
            "language": self.tr("Language"),
            "text_size": self.tr("Text size"),
            "appearance": self.tr("Colours"),
        }
        for name, title in titles.items():
            choice = self._choices[name]
            choice.changed.connect(lambda name=name: self._choose(name))
            form.add_row(title, choice)
        card.add(form)
        card.body.addStretch(1)
        return card

    def _account_card(self) -> Card:
        card = Card(self.tr("This laptop"))
        form = FormGrid(self.desk.theme, label_width=104)
        form.add_row(self.tr("User"), self._name)
        form.add_row(self.tr("Province"), self._server)
        form.add_row(self.tr("Last confirmed"), self._confirmed)
        card.add(form)
        card.body.addStretch(1)
        return card

    def _about_card(self) -> Card:
        card = Card(self.tr("About"))
        version = QCoreApplication.applicationVersion()
        lines = [
            self.tr("Berdaya {version}. Free software under the Apache License 2.0.").format(
                version=version
            ),
            self.tr("Typeface Inter, SIL Open Font License. Icons Tabler, MIT License."),
            self.tr(
                "Regions of Indonesia from idn-area-data, Open Database License (ODbL): "
                "whoever passes them on names the source."
            ),
        ]
        for line in lines:
            label = QLabel(line)
            label.setWordWrap(True)
            label.setProperty("role", "muted")
            card.add(label)
        return card

    def _choose(self, name: str) -> None:
        """Keeps a choice and dresses the window anew; the page that comes takes the keyboard."""
        value: Any = self._choices[name].value()
        window, desk = self.window(), self.desk
        failure: OSError | None = None
        try:
            desk.settings.set(name, int(value) if name == "text_size" else value)
        except OSError as error:
            failure = error
        desk.restyled.emit()
        if failure is not None:
            desk.explain(failure)
        for page in window.findChildren(SettingsPage):
            if page is not self:
                # Once this page is gone; it takes the keyboard with it when it goes.
                QTimer.singleShot(0, page, lambda page=page: page.focus_on(name))

    def _show(self, connected: _Connected) -> None:
        self._name.setText(connected.name or self.tr("nobody yet"))
        self._server.setText(connected.server or self.tr("not connected yet"))
        self._confirmed.setText(self._moment(connected.confirmed))

    def _moment(self, text: str | None) -> str:
        if text is None:
            return self.tr("not yet")
        moment = to_wib(datetime.fromisoformat(text))
        language: Language = "id" if self.desk.language == "id" else "en"
        return self.tr("{day}, {time}").format(
            day=format_date(moment.date(), language), time=format_time(moment, language)
        )


def _connected(reading: Connection) -> _Connected:
    return _Connected(
        name=get_meta(reading, Meta.USER_NAME, ""),
        server=get_meta(reading, Meta.SERVER, ""),
        confirmed=get_meta(reading, Meta.LAST_CONFIRMED),
    )


def _value(theme: Theme) -> QLabel:
    """A line that can be read and copied, on the base line of its label."""
    label = QLabel()
    label.setMinimumHeight(theme.px(CONTROL))
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard
        | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    return label
