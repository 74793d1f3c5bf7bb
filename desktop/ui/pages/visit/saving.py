"""Keeping answers: each is on the disk before another is typed, and the page knows when it is."""

from __future__ import annotations

from concurrent.futures import wait
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.operations.visits import (
    KeptAnswer,
    VisitFinishedError,
    discard_draft,
    save_answers,
)
from desktop.models.store.engine import StoreFailure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from concurrent.futures import Future
    from datetime import datetime
    from typing import Any

    from sqlalchemy import Connection

    from desktop.models.questionnaires.form import Path, Value
    from desktop.ui.desk import Desk
    from desktop.ui.pages.visit.visit import Visit

_PATIENCE = 1.0
"""Seconds for which the next letter waits for the answer before it."""


class Autosave(QObject):
    """Writes the answers of one visit to its draft.

    An answer is written behind the key that gives it, so that no key waits for the disk; only
    whoever types the next one before the disk is done does (`settle`), and no longer than a second.
    What waits is taken by whoever writes next, so an answer can neither be lost nor written over by
    an older one.

    Args:
        desk: the desk.
        visit: the visit.
    """

    changed = Signal()
    """Something was saved, or could not be."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        super().__init__()
        self._desk, self._visit = desk, visit
        self._waiting: dict[Path, KeptAnswer] = {}
        self._place: Path | None = None
        self._marks: dict[Path, Value] = {}
        self._paradata: Mapping[str, Any] = {}
        self._answered = 0
        self._is_begun = visit.basis.draft is not None
        self._writing: Future[dict[Path, KeptAnswer]] | None = None
        self.saved_at: datetime | None = None
        self.has_failed = False
        self.is_ending = False
        """Whether this page finishes the visit or throws it away: then what waits is in it, or goes."""

    @property
    def is_begun(self) -> bool:
        """Whether there is a draft: something was answered."""
        return self._is_begun

    @property
    def is_saved(self) -> bool:
        """Whether everything that was given is on the disk."""
        return not self._waiting

    def save(self, place: Path | None, changed: Iterable[Path]) -> None:
        """Keeps the answers that changed, and which rows there are now; `place` was asked last."""
        self.settle()
        if not self._is_begun:
            self._waiting.update(self._visit.all_kept())
            self._is_begun = True
        draft = self._visit.session.draft()
        self._waiting.update({path: self._visit.kept(path) for path in changed if path in draft})
        marks = self._visit.session.row_marks()
        fresh = {
            path: KeptAnswer(mark) for path, mark in marks.items() if self._marks.get(path) != mark
        }
        self._waiting.update(fresh)
        self._marks = marks
        self._place = place or self._place
        self._paradata = self._visit.paradata.as_json()
        self._answered = self._visit.answered()
        self._writing = self._desk.keep(self, self._write, self._saved, self._failed)

    def settle(self) -> None:
        """Lets what was answered reach the disk before anything else is typed.

        Where that takes longer than a second, as while a whole village arrives, nobody waits on.
        """
        if self._writing is not None:
            wait([self._writing], _PATIENCE)
            self._writing = None

    def flush(self) -> None:
        """Writes what still waits, now.

        Raises:
            StoreFailure: it could not be written.
            VisitFinishedError: the visit was finished elsewhere.
            FamilyNotHereError: the visit cannot begin here any more.
        """
        if self._waiting:
            try:
                with self._desk.store.writing() as connection:
                    written = self._write(connection)
            except VisitFinishedError:
                if not self.is_ending:
                    raise
            else:
                self._saved(written)

    def stop(self) -> None:
        """Writes nothing any more: the draft was finished or thrown away."""
        self.is_ending = True
        self._waiting.clear()

    def discard(self) -> None:
        """Throws the draft away, and what waits with it."""
        self.stop()
        self._is_begun = False
        draft_id = self._visit.head.id
        self._desk.keep(self, lambda connection: discard_draft(connection, draft_id))

    def _write(self, connection: Connection) -> dict[Path, KeptAnswer]:
        """On the store's worker: writes what waits at this moment."""
        answers = dict(self._waiting)
        if answers:
            account = self._desk.account
            assert account is not None  # noqa: S101 a visit is recorded by somebody
            save_answers(
                connection,
                self._visit.head,
                account.user_id,
                answers,
                self._place,
                self._paradata,
                self._answered,
            )
        return answers

    def _saved(self, written: dict[Path, KeptAnswer]) -> None:
        for path, kept in written.items():
            if self._waiting.get(path) == kept:
                del self._waiting[path]
        if written:
            self.saved_at = self._desk.store.clock()
            self.has_failed = False
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self.is_ending and isinstance(error, VisitFinishedError):
            return
        if not isinstance(error, StoreFailure) or not self.has_failed:
            self._desk.explain(error)
        self.has_failed = True
        self.changed.emit()
