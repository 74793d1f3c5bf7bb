"""What is said at a visit: taken over from the fields, shown in all that follows from it, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.questionnaires import paths
from desktop.ui.pages.visit.saving import Autosave
from desktop.ui.widgets.attachments.photo_field import PhotoField
from desktop.ui.widgets.dialog import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from desktop.models.questionnaires.form import Path
    from desktop.ui.desk import Desk
    from desktop.ui.pages.visit.stack import SheetStack
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.widgets.attachments.keeper import Source


class Answering(QObject):
    """Stands between the sheets and the visit; `begin` says which visit.

    Args:
        desk: the desk.
        stack: the sheets.
    """

    changed = Signal()
    """Answers or rows are others now, and so may be which sections are asked."""
    saved = Signal()
    """Something was saved, or could not be."""
    wants = Signal(str)
    """A question is to get the keyboard: its path."""

    def __init__(self, desk: Desk, stack: SheetStack) -> None:
        super().__init__(stack)
        self._desk, self._stack = desk, stack
        self._visit: Visit | None = None
        self._autosave: Autosave | None = None
        self._row_changes = 0
        self._last: Path | None = None  # a mark more, or a pause while typing, corrects nothing
        stack.touched.connect(self._settle)
        stack.answered.connect(self._answer)
        stack.reasoned.connect(self._accept)
        stack.row_wanted.connect(self._add_row)
        stack.more_offered.connect(self._take_more)

    def begin(self, visit: Visit) -> None:
        """From here on this visit is answered."""
        self._visit, self._row_changes = visit, visit.session.row_changes
        self._last = None
        self._autosave = Autosave(self._desk, visit)
        self._autosave.changed.connect(self.saved)
        self.saved.emit()

    @property
    def is_begun(self) -> bool:
        """Whether there is a draft: something was answered."""
        return self._autosave is not None and self._autosave.is_begun

    @property
    def saved_at(self) -> datetime | None:
        """When something was saved last; None if nothing was yet."""
        return self._autosave.saved_at if self._autosave else None

    @property
    def has_failed(self) -> bool:
        """Whether the last answers could not be written."""
        return self._autosave is not None and self._autosave.has_failed

    def hand_over(self) -> None:
        """Takes over what was typed without waiting for a pause."""
        for row in self._stack.rows():
            row.hand_over()

    def flush(self) -> None:
        """Writes what still waits, now.

        Raises:
            StoreFailure: it could not be written.
            VisitFinishedError: the visit was finished elsewhere.
            FamilyNotHereError: the visit cannot begin here any more.
        """
        if self._autosave is not None:
            self._autosave.flush()

    def be_ending(self, is_ending: bool) -> None:
        """While the visit is finished, it is no surprise that it is."""
        if self._autosave is not None:
            self._autosave.is_ending = is_ending

    def stop(self) -> None:
        """Takes and writes nothing any more: the draft was finished, or is thrown away."""
        self._visit = None
        if self._autosave is not None:
            self._autosave.stop()

    def discard(self) -> None:
        """Throws the draft away."""
        if self._autosave is not None:
            self._autosave.discard()

    def repeat_previous(self, section: str) -> bool:
        """Answers what is missing in a section as it was answered last; whether anything was.

        None of it is said to be an answer of today before it is confirmed.
        """
        visit = self._visit
        if visit is None or section not in visit.earlier.days:
            return False
        self.hand_over()
        self._stack.make_whole()
        typed = {row.path for row in self._stack.rows() if row.unreadable()}
        changed = visit.session.repeat_previous(section, but=typed)
        if changed:
            self._show(visit, changed, None)
            self._stack.show_answers(changed)
        return bool(changed)

    def confirm(self, answers: Iterable[Path]) -> bool:
        """Lets answers that were taken over stand as answers of today; whether any had to be."""
        visit = self._visit
        if visit is None:
            return False
        confirmed = visit.session.confirm(answers)
        for path in confirmed:
            visit.paradata.take_over(visit.form.section_of(path))
        if confirmed:
            self._show(visit, confirmed, None)
        return bool(confirmed)

    def take_row_away(self, row: UUID, place: Path | None) -> bool:
        """Takes a row away; asks first if anything was said in it. Tells whether it did."""
        visit = self._visit
        if visit is None:
            return False
        session = visit.session
        is_empty = all(session.item(path).value is None for path in session.paths_in(row))
        if not is_empty and not ask(
            self._desk.theme,
            self._stack,
            self.tr("Take this away?"),
            self.tr("What was answered here will not be part of the visit."),
            self.tr("Take away"),
            danger=True,
        ):
            return False
        self._stack.make_whole()
        changed = session.remove_row(row)
        self._show(visit, changed, place if place and session.has(place) else None)
        return True

    def _settle(self) -> None:
        if self._autosave is not None:
            self._autosave.settle()

    def _answer(self, path: Path) -> None:
        """Takes an answer over, shows all that follows from it, and keeps it."""
        row, visit = self._stack.row(path), self._visit
        if row is None or visit is None:
            return
        self._settle()  # also where the answer is what it was: the one before it has to be safe
        value, known = row.value(), visit.session.draft()
        if path in known and known[path] == value:
            if not self.confirm([path]):
                row.update_from(visit.session.item(path))
            return
        section = visit.form.section_of(path)
        if path != self._last and self._stands(visit, path):
            visit.paradata.correct(section)
        self._last = path
        visit.paradata.touch(section, self._desk.store.clock())
        self._stack.make_whole()
        self._show(visit, visit.session.set(path, value) | {path}, path)

    @staticmethod
    def _stands(visit: Visit, path: Path) -> bool:
        """Whether there is an answer of today."""
        return visit.session.is_answered(path) and not visit.session.checks.is_unread(path)

    def _accept(self, path: Path, warning: str, reason: str) -> None:
        if self._visit is not None:
            self._visit.session.checks.accept(path, warning, reason)
            self._show(self._visit, frozenset([path]), path)

    def _add_row(self, end: Path) -> None:
        """Adds a row of a repeat, and wants the keyboard on its first question."""
        found, visit = paths.as_end(end), self._visit
        if visit is None or found is None:
            return
        self.hand_over()
        self._stack.make_whole()
        row, changed = visit.session.add_row(*found)
        self._show(visit, changed, end)
        first = visit.session.paths_in(row)
        self.wants.emit(next((path for path in first if visit.session.is_open(path)), end))

    def _take_more(self, path: Path, sources: Sequence[Source]) -> None:
        """Several photos were dropped at once: each of the others gets a row of its own."""
        (name, repeat, row), visit = paths.split(path), self._visit
        if visit is None or repeat is None or row is None:
            return
        outer = next(one.inside for one in visit.session.rows(repeat) if one.id == row)
        self._stack.make_whole()
        for source in sources:
            added, changed = visit.session.add_row(repeat, outer)
            self._show(visit, changed, path)
            new = self._stack.row(paths.join(name, repeat, added))
            if new is not None and isinstance(new.field, PhotoField):
                new.field.offer(source)

    def _show(self, visit: Visit, changed: frozenset[Path], place: Path | None) -> None:
        """Shows all that followed from an answer or a row, and keeps it; `place` was asked last."""
        assert self._autosave is not None  # noqa: S101 it begins with the visit
        self._autosave.save(place, changed)
        if visit.session.row_changes != self._row_changes:
            self._row_changes = visit.session.row_changes
            self._stack.arrange()
        self._stack.update_rows(changed)
        self.changed.emit()
