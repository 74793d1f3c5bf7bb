"""A desk with a real store, for tests of pages; everybody in it is invented."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from desktop.models.operations.reference import load_regions
from desktop.models.queries.account import account
from desktop.models.records.base import new_id
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import SCOPE_GRANT
from desktop.settings import Settings
from desktop.ui.desk import Desk
from desktop.ui.notices import Notices
from desktop.ui.page import Page
from desktop.ui.theme.theme import Theme
from desktop.ui.work import Worker
from tests.ui.conftest import RESOURCES

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SUMBERJAYA = "36.01.01.2001"
DISTRICT = "36.01.01"
_PATIENCE_MS = 60_000


@dataclass
class Went:
    """Where a page asked to go: names and what was to be shown, the newest last."""

    places: list[tuple[str, dict[str, object]]]

    @property
    def last(self) -> tuple[str, dict[str, object]]:
        return self.places[-1]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store enrolled for a facilitator of one district, at a fixed time."""
    opened = Store.open(tmp_path / "store", lambda: NOW)
    load_regions(opened, RESOURCES / "reference")
    with opened.writing() as connection:
        user_id = new_id()
        set_meta(connection, Meta.USER_ID, str(user_id))
        set_meta(connection, Meta.USER_NAME, "Rina Contoh")
        set_meta(connection, Meta.USER_ROLE, "facilitator")
        connection.execute(
            insert(SCOPE_GRANT).values(
                user_id=user_id,
                scope=DISTRICT,
                role="facilitator",
                valid_from=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
    yield opened
    opened.close()


@pytest.fixture
def desk(app: QApplication, theme: Theme, store: Store, tmp_path: Path) -> Iterator[Desk]:
    """A desk with that store, its workers, and notices that keep what was said."""
    made = Desk(
        theme,
        Notices(),
        Settings(tmp_path / "settings.json"),
        RESOURCES,
        Worker("store"),
        Worker("files"),
        Worker("network"),
    )
    made.store = store
    with store.reading() as connection:
        made.account = account(connection)
    yield made
    wait_idle(made)
    made.network.stop()
    made.files.stop()
    made.database.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()


@pytest.fixture
def went(desk: Desk) -> Went:
    """Hears where pages of the desk ask to go."""
    heard = Went([])
    desk.went.connect(lambda name, shown: heard.places.append((name, shown)))
    return heard


@pytest.fixture
def show(desk: Desk) -> Iterator[Callable[..., Page]]:
    """Shows a page as the window does, and waits until it has loaded."""
    shown: list[Page] = []

    def make(kind: type[Page], **what: object) -> Page:
        page = kind(desk)
        shown.append(page)
        page.resize(1110, 720)
        page.open_with(**what)
        page.show()
        page.activateWindow()
        assert QTest.qWaitForWindowActive(page), "the keyboard goes where the page puts it"
        page.refresh()
        wait_idle(desk)
        return page

    yield make
    wait_idle(desk)
    for page in shown:
        page.close()
        page.deleteLater()


def wait_idle(desk: Desk) -> None:
    """Waits until all workers have answered everything, and the answers were shown.

    What was added to a page is laid out one round of events later.
    """
    quiet = 0
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not deadline.hasExpired():
        QApplication.processEvents()
        workers = (desk.database, desk.files, desk.network)
        quiet = quiet + 1 if all(worker.is_idle for worker in workers) else 0
        if quiet == 2:
            return
        if not quiet:
            QTest.qWait(1)
    raise AssertionError("the workers are still at it")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Waits until something is so."""
    deadline = QDeadlineTimer(_PATIENCE_MS)
    while not deadline.hasExpired():
        QApplication.processEvents()
        if is_so():
            return
        QTest.qWait(1)
    raise AssertionError("it did not come to be")
