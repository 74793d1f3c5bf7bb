"""What a page is handed: where to read and write, how to speak, where to go.

A page reads with `read`, writes with `write`, and hears of every change, its own and those that
sync brought, through `Page.refresh`. No page knows another.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.ui.sentences import sentence_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from pathlib import Path

    from sqlalchemy import Connection

    from desktop.models.changes import Changes
    from desktop.models.queries.account import Account
    from desktop.models.queries.questionnaires import Forms
    from desktop.models.reference import Reference
    from desktop.models.rules.dates import Language
    from desktop.models.store.local import Store
    from desktop.models.store.writer import Writer
    from desktop.settings import Settings
    from desktop.ui.connection import Connection as Province
    from desktop.ui.notices import Notices
    from desktop.ui.theme.theme import Theme
    from desktop.ui.work import Worker

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class Desk(QObject):
    """The collaborators of all pages.

    Args:
        theme: colours, fonts, icons.
        notices: the one channel to the user.
        settings: language, text size, appearance.
        resources: the folder of resources.
        database: the worker that does everything with the store, one after the other.
        files: the worker that prepares and shows photos and files, so that no answer waits for one.
        network: the worker that speaks with the province.
    """

    changed = Signal(object)
    """`Changes`: rows that were written here or came by sync."""

    went = Signal(str, dict)
    """A page was asked for: its name, and what it is to show."""

    went_back = Signal()
    """The page before was asked for."""

    signed_in = Signal()
    """This laptop has an account now: `account` says whose."""

    practice_wanted = Signal()
    """The user wants to practise first."""

    reopen = Signal()
    """The store was replaced by a backup: everything is to be opened again."""

    restyled = Signal()
    """Language, text size or appearance were changed."""

    def __init__(
        self,
        theme: Theme,
        notices: Notices,
        settings: Settings,
        resources: Path,
        database: Worker,
        files: Worker,
        network: Worker,
    ) -> None:
        super().__init__()
        self.theme = theme
        self.notices = notices
        self.settings = settings
        self.resources = resources
        self.database = database
        self.files = files
        self.network = network
        self._store: Store | None = None
        self._reference: Reference | None = None
        self._forms: Forms | None = None
        self.account: Account | None = None
        self.connection: Province | None = None

    @property
    def language(self) -> Language:
        """The language of the program."""
        return "en" if self.settings["language"] == "en" else "id"

    @property
    def has_store(self) -> bool:
        """Whether the store is open."""
        return self._store is not None

    @property
    def store(self) -> Store:
        """The store; pages exist only while it is open."""
        assert self._store is not None  # noqa: S101 for the type checker
        return self._store

    @store.setter
    def store(self, store: Store) -> None:
        self._store = store

    def close_store(self) -> None:
        """Closes the store, if it is open: until another one is, there is no account either."""
        if self._store is not None:
            self._store.close()
        self._store = self.account = None

    @property
    def reference(self) -> Reference:
        """Reference data: regions, poverty lines, kinds of business."""
        if self._reference is None:
            from desktop.models.reference import Reference  # noqa: PLC0415 at first use

            self._reference = Reference(self.resources / "reference")
        return self._reference

    @property
    def forms(self) -> Forms:
        """The questionnaires: those that the office published, and those that ship."""
        if self._forms is None:
            from desktop.models.queries.questionnaires import Forms  # noqa: PLC0415 at first use

            self._forms = Forms(self.resources / "questionnaires")
        return self._forms

    def go(self, page: str, **shown: Any) -> None:
        """Asks for a page; `shown` is given to its `open_with`."""
        self.went.emit(page, shown)

    def back(self) -> None:
        """Asks for the page before."""
        self.went_back.emit()

    def read(
        self,
        owner: QObject,
        query: Callable[[Connection], T],
        show: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Runs a query on the store's worker and shows its result, if `owner` is still there."""
        store = self.store

        def task() -> T:
            with store.reading() as connection:
                return query(connection)

        self.database.run(owner, task, show, failed or self.explain)

    def write(
        self,
        owner: QObject,
        operation: Callable[[Writer], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Runs an operation in one transaction, tells everybody what changed, then `done`."""
        store = self.store

        def task() -> tuple[T, Changes]:
            with store.recording() as writer:
                result = operation(writer)
            return result, writer.changes

        def finish(outcome: tuple[T, Changes]) -> None:
            result, changes = outcome
            self.changed.emit(changes)
            if done is not None:
                done(result)

        self.database.run(owner, task, finish, failed or self.explain)

    def keep(
        self,
        owner: QObject,
        note: Callable[[Connection], T],
        done: Callable[[T], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
    ) -> Future[T]:
        """Writes what only this laptop keeps (drafts), in one transaction without ops.

        Returns:
            What is done once it is on the disk, or was not written.
        """
        store = self.store

        def task() -> T:
            with store.writing() as connection:
                return note(connection)

        return self.database.run(
            owner, task, done or (lambda _result: None), failed or self.explain
        )

    def explain(self, error: Exception) -> None:
        """Says in plain words what went wrong; a bug of ours is logged as well."""
        _LOG.error("a task failed", exc_info=error)
        self.notices.error(sentence_for(error))
