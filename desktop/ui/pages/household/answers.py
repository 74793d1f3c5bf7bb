"""The answers of a finished visit, to be read: the questions' own words beside what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import KNOWN_REPEAT, Questionnaire, Section
from desktop.models.rules.dates import format_date
from desktop.ui.answer_text import answer_text
from desktop.ui.pages.household.facts import Facts
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.scroll_page import ScrollPage
from desktop.ui.words import OUTCOMES, word

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from desktop.models.queries.household import VisitView
    from desktop.ui.desk import Desk

_WIDTH, _HEIGHT, _LABEL_WIDTH = 760, 620, 340


class AnswersDialog(Dialog):
    """Shows what a visit recorded; nothing can be changed here.

    Args:
        desk: the collaborators of all pages.
        visit: the visit.
        form: what was asked; None if this laptop does not have it.
        parent: the window it belongs to.
    """

    def __init__(
        self,
        desk: Desk,
        visit: VisitView,
        form: Questionnaire | None,
        parent: QWidget | None = None,
    ) -> None:
        theme = desk.theme
        day = format_date(visit.visited_on, "en" if desk.language == "en" else "id", "long")
        super().__init__(theme, day, parent)
        self.add_text(word(OUTCOMES, visit.outcome))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        page = ScrollPage()
        sheets = _as_recorded(visit) if form is None else answered(form, visit, desk.language)
        for title, lines in sheets:
            card = Card(title)
            facts = Facts(theme, _LABEL_WIDTH)
            for question, answer in lines:
                facts.add(question, answer)
            card.add(facts)
            page.add(card)
        if form is not None and visit.paradata:
            card = Card(self.tr("How it was filled in"))
            facts = Facts(theme, _LABEL_WIDTH)
            for section in form.sections:
                noted = visit.paradata.get(section.name)
                if noted:
                    facts.add(section.title.in_language(desk.language), self._spent(noted))
            card.add(facts)
            page.add(card)
        if form is not None and visit.accepted:
            card = Card(self.tr("Accepted although doubtful"))
            facts = Facts(theme, _LABEL_WIDTH)
            for question, doubt, reason in accepted(form, visit, desk.language):
                facts.add(
                    question, self.tr("{doubt} Reason: {reason}").format(doubt=doubt, reason=reason)
                )
            card.add(facts)
            page.add(card)
        page.body.addStretch(1)
        self.body.addWidget(page, 1)
        self.add_buttons(self.tr("Close"))

    def _spent(self, noted: Mapping[str, int]) -> str:
        """How long a section took, what was corrected in it, and what was taken over from before."""
        minutes, seconds = divmod(noted.get("seconds", 0), 60)
        time = self.tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
        said = [time]
        if noted.get("corrections"):
            said.append(self.tr("%n correction(s)", "", noted["corrections"]))
        if noted.get("taken_over"):
            said.append(self.tr("%n answer(s) taken over and confirmed", "", noted["taken_over"]))
        return ", ".join(said)


def accepted(
    form: Questionnaire, visit: VisitView, language: str
) -> Iterator[tuple[str, str, str]]:
    """Each warning that was accepted: of whom and what was asked, its own words, and the reason."""
    for key, reason in visit.accepted.items():
        path, _, name = key.rpartition(":")
        question_name, _repeat, row = paths.split(path)
        question = form.questions.get(question_name)
        if question is not None:
            known = (one.message for one in question.warnings if one.name == name)
            doubt = next(known, None)
            said = doubt.in_language(language) if doubt else name
            words = question.label.in_language(language)
            title = form.section(question.section).title.in_language(language)
            of_whom = _row_title(visit, row, title)
            yield f"{of_whom}: {words}" if of_whom else words, said, reason


def _row_title(visit: VisitView, row: UUID | None, title: str) -> str:
    """What a row is called: a member's name, or the section's title with a number; empty for none."""
    for member in visit.members:
        if member.id == row:
            return member.name
    for one in visit.rows:
        if one.id == row:
            alike = [other.id for other in visit.rows if other.repeat == one.repeat]
            return f"{title} {alike.index(one.id) + 1}"
    return ""


def answered(
    form: Questionnaire, visit: VisitView, language: str
) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Sections that hold answers: their title, and pairs of a question and its answer.

    A section that is asked of each member comes once a member, under the member's name.
    """
    for section in form.sections:
        for title, names, answers in _sheets(form, section, visit, language):
            lines = list(_lines(form, names, answers, language))
            if lines:
                yield title, lines


def _sheets(
    form: Questionnaire, section: Section, visit: VisitView, language: str
) -> Iterator[tuple[str, Sequence[str], Mapping[str, Any]]]:
    """The cards of a section: its title, the questions in it, and where their answers are."""
    by_repeat: dict[str | None, list[str]] = {}
    for question in section.questions:
        by_repeat.setdefault(form.repeat_of(question.name), []).append(question.name)
    title = section.title.in_language(language)
    for repeat, names in by_repeat.items():
        if repeat is None:
            yield title, names, visit.answers
        elif repeat == KNOWN_REPEAT:
            for member in visit.members:
                yield member.name, names, member.answers
        else:
            filled = (row.answers for row in visit.rows if row.repeat == repeat)
            for number, answers in enumerate(filled, start=1):
                yield f"{title} {number}", names, answers


def _as_recorded(visit: VisitView) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The same without the questionnaire: names and codes, as they are recorded."""
    asked = [(member.name, member.answers) for member in visit.members]
    for title, answers in ((visit.questionnaire[0], visit.answers), *asked):
        if answers:
            yield title, [(key, str(value)) for key, value in answers.items()]


def _lines(
    form: Questionnaire, names: Sequence[str], answers: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    for question in (form.questions[name] for name in names):
        value = answers.get(question.name)
        if value is not None and question.type.is_shown:
            yield question.label.in_language(language), answer_text(question, value, language)
