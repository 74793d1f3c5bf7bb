"""Kunjungan: one visit, section by section, with the hands on the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.operations import visits
from desktop.models.queries.visits import visit_basis
from desktop.models.rules.dates import to_wib
from desktop.models.store.engine import StoreFailure
from desktop.ui.attachments import DraftAttachments
from desktop.ui.notices import Action
from desktop.ui.page import Page
from desktop.ui.pages.visit.answering import Answering
from desktop.ui.pages.visit.members import MemberChanges
from desktop.ui.pages.visit.printing import print_visit
from desktop.ui.pages.visit.repeats import RepeatEnd
from desktop.ui.pages.visit.rows import QuestionRow
from desktop.ui.pages.visit.sections import FINISH, Entry, SectionList
from desktop.ui.pages.visit.sheet import SectionSheet
from desktop.ui.pages.visit.stack import SheetStack
from desktop.ui.pages.visit.strips import RecoveredStrip, SavedLine
from desktop.ui.pages.visit.visit import Visit
from desktop.ui.printing.opening import print_stored
from desktop.ui.theme.tokens import S2, S3, S4
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.dialog import ask
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sqlalchemy import Connection

    from desktop.models.questionnaires.form import Path, Questionnaire
    from desktop.ui.desk import Desk

_LIST_WIDTH = 216


class VisitPage(Page):
    """The visit to one household. `open_with(household_id=..., draft_id=None, questionnaire=...)`."""

    section: ClassVar[str] = "visits"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._household_id: UUID | None = None
        self._draft_id: UUID | None = None
        self._questionnaire: str | None = None
        self._return_to = ""
        self._is_finishing = False
        self.visit: Visit | None = None
        self.shown = ""
        self._current: QuestionRow | RepeatEnd | None = None
        self._build()
        self._add_shortcuts()
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 there is one while there are widgets
        app.focusChanged.connect(self._follow_focus)

    @property
    def place(self) -> Path | None:
        """The question, or the end of a repeat, that has or had the keyboard last."""
        return self._current.path if self._current else None

    # --- opening -------------------------------------------------------------------------

    def open_with(self, **shown: Any) -> None:
        """Takes the household, the draft if a certain one is to be gone on with, and what is asked."""
        self._household_id = shown["household_id"]
        self._draft_id = shown.get("draft_id")
        self._questionnaire = shown.get("questionnaire")

    def refresh(self) -> None:
        """Loads the household, its last visit and its draft, and begins or goes on."""
        if self._household_id is None:
            return
        household_id, draft_id, desk = self._household_id, self._draft_id, self.desk
        questionnaire = self._questionnaire

        def load(connection: Connection) -> Visit:
            basis = visit_basis(connection, household_id, draft_id, questionnaire)
            now = desk.store.clock()
            draft, assigned = basis.draft, basis.assignment
            begun = desk.forms.begun(connection, *draft.questionnaire) if draft else None
            offered = desk.forms.offered(connection)
            wanted = (questionnaire, assigned.questionnaire if assigned else None)
            form = _form_of(offered, begun, *wanted)
            visit = Visit(basis, form, desk.reference, now, to_wib(now).date())
            visit.offered = offered
            return visit

        desk.read(self, load, self._show, self._cannot_show)

    def may_leave(self) -> bool:
        """Writes what was typed; only what cannot be written holds one back."""
        self.answering.hand_over()
        try:
            self.answering.flush()
        except (StoreFailure, visits.VisitFinishedError, visits.FamilyNotHereError) as failure:
            self.desk.explain(failure)
            return ask(
                self.desk.theme,
                self,
                self.tr("The last answers are not saved"),
                self.tr("They could not be written to this laptop. If you leave, they are lost."),
                self.tr("Leave"),
                no=self.tr("Stay here"),
                danger=True,
            )
        return True

    def _show(self, visit: Visit) -> None:
        if visit.basis.household_id != self._household_id:
            return
        self.visit = visit
        visit.attachments = DraftAttachments(self.desk, visit.head)
        self._offer_others(visit)
        self._clear()
        self.answering.begin(visit)
        self._header.set_title(visit.basis.head_name or self.tr("Family without a name"))
        self._header.set_subtitle(self.tr("Visit in {village}").format(village=visit.basis.village))
        draft, section = visit.basis.draft, self._return_to
        self._return_to = ""
        if section in self.sections_asked():
            self._show_section(section)
            self._enter_section()
            return
        if draft is None:
            self._go(visit.first_open() or visit.session.next_path(None))
            return
        place = draft.place if draft.place and visit.session.has(draft.place) else None
        self._go(visit.session.next_path(place) or visit.first_open())
        if visit.basis.is_deleted:
            self.desk.notices.warning(
                self.tr("The record of this family was deleted."),
                self.tr("The visit can still be finished, or discarded above."),
            )
        if self._draft_id is None or visit.basis.is_deleted:
            self.recovered.tell(draft.touched_at, draft.answered)
            self.recovered.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cannot_show(self, error: Exception) -> None:
        """Says why, with nothing of another visit on the page."""
        self.visit = None
        self._header.set_title(self.tr("Visit"))
        self._header.set_subtitle("")
        self._clear()
        self.sections.show_entries([], "")
        for button in (self._back, self._next, self._finish):
            button.hide()
        self.desk.explain(error)

    def sections_asked(self) -> list[str]:
        """The sections that are asked now, in order."""
        states = self.visit.session.sections() if self.visit else []
        return [state.name for state in states if state.relevant]

    def _offer_others(self, visit: Visit) -> None:
        """Where the office published several questionnaires, another can be asked at any time."""
        language = self.desk.language
        options = [Option(form.id, form.title.in_language(language)) for form in visit.offered]
        self.questionnaire.set_options(options)
        if visit.form.id in {form.id for form in visit.offered}:
            self.questionnaire.set_value(visit.form.id)
        self.questionnaire.setVisible(len(options) > 1)

    def _ask_another(self) -> None:
        """Asks another questionnaire; what was answered of this one is kept as a visit begun."""
        if self.may_leave():
            self._questionnaire, self._draft_id = self.questionnaire.value(), None
            self.refresh()

    def _clear(self) -> None:
        self.recovered.hide()
        self._current, self.shown = None, ""
        self.stack.begin(self.visit)

    # --- building ------------------------------------------------------------------------

    def _build(self) -> None:
        theme = self.desk.theme
        self._header = PageHeader(theme, "", back=True)
        self._header.back_pressed.connect(self.desk.back)
        self.questionnaire = ComboField(theme)
        self.questionnaire.setAccessibleName(self.tr("What is asked"))
        self.questionnaire.changed.connect(self._ask_another)
        self.questionnaire.hide()
        self._header.add_action(self.questionnaire)
        self.recovered = RecoveredStrip(theme)
        self.recovered.continued.connect(self._continue)
        self.recovered.discarded.connect(self._discard)
        self.sections = SectionList(theme)
        self.sections.setFixedWidth(theme.px(_LIST_WIDTH))
        self.sections.chosen.connect(self._show_section)
        self.sections.entered_section.connect(self._enter_section)
        self.stack = SheetStack(theme, self.desk.language)
        self.stack.entered.connect(self._step_on)
        self.stack.row_unwanted.connect(self._take_row_away)
        self.stack.same_wanted.connect(self._repeat_previous)
        self.stack.confirm_wanted.connect(self._confirm_section)
        self.stack.made.connect(self._add_member_changes)
        self.stack.asked.connect(self._go)
        self.answering = Answering(self.desk, self.stack)
        self.answering.changed.connect(self._show_entries)
        self.answering.wants.connect(self._go)
        self.answering.saved.connect(self._tell_saved)
        self.saved = SavedLine(theme)
        self._back = Button(theme, self.tr("Previous section"))
        self._back.clicked.connect(lambda: self._turn(-1))
        self._next = Button(theme, self.tr("Next section"))
        self._next.clicked.connect(lambda: self._turn(1))
        self._finish = Button(theme, self.tr("Finish the visit"), kind="primary", icon="check")
        self._finish.clicked.connect(self._finish_visit)
        self._finish.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(S4)
        middle.addWidget(self.sections)
        middle.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(S2)
        foot.addWidget(self.saved, 1)
        for button in (self._back, self._next, self._finish):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self._header)
        column.addWidget(self.recovered)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _add_shortcuts(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Shift+Return", self._step_back),
            ("Shift+Enter", self._step_back),
            ("Alt+Up", self._step_back),
            ("Ctrl+PgDown", lambda: self._turn(1)),
            ("Ctrl+PgUp", lambda: self._turn(-1)),
            ("Ctrl+Return", lambda: self._show_section(FINISH)),
            ("Ctrl+Enter", lambda: self._show_section(FINISH)),
            ("Ctrl+L", self._repeat_previous),
            ("Ctrl+Shift+L", self._confirm_section),
            ("F1", self._explain_question),
            ("Ctrl+P", self._print),
        ]
        for sequence, run in keys:
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # --- answering -----------------------------------------------------------------------

    def _add_member_changes(self, sheet: SectionSheet) -> None:
        """Above what is asked of each member: who came, left or was born meanwhile."""
        repeat = sheet.section.repeat
        if repeat is None or not repeat.is_known or self._household_id is None:
            return
        changes = MemberChanges(self.desk, self._household_id)
        changes.changed.connect(self._load_members)
        sheet.put_above(changes)

    def _load_members(self) -> None:
        """The members are others now: the visit goes on with them, where it was."""
        if self.visit is None or not self.may_leave():
            return
        if self.answering.is_begun:
            self._draft_id = self.visit.head.id
        self._return_to = self.shown
        self.refresh()

    def _repeat_previous(self) -> None:
        """Lets the answers of the last visit stand for those that are missing in this section."""
        if self.visit is None or not self.answering.repeat_previous(self.shown):
            return
        self.desk.notices.info(
            self.tr("Taken over from the last visit. Read it to the family once more."),
            self.tr("Enter confirms one answer, Ctrl+Shift+L all that this section took over."),
        )
        path = self.visit.first_open(self.shown) or self.visit.first(self.shown)
        if path is not None:
            self._go(path)

    def _confirm_section(self) -> None:
        """The answers that this section took over were read to the family, and are right."""
        if self.visit is None or self.shown == FINISH:
            return
        if self.answering.confirm(self.visit.session.checks.unread(self.shown)):
            self._go(self.visit.first_open(self.shown) or self._after(self.shown))

    def _after(self, section: str) -> Path | None:
        """What comes after a section: the first question of the next one, or the finish."""
        assert self.visit is not None  # noqa: S101 the caller has one
        asked = self.visit.session.items(section)
        return self.visit.session.next_path(asked[-1].path) if asked else None

    def _take_row_away(self, row: UUID) -> None:
        if self.answering.take_row_away(row, self.place):
            self._current = None
            self._enter_section()

    def _tell_saved(self) -> None:
        self.saved.tell(self.answering.saved_at, has_failed=self.answering.has_failed)

    # --- going about ---------------------------------------------------------------------

    def _show_section(self, name: str) -> None:
        """Shows a section, or the finish, without moving the keyboard out of the list."""
        if self.visit is None or self._is_finishing or name == self.shown != FINISH:
            return
        self.answering.hand_over()
        self.visit.paradata.touch(name, self.desk.store.clock())
        self.shown = name
        is_finish = name == FINISH
        if is_finish:
            finish = self.stack.show_finish()
            finish.print_button.clicked.connect(self._print)
            self._finish.setEnabled(not finish.to_do)
        else:
            self.stack.show_section(name)
        self._back.show()
        self._next.setVisible(not is_finish)
        self._finish.setVisible(is_finish)
        self._show_entries()
        self._back.setEnabled(self.sections.names()[0] != name)
        if is_finish and not self.sections.hasFocus():
            self._enter_section()

    def _show_entries(self) -> None:
        assert self.visit is not None  # noqa: S101 the callers have one
        language = self.desk.language
        entries = [
            Entry(
                state.name,
                state.title.in_language(language),
                state.progress,
                state.met,
                state.needed,
            )
            for state in self.visit.session.sections()
            if state.relevant
        ]
        self.stack.make_ahead([entry.name for entry in entries])
        self.sections.show_entries([*entries, Entry(FINISH, self.tr("Finish"), None)], self.shown)

    def _go(self, path: Path | None) -> None:
        """Puts the keyboard on a question; after the last one comes the finish."""
        if path is None or self.visit is None:
            self.sections.clearFocus()
            self._show_section(FINISH)
            return
        self._show_section(self.visit.form.section_of(path))
        row = self.stack.row(path) or self.stack.end(path)
        if row is not None:
            row.take_focus()
            self.stack.bring(row)

    def _step_on(self, path: Path) -> None:
        """Enter: to the reason a warning asks for, else to the next question."""
        row = self.stack.row(path)
        if self.visit is None or (row is not None and row.unreadable()):
            return
        doubt = row.first_doubt() if row is not None else None
        if doubt is not None and not doubt.has_keyboard():
            doubt.field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.answering.confirm([path])
            self._go(self.visit.session.next_path(path))

    def _step_back(self) -> None:
        if self.visit is None:
            return
        place = self._current.path if self._current and self.shown != FINISH else None
        before = self.visit.session.previous_path(place)
        if before is not None:
            self._go(before)

    def _turn(self, step: int) -> None:
        """To the next or previous section, at its first open question."""
        names = self.sections.names()
        if self.shown not in names:
            return
        place = names.index(self.shown) + step
        if 0 <= place < len(names):
            self._show_section(names[place])
            self._enter_section()

    def _enter_section(self) -> None:
        """Puts the keyboard into what is shown."""
        if self.shown == FINISH and self.stack.finish is not None:
            goal = self.stack.finish.table or self._finish
            goal.setFocus(Qt.FocusReason.TabFocusReason)
        elif self.visit is not None and self.shown:
            path = self.visit.first_open(self.shown) or self.visit.first(self.shown)
            if path is not None:
                self._go(path)
            else:
                self._next.setFocus(Qt.FocusReason.TabFocusReason)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Remembers the question that has the keyboard, and keeps it in view."""
        widget = now
        while widget is not None and not isinstance(widget, QuestionRow | RepeatEnd):
            widget = widget.parentWidget()
        if widget is None or not self.isAncestorOf(widget):
            return
        self._current = widget
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.stack.bring(widget)

    def _explain_question(self) -> None:
        row = self._current
        if not isinstance(row, QuestionRow) or not row.toggle_guidance():
            self.desk.notices.info(
                self.tr("Number keys choose an answer, Enter goes to the next question."),
                self.tr(
                    "Shift+Enter: back. Ctrl+Page Down: next section. Ctrl+L: the rest as last time."
                    " Ctrl+Shift+L: it was read and is right. Ctrl+Enter: finish page."
                ),
            )

    # --- the end -------------------------------------------------------------------------

    def _continue(self) -> None:
        self.recovered.hide()
        if self._current is not None:
            self._go(self._current.path)
        else:
            self._enter_section()

    def _discard(self) -> None:
        if self.visit is None or not ask(
            self.desk.theme,
            self,
            self.tr("Discard this visit?"),
            self.tr("The answers given so far are deleted from this laptop."),
            self.tr("Discard"),
            danger=True,
        ):
            return
        self._end()
        self.answering.discard()
        self.refresh()

    def _finish_visit(self) -> None:
        """Turns the draft into the visit, in one transaction."""
        if self.visit is None or self.visit.session.checks.problems():
            return
        self._be_finishing(True)
        head, finished = self.visit.head, self.visit.finished()
        self.desk.write(
            self, lambda writer: visits.finish(writer, head, finished), self._done, self._not_done
        )

    def _be_finishing(self, is_finishing: bool) -> None:
        """While the visit is written nothing is answered: it would be of no visit any more."""
        self._is_finishing = is_finishing
        self.answering.be_ending(is_finishing)
        for widget in (self.stack, self.sections, self._back, self._finish):
            widget.setEnabled(not is_finishing)

    def _print(self) -> None:
        """Shows the sheet for the family as the answers stand, once the visit could be finished."""
        if self.visit is not None and self.shown == FINISH and self._finish.isEnabled():
            print_visit(self.desk, self, self.visit)

    def _done(self, visit_id: UUID) -> None:
        assert self.visit is not None  # noqa: S101 it was finished just now
        household_id = self.visit.basis.household_id
        self._be_finishing(False)
        self._end()
        self.visit = self._household_id = None
        self._clear()
        desk = self.desk
        desk.notices.info(
            self.tr("Saved on this laptop. It will be sent when there is a connection."),
            action=Action(
                self.tr("Print for the family"),
                lambda: print_stored(desk, desk, household_id, visit_id),
            ),
        )
        self.desk.go("household", household_id=household_id)

    def _end(self) -> None:
        """The draft is none any more: nothing is kept for it from here on."""
        self.answering.stop()
        if self.visit is not None and self.visit.attachments is not None:
            self.visit.attachments.stop()

    def _not_done(self, error: Exception) -> None:
        self._be_finishing(False)
        self._finish.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.explain(error)


def _form_of(
    offered: Sequence[Questionnaire], begun: Questionnaire | None, *wanted: str | None
) -> Questionnaire:
    """What is asked; a visit that was begun is finished with the version it was begun with.

    Else it is the first that is wanted and offered, or the ordinary visit.
    """
    by_name = {form.id: form for form in offered}
    found = (by_name[name] for name in wanted if name in by_name)
    return begun or next(found, offered[0])
