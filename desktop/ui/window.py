"""The window: the side bar, the notice bar, and one page at a time. It knows pages by name only."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.theme.tokens import S4, S6
from desktop.ui.widgets.notice_bar import NoticeBar
from desktop.ui.widgets.side_bar import SideBar, StatusLine

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from desktop.models.changes import Changes
    from desktop.ui.desk import Desk
    from desktop.ui.page import Page

PAGES = {
    "welcome": "desktop.ui.pages.welcome.page:WelcomePage",
    "home": "desktop.ui.pages.home.page:HomePage",
    "households": "desktop.ui.pages.households.page:HouseholdsPage",
    "household": "desktop.ui.pages.household.page:HouseholdPage",
    "household_form": "desktop.ui.pages.household_form.page:HouseholdFormPage",
    "visits": "desktop.ui.pages.visits.page:VisitsPage",
    "visit": "desktop.ui.pages.visit.page:VisitPage",
    "businesses": "desktop.ui.pages.businesses.page:BusinessesPage",
    "business": "desktop.ui.pages.business.page:BusinessPage",
    "import": "desktop.ui.pages.importing.page:ImportPage",
    "sync": "desktop.ui.pages.sync.page:SyncPage",
    "settings": "desktop.ui.pages.settings.page:SettingsPage",
    "trouble": "desktop.ui.pages.trouble.page:TroublePage",
}
"""Name -> module and class; a page is imported when it is first shown."""

SECTIONS = (
    ("home", QT_TRANSLATE_NOOP("Window", "Home"), "home"),
    ("households", QT_TRANSLATE_NOOP("Window", "Families"), "users"),
    ("visits", QT_TRANSLATE_NOOP("Window", "Visits"), "map-pin"),
    ("businesses", QT_TRANSLATE_NOOP("Window", "Businesses"), "building-store"),
    ("sync", QT_TRANSLATE_NOOP("Window", "Sync"), "refresh"),
    ("settings", QT_TRANSLATE_NOOP("Window", "Settings"), "settings"),
)
"""The entries of the side bar: page, name, icon."""


@dataclass(frozen=True)
class Place:
    """Where one is: a page and what it shows."""

    page: str
    shown: dict[str, Any] = field(default_factory=dict)


class Window(QMainWindow):
    """The one window. It can be painted before the store is open.

    Args:
        desk: the collaborators of all pages.
    """

    closed = Signal()
    """The window was closed by the user."""

    painted = Signal()
    """The window was painted for the first time: what could wait until then begins."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pages: dict[str, Page] = {}
        self._past: list[Place] = []
        self._place: Place | None = None
        self._is_painted = False
        self.side_bar = SideBar(desk.theme, "Berdaya")
        self.stack = QStackedWidget()
        self._build()
        desk.went.connect(self.show_page)
        desk.went_back.connect(self.go_back)
        desk.changed.connect(self._refresh_shown)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return None if self._place is None else self._pages.get(self._place.page)

    def show_page(self, name: str, shown: dict[str, Any] | None = None) -> None:
        """Shows a page; where one was is remembered for the way back."""
        if not self._may_leave():
            return
        place = Place(name, shown or {})
        if self._place is not None and self._place != place:
            self._past.append(self._place)
        self._show(place)

    def go_back(self) -> None:
        """Shows the page before, or the first one; without an account there may be none."""
        if (self._past or self._has_pages) and self._may_leave():
            self._show(self._past.pop() if self._past else Place("home"))

    def open_sections(self, *, is_open: bool) -> None:
        """Shows the side bar's pages, or hides them while there is no account yet."""
        self.side_bar.setVisible(is_open)

    def show_status(self, lines: list[StatusLine], button: str = "") -> None:
        """Shows what is saved and what was sent, at the foot of the side bar."""
        self.side_bar.set_status(lines, button)

    def rebuild(self) -> None:
        """Builds everything anew, in another language or size; one stays where one was."""
        self._name_sections()
        place, past = self._place, list(self._past)
        self.forget()
        self._past = past
        if place is not None:
            self._show(place)

    def forget(self) -> None:
        """Drops every page: what they show is not there any more."""
        self._place = None
        self._past.clear()
        for page in self._pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def closeEvent(self, event: QCloseEvent, /) -> None:
        """Lets the page keep what was typed, then tells that the window is gone."""
        if not self._may_leave():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Tells of the first painting, when it has ended."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent, /) -> None:
        """Follows a language switch."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name_sections()
        super().changeEvent(event)

    def _build(self) -> None:
        self.setWindowTitle("Berdaya")
        self.resize(1366, 768)
        self.setMinimumSize(1024, 600)
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side_bar)
        column = QVBoxLayout()
        column.setContentsMargins(S6, S4, S6, S4)
        column.setSpacing(S4)
        column.addWidget(NoticeBar(self._desk.theme, self._desk.notices))
        column.addWidget(self.stack, 1)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)
        for name, text, icon in SECTIONS:
            self.side_bar.add_item(name, self.tr(str(text)), icon)
        self.side_bar.navigated.connect(self._enter)
        QShortcut(QKeySequence.StandardKey.Find, self, self._find)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.go_back)

    @property
    def _has_pages(self) -> bool:
        """Whether there is somebody's data to show: not before the store is open, nor in trouble."""
        return self._desk.account is not None

    def _enter(self, name: str) -> None:
        if self._has_pages:
            self.show_page(name)

    def _find(self) -> None:
        if self._has_pages:
            self.show_page("households", {"find": True})

    def _name_sections(self) -> None:
        self.side_bar.set_texts({name: self.tr(str(text)) for name, text, _ in SECTIONS})

    def _show(self, place: Place) -> None:
        page = self._pages.get(place.page) or self._make(place.page)
        if self._place is not None and self._place != place:
            self._desk.notices.leave_page()
        self._place = place
        page.open_with(**place.shown)
        self.stack.setCurrentWidget(page)
        self.side_bar.set_current(page.section or place.page)
        page.refresh()

    def _make(self, name: str) -> Page:
        module, _, kind = PAGES[name].partition(":")
        page: Page = getattr(import_module(module), kind)(self._desk)
        self._pages[name] = page
        self.stack.addWidget(page)
        return page

    def _may_leave(self) -> bool:
        return self.page is None or self.page.may_leave()

    def _refresh_shown(self, changes: Changes) -> None:
        """Only the page that is seen is refreshed; the others are when they are shown again."""
        if self.page is not None and changes.touches(self.page.tables):
            self.page.refresh()
